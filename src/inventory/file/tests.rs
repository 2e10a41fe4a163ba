//! The inventory's file, in a real folder.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::*;
use crate::cookie::FoldedPath;
use crate::inventory::testing::in_force;
use crate::inventory::{Directives, Recorder, SeenAttributes, Sighting};
use crate::party::{Directive, Report};
use crate::policy::{CategoryId, Direction, Judgement, Reason, Verdict};

const NOW: UnixTime = UnixTime(1_795_435_200);
const SITE: &str = "data.example.fr";

/// A process that keeps its inventory in a file.
struct Process {
    inventory: Inventory,
    file: InventoryFile,
    recorder: Recorder,
    metrics: Metrics,
}

impl Process {
    fn start(path: &Path) -> Self {
        let (inventory, metrics) = (Inventory::default(), Metrics::new());
        inventory.put_in_force(&SITE.into(), in_force("[[cookie]]\nname = \"sessionid\"\ncategory = \"necessary\"\n"));
        let file = InventoryFile::new(inventory.clone(), metrics.clone());
        file.follow(Some(path), NOW);
        let recorder = inventory.recorder();
        // Sets the recorder's time.
        recorder.merge_at(NOW);
        Self { inventory, file, recorder, metrics }
    }

    fn sees(&self, name: &str, count: u64) {
        let judgement = Judgement {
            verdict: Verdict::Drop,
            reason: Reason::Refused,
            category: CategoryId::UNDECLARED,
            declaration: None,
        };
        self.recorder.saw(&Sighting {
            site: &SITE.into(),
            charter_hash: &"1".into(),
            direction: Direction::Response,
            name: name.as_bytes(),
            judgement: &judgement,
            count,
            path: FoldedPath::of(b"/user/8c1f22?needle").as_ref(),
            attributes: Some(&SeenAttributes::of(b"a", b" Path=/; Secure; SameSite=Lax; Max-Age=60; x=needle", NOW)),
        });
        self.recorder.merge_at(NOW);
    }

    fn gets_report_of(&self, host: &str) {
        let report = Report { host: host.parse().unwrap(), directive: Directive::Script };
        self.recorder.reported(&SITE.into(), &report);
        self.recorder.merge_at(NOW);
    }

    fn names(&self) -> Vec<(String, u64)> {
        let names = self.inventory.snapshot(SITE).names;
        names.into_iter().map(|(name, seen)| (name, seen.response.count())).collect()
    }

    fn writes(&self, result: &str) -> bool {
        let text = String::from_utf8(self.metrics.render()).unwrap();
        text.contains(&format!("octroi_inventory_writes_total{{result=\"{result}\"}} 1\n"))
    }
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inventory.json");
    (folder, path)
}

fn named(names: &[(&str, u64)]) -> Vec<(String, u64)> {
    names.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

#[test]
fn names_are_kept_across_processes() {
    let (_folder, path) = folder();
    let first = Process::start(&path);
    first.sees("tracker", 3);
    first.sees("sessionid", 1);
    first.sees("caf\u{e9} \"", 1);
    first.file.save(NOW);
    assert!(first.writes("success"));
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!std::fs::read_to_string(&path).unwrap().contains("needle"));

    let second = Process::start(&path);
    assert_eq!(second.names(), first.names());
    let names = second.inventory.snapshot(SITE).names;
    let (before, after) = (&first.inventory.snapshot(SITE).names[2].1, &names[2].1);
    assert_eq!(names[2].0, "tracker");
    assert_eq!((&after.attributes, &after.example_path), (&before.attributes, &before.example_path));
    assert_eq!((after.first_seen, after.response.verdicts), (before.first_seen, before.response.verdicts));
    assert!(after.response.is_assumed && !after.response.last.unwrap().declared);
    assert!(names[1].1.response.last.unwrap().declared, "the charter in force judges what the file holds");
    assert_eq!(second.inventory.undeclared(SITE, Direction::Response, NOW), 2);
}

#[test]
fn reported_hosts_are_kept_across_processes_and_merged() {
    let (_folder, path) = folder();
    let (one, other) = (Process::start(&path), Process::start(&path));
    for process in [&one, &other, &one] {
        process.gets_report_of("video.example:8443");
        process.gets_report_of("tiles.example");
        process.file.save(NOW);
    }
    let hosts = Process::start(&path).inventory.snapshot(SITE).hosts;
    assert_eq!(hosts, one.inventory.snapshot(SITE).hosts);
    let counts: Vec<_> = hosts.iter().map(|(host, seen)| (host.to_string(), seen.reports)).collect();
    assert_eq!(counts, named(&[("tiles.example", 3), ("video.example:8443", 3)]));
    assert_eq!(hosts[0].1.directives, Directives::one(Directive::Script));
}

#[test]
fn two_processes_lose_nothing_of_each_other() {
    let (_folder, path) = folder();
    let before = Process::start(&path);
    before.sees("a", 1);
    before.file.save(NOW);
    let (old, new) = (Process::start(&path), Process::start(&path));
    for _ in 0..2 {
        old.sees("a", 10);
        new.sees("a", 100);
        old.sees("old", 1);
        new.sees("new", 1);
        old.file.save(NOW);
        new.file.save(NOW);
    }
    old.file.save(NOW);
    assert_eq!(new.names(), named(&[("a", 221), ("new", 2), ("old", 2)]));
    assert_eq!(Process::start(&path).names(), new.names());
    let last = new.inventory.snapshot(SITE).names[0].1.response;
    assert!(!last.is_assumed && last.last.unwrap().reason == Reason::Refused, "what it saw itself is not forgotten");
}

#[test]
fn a_file_that_is_no_inventory_is_set_aside() {
    let inventory = |name: &str| {
        format!(
            "{{\"format\":\"octroi-inventory\",\"version\":1,\"sites\":[{{\"site\":\"a\",\"names\":[{{\"name\":\"{name}\",\"first_seen\":\"2026-11-29T10:00:00Z\"}}]}}]}}"
        )
    };
    for content in [
        "",
        "{",
        "{\"format\": \"another\"}",
        "{\"format\": \"octroi-inventory\", \"version\": 2}",
        "{\"format\": \"octroi-inventory\", \"version\": 1}",
        &inventory("a b"),
        &inventory(&"x".repeat(129)),
        &inventory("a").replace("2026-11-29", "yesterday"),
    ] {
        let (folder, path) = folder();
        std::fs::write(&path, content).unwrap();
        let process = Process::start(&path);
        let aside = folder.path().join("inventory.json.aside");
        assert_eq!(std::fs::read_to_string(&aside).unwrap(), content);
        process.sees("a", 1);
        process.file.save(NOW);
        assert_eq!(Process::start(&path).names(), named(&[("a", 1)]), "{content}");
    }
    let (_folder, path) = folder();
    std::fs::write(&path, inventory("a").replace("\"site\"", "\"later\": {}, \"site\"")).unwrap();
    Process::start(&path);
    assert!(path.exists(), "keys of a later version are passed over");
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let (folder, path) = folder();
    std::fs::File::create(&path).unwrap().set_len(disk::LARGEST + 1).unwrap();
    Process::start(&path);
    assert!(folder.path().join("inventory.json.aside").exists());
}

#[test]
fn a_failed_write_is_repeated_later() {
    let (_folder, path) = folder();
    let folder = path.parent().unwrap().join("later");
    let path = folder.join("inventory.json");
    let process = Process::start(&path);
    process.sees("a", 1);
    process.file.save(NOW);
    assert!(process.writes("failure"));
    std::fs::create_dir(&folder).unwrap();
    process.sees("a", 1);
    process.file.save(NOW);
    assert!(process.writes("success"));
    assert_eq!(Process::start(&path).names(), named(&[("a", 2)]));
    // Nothing new, nothing written.
    process.file.save(NOW);
    assert!(process.writes("success"));
}

#[test]
fn a_path_that_is_not_a_regular_file_is_left_alone() {
    let (_folder, path) = folder();
    std::fs::create_dir(&path).unwrap();
    let process = Process::start(&path);
    process.sees("a", 1);
    process.file.save(NOW);
    assert!(process.writes("failure") && path.is_dir());
    std::fs::remove_dir(&path).unwrap();
    process.file.save(NOW);
    assert_eq!(Process::start(&path).names(), named(&[("a", 1)]));
}

#[test]
fn a_half_written_file_of_a_crash_is_replaced() {
    let (folder, path) = folder();
    std::fs::write(folder.path().join("inventory.json.new"), "{ half").unwrap();
    let process = Process::start(&path);
    process.sees("a", 1);
    process.file.save(NOW);
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["inventory.json"]);
}

#[test]
fn sites_of_others_stay_in_the_file() {
    let (_folder, path) = folder();
    let process = Process::start(&path);
    process.sees("a", 1);
    process.file.save(NOW);
    let text = std::fs::read_to_string(&path).unwrap().replace(SITE, "of.another.process");
    std::fs::write(&path, text).unwrap();
    process.sees("b", 1);
    process.file.save(NOW);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("of.another.process") && text.contains(SITE), "{text}");
    assert!(process.inventory.snapshot("of.another.process").names.is_empty());
}

#[test]
fn another_file_takes_over() {
    let (folder, path) = folder();
    let process = Process::start(&path);
    process.sees("a", 1);
    let other = folder.path().join("other.json");
    process.file.follow(Some(&other), NOW);
    assert_eq!(Process::start(&path).names(), named(&[("a", 1)]), "the last file holds what was seen until then");
    process.sees("a", 1);
    process.file.save(NOW);
    assert_eq!(Process::start(&other).names(), named(&[("a", 2)]), "a new one begins with all that is known");
    process.file.follow(None, NOW);
    process.sees("a", 1);
    process.file.save(NOW);
    assert_eq!(Process::start(&other).names(), named(&[("a", 2)]));
    process.file.follow(Some(&other), NOW);
    process.file.save(NOW);
    assert_eq!(Process::start(&other).names(), named(&[("a", 5)]), "what no file holds is added to what this one does");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]
    #[test]
    fn arbitrary_content_causes_no_panic(content in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let _ = format::read(&content, NOW);
    }
}

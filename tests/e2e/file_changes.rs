//! Files that change while octroi runs: an incomplete file does not take effect, and a failed reload is tried again.

use std::io::Write as _;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;

use crate::support::choice::{CHARTER, charter_with};
use crate::support::client::{Client, navigate};
use crate::support::origin::ok;
use crate::support::shim::Hang;
use crate::support::{Octroi, Origin, Setup, within};

/// A charter under which `_ga` needs no consent: what tells that it is in force.
fn relaxed() -> String {
    charter_with("id = \"statistics\"\nconsent = \"required\"", "id = \"statistics\"\nconsent = \"exempt\"")
}

/// How much of a charter is a charter that declares no cookie.
fn bare(charter: &str) -> usize {
    charter.find("[[cookie]]").unwrap()
}

async fn portal() -> Origin {
    Origin::always(ok("Set-Cookie: _ga=1\r\n", "")).await
}

/// A visitor who is logged in comes again and again until `_ga` passes; whatever is in force meanwhile, they stay so.
async fn visits_until_relaxed(octroi: &Octroi) {
    let mut client = octroi.client().await;
    within("the new charter", async {
        loop {
            let answer = client.exchange(navigate("/", "Cookie: sessionid=1\r\n")).await;
            answer.assert_status(200);
            let cookies = answer.set_cookies();
            assert!(!cookies.iter().any(|line| line.starts_with("sessionid=")), "logged out:\n{}", answer.shown());
            if cookies == ["_ga=1"] {
                return;
            }
        }
    })
    .await;
}

fn replace(path: &Path, text: &str, mode: u32) {
    let beside = path.with_extension("new");
    std::fs::write(&beside, text).unwrap();
    std::fs::set_permissions(&beside, std::fs::Permissions::from_mode(mode)).unwrap();
    std::fs::rename(&beside, path).unwrap();
}

/// Waits for a diagnostic that has all of these words.
async fn said(octroi: &Octroi, words: &[&str]) {
    let all = |line: &str| words.iter().all(|word| line.contains(word)).then_some(());
    octroi.stderr.find(&format!("{words:?} in the log"), all).await.expect("octroi has ended");
}

async fn reload_status(octroi: &Octroi) -> Value {
    let policy = octroi.admin("GET /policy", "").await;
    serde_json::from_str::<Value>(&policy.text()).unwrap()["reload"].clone()
}

// ── A load that failed ───────────────────────────────────────────────────────────────────────────────────────────────

#[tokio::test]
async fn a_charter_that_becomes_readable_by_chmod_takes_effect() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).without_privileges().start().await;
    replace(&octroi.file("charter.toml"), &relaxed(), 0o000);
    said(&octroi, &["reload failed", "permission denied"]).await;
    std::fs::set_permissions(octroi.file("charter.toml"), std::fs::Permissions::from_mode(0o644)).unwrap();
    visits_until_relaxed(&octroi).await;
}

#[tokio::test]
async fn a_charter_that_becomes_readable_by_chown_takes_effect() {
    if !rustix::process::geteuid().is_root() {
        // Nobody else can give a file away.
        return;
    }
    let origin = portal().await;
    let octroi = Setup::before(&origin).without_privileges().start().await;
    let (stranger, beside) = (65_534, octroi.file("charter.new"));
    std::fs::write(&beside, relaxed()).unwrap();
    std::fs::set_permissions(&beside, std::fs::Permissions::from_mode(0o600)).unwrap();
    chown(&beside, Some(stranger), Some(stranger)).unwrap();
    std::fs::rename(&beside, octroi.file("charter.toml")).unwrap();
    said(&octroi, &["reload failed", "permission denied"]).await;
    chown(octroi.file("charter.toml"), Some(0), Some(0)).unwrap();
    visits_until_relaxed(&octroi).await;
}

#[tokio::test]
async fn a_charter_that_appears_later_in_a_new_folder_takes_effect() {
    let origin = portal().await;
    let setup = Setup::before(&origin);
    let moved = setup.configuration().replace("\"charter.toml\"", "\"new/deep/charter.toml\"");
    let octroi = setup.start().await;
    replace(&octroi.file("octroi.toml"), &moved, 0o644);
    said(&octroi, &["reload failed", "no such file"]).await;
    std::fs::create_dir_all(octroi.file("new/deep")).unwrap();
    std::fs::write(octroi.file("new/deep/charter.toml"), relaxed()).unwrap();
    visits_until_relaxed(&octroi).await;
}

#[tokio::test]
async fn an_authority_and_a_token_that_appear_later_in_new_folders_take_effect() {
    let origin = portal().await;
    let setup = Setup::before(&origin);
    let further = "[[site]]\nhosts = [\"further.test\"]\ncharter = \"charter.toml\"\n\
                   upstream = { endpoints = [\"https://127.0.0.1:1\"], ca = \"pki/ca.pem\" }\n";
    let guarded =
        setup.configuration().replace("[admin]\n", &format!("{further}[admin]\ntoken_file = \"secrets/token\"\n"));
    let octroi = setup.start().await;
    replace(&octroi.file("octroi.toml"), &guarded, 0o644);
    said(&octroi, &["reload failed", "pki/ca.pem", "secrets/token"]).await;
    let made = rcgen::generate_simple_self_signed(["further.test".to_owned()]).unwrap();
    for folder in ["pki", "secrets"] {
        std::fs::create_dir(octroi.file(folder)).unwrap();
    }
    std::fs::write(octroi.file("pki/ca.pem"), made.cert.pem()).unwrap();
    std::fs::write(octroi.file("secrets/token"), "0123456789abcdef").unwrap();
    let lines = "Authorization: Bearer 0123456789abcdef\r\n";
    within("the token", async { while octroi.admin("GET /policy", "").await.status() != 401 {} }).await;
    octroi.admin("GET /policy", lines).await.assert_status(200);
}

#[tokio::test]
async fn a_reload_without_a_free_descriptor_is_repeated() {
    let origin = portal().await;
    // Those who say nothing keep their descriptors however long a busy machine takes.
    let long_timeouts = "[timeouts]\nheader = \"1h\"";
    let octroi = Setup::before(&origin).one_worker().toml(long_timeouts).ulimit("-n 64").start().await;
    let mut idle: Vec<Client> = Vec::new();
    for _ in 0..64 {
        idle.push(octroi.client().await);
    }
    said(&octroi, &["cannot accept"]).await;
    replace(&octroi.file("charter.toml"), &relaxed(), 0o644);
    said(&octroi, &["reload failed", "Too many open files"]).await;
    drop(idle);
    visits_until_relaxed(&octroi).await;
}

#[tokio::test]
async fn a_reload_that_failed_is_counted_and_shown_until_it_works() {
    let origin = portal().await;
    let octroi = Octroi::before(&origin).await;
    replace(&octroi.file("charter.toml"), &charter_with("consent = \"required\"", "consent = \"maybe\""), 0o644);
    let status = within("three attempts", async {
        loop {
            let status = reload_status(&octroi).await;
            if status["failed_attempts"].as_u64() >= Some(3) {
                return status;
            }
        }
    })
    .await;
    assert!(status["last_error"].as_str().is_some_and(|error| error.contains("maybe")), "{status}");
    assert!(status["failing_since"].is_string() && status["next_try"].is_string(), "{status}");
    let failures = octroi.metrics().await.sum("octroi_reload_total", &[("result", "failure")]);
    assert!(failures >= 3.0, "{failures}");
    let page = octroi.admin("GET /", "").await.text();
    assert!(page.contains("Next try at") && page.contains("maybe"), "{page}");
    replace(&octroi.file("charter.toml"), &relaxed(), 0o644);
    visits_until_relaxed(&octroi).await;
    let status = reload_status(&octroi).await;
    assert!(status["last_error"].is_null() && status["failed_attempts"] == 0, "{status}");
}

// ── A file that is still being written ───────────────────────────────────────────────────────────────────────────────

/// Writes a text in place in two parts. The pause is what is tried here, and waits for nothing.
async fn write_in_parts(path: &Path, text: &str, cut: usize, pause: Duration, is_closed_between: bool) {
    let mut file = std::fs::File::create(path).unwrap();
    file.write_all(&text.as_bytes()[..cut]).unwrap();
    if is_closed_between {
        drop(file);
        tokio::time::sleep(pause).await;
        file = std::fs::OpenOptions::new().append(true).open(path).unwrap();
    } else {
        tokio::time::sleep(pause).await;
    }
    file.write_all(&text.as_bytes()[cut..]).unwrap();
}

async fn half_takes_no_effect(milliseconds: u64, is_closed_between: bool) {
    let origin = portal().await;
    // A log beside the files that is written all the time does not keep them from coming to rest.
    let octroi = Setup::before(&origin).toml("[log]\noutput = \"access.log\"").start().await;
    let (path, text, pause) = (octroi.file("charter.toml"), relaxed(), Duration::from_millis(milliseconds));
    let written = write_in_parts(&path, &text, bare(&text), pause, is_closed_between);
    tokio::join!(visits_until_relaxed(&octroi), written);
}

#[tokio::test]
async fn the_first_half_of_a_charter_that_is_still_written_takes_no_effect() {
    tokio::join!(
        half_takes_no_effect(50, false),
        half_takes_no_effect(300, false),
        half_takes_no_effect(1000, false),
        half_takes_no_effect(2000, false),
    );
}

#[tokio::test]
async fn the_first_half_of_a_charter_that_was_closed_and_opened_again_takes_no_effect() {
    tokio::join!(
        half_takes_no_effect(50, true),
        half_takes_no_effect(300, true),
        half_takes_no_effect(1000, true),
        half_takes_no_effect(2000, true),
    );
}

#[tokio::test]
async fn an_interrupted_copy_that_is_completed_logs_nobody_out() {
    let origin = portal().await;
    let octroi = Octroi::before(&origin).await;
    let text = relaxed();
    std::fs::write(octroi.file("charter.toml"), &text[..bare(&text)]).unwrap();
    said(&octroi, &["are taken up if they stay", "cookie `sessionid`"]).await;
    assert!(reload_status(&octroi).await["held"]["losses"].to_string().contains("sessionid"));
    std::fs::write(octroi.file("charter.toml"), &text).unwrap();
    visits_until_relaxed(&octroi).await;
    assert!(reload_status(&octroi).await["held"].is_null());
}

#[tokio::test]
async fn a_charter_that_drops_exempt_names_takes_effect_after_a_second_look_and_names_them() {
    let origin = portal().await;
    let octroi = Octroi::before(&origin).await;
    let without = charter_with("[[cookie]]\nname = \"sessionid\"\ncategory = \"necessary\"\n", "");
    replace(&octroi.file("charter.toml"), &without, 0o644);
    said(&octroi, &["are taken up if they stay", "cookie `sessionid`"]).await;
    said(&octroi, &["takes away what the last one granted", "cookie `sessionid`"]).await;
    let mut client = octroi.client().await;
    let answer = client.exchange(navigate("/", "Cookie: sessionid=1\r\n")).await;
    assert!(answer.set_cookies().iter().any(|line| line.starts_with("sessionid=;")), "{}", answer.shown());
}

#[tokio::test]
async fn a_requested_reload_needs_no_second_look() {
    let origin = portal().await;
    let octroi = Octroi::before(&origin).await;
    let text = CHARTER;
    std::fs::write(octroi.file("charter.toml"), &text[..bare(text)]).unwrap();
    octroi.admin("POST /reload", "Content-Length: 0\r\n").await.assert_status(200);
    said(&octroi, &["takes away what the last one granted", "cookie `sessionid`"]).await;
    said(&octroi, &["the charter declares no cookie"]).await;
    said(&octroi, &["there is no `[consent]`"]).await;
}

#[tokio::test]
async fn half_a_configuration_removes_no_site() {
    let (origin, other) = (portal().await, portal().await);
    let setup = Setup::before(&origin).hosts("[\"one.test\"]").and_site("[\"two.test\"]", other.address);
    let text = setup.configuration();
    let octroi = setup.start().await;
    let ask = "GET / HTTP/1.1\r\nHost: two.test\r\n\r\n";
    let mut client = octroi.client().await;
    client.exchange(ask).await.assert_status(200);
    let first_site_only = text.rfind("[[site]]").unwrap();
    std::fs::write(octroi.file("octroi.toml"), &text[..first_site_only]).unwrap();
    said(&octroi, &["are taken up if they stay", "host `two.test`"]).await;
    client.exchange(ask).await.assert_status(200);
    std::fs::write(octroi.file("octroi.toml"), &text).unwrap();
    within("the whole", async { while !reload_status(&octroi).await["held"].is_null() {} }).await;
    client.exchange(ask).await.assert_status(200);
}

#[tokio::test]
async fn a_certificate_renewed_through_links_is_served() {
    let origin = portal().await;
    let setup = Setup::before(&origin);
    let folder: PathBuf = setup.directory().to_owned();
    for version in ["1", "2"] {
        let made = rcgen::generate_simple_self_signed([format!("v{version}.test")]).unwrap();
        std::fs::create_dir_all(folder.join("archive")).unwrap();
        std::fs::write(folder.join(format!("archive/cert{version}.pem")), made.cert.pem()).unwrap();
        std::fs::write(folder.join(format!("archive/key{version}.pem")), made.signing_key.serialize_pem()).unwrap();
    }
    std::fs::create_dir(folder.join("live")).unwrap();
    let turn = |name: &str, version: u32| {
        let (link, beside) = (folder.join(format!("live/{name}.pem")), folder.join("live/beside"));
        std::os::unix::fs::symlink(format!("../archive/{name}{version}.pem"), &beside).unwrap();
        std::fs::rename(&beside, &link).unwrap();
    };
    for name in ["cert", "key"] {
        turn(name, 1);
    }
    let listener = "address = \"127.0.0.1:0\"\ntls = { certificate = \"live/cert.pem\", key = \"live/key.pem\" }";
    let octroi = setup.and_listener(listener).start().await;
    turn("cert", 2);
    said(&octroi, &["reload failed", "is not that of the certificate"]).await;
    turn("key", 2);
    octroi
        .metrics_until("the new pair", |metrics| metrics.sum("octroi_reload_total", &[("result", "success")]) > 0.0)
        .await;
}

// ── A file system that hangs ─────────────────────────────────────────────────────────────────────────────────────────

/// Makes octroi hang where it opens its charter.
fn hanging(setup: Setup) -> (Hang, Setup) {
    const OPEN: &str = r#"
        #include <stdarg.h>
        #include <string.h>
        #include <sys/types.h>

        int open64(const char *path, int flags, ...) {
            va_list rest;
            va_start(rest, flags);
            mode_t mode = va_arg(rest, mode_t);
            va_end(rest);
            if (strstr(path, "charter.toml")) hang();
            return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
        }
    "#;
    Hang::of(setup, OPEN)
}

/// The file watch sees the change by itself.
const ASKS: [fn(&Octroi); 2] = [|_| {}, |octroi| octroi.signal("HUP")];

/// An octroi that hangs while it reads a new charter, which it was asked for in this way.
async fn hung(origin: &Origin, ask: fn(&Octroi)) -> (Hang, Octroi) {
    let (mut hang, setup) = hanging(Setup::before(origin));
    let octroi = setup.start().await;
    hang.begin();
    replace(&octroi.file("charter.toml"), &relaxed(), 0o644);
    ask(&octroi);
    hang.is_met().await;
    (hang, octroi)
}

/// While a charter cannot be read to its end, probes, pages and visitors are answered, whoever asked for the reload.
#[tokio::test]
async fn while_a_file_system_hangs_everybody_is_answered() {
    let origin = portal().await;
    for ask in ASKS {
        let (mut hang, octroi) = hung(&origin, ask).await;
        for path in ["/livez", "/readyz", "/metrics", "/policy", "/cookies", "/", "/livez"] {
            octroi.admin(&format!("GET {path}"), "").await.assert_status(200);
        }
        octroi.client().await.get("/", "").await.assert_status(200);
        hang.end();
        visits_until_relaxed(&octroi).await;
    }
}

#[tokio::test]
async fn the_process_ends_while_a_file_system_hangs() {
    let origin = portal().await;
    for ask in ASKS {
        let (_hang, octroi) = hung(&origin, ask).await;
        octroi.terminate();
        assert_eq!(octroi.exit_code().await, Some(0));
    }
}

/// Reading a pipe may never end, nor may a device.
#[tokio::test]
async fn what_is_no_file_is_not_read() {
    let origin = portal().await;
    let octroi = Octroi::before(&origin).await;
    let charter = octroi.file("charter.toml");
    for (target, fault) in [("/dev/zero", "it is not a regular file"), ("/", "it is a directory")] {
        std::fs::remove_file(&charter).unwrap();
        std::os::unix::fs::symlink(target, &charter).unwrap();
        said(&octroi, &["reload failed", "charter.toml", fault]).await;
    }
    octroi.client().await.get("/", "").await.assert_status(200);
}

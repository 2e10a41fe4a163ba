//! `octroi charter diff`: compares charters, and the names that a running octroi has seen.

use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::support::choice::{CHARTER, charter_with};
use crate::support::octroi::octroi;
use crate::support::origin::ok;
use crate::support::{Origin, Setup, shown};

fn diff(directory: &Path, arguments: &[&str]) -> Output {
    octroi(directory).args(["charter", "diff"]).args(arguments).stdin(Stdio::null()).output().unwrap()
}

fn directory(later: &str) -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("a.toml"), CHARTER).unwrap();
    std::fs::write(directory.path().join("b.toml"), later).unwrap();
    directory
}

#[test]
fn the_exit_code_tells_whether_visitors_must_be_told() {
    let more = format!("{CHARTER}\n[[cookie]]\nname = \"brand_new\"\ncategory = \"statistics\"\n");
    let renamed = charter_with("[charter]\n", "[charter]\njurisdiction = \"fr\"\n");
    for (later, code, told) in [
        (CHARTER, 0, "no difference\n"),
        (renamed.as_str(), 0, "the rest:\n  + jurisdiction: charter: fr\n"),
        (
            more.as_str(),
            1,
            "what visitors must be told:\n  + brand_new: cookie: statistics\n\
             consent to `statistics` was given for less: set `asked_since` in its [[category]] to the day of this change\n",
        ),
    ] {
        let directory = directory(later);
        let output = diff(directory.path(), &["a.toml", "b.toml"]);
        assert_eq!((output.status.code(), shown(&output.stdout)), (Some(code), shown(told.as_bytes())));
    }
    let directory = directory(&more);
    let output = diff(directory.path(), &["a.toml", "b.toml", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&report["material"], &report["ask_again"][0]), (&true.into(), &"statistics".into()));
    assert_eq!(report["differences"][0]["kind"], "cookie");
}

#[test]
fn warnings_of_a_charter_are_counted_and_not_shown() {
    let directory =
        directory(&charter_with("[consent]", "[[cookie]]\nname = \"_fbp\"\ncategory = \"necessary\"\n[consent]"));
    let told = diff(directory.path(), &["a.toml", "b.toml"]).stderr;
    assert_eq!(String::from_utf8_lossy(&told).trim(), "b.toml: 1 warning, see `octroi charter check b.toml`");
}

/// From that day on nobody could agree if a banner without dates were asked by date.
#[test]
fn a_banner_without_dates_is_asked_again_by_another_key() {
    let (head, _) = CHARTER.split_once("[consent]").unwrap();
    let before = format!("{head}[consent]\nformat = \"klaro\"\n[consent.keys]\na = \"statistics\"\n");
    let after = format!("{before}[[cookie]]\nname = \"brand_new\"\ncategory = \"statistics\"\n");
    let directory = directory(&after);
    std::fs::write(directory.path().join("a.toml"), before).unwrap();
    let told = shown(&diff(directory.path(), &["a.toml", "b.toml"]).stdout);
    let advice = "consent to `statistics` was given for less: `klaro` records no date, so give its key another name in the banner \
                  and in `[consent.keys]`";
    assert!(told.contains(advice) && !told.contains("asked_since"), "{told}");
}

#[test]
fn a_published_page_is_a_charter_as_well() {
    let directory = directory(CHARTER);
    let rendered = octroi(directory.path()).args(["charter", "render", "a.toml"]).output().unwrap();
    std::fs::write(directory.path().join("page.html"), &rendered.stdout).unwrap();
    let output = diff(directory.path(), &["page.html", "a.toml"]);
    assert_eq!((output.status.code(), shown(&output.stdout)), (Some(0), shown(b"no difference\n")));

    let table = "Cookie\tPurpose\nsessionid\tlogin\nbrand_new\tcounts visits\n";
    std::fs::write(directory.path().join("page.txt"), table).unwrap();
    let output = diff(directory.path(), &["a.toml", "page.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(shown(&output.stdout).contains("+ brand_new: cookie: "), "{}", shown(&output.stdout));
    assert!(shown(&output.stderr).contains("page.txt: the page leaves open: "));
}

#[test]
fn what_cannot_be_compared_is_refused_with_the_reason() {
    let directory = directory("[charter]\nsite = 1\n");
    std::fs::write(directory.path().join("prose.html"), "<p>We use cookies.</p>").unwrap();
    for (sides, reason) in [
        (["a.toml", "absent.toml"], "there is no such file"),
        (["a.toml", "b.toml"], "b.toml:2:8"),
        (["a.toml", "prose.html"], "only sentences"),
        (["http://127.0.0.1:1/", "http://127.0.0.1:1/"], "one side must be a charter"),
        (["a.toml", "http://127.0.0.1:1/"], "no answer from 127.0.0.1:1"),
        (["a.toml", "https://127.0.0.1:1/"], "speaks http"),
    ] {
        let output = diff(directory.path(), &sides);
        let told = shown(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{sides:?}: {told}");
        assert!(told.contains(reason), "{reason} is not in {told}");
    }
}

#[tokio::test]
async fn a_running_octroi_shows_its_drift() {
    let origin =
        Origin::always(ok("Set-Cookie: brand_new=1\r\nSet-Cookie: sessionid=1; Max-Age=31536000\r\n", "")).await;
    let setup = Setup::before(&origin).admin("token_file = \"admin.token\"");
    std::fs::write(setup.directory().join("admin.token"), "a-secret-of-many-letters\n").unwrap();
    let octroi = setup.start().await;
    let lives = charter_with("name = \"sessionid\"\n", "name = \"sessionid\"\nlifetime = \"2 weeks\"\n");
    let directory = directory(&lives);
    std::fs::write(directory.path().join("a.toml"), &lives).unwrap();
    let secret = octroi.file("admin.token");
    let listener = format!("http://{}/", octroi.admin);
    let refused = diff(directory.path(), &["a.toml", &listener]);
    assert_eq!(refused.status.code(), Some(2), "{}", shown(&refused.stderr));
    assert!(shown(&refused.stderr).contains("--token-file"), "{}", shown(&refused.stderr));
    octroi.client().await.get("/", "Cookie: invented=1\r\n").await.assert_status(200);
    let asked = ["a.toml", listener.as_str(), "--token-file", secret.to_str().unwrap()];
    let mut told = String::new();
    // The workers' sightings are merged once a second.
    crate::support::within("the sighting", async {
        while !told.contains("brand_new") {
            let output = diff(directory.path(), &asked);
            told = String::from_utf8(output.stdout).unwrap();
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert!(
        told.contains("what visitors must be told:\n  + brand_new: seen-undeclared: set by the portal\n"),
        "{told}"
    );
    assert!(told.contains("~ sessionid: lifetime: 2 weeks → 12 months\n"), "{told}");
    assert!(told.contains("+ invented: seen-undeclared: sent by a browser"), "{told}");
    assert!(told.contains("never-seen"), "{told}");
    assert_eq!(diff(directory.path(), &asked).status.code(), Some(1));
}

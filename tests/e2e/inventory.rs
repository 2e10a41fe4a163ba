//! The inventory's file keeps names across processes, even if several write it.

use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
use std::time::Duration;

use serde_json::Value;

use crate::support::origin::ok;
use crate::support::{Octroi, Origin, Setup};

async fn portal() -> Origin {
    Origin::always(ok("Set-Cookie: tracker=needle; Path=/user/8c1f22; Secure; Max-Age=60\r\n", "")).await
}

fn kept(origin: &Origin) -> Setup {
    Setup::before(origin).toml("[inventory]\nfile = \"inventory.json\"")
}

async fn visit(octroi: &Octroi, cookie: &str) {
    let mut client = octroi.client().await;
    client.get("/explore/8c1f22?needle", &format!("Cookie: {cookie}=needle\r\n")).await.assert_status(200);
}

async fn end(octroi: Octroi) {
    octroi.terminate();
    assert_eq!(octroi.exit_code().await, Some(0));
}

/// Waits for a line of the diagnostics.
async fn diagnosed(octroi: &Octroi, part: &str) {
    octroi.stderr.find(part, |line| line.contains(part).then_some(())).await.expect("the log goes on");
}

/// How often a name was seen in each direction.
async fn counts(octroi: &Octroi, name: &str) -> (Value, Value) {
    let document: Value = serde_json::from_str(&octroi.admin("GET /cookies", "").await.text()).unwrap();
    let names = document["sites"][0]["names"].as_array().unwrap();
    let seen = names.iter().find(|seen| seen["name"] == name).unwrap_or(&Value::Null);
    (seen["request"]["count"].clone(), seen["response"]["count"].clone())
}

#[tokio::test]
async fn names_of_the_last_second_are_kept_across_a_restart() {
    let origin = portal().await;
    let setup = kept(&origin);
    let octroi = setup.launch().await;
    visit(&octroi, "stranger").await;
    end(octroi).await;
    let text = std::fs::read_to_string(setup.directory().join("inventory.json")).unwrap();
    assert!(text.contains("tracker") && text.contains("/explore/*") && text.contains("/user/*"), "{text}");
    assert!(!text.contains("needle") && !text.contains("8c1f22"), "a value is kept:\n{text}");

    let octroi = setup.launch().await;
    assert_eq!(counts(&octroi, "tracker").await, (Value::Null, 1.into()));
    assert_eq!(counts(&octroi, "stranger").await, (1.into(), Value::Null));
    let metrics = octroi.metrics().await;
    assert!(metrics.sum("octroi_undeclared_cookies", &[]) > 1.5, "drift is drift after a restart, too");
}

/// As a restart with socket activation: the new process serves while the old one drains.
#[tokio::test]
async fn two_processes_share_a_file() {
    let origin = portal().await;
    let setup = kept(&origin);
    let (old, new) = (setup.launch().await, setup.launch().await);
    visit(&old, "of_old").await;
    visit(&new, "of_new").await;
    end(old).await;
    end(new).await;
    let octroi = setup.launch().await;
    assert_eq!(counts(&octroi, "tracker").await.1, 2);
    assert_eq!((counts(&octroi, "of_old").await.0, counts(&octroi, "of_new").await.0), (1.into(), 1.into()));
}

#[tokio::test]
async fn a_damaged_file_does_not_prevent_the_start() {
    let origin = portal().await;
    let setup = kept(&origin);
    std::fs::write(setup.directory().join("inventory.json"), "{ half").unwrap();
    let octroi = setup.start().await;
    diagnosed(&octroi, "set aside").await;
    assert_eq!(std::fs::read_to_string(octroi.file("inventory.json.aside")).unwrap(), "{ half");
}

#[tokio::test]
async fn a_reload_names_another_file() {
    let origin = portal().await;
    let octroi = kept(&origin).start().await;
    visit(&octroi, "stranger").await;
    name_another_file(&octroi).await;
    let written = async {
        while !octroi.file("inventory.json").exists() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), written).await.unwrap();
    assert_eq!(counts(&octroi, "stranger").await.0, 1);
}

/// Each write of the file fails as on a full disk, and nothing else does.
#[tokio::test]
async fn a_file_that_may_not_grow_is_logged_and_serving_continues() {
    let origin = portal().await;
    let octroi = kept(&origin).ulimit("-f 0").start().await;
    visit(&octroi, "stranger").await;
    name_another_file(&octroi).await;
    diagnosed(&octroi, "the inventory is not kept").await;
    let said = |line: &String| line.contains("the inventory is not kept") && line.contains("inventory.json");
    assert!(octroi.stderr.lines().iter().any(said), "the file is not named");
    visit(&octroi, "another").await;
    assert_eq!(counts(&octroi, "stranger").await.0, 1);
    failed_write(&octroi).await;
    let left: Vec<_> = std::fs::read_dir(octroi.file(".")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains(".json")), "half a file is left: {left:?}");
    end(octroi).await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_logged_and_serving_continues() {
    let origin = portal().await;
    let setup = Setup::before(&origin).without_privileges().toml("[inventory]\nfile = \"kept/inventory.json\"");
    let folder = setup.directory().join("kept");
    std::fs::create_dir(&folder).unwrap();
    let mode = |mode: u32| std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
    for damaged in [false, true] {
        mode(0o700);
        if damaged {
            std::fs::write(folder.join("inventory.json"), "{ half").unwrap();
        }
        mode(0o500);
        let octroi = setup.launch().await;
        visit(&octroi, "stranger").await;
        name_another_file(&octroi).await;
        diagnosed(&octroi, "the inventory is not kept").await;
        failed_write(&octroi).await;
        visit(&octroi, "another").await;
        assert_eq!(counts(&octroi, "stranger").await.0, 1, "damaged: {damaged}");
        end(octroi).await;
    }
    mode(0o700);
    assert_eq!(std::fs::read_to_string(folder.join("inventory.json")).unwrap(), "{ half", "what was there stays");
}

#[tokio::test]
async fn a_device_at_the_files_path_is_left_alone() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).toml("[inventory]\nfile = \"/dev/full\"").start().await;
    diagnosed(&octroi, "it is not a regular file").await;
    visit(&octroi, "stranger").await;
    end(octroi).await;
    assert!(std::fs::metadata("/dev/full").unwrap().file_type().is_char_device());
}

/// A reload names another file: the one before is written once more.
async fn name_another_file(octroi: &Octroi) {
    seen(octroi, "stranger").await;
    let text = std::fs::read_to_string(octroi.file("octroi.toml")).unwrap();
    std::fs::write(octroi.file("octroi.toml"), text.replace("inventory.json", "other.json")).unwrap();
    octroi.admin("POST /reload", "Content-Length: 0\r\n").await.assert_status(200);
}

/// Waits until a failure is counted.
async fn failed_write(octroi: &Octroi) {
    let failed =
        async { while octroi.metrics().await.sum("octroi_inventory_writes_total", &[("result", "failure")]) < 0.5 {} };
    tokio::time::timeout(Duration::from_secs(30), failed).await.unwrap();
}

/// Waits until the inventory has heard of a name.
async fn seen(octroi: &Octroi, name: &str) {
    let seen = async { while counts(octroi, name).await.0.is_null() {} };
    tokio::time::timeout(Duration::from_secs(30), seen).await.unwrap();
}

#[tokio::test]
async fn a_missing_folder_is_logged_and_waited_for() {
    let origin = portal().await;
    let setup = Setup::before(&origin).toml("[inventory]\nfile = \"later/inventory.json\"");
    let octroi = setup.launch().await;
    diagnosed(&octroi, "the inventory is not kept").await;
    visit(&octroi, "stranger").await;
    std::fs::create_dir(setup.directory().join("later")).unwrap();
    end(octroi).await;
    assert!(setup.directory().join("later/inventory.json").exists());
}

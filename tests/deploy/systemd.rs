//! The units under a real systemd, which is booted in namespaces of its own (`systemd/boot`): start, reload, watchdog, sandbox
//! and socket activation.

use std::process::Command;

use super::repository;

#[test]
fn the_units_work_under_a_real_systemd() {
    let out = tempfile::tempdir().unwrap();
    let boot = repository().join("tests/deploy/systemd/boot");
    let ended = Command::new(boot).arg(env!("CARGO_BIN_EXE_octroi")).arg(out.path()).output().unwrap();
    let read = |name: &str| std::fs::read_to_string(out.path().join(name)).unwrap_or_default();
    let found = read("findings");
    let whole = || {
        let said = [ended.stdout.as_slice(), &ended.stderr].map(String::from_utf8_lossy).concat();
        format!("{}\n{found}\n{}\n{}\n{said}", ended.status, read("scenario.out"), read("octroi.err"))
    };
    if ended.status.code() == Some(77) {
        println!("NOT tried: this machine does not let a systemd boot in namespaces\n{}", whole());
        return;
    }
    assert!(ended.status.success(), "as root, after scripts/setup? {}", whole());
    let expected = [
        "started: active, running, notify",
        "answers: 200",
        "user: octroi",
        // CAP_NET_BIND_SERVICE and no other.
        "capabilities: 0000000000000400, no new privileges: 1",
        "reloaded: same process yes",
        "faulty file: active, answers 200",
        "hung: restarted by the watchdog, another process yes",
        "stopped: inactive, success",
        "restarted behind the socket: 0 of the requests failed",
        "faulty start: refused by exit-code",
    ];
    assert!(found.lines().eq(expected), "{}", whole());
}

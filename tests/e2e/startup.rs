//! The start: octroi serves everything or does not start, and shows every problem; listeners of every kind.

use crate::support::choice::{CHARTER, charter_with};
use crate::support::client::Client;
use crate::support::octroi::{Spawned, octroi};
use crate::support::origin::ok;
use crate::support::{Authority, Octroi, Origin, Setup};

async fn portal() -> Origin {
    Origin::always(ok("", "served")).await
}

/// Starts what cannot start; everything it wrote to standard error.
async fn refused(setup: Setup) -> String {
    let (code, stdout, stderr) = setup.spawn().ended().await;
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stdout.is_empty(), "{stdout}");
    assert!(!stderr.contains("listening"), "something was started: {stderr}");
    stderr
}

#[tokio::test]
async fn all_problems_of_all_files_are_shown_at_once() {
    let origin = portal().await;
    let stderr = refused(
        Setup::before(&origin)
            .site("enforcment = \"enforce\"")
            .toml("[timeouts]\nheader = \"soon\"\n[limits]\nheader_bytes = \"32KB!\"")
            .charter(
                &charter_with("consent = \"required\"", "consent = \"maybe\"")
                    .replace("category = \"statistics\"", "category = \"statistic\""),
            ),
    )
    .await;
    for part in ["octroi.toml", "charter.toml", "enforcment", "enforcement", "soon", "32KB!", "maybe", "statistic"] {
        assert!(stderr.contains(part), "{part} is missing:\n{stderr}");
    }
}

#[tokio::test]
async fn a_problem_has_its_line_and_column() {
    let origin = portal().await;
    let setup = Setup::before(&origin).toml("[limits]\nheadres = 10");
    let line = setup.configuration().lines().position(|line| line == "headres = 10").unwrap() + 1;
    let stderr = refused(setup).await;
    assert!(stderr.contains(&format!("octroi.toml:{line}:1")), "no octroi.toml:{line}:1:\n{stderr}");
    assert!(stderr.contains("headers"), "no suggestion:\n{stderr}");
}

#[tokio::test]
async fn files_that_are_missing_are_named() {
    let directory = tempfile::tempdir().unwrap();
    let mut command = octroi(directory.path());
    command.args(["run", "--config", "nowhere.toml"]);
    let (code, _, stderr) = Spawned::new(command).ended().await;
    assert!(code == Some(2) && stderr.contains("nowhere.toml"), "{code:?}: {stderr}");
    let origin = portal().await;
    let tls = "address = \"127.0.0.1:0\"\ntls = { certificate = \"gone.pem\", key = \"gone.key\" }";
    let stderr = refused(Setup::before(&origin).and_listener(tls).upstream("ca = \"no-ca.pem\"")).await;
    assert!(stderr.contains("gone.pem") && stderr.contains("no-ca.pem"), "{stderr}");
}

#[tokio::test]
async fn a_key_that_does_not_match_its_certificate_is_an_error() {
    let (origin, authority) = (portal().await, Authority::new());
    let setup = Setup::before(&origin)
        .and_listener("address = \"127.0.0.1:0\"\ntls = { certificate = \"a.pem\", key = \"b.key\" }");
    authority.certificate(&["a.test"]).write(setup.directory(), "a");
    authority.certificate(&["b.test"]).write(setup.directory(), "b");
    let stderr = refused(setup).await;
    assert!(stderr.contains("b.key") || stderr.contains("a.pem"), "{stderr}");
}

#[tokio::test]
async fn an_address_that_is_taken_stops_the_start() {
    let origin = portal().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let setup = Setup::before(&origin).and_listener(&format!("address = \"{address}\""));
    let (code, _, stderr) = setup.spawn().ended().await;
    assert!(code == Some(2) && stderr.contains(&address.to_string()), "{code:?}: {stderr}");
}

#[tokio::test]
async fn a_second_octroi_never_shares_the_port_of_the_first() {
    let origin = portal().await;
    let first = Octroi::before(&origin).await;
    let setup = Setup::before(&origin).and_listener(&format!("address = \"{}\"", first.address));
    let (code, _, stderr) = setup.spawn().ended().await;
    assert_eq!(code, Some(2), "{stderr}");
    first.client().await.get("/", "").await.assert_status(200);
}

#[tokio::test]
async fn an_admin_listener_that_others_can_reach_needs_a_token() {
    let origin = portal().await;
    let setup = Setup::before(&origin);
    let open = setup.configuration().replace("[admin]\naddress = \"127.0.0.1:0\"", "[admin]\naddress = \"0.0.0.0:0\"");
    let (code, _, stderr) = setup.spawn_with(&open).ended().await;
    assert!(code == Some(2) && stderr.contains("token_file"), "{code:?}: {stderr}");
}

#[tokio::test]
async fn the_environment_overrides_a_scalar() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).environment("OCTROI_LIMITS__TARGET_BYTES", "64").start().await;
    octroi.client().await.get(&format!("/{}", "x".repeat(100)), "").await.assert_status(414);
    let stderr = refused(Setup::before(&origin).environment("OCTROI_LIMITS__TARGET_BITES", "64")).await;
    assert!(stderr.contains("OCTROI_LIMITS__TARGET_BITES"), "{stderr}");
}

#[tokio::test]
async fn two_sites_cannot_claim_one_host() {
    let origin = portal().await;
    let stderr = refused(Setup::before(&origin).hosts(r#"["a.test"]"#).and_site(r#"["A.test"]"#, origin.address)).await;
    assert!(stderr.to_lowercase().contains("a.test"), "{stderr}");
}

#[tokio::test]
async fn a_charter_that_contradicts_itself_is_refused() {
    let origin = portal().await;
    let twice = format!("{CHARTER}\n[[cookie]]\nname = \"_ga\"\ncategory = \"necessary\"\n");
    let stderr = refused(Setup::before(&origin).charter(&twice)).await;
    assert!(stderr.contains("_ga"), "{stderr}");
}

#[tokio::test]
async fn a_unix_socket_is_a_listener() {
    let origin = portal().await;
    let setup = Setup::before(&origin);
    let path = setup.directory().join("octroi.sock");
    let octroi = setup.and_listener(&format!("address = \"unix:{}\"\ntrusted = []", path.display())).start().await;
    let mut client = Client::connect_unix(&path).await;
    assert_eq!(client.get("/", "").await.text(), "served");
    octroi.terminate();
    assert!(client.wire.is_closed().await);
    assert_eq!(octroi.exit_code().await, Some(0));
}

#[tokio::test]
async fn a_stale_unix_socket_is_replaced() {
    let origin = portal().await;
    let setup = Setup::before(&origin);
    let path = setup.directory().join("octroi.sock");
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    let _octroi = setup.and_listener(&format!("address = \"unix:{}\"", path.display())).start().await;
    assert_eq!(Client::connect_unix(&path).await.get("/", "").await.text(), "served");
}

#[tokio::test]
async fn several_listeners_and_ipv6_serve_the_same_sites() {
    let origin = portal().await;
    let octroi = Setup::before(&origin).and_listener("address = \"[::1]:0\"").start().await;
    let mut served = 0;
    for line in octroi.stderr.lines() {
        if let Some((message, fields)) = crate::support::octroi::diagnostic(&line)
            && message == "listening"
            && let Some(address) = fields["address"].as_str()
        {
            let address = address.parse().unwrap();
            assert_eq!(Client::connect(address).await.get("/", "").await.text(), "served");
            served += 1;
        }
    }
    assert_eq!(served, 2);
}

#[tokio::test]
async fn a_short_token_is_refused_and_readable_secrets_are_a_warning() {
    use std::os::unix::fs::PermissionsExt;

    let authority = Authority::new();
    let origin = portal().await;
    let setup = Setup::before(&origin).tls(&authority, &[&["a.test"]]).admin("token_file = \"admin.token\"");
    let file = |name: &str| setup.directory().join(name);
    let modes = |mode| {
        for name in ["admin.token", "a.test.key"] {
            std::fs::set_permissions(file(name), std::fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    let check = |strict: &[&str]| {
        std::fs::write(file("octroi.toml"), setup.configuration()).unwrap();
        std::fs::write(file("charter.toml"), CHARTER).unwrap();
        let output = octroi(setup.directory()).args(["check", "--config", "octroi.toml"]).args(strict).output();
        let output = output.unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    std::fs::write(file("admin.token"), "seven77\n").unwrap();
    let (code, text) = check(&[]);
    assert!(code == Some(2) && text.contains("shorter than 8") && !text.contains("seven77"), "{code:?}: {text}");
    std::fs::write(file("admin.token"), "eight888\n").unwrap();
    modes(0o644);
    let (code, text) = check(&[]);
    assert!(code == Some(0) && text.matches("every user of this machine may read").count() == 2, "{code:?}: {text}");
    assert_eq!(check(&["--strict"]), (Some(1), text));
    modes(0o640);
    assert_eq!(check(&["--strict"]).0, Some(0));
}

//! octroi in front of a real gunicorn on a Unix socket.

use std::process::{Command, Stdio};

use super::front::program;
use super::{file, octroi};
use crate::support::choice::refused;
use crate::support::client::get;
use crate::support::octroi::signal;
use crate::support::output::Output;

/// A page that says who asked, and sets an exempt cookie and another one.
const PORTAL: &str = r#"
def application(environ, start_response):
    body = environ["wsgi.input"].read()
    said = "%s %s %d" % (environ["wsgi.url_scheme"], environ.get("HTTP_COOKIE", "-"), len(body))
    start_response("200 OK", [("Set-Cookie", "sessionid=s; Path=/"), ("Set-Cookie", "_ga=1; Path=/"),
                              ("Content-Length", str(len(said)))])
    return [said.encode()]
"#;

#[tokio::test]
async fn gunicorn_on_a_unix_socket() {
    let place = tempfile::tempdir().unwrap();
    let socket = place.path().join("portal.sock").display().to_string();
    let at = [("/run/portal/portal.sock", &*socket)];
    std::fs::write(place.path().join("gunicorn.conf.py"), file("unix-socket", "gunicorn.conf.py", &at)).unwrap();
    std::fs::write(place.path().join("portal.py"), PORTAL).unwrap();
    let mut command: Command = program("gunicorn");
    command.args(["--config", "gunicorn.conf.py", "portal:application"]).current_dir(place.path());
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut portal = command.spawn().unwrap_or_else(|error| panic!("gunicorn ({error}): run scripts/setup"));
    let said = Output::of(portal.stderr.take().unwrap());
    said.find("gunicorn to start", |line| line.contains("Booting worker").then_some(()))
        .await
        .expect("it did not start");

    let octroi = octroi("unix-socket", &at, |_| {}).await;
    let mut client = octroi.client().await;
    for number in 0..3 {
        let page = client.exchange(get("/", &format!("Cookie: sessionid=s; _ga=1; {}\r\n", refused()))).await;
        assert_eq!(page.status(), 200, "{number}: {}", page.shown());
        assert!(page.text().starts_with("http sessionid=s; cookies_preferences="), "{}", page.shown());
        assert_eq!(page.set_cookies(), ["sessionid=s; Path=/"], "{}", page.shown());
    }
    let body = vec![b'x'; 3 << 20];
    let head = format!("POST / HTTP/1.1\r\nHost: data.education.gouv.fr\r\nContent-Length: {}\r\n\r\n", body.len());
    let page = client.exchange([head.as_bytes(), &body].concat()).await;
    assert_eq!(page.text(), format!("http - {}", body.len()), "{}", page.shown());
    let metrics = octroi.after_requests(4).await;
    assert!(metrics.sum("octroi_upstream_events_total", &[("event", "connected")]) < 1.5, "one connection served all");

    signal(portal.id(), "TERM");
    portal.wait().unwrap();
    let page = client.get("/", "").await;
    assert_eq!(page.status(), 502, "{}", page.shown());
    let told = |line: &str| (line.contains("cannot connect to unix:") && line.contains(&socket)).then_some(());
    octroi.stderr.find("the path", told).await.expect("the log names the path");
}

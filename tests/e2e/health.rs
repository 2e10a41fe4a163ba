//! Several endpoints: which of them get requests while they fail, are checked, and return to service.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::support::metrics::Metrics;
use crate::support::origin::{ok, replies};
use crate::support::{Authority, Message, Octroi, Origin, Setup, Visit, within};

const QUICK: &str = "health = { path = \"/health\", interval = \"200ms\", fall = 2, rise = 2 }";

fn is_check(request: &Message) -> bool {
    request.target() == "/health"
}

fn checks(origin: &Origin) -> usize {
    origin.requests().iter().filter(|request| is_check(request)).count()
}

/// A portal that says its name, and answers its checks as the switch stands.
fn switched(name: &'static str, healthy: &Arc<AtomicBool>) -> impl Fn(&Message) -> Vec<u8> + use<> {
    let healthy = Arc::clone(healthy);
    move |request| match is_check(request) {
        true if !healthy.load(Ordering::Relaxed) => b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n".to_vec(),
        true => b"HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n".to_vec(),
        false => ok("", name),
    }
}

fn on(value: bool) -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(value))
}

fn before(endpoints: &[&Origin]) -> Setup {
    let addresses: Vec<_> = endpoints.iter().map(|origin| format!("http://{}", origin.address)).collect();
    Setup::before(endpoints[0]).endpoint(&addresses.join("\", \"")).upstream(QUICK)
}

fn is_up(metrics: &Metrics, origin: &Origin) -> bool {
    metrics.sum("octroi_upstream_endpoint_up", &[("endpoint", &origin.address.to_string())]) > 0.0
}

async fn until_up(octroi: &Octroi, origin: &Origin, up: bool) {
    octroi.metrics_until(&format!("{} up: {up}", origin.address), |metrics| is_up(metrics, origin) == up).await;
}

/// Requests until one is answered by the endpoint of this name: it has but a small share at first.
async fn until_answered_by(octroi: &Octroi, name: &str) {
    let mut client = octroi.client().await;
    within(name, async { while client.get("/", "").await.assert_status(200).text() != name {} }).await;
}

#[tokio::test]
async fn an_endpoint_whose_checks_fail_gets_no_request_until_they_succeed() {
    let healthy = on(true);
    let first = Origin::replying(switched("first", &healthy)).await;
    let second = Origin::replying(switched("second", &on(true))).await;
    let octroi = before(&[&first, &second]).start().await;
    let name = first.address.to_string();
    let checked = |metrics: &Metrics, result| {
        metrics.count("octroi_upstream_health_checks_total", &[("endpoint", &*name), ("result", result)])
    };
    octroi.metrics_until("a check", |metrics| checked(metrics, "healthy") > 0 && is_up(metrics, &first)).await;
    healthy.store(false, Ordering::Relaxed);
    until_up(&octroi, &first, false).await;
    let mut client = octroi.client().await;
    for _ in 0..30 {
        assert_eq!(client.get("/", "").await.text(), "second");
    }
    let page = octroi.admin("GET /", "").await.text();
    let down = format!("<code>{}</code> <span class=\"mark\">out of service: its checks fail", first.address);
    assert!(page.contains(&down), "{page}");
    assert!(checked(&octroi.metrics().await, "unhealthy") >= 2);
    healthy.store(true, Ordering::Relaxed);
    until_up(&octroi, &first, true).await;
    until_answered_by(&octroi, "first").await;
}

#[tokio::test]
async fn an_endpoint_stops_and_starts_and_no_visitor_notices() {
    let first = Origin::replying(switched("first", &on(true))).await;
    let second = Origin::replying(switched("second", &on(true))).await;
    let octroi = before(&[&first, &second]).start().await;
    until_answered_by(&octroi, "first").await;
    let name = first.address.to_string();
    let address = first.stop().await;
    let is_down = |metrics: &Metrics| metrics.sum("octroi_upstream_endpoint_up", &[("endpoint", &name)]) < 1.0;
    let mut client = octroi.client().await;
    loop {
        assert_eq!(client.get("/", "").await.assert_status(200).text(), "second");
        if is_down(&octroi.metrics().await) {
            break;
        }
    }
    let _back = Origin::at(address, None, replies(switched("back", &on(true)))).await;
    until_answered_by(&octroi, "back").await;
}

#[tokio::test]
async fn if_every_endpoint_is_down_all_get_requests_and_octroi_is_ready() {
    let first = Origin::replying(switched("first", &on(false))).await;
    let second = Origin::replying(switched("second", &on(false))).await;
    let octroi = before(&[&first, &second]).start().await;
    until_up(&octroi, &first, false).await;
    until_up(&octroi, &second, false).await;
    until_answered_by(&octroi, "first").await;
    until_answered_by(&octroi, "second").await;
    octroi.admin("GET /readyz", "").await.assert_status(200);
}

#[tokio::test]
async fn a_check_is_sent_as_the_sites_requests_are() {
    let authority = Authority::new();
    let origin = Origin::start_tls(authority.server(&["inner.test"]), replies(|_| ok("", ""))).await;
    let setup = Setup::before(&origin).hosts(r#"["*.example.fr", "data.example.fr"]"#).endpoint("https://portal.test");
    std::fs::write(setup.directory().join("ca.pem"), authority.pem()).unwrap();
    let keys = format!("connect = \"{}\"\nsni = \"inner.test\"\nca = \"ca.pem\"", origin.address);
    let _octroi = setup.upstream(QUICK).upstream(&keys).start().await;
    let check = origin.nth(1).await;
    assert_eq!((check.method().as_str(), check.target().as_str()), ("GET", "/health"));
    assert_eq!(check.texts("host"), ["data.example.fr"]);
    assert!(check.texts("user-agent")[0].contains("octroi") && check.texts("cookie").is_empty());
    assert_eq!(origin.server_names()[0].as_deref(), Some("inner.test"));
}

#[tokio::test]
async fn the_host_of_a_check_is_the_configured_one_or_the_endpoints() {
    let origin = Origin::always(ok("", "")).await;
    let host = origin.address.to_string();
    for (key, expected) in [("", &*host), ("host = \"public.example.fr\"", "public.example.fr")] {
        let before = origin.requests().len();
        let _octroi = Setup::before(&origin).upstream(QUICK).upstream(key).start().await;
        assert_eq!(origin.nth(before + 1).await.texts("host"), [expected]);
    }
}

/// A check that is answered by silence is late when the next one is due.
#[tokio::test]
async fn an_endpoint_that_is_silent_is_down() {
    let silent = Origin::start(|mut visit: Visit| async move {
        visit.request().await;
        visit.closed().await;
    })
    .await;
    let octroi = before(&[&silent]).start().await;
    until_up(&octroi, &silent, false).await;
}

/// Neither the number of workers nor a reload of something else makes a check more.
#[tokio::test]
async fn checks_run_once_in_the_process_and_continue_over_a_reload() {
    let (hourly, clock) = (Origin::always(ok("", "")).await, Origin::always(ok("", "")).await);
    let setup = Setup::before(&hourly).upstream(&QUICK.replace("200ms", "1h")).toml("[runtime]\nworkers = 4");
    let setup = setup.and_site(r#"["clock.test"]"#, clock.address);
    let configuration = setup.configuration().replace("[admin]", &format!("{QUICK}\n[admin]"));
    let octroi = setup.start_with(&configuration).await;
    hourly.nth(1).await;
    clock.nth(clock.requests().len() + 8).await;
    assert_eq!(checks(&hourly), 1);
    let charter = std::fs::read_to_string(octroi.file("charter.toml")).unwrap();
    std::fs::write(octroi.file("charter.toml"), format!("{charter}\n# another text\n")).unwrap();
    octroi
        .metrics_until("a reload", |metrics| metrics.sum("octroi_reload_total", &[("result", "success")]) > 0.0)
        .await;
    clock.nth(clock.requests().len() + 8).await;
    assert_eq!(checks(&hourly), 1);
}

#[tokio::test]
async fn the_state_of_an_endpoint_survives_a_reload() {
    let down = Origin::replying(switched("down", &on(false))).await;
    let (up, new) =
        (Origin::replying(switched("up", &on(true))).await, Origin::replying(switched("new", &on(true))).await);
    let octroi = before(&[&down, &up]).start().await;
    until_up(&octroi, &down, false).await;
    let file = octroi.file("octroi.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    // Checks so rare that none of them can be what is seen.
    let more = format!("endpoints = [\"http://{}\", ", new.address);
    let wider = text.replace("endpoints = [", &more).replace("200ms", "1h");
    std::fs::write(&file, &wider).unwrap();
    let metrics = octroi.metrics_until("the new endpoint", |metrics| is_up(metrics, &new)).await;
    assert!(!is_up(&metrics, &down) && is_up(&metrics, &up));
    // If nobody checks, nobody may hold an endpoint down.
    let health = wider.lines().find(|line| line.starts_with("health = ")).unwrap();
    std::fs::write(&file, wider.replace(health, "")).unwrap();
    until_up(&octroi, &down, true).await;
}

#[tokio::test]
async fn an_endpoint_that_resets_connections_is_ejected() {
    let broken = Origin::start(|mut visit: Visit| async move {
        visit.request().await;
        visit.wire.reset();
    })
    .await;
    let well = Origin::always(ok("", "well")).await;
    let addresses = format!("http://{}\", \"http://{}", broken.address, well.address);
    let octroi = Setup::before(&well).endpoint(&addresses).one_worker().start().await;
    let mut failed = 0;
    while octroi.metrics().await.count("octroi_upstream_events_total", &[("event", "ejected")]) == 0 {
        failed += usize::from(octroi.client().await.get("/", "").await.status() == 502);
    }
    assert_eq!(failed, 5);
    let mut client = octroi.client().await;
    for _ in 0..10 {
        assert_eq!(client.get("/", "").await.text(), "well");
    }
    assert!(!is_up(&octroi.metrics().await, &broken));
}

#[tokio::test]
async fn the_time_to_connect_is_measured() {
    let origin = Origin::always(ok("", "")).await;
    let octroi = Setup::before(&origin).one_worker().start().await;
    for _ in 0..3 {
        octroi.client().await.get("/", "").await.assert_status(200);
    }
    let metrics = octroi.after_requests(3).await;
    assert_eq!(metrics.count("octroi_upstream_connect_seconds_count", &[("site", "default")]), 1);
}

/// Serves one request on each connection; the second one is read, and the connection closed without an answer.
async fn dying_at_the_second() -> Origin {
    Origin::start(|mut visit: Visit| async move {
        visit.request().await;
        visit.send(ok("", "served")).await;
        visit.request().await;
    })
    .await
}

#[tokio::test]
async fn of_several_endpoints_none_gets_a_post_that_another_one_got() {
    let (first, second) = (dying_at_the_second().await, dying_at_the_second().await);
    let addresses = format!("http://{}\", \"http://{}", first.address, second.address);
    let octroi = Setup::before(&first).endpoint(&addresses).one_worker().start().await;
    for number in 0..60 {
        let mut client = octroi.client().await;
        client.get(&format!("/page/{number}"), "").await.assert_status(200);
        let post = format!("POST /order/{number} HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nab");
        let status = client.exchange(post).await.status();
        assert!(matches!(status, 200 | 502), "{status}");
    }
    let mut orders: Vec<_> = [&first, &second].iter().flat_map(|origin| origin.requests()).collect();
    orders.retain(|request| request.method() == "POST");
    let mut targets: Vec<_> = orders.iter().map(Message::target).collect();
    targets.sort();
    targets.dedup();
    assert_eq!((targets.len(), orders.len()), (60, 60));
}

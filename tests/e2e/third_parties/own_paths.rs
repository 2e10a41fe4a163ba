//! `paths`: a third party on the portal's own host, whose requests octroi answers itself unless the visitor agreed.

use serde_json::Value;

use super::browsers::{PORTAL, Visits, third_party};
use super::{HTML, policies};
use crate::support::browser::{Browser, Chromium, Firefox};
use crate::support::choice::{CHARTER, granted, refused};
use crate::support::client::get;
use crate::support::http2::{Http2, request, whole};
use crate::support::origin::ok;
use crate::support::{Findings, Message, Octroi, Origin, Setup};

const SCRIPT: &str = "Sec-Fetch-Dest: script\r\nSec-Fetch-Mode: no-cors\r\nAccept: */*\r\n";
const PAGE: &str = "<!doctype html><html lang=en><title>x</title><script src=/matomo.js></script><script src=/own.js></script>\
    <link rel=preload as=script href=./a/../Matomo.js><iframe src=/matomo.php></iframe><img src=/matomo.php?idsite=1>";

/// A charter whose only third party is a tracker on the portal's own host.
fn charter(level: &str) -> String {
    format!(
        "{CHARTER}\n[third_parties]\nlevel = \"{level}\"\nmanage_cookies = \"#choose\"\nreport_sample = 0\n\
         [[third_party]]\nid = \"matomo\"\npaths = [\"/matomo.js\", \"/matomo.php\"]\ncategory = \"statistics\"\n"
    )
}

/// A portal whose tracker sets cookies that need no consent by their names.
async fn portal() -> Origin {
    Origin::replying(|request| match request.target().as_str() {
        "/" => ok(&format!("{HTML}Link: </matomo.js>; rel=preload; as=script, </own.css>; rel=preload\r\n"), PAGE),
        _ => ok("Content-Type: text/javascript\r\nSet-Cookie: sessionid=tracked\r\n", "1"),
    })
    .await
}

fn trackers(requests: &[Message]) -> Vec<String> {
    let targets = requests.iter().map(Message::target);
    targets.filter(|target| target.to_ascii_lowercase().contains("matomo") || target.contains('%')).collect()
}

async fn counted(octroi: &Octroi, verdict: &str) -> u64 {
    let labels = [("party", "matomo"), ("verdict", verdict)];
    octroi.metrics().await.count("octroi_third_party_requests_total", &labels)
}

#[tokio::test]
async fn requests_to_a_held_party_are_answered_403() {
    let portal = portal().await;
    let octroi = Setup::before(&portal).charter(&charter("policy")).start().await;
    let mut client = octroi.client().await;
    let spellings = [
        "/matomo.js",
        "/matomo.php?action_name=x&idsite=1",
        "/Matomo.JS",
        "//matomo.js",
        "/./matomo.js",
        "/a/../matomo.js",
        "/%6Datomo%2ejs",
        "/a%2F..%2Fmatomo.js",
        "/matomo.js;jsessionid=1",
        "/matomo.php/path-info",
        "/a/..;/matomo.php",
        "/a\\..\\matomo.php",
    ];
    for target in spellings {
        for choice in [String::new(), format!("Cookie: {}\r\n", refused())] {
            let response = client.exchange(get(target, &format!("{SCRIPT}{choice}"))).await;
            assert_eq!((response.status(), response.set_cookies()), (403, Vec::new()), "{target}");
            assert_eq!(response.texts("cache-control"), ["no-store"], "{target}");
            assert!(response.text().contains("to which the visitor has not agreed"), "{}", response.text());
        }
    }
    // Programs and old browsers, which do not say what they ask for.
    client.get("/matomo.js", "Accept: */*\r\n").await.assert_status(403);
    assert_eq!(trackers(&portal.requests()), [""; 0]);
    assert_eq!(counted(&octroi, "hold").await, 2 * 12 + 1);
    let line: Value = serde_json::from_str(&octroi.logged("/matomo.php/path-info").await).unwrap();
    assert_eq!((&line["reason"], &line["status"]), (&"third_party_held".into(), &403.into()), "{line}");
}

#[tokio::test]
async fn agreed_parties_and_other_paths_are_forwarded() {
    let portal = portal().await;
    let octroi = Setup::before(&portal).charter(&charter("policy")).start().await;
    let mut client = octroi.client().await;
    let choice = format!("{SCRIPT}Cookie: {}\r\n", granted());
    client.exchange(get("/matomo.js?x", &choice)).await.assert_status(200);
    for target in ["/matomo.json", "/x/matomo.js", "/matomo.js/../own.js", "/?matomo.js", "/own.js?/matomo.js"] {
        client.exchange(get(target, SCRIPT)).await.assert_status(200);
        assert_eq!(portal.last().target(), target);
    }
    assert_eq!((counted(&octroi, "pass").await, counted(&octroi, "hold").await), (1, 0));
}

#[tokio::test]
async fn documents_are_forwarded() {
    let portal = portal().await;
    let octroi = Setup::before(&portal).charter(&charter("policy")).start().await;
    for lines in [
        "Sec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\n",
        "Sec-Fetch-Dest: iframe\r\n",
        "Sec-Fetch-Dest: empty\r\nSec-Fetch-Mode: navigate\r\n",
        "Accept: text/html,*/*\r\n",
    ] {
        octroi.client().await.exchange(get("/matomo.php", lines)).await.assert_status(200);
    }
    for lines in
        ["Sec-Fetch-Dest: worker\r\n", "Sec-Fetch-Dest: empty\r\nSec-Fetch-Mode: cors\r\nAccept: text/html\r\n"]
    {
        octroi.client().await.exchange(get("/matomo.php", lines)).await.assert_status(403);
    }
    assert_eq!(counted(&octroi, "hold").await, 2);
}

#[tokio::test]
async fn report_only_forwards_and_counts() {
    let portal = portal().await;
    let octroi = Setup::before(&portal).charter(&charter("pages")).report_only().start().await;
    octroi.client().await.exchange(get("/matomo.js", SCRIPT)).await.assert_status(200);
    let labels = [("verdict", "hold"), ("enforcement", "report-only")];
    assert_eq!(octroi.metrics().await.count("octroi_third_party_requests_total", &labels), 1);
    let page = octroi.client().await.exchange(get("/", "Sec-Fetch-Dest: document\r\n")).await;
    assert_eq!(page.text(), PAGE);
}

#[tokio::test]
async fn a_request_and_its_explanation_say_the_same() {
    let portal = portal().await;
    let octroi = Setup::before(&portal).charter(&charter("policy")).start().await;
    for (choice, status) in [(refused(), 403), (granted(), 200)] {
        let lines = format!("{SCRIPT}Cookie: {choice}\r\n");
        octroi.client().await.exchange(get("/Matomo.php?x", &lines)).await.assert_status(status);
        let mut command = crate::support::octroi::octroi(octroi.directory.path());
        command.args(["explain", "--config", "octroi.toml", "--format", "json", "--choice", &choice, "url"]);
        let output = command.arg("https://data.education.gouv.fr/Matomo.php?x").output().unwrap();
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        let told = &told["third_party"];
        assert_eq!((&told["party"], &told["path"]), (&"matomo".into(), &"/matomo.php".into()), "{told}");
        assert_eq!(told["answered"].as_u64().unwrap_or(200), u64::from(status), "{told}");
    }
}

/// What a tracker sends comes over the connection of the visitor's other requests.
#[tokio::test]
async fn a_beacon_does_not_close_the_connection() {
    let portal = portal().await;
    let octroi = Setup::before(&portal).charter(&charter("policy")).start().await;
    let beacon = |length: usize, body: &str| {
        let fields = format!("Sec-Fetch-Dest: empty\r\nContent-Length: {length}\r\n");
        format!("POST /matomo.php?x=1 HTTP/1.1\r\nHost: data.education.gouv.fr\r\n{fields}\r\n{body}")
    };
    let mut client = octroi.client().await;
    for _ in 0..3 {
        let response = client.exchange(beacon(5, "e_c=1")).await;
        assert!(response.status() == 403 && !response.has("connection"), "{}", response.shown());
    }
    let mut pieces = octroi.client().await;
    pieces.send(beacon(5, "e")).await;
    pieces.send("_c=1").await;
    pieces.response().await.assert_status(403);
    client.get("/own.js", SCRIPT).await.assert_status(200);
    // One that is longer than is worth reading.
    let response = client.exchange(beacon(20_000, "")).await;
    assert_eq!((response.status(), response.texts("connection")), (403, vec!["close".to_owned()]));
    // One that never comes whole.
    let mut gone = octroi.client().await;
    gone.send(beacon(5, "e")).await;
    drop(gone);
    let mut http2 = Http2::connect(octroi.address).await;
    for _ in 0..2 {
        let fields = [("sec-fetch-dest", "empty")];
        let (response, mut body) = http2.begin(request("POST", "/matomo.php", &fields), false).await;
        body.send_data("e_c=1".into(), true).unwrap();
        assert_eq!(whole(response).await.unwrap().status(), 403);
    }
    // A tunnel has no end that could be waited for.
    let (response, _open) = http2.extend("websocket", "/matomo.php", &[("sec-fetch-dest", "empty")]).await;
    assert_eq!(whole(response).await.unwrap().status(), 403);
    assert_eq!(http2.get("/own.js", &[("sec-fetch-dest", "script")]).await.status(), 200);
    octroi
        .metrics_until("the beacon that broke off", |metrics| {
            metrics.count("octroi_third_party_requests_total", &[("verdict", "hold")]) == 9
        })
        .await;
    assert_eq!(trackers(&portal.requests()), [""; 0]);
}

#[tokio::test]
async fn elements_with_a_held_path_are_disabled() {
    let portal = portal().await;
    let octroi = Setup::before(&portal).charter(&charter("pages")).start().await;
    let document = "Sec-Fetch-Dest: document\r\nAccept: text/html\r\n";
    let response = octroi.client().await.exchange(get("/", document)).await;
    let page = response.text();
    for held in [
        "<script type=\"text/plain\" data-octroi-src=/matomo.js>",
        "<script src=/own.js>",
        "<link rel=preload as=script data-octroi-href=./a/../Matomo.js>",
        "data-octroi-src=/matomo.php>",
        "srcdoc=\"",
        "<img src=/matomo.php?idsite=1>",
    ] {
        assert!(page.contains(held), "{held}: {page}");
    }
    assert_eq!(response.texts("link"), ["</own.css>; rel=preload"]);
    assert_eq!(policies(&response).len(), 1);
    let response = octroi.client().await.exchange(get("/", &format!("{document}Cookie: {}\r\n", granted()))).await;
    assert_eq!((response.text(), policies(&response).len()), (PAGE.to_owned(), 0));
}

/// A page of which a tracker on the same host is a part: as a script, as what it sends, and as a pixel.
fn tracked(request: &Message) -> Vec<u8> {
    let visit = request.target();
    if visit.contains("/page") {
        let visit = visit.trim_end_matches("page");
        return ok(
            HTML,
            &format!(
                "<!doctype html><title>x</title><script src=\"/matomo.js?{visit}\"></script>\
                 <script>navigator.sendBeacon('/matomo.php?{visit}beacon', 'x')</script><img src=\"/MATOMO.php?{visit}pixel\">"
            ),
        );
    }
    let sent = "document.cookie = '_pk_id.1=x'; new Image().src = '/x/..//matomo.php?' + document.currentScript.src.split('?')[1]";
    if visit.starts_with("/matomo.js") { ok("Content-Type: text/javascript\r\n", sent) } else { third_party(request) }
}

async fn a_tracker_of_the_portal_is_held<B: Browser + 'static>(level: &str, start: fn() -> B) {
    let portal = Origin::replying(tracked).await;
    let octroi = Setup::before(&portal).hosts("[\"*\"]").charter(&charter(level)).start().await;
    let port = octroi.address.port();
    tokio::task::spawn_blocking(move || {
        let browser = start();
        let visits = Visits { tab: browser.tab(), tracker: 0 };
        let visit = |name: &str| {
            visits.loads(&format!("http://{PORTAL}:{port}/{name}/page"));
            // What the page asked for is on its way before this.
            visits.run("fetch('/blank').then(() => true)");
        };
        visit("nothing-said");
        visits.run("!document.cookie.includes('_pk_id')");
        visits.chooses(&refused());
        visit("refused");
        visits.chooses(&granted());
        visit("granted");
        visits.run("document.cookie.includes('_pk_id')");
        visits.chooses(&refused());
        visit("withdrawn");
    })
    .await
    .unwrap();
    let mut findings = Findings::default();
    let asked = |visit: &str| {
        let of_visit = |request: &&Message| {
            let target = request.target();
            target.to_ascii_lowercase().contains("matomo") && target.contains(&format!("/{visit}/"))
        };
        portal.requests().iter().filter(of_visit).count()
    };
    assert!(portal.until(|_| asked("granted") == 4).await, "{:?}", portal.requests());
    for visit in ["nothing-said", "refused", "withdrawn"] {
        findings.expect(asked(visit) == 0, || format!("{visit}: {}", asked(visit)));
    }
    findings.none();
}

#[tokio::test]
async fn chromium_reaches_no_tracker_of_the_portal() {
    a_tracker_of_the_portal_is_held("policy", Chromium::start).await;
}

#[tokio::test]
async fn firefox_reaches_no_tracker_of_the_portal() {
    a_tracker_of_the_portal_is_held("pages", || Firefox::start("unused.test")).await;
}

//! Requests to third parties, and whether the visitor had agreed to them.

use serde_json::{Value, json};

use crate::command::{CHARTER, Desk};
use crate::recording::{PORTAL, at, by, choice, page, recording};

/// As octroi writes it, and a balancer in front adds to it.
const REFUSED: &str = "octroi; error=http_request_denied; details=\"This belongs to a third party, to which the visitor has not \
                       agreed.\", edge";
const TRACKER: &str = "https://stats.tracker.test/hit?uid=secret";

#[test]
fn a_request_to_a_third_party_before_consent_is_reported() {
    let entries = [
        page(0, PORTAL).sets("sessionid=1"),
        at(1, TRACKER),
        page(2, PORTAL).sends(&choice(true, true)),
        at(3, TRACKER),
    ];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&["third-party-without-consent null stats.tracker.test 1"]);
    let expected = json!({ "host": "stats.tracker.test", "requests": 2, "cookies": 0, "before_consent": 1 });
    assert_eq!(*audited.party("stats.tracker.test"), expected);
    assert_eq!(audited.report["findings"][0]["url"], "https://stats.tracker.test/hit");
}

/// If the charter declares third parties, they are judged as a page of the site would be told.
#[test]
fn a_declared_third_party_is_judged_by_its_category() {
    let party = |id: &str, host: &str, category: &str| {
        format!("[[third_party]]\nid = \"{id}\"\nhosts = [\"{host}\"]\ncategory = \"{category}\"\n")
    };
    let tiles = party("tiles", "*.tiles.test", "necessary");
    let stats = party("stats", "stats.tracker.test", "statistics");
    let charter = format!("{CHARTER}\n[third_parties]\nlevel = \"policy\"\n{tiles}{stats}");
    let entries = [
        page(0, PORTAL).sets("sessionid=1"),
        at(1, "https://a.tiles.test/1.png"),
        at(1, "https://a.tiles.test:8443/1.png"),
        at(1, TRACKER),
        at(1, "https://elsewhere.test/"),
        page(2, PORTAL).sends(&choice(true, false)),
        at(3, "https://stats.tracker.test/agreed"),
    ];
    Desk::with_charter(&charter).audit(&recording(entries), &[]).assert_findings(&[
        "third-party-without-consent null a.tiles.test 2",
        "third-party-without-consent null elsewhere.test 4",
        "third-party-without-consent null stats.tracker.test 3",
    ]);
}

/// A tracker that the portal serves from its own host is the third party that the charter gives the path to.
#[test]
fn a_path_of_the_portals_own_host_is_its_third_partys() {
    let matomo = "[third_parties]\nlevel = \"policy\"\n[[third_party]]\nid = \"matomo\"\nhosts = [\"stats.tracker.test\"]\n\
                  paths = [\"/matomo.php\", \"/matomo.js\"]\ncategory = \"statistics\"\n";
    let charter = format!("{CHARTER}\n{matomo}");
    let own = |path: &str| format!("{PORTAL}{path}");
    let entries = [
        page(0, PORTAL).sets("sessionid=1"),
        at(1, &own("/Matomo.php;x?idsite=1&uid=secret")),
        at(1, &own("/matomo.php2")),
        at(1, "https://static.example.fr/matomo.php"),
        page(2, &own("/matomo.js")),
        at(3, &own("/matomo.php")).sends(&choice(true, false)),
        at(4, TRACKER),
    ];
    let (desk, recording) = (Desk::with_charter(&charter), recording(entries));
    let audited = desk.audit(&recording, &[]);
    audited.assert_findings(&["third-party-without-consent null data.example.fr/matomo.php 1"]);
    desk.write("recording.har", recording.to_string().as_bytes());
    let sarif: Value = serde_json::from_str(&desk.run(&["recording.har", "--format", "sarif"]).stdout).unwrap();
    let place = "/runs/0/results/0/locations/0/physicalLocation/region/startLine";
    let line = charter.lines().position(|line| line == "[[third_party]]").unwrap() + 1;
    assert_eq!(sarif.pointer(place), Some(&json!(line)), "the finding points to the charter's table");
    let expected = json!({
        "host": "data.example.fr/matomo.php", "party": "matomo", "requests": 2, "cookies": 0, "before_consent": 1,
    });
    assert_eq!(*audited.party("data.example.fr/matomo.php"), expected);
    assert_eq!(audited.party("stats.tracker.test")["party"], "matomo");
    assert_eq!(audited.report["findings"][0]["url"], "https://data.example.fr/Matomo.php");
    assert_eq!(audited.report["summary"]["third_parties"], 2);
    assert!(!audited.report.to_string().contains("secret"));
}

/// What is shown of a path is cut, and without what follows a `;`.
#[test]
fn the_whole_path_says_whose_it_is() {
    let folder = "a".repeat(200);
    let matomo = format!(
        "[third_parties]\nlevel = \"policy\"\n[[third_party]]\nid = \"matomo\"\npaths = [\"/{folder}/m.php\", \"/stats/m.js\"]\n\
         category = \"statistics\"\n"
    );
    let own = |path: &str| at(1, &format!("{PORTAL}{path}"));
    let entries = [
        page(0, PORTAL).sets("sessionid=1"),
        own(&format!("/{folder}/m.php")),
        own("/stats;jsessionid=secret/m.js"),
        own(&format!("/{folder}/own.js")),
        own("/stats;jsessionid=secret/own.js"),
    ];
    let audited = Desk::with_charter(&format!("{CHARTER}\n{matomo}")).audit(&recording(entries), &[]);
    audited.assert_findings(&[
        &format!("third-party-without-consent null data.example.fr/{folder}/m.php 1"),
        "third-party-without-consent null data.example.fr/stats/m.js 2",
    ]);
    let urls = ["/findings/0/url", "/findings/1/url"].map(|url| audited.report.pointer(url).unwrap());
    let cut = format!("https://data.example.fr/{}…", "a".repeat(159));
    assert_eq!(urls, [&json!(cut), &json!("https://data.example.fr/stats")]);
    assert!(!audited.report.to_string().contains("secret"));
}

/// What octroi answered itself never got to the third party. Another host may write the same field, and is not octroi.
#[test]
fn what_octroi_refused_itself_is_held_and_no_finding() {
    let matomo = "[third_parties]\nlevel = \"policy\"\n[[third_party]]\nid = \"matomo\"\nhosts = [\"stats.tracker.test\"]\n\
                  paths = [\"/matomo.js\"]\ncategory = \"statistics\"\n";
    let charter = format!("{CHARTER}\n{matomo}");
    let refused = |second, url: &str| at(second, url).status(403).response_header("Proxy-Status", REFUSED);
    let own = format!("{PORTAL}/matomo.js");
    let start = || page(0, PORTAL).sets("sessionid=1");
    let audited = Desk::with_charter(&charter).audit(&recording([start(), refused(1, &own), refused(2, &own)]), &[]);
    audited.assert_findings(&[]);
    let expected = json!({
        "host": "data.example.fr/matomo.js", "party": "matomo", "requests": 2, "cookies": 0, "before_consent": 0, "held": 2,
    });
    assert_eq!(*audited.party("data.example.fr/matomo.js"), expected);
    for (entry, host) in [
        (at(1, &own).status(403), "data.example.fr/matomo.js"),
        (
            at(1, &own).response_header("Proxy-Status", "portal, octroi; error=http_request_denied"),
            "data.example.fr/matomo.js",
        ),
        (
            at(1, &own).response_header("Proxy-Status", "octroi; error=destination_unavailable"),
            "data.example.fr/matomo.js",
        ),
        (refused(1, TRACKER), "stats.tracker.test"),
    ] {
        let audited = Desk::with_charter(&charter).audit(&recording([start(), entry]), &[]);
        audited.assert_findings(&[&format!("third-party-without-consent null {host} 1")]);
    }
    let desk = Desk::with_charter(&charter);
    desk.write("recording.har", recording([start(), refused(1, &own)]).to_string().as_bytes());
    let text = desk.run(&["recording.har"]).stdout;
    let row = text.lines().find(|line| line.starts_with("data.example.fr/matomo.js")).unwrap();
    assert_eq!(
        row.split_whitespace().collect::<Vec<_>>(),
        ["data.example.fr/matomo.js", "(matomo)", "1", "0", "0", "1"]
    );
    assert!(desk.run(&["recording.har", "--format", "html"]).stdout.contains("data-label=\"Held by octroi\">1<"));
}

/// A third party without cookies is declared by its host, and no proxy keeps a script from writing.
#[test]
fn advice_fits_what_was_found() {
    let desk = Desk::new();
    let entries = [page(0, PORTAL).sets("sessionid=1"), page(1, PORTAL).sends("_ga=1"), at(2, "https://map.test/")];
    desk.write("recording.har", recording(entries).to_string().as_bytes());
    let text = desk.run(&["recording.har"]).stdout;
    assert!(text.contains("declare its hosts in a `[[third_party]]`"), "{text}");
    assert!(text.contains("a script's cookie, or another site's, octroi cannot stop from being written"), "{text}");
}

#[test]
fn the_sites_own_hosts_are_no_third_parties_and_two_ministries_are() {
    let ministry = CHARTER.replace("data.example.fr", "data.education.gouv.fr");
    let entries = [
        page(0, "https://data.education.gouv.fr/").sets("sessionid=1"),
        at(1, "https://static.education.gouv.fr:8443/a.js"),
        at(1, "https://www.sante.gouv.fr/a.js"),
    ];
    let audited = Desk::with_charter(&ministry).audit(&recording(entries), &[]);
    audited.assert_findings(&["third-party-without-consent null www.sante.gouv.fr 2"]);
}

#[test]
fn a_host_is_compared_as_the_url_standard_reads_it() {
    let entries = [
        page(0, "https://user:password@DATA.example.fr.:443/?q#f").sets("sessionid=1"),
        at(1, "wss://stats.tracker.test:9443/socket"),
        at(2, "https://b\u{fc}cher.test/"),
        at(3, "http://[2001:db8::1]:8080/"),
    ];
    let audited = Desk::new().audit(&recording(entries), &[]);
    assert_eq!(audited.report["summary"]["third_parties"], 3);
    for host in ["2001:db8::1", "stats.tracker.test", "xn--bcher-kva.test"] {
        assert_eq!(audited.party(host)["requests"], 1);
    }
    assert_eq!(audited.cookie("sessionid")["host"], "data.example.fr");
    assert!(!audited.report.to_string().contains("password"));
}

#[test]
fn a_request_that_was_blocked_for_its_response_counts() {
    for reason in ["ORB", "RESPONSE", "RESPONSE.NotSameOrigin"] {
        let entry = at(1, TRACKER).status(0).with("/response/_error", format!("net::ERR_BLOCKED_BY_{reason}"));
        let audited = Desk::new().audit(&by("WebInspector", [page(0, PORTAL).sets("sessionid=1"), entry]), &[]);
        audited.assert_findings(&["third-party-without-consent null stats.tracker.test 1"]);
    }
}

#[test]
fn cached_and_blocked_requests_and_other_schemes_do_not_count() {
    let start = || page(0, PORTAL).sets("sessionid=1");
    let nobody = |entry| Desk::new().audit(&by("WebInspector", [start(), entry]), &[]).assert_findings(&[]);
    nobody(at(1, TRACKER).with("/_fromCache", "disk"));
    nobody(at(1, TRACKER).status(0).with("/response/_error", "net::ERR_BLOCKED_BY_CLIENT"));
    for url in
        ["data:image/png,secret", "blob:https://stats.tracker.test/1", "about:blank", "chrome-extension://x/a.js"]
    {
        nobody(at(1, url));
    }
    let cached = at(1, TRACKER).sets("uid=1").with("/request/headersSize", 0).with("/response/headersSize", 0);
    Desk::new().audit(&by("Firefox", [start(), cached.clone()]), &[]).assert_findings(&[]);
    assert_eq!(Desk::new().audit(&by("Playwright", [start(), cached]), &[]).code, 1);
    for word in ["Memory Cache", "Disk Cache"] {
        let cached = at(1, TRACKER).with("/_fetchType", word);
        Desk::new().audit(&by("WebKit Web Inspector", [start(), cached]), &[]).assert_findings(&[]);
    }
    let doubtful = at(1, TRACKER).status(0).with("/response/_error", "net::ERR_ABORTED");
    assert_eq!(Desk::new().audit(&by("WebInspector", [start(), doubtful]), &[]).code, 1);
    let update = at(1, TRACKER).request_header("Sec-Fetch-Site", "none").request_header("Sec-Fetch-Mode", "no-cors");
    Desk::new().audit(&by("mitmproxy", [start(), update]), &[]).assert_findings(&[]);
}

#[test]
fn a_declaration_without_a_domain_covers_the_sites_own_cookie_alone() {
    let entries = [
        page(0, PORTAL).sends(&choice(true, true)),
        at(1, TRACKER).sets("sessionid=1").sets("VISITOR=1"),
        at(2, "https://www.video.test/v").sets("VISITOR=1; Domain=video.test; Max-Age=60"),
    ];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&[
        "undeclared-cookie VISITOR stats.tracker.test 1",
        "undeclared-cookie sessionid stats.tracker.test 1",
    ]);
    assert_eq!(audited.party("www.video.test")["cookies"], 1);
    assert_eq!(audited.party("stats.tracker.test")["cookies"], 2);
}

#[test]
fn a_third_party_is_judged_by_the_purpose_of_its_declared_cookies() {
    let entries = |choice: &str| {
        let hosts = ["https://tile.maps.test/1.png", "https://www.video.test/v", TRACKER];
        let asked = hosts.into_iter().map(|url| at(1, url));
        recording([page(0, PORTAL).sends(choice)].into_iter().chain(asked))
    };
    let found = |choice: &str| Desk::new().audit(&entries(choice), &[]).findings();
    let without = |host: &str, entry: usize| format!("third-party-without-consent null {host} {entry}");
    let (tracker, video) = (without("stats.tracker.test", 3), without("www.video.test", 2));
    assert_eq!(found("sessionid=1"), [tracker.clone(), video]);
    assert_eq!(found(&choice(false, true)), [tracker]);
    assert_eq!(found(&choice(true, true)), [""; 0]);
}

#[test]
fn if_the_charters_site_is_not_recorded_the_first_pages_site_is_visited() {
    let entries = [
        at(9, "http://portal.test:8001/api").sends("_ga=1"),
        page(5, "http://portal.test:8001/").sets("_ga=1; Max-Age=60"),
        page(7, "http://other.test/"),
    ];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&[
        "cookie-without-consent _ga portal.test 1",
        "third-party-without-consent null other.test 2",
    ]);
    let read = &audited.report["summary"]["recordings"][0];
    assert_eq!(read["first_party"], "portal.test");
    assert!(read["notes"].to_string().contains("first page"), "{read}");
}

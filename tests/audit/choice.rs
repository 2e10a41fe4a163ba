//! The choice by which a recording is judged.

use crate::command::{CHARTER, Desk};
use crate::recording::{PORTAL, at, choice, page, recording};

const SIBLING: &str = "https://static.example.fr/a.js";
const FOUND: &[&str] = &["cookie-without-consent _ga data.example.fr 0"];

#[test]
fn each_request_to_the_site_is_judged_by_its_own_choice() {
    let granted = [page(0, PORTAL).sends(&choice(true, false)).sets("_ga=1; Max-Age=60")];
    Desk::new().audit(&recording(granted), &[]).assert_findings(&[]);
    let refused = [page(0, PORTAL).sends(&choice(false, true)).sets("_ga=1; Max-Age=60")];
    Desk::new().audit(&recording(refused), &[]).assert_findings(FOUND);
}

#[test]
fn a_response_that_sets_the_choice_needs_both() {
    let entries = [page(0, PORTAL).sets(&choice(true, true)).sets("_ga=1; Max-Age=60")];
    Desk::new().audit(&recording(entries), &[]).assert_findings(FOUND);
}

#[test]
fn a_choice_counts_as_long_as_it_is_valid_at_the_time_of_the_recording() {
    let entry = |year: u32| {
        page(0, PORTAL)
            .sends(&choice(true, true))
            .sets("_ga=1; Max-Age=60")
            .with("/startedDateTime", format!("{year}-05-20T10:00:00.000Z"))
    };
    Desk::new().audit(&recording([entry(2027)]), &[]).assert_findings(&[]);
    Desk::new().audit(&recording([entry(2028)]), &[]).assert_findings(FOUND);
    // It cannot have been made after it was sent.
    Desk::new().audit(&recording([entry(2026)]), &[]).assert_findings(FOUND);
}

#[test]
fn the_state_of_the_command_line_replaces_the_recorded_one() {
    let entries = recording([page(0, PORTAL).sends(&choice(true, false)).sets("_ga=1; Max-Age=60")]);
    for (state, expected) in [("recorded", &[][..]), ("nothing", FOUND), ("refused", FOUND), ("accepted", &[])] {
        Desk::new().audit(&entries, &["--state", state]).assert_findings(expected);
    }
    let refused = recording([page(0, PORTAL).sends(&choice(false, false)).sets("_ga=1; Max-Age=60")]);
    Desk::new().audit(&refused, &["--state", "accepted"]).assert_findings(&[]);
    // A choice that the response sets is no matter then, either.
    let chosen = recording([page(0, PORTAL).sets(&choice(false, false)).sets("_ga=1; Max-Age=60")]);
    Desk::new().audit(&chosen, &["--state", "accepted"]).assert_findings(&[]);
}

#[test]
fn a_host_to_which_the_choice_is_not_sent_is_judged_by_the_latest_choice() {
    let setting = |second| at(second, SIBLING).sets("_ga=1; Max-Age=60");
    let chosen = |second, granted| page(second, PORTAL).sends(&choice(granted, false));
    for (entries, expected) in [
        (vec![chosen(1, true), setting(2)], None),
        (vec![setting(2), chosen(1, true)], None),
        (vec![setting(0), chosen(1, true)], Some(0)),
        (vec![chosen(1, true), chosen(2, false), setting(3)], Some(2)),
        (vec![chosen(1, false), chosen(2, true), setting(3)], None),
        (vec![page(1, PORTAL).sets(&choice(true, false)), setting(3)], None),
        (vec![chosen(1, true), page(2, PORTAL).sets("cookies_preferences=; Max-Age=0"), setting(3)], Some(2)),
    ] {
        let expected = expected.map(|entry| format!("cookie-without-consent _ga static.example.fr {entry}"));
        let expected: Vec<_> = expected.iter().map(String::as_str).collect();
        Desk::new().audit(&recording(entries), &[]).assert_findings(&expected);
    }
}

#[test]
fn a_host_to_which_the_choice_is_sent_is_judged_by_its_own() {
    let entries = [
        page(0, PORTAL).sets(&format!("{}; Domain=example.fr", choice(true, false))),
        at(5, SIBLING).sets("_ga=1; Max-Age=60"),
    ];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&["cookie-without-consent _ga static.example.fr 1"]);
}

#[test]
fn global_privacy_control_counts_if_the_charter_says_so() {
    let anonymous = CHARTER.replace("name = \"_ga\"\n", "name = \"_ga\"\nanonymous = true\n")
        + "\n[audience_exemption]\nsole_account = true\nno_cross_site_tracking = true\nanonymous_statistics = true\n\
           no_cross_matching = true\n";
    let desk = Desk::with_charter(
        &anonymous.replace("format = \"opendatasoft\"", "format = \"opendatasoft\"\ngpc = \"refuse\""),
    );
    let entry = page(0, PORTAL).sets("_ga=1; Max-Age=60");
    desk.audit(&recording([entry.clone()]), &[]).assert_findings(&[]);
    desk.audit(&recording([entry.request_header("Sec-GPC", "1")]), &[]).assert_findings(FOUND);
}

#[test]
fn the_time_of_a_choice_counts_and_not_its_place_in_the_file() {
    let (yes, no) = (choice(true, true), choice(false, false));
    let site = |second, choice: &str| page(second, PORTAL).sends(choice);
    let entries = [site(55, &no), site(58, &no), site(10, &no), site(50, &yes), at(57, "https://www.video.test/v")];
    Desk::new().audit(&recording(entries), &[]).assert_findings(&["third-party-without-consent null www.video.test 4"]);
}

#[test]
fn a_choice_that_browsers_reject_does_not_count() {
    let set = choice(true, true).replace("; ", "");
    let entries = [page(0, PORTAL).sets(&format!("{set}; Domain=other.fr")), at(1, "https://www.video.test/v")];
    Desk::new().audit(&recording(entries), &[]).assert_findings(&["third-party-without-consent null www.video.test 1"]);
}

#[test]
fn a_host_only_choice_is_not_removed_by_a_sibling_host() {
    let entries = [
        page(0, PORTAL).sets(&choice(false, true)),
        at(1, PORTAL).sends(&choice(false, true)),
        at(2, SIBLING).sends("sessionid=1"),
        page(3, "https://static.example.fr/frame"),
        at(4, "https://www.video.test/v"),
    ];
    Desk::new().audit(&recording(entries), &[]).assert_findings(&[]);
}

#[test]
fn a_sibling_hosts_own_choice_is_not_the_sites() {
    let sibling = |second| page(second, "https://www.example.fr/").sends(&choice(true, true));
    let video = at(4, "https://www.video.test/v");
    let asked = &["third-party-without-consent null www.video.test 2"];
    let site = page(0, PORTAL);
    Desk::new().audit(&recording([site.clone(), sibling(1), video.clone()]), &[]).assert_findings(asked);
    let own = page(1, "https://www.example.fr/").sets(&choice(true, true));
    Desk::new().audit(&recording([site.clone(), own, video.clone()]), &[]).assert_findings(asked);
    // What it sets for the domain above is the site's as well.
    let shared = page(1, "https://www.example.fr/").sets(&format!("{}; Domain=example.fr", choice(true, true)));
    Desk::new().audit(&recording([site, shared, video.clone()]), &[]).assert_findings(&[]);
    // If nothing of the site's own host was recorded, the sibling is what was visited.
    Desk::new().audit(&recording([sibling(1), video]), &[]).assert_findings(&[]);
}

#[test]
fn a_third_partys_cookie_with_the_choices_name_is_another_cookie() {
    let entries = [
        page(0, PORTAL),
        at(1, "https://stats.tracker.test/").sets(&choice(true, true)),
        at(2, "https://stats.tracker.test/").sends(&choice(true, true)),
        at(3, "https://www.video.test/v"),
    ];
    let audited = Desk::new().audit(&recording(entries), &[]);
    audited.assert_findings(&[
        "cookie-without-consent cookies_preferences stats.tracker.test 1",
        "undeclared-cookie cookies_preferences stats.tracker.test 1",
        "third-party-without-consent null stats.tracker.test 1",
        "third-party-without-consent null www.video.test 3",
    ]);
    assert_eq!(audited.cookie("cookies_preferences")["verdict"], "refused");
}

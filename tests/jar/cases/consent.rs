//! The response that sets the consent cookie itself: what else it sets needs the old choice and the new one.

use crate::jar::case::{Case, Load, Outcome};
use crate::support::choice::{DAY_MS, choice, granted, now_ms, refused};

pub(super) fn cases() -> Vec<Case> {
    let expired = choice(&format!(r#"{{"ga":true,"matomo":true,"timestamp":{}}}"#, now_ms() - 400 * DAY_MS));
    let partial = choice(&format!(r#"{{"ga":true,"matomo":false,"timestamp":{}}}"#, now_ms()));
    let (granted, refused, unreadable) = (granted(), refused(), "cookies_preferences=whatever".to_owned());
    let ended = Outcome::Withdrawn;
    let choices = [
        ("granted", vec![format!("{granted}; Path=/")], Outcome::Filtered),
        ("refused", vec![format!("{refused}; Path=/")], ended),
        ("refused in part", vec![format!("{partial}; Path=/")], ended),
        ("that has run out", vec![format!("{expired}; Path=/")], ended),
        ("that cannot be read", vec![format!("{unreadable}; Path=/")], ended),
        ("that is empty", vec!["cookies_preferences=; Path=/".to_owned()], ended),
        ("deleted", vec!["cookies_preferences=; Path=/; Max-Age=0".to_owned()], ended),
        (
            "deleted by its date",
            vec!["cookies_preferences=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT".to_owned()],
            ended,
        ),
        ("granted, then refused", vec![format!("{granted}; Path=/"), format!("{refused}; Path=/")], ended),
        ("refused, then granted", vec![format!("{refused}; Path=/"), format!("{granted}; Path=/")], ended),
        ("granted for another path", vec![format!("{granted}; Path=/elsewhere")], Outcome::Filtered),
        ("granted, of another name", vec![granted.replacen("cookies", "Cookies", 1)], Outcome::Filtered),
        (
            "granted with a long life",
            vec![format!("{granted}; Path=/; Max-Age=864000; SameSite=Lax")],
            Outcome::Filtered,
        ),
    ];
    let mut cases = Vec::new();
    for (name, lines, outcome) in choices {
        let others =
            ["_ga=2; Path=/", "_pk_id.1=3; Path=/", "stranger=4; Path=/", "sessionid=1; Path=/"].map(str::to_owned);
        let (first, last) = ([&lines[..], &others].concat(), [&others[..], &lines].concat());
        cases.push(Case::cookies(format!("a choice {name}, before the others"), first).comes_out(outcome));
        let last = Case::cookies(format!("a choice {name}, after the others"), last).comes_out(outcome);
        cases.push(last.clone());
        cases.push(Case { name: format!("{}, held", last.name), ..last.clone() }.held());
        cases.push(Case { name: format!("{}, by navigation", last.name), ..last }.by(Load::Navigation));
    }
    cases
}

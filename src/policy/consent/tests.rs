//! What several banners say together, and what a question that is asked anew makes of old answers.

use proptest::prelude::*;

use super::*;
use crate::charter::{Charter, CharterDocument};
use crate::policy::{Reason, Subject};

const NOW: UnixTime = UnixTime(1_795_435_200); // 2026-11-23
const HEAD: &str = r#"
[charter]
[[category]]
id = "statistics"
consent = "required"
[[category]]
id = "videos"
consent = "required"
[[cookie]]
name = "stats"
category = "statistics"
[[cookie]]
name = "video"
category = "videos"
[[cookie]]
name = "own"
category = "videos"
key = "own"
"#;
/// The second asks about one category less.
const BANNERS: &str = r#"
[[consent]]
cookie = "old"
keys = { matomo = "statistics", youtube = "videos" }
[[consent]]
cookie = "new"
keys = { audience = "statistics" }
"#;

fn policy(rest: &str) -> Policy {
    let document: CharterDocument = toml::from_str(&format!("{HEAD}{rest}")).unwrap();
    Policy::compile(&Charter::from_document(&document).unwrap()).unwrap()
}

/// How the cookies `stats`, `video` and `own` of a visitor with these cookies are judged.
fn reasons(policy: &Policy, cookies: &[(&str, &str)]) -> [Reason; 3] {
    let bytes = cookies.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
    let consent = policy.consent(&policy.read_choices(&bytes, NOW), false, NOW);
    ["stats", "video", "own"].map(|name| policy.judge(Subject::Pair(name.as_bytes()), &consent, NOW).reason)
}

#[test]
fn every_banner_that_came_and_asks_must_grant() {
    use Reason::{Granted, Refused, Unsaid};
    let policy = policy(BANNERS);
    let both = r#"{"matomo":true,"youtube":true,"own":true}"#;
    for (cookies, expected) in [
        (&[][..], [Unsaid, Unsaid, Unsaid]),
        (&[("old", both)], [Granted, Granted, Granted]),
        (&[("new", r#"{"audience":true}"#)], [Granted, Unsaid, Unsaid]),
        (&[("old", both), ("new", r#"{"audience":true,"own":true}"#)], [Granted, Granted, Granted]),
        (&[("old", both), ("new", r#"{"audience":true}"#)], [Granted, Granted, Unsaid]),
        (&[("old", both), ("new", r#"{"audience":false,"own":false}"#)], [Refused, Granted, Refused]),
        (&[("old", both), ("new", "{}")], [Unsaid, Granted, Unsaid]),
        (&[("old", both), ("new", "nonsense")], [Unsaid, Granted, Unsaid]),
        (&[("old", r#"{"matomo":false}"#), ("new", r#"{"audience":true}"#)], [Refused, Unsaid, Unsaid]),
        // A key belongs to its banner.
        (&[("new", r#"{"matomo":true,"youtube":true}"#)], [Unsaid, Unsaid, Unsaid]),
    ] {
        assert_eq!(reasons(&policy, cookies), expected, "{cookies:?}");
    }
}

#[test]
fn the_first_banner_that_came_can_decide_alone() {
    use Reason::{Granted, Refused, Unsaid};
    let policy = policy(&BANNERS.replacen("[[consent]]", "[[consent]]\ncombine = \"first\"", 1));
    let refusal = ("new", r#"{"audience":false}"#);
    for (cookies, expected) in [
        (&[("old", r#"{"matomo":true}"#), refusal][..], [Granted, Unsaid, Unsaid]),
        (&[refusal], [Refused, Unsaid, Unsaid]),
        (&[("old", "nonsense"), ("new", r#"{"audience":true}"#)], [Unsaid, Unsaid, Unsaid]),
    ] {
        assert_eq!(reasons(&policy, cookies), expected, "{cookies:?}");
    }
}

#[test]
fn levels_count_what_the_banners_say_together() {
    let policy = policy(BANNERS);
    let level = |cookies: &[(&str, &str)]| {
        let bytes = cookies.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes()));
        policy.consent(&policy.read_choices(&bytes, NOW), false, NOW).level
    };
    let all = ("old", r#"{"matomo":true,"youtube":true}"#);
    assert_eq!(level(&[all]), ConsentLevel::Full);
    assert_eq!(level(&[all, ("new", r#"{"audience":true}"#)]), ConsentLevel::Full);
    assert_eq!(level(&[all, ("new", "nonsense")]), ConsentLevel::Unreadable);
    assert_eq!(level(&[all, ("new", r#"{"audience":false}"#)]), ConsentLevel::Partial);
}

#[test]
fn a_grant_from_before_the_question_changed_says_nothing_and_a_refusal_stays() {
    use Reason::{Granted, Refused, Unsaid};
    let asked = |since: &str| {
        let head = HEAD.replacen("id = \"videos\"", &format!("id = \"videos\"\nasked_since = \"{since}\""), 1);
        let document =
            format!("{head}[consent]\ncookie = \"old\"\nkeys = {{ matomo = \"statistics\", youtube = \"videos\" }}");
        Policy::compile(&Charter::from_document(&toml::from_str(&document).unwrap()).unwrap()).unwrap()
    };
    let said = |answer: bool, date: &str| {
        let date = if date.is_empty() { String::new() } else { format!(",\"timestamp\":{date}") };
        format!(r#"{{"matomo":{answer},"youtube":{answer},"own":{answer}{date}}}"#)
    };
    let (before, after) = ("1793400000", "1793600000"); // 30 October and 2 November 2026
    for (since, value, expected) in [
        ("2026-11-01", said(true, before), [Granted, Unsaid, Unsaid]),
        ("2026-11-01", said(true, ""), [Granted, Unsaid, Unsaid]),
        ("2026-11-01", said(true, after), [Granted, Granted, Granted]),
        ("2026-11-01", said(false, before), [Refused, Refused, Refused]),
        ("2026-12-01", said(true, before), [Granted, Granted, Granted]),
    ] {
        assert_eq!(reasons(&asked(since), &[("old", &value)]), expected, "{since} {value}");
    }
}

proptest! {
    /// 0: the key is refused, 1: not named, 2: granted.
    #[test]
    fn more_consent_never_lets_less_through(
        said in proptest::array::uniform5(0u8..3), more in 0usize..5, first in any::<bool>(), came in 1u8..4,
    ) {
        let combine = if first { "[[consent]]\ncombine = \"first\"" } else { "[[consent]]" };
        let policy = policy(&BANNERS.replacen("[[consent]]", combine, 1));
        let judged = |said: [u8; 5]| {
            let value = |keys: &[(&str, u8)]| {
                let stated = keys.iter().filter(|(_, said)| *said != 1);
                let stated: Vec<_> = stated.map(|(key, said)| format!("\"{key}\":{}", *said == 2)).collect();
                format!("{{{}}}", stated.join(","))
            };
            let old = value(&[("matomo", said[0]), ("youtube", said[1]), ("own", said[2])]);
            let new = value(&[("audience", said[3]), ("own", said[4])]);
            let cookies = [("old", old.as_str()), ("new", new.as_str())];
            let sent: Vec<_> = cookies.into_iter().enumerate().filter(|(bit, _)| came & (1 << bit) != 0).collect();
            reasons(&policy, &sent.into_iter().map(|(_, cookie)| cookie).collect::<Vec<_>>())
        };
        let mut richer = said;
        richer[more] = (said[more] + 1).min(2);
        for (less, more) in judged(said).into_iter().zip(judged(richer)) {
            prop_assert!(less != Reason::Granted || more == Reason::Granted, "{:?} {:?}", said, richer);
        }
    }
}

//! `OneTrust`: `OptanonConsent`, form-encoded pairs with literal `&` and `=`, of which `groups` (`C0001:1,C0002:0`) holds the
//! answers; and `OptanonAlertBoxClosed`, the time at which somebody answered.
//!
//! `OptanonConsent` is written at the first page view with the groups as they are preset: without the closing cookie nobody
//! has answered, nor with `interactionCount=0`, if that cookie is a sibling site's. `AwaitingReconsent=true` says that the question has changed. `landingPath` holds a URL that anybody can
//! make, so that the pairs are split before anything is decoded. Ids of groups are each site's own.
//!
//! Source: captures; the vendor's documentation of `OptanonConsent`.

use super::pair_list::{self, Pair};
use super::{Answer, Answers, Definition, Fault, Order, Part};
use crate::consent::parts::Parts;
use crate::consent::percent::{encoded_position, percent_decoded, with_room};
use crate::consent::{Reading, date};

/// Some sites encode the groups twice.
const MAX_ENCODINGS: usize = 2;

pub(super) const DEFINITION: Definition = Definition {
    word: "onetrust",
    about: "OneTrust: `groups=C0001:1,C0002:0` within a form, and the cookie of the closed banner",
    stems: &["OptanonConsent"],
    parts: &[Part::Stem(""), Part::Fixed("OptanonAlertBoxClosed")],
    default_keys: &[("C0001", "necessary"), ("C0002", "statistics")],
    is_dated: true,
    needs_date: true,
    read: |parts, _, answers| consent(parts, answers),
    ..Definition::PLAIN
};

fn consent(parts: &Parts<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    if !parts.has(0) || !parts.has(1) {
        answers.is_no_choice(Reading::Undecided);
    }
    if parts.has(0) {
        parts.read(0, Order::RawIf(b'='), answers, form)?;
    }
    if parts.has(1) {
        parts.read(1, Order::DecodedFirst, answers, |text, answers| {
            answers.date(date::of_iso(text).ok_or(Fault::new(0, "a time in ISO 8601"))?);
            Ok(())
        })?;
    }
    Ok(())
}

fn form(text: &[u8], answers: &mut Answers<'_>) -> Result<(), Fault> {
    let mut groups = None;
    pair_list::read(text, b'&', b'=', |Pair { key, word, at }| {
        match (key, word) {
            ("groups", _) if groups.replace((word, at + "groups=".len())).is_some() => {
                return Err(Fault::new(at, "`groups` only once"));
            }
            ("AwaitingReconsent", word) if word.eq_ignore_ascii_case("true") => {
                answers.is_outdated("`AwaitingReconsent` says that the banner asks anew");
            }
            ("interactionCount", "0") => answers.is_no_choice(Reading::Undecided),
            _ => {}
        }
        Ok(())
    })?;
    let Some((groups, at)) = groups else {
        answers.is_no_choice(Reading::Undecided);
        return Ok(());
    };
    decoded(groups.as_bytes(), MAX_ENCODINGS, answers).map_err(|fault| fault.within(at))
}

fn decoded(groups: &[u8], encodings: usize, answers: &mut Answers<'_>) -> Result<(), Fault> {
    match encodings.checked_sub(1) {
        Some(encodings) if groups.contains(&b'%') => {
            let read = with_room(groups.len(), |room| decoded(percent_decoded(groups, room)?, encodings, answers));
            read.map_err(|fault| Fault::new(encoded_position(groups, fault.at()), fault.expected))
        }
        _ => read_groups(groups, answers),
    }
}

fn read_groups(groups: &[u8], answers: &mut Answers<'_>) -> Result<(), Fault> {
    pair_list::read(groups, b',', b':', |Pair { key, word, at }| {
        let answer = match word {
            "1" => Answer::Granted,
            "0" => Answer::Refused,
            _ => return Err(Fault::new(at, "`1` or `0`")),
        };
        answers.say(key, answer);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};
    use crate::cookie::UnixTime;

    const CLOSED: &str = "OptanonAlertBoxClosed=2024-10-15T11:50:36.242Z";

    #[test]
    fn values_are_read() {
        let rows = [
            ("isGpcEnabled=0&datestamp=Tue+Oct+22+2024+(x)&groups=C0001%3A1%2CC0002%3A1%2CC0004%3A0&x=y", "yyn"),
            ("groups=C0001:1,C0002:0", "yn-"),
            ("groups=C0001%253A1%252CC0002%253A1", "yy-"),
            ("isGpcEnabled%3D0%26groups%3DC0001%253A1%252CC0002%253A1", "yy-"),
            ("isGpcEnabled%3D0%26groups%3DC0001%3A1%2CC0002%3A1", "yy-"),
            ("\"isGpcEnabled=0&groups=C0001%3A1%2CC0002%3A1\"", "yy-"),
            ("landingPath=https%3A%2F%2Fa%2F%26groups%3DC0002%3A1&groups=C0002%3A0", "-n-"),
            ("landingPath=https%3A%2F%2Fa%2F%26groups%3DC0002%3A1", "undecided"),
            ("landingPath=https%3A%2F%2Fa%2F%26groups%3DC0002%3A1&groups=", "---"),
            ("landingPath=%2F%26groups%3DC0002%3A1&groups=C0001%3A1%2CC", "unreadable"),
            ("landingPath%3D%252F%2526groups%253DC0002%253A1%26groups%3DC0001%3A0", "n--"),
            ("groups=C0002%3A0&groups=C0002%3A1", "unreadable"),
            ("xgroups=C0002:1&groups=XC0002%3A1", "---"),
            ("groups=C0002%3Atrue", "unreadable"),
            ("groups=C0002%3A1&AwaitingReconsent=true", "outdated"),
            ("groups=C0002%3A1&AwaitingReconsent=TRUE", "outdated"),
            ("groups=C0002%3A1&AwaitingReconsent=false", "-y-"),
            ("interactionCount=0&groups=C0002%3A1", "undecided"),
            ("interactionCount=10&groups=C0002%3A1", "-y-"),
            ("", "undecided"),
        ];
        for (value, expected) in rows {
            let field = format!("OptanonConsent={value}; {CLOSED}");
            testing::check(Format::OneTrust, &["C0001", "C0002", "C0004"], &[(&field, expected)]);
        }
    }

    #[test]
    fn the_closing_cookie_is_the_answer() {
        let keys = ["C0001", "C0002"];
        testing::check(
            Format::OneTrust,
            &keys,
            &[
                ("OptanonConsent=groups=C0001%3A1%2CC0002%3A1", "undecided"),
                (CLOSED, "undecided"),
                ("OptanonConsent=groups=C0001%3A1; OptanonAlertBoxClosed=", "unreadable"),
                ("OptanonConsent=groups=C0001%3A1; OptanonAlertBoxClosed=2024-10-15T11%3A50%3A36.242Z", "y-"),
            ],
        );
        let field = format!("OptanonConsent=groups=C0001%3A1; {CLOSED}");
        assert_eq!(testing::date(Format::OneTrust, &field), Some(UnixTime(1_728_993_036)));
    }
}

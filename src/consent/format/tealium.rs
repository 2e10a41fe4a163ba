//! Tealium: `CONSENTMGR`, pairs `c1:1|c2:0|ts:1706835520229|consent:true`, percent-encoded.
//!
//! `c1` to `c15` are the site's categories, `ts` is the time of the choice. `consent:false` refuses everything. A prompt
//! without categories writes `consent:true` alone, which is one answer for everything: `all`, if the charter maps no other
//! key.
//!
//! Source: captures of seven sites; that nothing is written before the visitor answers is not known for every setting.

use super::pair_list::{self, Pair};
use super::{Answer, Answers, Definition, Fault, Order};
use crate::consent::{Reading, date};

pub(super) const DEFINITION: Definition = Definition {
    word: "tealium",
    about: "Tealium: `c1:1|c2:0|ts:…|consent:true`",
    stems: &["CONSENTMGR"],
    is_dated: true,
    read: |parts, _, answers| parts.read(0, Order::RawIf(b'|'), answers, pairs),
    ..Definition::PLAIN
};

fn pairs(text: &[u8], answers: &mut Answers<'_>) -> Result<(), Fault> {
    let (mut is_agreed, mut is_refused, mut has_categories) = (false, false, false);
    pair_list::read(text, b'|', b':', |Pair { key, word, at }| {
        match (key, word) {
            ("consent", "true") => is_agreed = true,
            ("consent", _) => is_refused = true,
            ("ts", _) => answers.date(date::of_digits(word.as_bytes()).ok_or(Fault::new(at, "a time"))?),
            (_, "1" | "0") if is_category(key) => {
                has_categories = true;
                answers.say(key, Answer::of(word == "1"));
            }
            _ if is_category(key) => return Err(Fault::new(at, "`1` or `0`")),
            _ => {}
        }
        Ok(())
    })?;
    if is_refused {
        answers.refuse_all();
    } else if !is_agreed {
        answers.is_no_choice(Reading::Undecided);
    } else if !has_categories && answers.keys().is_only("all") {
        answers.say("all", Answer::Granted);
    }
    Ok(())
}

fn is_category(key: &str) -> bool {
    key.strip_prefix('c').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};
    use crate::cookie::UnixTime;

    #[test]
    fn values_are_read() {
        testing::check(
            Format::Tealium,
            &["c1", "c2", "all"],
            &[
                ("CONSENTMGR=c1:1%7Cc2:0%7Cts:1706835520229%7Cconsent:true", "yn-"),
                ("CONSENTMGR=c1:1|c2:0|ts:1706835520229|consent:true", "yn-"),
                ("CONSENTMGR=1642664878603:undefined%7Cconsent:true%7Cc1:1%7Cts:1642664878605", "y--"),
                ("CONSENTMGR=ts:1706835520229%7Cconsent:true", "---"),
                ("CONSENTMGR=ts:1706835520229%7Cconsent:false", "nnn"),
                ("CONSENTMGR=c1:1%7Cconsent:false", "nnn"),
                ("CONSENTMGR=c1:1%7Cconsent:true%7Cconsent:false", "nnn"),
                ("CONSENTMGR=c1:1%7Cts:1706835520229", "undecided"),
                ("CONSENTMGR=c1:true%7Cconsent:true", "unreadable"),
                ("CONSENTMGR=x:a%7Cc2:1|c1:1|consent:true", "y--"),
                ("CONSENTMGR=c1:1%7Cts:soon%7Cconsent:true", "unreadable"),
            ],
        );
        testing::check(Format::Tealium, &["all"], &[("CONSENTMGR=ts:1706835520229%7Cconsent:true", "y")]);
        let value = "CONSENTMGR=c1:1%7Cts:1706835520229%7Cconsent:true";
        assert_eq!(testing::date(Format::Tealium, value), Some(UnixTime(1_706_835_520)));
    }
}

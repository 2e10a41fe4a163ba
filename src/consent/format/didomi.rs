//! Didomi: `didomi_token`, base64 of a JSON object with the enabled and disabled `purposes` and `vendors`.
//!
//! A token without either is written before anybody answered. What is in neither list was not agreed to. Legitimate
//! interests (`purposes_li`, `vendors_li`) are no consent. A key is the id of a purpose (`cookies`) or of a vendor (`google`,
//! `c:name-Xy12`); no purpose of Didomi's has the id of a vendor, and one that a site adds should not. `updated` is the time
//! of the last change. What was chosen of the TCF is in `euconsent-v2`: the format `tcf`.
//!
//! Source: captures, decoded; Didomi's documentation of consent cookies.

use super::{Answer, Answers, Definition, Fault, Order};
use crate::consent::json::Json;
use crate::consent::percent::with_room;
use crate::consent::{Reading, date};

pub(super) const DEFINITION: Definition = Definition {
    word: "didomi",
    about: "Didomi: base64 of a JSON object with lists of purposes and vendors",
    stems: &["didomi_token"],
    unread: &["didomi_dcs"],
    is_dated: true,
    read: |parts, _, answers| parts.read(0, Order::DecodedFirst, answers, token),
    ..Definition::PLAIN
};

fn token(text: &[u8], answers: &mut Answers<'_>) -> Result<(), Fault> {
    let none = Fault::new(0, "base64");
    let padding = text.iter().rev().take_while(|byte| **byte == b'=').count().min(2);
    let text = text.split_last_chunk::<2>().filter(|_| padding == 2).map_or(text, |(text, _)| text);
    let text = if padding == 1 { text.strip_suffix(b"=").unwrap_or(text) } else { text };
    let base64 = data_encoding::BASE64_NOPAD;
    let length = base64.decode_len(text.len()).map_err(|_| none)?;
    with_room(length, |room| {
        let json = room.get_mut(..length).ok_or(none)?;
        base64.decode_mut(text, json).map_err(|partial| Fault::new(partial.error.position, "base64"))?;
        object(json, answers).map_err(Fault::base64_decoded)
    })
}

fn object(text: &[u8], answers: &mut Answers<'_>) -> Result<(), Fault> {
    let mut json = Json::new(text)?;
    let (mut has_purposes, mut has_vendors, mut has_time) = (false, false, false);
    json.members(|json, key| match key {
        b"purposes" => {
            json.once(&mut has_purposes)?;
            read_lists(json, answers)
        }
        b"vendors" => {
            json.once(&mut has_vendors)?;
            read_lists(json, answers)
        }
        b"updated" => {
            json.once(&mut has_time)?;
            date::of_member(json).map(|date| answers.date(date))
        }
        _ => json.skip_value(),
    })?;
    json.end()?;
    if has_purposes || has_vendors {
        answers.refuse_others();
    } else {
        answers.is_no_choice(Reading::Undecided);
    }
    Ok(())
}

fn read_lists(json: &mut Json<'_>, answers: &mut Answers<'_>) -> Result<(), Fault> {
    json.members(|json, key| match key {
        b"enabled" => json.list(|id| answers.say(id, Answer::Granted)),
        b"disabled" => json.list(|id| answers.say(id, Answer::Refused)),
        _ => json.skip_value(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Format, testing};
    use crate::cookie::UnixTime;

    fn field(json: &str) -> String {
        format!("didomi_token={}", data_encoding::BASE64.encode(json.as_bytes()))
    }

    #[test]
    fn values_are_read() {
        let rows = [
            (
                r#"{"version":2,"vendors":{"enabled":["google"],"disabled":["c:x-1"]},"purposes":{"enabled":["cookies"]}}"#,
                "yny",
            ),
            (r#"{"version":2,"vendors":{"enabled":["google"]},"purposes":{"enabled":[]}}"#, "ynn"),
            (r#"{"version":2,"purposes":{"disabled":["cookies"]},"vendors_li":{"enabled":["google"]}}"#, "nnn"),
            (r#"{"version":2,"vendors":{"enabled":["google"],"disabled":["google"]}}"#, "nnn"),
            (r#"{"version":2,"vendors":{"enabled":[755,"google2"]}}"#, "nnn"),
            (r#"{"user_id":"x","version":null}"#, "undecided"),
            (r#"{"vendors":{},"vendors":{"enabled":["google"]}}"#, "unreadable"),
            (r#"{"vendors":["google"]}"#, "unreadable"),
            (r#"{"updated":"soon","vendors":{"enabled":["google"]}}"#, "unreadable"),
        ];
        for (json, expected) in rows {
            let keys = ["google", "c:x-1", "cookies"];
            let whole = field(json);
            testing::check(Format::Didomi, &keys, &[(&whole, expected)]);
            testing::check(Format::Didomi, &keys, &[(&whole.replace("==", "%3D%3D"), expected)]);
            testing::check(Format::Didomi, &keys, &[(whole.trim_end_matches('='), expected)]);
            let cut = &whole[..whole.len() - 5];
            testing::check(Format::Didomi, &keys, &[(cut, "unreadable"), ("didomi_token=true", "unreadable")]);
        }
        let updated = field(r#"{"updated":"2023-09-27T11:12:37.797Z","vendors":{}}"#);
        assert_eq!(testing::date(Format::Didomi, &updated), Some(UnixTime(1_695_813_157)));
    }
}

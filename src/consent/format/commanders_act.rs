//! Commanders Act (TrustCommander): `TC_PRIVACY`, fields with `@` between them (the charter's `separator`):
//! `status@version@categories@always on@times@vendors`.
//!
//! Status 0: the listed categories are granted, and no others. Status 1: the listed ones are refused, or all if none are
//! listed or `ALL`; then nothing is granted. Nobody was asked for categories that are always on. The first time is that
//! of the last change.
//!
//! Source: community.commandersact.com, "consent cookie"; captures.

use memchr::memchr2_iter;

use super::pair_list::{cut_at, utf8};
use super::{Answer, Answers, Definition, Fault, FormatOption, Options, Order};
use crate::consent::date;

pub(super) const DEFINITION: Definition = Definition {
    word: "commanders-act",
    about: "Commanders Act: `status@version@categories@…`",
    stems: &["TC_PRIVACY"],
    unread: &["TC_PRIVACY_CENTER"],
    is_dated: true,
    needs_date: true,
    options: &[FormatOption::Separator],
    default_options: || Options { separator: "@".into(), ..Options::default() },
    read: |parts, options, answers| {
        let mark = options.separator.bytes().next().unwrap_or(b'@');
        parts.read(0, Order::RawIf(mark), answers, |text, answers| fields(text, options, answers))
    },
    ..Definition::PLAIN
};

/// The categories and the times may be encoded each for itself, if the marks between fields are not.
fn fields(text: &[u8], options: &Options, answers: &mut Answers<'_>) -> Result<(), Fault> {
    let mut rest = Some(utf8(text)?);
    let mut at = 0;
    // A field, and where it stands.
    let mut next = |expected| {
        let (field, behind) = cut_at(rest.ok_or(Fault::new(text.len(), expected))?, &options.separator);
        rest = behind;
        let place = at;
        at += field.len() + options.separator.len();
        Ok((field, place))
    };
    let ((status, _), _version, (categories, listed_at)) = (next("a status")?, next("a version")?, next("categories")?);
    let (_always_on, (times, times_at), _vendors) = (next("categories")?, next("times")?, next("vendors")?);
    let changed = items(times).next().and_then(|time| date::of_digits(time.as_bytes()));
    answers.date(changed.ok_or(Fault::new(times_at, "a time in milliseconds"))?);
    let listed = || items(categories).filter(|category| !category.is_empty());
    match (status, categories) {
        ("0", "ALL") => Err(Fault::new(listed_at, "a list of categories")),
        ("0", _) => {
            listed().for_each(|category| answers.say(category, Answer::Granted));
            answers.refuse_others();
            Ok(())
        }
        ("1", "" | "ALL") => {
            answers.refuse_all();
            Ok(())
        }
        ("1", _) => {
            listed().for_each(|category| answers.say(category, Answer::Refused));
            Ok(())
        }
        _ => Err(Fault::new(0, "the status `0` or `1`")),
    }
}

/// The items of a list whose commas may be encoded.
fn items(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(list);
    std::iter::from_fn(move || {
        let (item, behind) = cut_at_comma(rest?);
        rest = behind;
        Some(item)
    })
}

/// What stands before the first comma, encoded or not, and behind it.
fn cut_at_comma(list: &str) -> (&str, Option<&str>) {
    let cut = |at: usize| match list.as_bytes().get(at..)? {
        [b',', ..] => Some((list.get(..at)?, list.get(at + 1..))),
        [b'%', b'2', b'C' | b'c', ..] => Some((list.get(..at)?, list.get(at + 3..))),
        _ => None,
    };
    memchr2_iter(b',', b'%', list.as_bytes()).find_map(cut).unwrap_or((list, None))
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Options, testing};
    use crate::cookie::UnixTime;

    #[test]
    fn values_are_read() {
        testing::check(
            Format::CommandersAct,
            &["1", "2", "3"],
            &[
                (
                    "TC_PRIVACY=0%40032%7C13%7C1665%402%2C3%2C14%401%401701350442246%2C1701350442246%2C1735046442246%40",
                    "nyy",
                ),
                ("TC_PRIVACY=0@019@2@1@1615799744862@", "nyn"),
                ("TC_PRIVACY=0@032%7C1@2%2C3@1@1615799744862%2C1615799744862@x%40y", "nyy"),
                ("TC_PRIVACY=0@x%40@2@1@1615799744862@", "nyn"),
                ("TC_PRIVACY=0@019@@1@1615799744862@", "nnn"),
                ("TC_PRIVACY=0@019@12,23@1@1615799744862@", "nnn"),
                ("TC_PRIVACY=0@019@ALL@1@1615799744862@", "unreadable"),
                ("TC_PRIVACY=1%40032%7C1%7C4525%40%402%401713310882911%2C1713310882911%2C1747006882911%40", "nnn"),
                ("TC_PRIVACY=1@009@ALL@@1593418821237@", "nnn"),
                ("TC_PRIVACY=1@009@2@@1593418821237@", "-n-"),
                ("TC_PRIVACY=2@009@2@@1593418821237@", "unreadable"),
                ("TC_PRIVACY=0@019@2,3", "unreadable"),
                ("TC_PRIVACY=0@019@2,3@1@1615799744862", "unreadable"),
                ("TC_PRIVACY=0@019@2,3@1@@", "unreadable"),
                ("TC_PRIVACY=", "unreadable"),
            ],
        );
        let value = "TC_PRIVACY=0@019@2@1@1615799744862,1600000000000@";
        assert_eq!(testing::date(Format::CommandersAct, value), Some(UnixTime(1_615_799_744)));
        let options = Options { separator: "~".into(), ..Options::default() };
        let row = ("TC_PRIVACY=0~019~2~1~1615799744862~", "nyn");
        testing::check_with(Format::CommandersAct, &options, &["1", "2", "3"], &[row]);
    }
}

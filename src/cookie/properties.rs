//! What holds for every line, however odd: tried on random bytes and on lines made to look like cookies.

use super::*;
use proptest::collection::vec;
use proptest::prelude::*;

const NOW: UnixTime = UnixTime(1_795_435_200);

/// Pieces of which cookies are made, well-formed and odd.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "sessionid", "_ga", "__Host-a", "=", "=", ";", "; ", " ", "\t", "\u{a0}", "\u{b}", "\"", ",", "%69", "é", "\0", "\r",
    "; Max-Age", "; Max-Age=", "; max-age=0", "; Max-Age=-1", "; Max-Age=99999999999", "; Max-Age=+5", "; Max-Age=60",
    "; Expires=", "; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "; expires=Fri, 01-Jan-2100 00:00:00 GMT",
    "; Expires=Mon, 23 Nov 2026 12:30:00 GMT", "; Expires=23 nov 2026 13:30:00 -0800", "; Expires=Fri, 01 Jan 2100",
    "; Path=/", "; Path", "; Domain=a.fr", "; Secure", "; HttpOnly", "; SameSite=Lax", "; SameSite=", "; Partitioned",
    "; Priority=High", ";\tPATH\t=/", "; pathx", "; Max\rAge=0", "; Expire", "; \t SECURE =", "0", "-", "+", "9999999999", "Jan", "1970", "00:00:00",
];

/// Random bytes, random pieces, and random pieces after a name and a value.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = || vec(proptest::sample::select(PIECES), 0..16).prop_map(|pieces| pieces.concat());
    prop_oneof![
        vec(any::<u8>(), 0..200),
        pieces().prop_map(String::into_bytes),
        pieces().prop_map(|attributes| format!("a=b{attributes}").into_bytes()),
    ]
}

fn amendment() -> impl Strategy<Value = Amendment> {
    let same_site = proptest::option::of(proptest::sample::select(&SameSite::ALL[..]));
    let seconds = prop_oneof![any::<u32>(), 0_u32..10_000];
    (proptest::option::of(seconds), any::<bool>(), any::<bool>(), same_site).prop_map(
        |(max_lifetime, secure, http_only, same_site)| Amendment { max_lifetime, secure, http_only, same_site },
    )
}

/// What an amendment may not touch: everything but the values of `Max-Age` and `Expires`.
fn untouched(line: &[u8]) -> Vec<Vec<u8>> {
    let cookie = SetCookie::parse(line).unwrap();
    let attributes = cookie.attributes().map(|attribute| match attribute.kind() {
        AttributeKind::MaxAge | AttributeKind::Expires => attribute.name().to_vec(),
        _ => attribute.raw.to_vec(),
    });
    [cookie.name().to_vec(), cookie.value().to_vec()].into_iter().chain(attributes).collect()
}

/// The longest life in seconds that any reader could find in a line, whichever attribute it goes by.
fn longest_life(cookie: &SetCookie<'_>) -> Option<i64> {
    let lives = |kind| cookie.attributes().filter(move |attribute: &Attribute<'_>| attribute.is(kind));
    let numbers = lives(AttributeKind::MaxAge).filter_map(|attribute| attribute.seconds());
    let idle = lives(AttributeKind::MaxAge).last().is_some_and(|last| last.seconds().is_some());
    let dates = lives(AttributeKind::Expires)
        .filter(|_| !idle)
        .filter_map(|attribute| parse_cookie_date(attribute.value()?))
        .map(|date| date.0 - NOW.0);
    numbers.chain(dates).max()
}

proptest! {
    #[test]
    fn reading_never_panics(line in bytes(), amendment in amendment(), now in any::<i64>().prop_map(UnixTime)) {
        let _ = parse_cookie_date(&line);
        let _ = parse_strict_date(&line);
        let _ = pairs(&line).count();
        if let Ok(cookie) = SetCookie::parse(&line) {
            let _ = cookie.surely_deletes(now);
            let _ = canonical_deletion(&cookie);
            let _ = amend(&cookie, &amendment, now);
        }
    }

    #[test]
    fn a_name_is_trimmed_and_holds_no_delimiter(line in bytes()) {
        if let Ok(cookie) = SetCookie::parse(&line) {
            let name = cookie.name();
            prop_assert!(!name.is_empty());
            prop_assert!(!name.iter().any(|byte| matches!(byte, b';' | b'=')));
            for end in [name.first(), name.last()] {
                prop_assert!(!matches!(end, Some(b' ' | b'\t')));
            }
        }
    }

    #[test]
    fn a_line_is_its_pair_and_its_attributes(line in bytes()) {
        if let Ok(cookie) = SetCookie::parse(&line) {
            let pair = line.split(|byte| *byte == b';').next().unwrap();
            let pieces: Vec<_> = std::iter::once(pair).chain(cookie.attributes().map(|a| a.raw)).collect();
            prop_assert_eq!(pieces.join(&b';'), line);
        }
    }

    #[test]
    fn an_attribute_is_what_its_name_says(line in bytes()) {
        use AttributeKind::{Domain, Expires, HttpOnly, MaxAge, Partitioned, Path, Priority, SameSite, Secure, Unknown};
        let known: [(&[u8], _); 9] = [
            (b"Domain", Domain), (b"Expires", Expires), (b"HttpOnly", HttpOnly), (b"Max-Age", MaxAge), (b"Path", Path),
            (b"Partitioned", Partitioned), (b"Priority", Priority), (b"SameSite", SameSite), (b"Secure", Secure),
        ];
        if let Ok(cookie) = SetCookie::parse(&line) {
            for attribute in cookie.attributes() {
                let named = known.iter().find(|(name, _)| attribute.name().eq_ignore_ascii_case(name));
                let kind = named.map_or(Unknown, |(_, kind)| *kind);
                prop_assert_eq!(attribute.kind(), kind);
                for other in known.map(|(_, kind)| kind).into_iter().chain([Unknown]) {
                    prop_assert_eq!(attribute.is(other), other == kind, "{:?}", other);
                }
            }
        }
    }

    #[test]
    fn a_canonical_deletion_deletes_the_same_cookie(line in bytes(), now in 0_i64..i64::MAX) {
        if let Ok(cookie) = SetCookie::parse(&line) {
            let deletion = canonical_deletion(&cookie);
            let read = SetCookie::parse(&deletion).unwrap();
            prop_assert_eq!(read.name(), cookie.name());
            prop_assert_eq!(read.value(), b"");
            prop_assert!(read.surely_deletes(UnixTime(now)));
            prop_assert_eq!(canonical_deletion(&read), deletion.clone());
        }
    }

    #[test]
    fn an_amended_line_complies(line in bytes(), amendment in amendment()) {
        if let Ok(cookie) = SetCookie::parse(&line) {
            let amended = amend(&cookie, &amendment, NOW).unwrap_or_else(|| line.clone());
            let read = SetCookie::parse(&amended).unwrap();
            prop_assert_eq!(amend(&read, &amendment, NOW), None);
            if let (Some(cap), Some(life)) = (amendment.max_lifetime, longest_life(&read)) {
                prop_assert!(life <= i64::from(cap), "{life} s");
            }
        }
    }

    #[test]
    fn an_amendment_touches_nothing_else(line in bytes(), amendment in amendment()) {
        if let Ok(cookie) = SetCookie::parse(&line)
            && let Some(amended) = amend(&cookie, &amendment, NOW)
        {
            let (before, after) = (untouched(&line), untouched(&amended));
            prop_assert!(after.starts_with(&before));
            let added = &after[before.len()..];
            let known: [&[u8]; 5] = [b" Secure", b" HttpOnly", b" SameSite=Strict", b" SameSite=Lax", b" SameSite=None"];
            prop_assert!(added.iter().all(|attribute| known.contains(&attribute.as_slice())));
        }
    }

    #[test]
    fn an_amendment_never_lengthens_a_life(line in bytes(), amendment in amendment()) {
        if let Ok(cookie) = SetCookie::parse(&line)
            && let Some(amended) = amend(&cookie, &amendment, NOW)
        {
            let after = longest_life(&SetCookie::parse(&amended).unwrap());
            prop_assert!(after <= longest_life(&cookie), "{after:?}");
        }
    }

    #[test]
    fn an_amendment_of_nothing_changes_nothing(line in bytes()) {
        if let Ok(cookie) = SetCookie::parse(&line) {
            prop_assert_eq!(amend(&cookie, &Amendment::default(), NOW), None);
        }
    }

    #[test]
    fn pairs_joined_again_read_the_same(field in bytes()) {
        let read: Vec<_> = pairs(&field).collect();
        let joined = read.iter().map(|pair| pair.raw).collect::<Vec<_>>().join(&b"; "[..]);
        prop_assert_eq!(pairs(&joined).collect::<Vec<_>>(), read);
    }

    #[test]
    fn a_pair_is_its_name_and_value(field in bytes()) {
        for pair in pairs(&field) {
            prop_assert!(!pair.raw.is_empty() && !pair.raw.contains(&b';'));
            if let Some(name) = pair.name {
                prop_assert!(!name.is_empty() && !name.contains(&b'='));
                prop_assert_eq!([name, pair.value].join(&b'='), pair.raw);
            }
        }
    }

    #[test]
    fn a_strict_date_is_one_that_browsers_read_alike(value in bytes()) {
        if let Some(date) = parse_strict_date(&value) {
            prop_assert_eq!(parse_cookie_date(&value), Some(date));
        }
    }

    /// Read at once, against token by token.
    #[test]
    fn a_strict_date_is_a_date_in_that_form(
        value in "(Mon|Tue|Sun|sun|Nov), [0-3][0-9][ -](Jan|Feb|Sep|Dec|dec|Sun)[ -][0-2][0-9]{3} [0-2][0-9]:[0-6][0-9]:[0-6][0-9] GMT",
        change in proptest::option::of((any::<proptest::sample::Index>(), any::<u8>())),
    ) {
        let mut value = value.into_bytes();
        if let Some((place, byte)) = change {
            let place = place.index(value.len());
            value[place] = byte;
        }
        let form = |mark: u8| {
            let form = b"???, 00?????0000 00:00:00 GMT";
            let fits = form.iter().zip(&value).all(|(expected, byte)| match expected {
                b'?' => true,
                b'0' => byte.is_ascii_digit(),
                _ => byte == expected,
            });
            let is_day = date::DAYS.iter().any(|day| day == &value[..3]);
            let is_month = date::MONTHS.iter().any(|month| month == &value[8..11]);
            fits && is_day && is_month && [value[7], value[11]] == [mark; 2]
        };
        let read = parse_cookie_date(&value);
        prop_assert_eq!(parse_strict_date(&value), read.filter(|_| form(b' ')));
        prop_assert_eq!(date::parse_agreed_date(&value), read.filter(|_| form(b' ') || form(b'-')));
    }

    /// The `cookie` crate as a second opinion, on well-formed lines: on odd ones it is no browser.
    #[test]
    fn the_cookie_crate_agrees_on_well_formed_lines(
        name in "[A-Za-z0-9_.-]{1,20}",
        value in "[A-Za-z0-9_.%/:+-]{0,40}",
        path in proptest::option::of("/[a-z/]{0,10}"),
        max_age in proptest::option::of(-1000_i64..400_000_000),
        expires in proptest::option::of(0_i64..7_000_000_000),
        secure in any::<bool>(),
    ) {
        let expires = expires.map(|seconds| (seconds, format_strict_date(UnixTime(seconds)).unwrap()));
        let attributes = [
            path.as_ref().map(|path| format!("; Path={path}")),
            max_age.map(|seconds| format!("; Max-Age={seconds}")),
            expires.as_ref().map(|(_, date)| format!("; Expires={date}")),
            secure.then(|| "; Secure".to_owned()),
        ];
        let line = format!("{name}={value}{}", attributes.into_iter().flatten().collect::<String>());
        let ours = SetCookie::parse(line.as_bytes()).unwrap();
        let theirs = ::cookie::Cookie::parse(line.as_str()).unwrap();
        let find = |kind| ours.attributes().find(|attribute| attribute.is(kind));
        prop_assert_eq!(ours.name(), theirs.name().as_bytes());
        prop_assert_eq!(ours.value(), theirs.value().as_bytes());
        prop_assert_eq!(find(AttributeKind::Path).and_then(|a| a.value()), theirs.path().map(str::as_bytes));
        prop_assert_eq!(find(AttributeKind::Secure).is_some(), theirs.secure() == Some(true));
        let ours_lives = find(AttributeKind::MaxAge).and_then(|a| a.seconds()).map(|seconds| seconds.max(0));
        prop_assert_eq!(ours_lives, theirs.max_age().map(|age| age.whole_seconds().max(0)));
        let ours_ends = find(AttributeKind::Expires).and_then(|a| parse_strict_date(a.value()?));
        let theirs_ends = theirs.expires_datetime().map(|date| UnixTime(date.unix_timestamp()));
        prop_assert_eq!(ours_ends, theirs_ends);
        prop_assert_eq!(ours_ends, expires.map(|(seconds, _)| UnixTime(seconds)));
    }
}

//! One `Set-Cookie` line: its first byte chooses an amendment, the rest is the line.

use octroi::cookie::{
    Amendment, SameSite, SetCookie, UnixTime, amend, canonical_deletion, parse_cookie_date, parse_strict_date,
};

use crate::reading::{self, NOW};

const SCOPE: [&[u8]; 6] = [b"path", b"domain", b"samesite", b"secure", b"httponly", b"partitioned"];
const EXPIRED: [&[u8]; 2] = [b" Max-Age=0", b" Expires=Thu, 01 Jan 1970 00:00:00 GMT"];

/// # Panics
/// If octroi reads, deletes or amends the line otherwise than the rules say.
pub fn check(data: &[u8]) {
    let Some((choice, line)) = data.split_first() else { return };
    check_dates(line);
    let read = SetCookie::parse(line).ok();
    assert_eq!(read.map(|cookie| (cookie.name(), cookie.value())), reading::name_and_value(line));
    let Some(cookie) = read else { return };
    assert_eq!(cookie.line(), line);
    assert_eq!(cookie.surely_deletes(UnixTime(NOW)), reading::deletes(line));
    check_deletion(line, &canonical_deletion(&cookie));
    let amendment = amendment(*choice);
    let amended = amend(&cookie, &amendment, UnixTime(NOW));
    check_amendment(line, amended.as_deref().unwrap_or(line), &amendment, NOW);
    assert!(amended.is_none_or(|amended| amended != line), "an amendment that changes nothing");
}

fn check_dates(line: &[u8]) {
    for value in reading::values(line, b"expires").into_iter().chain([line]) {
        assert_eq!(parse_cookie_date(value).map(|date| date.0), reading::date(value), "{}", value.escape_ascii());
        assert!(parse_strict_date(value).is_none_or(|date| Some(date.0) == reading::date(value)));
    }
}

/// A deletion holds the name, the scope attributes as they stood, and its own end.
pub fn check_deletion(line: &[u8], deletion: &[u8]) {
    let name = reading::name_and_value(line).map(|(name, _)| name);
    assert_eq!(reading::name_and_value(deletion), name.map(|name| (name, &b""[..])));
    assert!(reading::deletes(deletion), "{} does not delete", deletion.escape_ascii());
    let is_scope = |piece: &&[u8]| SCOPE.contains(&&*reading::attribute(piece).0);
    let expected: Vec<_> = reading::pieces(line).into_iter().filter(is_scope).chain(EXPIRED).collect();
    assert_eq!(reading::pieces(deletion), expected);
}

fn amendment(choice: u8) -> Amendment {
    let max_lifetime = [None, Some(0), Some(3600), Some(34_128_000), Some(u32::MAX)];
    let same_site = [None, Some(SameSite::Lax), Some(SameSite::Strict), Some(SameSite::None)];
    Amendment {
        max_lifetime: max_lifetime[usize::from(choice & 7) % max_lifetime.len()],
        secure: choice & 8 != 0,
        http_only: choice & 16 != 0,
        same_site: same_site[usize::from(choice >> 6)],
    }
}

/// Nothing but what is amended differs, what is amended complies, and no life is longer than before.
/// Dates are measured from `sent`.
pub fn check_amendment(line: &[u8], amended: &[u8], amendment: &Amendment, sent: i64) {
    assert_eq!(first_piece(amended), first_piece(line));
    let (before, after) = (reading::pieces(line), reading::pieces(amended));
    assert!(after.len() >= before.len(), "{} lost an attribute", amended.escape_ascii());
    let is_life = |piece| [&b"max-age"[..], b"expires"].contains(&&*reading::attribute(piece).0);
    for (old, new) in before.iter().zip(&after) {
        let shortened = amendment.max_lifetime.is_some() && is_life(old) && name_of(old) == name_of(new);
        assert!(old == new || shortened, "{} became {}", old.escape_ascii(), new.escape_ascii());
    }
    let same_site = amendment.same_site.map(|value| format!(" SameSite={}", value.as_str()));
    let additions = [
        (amendment.secure && !reading::has(line, b"secure")).then_some(&b" Secure"[..]),
        (amendment.http_only && !reading::has(line, b"httponly")).then_some(b" HttpOnly"),
        same_site.as_ref().filter(|_| !has_same_site(line)).map(String::as_bytes),
    ];
    assert_eq!(after[before.len()..], additions.into_iter().flatten().collect::<Vec<_>>());
    check_life(line, amended, amendment, sent);
    if let Ok(cookie) = SetCookie::parse(amended) {
        assert_eq!(amend(&cookie, amendment, UnixTime(sent)), None, "an amendment that is not done at once");
    }
}

fn check_life(line: &[u8], amended: &[u8], amendment: &Amendment, sent: i64) {
    let (old, new) = (reading::longest_life(line, sent), reading::longest_life(amended, sent));
    assert!(new <= old, "{new:?} is longer than {old:?}");
    if let (Some(cap), Some(life)) = (amendment.max_lifetime, new) {
        assert!(life <= i64::from(cap), "{life} s");
    }
    // A cookie whose life every browser reads alike does not lose it.
    if reading::values(line, b"max-age").last().is_some_and(|last| reading::seconds(last).is_some()) {
        assert!(new.is_some());
    }
}

fn has_same_site(line: &[u8]) -> bool {
    let last = reading::values(line, b"samesite").last().map(|value| value.to_ascii_lowercase());
    last.is_some_and(|last| [&b"lax"[..], b"strict", b"none"].contains(&&*last))
}

fn first_piece(line: &[u8]) -> Option<&[u8]> {
    line.split(|byte| *byte == b';').next()
}

fn name_of(piece: &[u8]) -> Option<&[u8]> {
    piece.split(|byte| *byte == b'=').next()
}

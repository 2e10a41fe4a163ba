//! Cookies read by position (RFC 6265bis §5.6, RFC 6265 §5.1.1), with nothing taken from octroi but the time that it holds
//! for now.

/// The moment of every verdict: 23 November 2026, noon.
pub const NOW: i64 = 1_795_435_200;

fn is_space(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// `bytes` without SP and TAB around them.
pub fn bare(bytes: &[u8]) -> &[u8] {
    let start = (0..bytes.len()).find(|at| !is_space(bytes[*at])).unwrap_or(bytes.len());
    let end = (start..bytes.len()).rfind(|at| !is_space(bytes[*at])).map_or(start, |last| last + 1);
    &bytes[start..end]
}

/// Name and value of a `Set-Cookie` line, if it has a name.
pub fn name_and_value(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = (0..line.len()).find(|at| line[*at] == b';').unwrap_or(line.len());
    let equals = (0..end).find(|at| line[*at] == b'=')?;
    let name = bare(&line[..equals]);
    (!name.is_empty()).then(|| (name, bare(&line[equals + 1..end])))
}

/// The attributes of a line, untrimmed.
pub fn pieces(line: &[u8]) -> Vec<&[u8]> {
    line.split(|byte| *byte == b';').skip(1).collect()
}

/// An attribute's name in lower case and its value; browsers pass over one whose value is longer than 1024 bytes.
pub fn attribute(piece: &[u8]) -> (Vec<u8>, Option<&[u8]>) {
    match piece.iter().position(|byte| *byte == b'=') {
        Some(equals) => (bare(&piece[..equals]).to_ascii_lowercase(), Some(bare(&piece[equals + 1..]))),
        None => (bare(piece).to_ascii_lowercase(), None),
    }
}

/// The values of all attributes of a name, in order; empty if there is no `=`.
pub fn values<'a>(line: &'a [u8], name: &[u8]) -> Vec<&'a [u8]> {
    let named = pieces(line).into_iter().map(attribute).filter(|(found, _)| found == name);
    named.map(|(_, value)| value.unwrap_or_default()).collect()
}

/// Whether an attribute of that name stands there in a form that browsers heed.
pub fn has(line: &[u8], name: &[u8]) -> bool {
    values(line, name).iter().any(|value| value.len() <= 1024)
}

/// `-?[0-9]+`, held at what fits.
pub fn seconds(value: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(value).ok().filter(|text| text.len() <= 1024)?;
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse::<i64>().unwrap_or(i64::MAX);
    Some(if text.starts_with('-') { -size } else { size })
}

/// The longest life that any browser could find in a line: each `Max-Age` that is a number, and each `Expires` unless the
/// last `Max-Age` is a number, measured from `sent`. `None`: a session cookie.
pub fn longest_life(line: &[u8], sent: i64) -> Option<i64> {
    let ages: Vec<_> = values(line, b"max-age").into_iter().map(seconds).collect();
    let dates = values(line, b"expires");
    let dates = if ages.last().is_some_and(Option::is_some) { Vec::new() } else { dates };
    let dates = dates.into_iter().filter_map(date).map(|date| date - sent);
    ages.into_iter().flatten().chain(dates).max()
}

/// Whether a line deletes in every browser.
pub fn deletes(line: &[u8]) -> bool {
    let ages: Vec<_> = values(line, b"max-age").into_iter().map(seconds).collect();
    if let Some(last) = ages.last() {
        return ages.iter().all(Option::is_some) && last.is_some_and(|last| last <= 0);
    }
    match values(line, b"expires")[..] {
        [only] => is_strict(only) && date(only).is_some_and(|date| date < NOW - 12 * 3600),
        _ => false,
    }
}

const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";

/// `Sun, 06 Nov 1994 08:49:37 GMT` and nothing else.
fn is_strict(value: &[u8]) -> bool {
    let shape: String = value.iter().map(|byte| if byte.is_ascii_digit() { '0' } else { char::from(*byte) }).collect();
    let words: Vec<_> = shape.split(' ').collect();
    matches!(words[..], [day, "00", month, "0000", "00:00:00", "GMT"]
        if ["Mon,", "Tue,", "Wed,", "Thu,", "Fri,", "Sat,", "Sun,"].contains(&day)
        && ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].contains(&month))
}

/// A date as RFC 6265 §5.1.1 reads it, in seconds since 1970.
pub fn date(value: &[u8]) -> Option<i64> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    let is_delimiter = |byte: &u8| matches!(byte, 9 | 0x20..=0x2f | 0x3b..=0x40 | 0x5b..=0x60 | 0x7b..=0x7e);
    for token in value.split(is_delimiter).filter(|token| !token.is_empty()) {
        if time.is_none()
            && let Some(read) = clock(token)
        {
            time = Some(read);
        } else if day.is_none()
            && let Some(read) = number(token, 1, 2)
        {
            day = Some(read);
        } else if month.is_none()
            && let Some(read) = month_of(token)
        {
            month = Some(read);
        } else if year.is_none() {
            year = number(token, 2, 4);
        }
    }
    let ((hour, minute, second), day, month, year) = (time?, day?, month?, year?);
    let year = if year < 70 {
        year + 2000
    } else if year < 100 {
        year + 1900
    } else {
        year
    };
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let in_calendar = year >= 1601 && day >= 1 && day <= lengths[month];
    if !in_calendar || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let before = year - 1;
    let years = before * 365 + before / 4 - before / 100 + before / 400;
    let days = years + lengths[..month].iter().sum::<i64>() + day - 1 - 719_162;
    Some(days * 86_400 + hour * 3600 + minute * 60 + second)
}

/// The number at the start of a token, if its digits are so many; what follows them is no digit and does not matter.
fn number(token: &[u8], least: usize, most: usize) -> Option<i64> {
    let digits = token.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (least..=most).contains(&digits).then(|| std::str::from_utf8(&token[..digits]).ok()?.parse().ok()).flatten()
}

fn clock(token: &[u8]) -> Option<(i64, i64, i64)> {
    let parts: Vec<_> = token.splitn(3, |byte| *byte == b':').collect();
    let [hour, minute, second] = parts[..] else { return None };
    let whole = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    if !whole(hour) || !whole(minute) {
        return None;
    }
    Some((number(hour, 1, 2)?, number(minute, 1, 2)?, number(second, 1, 2)?))
}

fn month_of(token: &[u8]) -> Option<usize> {
    let name = std::str::from_utf8(token.get(..3)?).ok()?.to_ascii_lowercase();
    MONTHS.match_indices(&name).map(|(at, _)| at).find(|at| at % 3 == 0).map(|at| at / 3)
}

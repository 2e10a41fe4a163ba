//! Lifetimes: `Max-Age` and `Expires` in every form, and the `Date` by which browsers correct them.

use crate::jar::case::Case;

pub(super) const MAX_AGES: [&str; 31] = [
    "0", "00", "-0", "+0", "-1", "-", "+", "", "--1", "0x0", "0x15180", "0.0", "0 0", "0;", "0s", "\"0\"", "'0'",
    "\u{a0}0", "0\u{a0}", "\u{660}", "-9223372036854775809", "-99999999999999999999", "864000", "+864000", "0864000",
    "864000.5", "8640e2", "864000 s", "34560001", "9223372036854775808", "99999999999999999999",
];

/// Dates in the past, in the future, and in forms that browsers read each in its own way.
pub(super) const DATES: [&str; 51] = [
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "Thu, 01 Jan 1970 00:00:01 GMT",
    "Thu, 01-Jan-1970 00:00:00 GMT",
    "Thursday, 01-Jan-70 00:00:01 GMT",
    "Thu Jan  1 00:00:00 1970",
    "Thu, 01 Jan 1970",
    "Thu, 01 Jan 1970 24:00:00 GMT",
    "Thu, 01 Jan 1970 00:60:00 GMT",
    "Thu, 01 Jan 1970 00:00:60 GMT",
    "Thu, 01 Jan 1970 0:0:0 GMT",
    "Thu, 01 Jan 1970 00:00 GMT",
    "Thu, 00 Jan 1970 00:00:00 GMT",
    "Thu, 32 Jan 1970 00:00:00 GMT",
    "Thu, 30 Feb 2023 00:00:00 GMT",
    "Wed, 31 Dec 1969 23:59:59 GMT",
    "Mon, 01 Jan 1601 00:00:00 GMT",
    "Mon, 01 Jan 1600 00:00:00 GMT",
    "Mon, 01 Jan 0001 00:00:00 GMT",
    "Sat, 01 Jan 0000 00:00:00 GMT",
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 +0000",
    "Sun, 06 Nov 1994 08:49:37 CET",
    "Sun, 06 Nov 1994 08:49:37",
    "sun, 06 nov 1994 08:49:37 gmt",
    "06 Nov 1994 08:49:37",
    "1994-11-06T08:49:37Z",
    "1994-11-06 08:49:37",
    "Nov 06 1994 08:49:37",
    "08:49:37 06 Nov 1994",
    "06/Nov/1994 08:49:37",
    "11/06/1994 08:49:37",
    "dim. 06 nov. 1994 08:49:37 GMT",
    "Sun, 06 November 1994 08:49:37 GMT",
    "Thu, 01 Jan 70 00:00:00 GMT",
    "Thu, 01 Jan 69 00:00:00 GMT",
    "Thu, 01 Jan 99 00:00:00 GMT",
    "Thu, 01 Jan 00 00:00:00 GMT",
    "0",
    "-1",
    "",
    "now",
    "\"Thu, 01 Jan 1970 00:00:00 GMT\"",
    "Fri, 02 Apr 2027 08:00:00 GMT",
    "Fri, 02-Apr-2027 08:00:00 GMT",
    "Friday, 02-Apr-27 08:00:00 GMT",
    "Fri Apr  2 08:00:00 2027",
    "Fri, 02 Apr 2027 08:00:00 +0200",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "Fri, 31 Dec 10000 23:59:59 GMT",
    "Tue, 19 Jan 2038 03:14:08 GMT",
    "Fri, 01 Jan 2100 00:00:00 GMT",
];

pub(super) fn cases() -> Vec<Case> {
    let max_ages = MAX_AGES.map(|age| Case::both(format!("Max-Age={age}"), format!("=v; Max-Age={age}; Path=/")));
    let dates = DATES.map(|date| Case::both(format!("Expires={date}"), format!("=v; Expires={date}; Path=/")));
    max_ages.into_iter().chain(dates).chain(corrected()).collect()
}

/// Browsers go by the portal's clock: what lies in the past may count, and what lies in the future may be over.
fn corrected() -> Vec<Case> {
    let mut cases = Vec::new();
    for date in [
        "Wed, 01 Jan 1969 00:00:00 GMT",
        "Thu, 01 Jan 2015 00:00:00 GMT",
        "Sat, 01 Jan 2050 00:00:00 GMT",
        "nonsense",
        "",
    ] {
        for expires in
            ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 01 Jan 2016 00:00:00 GMT", "Fri, 02 Apr 2027 08:00:00 GMT"]
        {
            let lines =
                ["sessionid", "_ga"].map(|name| format!("Set-Cookie: {name}=v; Expires={expires}\r\n")).concat();
            let date_line = format!("Date: {date}\r\n{lines}");
            cases.push(Case::head(format!("Date: {date}, Expires={expires}"), "200 OK", date_line));
        }
    }
    cases
}

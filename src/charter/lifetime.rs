//! Lifetimes as charters write them: `30 minutes`, `2 weeks`, `13 months`, `session`; in English or French.
//!
//! Calendar months differ in length, so *n* months are counted as the shortest run of *n* months: the enforced lifetime is never
//! longer than the declared one, whenever it begins.

use std::fmt;
use std::str::FromStr;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const WEEK: u64 = 7 * DAY;

/// How long a cookie or a choice lives.
/// ```
/// use octroi::charter::Lifetime;
///
/// assert_eq!("13 months".parse(), Ok(Lifetime::Seconds(393 * 86_400)));
/// assert_eq!("2 semaines".parse::<Lifetime>().map(|life| life.to_string()), Ok("2 weeks".to_owned()));
/// assert!("13 months 2 days".parse::<Lifetime>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// Until the browser closes.
    Session,
    /// This many seconds. *n* months are the shortest run of *n* calendar months: 6 are 181 days, 13 are 393.
    Seconds(u32),
}

/// Why a text is no lifetime: no number with one unit, zero, or more than 136 years. It holds the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a lifetime: write a number and a unit (seconds, minutes, hours, days, weeks, months, years), or `session`"
)]
pub struct LifetimeError(pub String);

impl Lifetime {
    /// Whether this is surely longer: a session has no length.
    pub(super) fn is_longer_than(self, other: Self) -> bool {
        matches!((self, other), (Self::Seconds(this), Self::Seconds(other)) if this > other)
    }
}

impl FromStr for Lifetime {
    type Err = LifetimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let written = text.trim().to_lowercase();
        if written == "session" {
            return Ok(Self::Session);
        }
        let digits = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
        let (count, unit) = written.split_at(digits);
        count
            .parse()
            .ok()
            .and_then(|count| seconds(count, unit.trim_start()))
            .and_then(|seconds| u32::try_from(seconds).ok())
            .filter(|&seconds| seconds > 0)
            .map(Self::Seconds)
            .ok_or_else(|| LifetimeError(text.to_owned()))
    }
}

/// Units in English and French; `None` if the unit is unknown or the number too large.
fn seconds(count: u64, unit: &str) -> Option<u64> {
    let unit = match unit {
        "s" | "second" | "seconds" | "seconde" | "secondes" => 1,
        "min" | "minute" | "minutes" => MINUTE,
        "h" | "hour" | "hours" | "heure" | "heures" => HOUR,
        "d" | "j" | "day" | "days" | "jour" | "jours" => DAY,
        "week" | "weeks" | "semaine" | "semaines" => WEEK,
        "month" | "months" | "mois" => return days_in_months(count)?.checked_mul(DAY),
        "year" | "years" | "an" | "ans" | "année" | "années" => {
            return days_in_months(count.checked_mul(12)?)?.checked_mul(DAY);
        }
        _ => return None,
    };
    count.checked_mul(unit)
}

/// The days in the shortest run of `months` calendar months, wherever it begins; `None` past two centuries.
fn days_in_months(months: u64) -> Option<u64> {
    let months = u32::try_from(months).ok().filter(|&months| months <= 2400)?;
    // The Gregorian calendar repeats after 400 years.
    let starts = 0..400 * 12;
    starts.map(|start| days_before_month(start + months) - days_before_month(start)).min()
}

/// The days from 1 March of the year 0 to the first day of the month that comes `months` later. With the year beginning
/// in March the leap day is its last, and the lengths of its months repeat every five: 31, 30, 31, 30, 31.
fn days_before_month(months: u32) -> u64 {
    let (year, month) = (u64::from(months / 12), u64::from(months % 12));
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5
}

/// A unit of time in which charters count. There are no years: they are counted as months, of which one length says
/// both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
}

impl TimeUnit {
    /// As a charter writes one of them.
    fn word(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

impl Lifetime {
    /// How many of the largest unit that says it exactly; `None` for a session. Months from two on, because 28 days
    /// read better as four weeks.
    pub fn in_units(self) -> Option<(u64, TimeUnit)> {
        let Self::Seconds(seconds) = self else { return None };
        let seconds = u64::from(seconds);
        let units = [
            (WEEK, TimeUnit::Week),
            (DAY, TimeUnit::Day),
            (HOUR, TimeUnit::Hour),
            (MINUTE, TimeUnit::Minute),
            (1, TimeUnit::Second),
        ];
        let fitting = || units.into_iter().find(|(length, _)| seconds.is_multiple_of(*length));
        let months = months(seconds).map(|months| (months, TimeUnit::Month));
        months.or_else(|| fitting().map(|(length, unit)| (seconds / length, unit)))
    }
}

impl fmt::Display for Lifetime {
    /// As a charter would write it, in the largest unit that says it exactly.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((count, unit)) = self.in_units() else { return f.write_str("session") };
        write!(f, "{count} {}{}", unit.word(), if count == 1 { "" } else { "s" })
    }
}

/// How many months this is, from two on: 28 days read better as four weeks.
fn months(seconds: u64) -> Option<u64> {
    // No year is longer than 366 days, so there are no fewer months than this, and hardly more.
    let guess = seconds / DAY * 12 / 366;
    (guess.max(2)..=guess + 4).find(|&months| days_in_months(months).map(|days| days * DAY) == Some(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(text: &str) -> u32 {
        match text.parse() {
            Ok(Lifetime::Seconds(seconds)) => seconds / 86_400,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn months_are_the_shortest_run_of_calendar_months() {
        for (text, expected) in [
            ("1 month", 28),
            ("2 months", 59),
            ("3 months", 89),
            ("6 months", 181),
            ("12 months", 365),
            ("1 year", 365),
            ("13 months", 393),
            ("24 months", 730),
            ("25 months", 758),
            ("4 years", 1460), // 2097 to 2101: no leap day
            ("30 years", 10_956),
        ] {
            assert_eq!(days(text), expected, "{text}");
        }
    }

    #[test]
    fn years_are_shown_as_months() {
        for years in 1..=100 {
            let lifetime: Lifetime = format!("{years} years").parse().unwrap();
            assert_eq!(lifetime.in_units(), Some((years * 12, TimeUnit::Month)), "{years}");
        }
    }

    #[test]
    fn runs_agree_with_a_calendar() {
        for months in 1..=60_i32 {
            let shortest = (1960..2160)
                .flat_map(|year| (1..=12).map(move |month| jiff::civil::date(year, month, 1)))
                .map(|from| (from + jiff::Span::new().months(months)) - from)
                .map(|span| span.get_days())
                .min();
            assert_eq!(shortest, i32::try_from(days_in_months(u64::from(months.unsigned_abs())).unwrap()).ok());
        }
    }

    #[test]
    fn charters_may_be_french() {
        for (french, english) in [
            ("13 mois", "13 months"),
            ("1 an", "1 year"),
            ("2 ans", "24 months"),
            ("30 jours", "30 days"),
            ("2 semaines", "14 days"),
            ("24 heures", "1 day"),
            ("1 Heure", "60min"),
            ("Session", "session"),
        ] {
            assert_eq!(french.parse::<Lifetime>(), english.parse(), "{french}");
        }
    }

    #[test]
    fn what_is_no_lifetime_is_refused() {
        for text in
            ["", "13", "months", "-1 day", "1.5 hours", "0 days", "2 fortnights", "5000 years", "13 months 2 days"]
        {
            assert_eq!(text.parse::<Lifetime>(), Err(LifetimeError(text.to_owned())));
        }
        assert!("99999999999999999999 s".parse::<Lifetime>().is_err());
    }

    #[test]
    fn it_is_written_as_charters_write_it() {
        for text in
            ["session", "30 minutes", "2 weeks", "6 months", "13 months", "24 months", "1 hour", "1 second", "30 days"]
        {
            assert_eq!(text.parse::<Lifetime>().map(|lifetime| lifetime.to_string()), Ok(text.to_owned()));
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(seconds in 1..=u32::MAX) {
            let lifetime = Lifetime::Seconds(seconds);
            prop_assert_eq!(lifetime.to_string().parse(), Ok(lifetime));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*|[0-9]{0,22} ?(s|days|mois|years)") {
            let _ = text.parse::<Lifetime>();
        }
    }
}

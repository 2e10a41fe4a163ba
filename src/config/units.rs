//! Lengths of time and sizes as the file writes them: `"15s"`, `"32KiB"`, or a plain number.
//!
//! A number without a unit is seconds or bytes, and 0 stands for no limit.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A length of time: `"300ms"`, `"15s"`, `"5min"`, `"1h"`, or whole seconds; `0` is none.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Length {
    Seconds(u64),
    Text(String),
}

/// A size: `"32KiB"`, `"1MiB"`, or whole bytes; `0` is none.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Size {
    Bytes(u64),
    Text(String),
}

/// Why a text is no length of time, or no size. What is quoted is the text of the file; the message says which units
/// there are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum UnitError {
    #[error("`{0}` is not a length of time: write a number and a unit (ms, s, min, h, d), as in `15s`")]
    Length(String),
    #[error("`{0}` is too long: a year is the most; `0` is none")]
    Long(String),
    #[error("`{0}` is not a size: write a number and a unit (B, KiB, MiB, GiB, kB, MB, GB), as in `32KiB`")]
    Size(String),
}

const YEAR: Duration = Duration::from_hours(365 * 24);
const MILLISECONDS: [(&str, u64); 7] =
    [("ms", 1), ("s", 1000), ("min", 60_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000), ("", 1000)];
const BYTES: [(&str, u64); 8] = [
    ("B", 1),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("kB", 1000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("", 1),
];

impl Length {
    /// The time; `None` is none.
    ///
    /// # Errors
    /// If the text has no number, another unit than `ms`, `s`, `min`, `m`, `h` or `d`, or is longer than a year.
    pub(super) fn read(&self) -> Result<Option<Duration>, UnitError> {
        let time = match self {
            Self::Seconds(seconds) => Duration::from_secs(*seconds),
            Self::Text(text) => {
                let milliseconds = quantity(text, &MILLISECONDS).ok_or_else(|| UnitError::Length(text.clone()))?;
                Duration::from_millis(milliseconds)
            }
        };
        if time > YEAR { Err(UnitError::Long(self.to_string())) } else { Ok(Some(time).filter(|time| !time.is_zero())) }
    }
}

impl Size {
    /// The bytes; zero is none.
    ///
    /// # Errors
    /// If the text has no number, or another unit than those of [`UnitError::Size`].
    pub(super) fn read(&self) -> Result<u64, UnitError> {
        match self {
            Self::Bytes(bytes) => Ok(*bytes),
            Self::Text(text) => quantity(text, &BYTES).ok_or_else(|| UnitError::Size(text.clone())),
        }
    }
}

/// The number of a text, times what its unit is worth.
fn quantity(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let text = text.trim();
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let (_, worth) = units.iter().find(|(name, _)| *name == unit.trim_start())?;
    number.parse::<u64>().ok()?.checked_mul(*worth)
}

/// A number in the largest of these units that says it exactly.
fn written(number: u64, units: &[(&str, u64)]) -> Option<String> {
    let (unit, worth) = units.iter().rev().find(|(_, worth)| number.is_multiple_of(*worth))?;
    Some(format!("{}{unit}", number / worth))
}

impl From<Option<Duration>> for Length {
    fn from(time: Option<Duration>) -> Self {
        let milliseconds = time.map_or(0, |time| u64::try_from(time.as_millis()).unwrap_or(u64::MAX));
        if milliseconds == 0 {
            return Self::Seconds(0);
        }
        let units = [("ms", 1), ("s", 1000), ("h", 3_600_000)];
        written(milliseconds, &units).map_or(Self::Seconds(milliseconds / 1000), Self::Text)
    }
}

impl From<u64> for Size {
    fn from(bytes: u64) -> Self {
        if bytes == 0 {
            return Self::Bytes(0);
        }
        let units = [("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20)];
        written(bytes, &units).map_or(Self::Bytes(bytes), Self::Text)
    }
}

impl From<usize> for Size {
    fn from(bytes: usize) -> Self {
        u64::try_from(bytes).unwrap_or(u64::MAX).into()
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Seconds(seconds) => write!(f, "{seconds}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn length(text: &str) -> Result<Option<Duration>, UnitError> {
        Length::Text(text.to_owned()).read()
    }

    #[test]
    fn lengths_of_time() {
        for (text, milliseconds) in [
            ("300ms", 300),
            ("15s", 15_000),
            ("15 s", 15_000),
            ("5min", 300_000),
            ("5m", 300_000),
            ("1h", 3_600_000),
            ("1d", 86_400_000),
            ("75", 75_000),
        ] {
            assert_eq!(length(text), Ok(Some(Duration::from_millis(milliseconds))), "{text}");
        }
        assert_eq!(Length::Seconds(15).read(), Ok(Some(Duration::from_secs(15))));
    }

    #[test]
    fn zero_is_none() {
        assert_eq!(length("0"), Ok(None));
        assert_eq!(length("0s"), Ok(None));
        assert_eq!(Length::Seconds(0).read(), Ok(None));
        assert_eq!(Size::Text("0".to_owned()).read(), Ok(0));
    }

    #[test]
    fn what_is_no_quantity_is_refused() {
        for text in ["", "s", "-1s", "1.5s", "15 sec", "1h30m", "15S"] {
            assert_eq!(length(text), Err(UnitError::Length(text.to_owned())));
        }
        for text in ["", "KiB", "-1", "1.5MiB", "32 kilobytes", "99999999999GiB"] {
            assert_eq!(Size::Text(text.to_owned()).read(), Err(UnitError::Size(text.to_owned())));
        }
        assert_eq!(length("366d"), Err(UnitError::Long("366d".to_owned())));
        assert_eq!(Length::Seconds(u64::MAX).read(), Err(UnitError::Long(u64::MAX.to_string())));
    }

    #[test]
    fn sizes() {
        for (text, bytes) in
            [("32KiB", 32 << 10), ("1MiB", 1 << 20), ("2GiB", 2 << 30), ("1kB", 1000), ("17", 17), ("17 B", 17)]
        {
            assert_eq!(Size::Text(text.to_owned()).read(), Ok(bytes), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(milliseconds in 0..YEAR.as_secs() * 1000, bytes: u64) {
            let time = Some(Duration::from_millis(milliseconds)).filter(|time| !time.is_zero());
            prop_assert_eq!(Length::from(time).read(), Ok(time));
            prop_assert_eq!(Size::from(bytes).read(), Ok(bytes));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*|[0-9]{0,22} ?(ms|d|GiB|KiB)") {
            let _ = length(&text);
            let _ = Size::Text(text).read();
        }
    }
}

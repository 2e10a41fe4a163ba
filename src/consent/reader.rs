//! Reading the consent cookie: all its instances, their age, and what they say together.

use super::{Choice, Format, Keys, Reading};
use crate::cookie::UnixTime;

/// A choice dated further ahead than this, in seconds, was not made by a clock that can be trusted.
const FUTURE_TOLERANCE: i64 = 24 * 60 * 60;

/// What a choice without a date is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Undated {
    /// It holds as long as the browser sends it.
    #[default]
    Allow,
    /// It says nothing.
    Deny,
}

/// Reads the values of a site's consent cookie.
#[derive(Clone, Debug)]
pub struct Reader {
    /// How the value is written.
    pub format: Format,
    /// The keys that the policy maps.
    pub keys: Keys,
    /// How long a choice holds, in seconds.
    pub valid_for: u32,
    /// What a choice without a date is worth.
    pub undated: Undated,
}

/// What one value says, and when it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) choice: Choice,
    pub(super) date: Option<UnixTime>,
}

impl Reader {
    /// What all values of the consent cookie say together: a browser sends several where the banner wrote it for several
    /// domains or paths, and only what all of them grant is granted.
    pub fn read<'a>(&self, values: impl Iterator<Item = &'a [u8]>, now: UnixTime) -> Choice {
        values.map(|value| self.read_one(value, now)).reduce(Choice::meet).unwrap_or_default()
    }

    fn read_one(&self, value: &[u8], now: UnixTime) -> Choice {
        let statement = self.format.read(value, &self.keys);
        let Some(Statement { choice, date }) = statement else { return Choice::silent(Reading::Unreadable) };
        match date {
            Some(date) if date > now.plus(FUTURE_TOLERANCE) => Choice::silent(Reading::Unreadable),
            Some(date) if now > date.plus(i64::from(self.valid_for)) => Choice::silent(Reading::Expired),
            None if self.undated == Undated::Deny => Choice::silent(Reading::Undated),
            _ => Choice { undated: date.is_none(), ..choice },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime(1_764_000_000);
    const DAY: i64 = 86_400;

    fn reader(undated: Undated) -> Reader {
        let keys = Keys::new(vec!["matomo".into(), "ga".into()]);
        Reader { format: Format::Opendatasoft, keys, valid_for: 181 * 86_400, undated }
    }

    fn read(values: &[&str]) -> Choice {
        reader(Undated::Allow).read(values.iter().map(|value| value.as_bytes()), NOW)
    }

    fn dated(days_ago: i64) -> String {
        format!(r#"{{"matomo":true,"timestamp":{}}}"#, (NOW.0 - days_ago * DAY) * 1000)
    }

    #[test]
    fn no_value_is_no_choice() {
        assert_eq!(read(&[]), Choice::default());
    }

    #[test]
    fn a_choice_holds_for_its_time_and_not_a_day_longer() {
        assert_eq!(read(&[&dated(181)]).reading, Reading::Given);
        let expired = read(&[&dated(182)]);
        assert_eq!(expired.reading, Reading::Expired);
        assert!(expired.granted.is_empty());
    }

    #[test]
    fn a_choice_from_the_future_is_unreadable() {
        assert_eq!(read(&[&dated(-1)]).reading, Reading::Given);
        assert_eq!(read(&[&dated(-2)]).reading, Reading::Unreadable);
    }

    #[test]
    fn only_what_every_instance_grants_is_granted() {
        let both = read(&[r#"{"matomo":true,"ga":true}"#, r#"{"matomo":true,"ga":false}"#]);
        let keys = &reader(Undated::Allow).keys;
        assert_eq!(both.granted, keys.find("matomo"));
        assert_eq!(both.refused, keys.find("ga"));
    }

    #[test]
    fn an_unreadable_instance_silences_the_others_but_not_their_refusals() {
        let both = read(&[r#"{"matomo":true,"ga":false}"#, "nonsense"]);
        assert_eq!(both.reading, Reading::Unreadable);
        assert!(both.granted.is_empty());
        assert_eq!(both.refused, reader(Undated::Allow).keys.find("ga"));
    }

    #[test]
    fn an_undated_choice_holds_unless_the_policy_wants_a_date() {
        let value = br#"{"matomo":true}"#.as_slice();
        let lenient = reader(Undated::Allow).read([value].into_iter(), NOW);
        assert!(lenient.undated && !lenient.granted.is_empty());
        let strict = reader(Undated::Deny).read([value].into_iter(), NOW);
        assert_eq!(strict.reading, Reading::Undated);
        assert!(strict.granted.is_empty());
    }
}

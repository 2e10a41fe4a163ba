//! Reads a banner's cookies: all their instances, their age, and the choice that they make together.
//!
//! The proxy calls [`Banner::read`]; `octroi explain` shows the same, step by step ([`Banner::show`]).

use super::answers::{Answer, Answers};
use super::parts::{Instances, MAX_PARTS, Parts};
use super::{Choice, Fault, Format, Keys, Options, Reading};
use crate::cookie::UnixTime;

/// How far in the future the date of a choice may be, in seconds. A later date comes from a wrong clock.
const FUTURE_TOLERANCE: i64 = 24 * 60 * 60;

/// Whether a choice without a date counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Undated {
    /// It counts as long as the browser sends it.
    #[default]
    Allow,
    /// It does not count.
    Deny,
}

/// A banner of a site, and how its choice is read.
#[derive(Clone, Debug)]
pub struct Banner {
    /// How its cookies are written.
    pub format: Format,
    /// The names of its cookies, and which part of the choice each holds ([`Format::names`]).
    pub names: Vec<(String, usize)>,
    /// The options of the format.
    pub options: Options,
    /// The keys that the policy maps.
    pub keys: Keys,
    /// How long a choice is valid, in seconds.
    pub valid_for: u32,
    /// Whether a choice without a date counts.
    pub undated: Undated,
}

/// The reading of one combination of a banner's cookies, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Every key as it was read, with its answer, or where the reading stopped.
    pub answers: Result<Vec<(String, Answer)>, Fault>,
    /// The choice that results.
    pub choice: Choice,
    /// The date that was read, even if the choice does not count.
    pub date: Option<UnixTime>,
    /// Why it says nothing, if neither its answers nor where the reading stopped show it.
    pub why: Option<&'static str>,
}

impl Banner {
    /// Which part of the choice a cookie of this name holds; `None` if it is not the banner's.
    pub fn part(&self, name: &[u8]) -> Option<usize> {
        self.names.iter().find(|(known, _)| known.as_bytes() == name).map(|(_, part)| *part)
    }

    /// Whether it keeps a choice in several cookies.
    pub fn has_parts(&self) -> bool {
        self.names.iter().any(|(_, part)| !part.is_multiple_of(MAX_PARTS))
    }

    /// The choice of the banner's cookies together. A browser sends several instances of a cookie that was set for several
    /// domains or paths; only what all of them grant is granted. Cookies of other names are ignored.
    pub fn read<'a>(&self, cookies: impl Iterator<Item = (&'a [u8], &'a [u8])>, now: UnixTime) -> Choice {
        let own = cookies.filter_map(|(name, value)| Some((self.part(name)?, value)));
        let mut instances = Instances::default();
        if instances.gather(own).is_none() {
            return Choice::silent(Reading::Unreadable);
        }
        let choice = self.read_instances(&instances, now);
        let other = match instances.other_stem() {
            Some(other) => self.read_instances(other, now),
            None => return choice.unwrap_or_default(),
        };
        choice.into_iter().chain(other).reduce(Choice::meet).unwrap_or_default()
    }

    #[inline]
    fn read_instances(&self, instances: &Instances<'_>, now: UnixTime) -> Option<Choice> {
        let choices = instances.combinations().map(|parts| {
            let mut answers = Answers::new(&self.keys);
            let read = self.format.read(&parts, &self.options, &mut answers);
            self.hold(read.map(|()| answers.choice()), now)
        });
        choices.reduce(Choice::meet)
    }

    /// The same, step by step.
    pub fn show<'a>(&self, cookies: impl Iterator<Item = (&'a [u8], &'a [u8])>, now: UnixTime) -> Vec<Shown> {
        let own = cookies.filter_map(|(name, value)| Some((self.part(name)?, value)));
        let mut instances = Instances::default();
        if instances.gather(own).is_none() {
            return Vec::new();
        }
        let others = instances.other_stem().into_iter().flat_map(Instances::combinations);
        let of_first_stem = instances.combinations().map(|parts| self.show_one(&parts, 0, now));
        of_first_stem.chain(others.map(|parts| self.show_one(&parts, MAX_PARTS, now))).collect()
    }

    fn show_one(&self, parts: &Parts<'_>, first: usize, now: UnixTime) -> Shown {
        let mut answers = Answers::shown(&self.keys);
        let read = self.format.read(parts, &self.options, &mut answers);
        let choice = self.hold(read.map(|()| answers.choice()), now);
        let date = answers.date_told().filter(|_| read.is_ok());
        let why = match choice.reading {
            Reading::Unreadable if read.is_ok() && date.is_some_and(|date| date > now.plus(FUTURE_TOLERANCE)) => {
                Some("it is dated more than 24 hours ahead")
            }
            Reading::Unreadable if read.is_ok() => Some("it has more keys than any banner"),
            Reading::Expired => Some("it is older than `valid_for`"),
            Reading::Undated => Some("it has no date, and the charter has `undated = \"deny\"`"),
            _ => answers.outdated(),
        };
        let of_stem = |fault: Fault| fault.of(first + fault.part());
        Shown { answers: read.map(|()| answers.told()).map_err(of_stem), choice, date, why }
    }

    /// The choice, if its date is valid; otherwise a choice that grants nothing.
    fn hold(&self, read: Result<Choice, Fault>, now: UnixTime) -> Choice {
        let Ok(choice) = read else { return Choice::silent(Reading::Unreadable) };
        match choice.date {
            _ if choice.reading != Reading::Given => choice,
            Some(date) if date > now.plus(FUTURE_TOLERANCE) => Choice::silent(Reading::Unreadable),
            Some(date) if now > date.plus(i64::from(self.valid_for)) => Choice::silent(Reading::Expired),
            None if self.undated == Undated::Deny => Choice::silent(Reading::Undated),
            _ => choice,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime(1_764_000_000);
    const DAY: i64 = 86_400;

    fn banner(undated: Undated) -> Banner {
        let format = Format::Opendatasoft;
        let keys = Keys::new(vec!["matomo".into(), "ga".into()], 0);
        let (names, options) = (format.names(None), Options::default());
        Banner { format, names, options, keys, valid_for: 181 * 86_400, undated }
    }

    fn cookie(value: &str) -> (&[u8], &[u8]) {
        (b"cookies_preferences", value.as_bytes())
    }

    fn read(values: &[&str]) -> Choice {
        banner(Undated::Allow).read(values.iter().map(|value| cookie(value)), NOW)
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
        let keys = &banner(Undated::Allow).keys;
        assert_eq!(both.granted, keys.find("matomo"));
        assert_eq!(both.refused, keys.find("ga"));
    }

    #[test]
    fn an_unreadable_instance_silences_the_others_but_not_their_refusals() {
        let both = read(&[r#"{"matomo":true,"ga":false}"#, "nonsense"]);
        assert_eq!(both.reading, Reading::Unreadable);
        assert!(both.granted.is_empty());
        assert_eq!(both.refused, banner(Undated::Allow).keys.find("ga"));
    }

    #[test]
    fn an_undated_choice_holds_unless_the_policy_wants_a_date() {
        let value = cookie(r#"{"matomo":true}"#);
        let lenient = banner(Undated::Allow).read([value].into_iter(), NOW);
        assert!(lenient.is_undated() && !lenient.granted.is_empty());
        let strict = banner(Undated::Deny).read([value].into_iter(), NOW);
        assert_eq!(strict.reading, Reading::Undated);
        assert!(strict.granted.is_empty());
    }
}

//! Lifetimes as charters write them: `30 minutes`, `2 weeks`, `13 months`, `session`.

/// How long a cookie or a choice lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// Until the browser closes.
    Session,
    /// This many seconds. *n* months are the shortest run of *n* calendar months: 6 are 181 days, 13 are 393.
    Seconds(u32),
}

/// Why a text is no lifetime.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a lifetime: write a number and a unit (seconds, minutes, hours, days, weeks, months, years), or `session`"
)]
pub struct LifetimeError(pub String);

impl std::str::FromStr for Lifetime {
    type Err = LifetimeError;

    fn from_str(_text: &str) -> Result<Self, Self::Err> {
        todo!()
    }
}

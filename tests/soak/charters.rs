//! Two charters that replace each other under load: each exempts a cookie that the other does not name.

use crate::support::choice::charter_with;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charter {
    Heads,
    Tails,
}

impl Charter {
    /// The name that this one alone declares as necessary.
    pub(crate) fn exempts(self) -> &'static str {
        match self {
            Self::Heads => "heads",
            Self::Tails => "tails",
        }
    }

    pub(crate) fn other(self) -> Self {
        match self {
            Self::Heads => Self::Tails,
            Self::Tails => Self::Heads,
        }
    }

    pub(crate) fn text(self) -> String {
        charter_with("name = \"csrftoken\"", &format!("name = \"{}\"", self.exempts()))
    }

    /// What octroi must refuse to put in force.
    pub(crate) fn faulty() -> String {
        charter_with("consent = \"required\"", "consent = \"maybe\"")
    }
}

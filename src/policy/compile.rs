//! From the charter to the policy.

use super::Policy;
use crate::charter::{CategoryIndex, Charter, Problem};
use crate::consent::KeySet;
use crate::cookie::Amendment;

/// What judging needs of a declared cookie.
#[derive(Debug)]
pub(super) struct CompiledCookie {
    pub(super) category: CategoryIndex,
    pub(super) key: Option<KeySet>,
    pub(super) audience: bool,
    pub(super) amendment: Amendment,
}

impl Policy {
    /// Compiles a checked charter.
    ///
    /// # Errors
    /// Name patterns that cannot be compiled, by key.
    pub fn compile(_charter: &Charter) -> Result<Self, Vec<Problem>> {
        todo!()
    }

    /// The labels of all categories that a judgement can name, by [`super::CategoryId::index`]; `None` where unused.
    pub fn category_labels(&self) -> Vec<Option<&str>> {
        todo!()
    }

    /// Whether a judgement of `category` is carried out on a site of this enforcement.
    pub fn enforcement(&self, _category: super::CategoryId, _site: super::Enforcement) -> super::Enforcement {
        todo!()
    }
}

//! The policy: a charter compiled, and the one function of the product, [`Policy::judge`].
//!
//! `judge` is total, allocates nothing, and is monotone: more consent never lets less through. Enforcement is applied
//! outside it ([`Policy::enforcement`]), so `report-only` counts exactly what `enforce` would have done.

mod category;
mod compile;
mod consent;
mod direction;
#[cfg(test)]
mod golden;
mod judge;
mod matcher;

pub use crate::charter::Enforcement;
pub use category::{CategoryId, CategorySet};
pub use consent::{Consent, ConsentLevel};
pub use direction::Direction;
pub use judge::{Judgement, Reason, Subject, Verdict};

use crate::charter::{Combine, Gpc, Undeclared};
use category::{CompiledCategory, RESERVED_LABELS};
use compile::CompiledCookie;
use consent::CompiledBanner;
use matcher::Matcher;

/// A site's compiled charter. Immutable; shared by all that is judged by one snapshot.
#[derive(Debug)]
pub struct Policy {
    /// By position, as in the charter.
    categories: Vec<CompiledCategory>,
    /// By position, as in the charter.
    cookies: Vec<CompiledCookie>,
    matcher: Matcher,
    undeclared: Undeclared,
    /// The categories that a choice can grant.
    expressible: CategorySet,
    banners: Vec<CompiledBanner>,
    combine: Combine,
    gpc: Gpc,
    /// The consent if the request has no banner's cookie, as most first requests.
    silence: Consent,
    /// The same if the visitor sent `Sec-GPC: 1`.
    silence_with_gpc: Consent,
}

impl Policy {
    /// The labels of all categories that a judgement can name, by [`CategoryId::index`]; `None` if unused.
    pub fn category_labels(&self) -> Vec<Option<&str>> {
        let own = self.categories.iter().map(|category| Some(&*category.label));
        let unused = std::iter::repeat(None);
        let mut labels: Vec<_> = own.chain(unused).take(CategoryId::CHOICE.index()).collect();
        labels.extend(RESERVED_LABELS.map(Some));
        labels
    }

    /// Whether a judgement of `category` is carried out: the category's own setting, else the site's.
    pub fn enforcement(&self, category: CategoryId, site: Enforcement) -> Enforcement {
        self.categories.get(category.index()).and_then(|category| category.enforcement).unwrap_or(site)
    }
}

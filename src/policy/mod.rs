//! The policy: a charter compiled, and the one function of the product, [`Policy::judge`].
//!
//! `judge` is total, allocates nothing, and is monotone: more consent never lets less through. Enforcement is applied
//! outside it ([`Policy::enforcement`]), so `report-only` counts exactly what `enforce` would have done.

mod category;
mod choice_cookies;
mod compile;
mod consent;
mod judge;
mod matcher;

pub use crate::charter::Enforcement;
pub use category::{CategoryId, CategorySet};
pub use consent::{Consent, ConsentLevel};
pub use judge::{Judgement, Reason, Subject, Verdict};

use crate::consent::Reader;
use category::CompiledCategory;
use compile::CompiledCookie;
use matcher::Matcher;

/// A site's compiled charter. Immutable; shared by all that is judged by one snapshot.
#[derive(Debug)]
pub struct Policy {
    categories: Vec<CompiledCategory>,
    cookies: Vec<CompiledCookie>,
    matcher: Matcher,
    undeclared: crate::charter::Undeclared,
    expressible: CategorySet,
    consent_cookie: Option<Box<[u8]>>,
    reader: Option<Reader>,
    gpc: crate::charter::Gpc,
}

//! Advice on what no choice reaches: cookies that nobody can agree to or refuse, and other sites' cookies that nothing
//! holds until the visitor agreed.

use crate::charter::{Charter, DeclaredCookie, KeyPath, Need, Problem};

impl Charter {
    /// One warning for the whole charter if it has no banner, else one for each cookie that no choice reaches.
    pub(super) fn reach_warnings(&self, root: &KeyPath, warnings: &mut Vec<Problem>) {
        if self.banners.is_empty() && self.categories.iter().any(|category| category.consent == Need::Required) {
            let message = "there is no `[consent]`: cookies that need consent never pass";
            warnings.push(Problem::new(root.key("consent"), message).with_help("say how the visitor's choice is read"));
        }
        let cookies = self.cookies.iter().enumerate();
        for (index, cookie) in cookies.filter(|(_, cookie)| self.need(cookie) == Some(Need::Required)) {
            let path = root.key("cookie").index(index);
            warnings.extend(if self.is_audience(cookie) {
                self.beyond_refusal(cookie, &path)
            } else {
                self.beyond_consent(cookie, &path)
            });
            warnings.extend(self.held_by_nothing(cookie, &path));
        }
    }

    /// A cookie that needs an agreement which no choice can express.
    fn beyond_consent(&self, cookie: &DeclaredCookie, path: &KeyPath) -> Option<Problem> {
        let is_reached = self.has_own_key(cookie) || self.is_asked(cookie.category);
        let is_lost = !is_reached && self.banners.iter().any(super::super::BannerRules::can_count);
        is_lost.then(|| {
            let message = "no key of the choice grants this category: the cookie never passes";
            let help = "map a key to it in `[consent.keys]`, or give the cookie its own `key`";
            Problem::new(path.key("category"), message).with_help(help)
        })
    }

    /// Exempt measurement that passes whatever the visitor chooses.
    fn beyond_refusal(&self, cookie: &DeclaredCookie, path: &KeyPath) -> Option<Problem> {
        (!self.can_be_refused(cookie)).then(|| {
            let message = "no choice can refuse this cookie: it always passes, as exempt audience measurement";
            let help = "visitors need a way to object: map a key of the choice to its category in `[consent.keys]`";
            Problem::new(path.key("category"), message).with_help(help)
        })
    }

    /// Another site's cookie, if pages may ask that site before the visitor agreed.
    fn held_by_nothing(&self, cookie: &DeclaredCookie, path: &KeyPath) -> Option<Problem> {
        let domain = self.other_site(cookie).filter(|domain| self.asks_without_consent(domain))?;
        let message = format!("nothing holds this cookie: `{domain}` is another site, whose answers octroi never sees");
        let help = "declare its hosts with `[third_parties]` and `[[third_party]]`, in this category";
        Some(Problem::new(path.key("domain"), message).with_help(help))
    }
}

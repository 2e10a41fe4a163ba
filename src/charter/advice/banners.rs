//! Advice on the banners: keys that no banner writes, facts that a format cannot record, and the law's limits for how long a
//! choice is kept.

use crate::charter::jurisdiction::Figure;
use crate::charter::{BannerRules, Category, CategoryIndex, Charter, Jurisdiction, KeyPath, Need, Problem, nearest};
use crate::consent::{FormatOption, KnownKeys, Undated};

/// A purpose, a vendor or a special feature of the TCF: what its key begins with, and the largest number.
const TCF_KEYS: [(&str, u16); 3] = [("purpose-", 24), ("vendor-", u16::MAX), ("special-feature-", 12)];

impl Charter {
    /// Each banner's keys, dates and lengths, and what holds for all of them together.
    pub(super) fn banner_warnings(&self, root: &KeyPath, warnings: &mut Vec<Problem>) {
        for (rules, path) in self.each_banner(root) {
            warnings.extend(rules.keys.keys().filter_map(|key| unknown_key(rules, key, &path)));
            warnings.extend(self.length_by_law(rules, &path));
            self.kept_by_law(rules, root, warnings);
            warnings.extend(no_date(rules, &path));
        }
        warnings.extend(self.asked_in_vain(root));
        let denied = self.jurisdiction.and_then(Jurisdiction::denies_audience_exemption);
        if let Some(source) = denied.filter(|_| self.audience_exemption.is_some()) {
            let message = "the law that the charter names knows no exemption for audience measurement";
            warnings.push(Problem::new(root.key("audience_exemption"), message).with_help(source));
        }
    }

    /// What a format cannot record: refusals, or dates; and what a banner may grant by itself, which its own settings decide.
    pub(super) fn banner_notes(&self, root: &KeyPath) -> Vec<Problem> {
        let of = |(rules, path): (&BannerRules, KeyPath)| {
            let word = rules.format.word();
            let mut notes: Vec<_> = rules.keys.keys().filter_map(|key| unusual_key(rules, key, &path)).collect();
            let on_load = |(key, targets): (&String, &Vec<_>)| self.granted_on_load(rules, key, targets, &path);
            notes.extend(rules.keys.iter().filter_map(on_load));
            if !rules.format.tells_refusals() {
                let message = format!("`{word}` records no refusal: whoever refuses reads as if they had said nothing");
                notes.push(Problem::new(path.key("format"), message));
            }
            if !rules.format.is_dated() && rules.undated == Undated::Allow {
                let message = format!("`{word}` records no date: a choice holds as long as the browser keeps it");
                notes.push(
                    Problem::new(path.key("valid_for"), message)
                        .with_help("have the banner set its cookie for no longer"),
                );
            }
            if rules.format.may_lack_date() && rules.undated == Undated::Allow {
                let message =
                    format!("a choice of `{word}` that came without its date holds as long as the browser keeps it");
                notes.push(
                    Problem::new(path.key("undated"), message)
                        .with_help("if the banner always writes the date, write `undated = \"deny\"`"),
                );
            }
            if rules.options.require_disclosed_vendors
                && rules.format.options().contains(&FormatOption::RequireDisclosedVendors)
            {
                let message = "a string without the segment of disclosed vendors counts as no choice";
                let help =
                    "some encoders leave it out unless they are asked for it: look at one of your banner's strings";
                notes.push(Problem::new(path.key("require_disclosed_vendors"), message).with_help(help));
            }
            notes
        };
        self.each_banner(root).flat_map(of).collect()
    }

    /// With the path of its table: `consent`, or `consent[1]` if there are several.
    fn each_banner(&self, root: &KeyPath) -> impl Iterator<Item = (&BannerRules, KeyPath)> {
        let table = root.key("consent");
        let is_array = self.banners.len() > 1;
        let path = move |index| if is_array { table.index(index) } else { table.clone() };
        self.banners.iter().enumerate().map(move |(index, rules)| (rules, path(index)))
    }

    /// A key that the banner may grant before anybody was asked, for a category that needs consent.
    fn granted_on_load(
        &self,
        rules: &BannerRules,
        key: &str,
        targets: &[CategoryIndex],
        path: &KeyPath,
    ) -> Option<Problem> {
        let is_gated = |index: &CategoryIndex| {
            self.categories.get(usize::from(index.0)).is_some_and(|category| category.consent == Need::Required)
        };
        let is_granted = rules.format.granted_on_load().contains(&key) && targets.iter().any(is_gated);
        is_granted.then(|| {
            let message =
                format!("`{}`, as it is shipped, grants `{key}` before anybody was asked", rules.format.word());
            let problem = Problem::new(path.key("keys").key(key), message);
            problem.with_help(
                "have the banner ask for it: `alwaysNeedConsent: true` in its settings (1.34.0 has it, 1.15.0 does not), or \
                 `needConsent: true` in the service itself",
            )
        })
    }

    /// A choice that is kept for longer, or asked for again sooner, than the charter's law says; or for longer than any
    /// law with a figure says, if the charter names none.
    fn length_by_law(&self, rules: &BannerRules, path: &KeyPath) -> Option<Problem> {
        let Some(law) = self.jurisdiction else { return length_by_any_law(rules, path) };
        let warning = |why: &str, Figure { text, source, .. }: Figure| {
            let problem = Problem::new(path.key("valid_for"), format!("a choice is kept for {why} {text}"));
            problem.with_help(format!("write `valid_for = \"{text}\"` ({source})"))
        };
        let too_long = law.longest_choice().filter(|figure| rules.valid_for.is_longer_than(figure.length));
        let too_short = law.shortest_choice().filter(|figure| figure.length.is_longer_than(rules.valid_for));
        too_long.map(|figure| warning("longer than", figure)).or(too_short.map(|figure| warning("less than", figure)))
    }

    /// The cookie of a choice without a date: its life is how long the choice counts.
    fn kept_by_law(&self, rules: &BannerRules, root: &KeyPath, warnings: &mut Vec<Problem>) {
        let Some(law) = self.jurisdiction.filter(|_| rules.counts_while_kept()) else { return };
        let of_choice = self.cookies.iter().enumerate().filter(|(_, cookie)| rules.is_kept_in(cookie));
        for (index, lifetime) in of_choice.filter_map(|(index, cookie)| Some((index, cookie.lifetime?))) {
            let too_long = law.longest_choice().filter(|figure| lifetime.is_longer_than(figure.length));
            let too_short = law.shortest_choice().filter(|figure| figure.length.is_longer_than(lifetime));
            let longer = too_long.map(|figure| ("longer than", figure));
            warnings.extend(longer.or(too_short.map(|figure| ("less than", figure))).map(|(why, figure)| {
                let Figure { text, source, .. } = figure;
                let word = rules.format.word();
                let message =
                    format!("the choice is kept for {why} {text}: `{word}` records no date, so it counts until then");
                let help = format!("have the banner keep its cookie for {text} ({source}), and declare that");
                Problem::new(root.key("cookie").index(index).key("lifetime"), message).with_help(help)
            }));
        }
    }

    /// Categories of which nobody can agree anew, because no date is known.
    fn asked_in_vain(&self, root: &KeyPath) -> Option<Problem> {
        let undated = self.banners.iter().find(|rules| !rules.format.is_dated())?;
        let is_asked =
            |(_, category): &(usize, &Category)| category.consent == Need::Required && category.asked_since.is_some();
        let (index, category) = self.categories.iter().enumerate().find(is_asked)?;
        let word = undated.format.word();
        let message = format!("from that day on nobody can agree to `{}`: `{word}` records no date", category.id);
        let help = "give the key another name in the banner, and in `[consent.keys]`: then everybody is asked anew";
        Some(Problem::new(root.key("category").index(index).key("asked_since"), message).with_help(help))
    }
}

/// A key that no cookie of this format can hold.
fn unknown_key(rules: &BannerRules, key: &str, path: &KeyPath) -> Option<Problem> {
    let path = path.key("keys").key(key);
    let word = rules.format.word();
    match rules.format.known_keys() {
        KnownKeys::Any | KnownKeys::Usual(_) => None,
        KnownKeys::Only(known) if known.contains(&key) => None,
        KnownKeys::Only(known) => {
            let problem = Problem::unknown(path, format!("`{word}` has no key `{key}`"), key, known.iter().copied());
            Some(problem)
        }
        KnownKeys::Tcf if is_tcf_key(key) => None,
        KnownKeys::Tcf => {
            if let Some((prefix, most)) = TCF_KEYS.iter().find(|(prefix, _)| key.starts_with(prefix)) {
                let problem = Problem::new(path, format!("`{word}` has no key `{key}`"));
                return Some(problem.with_help(format!("the numbers are `{prefix}1` to `{prefix}{most}`")));
            }
            let near = nearest(key, TCF_KEYS.iter().map(|(prefix, _)| *prefix));
            let help = format!("write `{}1`, for instance", near.unwrap_or("purpose-"));
            Some(Problem::new(path, format!("`{word}` has no key `{key}`")).with_help(help))
        }
    }
}

/// A key that is nearly one that most such banners have, and none of them.
fn unusual_key(rules: &BannerRules, key: &str, path: &KeyPath) -> Option<Problem> {
    let KnownKeys::Usual(usual) = rules.format.known_keys() else { return None };
    let near = nearest(key, usual.split(' ')).filter(|near| *near != key)?;
    let message = format!("`{key}` is no usual key of `{}`: did you mean `{near}`?", rules.format.word());
    let problem = Problem::new(path.key("keys").key(key), message);
    Some(problem.with_help("if your banner calls it so, leave it as it is"))
}

fn is_tcf_key(key: &str) -> bool {
    let number = |prefix: &str| key.strip_prefix(prefix)?.parse::<u16>().ok();
    TCF_KEYS.iter().any(|(prefix, most)| number(prefix).is_some_and(|number| (1..=*most).contains(&number)))
}

/// Choices that never count, because they never have the date that the charter requires.
fn no_date(rules: &BannerRules, path: &KeyPath) -> Option<Problem> {
    let never = !rules.format.is_dated() && rules.undated == Undated::Deny;
    let message = format!("no choice ever holds: `{}` records no date", rules.format.word());
    never.then(|| Problem::new(path.key("undated"), message).with_help("write `undated = \"allow\"`"))
}

/// A choice that is kept for longer than each law that has a figure says.
fn length_by_any_law(rules: &BannerRules, path: &KeyPath) -> Option<Problem> {
    let figures = || Jurisdiction::ALL.into_iter().filter_map(Jurisdiction::longest_choice);
    let is_too_long = figures().all(|figure| rules.valid_for.is_longer_than(figure.length));
    is_too_long.then(|| {
        let known: Vec<String> = figures().map(|figure| format!("{} ({})", figure.text, figure.source)).collect();
        Problem::new(path.key("valid_for"), "a choice is kept for longer than any law that octroi knows a figure of")
            .with_help(format!("the figures are {}; `jurisdiction` says whose law holds", known.join(" and ")))
    })
}

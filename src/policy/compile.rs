//! Compiles the charter to the policy.
//!
//! This is done when a snapshot is built, never for a request. Everything that a verdict needs is resolved here: names to
//! entries, keys to bits, lifetimes to seconds.

use super::consent::CompiledBanner;
use super::matcher::{Found, Matcher, MatcherBuilder, PatternError, check};
use super::{CategoryId, CategorySet, CompiledCategory, Consent, Policy};
use crate::charter::{
    AudienceExemption, BannerRules, Category, CategoryIndex, Charter, CookieDocument, DeclaredCookie, KeyPath,
    Lifetime, NamePattern, Need, Problem,
};
use crate::consent::{Banner, Choices, KeySet, Keys, choice_cookies};
use crate::cookie::{Amendment, UnixTime};

/// What judging needs of a declared cookie.
#[derive(Debug)]
pub(super) struct CompiledCookie {
    /// The category that it is declared in.
    pub(super) category: CategoryIndex,
    /// The key of the choice that grants this cookie alone.
    pub(super) key: Option<KeySet>,
    /// Whether the exemption for audience measurement covers it.
    pub(super) audience: bool,
    /// Whether it holds a choice, and so is exempt whatever its category.
    pub(super) choice: bool,
    /// The rules for its `Set-Cookie` line: those of its own declaration, and those of its category for all cookies.
    pub(super) amendment: Amendment,
}

impl Policy {
    /// Compiles a checked charter.
    ///
    /// # Errors
    /// Name patterns that cannot be compiled, by key.
    pub fn compile(charter: &Charter) -> Result<Self, Vec<Problem>> {
        let banners = compile_banners(charter);
        let categories: Vec<_> = (0..)
            .zip(&charter.categories)
            .map(|(index, category)| compile_category(charter, CategoryIndex(index), category, &banners))
            .collect();
        let choices = compile_choice_names(charter)?;
        let cookies =
            charter.cookies.iter().map(|cookie| compile_cookie(charter, cookie, &banners, &choices)).collect();
        let mut policy = Self {
            matcher: compile_names(charter)?,
            undeclared: charter.undeclared,
            expressible: expressible(&categories),
            banners,
            combine: charter.combine,
            gpc: charter.gpc,
            silence: Consent::default(),
            silence_with_gpc: Consent::default(),
            categories,
            cookies,
        };
        // No choice is older than the question.
        let silence = |gpc| policy.consent(&Choices::default(), gpc, UnixTime(i64::MIN));
        (policy.silence, policy.silence_with_gpc) = (silence(false), silence(true));
        Ok(policy)
    }
}

impl Policy {
    /// The expressions of these cookies that cannot be compiled. The cookies need not be a valid charter.
    pub fn faulty_expressions(cookies: &[CookieDocument]) -> Vec<Problem> {
        let faulty = |(index, cookie): (usize, &CookieDocument)| {
            let expression = cookie.regex.as_ref().filter(|expression| !expression.is_empty())?;
            let error = check(&NamePattern::Regex(expression.clone())).err()?;
            Some(problem(KeyPath::default().key("cookie").index(index).key("regex"), &error))
        };
        cookies.iter().enumerate().filter_map(faulty).collect()
    }
}

/// Each banner with its keys: those that grant a category, then those that grant single cookies.
fn compile_banners(charter: &Charter) -> Vec<CompiledBanner> {
    let mut first = 0;
    let mut banners = Vec::new();
    for rules in &charter.banners {
        let mut names: Vec<String> = rules.keys.keys().cloned().collect();
        for key in charter.own_keys() {
            if !names.contains(key) {
                names.push(key.clone());
            }
        }
        let count = names.len();
        banners.push(compile_banner(rules, Keys::new(names, first)));
        first += count;
    }
    banners
}

fn compile_banner(rules: &BannerRules, keys: Keys) -> CompiledBanner {
    CompiledBanner::new(Banner {
        format: rules.format,
        names: rules.format.names(rules.cookie.as_deref()),
        options: rules.options.clone(),
        keys,
        // A choice without a limit is valid as long as the browser sends it.
        valid_for: seconds(rules.valid_for).unwrap_or(u32::MAX),
        undated: rules.undated,
    })
}

fn compile_category(
    charter: &Charter,
    index: CategoryIndex,
    category: &Category,
    banners: &[CompiledBanner],
) -> CompiledCategory {
    let keys = charter.banners.iter().zip(banners).flat_map(|(rules, compiled)| {
        let mapped = rules.keys.iter().filter(|(_, targets)| targets.contains(&index));
        mapped.map(|(key, _)| compiled.banner.keys.find(key))
    });
    CompiledCategory {
        label: category.id.as_str().into(),
        need: category.consent,
        keys: keys.fold(KeySet::EMPTY, KeySet::union),
        amendment: Amendment { max_lifetime: category.max_lifetime.and_then(seconds), ..Amendment::NONE },
        enforcement: category.enforcement,
        asked_since: category.asked_since,
    }
}

fn compile_cookie(
    charter: &Charter,
    cookie: &DeclaredCookie,
    banners: &[CompiledBanner],
    choices: &Matcher,
) -> CompiledCookie {
    let key = |key: &String| {
        let of_each = banners.iter().map(|compiled| compiled.banner.keys.find(key));
        of_each.fold(KeySet::EMPTY, KeySet::union)
    };
    let category = charter.categories.get(usize::from(cookie.category.0));
    let of_category = category.and_then(|category| category.max_lifetime).and_then(seconds);
    let declared = cookie.lifetime.filter(|_| cookie.cap).and_then(seconds);
    CompiledCookie {
        category: cookie.category,
        key: cookie.key.as_ref().map(key),
        audience: cookie.anonymous && charter.audience_exemption.is_some_and(AudienceExemption::holds),
        choice: matches!(&cookie.name, NamePattern::Exact(name) if choices.find(name.as_bytes()).is_some()),
        amendment: Amendment {
            max_lifetime: declared.into_iter().chain(of_category).min(),
            secure: cookie.secure,
            http_only: cookie.http_only,
            same_site: cookie.same_site,
        },
    }
}

/// The names of cookies that hold a choice: the site's own, and those of known banners.
fn compile_choice_names(charter: &Charter) -> Result<Matcher, Vec<Problem>> {
    let mut builder = MatcherBuilder::default();
    add_choice_names(&mut builder, charter);
    add_choice_patterns(&mut builder).and_then(|()| builder.build()).map_err(|error| vec![of_all(&error)])
}

fn add_choice_patterns(builder: &mut MatcherBuilder) -> Result<(), PatternError> {
    let mut patterns = choice_cookies::PATTERNS.iter().map(|pattern| NamePattern::Regex((*pattern).to_owned()));
    patterns.try_for_each(|pattern| builder.pattern(&pattern, Found::Choice))
}

fn add_choice_names(builder: &mut MatcherBuilder, charter: &Charter) {
    let own = charter.banners.iter().flat_map(|rules| rules.format.names(rules.cookie.as_deref()));
    for name in own.map(|(name, _)| name).chain(choice_cookies::names()) {
        builder.name(name.as_bytes(), Found::Choice);
    }
}

fn seconds(lifetime: Lifetime) -> Option<u32> {
    match lifetime {
        Lifetime::Session => None,
        Lifetime::Seconds(seconds) => Some(seconds),
    }
}

/// Exact names: declared, then choice. Patterns: choice, declared, infrastructure.
fn compile_names(charter: &Charter) -> Result<Matcher, Vec<Problem>> {
    let faulty = faulty_patterns(charter);
    if faulty.is_empty() { join_names(charter).map_err(|error| vec![of_all(&error)]) } else { Err(faulty) }
}

fn join_names(charter: &Charter) -> Result<Matcher, PatternError> {
    let mut builder = MatcherBuilder::default();
    add_choice_patterns(&mut builder)?;
    for (index, cookie) in charter.cookies.iter().enumerate() {
        builder.pattern(&cookie.name, Found::Declared(index))?;
    }
    add_choice_names(&mut builder, charter);
    for glob in &charter.infrastructure {
        builder.pattern(&NamePattern::Glob(glob.clone()), Found::Infrastructure)?;
    }
    builder.build()
}

/// The patterns that cannot be used.
fn faulty_patterns(charter: &Charter) -> Vec<Problem> {
    let faulty = |(index, cookie): (usize, &DeclaredCookie)| {
        let error = check(&cookie.name).err()?;
        Some(problem(KeyPath::default().key("cookie").index(index).key("regex"), &error))
    };
    charter.cookies.iter().enumerate().filter_map(faulty).collect()
}

/// The problem if no pattern alone fails: all of them together are too large.
fn of_all(error: &PatternError) -> Problem {
    problem(KeyPath::default().key("cookie"), error)
}

fn problem(path: KeyPath, error: &PatternError) -> Problem {
    let help = "write a regular expression without look-around; it is matched against the whole name, byte by byte";
    Problem { path, message: format!("this name pattern cannot be used: {error}"), help: Some(help.to_owned()) }
}

fn expressible(categories: &[CompiledCategory]) -> CategorySet {
    let mut set = CategorySet::default();
    for (index, category) in (0..).zip(categories) {
        if category.need == Need::Required && !category.keys.is_empty() {
            set.insert(CategoryId::from(CategoryIndex(index)));
        }
    }
    set
}

//! The `[consent]` tables: one for each banner.
//!
//! The options of a format (its words, its separator) are checked against the format that the table names.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use crate::charter::document::{BannersDocument, ConsentDocument, KeyTarget};
use crate::charter::{BannerRules, CategoryIndex, Charter, Combine, Gpc, KeyPath, Problem};
use crate::consent::{Choices, Format, FormatOption, Options};

/// What the tables come to.
pub(super) struct Banners {
    pub(super) rules: Vec<BannerRules>,
    pub(super) combine: Combine,
    pub(super) gpc: Gpc,
}

impl<'a> Check<'a> {
    pub(super) fn banners(&mut self, document: Option<&'a BannersDocument>, path: &KeyPath) -> Banners {
        let tables: Vec<(&ConsentDocument, KeyPath)> = match document {
            None => Vec::new(),
            Some(BannersDocument::One(table)) => vec![(table, path.clone())],
            Some(BannersDocument::Several(tables)) => {
                tables.iter().enumerate().map(|(index, table)| (table, path.index(index))).collect()
            }
        };
        if let Some((_, path)) = tables.get(Choices::MAX) {
            self.report(path.clone(), format!("{} banners, where {} are the most", tables.len(), Choices::MAX));
        }
        let combine = self.combine(&tables);
        let gpc = tables.iter().map(|(table, _)| table.gpc).find(|gpc| *gpc == Gpc::Refuse);
        let rules = tables.iter().filter_map(|(table, path)| self.banner(table, path)).collect();
        self.shared_names(&tables);
        Banners { rules, combine, gpc: gpc.unwrap_or_default() }
    }

    fn combine(&mut self, tables: &[(&ConsentDocument, KeyPath)]) -> Combine {
        let mut written = tables.iter().filter_map(|(table, path)| Some((table.combine?, path)));
        let Some((combine, _)) = written.next() else { return Combine::All };
        if let Some((_, path)) = written.find(|(other, _)| *other != combine) {
            let problem = Problem::new(path.key("combine"), "another banner says otherwise");
            self.problems.push(problem.with_help("`combine` is said once, for all of them"));
        }
        combine
    }

    fn banner(&mut self, table: &'a ConsentDocument, path: &KeyPath) -> Option<BannerRules> {
        if let Some(cookie) = &table.cookie {
            self.possible_name(cookie, &path.key("cookie"));
        }
        let valid_for = self.length(Some(&table.valid_for), &path.key("valid_for"));
        let format = table.format.0;
        let options = self.options(table, format, path);
        let keys = match &table.keys {
            Some(keys) => self.keys(keys, &path.key("keys")),
            None => self.format_keys(format),
        };
        Some(BannerRules {
            cookie: table.cookie.clone(),
            format,
            options,
            valid_for: valid_for?,
            undated: table.undated.into(),
            keys,
        })
    }

    /// What the format leaves to the site; a key that the format does not have is a problem.
    fn options(&mut self, table: &ConsentDocument, format: Format, path: &KeyPath) -> Options {
        let written = [
            (FormatOption::Path, table.path.is_some()),
            (FormatOption::Granted, table.granted.is_some()),
            (FormatOption::Refused, table.refused.is_some()),
            (FormatOption::Separator, table.separator.is_some()),
            (FormatOption::Assign, table.assign.is_some()),
            (FormatOption::Revision, table.revision.is_some()),
            (FormatOption::MinPolicyVersion, table.min_policy_version.is_some()),
            (FormatOption::RequireDisclosedVendors, table.require_disclosed_vendors.is_some()),
        ];
        for (option, _) in written.iter().filter(|(option, written)| *written && !format.options().contains(option)) {
            let (key, word) = (option.key(), format.word());
            self.report(path.key(key), format!("the format `{word}` has no `{key}`"));
        }
        self.words(table, format, path);
        let mut options = format.default_options();
        if let Some(path) = &table.path {
            options.path = path.split('.').map(str::to_owned).collect();
        }
        if let Some(granted) = &table.granted {
            options.granted.clone_from(granted);
        }
        if let Some(refused) = &table.refused {
            options.refused = Some(refused.clone());
        }
        if let Some(separator) = &table.separator {
            options.separator.clone_from(separator);
        }
        if let Some(assign) = &table.assign {
            options.assign.clone_from(assign);
        }
        options.revision = table.revision;
        options.min_policy_version = table.min_policy_version.unwrap_or(options.min_policy_version);
        options.require_disclosed_vendors = table.require_disclosed_vendors.unwrap_or_default();
        self.needed(&options, format, path);
        options
    }

    /// What a generic format cannot read anything without.
    fn needed(&mut self, options: &Options, format: Format, path: &KeyPath) {
        for (option, is_empty) in [
            (FormatOption::Separator, options.separator.is_empty()),
            (FormatOption::Assign, options.assign.is_empty()),
            (FormatOption::Granted, options.granted.is_empty()),
        ] {
            if is_empty && format.options().contains(&option) && self.unreported(&path.key(option.key())) {
                self.problems.push(Problem::missing(path, option.key()));
            }
        }
    }

    /// Words that mean two things or nothing, and the cookie of a format that has none of its own.
    fn words(&mut self, table: &ConsentDocument, format: Format, path: &KeyPath) {
        for (key, text) in [("separator", &table.separator), ("assign", &table.assign), ("path", &table.path)] {
            if text.as_ref().is_some_and(String::is_empty) {
                self.report(path.key(key), format!("`{key}` is empty"));
            }
        }
        if table.granted.iter().flatten().any(|word| word.trim().is_empty()) {
            let problem = Problem::new(path.key("granted"), "an empty word cannot agree");
            self.problems.push(problem.with_help("an emptied cookie would be an agreement"));
        }
        let is_cookie_missing = format.names(None).is_empty() && table.cookie.is_none();
        if is_cookie_missing {
            let problem = Problem::missing(path, "cookie");
            self.problems.push(problem.with_help(match table.format.0 {
                Format::Iubenda => "the cookie of iubenda is `_iub_cs-` and the site's number: `_iub_cs-12345678`",
                _ => "this format reads the cookie of any banner: say which",
            }));
        }
        let granted = table.granted.iter().flatten();
        let both = granted.filter(|word| table.refused.iter().flatten().any(|refused| refused == *word));
        for word in both {
            self.problems.push(Problem::new(path.key("refused"), format!("`{word}` also agrees, by `granted`")));
        }
    }

    fn keys(&mut self, keys: &BTreeMap<String, KeyTarget>, path: &KeyPath) -> BTreeMap<String, Vec<CategoryIndex>> {
        let mut mapped = BTreeMap::new();
        for (key, target) in keys {
            let path = path.key(key);
            let one_by_one = target.ids().iter().enumerate().map(|(index, id)| {
                let is_array = matches!(target, KeyTarget::Several(_));
                (id, if is_array { path.index(index) } else { path.clone() })
            });
            let known = one_by_one.filter_map(|(id, path)| self.category(id, &path, &[])).collect();
            mapped.insert(key.clone(), known);
        }
        mapped
    }

    /// The table of the format itself, as far as the charter has its categories.
    fn format_keys(&self, format: Format) -> BTreeMap<String, Vec<CategoryIndex>> {
        let known = |(key, id): &(&str, &str)| Some(((*key).to_owned(), vec![self.index(id)?]));
        format.default_keys().iter().filter_map(known).collect()
    }

    /// Two banners may not read the same cookie, because they would read it in two ways.
    fn shared_names(&mut self, tables: &[(&ConsentDocument, KeyPath)]) {
        let mut taken = BTreeSet::new();
        for (table, path) in tables {
            let names = table.format.0.names(table.cookie.as_deref());
            let shared = names.iter().find(|(name, _)| taken.contains(name)).map(|(name, _)| name.clone());
            if let Some(name) = shared {
                let problem = Problem::new(path.key("cookie"), format!("another banner has the cookie `{name}`, too"));
                self.problems.push(problem.with_help("say with `cookie` how this one calls its own"));
            }
            taken.extend(names.into_iter().map(|(name, _)| name));
        }
    }

    pub(super) fn key_count(&mut self, charter: &Charter, root: &KeyPath) {
        let own: BTreeSet<_> = charter.own_keys().collect();
        let of = |rules: &BannerRules| own.iter().copied().chain(rules.keys.keys()).collect::<BTreeSet<_>>().len();
        let count: usize = charter.banners.iter().map(of).sum();
        if count > Charter::MAX_KEYS {
            let message = format!("{count} keys of the choice, where {} are the most", Charter::MAX_KEYS);
            self.report(root.key("consent").key("keys"), message);
        }
    }
}

//! Checks the built crates by the rules of `deny.toml`: no banned crate, only known licences, no second version of a crate
//! without a reason.
//!
//! The crates come from `cargo tree` and not from `Cargo.lock`, which also names crates that no feature of octroi enables.

// If cargo or a file cannot be read, the test must fail aloud.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

#[derive(Deserialize)]
struct Rules {
    licenses: Licenses,
    bans: Bans,
}

#[derive(Deserialize)]
struct Licenses {
    allow: Vec<String>,
    exceptions: Vec<Exception>,
}

/// A crate whose licence is allowed for it alone.
#[derive(Deserialize)]
struct Exception {
    #[serde(rename = "crate")]
    package: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Argued>,
    skip: Vec<Argued>,
}

/// A crate, with the beginning of a version if it is `name:1.2`, and why it is in the list.
#[derive(Deserialize)]
struct Argued {
    #[serde(rename = "crate")]
    package: String,
    reason: String,
}

impl Argued {
    fn matches(&self, built: &Built) -> bool {
        match self.package.split_once(':') {
            None => self.package == built.name,
            Some((name, version)) => {
                name == built.name && format!("{}.", built.version).starts_with(&format!("{version}."))
            }
        }
    }
}

impl Rules {
    fn read() -> Self {
        toml::from_str(include_str!("../deny.toml")).unwrap()
    }

    /// What is wrong with a set of crates, each fault with what to do.
    fn faults(&self, built: &BTreeSet<Built>) -> Vec<String> {
        let mut faults: Vec<_> = built.iter().filter_map(|built| self.banned(built)).collect();
        faults.extend(built.iter().filter_map(|built| self.unlicensed(built)));
        faults.extend(self.idle_exceptions(built));
        faults.extend(self.duplicates(built));
        faults
    }

    fn banned(&self, built: &Built) -> Option<String> {
        let ban = self.bans.deny.iter().find(|ban| ban.matches(built))?;
        Some(format!("{built} is banned: {}. `cargo tree -i {}` says who brings it", ban.reason, built.name))
    }

    fn unlicensed(&self, built: &Built) -> Option<String> {
        let of_it = self.licenses.exceptions.iter().filter(|exception| exception.package == built.name);
        let allowed: Vec<_> = of_it.flat_map(|exception| &exception.allow).chain(&self.licenses.allow).collect();
        let allowed = |licence: &str| allowed.iter().any(|allowed| *allowed == licence);
        (!satisfied(&built.licence, &allowed)).then(|| {
            format!("{built} is under `{}`: find another crate, or argue the licence in deny.toml", built.licence)
        })
    }

    fn idle_exceptions(&self, built: &BTreeSet<Built>) -> impl Iterator<Item = String> {
        let is_built = |package: &str| built.iter().any(|built| built.name == package);
        let idle = self.licenses.exceptions.iter().filter(move |exception| !is_built(&exception.package));
        idle.map(|exception| format!("`{}` is not built: take it out of `exceptions` in deny.toml", exception.package))
    }

    /// Crates in two versions if at most one is not argued, and arguments that are idle.
    fn duplicates(&self, built: &BTreeSet<Built>) -> Vec<String> {
        let mut versions: BTreeMap<&str, Vec<&Built>> = BTreeMap::new();
        for built in built {
            versions.entry(&built.name).or_default().push(built);
        }
        let several: Vec<_> = versions.into_values().filter(|versions| versions.len() > 1).collect();
        let is_argued = |built: &&&Built| self.bans.skip.iter().any(|skip| skip.matches(built));
        let unargued = several.iter().filter(|versions| versions.iter().filter(|built| !is_argued(built)).count() > 1);
        let unargued = unargued.map(|versions| {
            let versions: Vec<_> = versions.iter().map(ToString::to_string).collect();
            format!(
                "{} are both built: align them, or argue the older under `skip` in deny.toml",
                versions.join(" and ")
            )
        });
        let idle = self.bans.skip.iter().filter(|skip| !several.iter().flatten().any(|built| skip.matches(built)));
        let idle =
            idle.map(|skip| format!("`{}` is no duplicate any more: take it out of `skip` in deny.toml", skip.package));
        unargued.chain(idle).collect()
    }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Built {
    name: String,
    version: String,
    licence: String,
}

impl std::fmt::Display for Built {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {}", self.name, self.version)
    }
}

impl Built {
    /// Reads `name v1.2.3 (proc-macro)|licence`.
    fn read(line: &str) -> Self {
        let (package, licence) = line.split_once('|').unwrap();
        let mut words = package.split(' ');
        let (name, version) = (words.next().unwrap(), words.next().unwrap());
        let version = version.trim_start_matches('v');
        Self { name: name.to_owned(), version: version.to_owned(), licence: licence.to_owned() }
    }
}

/// All crates that this machine builds for the crate, its tests and its benches.
fn built() -> BTreeSet<Built> {
    let arguments =
        "tree --locked --offline --all-features -e normal,build,dev --prefix none --no-dedupe --format {p}|{l}";
    let cargo = Command::new(env!("CARGO"))
        .args(arguments.split(' '))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs, as it runs this test");
    assert!(cargo.status.success(), "cargo tree: {}", String::from_utf8_lossy(&cargo.stderr));
    String::from_utf8(cargo.stdout).unwrap().lines().filter(|line| !line.is_empty()).map(Built::read).collect()
}

/// Whether an SPDX expression can be met with allowed licences alone; `/` is the old way to write OR.
fn satisfied(expression: &str, allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<_> = spaced.split_whitespace().collect();
    let (met, rest) = alternatives(&words, allowed);
    met && rest.is_empty()
}

fn alternatives<'a>(words: &'a [&'a str], allowed: &dyn Fn(&str) -> bool) -> (bool, &'a [&'a str]) {
    let (mut met, mut rest) = requirements(words, allowed);
    while let ["OR", after @ ..] = rest {
        let (next, after) = requirements(after, allowed);
        (met, rest) = (met || next, after);
    }
    (met, rest)
}

fn requirements<'a>(words: &'a [&'a str], allowed: &dyn Fn(&str) -> bool) -> (bool, &'a [&'a str]) {
    let (mut met, mut rest) = licence(words, allowed);
    while let ["AND", after @ ..] = rest {
        let (next, after) = licence(after, allowed);
        (met, rest) = (met && next, after);
    }
    (met, rest)
}

fn licence<'a>(words: &'a [&'a str], allowed: &dyn Fn(&str) -> bool) -> (bool, &'a [&'a str]) {
    match words {
        ["(", rest @ ..] => match alternatives(rest, allowed) {
            (met, [")", after @ ..]) => (met, after),
            (_, after) => (false, after),
        },
        [name, "WITH", exception, rest @ ..] => (allowed(&format!("{name} WITH {exception}")), rest),
        [name, rest @ ..] => (allowed(name), rest),
        [] => (false, &[]),
    }
}

#[test]
fn what_is_built_keeps_the_rules() {
    let built = built();
    assert!(built.len() > 50, "only {} crates were seen", built.len());
    let faults = Rules::read().faults(&built);
    assert!(faults.is_empty(), "{} faults:\n{}\n", faults.len(), faults.join("\n"));
}

#[test]
fn every_entry_has_a_reason() {
    let Bans { deny, skip } = Rules::read().bans;
    assert!(deny.iter().chain(&skip).all(|entry| !entry.reason.is_empty()));
    for banned in
        ["ring", "openssl-sys", "native-tls", "serde_yaml", "serde_yml", "rustls-pemfile", "paste", "async-std"]
    {
        assert!(deny.iter().any(|entry| entry.package == banned), "{banned}");
    }
}

#[test]
fn the_checker_finds_each_fault() {
    let mut rules = Rules::read();
    rules.bans.skip.retain(|skip| skip.package == "syn:2");
    rules.licenses.exceptions.retain(|exception| exception.package == "selectors");
    let syn = ["syn v2.0.1|MIT", "syn v3.0.1|MIT", "selectors v0.37.0|MPL-2.0"];
    let faults = |lines: &[&str]| {
        let built: BTreeSet<_> = lines.iter().chain(&syn).map(|line| Built::read(line)).collect();
        rules.faults(&built).len()
    };
    assert_eq!(faults(&["a v1.0.0|MIT"]), 0);
    assert_eq!(faults(&["a v1.0.0|MIT", "a v2.0.0 (proc-macro)|MIT"]), 1);
    assert_eq!(faults(&["ring v0.17.14|MIT"]), 1);
    assert_eq!(faults(&["a v1.0.0|GPL-3.0-only"]), 1);
    assert_eq!(faults(&["a v1.0.0|MPL-2.0"]), 1);
    assert_eq!(faults(&["a v1.0.0|"]), 1);
    assert_eq!(faults(&["syn v1.0.9|MIT"]), 1);
    assert_eq!(faults(&["syn v20.0.0|MIT"]), 1);
    let without_syn = BTreeSet::from([Built::read("syn v3.0.1|MIT"), Built::read("selectors v0.37.0|MPL-2.0")]);
    assert_eq!(rules.faults(&without_syn).len(), 1, "an idle argument");
    let without_selectors = syn[..2].iter().map(|line| Built::read(line)).collect();
    assert_eq!(rules.faults(&without_selectors).len(), 1, "an idle exception");
}

#[test]
fn licence_expressions_are_read_as_spdx_means_them() {
    let allowed = |licence: &str| matches!(licence, "MIT" | "ISC" | "Apache-2.0");
    for met in [
        "MIT", "MIT OR GPL-3.0", "GPL-3.0/MIT", "(MIT OR GPL-3.0) AND ISC", "MIT AND (GPL-3.0 OR ISC)",
        "GPL-3.0 OR MIT AND ISC",
    ] {
        assert!(satisfied(met, &allowed), "{met}");
    }
    for unmet in
        ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR ISC) AND GPL-3.0", "Apache-2.0 WITH X", "(MIT", "MIT MIT", "mit"]
    {
        assert!(!satisfied(unmet, &allowed), "{unmet}");
    }
}

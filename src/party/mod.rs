//! Third parties: which other hosts a page may ask, by the charter and the visitor's choice.
//!
//! The unit is the request to another host, not a cookie: cookies that another server sets, or its script writes, are never sent
//! through octroi. So the browser is told by a content security policy which hosts the page may ask. [`Parties`] holds the text
//! of the policy for each set of grants, made when the charter is put in force; for a page it only chooses one
//! ([`Parties::decide`]).
//!
//! Judged like cookies, and monotone as well: more consent never holds more.

mod path_owners;
mod policy_text;
mod relations;
mod report;
#[cfg(test)]
mod tests;
mod urls;

pub use relations::names_only_a_page;
pub use urls::{BaseUrls, PAGE_HOST, refresh_url};

pub use report::{Directive, NoReport, Report};

use path_owners::PathOwners;

use crate::charter::{CategoryIndex, Charter, Enforcement, PartyHost, PartyPath, ThirdParties, ThirdParty};
use crate::consent::KeySet;
use crate::policy::{Consent, Judgement, Policy, Verdict};

/// A site's third parties, compiled.
#[derive(Debug)]
pub struct Parties {
    /// In the order of the charter.
    all: Vec<Party>,
    /// All conditions of the parties, each once.
    conditions: Vec<Condition>,
    /// The policy of each set of conditions that are met; a set is the number whose bits are theirs.
    texts: Vec<String>,
    /// The conditions of parties that have hosts: a policy says nothing of the others.
    with_hosts: usize,
    /// The owners of paths of the site's own host.
    paths: PathOwners,
}

#[derive(Debug)]
struct Party {
    id: Box<str>,
    hosts: Vec<PartyHost>,
    /// Its index among the conditions.
    condition: usize,
}

/// What must be granted for a party: its category, or a key of its own. An exempt category is always granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Condition {
    category: CategoryIndex,
    key: Option<KeySet>,
}

/// The policies of a page, as indices of [`Parties::texts`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// The policy that browsers enforce. `None`: the page may ask any host.
    pub enforced: Option<usize>,
    /// The policy that would be, if all were enforced and it is another one.
    pub reported: Option<usize>,
    /// The conditions that a page's own HTML is judged by. `None`: nobody is held.
    pub rewritten: Option<usize>,
    /// The conditions that the visitor's choice meets.
    met: usize,
    /// Whether hosts that are not declared may be asked.
    undeclared: bool,
}

impl Parties {
    /// Compiles a charter's third parties; `None` if it has no `[third_parties]`.
    pub fn compile(charter: &Charter, policy: &Policy) -> Option<Self> {
        let ThirdParties { parties, .. } = charter.third_parties.as_ref()?;
        let paths = PathOwners::new(parties);
        let mut conditions: Vec<Condition> = Vec::new();
        let parties: Vec<Party> = parties.iter().map(|party| compile_party(party, policy, &mut conditions)).collect();
        let sets = 0..1_usize << conditions.len().min(ThirdParties::MAX_CONDITIONS);
        let texts = sets.map(|met| {
            let hosts = parties.iter().filter(|party| met >> party.condition & 1 == 1).flat_map(|party| &party.hosts);
            policy_text::policy_text(hosts)
        });
        let texts = texts.collect();
        let with_hosts = parties.iter().filter(|party| !party.hosts.is_empty());
        let with_hosts = with_hosts.fold(0, |conditions, party| conditions | 1 << party.condition);
        Some(Self { texts, conditions, with_hosts, paths, all: parties })
    }

    /// The policies, one for each set of grants. The last one allows every party that is declared.
    pub fn texts(&self) -> &[String] {
        &self.texts
    }

    /// The ids of the parties, in the order of the charter.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|party| &*party.id)
    }

    /// Chooses the policies of a page. `enforcement` is the site's own.
    pub fn decide(&self, policy: &Policy, consent: &Consent, enforcement: Enforcement) -> Decision {
        let is_enforced = |judged: &Judgement| policy.enforcement(judged.category, enforcement) == Enforcement::Enforce;
        let (mut met, mut lenient) = (0, 0);
        for (index, condition) in self.conditions.iter().enumerate() {
            let judged = policy.judge_third_party(Some(condition.category), condition.key, consent);
            if judged.verdict == Verdict::Pass {
                met |= 1 << index;
            } else if !is_enforced(&judged) {
                lenient |= 1 << index;
            }
        }
        let undeclared = policy.judge_third_party(None, None, consent);
        let passes = undeclared.verdict == Verdict::Pass;
        let all = self.texts.len().saturating_sub(1);
        let holding = |met: usize| (!passes || met != all).then_some(met);
        let telling = |met: usize| holding(met).filter(|met| !passes || !met & self.with_hosts != 0);
        // A policy holds all hosts that it does not list: it cannot be enforced for declared hosts only.
        if is_enforced(&undeclared) {
            Decision {
                enforced: telling(met | lenient),
                reported: telling(met).filter(|_| lenient & self.with_hosts != 0),
                rewritten: holding(met | lenient),
                met,
                undeclared: passes,
            }
        } else {
            Decision { enforced: None, reported: telling(met), rewritten: None, met, undeclared: passes }
        }
    }

    /// The declared party that a host and port belong to, and its index. `port`: `None` for the scheme's own.
    pub fn find(&self, host: &str, port: Option<u16>) -> Option<(usize, &str)> {
        let mut declared = self.all.iter().enumerate();
        declared.find(|(_, party)| party.covers(host, port)).map(|(index, party)| (index, &*party.id))
    }

    /// The judgement of a request to a host: by the most lenient declaration that covers it, as in a policy.
    pub fn judge(&self, policy: &Policy, host: &str, port: Option<u16>, consent: &Consent) -> Judgement {
        let covering = self.all.iter().filter(|party| party.covers(host, port));
        let mut judged = covering
            .filter_map(|party| self.conditions.get(party.condition))
            .map(|condition| policy.judge_third_party(Some(condition.category), condition.key, consent));
        let first = judged.next();
        let passing = first
            .filter(|first| first.verdict == Verdict::Pass)
            .or_else(|| judged.find(|other| other.verdict == Verdict::Pass));
        passing.or(first).unwrap_or_else(|| policy.judge_third_party(None, None, consent))
    }

    /// Whether a page under the policy with this index may ask a host.
    pub fn allows(&self, met: usize, host: &str, port: Option<u16>) -> bool {
        self.all.iter().any(|party| met >> party.condition & 1 == 1 && party.covers(host, port))
    }

    /// The declared party that a path of the site's own host belongs to: its index, and the path that covers it.
    pub fn at_path(&self, path: &str) -> Option<(usize, &PartyPath)> {
        self.paths.find(path)
    }

    /// The judgement of a request to the party with this index.
    pub fn judge_declared(&self, policy: &Policy, index: usize, consent: &Consent) -> Judgement {
        let condition = self.all.get(index).and_then(|party| self.conditions.get(party.condition));
        let (category, key) = condition.map(|condition| (condition.category, condition.key)).unzip();
        policy.judge_third_party(category, key.flatten(), consent)
    }

    /// Whether the party with this index may be asked under these conditions.
    pub fn is_met(&self, met: usize, index: usize) -> bool {
        self.all.get(index).is_some_and(|party| met >> party.condition & 1 == 1)
    }

    /// The parties that have paths of their own: their indices and ids, and whether requests there are held or only counted.
    pub fn with_paths(&self, policy: &Policy, site: Enforcement) -> impl Iterator<Item = (usize, &str, Enforcement)> {
        let with_paths = self.all.iter().enumerate().filter(|(index, _)| self.paths.has(*index));
        with_paths.map(move |(index, party)| {
            let category = self.conditions.get(party.condition).map(|condition| condition.category.into());
            (index, &*party.id, category.map_or(site, |category| policy.enforcement(category, site)))
        })
    }

    /// Whether the party with this index is held, by the choice alone; beyond the last one, whether undeclared hosts are.
    pub fn is_held_by(&self, decision: Decision, index: usize) -> bool {
        self.all.get(index).map_or(!decision.undeclared, |party| decision.met >> party.condition & 1 == 0)
    }

    /// Whether each party is held or only counted; last, whether undeclared hosts are.
    pub fn enforcements(&self, policy: &Policy, site: Enforcement) -> impl Iterator<Item = Enforcement> {
        let undeclared = policy.enforcement(policy.judge_third_party(None, None, &Consent::default()).category, site);
        let of = move |party: &Party| {
            let category = self.conditions.get(party.condition).map(|condition| condition.category.into());
            let own = category.map_or(site, |category| policy.enforcement(category, site));
            if undeclared == Enforcement::Enforce { own } else { undeclared }
        };
        self.all.iter().map(of).chain([undeclared])
    }
}

impl Party {
    fn covers(&self, host: &str, port: Option<u16>) -> bool {
        self.hosts.iter().any(|known| known.covers(host, port))
    }
}

fn compile_party(party: &ThirdParty, policy: &Policy, conditions: &mut Vec<Condition>) -> Party {
    let key = party.key.as_deref().map(|key| policy.key(key));
    let wanted = Condition { category: party.category, key };
    let known = conditions.iter().position(|condition| *condition == wanted);
    let condition = known.unwrap_or_else(|| {
        conditions.push(wanted);
        conditions.len() - 1
    });
    Party { id: party.id.as_str().into(), hosts: party.hosts.clone(), condition }
}

//! What a person asks first, and what the figures answer.
//!
//! It computes nothing anew: the figures are those of each site's `SiteView`, and the sentences those of `words`.

use super::moment_of;
use super::site::SiteView;
use super::words::{Words, filled};
use crate::charter::Enforcement;
use crate::reload::Status;

/// Names in one sentence.
const MOST_NAMES: usize = 3;

/// A question with its answer.
pub(super) struct Answer {
    pub(super) question: &'static str,
    /// Colours the box.
    pub(super) mark: Mark,
    /// The mark in words, for readers who cannot see the colour.
    pub(super) word: &'static str,
    /// At least one; each is a paragraph.
    pub(super) sentences: Vec<String>,
}

/// How pressing an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing to do.
    Fine,
    /// A person should judge whether it is right.
    Look,
    /// Something failed.
    Wrong,
}

impl Mark {
    /// The class of the style sheet. `page.css` knows these names.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Look => "look",
            Self::Wrong => "wrong",
        }
    }
}

/// Four answers, always in this order: does too much pass, is too much stopped, is the charter true, did the last
/// reload work.
pub(super) fn answers(sites: &[SiteView], status: &Status, words: &Words) -> Vec<Answer> {
    vec![passing(sites, words), needed(sites, words), true_charter(sites, words), reload(status, words)]
}

fn answer(question: &'static str, mark: Mark, sentences: Vec<String>, words: &Words) -> Answer {
    let word = match mark {
        Mark::Fine => words.questions.fine,
        Mark::Look => words.questions.look,
        Mark::Wrong => words.questions.wrong,
    };
    Answer { question, mark, word, sentences }
}

/// `fine` is the answer if nobody finds anything.
fn unless_found(question: &'static str, found: Vec<String>, fine: &str, words: &Words) -> Answer {
    if found.is_empty() {
        return answer(question, Mark::Fine, vec![fine.to_owned()], words);
    }
    answer(question, Mark::Look, found, words)
}

/// Names the sites that only report, and those on which undeclared cookies pass because visitors agreed to everything.
fn passing(sites: &[SiteView], words: &Words) -> Answer {
    let questions = &words.questions;
    let mut found = Vec::new();
    for site in sites {
        if site.is_reporting {
            found.push(filled(questions.only_reported, &[&site.name, &words.number(site.only_reported)]));
        }
        if site.undeclared_passed > 0 {
            let passed = words.number(site.undeclared_passed);
            found.push(filled(questions.undeclared_passes, &[&site.name, &passed]));
        }
    }
    unless_found(questions.passing, found, questions.nothing_passes, words)
}

/// Names the undeclared cookies that the portal sets and octroi stops, or would stop if it did not only report, and those of
/// them that look like sessions.
fn needed(sites: &[SiteView], words: &Words) -> Answer {
    let questions = &words.questions;
    let mut found = Vec::new();
    for site in sites {
        let sentence = match site.of_undeclared {
            Enforcement::Enforce => questions.stopped,
            Enforcement::ReportOnly => questions.would_be_stopped,
        };
        let stopped = || site.drift.undeclared.iter().filter(|name| name.is_stopped());
        let count = stopped().count();
        if count > 0 {
            let names = names(stopped().map(|name| name.name.as_str()));
            let count = words.number(u64::try_from(count).unwrap_or(u64::MAX));
            found.push(filled(sentence, &[&site.name, &count, &names]));
        }
        let sessions = names(stopped().filter(|name| name.looks_like_session()).map(|name| name.name.as_str()));
        if !sessions.is_empty() {
            found.push(filled(questions.sessions, &[&site.name, &sessions]));
        }
    }
    unless_found(questions.needed, found, questions.nothing_needed, words)
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<_> = names.take(MOST_NAMES + 1).collect();
    if all.len() > MOST_NAMES {
        all.truncate(MOST_NAMES);
        all.push("…");
    }
    all.join(", ")
}

/// Counts the undeclared names and the cookies that outlive their declaration.
fn true_charter(sites: &[SiteView], words: &Words) -> Answer {
    let questions = &words.questions;
    let mut found = Vec::new();
    for site in sites {
        let counts = [
            (questions.undeclared, site.drift.undeclared.len().saturating_add(site.drift.more)),
            (questions.longer, site.drift.longer.len()),
        ];
        for (sentence, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            let count = words.number(u64::try_from(count).unwrap_or(u64::MAX));
            found.push(filled(sentence, &[&site.name, &count]));
        }
    }
    unless_found(questions.true_charter, found, questions.charter_is_true, words)
}

/// The worst that holds: failed, waiting to be put in force, in force but for what needs a restart, in force.
fn reload(status: &Status, words: &Words) -> Answer {
    let questions = &words.questions;
    let (mark, sentence) = if let Some(failure) = &status.failure {
        let (since, next) = (moment_of(failure.since), moment_of(failure.next_try.clock));
        let attempts = words.number(failure.attempts.into());
        (Mark::Wrong, filled(questions.reload_failed, &[&since, &attempts, &next]))
    } else if let Some(held) = &status.held {
        let until = moment_of(held.until.clock);
        (Mark::Look, filled(questions.reload_waits, &[&until, &held.losses.join(", ")]))
    } else if !status.kept.is_empty() {
        (Mark::Look, filled(questions.needs_restart, &[&status.kept.join(", ")]))
    } else {
        (Mark::Fine, filled(questions.reload_worked, &[&moment_of(status.since)]))
    };
    answer(questions.reload, mark, vec![sentence], words)
}

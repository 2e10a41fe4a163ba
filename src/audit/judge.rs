//! The second reading: each request and response passes through the gate, and the verdicts are recorded in the ledger.
//!
//! The cookies of another site's host are judged only by the declarations that name its domain: the same name there may
//! be another cookie. [`State`] says which choice counts.

use std::sync::Arc;

use super::Audit;
use super::ledger::{Asked, Ledger, Life};
use super::recording::{Behaviour, Call, Entry, SentField, sent_field, set_lines};
use super::survey::Survey;
use crate::charter::CategoryIndex;
use crate::consent::{Choice, Choices, KeySet, Reading};
use crate::cookie::{SetCookie, pairs, parse_cookie_date};
use crate::gate::{Fields, JudgedLine, RequestOutcome, RequestView, ResponseView, Visitor, says_gpc};
use crate::policy::{CategoryId, Judgement, Verdict};
use crate::snapshot::Site;

/// The choice by which a recording is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The choice that the recording itself shows
    #[default]
    Recorded,
    /// As if the visitor had said nothing
    Nothing,
    /// As if the visitor had refused everything
    Refused,
    /// As if the visitor had accepted everything
    Accepted,
}

/// The other fields of a head, as the gate reads them: a response's `Date`, and no others.
#[derive(Default)]
struct OtherFields<'a> {
    date: Option<&'a [u8]>,
}

impl Fields for OtherFields<'_> {
    fn values<'a>(&'a self, name: &'static str) -> impl Iterator<Item = &'a [u8]> {
        self.date.into_iter().filter(move |_| name == "date")
    }

    fn count(&self) -> usize {
        usize::from(self.date.is_some())
    }

    fn accept_html(&self) -> bool {
        false
    }
}

/// Judges the entries of one recording.
pub(super) struct EntryJudge<'a> {
    audit: &'a Audit,
    survey: &'a Survey,
    /// The results so far.
    pub(super) ledger: Ledger,
}

impl<'a> EntryJudge<'a> {
    pub(super) fn new(audit: &'a Audit, survey: &'a Survey) -> Self {
        Self { audit, survey, ledger: Ledger::default() }
    }

    /// Judges a request and its response: each pair and each line, in the order of the recording. Deletions are skipped.
    pub(super) fn call(&mut self, call: &Call, entry: &Entry, behaviour: Behaviour) {
        let is_third_party = call.site() != self.survey.first_party;
        let site = if is_third_party { self.audit.third_party(&call.host) } else { &self.audit.own };
        let SentField { field, unreadable, .. } = sent_field(entry);
        let request = self.request(call, site, &field, says_gpc([entry.gpc.as_slice()].into_iter()));
        if is_third_party {
            let asked = if self.is_refused(call, &request.visitor) { Asked::Refused } else { Asked::Agreed };
            let declared = self.audit.declared_party(call);
            self.ledger.third_party(call, None, declared, asked);
        } else {
            self.own_path(call, &request.visitor, entry.is_refused_by_octroi);
        }
        for pair in pairs(&field) {
            let judgement = self.audit.gate.pair(site, &request.visitor, &pair, call.now()).judgement;
            let judgement = self.of_its_site(judgement, is_third_party, &request.visitor);
            match pair.name {
                Some(name) => self.ledger.sent(call, name, &judgement).is_third_party = is_third_party,
                None => self.ledger.unreadable(call),
            }
        }
        let set = set_lines(entry, behaviour);
        if unreadable > 0 || set.unreadable > 0 {
            self.ledger.unreadable(call);
        }
        let date = Some(entry.date.as_slice()).filter(|date| !date.is_empty());
        for (line, judged) in set.lines.iter().zip(self.response(call, site, &request, &set.lines, date)) {
            let judgement = self.of_its_site(judged.judgement, is_third_party, &request.visitor);
            self.line(call, line, &judgement, date, is_third_party);
        }
    }

    /// Records a request to a path of the portal's own host that the charter gives to a third party. A document is always
    /// the portal's, as in the proxy. What octroi refused never came to the party.
    fn own_path(&mut self, call: &Call, visitor: &Visitor, is_held: bool) {
        let Some(policies) = self.audit.own.page_policies.as_ref().filter(|_| !call.is_document) else { return };
        let is_portal = self.survey.is_elsewhere || call.host == self.audit.charter().site;
        let Some((index, path)) = policies.parties.at_path(&call.path).filter(|_| is_portal) else { return };
        let judged = policies.parties.judge_declared(self.audit.policy(), index, &visitor.consent);
        let asked = match judged.verdict {
            _ if is_held => Asked::Held,
            Verdict::Drop => Asked::Refused,
            _ => Asked::Agreed,
        };
        self.ledger.third_party(call, Some(&path.to_string()), Some(index), asked);
    }

    /// The choice cookie is the visited site's: another site's cookie of the same name is judged as an undeclared one.
    fn of_its_site(&self, judgement: Judgement, is_third_party: bool, visitor: &Visitor) -> Judgement {
        if is_third_party && judgement.category == CategoryId::CHOICE {
            return self.audit.policy().judge_third_party(None, None, &visitor.consent);
        }
        judgement
    }

    /// Passes a request through the gate. Its outcome holds the choice by which the request and its response are judged:
    /// its own only if the state is `Recorded` and the browser sends the choice to its host.
    fn request(&self, call: &Call, site: &Arc<Site>, field: &[u8], gpc: bool) -> RequestOutcome {
        let is_own = self.audit.state == State::Recorded
            && call.site() == self.survey.first_party
            && self.survey.choice_reaches(&call.host);
        let view = RequestView {
            cookies: Some(field).filter(|_| is_own),
            gpc,
            path: &call.path,
            is_get: false,
            is_anonymous: false,
            https: call.https,
            behind_a_proxy: false,
            fields: &OtherFields::default(),
        };
        let mut outcome = self.audit.gate.request(site, &view, call.now());
        if !is_own {
            let choices = self.choices(call);
            let consent = self.audit.policy().consent(&choices, gpc, call.now());
            outcome.visitor = Visitor { choices, consent, gpc };
        }
        outcome
    }

    /// The choice by which a request is judged if its own does not count.
    fn choices(&self, call: &Call) -> Choices {
        let all = |granted: fn(KeySet) -> KeySet, refused: fn(KeySet) -> KeySet| {
            let date = Some(call.now());
            Choices::new(self.audit.policy().banners().map(|banner| {
                let (granted, refused) = (granted(banner.keys.all()), refused(banner.keys.all()));
                Choice { reading: Reading::Given, granted, refused, date, ..Choice::default() }
            }))
        };
        match self.audit.state {
            State::Recorded => self.survey.choices_at(call.at),
            State::Nothing => Choices::default(),
            State::Refused => all(|_| KeySet::EMPTY, |keys| keys),
            State::Accepted => all(|keys| keys, |_| KeySet::EMPTY),
        }
    }

    /// Whether the visitor did not agree to a third party. If the charter has a `[third_parties]` table, it decides. If
    /// not, the categories of the cookies declared for the host do: a cookie of each must pass. A host without any is
    /// judged as undeclared.
    fn is_refused(&self, call: &Call, visitor: &Visitor) -> bool {
        if let Some(policies) = &self.audit.own.page_policies {
            let port = url::Url::parse(&call.url).ok().and_then(|url| url.port());
            let judged = policies.parties.judge(self.audit.policy(), &call.host, port, &visitor.consent);
            return judged.verdict == Verdict::Drop;
        }
        let refuses = |category: Option<CategoryIndex>| {
            self.audit.policy().judge_third_party(category, None, &visitor.consent).verdict == Verdict::Drop
        };
        let mut declared = self.audit.declared_at(&call.host).peekable();
        match declared.peek() {
            None => refuses(None),
            Some(_) => declared.any(|cookie| refuses(Some(cookie.category))),
        }
    }

    /// Passes a response's lines through the gate. If the state assumes a choice, each line is passed alone, so that a
    /// choice which the response sets does not count for its other cookies.
    fn response(
        &self,
        call: &Call,
        site: &Arc<Site>,
        request: &RequestOutcome,
        lines: &[Vec<u8>],
        date: Option<&[u8]>,
    ) -> Vec<JudgedLine> {
        let together = if self.audit.state == State::Recorded { lines.len().max(1) } else { 1 };
        let judged = lines.chunks(together).flat_map(|lines| {
            let response = ResponseView {
                host: &call.host,
                path: &call.path,
                set_cookies: lines.iter().map(Vec::as_slice),
                unreadable: 0,
                fields: &OtherFields { date },
                random: || 0,
            };
            self.audit.gate.response(site, request, &response, call.now()).lines
        });
        judged.collect()
    }

    /// Records a cookie that a response set. A deletion sets none, nor does a line for a domain to which its host does not
    /// belong. `Expires` counts from the response's `Date`, or from the entry's start if there is none.
    fn line(&mut self, call: &Call, text: &[u8], judgement: &Judgement, date: Option<&[u8]>, is_third_party: bool) {
        let Ok(cookie) = SetCookie::parse(text) else { return self.ledger.unreadable(call) };
        let sent = date.and_then(parse_cookie_date).unwrap_or_else(|| call.now());
        let seconds = cookie.life(sent);
        if seconds.is_some_and(|seconds| seconds <= 0) || !call.may_set(&cookie) {
            return;
        }
        let life = seconds.map_or(Life::Session, Life::Seconds);
        self.ledger.set(call, cookie.name(), judgement, life, cookie.named_domain()).is_third_party = is_third_party;
    }
}

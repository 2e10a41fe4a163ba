//! `/explain`: a form, and what octroi would make of one line. The line is in the query, which nothing keeps: the answer is
//! not stored, and no address is told where it leads.

use std::sync::Arc;

use askama::Template;
use http::request::Parts;

use super::Frame;
use super::words::Words;
use crate::cookie::UnixTime;
use crate::explain::{Explanation, PageRequest, unescape, visitors_host};
use crate::snapshot::{Site, Snapshot};

/// What was typed.
#[derive(Default)]
struct Form {
    /// Empty: the only site.
    site: String,
    /// A `Cookie` pair; else a `Set-Cookie` line.
    is_cookie: bool,
    /// The value of the field, with escapes as the form explains them.
    line: String,
    /// The value of the consent cookie, or `NAME=VALUE`; empty for a visitor who has not chosen.
    choice: String,
    /// Starts with `/`; what does not is ignored, and `/` holds.
    path: String,
    /// Whether the request has `Sec-GPC: 1`.
    gpc: bool,
}

#[derive(Template)]
#[template(path = "admin/page/explanation.html")]
struct ExplanationPage {
    frame: Frame,
    sites: Vec<String>,
    form: Form,
    /// Why what was typed cannot be explained, in the page's language.
    problem: Option<&'static str>,
    explanation: Option<Explanation>,
    /// What is odd in the choice.
    doubts: Vec<String>,
}

/// The form, and the result if something was asked. Without a `line` in the query it is the form alone.
///
/// # Errors
/// If the template cannot be rendered, which is a defect. What was typed never fails: the page says what is wrong with
/// it.
pub(in crate::admin) fn explanation(request: &Parts, snapshot: &Snapshot, now: UnixTime) -> askama::Result<String> {
    let frame = Frame::new(request, "/explain");
    let form = Form::read(request.uri.query().unwrap_or_default());
    let mut page = ExplanationPage {
        sites: snapshot.sites().iter().map(|site| site.name.to_string()).collect(),
        problem: None,
        explanation: None,
        doubts: Vec::new(),
        frame,
        form,
    };
    if !page.form.line.is_empty() {
        page.ask(snapshot, now);
    }
    page.render()
}

impl Form {
    fn read(query: &str) -> Self {
        let mut form = Self { path: "/".to_owned(), ..Self::default() };
        for (key, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match &*key {
                "site" => form.site = value.into_owned(),
                "kind" => form.is_cookie = value == "cookie",
                "line" => form.line = value.into_owned(),
                "choice" => form.choice = value.into_owned(),
                "path" if value.starts_with('/') => form.path = value.into_owned(),
                "gpc" => form.gpc = true,
                _ => {}
            }
        }
        form
    }
}

impl ExplanationPage {
    fn ask(&mut self, snapshot: &Snapshot, now: UnixTime) {
        match self.explain(snapshot, now) {
            Ok((explanation, doubts)) => (self.explanation, self.doubts) = (Some(explanation), doubts),
            Err(problem) => self.problem = Some(problem),
        }
    }

    /// The error is a sentence of the page's words: an unknown site, a bad escape, or a choice that no cookie could
    /// hold.
    fn explain(&self, snapshot: &Snapshot, now: UnixTime) -> Result<(Explanation, Vec<String>), &'static str> {
        let (form, words): (_, &Words) = (&self.form, self.frame.words);
        let site = site(snapshot, &form.site).ok_or(words.explain.unknown_site)?;
        let line = unescape(&form.line).map_err(|_| words.explain.bad_escape)?;
        if form.choice.contains(';') {
            return Err(words.explain.semicolon);
        }
        let choices: Vec<_> = Some(form.choice.clone()).filter(|choice| !choice.is_empty()).into_iter().collect();
        let host = visitors_host(&snapshot.config, site).to_ascii_lowercase();
        let request = PageRequest {
            site,
            host: &host,
            path: &form.path,
            choices: &choices,
            gpc: form.gpc,
            now,
            words: words.explain.verdict_words,
        };
        let explanation =
            if form.is_cookie { request.explain_cookie(&line) } else { request.explain_set_cookie(&line) };
        Ok((explanation, request.warnings().collect()))
    }
}

/// The site of this name, or the only one.
fn site<'a>(snapshot: &'a Snapshot, name: &str) -> Option<&'a Arc<Site>> {
    let sites = snapshot.sites();
    sites.iter().find(|site| *site.name == *name).or(sites.first().filter(|_| name.is_empty()))
}

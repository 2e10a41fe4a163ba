//! Answers an admitted request.
//!
//! `access` has decided that it may be answered; this file makes the answer for each path. All of it runs on the control thread,
//! so even a slow answer delays no visitor.

use std::time::{Duration, Instant, SystemTime};

use http::request::Parts;
use http::{Response, StatusCode};
use serde_json::json;

use super::access::{Endpoint, admit};
use super::history::History;
use super::page::{self, Shown};
use super::response::{Kind, Whole, json, response};
use super::{Admin, cookies, policy};
use crate::cookie::UnixTime;
use crate::policy::Direction;

/// The finest step of the history.
const BETWEEN_NOTES: Duration = Duration::from_mins(1);

impl Admin {
    /// The response to one request. Nothing of its body is read. The token, too, is that of the snapshot in force, so a
    /// reload changes it at once.
    pub(super) async fn answer(&self, request: &Parts, history: &History) -> Response<Whole> {
        let snapshot = self.snapshots.current();
        match admit(request, snapshot.config.admin.token.as_deref()) {
            Ok(Endpoint::Overview) => self.overview(request, history),
            Ok(Endpoint::Explain) => people(page::explanation(request, &snapshot, now())),
            Ok(Endpoint::Metrics) => self.metrics(),
            Ok(Endpoint::Livez) => response(StatusCode::OK, Kind::Text, "alive\n"),
            Ok(Endpoint::Readyz) => self.readiness(),
            Ok(Endpoint::Policy) => json(StatusCode::OK, &policy::document(&snapshot, &self.reloader.status())),
            Ok(Endpoint::Cookies) => self.cookies(),
            Ok(Endpoint::Reload) => self.reload().await,
            Err(refusal) => refusal.response(),
        }
    }

    /// The portal's health does not matter: octroi can serve without the portal, and answers 502.
    fn readiness(&self) -> Response<Whole> {
        if self.drain.is_announced() {
            response(StatusCode::SERVICE_UNAVAILABLE, Kind::Text, "draining\n")
        } else {
            response(StatusCode::OK, Kind::Text, "ready\n")
        }
    }

    /// The counters as they stand. The gauges (undeclared names, endpoints in service) are set here, at each scrape.
    fn metrics(&self) -> Response<Whole> {
        let (snapshot, now) = (self.snapshots.current(), now());
        for site in snapshot.sites() {
            for direction in Direction::ALL {
                site.metrics.undeclared(direction, self.inventory.undeclared(&site.name, direction, now));
            }
        }
        self.metrics.endpoints(snapshot.sites().iter().flat_map(|site| {
            let standings = site.endpoints(Instant::now());
            standings.map(|(endpoint, standing)| (&*site.name, endpoint.name(), standing.is_in_service()))
        }));
        response(StatusCode::OK, Kind::Exposition, self.metrics.render())
    }

    fn cookies(&self) -> Response<Whole> {
        json(StatusCode::OK, &cookies::document(&self.snapshots.current(), &self.inventory, now()))
    }

    fn overview(&self, request: &Parts, history: &History) -> Response<Whole> {
        let (snapshot, now) = (self.snapshots.current(), now());
        history.note(&snapshot, now);
        let (status, inventory) = (self.reloader.status(), &self.inventory);
        people(page::overview(request, &Shown { snapshot: &snapshot, status: &status, inventory, history, now }))
    }

    /// 200 with the generation in force and what only a restart changes; 422 with every problem of the files, in which
    /// case nothing has changed; 500 if the reload panicked. Reading files blocks, so it runs outside the event loop.
    async fn reload(&self) -> Response<Whole> {
        let reloader = self.reloader.clone();
        match tokio::task::spawn_blocking(move || reloader.reload()).await {
            Ok(Ok(status)) => {
                json(StatusCode::OK, &json!({ "generation": status.generation, "needs_restart": &*status.kept }))
            }
            Ok(Err(problems)) => response(StatusCode::UNPROCESSABLE_ENTITY, Kind::Text, format!("{problems}\n")),
            Err(_) => response(StatusCode::INTERNAL_SERVER_ERROR, Kind::Text, "the reload broke off; see the log\n"),
        }
    }
}

/// Reads the counters once a minute, for as long as it is polled.
pub(super) async fn note(admin: &Admin, history: &History) {
    loop {
        history.note(&admin.snapshots.current(), now());
        tokio::time::sleep(BETWEEN_NOTES).await;
    }
}

/// A page for people.
fn people(page: askama::Result<String>) -> Response<Whole> {
    match page {
        Ok(page) => response(StatusCode::OK, Kind::Html, page),
        Err(error) => {
            tracing::error!(%error, "a page could not be made");
            response(StatusCode::INTERNAL_SERVER_ERROR, Kind::Text, "the page could not be made; see the log\n")
        }
    }
}

fn now() -> UnixTime {
    SystemTime::now().into()
}

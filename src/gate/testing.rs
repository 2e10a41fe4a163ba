//! What the tests of the gate share: sites, and messages from plain tables.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::{Caching, Fields, Gate, Leaving, RequestOutcome, RequestView, ResponseOutcome, ResponseView};
use crate::config::Config;
use crate::cookie::UnixTime;
use crate::inventory::{Inventory, Recorder};
use crate::snapshot::{Site, Snapshot};
use crate::telemetry::Metrics;

pub(super) const NOW: UnixTime = UnixTime(1_795_435_200);
pub(super) const HOST: &str = "data.education.gouv.fr";
pub(super) const AGREED: &str =
    "cookies_preferences=%7B%22functional_cookies%22%3Atrue%2C%22matomo%22%3Atrue%2C%22ga%22%3Atrue%7D";

/// The site of the golden charter, with these further keys.
pub(super) fn site(keys: &str) -> Arc<Site> {
    let config = format!(
        "[[listener]]\naddress = \"127.0.0.1:8080\"\n[[site]]\nhosts = [\"{HOST}\"]\ncharter = \"charter.toml\"\n\
         {keys}\n[site.upstream]\nendpoints = [\"http://portal.test\"]\nhost = \"portal.test\"\n"
    );
    let file = |path: &Path| match path.to_str() {
        Some("octroi.toml") => Ok(config.clone().into_bytes()),
        Some("charter.toml") => Ok(include_bytes!("../../tests/golden/policy/charter.toml").to_vec()),
        _ => Err(io::ErrorKind::NotFound.into()),
    };
    let config = Config::load_with(Path::new("octroi.toml"), &[], &file).unwrap_or_else(|error| panic!("{error}"));
    Snapshot::new(config, 1, &Metrics::new()).sites().first().cloned().unwrap()
}

/// A gate, and where it notes names.
pub(super) fn gate(caching: Caching) -> (Gate, Inventory) {
    let inventory = Inventory::default();
    (Gate::new(inventory.recorder(), caching), inventory)
}

/// A part of an inventory that nobody reads.
pub(super) fn recorder() -> Recorder {
    Inventory::default().recorder()
}

/// Field lines as a table holds them.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines(pub(super) Vec<(&'static str, &'static str)>);

impl Fields for Lines {
    fn values<'a>(&'a self, name: &'static str) -> impl Iterator<Item = &'a [u8]> {
        self.0.iter().filter(move |(known, _)| *known == name).map(|(_, value)| value.as_bytes())
    }

    fn count(&self) -> usize {
        self.0.len()
    }

    fn accept_html(&self) -> bool {
        self.values("accept").any(|line| line.starts_with(b"text/html"))
    }
}

/// A GET of `/page` over https with this `Cookie` field.
pub(super) fn request<'a>(cookies: Option<&'a str>, fields: &'a Lines) -> RequestView<'a, Lines> {
    RequestView {
        cookies: cookies.map(str::as_bytes),
        gpc: false,
        path: "/page",
        is_get: true,
        is_anonymous: cookies.is_none(),
        https: true,
        behind_a_proxy: false,
        fields,
    }
}

/// The outcome of these lines in the response to a request.
pub(super) fn response(
    gate: &Gate,
    site: &Arc<Site>,
    request: &RequestOutcome,
    lines: &[&str],
    fields: &Lines,
    now: UnixTime,
) -> ResponseOutcome {
    let set_cookies = lines.iter().map(|line| line.as_bytes());
    let view = ResponseView { host: HOST, path: "/page", set_cookies, unreadable: 0, fields, random: || 0 };
    gate.response(site, request, &view, now)
}

/// The value that is sent, as text; `came` if it is unchanged.
pub(super) fn text(leaving: &Leaving, came: &str) -> Option<String> {
    match leaving {
        Leaving::Unchanged => Some(came.to_owned()),
        Leaving::Rewritten(bytes) => Some(String::from_utf8(bytes.to_vec()).unwrap()),
        Leaving::Nothing => None,
    }
}

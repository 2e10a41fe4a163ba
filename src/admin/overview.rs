//! `/`: a page for people. What passes, what is dropped, what drifts from the charter. No script; everything escaped.

use std::fmt::{self, Write};
use std::time::{Instant, SystemTime};

use super::cookies::{label, not_seen};
use super::policy::need;
use super::written;
use crate::charter::{Category, Enforcement};
use crate::cookie::UnixTime;
use crate::inventory::{Inventory, Seen, SiteInventory};
use crate::policy::CategoryId;
use crate::policy::Direction;
use crate::reload::Status;
use crate::snapshot::{Site, Snapshot};

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>octroi</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #161616; background: #fff; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { border-bottom: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
code, pre { font-size: .95em; overflow-wrap: anywhere; white-space: pre-wrap; }
.error { border-left: 4px solid #b00020; padding-left: 1rem; }
</style>
</head>
<body>
";

/// The page.
pub(super) fn page(snapshot: &Snapshot, status: &Status, inventory: &Inventory, now: UnixTime) -> String {
    let mut page = String::from(HEAD);
    // Writing into memory does not fail.
    let _ = write_page(&mut page, snapshot, status, inventory, now);
    page
}

fn write_page(
    page: &mut String,
    snapshot: &Snapshot,
    status: &Status,
    inventory: &Inventory,
    now: UnixTime,
) -> fmt::Result {
    writeln!(page, "<h1>octroi {}</h1>", Escaped(env!("CARGO_PKG_VERSION")))?;
    page.push_str(concat!(
        "<p><a href=\"policy\">Policy in force</a> · <a href=\"cookies\">Cookies really seen</a> · ",
        "<a href=\"metrics\">Metrics</a> · <a href=\"livez\">Alive</a> · <a href=\"readyz\">Ready</a></p>\n"
    ));
    let since = written(status.since.into()).unwrap_or_default();
    writeln!(page, "<p>Configuration {}, in force since {since}.</p>", snapshot.generation)?;
    write_reload(page, status)?;
    for site in snapshot.sites() {
        let seen = inventory.snapshot(&site.name);
        write_site(page, site)?;
        write_endpoints(page, site)?;
        write_drift(page, site, &seen, now)?;
    }
    page.push_str("</body>\n</html>\n");
    Ok(())
}

/// What keeps the files' present content out of force, if anything does.
fn write_reload(page: &mut String, status: &Status) -> fmt::Result {
    let time = |time: SystemTime| written(time.into()).unwrap_or_default();
    if let Some(failure) = &status.failure {
        let (since, next) = (time(failure.since), time(failure.next_try.clock));
        writeln!(
            page,
            "<div class=\"error\"><h2>The last reload changed nothing</h2>\n\
             <p>Failing since {since}, {} times in a row; next try at {next}.</p>\n<pre>{}</pre></div>",
            failure.attempts,
            Escaped(&failure.reason),
        )?;
    }
    if let Some(held) = &status.held {
        let (until, losses) = (time(held.until.clock), held.losses.join(", "));
        writeln!(
            page,
            "<div class=\"error\"><h2>A new configuration waits until {until}</h2>\n\
             <p>It takes away: {}. A change of its files or <code>POST /reload</code> ends the wait.</p></div>",
            Escaped(&losses),
        )?;
    }
    Ok(())
}

fn write_site(page: &mut String, site: &Site) -> fmt::Result {
    let (name, hash) = (Escaped(&site.name), Escaped(&site.charter_hash));
    writeln!(page, "<h2>{name}</h2>\n<p>Charter <code>{hash}</code>, {}.</p>", mode(site.enforcement))?;
    page.push_str(concat!(
        "<table>\n<caption>Cookies since the process started</caption>\n<thead><tr><th scope=\"col\">Category</th>",
        "<th scope=\"col\">Consent</th><th scope=\"col\">Mode</th>",
        "<th scope=\"col\">Set by the portal: passed</th><th scope=\"col\">dropped</th>",
        "<th scope=\"col\">Sent by browsers: passed</th><th scope=\"col\">stripped</th></tr></thead>\n<tbody>\n"
    ));
    for (index, label) in site.policy.category_labels().into_iter().enumerate() {
        if let (Some(id), Some(label)) = (CategoryId::from_index(index), label) {
            let category = site.charter.categories.get(index);
            write_category(page, site, id, label, category)?;
        }
    }
    page.push_str("</tbody>\n</table>\n");
    Ok(())
}

fn write_category(
    page: &mut String,
    site: &Site,
    id: CategoryId,
    label: &str,
    category: Option<&Category>,
) -> fmt::Result {
    let enforcement = mode(site.policy.enforcement(id, site.enforcement));
    let consent = category.map_or("", |category| need(category.consent));
    write!(page, "<tr><th scope=\"row\">{}</th><td>{consent}</td><td>{enforcement}</td>", Escaped(label))?;
    for direction in [Direction::Response, Direction::Request] {
        let counted = site.metrics.cookies(id, direction).unwrap_or_default();
        write!(page, "<td class=\"number\">{}</td><td class=\"number\">{}</td>", counted.passed, counted.stopped)?;
    }
    page.push_str("</tr>\n");
    Ok(())
}

fn write_endpoints(page: &mut String, site: &Site) -> fmt::Result {
    page.push_str("<p>Portal:");
    for (index, (endpoint, standing)) in site.endpoints(Instant::now()).enumerate() {
        let separator = if index == 0 { "" } else { "," };
        write!(page, "{separator} <code>{}</code> is {standing}", Escaped(&endpoint.authority()))?;
    }
    page.push_str(".</p>\n");
    Ok(())
}

fn write_drift(page: &mut String, site: &Site, seen: &SiteInventory, now: UnixTime) -> fmt::Result {
    let labels = site.policy.category_labels();
    let drifting = |(_, seen): &&(String, Seen)| {
        Direction::ALL.iter().any(|direction| seen.direction(*direction).is_undeclared(now))
    };
    let undeclared: Vec<_> = seen.names.iter().filter(drifting).collect();
    if undeclared.is_empty() {
        page.push_str("<p>No undeclared cookie was seen in the last 24 hours.</p>\n");
    } else {
        page.push_str(concat!(
            "<table>\n<caption>Seen in the last 24 hours, and not in the charter</caption>\n<thead><tr>",
            "<th scope=\"col\">Name</th><th scope=\"col\">Direction</th><th scope=\"col\">Times</th>",
            "<th scope=\"col\">Category</th><th scope=\"col\">Verdict</th><th scope=\"col\">Reason</th></tr></thead>\n<tbody>\n"
        ));
        for (name, seen) in undeclared {
            write_undeclared(page, name, seen, &labels)?;
        }
        page.push_str("</tbody>\n</table>\n");
    }
    write_not_seen(page, &not_seen(site, seen))
}

fn write_undeclared(page: &mut String, name: &str, seen: &Seen, labels: &[Option<&str>]) -> fmt::Result {
    for direction in Direction::ALL {
        let sightings = seen.direction(direction);
        let Some(last) = sightings.last else { continue };
        writeln!(
            page,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td class=\"number\">{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            Escaped(name),
            direction.as_str(),
            sightings.count(),
            Escaped(label(last, labels).unwrap_or_default()),
            last.verdict,
            last.reason.as_str(),
        )?;
    }
    Ok(())
}

fn write_not_seen(page: &mut String, declared: &[String]) -> fmt::Result {
    if declared.is_empty() {
        return Ok(());
    }
    page.push_str("<p>In the charter, and not seen so far:");
    for (index, name) in declared.iter().enumerate() {
        let separator = if index == 0 { "" } else { "," };
        write!(page, "{separator} <code>{}</code>", Escaped(name))?;
    }
    page.push_str("</p>\n");
    Ok(())
}

fn mode(enforcement: Enforcement) -> &'static str {
    match enforcement {
        Enforcement::Enforce => "enforced",
        Enforcement::ReportOnly => "only reported",
    }
}

/// Text that can stand between tags and in quoted attributes.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_cell() {
        let hostile = "<script>alert(\"1\")</script>&'";
        assert_eq!(Escaped(hostile).to_string(), "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;");
        let mut page = String::new();
        write_not_seen(&mut page, &[hostile.to_owned(), "a".to_owned()]).unwrap();
        assert!(!page.contains("<script"));
    }
}

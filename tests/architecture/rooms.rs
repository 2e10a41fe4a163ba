//! The layers inside a room: which modules of `gate`, of `server` and so on may use which.

use super::{Source, Violation, absolute};

/// Each room's modules from the top down: one uses only what stands below its line. What the room's own file declares belongs
/// to all of them.
const ROOMS: [(&str, &[&[&str]]); 10] = [
    (
        "server",
        &[
            &["lifecycle"],
            &["startup"],
            &["control", "signals"],
            &["clock_steps", "inventory_writer"],
            &["worker"],
            &["connection"],
            &["context"],
            &["handler", "listener", "systemd", "timer_tick"],
        ],
    ),
    (
        "proxy",
        &[
            &["response_phase"],
            &["request_phase"],
            &["error_page", "websocket"],
            &["body", "charter_page", "cookie_log", "cookies", "response_head", "route"],
            &["page_body"],
            &["third_parties"],
            &["exchange"],
            &["span"],
            &["headers"],
            &["downstream"],
            &["forwarded_cache"],
            &["authority", "short_body"],
            &["error"],
            &["acme_challenge", "failure_log", "gzip", "panics", "rate_limit", "termination"],
        ],
    ),
    (
        "acme",
        &[
            &["maintenance"],
            &["account", "order"],
            &["challenges"],
            &["store"],
            &["failure"],
            &["certificate_id", "http_client", "pem", "schedule"],
        ],
    ),
    (
        "upstream",
        &[
            &["dispatch"],
            &["read_ahead", "response_body"],
            &["endpoint"],
            &["http1"],
            &["fair_use", "identity"],
            &["error"],
            &["in_memory", "request_body"],
        ],
    ),
    (
        "gate",
        &[
            &["caching", "deletions"],
            &["cookie_header_cache", "response"],
            &["request"],
            &["verdict_cache"],
            &["deletion_way"],
            &["counts", "observed_paths", "page_path", "portal_domain", "visitor"],
        ],
    ),
    ("http", &[&["h1"], &["languages"], &["lists"], &["client", "fields", "length"]]),
    ("otlp", &[&["exporter"], &["spans"], &["messages"]]),
    (
        "net",
        &[
            &["coalesce", "event_loop", "prefixed"],
            &["stream"],
            &["tcp", "tls"],
            &["address", "fd_limit", "idle_timeout", "write_half"],
        ],
    ),
    ("policy", &[&["compile"], &["judge"], &["consent", "matcher"], &["category", "direction"]]),
    (
        "consent",
        &[
            &["banner", "choice_cookies"],
            &["format"],
            &["date"],
            &["parts"],
            &["layers"],
            &["json"],
            &["percent"],
            &["answers", "scan", "unquote"],
            &["choice"],
            &["fault", "keys"],
        ],
    ),
];

/// Uses of a room's modules by each other that go upwards, or past the table.
pub(crate) fn layers(source: &Source, house: &[Source]) -> Vec<Violation> {
    let module = source.module();
    let [room, from, ..] = module.as_slice() else { return Vec::new() };
    let Some((_, table)) = ROOMS.iter().find(|(name, _)| name == room) else { return Vec::new() };
    if height(table, from).is_none() {
        let what =
            format!("the table of `{room}` does not know `{from}`: give it a line in tests/architecture/rooms.rs");
        return vec![Violation::new(source, 1, what)];
    }
    let declared = declared(room, table, house);
    let used = source.paths().into_iter().filter_map(|path| {
        let absolute = absolute(&module, &path)?;
        let inner = absolute.get(1).filter(|_| absolute.first() == Some(room))?;
        Some((path.line, module_of(table, &declared, inner)?))
    });
    used.filter(|(_, to)| to != from && height(table, from) <= height(table, to))
        .map(|(line, to)| {
            let what = format!(
                "`{room}::{from}` may not use `{room}::{to}`, which does not stand below it: move what both need down, or \
                 pass it in"
            );
            Violation::new(source, line, what)
        })
        .collect()
}

/// How far above the room's ground a module stands.
fn height(table: &[&[&str]], module: &str) -> Option<usize> {
    table.iter().rev().position(|layer| layer.contains(&module))
}

/// The names that the room's own file takes from its modules, each with its module: `super::Name` is a use of that module.
fn declared(room: &str, table: &[&[&str]], house: &[Source]) -> Vec<(String, String)> {
    let own_file = house.iter().find(|source| source.module() == [room]);
    let paths = own_file.map(Source::paths).unwrap_or_default();
    let names = paths.into_iter().filter_map(|path| {
        let segments: Vec<_> = path.segments.into_iter().filter(|segment| segment != "self").collect();
        match segments.as_slice() {
            [module, .., name] if height(table, module).is_some() => Some((name.clone(), module.clone())),
            _ => None,
        }
    });
    names.collect()
}

fn module_of(table: &[&[&str]], declared: &[(String, String)], name: &str) -> Option<String> {
    if height(table, name).is_some() {
        return Some(name.to_owned());
    }
    declared.iter().find(|(declared, _)| declared == name).map(|(_, module)| module.clone())
}

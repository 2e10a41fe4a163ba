//! Checks the house rules: which module may use which, what the pure core may not use, and the sizes of files and
//! functions. A failure names the place, the rule, and what to do.
//!
//! The table of layers is that of the design. Code under `#[cfg(test)]` is exempt from these rules.

// If a file cannot be read, or a checker is wrong about the grammar, the test must fail aloud.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "architecture/rooms.rs"]
mod rooms;
#[path = "architecture/source.rs"]
mod source;

use source::{Path, Source, Token, text};
use std::fs;

/// From the top down: a module uses only what stands below its line.
const LAYERS: [&[&str]; 22] = [
    &["main"],
    &["cli"],
    &["demo"],
    &["server"],
    &["admin"],
    &["explain"],
    &["audit", "proxy"],
    &["acme", "otlp"],
    &["gate", "upstream"],
    &["reload"],
    &["snapshot"],
    &["config"],
    &["diff"],
    &["html_rewriter"],
    &["party"],
    &["policy"],
    &["render"],
    &["import"],
    &["starter"],
    &["charter"],
    &["consent"],
    &["cookie"],
];

/// Pure: bytes in, verdict out. No socket, no file, no clock, no async.
const CORE: [&str; 10] =
    ["cookie", "consent", "charter", "starter", "import", "render", "policy", "party", "html_rewriter", "diff"];

/// Pure as the core, and above it: the gate reads bytes, so that whatever holds them can ask it. Its inventory reads a
/// clock for itself.
const GATE: &str = "gate";

/// What the gate may not use although it stands below: HTTP in any form, sockets, metrics.
const NOT_FOR_THE_GATE: [&str; 3] = ["http", "net", "telemetry"];

/// Beside the layers: what each uses. Everything from `snapshot` upwards may use them.
const BESIDE: [(&str, &[&str]); 6] = [
    ("telemetry", &CORE),
    // It counts by the telemetry's `Direction`, the label that both show.
    ("inventory", &["cookie", "consent", "charter", "policy", "party", "telemetry"]),
    ("drain", &[]),
    ("health", &[]),
    ("http", &["net"]),
    ("net", &[]),
];

/// Crates that wait, listen, draw lots or record: the core takes their results as arguments.
const IMPURE_CRATES: [&str; 17] = [
    "fastrand", "http", "http_body", "http_body_util", "hyper", "hyper_util", "listenfd", "notify", "prometheus",
    "rustix", "rustls", "rustls_native_certs", "socket2", "tokio", "tokio_rustls", "tracing", "tracing_subscriber",
];

const IMPURE_STD: [&str; 5] = ["env", "fs", "net", "process", "thread"];

/// A panic here would end a visitor's request: no argument excepts these.
const REQUEST_PATH: [&str; 12] = [
    "cookie", "consent", "charter", "policy", "party", "html_rewriter", "render", "gate", "health", "http", "proxy",
    "upstream",
];

/// Where the wall clock is read: to judge dates, and to tell people the time. Whatever waits or measures goes by the
/// monotonic one, which nobody can set.
const WALL_CLOCK: [&str; 10] = [
    "src/acme/http_client.rs",
    "src/acme/maintenance.rs",
    "src/admin/answer.rs",
    "src/cli/explain.rs",
    "src/inventory/recorder.rs",
    "src/proxy/exchange.rs",
    "src/reload.rs",
    "src/server/clock_steps.rs",
    "src/server/inventory_writer.rs",
    "src/telemetry/metrics/mod.rs",
];

const NAMELESS: [&str; 8] = ["common", "helper", "helpers", "manager", "misc", "shared", "util", "utils"];

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;
/// Lines of documentation beside a hundred lines of code, at least. Tables of words count as code, and need none.
const LEAST_DOCUMENTED: usize = 20;

/// Where a rule is broken, which one, and what to do.
#[derive(Debug)]
struct Violation {
    path: String,
    line: usize,
    what: String,
}

impl Violation {
    fn new(source: &Source, line: usize, what: String) -> Self {
        Self { path: source.path.clone(), line, what }
    }
}

// ── The rules ────────────────────────────────────────────────────────────────────────────────────────────────────────

fn layers(source: &Source) -> Vec<Violation> {
    let module = source.module();
    let Some(from) = module.first() else { return Vec::new() };
    if !is_known(from) {
        let what = format!("the table of layers does not know `{from}`: give it a line in tests/architecture.rs");
        return vec![Violation::new(source, 1, what)];
    }
    let reached = source.paths().into_iter().filter_map(|path| Some((path.line, target(&module, &path)?)));
    reached.filter_map(|(line, to)| Some(Violation::new(source, line, forbidden(from, &to)?))).collect()
}

/// The module of the crate that a path reaches into, empty for the crate's root itself; `None` for anything else.
fn target(module: &[String], path: &Path) -> Option<String> {
    Some(absolute(module, path)?.into_iter().next().unwrap_or_default())
}

/// A path into the crate, from the crate's root on: empty for the root itself; `None` for a path that leads elsewhere.
fn absolute(module: &[String], path: &Path) -> Option<Vec<String>> {
    let mut absolute = [module, &path.inside].concat();
    let mut segments = path.segments.iter().map(String::as_str).peekable();
    match *segments.peek()? {
        "crate" | "octroi" => {
            segments.next();
            absolute.clear();
        }
        "self" | "super" => {}
        _ => return None,
    }
    for segment in segments {
        match segment {
            "self" => {}
            "super" => drop(absolute.pop()),
            "*" if absolute.is_empty() => return Some(absolute),
            segment => absolute.push(segment.to_owned()),
        }
    }
    Some(absolute)
}

/// Why `from` may not use `to`, if it may not.
fn forbidden(from: &str, to: &str) -> Option<String> {
    match to {
        "" => Some("the crate's root is taken whole: name the module that is meant".to_owned()),
        to if !is_known(to) => Some(format!("`{to}` is no module of the table of layers: name the module it is in")),
        to if from == to || may_use(from, to) => None,
        to => Some(format!(
            "`{from}` may not use `{to}`, which does not stand below it: move what both need down, or pass it in"
        )),
    }
}

fn may_use(from: &str, to: &str) -> bool {
    if from == GATE && NOT_FOR_THE_GATE.contains(&to) {
        return false;
    }
    if let Some((_, below)) = BESIDE.iter().find(|(module, _)| *module == from) {
        return below.contains(&to);
    }
    match (height(from), height(to)) {
        (Some(from), Some(to)) => from > to,
        (Some(from), None) => Some(from) >= height("snapshot"),
        (None, _) => false,
    }
}

/// How far above the ground a layer stands.
fn height(module: &str) -> Option<usize> {
    LAYERS.iter().rev().position(|layer| layer.contains(&module))
}

fn is_known(module: &str) -> bool {
    height(module).is_some() || BESIDE.iter().any(|(beside, _)| *beside == module)
}

fn purity(source: &Source) -> Vec<Violation> {
    let is_pure = |module: &String| CORE.contains(&module.as_str()) || module == GATE;
    if !source.module().first().is_some_and(is_pure) {
        return Vec::new();
    }
    let paths = source.paths().into_iter().filter_map(|path| Some((path.line, impurity(&path)?)));
    let waits = source.code.iter().filter(|token| matches!(token.text.as_str(), "async" | "await"));
    let waits = waits.map(|token| (token.line, format!("`{}`", token.text)));
    paths
        .chain(waits)
        .map(|(line, what)| {
            let what =
                format!("{what} in the pure core or the gate: do it in the shell and pass the result as an argument");
            Violation::new(source, line, what)
        })
        .collect()
}

/// What a path does that the core may not do.
fn impurity(path: &Path) -> Option<String> {
    let segments: Vec<_> = path.segments.iter().map(String::as_str).collect();
    let is_impure = match segments.as_slice() {
        [first, ..] if IMPURE_CRATES.contains(first) => true,
        ["std", second, ..] if IMPURE_STD.contains(second) => true,
        [.., last] => *last == "now",
        [] => false,
    };
    is_impure.then(|| format!("`{}`", segments.join("::")))
}

fn clocks(source: &Source) -> Vec<Violation> {
    if WALL_CLOCK.contains(&source.path.as_str()) {
        return Vec::new();
    }
    let reads = |path: &Path| match path.segments.as_slice() {
        [.., clock, now] => now == "now" && matches!(clock.as_str(), "SystemTime" | "Timestamp" | "Zoned"),
        _ => false,
    };
    let what = "the wall clock is read: wait and measure with `Instant`; if a date is judged, add the file to the list";
    let paths = source.paths().into_iter().filter(reads);
    paths.map(|path| Violation::new(source, path.line, what.to_owned())).collect()
}

fn panics(source: &Source) -> Vec<Violation> {
    let is_on_request_path = source.module().first().is_some_and(|module| REQUEST_PATH.contains(&module.as_str()));
    let code = source.code_without(|attribute| !is_on_request_path && is_argued(attribute));
    let calls = (0..code.len()).filter(|at| can_panic(&code, *at)).map(|at| (code[at].line, code[at].text.clone()));
    let paths = source::paths(&code).into_iter().filter_map(|path| {
        let last = path.segments.last().filter(|last| is_unwrapping(last))?;
        Some((path.line, last.clone()))
    });
    let what = |name: &str| {
        format!(
            "`{name}` can panic: return an error or a default; off the request path, an item may be excepted by \
             #[expect(clippy::…, reason = \"…\")]"
        )
    };
    calls.chain(paths).map(|(line, name)| Violation::new(source, line, what(&name))).collect()
}

fn can_panic(code: &[Token], at: usize) -> bool {
    let is_method = at > 0 && text(code, at - 1) == "." && text(code, at + 1) == "(";
    let is_macro = text(code, at + 1) == "!" && text(code, at + 2) != "=";
    (is_method && is_unwrapping(text(code, at)))
        || (is_macro && matches!(text(code, at), "panic" | "todo" | "unimplemented" | "unreachable"))
}

fn is_unwrapping(name: &str) -> bool {
    matches!(name, "unwrap" | "expect" | "unwrap_err" | "expect_err")
}

/// `expect(clippy::…_used, reason = "…")`: the compiler itself complains once such an exception is idle.
fn is_argued(attribute: &[Token]) -> bool {
    let has = |word: &str| attribute.iter().any(|token| token.text == word);
    let lints = ["expect_used", "unwrap_used", "panic", "unreachable", "todo"];
    text(attribute, 0) == "expect" && has("reason") && lints.into_iter().any(has)
}

fn measures(source: &Source) -> Vec<Violation> {
    let mut violations = Vec::new();
    if source.lines > LONGEST_FILE {
        let lines = source.lines;
        let what = format!("{lines} lines without tests, more than {LONGEST_FILE}: split it by subject");
        violations.push(Violation::new(source, 1, what));
    }
    violations.extend(source.functions().into_iter().filter(|(_, _, lines)| *lines > LONGEST_FUNCTION).map(
        |(name, line, lines)| {
            let what = format!("`{name}` has {lines} lines, more than {LONGEST_FUNCTION}: split it by step");
            Violation::new(source, line, what)
        },
    ));
    violations
}

fn manners(source: &Source) -> Vec<Violation> {
    let mut violations = Vec::new();
    if !source.text.starts_with("//! ") {
        let what = "it does not open with `//!`: say what the file owns and how it fits".to_owned();
        violations.push(Violation::new(source, 1, what));
    }
    if let Some(name) = source.path.split(['/', '.']).find(|name| NAMELESS.contains(name)) {
        let what = format!("`{name}` names no subject: name the file for what it owns");
        violations.push(Violation::new(source, 1, what));
    }
    violations
}

// ── The house ────────────────────────────────────────────────────────────────────────────────────────────────────────

/// Every file under `directory`, those of test modules left out.
fn house(directory: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    collect(directory, &mut sources);
    assert!(!sources.is_empty(), "no source file under {directory}");
    let tests: Vec<_> = sources.iter().flat_map(test_files).collect();
    let is_test =
        |path: &str| tests.iter().any(|test| path == format!("{test}.rs") || path.starts_with(&format!("{test}/")));
    sources.retain(|source| !is_test(&source.path));
    sources
}

fn collect(directory: &str, sources: &mut Vec<Source>) {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<_> =
        fs::read_dir(root.join(directory)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    for name in names {
        let path = format!("{directory}/{}", name.to_str().expect("a file name in UTF-8"));
        if root.join(&path).is_dir() {
            collect(&path, sources);
        } else if root.join(&path).extension().is_some_and(|extension| extension == "rs") {
            sources.push(Source::new(&path, &fs::read_to_string(root.join(&path)).unwrap()));
        }
    }
}

/// Where the test modules of a file live, without `.rs` or `/mod.rs`.
fn test_files(source: &Source) -> Vec<String> {
    let home = [vec!["src".to_owned()], source.module()].concat().join("/");
    source.test_modules.iter().map(|name| format!("{home}/{name}")).collect()
}

#[track_caller]
fn assert_kept(directory: &str, rule: fn(&Source) -> Vec<Violation>) {
    let violations: Vec<_> = house(directory).iter().flat_map(rule).collect();
    assert_none(&violations);
}

#[track_caller]
fn assert_none(violations: &[Violation]) {
    let report: Vec<_> =
        violations.iter().map(|Violation { path, line, what }| format!("{path}:{line}: {what}")).collect();
    assert!(report.is_empty(), "{} broken:\n{}\n", report.len(), report.join("\n"));
}

#[test]
fn a_module_uses_only_modules_below_it() {
    assert_kept("src", layers);
}

#[test]
fn a_module_of_a_room_uses_only_modules_below_it() {
    let house = house("src");
    let violations: Vec<_> = house.iter().flat_map(|source| rooms::layers(source, &house)).collect();
    assert_none(&violations);
}

#[test]
fn the_core_is_pure() {
    assert_kept("src", purity);
}

#[test]
fn no_deadline_uses_the_wall_clock() {
    assert_kept("src", clocks);
}

#[test]
fn nothing_panics_outside_tests() {
    assert_kept("src", panics);
}

#[test]
fn files_and_functions_keep_their_limits() {
    assert_kept("src", measures);
}

#[test]
fn documentation_keeps_its_share() {
    let house = house("src");
    let (documentation, code) =
        house.iter().map(Source::documented).fold((0, 0), |(all_documentation, all_code), (documentation, code)| {
            (all_documentation + documentation, all_code + code)
        });
    let percent = documentation * 100 / code;
    assert!(
        percent >= LEAST_DOCUMENTED,
        "{documentation} lines of documentation beside {code} of code are {percent} %, less than {LEAST_DOCUMENTED} %: say what \
         callers must know (units, errors, the source of a rule)"
    );
}

/// Each type that a file declares outside other items, with its name and line.
fn types(source: &Source) -> Vec<(String, usize)> {
    let mut depth = 0_usize;
    let mut types = Vec::new();
    for (at, token) in source.code.iter().enumerate() {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth = depth.saturating_sub(1),
            "struct" | "enum" | "trait" if depth == 0 => {
                types.push((text(&source.code, at + 1).to_owned(), token.line));
            }
            _ => {}
        }
    }
    types
}

/// A reader who meets a name twice within a room must look up each time which one is meant.
#[test]
fn no_type_name_occurs_twice_in_a_room() {
    let mut known = std::collections::HashMap::new();
    let mut report = Vec::new();
    for source in house("src") {
        let room = source.module().into_iter().next().unwrap_or_default();
        for (name, line) in types(&source) {
            let here = format!("{}:{line}", source.path);
            if let Some(other) = known.insert((room.clone(), name.clone()), here.clone()) {
                report.push(format!("{here}: `{name}` is also in {other}: give one of them another name"));
            }
        }
    }
    assert!(report.is_empty(), "{} broken:\n{}\n", report.len(), report.join("\n"));
}

/// The rooms that a request and its response pass, from socket to socket.
const ON_THE_WAY: [&str; 6] = ["server", "proxy", "gate", "upstream", "http", "net"];

/// A reader who follows a request meets the names of all these rooms.
#[test]
fn the_rooms_on_the_request_path_share_no_type_name() {
    let mut known: std::collections::HashMap<String, (String, String)> = std::collections::HashMap::new();
    let mut report = Vec::new();
    for source in house("src") {
        let room = source.module().into_iter().next().unwrap_or_default();
        for (name, line) in types(&source).into_iter().filter(|_| ON_THE_WAY.contains(&room.as_str())) {
            let here = format!("{}:{line}", source.path);
            let (other, place) = known.entry(name.clone()).or_insert_with(|| (room.clone(), here.clone()));
            if *other != room {
                report.push(format!("{here}: `{name}` is also in {place}: give one of them another name"));
            }
        }
    }
    assert!(report.is_empty(), "{} broken:\n{}\n", report.len(), report.join("\n"));
}

#[test]
fn every_file_opens_with_its_purpose_and_has_a_subject() {
    for directory in ["src", "tests", "benches"] {
        assert_kept(directory, manners);
    }
}

// ── The checker, checked ─────────────────────────────────────────────────────────────────────────────────────────────

#[path = "architecture/checker.rs"]
mod checker;

//! Tests of the checker: made-up sources that break each rule, and some that only seem to.

use super::*;

/// The lines on which a rule finds `text` at fault.
#[track_caller]
fn faults(rule: fn(&Source) -> Vec<Violation>, path: &str, text: &str) -> Vec<usize> {
    let mut lines: Vec<_> = rule(&Source::new(path, text)).iter().map(|violation| violation.line).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

#[test]
fn the_table_is_that_of_the_design() {
    let order = ["main", "cli", "demo", "server", "admin", "proxy", "upstream", "reload", "snapshot", "config"];
    let order: Vec<_> = order.into_iter().chain(CORE.into_iter().rev()).collect();
    for (at, upper) in order.iter().enumerate() {
        for (below, lower) in order.iter().enumerate() {
            assert_eq!(may_use(upper, lower), at < below, "{upper} and {lower}");
        }
    }
    for shell in ["snapshot", "proxy", "server", "cli"] {
        assert!(may_use(shell, "telemetry") && may_use(shell, "inventory") && may_use(shell, "drain"));
    }
    for core in ["cookie", "policy", "config"] {
        assert!(!may_use(core, "telemetry") && !may_use(core, "inventory") && !may_use(core, "drain"));
        assert!(!may_use("drain", core));
    }
    assert!(may_use("gate", "snapshot") && may_use("gate", "inventory") && may_use("proxy", "gate"));
    for kept_out in ["http", "net", "telemetry", "upstream", "proxy"] {
        assert!(!may_use("gate", kept_out), "{kept_out}");
    }
    assert!(!may_use("upstream", "gate"));
    assert!(may_use("telemetry", "policy") && !may_use("telemetry", "config") && !may_use("telemetry", "inventory"));
}

#[test]
fn an_upward_use_is_found_however_it_is_written() {
    let written = [
        "use crate::policy::Policy;",
        "pub(crate) use crate::policy;",
        "use crate::{policy::Policy, consent};",
        "use crate::{consent::{self, Choice}, charter::{Charter, Problem}};",
        "use super::super::policy::Policy;",
        "use super::{Other, super::policy::Policy};",
        "use self::super::super::policy::Policy;",
        "use ::octroi::policy::Policy;",
        "fn f() -> impl ::octroi::policy::Judge { return ::octroi::policy::judge(); }",
        "fn f() -> crate::policy::Policy { x }",
        "fn f() { let x = Vec::<crate::policy::Policy>::new(); }",
        "fn f(p: &dyn Fn(crate::policy::Policy)) {}",
        "mod inner { use super::super::super::policy::Policy; }",
        "macro_rules! m { () => { $crate::policy::judge() }; }",
        "use\n    crate\n    ::\n    policy;",
        "use crate::*;",
        "use crate as house;",
        "use crate::{self as house};",
        "use super::super::*;",
        "use crate::nowhere::Thing;",
    ];
    for text in written {
        assert!(!faults(layers, "src/cookie/date.rs", text).is_empty(), "{text}");
    }
    assert_eq!(faults(layers, "src/cookie/date.rs", "//! x\n\nuse crate::policy;\n\n\nuse crate::config;"), [3, 6]);
    assert_eq!(faults(layers, "src/cookie/mod.rs", "use super::policy;"), [1]);
    assert_eq!(faults(layers, "src/reload.rs", "use super::proxy;"), [1]);
    assert_eq!(faults(layers, "src/stranger.rs", ""), [1]);
}

#[test]
fn an_upward_use_within_a_room_is_found_through_the_rooms_own_file_too() {
    let root =
        Source::new("src/gate/mod.rs", "mod request;\nmod visitor;\npub use request::Outcome;\nuse visitor::Visitor;");
    let house = [root];
    let lines = |path: &str, text: &str| -> Vec<usize> {
        rooms::layers(&Source::new(path, text), &house).iter().map(|violation| violation.line).collect()
    };
    for upwards in [
        "use super::request::Outcome;",
        "use super::Outcome;",
        "use crate::gate::Outcome;",
        "use crate::{net, gate::{request, visitor}};",
        "fn f() -> super::request::Outcome { x }",
    ] {
        assert_eq!(lines("src/gate/visitor.rs", upwards), [1], "{upwards}");
    }
    for downwards in
        ["use super::Visitor;", "use super::visitor::Visitor;", "use super::Gate;", "use crate::policy::x;"]
    {
        assert_eq!(lines("src/gate/request.rs", downwards), [0; 0], "{downwards}");
    }
    assert_eq!(lines("src/gate/request/part.rs", "use super::super::deletions::x;"), [1]);
    assert_eq!(lines("src/gate/stranger.rs", ""), [1]);
    assert_eq!(lines("src/gate/mod.rs", "use deletions::x;"), [0; 0]);
    assert_eq!(lines("src/snapshot/charter_pages.rs", "use super::anything::x;"), [0; 0]);
}

#[test]
fn a_use_of_the_wall_clock_is_found() {
    for text in
        ["fn f() { SystemTime::now(); }", "fn f() { g(std::time::SystemTime::now) }", "fn f() { Timestamp::now() }"]
    {
        assert_eq!(faults(clocks, "src/server/worker.rs", text), [1], "{text}");
        assert!(faults(clocks, "src/reload.rs", text).is_empty());
    }
    assert!(
        faults(clocks, "src/server/worker.rs", "fn f() { Instant::now(); tokio::time::Instant::now() }").is_empty()
    );
}

#[test]
fn a_use_of_a_module_below_is_no_fault() {
    let written = [
        "use crate::cookie::{SetCookie, UnixTime};",
        "use super::category::CategoryId; use super::*;",
        "use self::judge::Verdict;",
        "use super::super::charter::{Charter, Need as N};",
        "pub(in crate::policy) fn f() {}",
        "mod inner { use super::super::Policy; use super::super::super::charter; }",
        "// use crate::proxy::Proxy;\n/* use crate::proxy; /* nested */ crate::proxy::x */",
        "const X: &str = \"crate::proxy::Proxy\"; const Y: &str = r#\"\" crate::proxy::Proxy\"#;",
        "fn f<'a>(x: &'a str) -> char { '\"' } // crate::proxy::Proxy\nconst Q: char = '\\''; const B: u8 = b'\"';",
        "#[cfg(test)]\nmod tests { use crate::proxy::Proxy; }",
        "#[cfg(test)]\nuse crate::proxy::{Proxy, self};\n",
        "#[cfg(all(test, unix))]\nfn f<A, B>(x: crate::proxy::Proxy) {}",
        "use bytes::{Bytes, buf::Buf}; use std::{fmt, rc::Rc};",
    ];
    for text in written {
        assert_eq!(faults(layers, "src/policy/judge.rs", text), [0; 0], "{text}");
    }
    assert_eq!(faults(layers, "src/main.rs", "use octroi::proxy; use crate::*;"), [0; 0]);
    assert_eq!(faults(layers, "src/lib.rs", "pub mod proxy; pub use crate::proxy::Proxy;"), [0; 0]);
}

#[test]
fn code_after_a_test_item_is_still_checked() {
    let after = "#[cfg(test)]\nmod tests { fn a() {} }\n\n#[cfg(test)]\nmod golden;\nuse crate::proxy;";
    assert_eq!(faults(layers, "src/cookie/mod.rs", after), [6]);
    let field = "struct S {\n    #[cfg(test)]\n    seen: Vec<u8>,\n    proxy: crate::proxy::Proxy,\n}";
    assert_eq!(faults(layers, "src/cookie/mod.rs", field), [4]);
    let not_test = "#[cfg(not(test))]\nuse crate::proxy;";
    assert_eq!(faults(layers, "src/cookie/mod.rs", not_test), [2]);
}

#[test]
fn the_core_may_not_wait_read_or_use_a_clock() {
    let written = [
        "use tokio::net::TcpStream;",
        "use hyper::Request;",
        "use http::HeaderMap;",
        "use std::net::IpAddr;",
        "use std::{fmt, fs};",
        "use std::{fmt, thread::{self, sleep}};",
        "fn f() { std::env::var(\"X\"); }",
        "fn f() { let now = Instant::now(); }",
        "fn f() { std::time::SystemTime::now(); }",
        "fn f() { jiff::Timestamp::now(); }",
        "fn f() { x.unwrap_or_else(Instant::now) }",
        "fn f() { fastrand::u64(..); }",
        "async fn f() {}",
        "fn f() { x.await }",
    ];
    for text in written {
        assert_eq!(faults(purity, "src/charter/mod.rs", text), [1], "{text}");
        assert_eq!(faults(purity, "src/gate/mod.rs", text), [1], "{text}");
        assert_eq!(faults(purity, "src/config/mod.rs", text), [0; 0], "{text}");
    }
    let innocent =
        "use std::time::SystemTime; // tokio::spawn\n#[cfg(test)]\nmod tests { use std::fs; }\nlet now = now;";
    assert_eq!(faults(purity, "src/cookie/time.rs", innocent), [0; 0]);
}

#[test]
fn a_panic_is_found_in_all_its_forms() {
    let written = [
        "fn f() { x.unwrap(); }",
        "fn f() { x.expect(\"y\"); }",
        "fn f() { x.unwrap_err(); }",
        "fn f() { x.map(Result::unwrap); }",
        "fn f() { panic!(\"x\"); }",
        "fn f() { todo!() }",
        "fn f() { unreachable!() }",
        "fn f() { std::unimplemented!() }",
    ];
    for text in written {
        assert_eq!(faults(panics, "src/server/mod.rs", text), [1], "{text}");
    }
    let innocent = "fn f() { x.unwrap_or_default(); expect(y); panic != z; } // .unwrap()\n#[test] #[cfg(test)] fn t() { x.unwrap() }";
    assert_eq!(faults(panics, "src/server/mod.rs", innocent), [0; 0]);
}

#[test]
fn a_panic_is_excepted_only_with_a_reason_and_off_the_request_path() {
    let argued = "#[expect(clippy::expect_used, reason = \"a constant\")]\nfn f() { x.expect(\"y\"); }\nfn g() {}";
    assert_eq!(faults(panics, "src/telemetry/metrics.rs", argued), [0; 0]);
    assert_eq!(faults(panics, "src/proxy/mod.rs", argued), [2]);
    assert_eq!(faults(panics, "src/cookie/mod.rs", argued), [2]);
    let silent = "#[allow(clippy::expect_used)]\nfn f() { x.expect(\"y\"); }";
    assert_eq!(faults(panics, "src/telemetry/metrics.rs", silent), [2]);
    let next = "#[expect(clippy::panic, reason = \"r\")]\nfn f() { panic!() }\nfn g() { panic!() }";
    assert_eq!(faults(panics, "src/telemetry/metrics.rs", next), [3]);
}

#[test]
fn files_and_functions_are_measured_without_their_tests() {
    let lines = |count: usize| "// line\n".repeat(count);
    assert_eq!(faults(measures, "src/drain.rs", &lines(400)), [0; 0]);
    assert_eq!(faults(measures, "src/drain.rs", &lines(401)), [1]);
    let tested = format!("{}#[cfg(test)]\nmod tests {{\n{}fn f() {{}}\n}}\n", lines(400), lines(100));
    assert_eq!(faults(measures, "src/drain.rs", &tested), [0; 0]);
    let function = |count: usize| format!("\nfn f(x: [u8; 2]) -> Fn() {{\n{}}}\nfn g();\n", "x;\n".repeat(count));
    assert_eq!(faults(measures, "src/drain.rs", &function(58)), [0; 0]);
    assert_eq!(faults(measures, "src/drain.rs", &function(59)), [2]);
    assert_eq!(faults(measures, "src/drain.rs", &format!("impl X {{\n{}}}", function(59))), [3]);
}

#[test]
fn documentation_is_counted_beside_code_and_both_without_tests() {
    let text = "//! Owns it.\n\n/// One.\n// Not for callers.\nfn f() {\n    g(\n        x);\n}\n\n\
                #[cfg(test)]\nmod tests {\n    /// Two.\n    fn t() {}\n}\n\n/// Three.\nstruct S;\n";
    assert_eq!(Source::new("src/drain.rs", text).documented(), (3, 5));
}

#[test]
fn a_file_has_an_opening_and_a_subject() {
    assert_eq!(faults(manners, "src/drain.rs", "//! Owns it.\n"), [0; 0]);
    assert_eq!(faults(manners, "src/drain.rs", "use x;\n//! Owns it.\n"), [1]);
    assert_eq!(faults(manners, "src/drain.rs", ""), [1]);
    for nameless in ["src/utils.rs", "src/proxy/helpers/mod.rs", "src/connection/manager.rs", "src/common/x.rs"] {
        assert_eq!(faults(manners, nameless, "//! Owns it.\n"), [1], "{nameless}");
    }
    assert_eq!(faults(manners, "src/package_manager.rs", "//! Owns it.\n"), [0; 0]);
}

#[test]
fn a_test_module_in_a_file_of_its_own_is_known() {
    let source = Source::new("src/cookie/mod.rs", "mod date;\n#[cfg(test)]\nmod golden;\n#[cfg(test)]\nmod t { x }");
    assert_eq!(test_files(&source), ["src/cookie/golden"]);
    let source = Source::new("src/reload.rs", "#[cfg(test)]\nmod tests;");
    assert_eq!(test_files(&source), ["src/reload/tests"]);
}

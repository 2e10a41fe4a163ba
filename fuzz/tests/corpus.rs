//! What the fuzzer has kept, replayed through the same oracles: a finding stays found, with no fuzzer at hand.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::thread;

/// A value nested as deep as a cookie is long is read by recursion.
const STACK: usize = 64 << 20;

/// The inputs of a target with their names.
fn inputs(target: &str) -> io::Result<Vec<(String, Vec<u8>)>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target).with_extension("tar");
    let mut archive = tar::Archive::new(File::open(path)?);
    let mut inputs = Vec::new();
    for entry in archive.entries()? {
        let mut entry = entry?;
        if entry.header().entry_type().is_file() {
            let mut data = Vec::new();
            entry.read_to_end(&mut data)?;
            inputs.push((entry.path()?.display().to_string(), data));
        }
    }
    Ok(inputs)
}

fn replay(target: &str, check: fn(&[u8])) {
    let inputs = inputs(target).expect("a readable archive");
    assert!(inputs.len() > 100, "{target}: only {} inputs", inputs.len());
    let all = move || {
        for (name, data) in inputs {
            // What fails is named by the panic's own message, and the input by this one.
            let failed = std::panic::catch_unwind(|| check(&data)).is_err();
            assert!(!failed, "{name} fails: {}", data.escape_ascii());
        }
    };
    thread::Builder::new().stack_size(STACK).spawn(all).expect("a thread").join().expect("every input holds");
}

#[test]
fn set_cookie() {
    replay("set_cookie", octroi_fuzz::set_cookie::check);
}

#[test]
fn cookie_pairs() {
    replay("cookie_pairs", octroi_fuzz::cookie_pairs::check);
}

#[test]
fn consent() {
    replay("consent", octroi_fuzz::consent::check);
}

#[test]
fn consent_formats() {
    replay("consent_formats", octroi_fuzz::consent_formats::check);
}

#[test]
fn response() {
    replay("response", octroi_fuzz::response::check);
}

#[test]
fn gate() {
    replay("gate", octroi_fuzz::gate::check);
}

#[test]
fn audit() {
    replay("audit", octroi_fuzz::audit::check);
}

#[test]
fn html_rewriter() {
    replay("html_rewriter", octroi_fuzz::html_rewriter::check);
}

#[test]
fn charter_import() {
    replay("charter_import", octroi_fuzz::charter_import::check);
}

//! What the fuzzer has kept, replayed through the same oracles: a finding stays found, with no fuzzer at hand.

use std::path::Path;
use std::{fs, thread};

/// A value nested as deep as a cookie is long is read by recursion.
const STACK: usize = 64 << 20;

fn replay(target: &str, check: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let files: Vec<_> = fs::read_dir(corpus).expect("a corpus").map(|file| file.expect("a file").path()).collect();
    assert!(!files.is_empty());
    let all = move || {
        for file in files {
            let data = fs::read(&file).expect("a readable file");
            // What fails is named by the panic's own message, and the file by this one.
            let failed = std::panic::catch_unwind(|| check(&data)).is_err();
            assert!(!failed, "{} fails: {}", file.display(), data.escape_ascii());
        }
    };
    thread::Builder::new().stack_size(STACK).spawn(all).expect("a thread").join().expect("every file holds");
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
fn response() {
    replay("response", octroi_fuzz::response::check);
}

//! The time to judge a cookie whose name is exact, matched by a pattern or unknown; to read a choice; and to compile a charter:
//! `cargo bench --bench policy`.

#[path = "exchange/charter.rs"]
mod charter;

use std::hint::black_box;

use divan::Bencher;
use octroi::cookie::{SetCookie, UnixTime};
use octroi::policy::{Consent, Policy, Subject};

const NOW: UnixTime = UnixTime(1_763_985_600);
const CHOICE: &[u8] = b"%7B%22functional_cookies%22%3Atrue%2C%22matomo%22%3Atrue%2C%22ga%22%3Atrue%7D";

fn main() {
    divan::main();
}

fn policy() -> Policy {
    charter::compile(include_str!("../tests/golden/policy/charter.toml"))
}

#[divan::bench(args = [
    "sessionid=0123456789abcdef; Path=/; HttpOnly; SameSite=Lax",
    "_pk_id.1.1fff=0123456789abcdef.1763985600.; Path=/; Max-Age=33955200",
    "unknown=1; Path=/",
])]
fn judge_without_consent(bencher: Bencher<'_, '_>, line: &str) {
    let policy = policy();
    let judge = || {
        let cookie = SetCookie::parse(black_box(line.as_bytes())).ok();
        cookie.map(|cookie| policy.judge(Subject::SetCookie(&cookie), &Consent::default(), NOW))
    };
    // Patterns allocate memory when they are first used.
    judge();
    bencher.bench_local(judge);
}

#[divan::bench]
fn read_the_choice(bencher: Bencher<'_, '_>) {
    let policy = policy();
    bencher.bench_local(|| {
        policy.consent(
            &policy.read_choices(&[(&b"cookies_preferences"[..], black_box(CHOICE))].into_iter(), NOW),
            false,
            NOW,
        )
    });
}

/// An exact name, one of a prefix, of a glob and of a regular expression, and one that nothing covers.
#[divan::bench(args = [charter::name(990), charter::name(996), charter::name(998), charter::name(999), "app_".to_owned()])]
fn judge_by_a_thousand_entries(bencher: Bencher<'_, '_>, name: &String) {
    let policy = charter::compile(&charter::with_entries(0..1000));
    let judge = || policy.judge(Subject::Pair(black_box(name.as_bytes())), &Consent::default(), NOW);
    judge();
    bencher.bench_local(judge);
}

/// The compilation of a reload.
#[divan::bench]
fn compile_a_thousand_entries(bencher: Bencher<'_, '_>) {
    let text = charter::with_entries(0..1000);
    bencher.bench_local(|| charter::compile(black_box(&text)));
}

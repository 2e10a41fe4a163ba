//! What one judgement costs: names that are exact, matched by a pattern, or unknown; with and without consent.
#![allow(clippy::expect_used)] // A bench without its charter has nothing to measure.

use std::hint::black_box;

use divan::Bencher;
use octroi::charter::{Charter, CharterDocument};
use octroi::cookie::{SetCookie, UnixTime};
use octroi::policy::{Consent, Policy, Subject};

const NOW: UnixTime = UnixTime(1_763_985_600);
const CHOICE: &[u8] = b"%7B%22functional_cookies%22%3Atrue%2C%22matomo%22%3Atrue%2C%22ga%22%3Atrue%7D";

fn main() {
    divan::main();
}

fn policy() -> Policy {
    let text = include_str!("../tests/golden/policy/charter.toml");
    let document: CharterDocument = toml::from_str(text).expect("a charter");
    Policy::compile(&Charter::from_document(&document).expect("a sound charter")).expect("a policy")
}

#[divan::bench(args = [
    "sessionid=0123456789abcdef; Path=/; HttpOnly; SameSite=Lax",
    "_pk_id.1.1fff=0123456789abcdef.1763985600.; Path=/; Max-Age=33955200",
    "unknown=1; Path=/",
])]
fn judge_without_consent(bencher: Bencher<'_, '_>, line: &str) {
    let policy = policy();
    bencher.bench_local(|| {
        let cookie = SetCookie::parse(black_box(line.as_bytes())).ok();
        cookie.map(|cookie| policy.judge(Subject::SetCookie(&cookie), &Consent::default(), NOW))
    });
}

#[divan::bench]
fn read_the_choice(bencher: Bencher<'_, '_>) {
    let policy = policy();
    bencher.bench_local(|| policy.consent(&policy.read_choice([black_box(CHOICE)].into_iter(), NOW), false));
}

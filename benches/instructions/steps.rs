//! Single steps of the core, with a small charter. The bench runs itself under callgrind: `--step NAME --rounds N`.

use std::env;
use std::hint::black_box;

use anyhow::{Context as _, Result, ensure};
use octroi::cookie::{SetCookie, UnixTime, pairs, parse_cookie_date};
use octroi::policy::{Consent, Policy, Subject};

use crate::exchange::{ANALYTICS, SESSION, UNDECLARED, charter};
use crate::{Scenario, callgrind};

const ROUNDS: [u64; 2] = [100, 1100];
const NOW: UnixTime = UnixTime(1_795_435_200);

const DELETION: &str = "_ga=; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; Domain=.data.example";
const SIX_PAIRS: &str = "_ga=GA1.2.1234567890.1795435200; _pk_id.12.ab34=0f1e2d3c4b5a6978.1795435200.; \
    csrftoken=Zk3Jd8sLq0PxWv5Tn7Rb2Yc9Uf4Mg6Ha; sessionid=8f3k2j5h6g7d9s0a1q2w3e4r5t6y7u8i; \
    cookies_preferences=%7B%22matomo%22%3Atrue%7D; django_language=fr";
const ENCODED_CHOICE: &str = "%7B%22functional_cookies%22%3Atrue%2C%22matomo%22%3Atrue%2C%22ga%22%3Afalse%7D";
const RAW_CHOICE: &str = r#"{"functional_cookies":true,"matomo":true,"ga":false}"#;

#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    limit: u64,
    work: fn(&Policy),
}

/// A figure may change by a sixth without a change of the step, because the compiler divides the crate differently and inlines
/// other functions.
const STEPS: [Step; 9] = [
    Step { name: "Set-Cookie judged: exempt", limit: 490, work: |policy| judge_line(policy, SESSION) },
    Step { name: "Set-Cookie judged: no consent", limit: 1_400, work: |policy| judge_line(policy, ANALYTICS) },
    Step { name: "Set-Cookie judged: undeclared", limit: 1_490, work: |policy| judge_line(policy, UNDECLARED) },
    Step { name: "Set-Cookie judged: a deletion", limit: 1_420, work: |policy| judge_line(policy, DELETION) },
    Step { name: "six request pairs, split and judged", limit: 3_500, work: |policy| judge_pairs(policy, SIX_PAIRS) },
    Step { name: "choice read: percent-encoded", limit: 2_540, work: |policy| read_choice(policy, ENCODED_CHOICE) },
    Step { name: "choice read: raw", limit: 2_630, work: |policy| read_choice(policy, RAW_CHOICE) },
    Step { name: "cookie date: as HTTP writes it", limit: 1_830, work: |_| read_date("Mon, 07 Dec 2026 12:00:00 GMT") },
    Step { name: "cookie date: asctime", limit: 1_650, work: |_| read_date("Mon Dec  7 12:00:00 2026") },
];

fn judge_line(policy: &Policy, line: &str) {
    if let Ok(cookie) = SetCookie::parse(black_box(line.as_bytes())) {
        black_box(policy.judge(Subject::SetCookie(&cookie), &Consent::default(), NOW));
    }
}

fn judge_pairs(policy: &Policy, field: &str) {
    for name in pairs(black_box(field.as_bytes())).filter_map(|pair| pair.name) {
        black_box(policy.judge(Subject::Pair(name), &Consent::default(), NOW));
    }
}

fn read_choice(policy: &Policy, value: &str) {
    let cookie = (&b"cookies_preferences"[..], black_box(value.as_bytes()));
    let choices = policy.read_choices(&[cookie].into_iter(), NOW);
    black_box(policy.consent(&choices, false, NOW));
}

fn read_date(text: &str) {
    black_box(parse_cookie_date(black_box(text.as_bytes())));
}

pub(crate) fn scenarios() -> impl Iterator<Item = Scenario> {
    STEPS.into_iter().map(|step| Scenario {
        name: step.name.to_owned(),
        limit: step.limit,
        count: Box::new(move || callgrind::of_one_round(ROUNDS, |rounds| step.total(rounds))),
    })
}

impl Step {
    /// Instructions of a whole process that runs the step `rounds` times.
    fn total(&self, rounds: u64) -> Result<u64> {
        let directory = tempfile::tempdir()?;
        let mut command = callgrind::command(env::current_exe()?, directory.path());
        let status = command.args(["--step", self.name, "--rounds", &rounds.to_string()]).status()?;
        ensure!(status.success(), "{}: {status}", self.name);
        callgrind::total(directory.path())
    }
}

/// Runs what is counted: the step, `rounds` times.
pub(crate) fn repeat(name: &str, rounds: u64) -> Result<()> {
    let step = STEPS.iter().find(|step| step.name == name).context("no such step")?;
    let policy = charter::compile(charter::SMALL);
    for _ in 0..rounds {
        (step.work)(&policy);
    }
    Ok(())
}

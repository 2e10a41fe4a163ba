//! Checks each response.

use super::ask::{Ask, COOKIES, Choice, Got};
use super::charters::Charter;
use super::ledger::{Begun, Ledger};

/// What became of one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Fine,
    /// An endpoint died meanwhile.
    Excused,
    Wrong,
}

/// Judges an exchange, counts it, and tells of a failure.
pub(crate) fn judge(ledger: &Ledger, begun: Begun, ask: &Ask, got: Option<&Got>) -> Outcome {
    let fault = fault(ledger, begun, ask, got);
    let outcome = match fault {
        None => Outcome::Fine,
        Some(Fault::Lost(_)) if ledger.excuses(begun, ask.is_replayable()) => Outcome::Excused,
        Some(Fault::Lost(what) | Fault::Wrong(what)) => {
            ledger.fail(&format!("{what}\n  sent {:?} ago: {ask:#?}\n  came: {got:#?}", begun.at.elapsed()));
            Outcome::Wrong
        }
    };
    count(ledger, ask, got, outcome);
    let took = begun.at.elapsed();
    let slowest = &mut ledger.book().slowest;
    if took > slowest.0 {
        *slowest = (took, ask.target.clone());
    }
    outcome
}

enum Fault {
    /// No answer of the portal, or not all of it: a dying endpoint excuses that.
    Lost(String),
    /// Nothing excuses that.
    Wrong(String),
}

fn fault(ledger: &Ledger, begun: Begun, ask: &Ask, got: Option<&Got>) -> Option<Fault> {
    let Some(got) = got else { return Some(Fault::Lost("no answer".to_owned())) };
    let signed = got.value("x-soak-id");
    if signed.is_none() && got.status == 502 {
        return Some(Fault::Lost("octroi's 502".to_owned()));
    }
    if signed != Some(&*ask.id.to_string()) {
        return Some(Fault::Wrong(format!("the answer of {signed:?} came to {}", ask.id)));
    }
    if got.status != ask.wanted.status {
        return Some(Fault::Wrong(format!("status {} instead of {}", got.status, ask.wanted.status)));
    }
    if let Some(at) = got.body.differs_at {
        return Some(Fault::Wrong(format!("byte {at} of the body is another one")));
    }
    if let Some(upload) = ask.upload
        && got.value("x-received") != Some(&*format!("{} None", upload.size))
    {
        return Some(Fault::Wrong(format!("the portal did not get the {} bytes as they were sent", upload.size)));
    }
    cookies(ledger, begun, ask, got).map(Fault::Wrong).or_else(|| end(ask, got))
}

/// A whole answer must come whole, and none that was cut off may look so.
fn end(ask: &Ask, got: &Got) -> Option<Fault> {
    let (length, wanted) = (got.body.length, ask.wanted.length);
    match (ask.wanted.whole, got.complete) {
        // The end of the portal's connection is the end of such a body, and nothing tells a stop from it.
        (true, true) if length < wanted && ask.target.contains("framing=close") => {
            Some(Fault::Lost(format!("{length} of {wanted} bytes, which end with the connection")))
        }
        (true, true) if length != wanted => Some(Fault::Wrong(format!("{length} bytes instead of {wanted}"))),
        (true, false) => Some(Fault::Lost(format!("cut off after {length} of {wanted} bytes"))),
        (false, true) => Some(Fault::Wrong("an answer that the portal cut off looks whole".to_owned())),
        (false, false) if length > wanted => Some(Fault::Wrong("more bytes than the portal sent".to_owned())),
        _ => None,
    }
}

/// All cookies of an exchange, both ways, are judged by the visitor's choice under one charter.
fn cookies(ledger: &Ledger, begun: Begun, ask: &Ask, got: &Got) -> Option<String> {
    let Some(choice) = ask.choice else {
        return (got.values("x-endpoint-saw") != [""]).then(|| "a cookie that nobody sent".to_owned());
    };
    let charters = ledger.charters(begun);
    let fits = |charter: &Charter| received(ask, got, choice, *charter) && set(ask, got, choice, *charter);
    (!charters.iter().any(fits)).then(|| format!("cookies that do not fit {choice:?} under {charters:?}"))
}

/// Whether the portal got exactly the pairs that pass, in their order.
fn received(ask: &Ask, got: &Got, choice: Choice, charter: Charter) -> bool {
    let sent: Vec<&str> = ask.fields.iter().filter(|(name, _)| *name == "cookie").map(|(_, value)| &**value).collect();
    let passes = |pair: &&str| {
        let name = pair.split('=').next().unwrap_or_default();
        name == "cookies_preferences" || choice.lets(name, charter)
    };
    let allowed: Vec<&str> = sent.iter().flat_map(|line| line.split("; ")).filter(passes).collect();
    got.value("x-endpoint-saw") == Some(&*allowed.join("; "))
}

/// Whether exactly the cookies that pass were set, byte for byte; deletions may follow, of what was stripped.
fn set(ask: &Ask, got: &Got, choice: Choice, charter: Charter) -> bool {
    let (deletions, set): (Vec<&str>, Vec<&str>) =
        got.values("set-cookie").into_iter().partition(|line| line.contains("Max-Age=0"));
    let (allowed, gated): (Vec<&str>, Vec<&str>) = COOKIES.iter().partition(|name| choice.lets(name, charter));
    let allowed: Vec<_> = allowed.iter().map(|name| format!("{name}={}; Path=/", ask.id)).collect();
    let navigates = ask.fields.iter().any(|(name, _)| *name == "sec-fetch-mode") && ask.method == "GET";
    let deletes_gated = |line: &&str| gated.iter().any(|name| line.starts_with(&format!("{name}=;")));
    set == allowed && deletions.iter().all(deletes_gated) && (navigates || deletions.is_empty())
}

fn count(ledger: &Ledger, ask: &Ask, got: Option<&Got>, outcome: Outcome) {
    let mut book = ledger.book();
    let tally = if outcome == Outcome::Excused { &mut book.disturbed } else { &mut book.fine };
    *tally.entry(ask.kind).or_default() += 1;
    match got {
        Some(got) => *book.classes.entry(format!("{}xx", got.status / 100)).or_default() += 1,
        None => book.unseen += 1,
    }
    let Some(choice) = ask.choice else { return };
    if outcome != Outcome::Fine {
        // Five pairs and a choice one way, five lines the other.
        book.cookies_unseen += 11;
        return;
    }
    // Which name passes depends on the charter, how many do not.
    let passed = COOKIES.iter().filter(|name| choice.lets(name, Charter::Heads)).count() as u64;
    let chosen = u64::from(choice != Choice::Unsaid);
    *book.cookies.entry(("request", true)).or_default() += passed + chosen;
    *book.cookies.entry(("response", true)).or_default() += passed;
    for direction in ["request", "response"] {
        *book.cookies.entry((direction, false)).or_default() += COOKIES.len() as u64 - passed;
    }
}

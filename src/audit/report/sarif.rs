//! The report as SARIF 2.1.0, for code scanning: each finding is a result at the line of the charter that decided.
//!
//! Services match the alerts of two runs by rule, file and fingerprint. So the fingerprint is made of kind, name and host,
//! and not of the entry, whose position changes with every recording.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::words::ENGLISH;
use super::{FindingRow, RecordingRead, Report};
use crate::audit::FindingKind;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The report as a SARIF log with one run. `invocations` says whether every recording was read to its end, so that one
/// that was cut short does not pass for clean.
pub fn render(report: &Report) -> Value {
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "octroi",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": FindingKind::ALL.map(rule),
            } },
            "artifacts": artifacts(report),
            "invocations": [{
                "executionSuccessful": report.summary.complete,
                "toolExecutionNotifications": notifications(report),
            }],
            "results": report.findings.iter().map(|finding| result(report, finding)).collect::<Vec<_>>(),
            "columnKind": "unicodeCodePoints",
        }],
    })
}

fn rule(kind: FindingKind) -> Value {
    let words = (ENGLISH.finding)(kind);
    json!({
        "id": kind.as_str(),
        "shortDescription": { "text": words.title },
        "fullDescription": { "text": words.meaning },
        "help": { "text": words.advice },
        "defaultConfiguration": { "level": level(kind) },
    })
}

/// `error` if consent was missing or the recording proves nothing; `warning` if the charter and the portal differ, or a
/// cookie is unreadable.
fn level(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::CookieWithoutConsent
        | FindingKind::CookieSentWithoutConsent
        | FindingKind::ThirdPartyWithoutConsent
        | FindingKind::RecordingSanitised => "error",
        FindingKind::UndeclaredCookie | FindingKind::LifetimeExceedsCharter | FindingKind::UnreadableCookie => {
            "warning"
        }
    }
}

fn artifacts(report: &Report) -> Value {
    let charter = json!({
        "location": { "uri": uri(&report.summary.charter.file) },
        "roles": ["analysisTarget"],
        "hashes": { "sha-256": hex(&Sha256::digest(&report.charter_text)) },
    });
    let recordings = report
        .summary
        .recordings
        .iter()
        .map(|recording| json!({ "location": { "uri": uri(&recording.file) }, "roles": ["analysisTarget"] }));
    Value::Array(std::iter::once(charter).chain(recordings).collect())
}

fn notifications(report: &Report) -> Vec<Value> {
    let notification = |recording: &RecordingRead, level: &str, text: &str| {
        json!({
            "level": level,
            "message": { "text": format!("{} {text}", recording.file) },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&recording.file) } } }],
        })
    };
    let of = |recording: &RecordingRead| {
        let faults = recording.fault.iter().map(|fault| notification(recording, "error", fault));
        let note = |note| format!("(note): {}", (ENGLISH.recordings.noted)(note));
        let notes = recording.notes.iter().map(|said| notification(recording, "note", &note(*said)));
        faults.chain(notes).collect::<Vec<_>>()
    };
    report.summary.recordings.iter().flat_map(of).collect()
}

fn result(report: &Report, finding: &FindingRow) -> Value {
    let subject = ENGLISH.subject(finding, report);
    let evidence = ENGLISH.evidence(finding).map(|evidence| format!(", {evidence}")).unwrap_or_default();
    let url = finding.url.as_ref().map(|url| format!(", {url}")).unwrap_or_default();
    let index = FindingKind::ALL.iter().position(|kind| *kind == finding.kind);
    json!({
        "ruleId": finding.kind.as_str(),
        "ruleIndex": index,
        "level": level(finding.kind),
        "message": { "text": format!("{}: {subject}{evidence}{url}", (ENGLISH.finding)(finding.kind).title) },
        "partialFingerprints": { "octroi/v1": fingerprint(finding, &subject) },
        "locations": [location(report, finding)],
        "webRequest": { "target": finding.url.as_deref().unwrap_or_default() },
    })
}

/// The line of the charter, or the recording as a whole if no line applies.
fn location(report: &Report, finding: &FindingRow) -> Value {
    let recording = report.summary.recordings.get(finding.recording).map_or("", |recording| &recording.file);
    let physical = match finding.place {
        Some((line, column)) => json!({
            "artifactLocation": { "uri": uri(&report.summary.charter.file), "index": 0 },
            "region": { "startLine": line, "startColumn": column },
        }),
        None => json!({ "artifactLocation": { "uri": uri(recording), "index": finding.recording + 1 } }),
    };
    json!({ "physicalLocation": physical })
}

/// The same in each run that finds the same kind, name and host (SARIF §3.27.17).
fn fingerprint(finding: &FindingRow, subject: &str) -> String {
    // The separator occurs in neither part.
    hex(&Sha256::digest([finding.kind.as_str(), subject].join("\0")))
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// A path as a relative reference (RFC 3986 §4.2), or an absolute one for an absolute path. Bytes outside the
/// unreserved characters are percent-encoded.
fn uri(path: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');
    let path = path.strip_prefix("./").unwrap_or(path);
    let encoded = utf8_percent_encode(path, KEPT).to_string();
    if encoded.starts_with('/') { format!("file://{encoded}") } else { encoded }
}

//! Builds a recording (HAR) of a Chromium page's requests from the events of its protocol.
//!
//! The header fields that a page may not see, such as cookies, come in separate events (`…ExtraInfo`), one for each hop of a
//! redirected request.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// A request, with all hops that its redirects made.
#[derive(Default)]
struct Request {
    asked: Vec<Value>,
    answered: Vec<Value>,
    /// The fields as they went over the network, and as they came.
    sent: Vec<Value>,
    received: Vec<Value>,
}

/// The recording that these events make.
pub(super) fn har(events: &[Value]) -> Value {
    let mut requests: BTreeMap<String, Request> = BTreeMap::new();
    for event in events {
        let (method, parameters) = (event["method"].as_str().unwrap_or_default(), &event["params"]);
        let Some(id) = parameters["requestId"].as_str() else { continue };
        let request = requests.entry(id.to_owned()).or_default();
        match method {
            "Network.requestWillBeSent" => {
                if !parameters["redirectResponse"].is_null() {
                    request.answered.push(parameters["redirectResponse"].clone());
                }
                request.asked.push(parameters.clone());
            }
            "Network.responseReceived" => request.answered.push(parameters["response"].clone()),
            "Network.requestWillBeSentExtraInfo" => request.sent.push(parameters["headers"].clone()),
            "Network.responseReceivedExtraInfo" => request.received.push(parameters["headers"].clone()),
            _ => {}
        }
    }
    let entries: Vec<_> = requests.values().flat_map(Request::entries).collect();
    json!({ "log": { "version": "1.2", "creator": { "name": "octroi's tests", "version": "1" }, "entries": entries } })
}

impl Request {
    fn entries(&self) -> impl Iterator<Item = Value> {
        self.asked.iter().enumerate().map(|(hop, asked)| {
            let answered = self.answered.get(hop).unwrap_or(&Value::Null);
            let began = jiff::Timestamp::from_nanosecond(nanoseconds(&asked["wallTime"])).expect("a date");
            json!({
                "startedDateTime": began.to_string(),
                "time": 1,
                "_resourceType": asked["type"].as_str().unwrap_or_default().to_lowercase(),
                "request": {
                    "method": asked["request"]["method"],
                    "url": asked["request"]["url"],
                    "headers": fields(self.sent.get(hop).unwrap_or(&asked["request"]["headers"])),
                    "cookies": [],
                },
                "response": {
                    "status": answered["status"].as_u64().unwrap_or_default(),
                    "headers": fields(self.received.get(hop).unwrap_or(&answered["headers"])),
                    "cookies": [],
                    "content": { "mimeType": answered["mimeType"] },
                },
            })
        })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a date of today in nanoseconds")]
fn nanoseconds(seconds: &Value) -> i128 {
    (seconds.as_f64().expect("seconds") * 1e6) as i128 * 1000
}

/// Header fields as a recording lists them.
fn fields(headers: &Value) -> Vec<Value> {
    let headers = headers.as_object().into_iter().flatten();
    headers.map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

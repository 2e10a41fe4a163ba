//! The outcome of a connection: the requests that reached the portal and the answers that reached the visitor, without the
//! parts that differ each time.

use std::net::Ipv4Addr;

use tokio::io::AsyncWriteExt;

use crate::support::wire::{BodyRule, Wire};
use crate::support::{Message, shown};

/// The whole requests and the answers of one connection, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) requests: Vec<String>,
    pub(super) answers: Vec<String>,
}

impl Outcome {
    pub(super) fn differs_from(&self, whole: &Self) -> Option<String> {
        (self != whole).then(|| format!("another outcome than at once, which is {whole:#?}"))
    }

    /// Whether it is the other one up to a point.
    pub(super) fn begins(&self, whole: &Self) -> bool {
        whole.requests.starts_with(&self.requests) && whole.answers.starts_with(&self.answers)
    }
}

/// One connection, once it is over.
#[derive(Clone)]
pub(super) struct Visited {
    /// Whose it was.
    pub(super) from: Ipv4Addr,
    /// All bytes that came.
    pub(super) answer: Vec<u8>,
    /// What reached the portal.
    pub(super) seen: Vec<Message>,
    /// Whether the connection ended while somebody waited.
    pub(super) ended: bool,
}

impl Visited {
    pub(super) async fn outcome(&self) -> Outcome {
        let answers = self.answers().await;
        Outcome {
            requests: self.requests(),
            // Whether a visitor is told to go on depends on what they have sent by then.
            answers: answers.iter().filter(|answer| answer.status() != 100).map(|answer| self.plain(answer)).collect(),
        }
    }

    /// The whole requests: whether one that is given up had begun by then depends on time alone.
    pub(super) fn requests(&self) -> Vec<String> {
        self.seen.iter().filter(|seen| seen.complete).map(|request| self.plain(request)).collect()
    }

    /// The answers; those to HEAD are none that this can read.
    pub(super) async fn answers(&self) -> Vec<Message> {
        let (mut sending, receiving) = tokio::io::duplex(self.answer.len() + 1);
        sending.write_all(&self.answer).await.unwrap();
        drop(sending);
        let mut wire = Wire::new(receiving);
        let mut answers = Vec::new();
        while let Some(answer) = wire.message(BodyRule::Response).await {
            answers.push(answer);
        }
        answers
    }

    /// What no connection may do, whatever was said on it.
    pub(super) async fn wrong(&self) -> Option<String> {
        if !self.ended {
            return Some("the connection does not end".to_owned());
        }
        let answers = self.answers().await;
        let last = answers.iter().position(is_close);
        let followed = last.is_some_and(|at| at + 1 < answers.len());
        followed.then(|| "there is an answer after one that said `Connection: close`".to_owned())
    }

    /// A message without its date, octroi's id of it, and the visitor's address.
    fn plain(&self, message: &Message) -> String {
        let line = |(name, value): &(String, Vec<u8>)| format!("{name}: {}\n", value.escape_ascii());
        let mut fields = message.fields();
        fields.retain(|(name, _)| name != "date" && name != "x-request-id");
        let fields: String = fields.iter().map(line).collect();
        let body = message.text();
        let body = body.split("Request: ").next().unwrap_or_default();
        let end = if message.complete { "" } else { "\n(cut off)" };
        let plain = format!("{}\n{fields}{body}{}{end}", message.start_line(), message.trailers.escape_ascii());
        plain.replace(&self.from.to_string(), "VISITOR")
    }

    pub(super) fn shown(&self) -> String {
        let requests: Vec<_> = self.seen.iter().map(|request| format!("\n    upstream: {}", request.shown())).collect();
        format!("{}\n    answer: {}", requests.concat(), shown(&self.answer))
    }
}

/// Whether it says that the connection ends with it.
fn is_close(answer: &Message) -> bool {
    answer.field("connection").is_some_and(|value| value.to_ascii_lowercase().contains("close"))
}

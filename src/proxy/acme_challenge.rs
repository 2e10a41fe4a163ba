//! Answers the HTTP challenge of a certificate authority (RFC 8555 §8.3), on any listener.
//!
//! A challenge that octroi does not know is sent to the portal, which may order certificates, too.

use std::pin::Pin;

use bytes::Bytes;
use http::{Method, request};

use crate::acme::Challenges;
use crate::snapshot::Snapshot;

/// Looks for the answer: `None` if octroi has none.
type Answering<'a> = Pin<Box<dyn Future<Output = Option<Bytes>> + 'a>>;

/// Returns a future that looks for the answer, if the request may be for a challenge of octroi's. Boxed, because hardly any
/// request is.
pub(super) fn asked<'a>(snapshot: &'a Snapshot, head: &'a request::Parts) -> Option<Answering<'a>> {
    let challenges = Challenges::new(snapshot.config.acme.as_deref()?);
    let token = challenges.token(head.uri.path()).filter(|_| [Method::GET, Method::HEAD].contains(&head.method))?;
    Some(Box::pin(async move { challenges.http_answer(token).await.map(Bytes::from) }))
}

//! A certificate authority's question whether the host is octroi's (RFC 8555 §8.3), on any listener.
//!
//! What octroi did not put there is the portal's to answer: it may order certificates, too.

use bytes::Bytes;
use http::{Method, request};

use crate::acme::Challenges;
use crate::snapshot::Snapshot;

/// What the request is answered with, if it asks for a challenge of octroi's. Boxed when it waits, because hardly any request
/// does.
pub(super) async fn answer(snapshot: &Snapshot, head: &request::Parts) -> Option<Bytes> {
    let challenges = Challenges::new(snapshot.config.acme.as_deref()?);
    let token = challenges.token(head.uri.path()).filter(|_| [Method::GET, Method::HEAD].contains(&head.method))?;
    Box::pin(challenges.http_answer(token)).await.map(Bytes::from)
}

//! A certificate authority's question whether the host is octroi's (RFC 8555 §8.3), on any listener.
//!
//! What octroi did not put there is the portal's to answer: it may order certificates, too.

use std::pin::Pin;

use bytes::Bytes;
use http::{Method, request};

use crate::acme::Challenges;
use crate::snapshot::Snapshot;

/// What comes of looking for an answer: `None` if octroi has none.
type Answering<'a> = Pin<Box<dyn Future<Output = Option<Bytes>> + 'a>>;

/// The way to an answer, if the request may ask for a challenge of octroi's. Boxed, because hardly any request does.
pub(super) fn asked<'a>(snapshot: &'a Snapshot, head: &'a request::Parts) -> Option<Answering<'a>> {
    let challenges = Challenges::new(snapshot.config.acme.as_deref()?);
    let token = challenges.token(head.uri.path()).filter(|_| [Method::GET, Method::HEAD].contains(&head.method))?;
    Some(Box::pin(async move { challenges.http_answer(token).await.map(Bytes::from) }))
}

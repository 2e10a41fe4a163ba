//! Reads the short body of a request that octroi answers itself: a browser's report, or a beacon for a held third party.
//!
//! Once it is read, the connection can take the next request.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http_body::Body as _;
use tokio::time::timeout;

use super::error::ProxyError;
use crate::upstream::{RequestBody, RequestBodyError, UpstreamError};

/// The longest one in bytes. A report repeats the policy of its page.
const LONGEST: u64 = 16 << 10;
/// How long to wait for the whole body.
const WITHIN: Duration = Duration::from_secs(10);

/// Reads a body to its end.
///
/// # Errors
/// If it is too long, is not received in time, or breaks off.
pub(super) async fn read(body: &mut RequestBody) -> Result<Vec<u8>, ProxyError> {
    body.limit(Some(LONGEST));
    let whole = async {
        let mut content = Vec::new();
        while let Some(frame) = std::future::poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await {
            content.extend_from_slice(frame?.data_ref().map_or(&[], Bytes::as_ref));
        }
        Ok(content)
    };
    let read = timeout(WITHIN, whole).await.unwrap_or(Err(RequestBodyError::Idle));
    read.map_err(|error| UpstreamError::from(error).into())
}

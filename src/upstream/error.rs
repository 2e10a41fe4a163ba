//! Why the portal gave no usable response.

/// Why the portal gave no usable response. [`Self::status`] is what the visitor gets, [`Self::proxy_status`] the
/// `error` parameter of `Proxy-Status` (RFC 9209 §2.3).
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {}

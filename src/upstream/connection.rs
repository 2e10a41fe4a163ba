//! One HTTP/1.1 connection to the portal, and one exchange on it.

use std::net::SocketAddr;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::Notify;
use tokio::task::spawn_local;
use tokio::time::Instant;

use super::connect::Stream;
use super::request_body::{RequestBody, Upload, UploadState};
use super::watch::{Watch, silence};
use super::{Informed, UpstreamError};
use crate::http1::{Awaited, Guarded, Responses};

/// More informational responses than this to one request are an attack or a fault.
const MOST_INFORMATIONAL: u32 = 64;

/// A connection; closed when dropped.
#[derive(Debug)]
pub(super) struct Connection {
    sender: SendRequest<RequestBody>,
    awaited: Arc<Awaited>,
    watch: Rc<Watch>,
    /// Whom it leads to; `None` where it was lost before that could be asked.
    peer: Option<SocketAddr>,
    opened: Instant,
    requests: u32,
    detached: bool,
}

/// An exchange that came to nothing.
pub(super) struct Unanswered {
    pub(super) error: UpstreamError,
    /// The request, where surely no byte of it was sent.
    pub(super) unsent: Option<Request<RequestBody>>,
}

/// How one exchange is carried out.
#[derive(Clone, Copy)]
pub(super) struct Terms<'a> {
    pub(super) endpoint: &'a Arc<str>,
    pub(super) response_within: Option<Duration>,
    pub(super) body_idle: Option<Duration>,
    pub(super) informed: &'a Informed,
}

impl Connection {
    /// Begins HTTP/1.1 on an open stream.
    pub(super) async fn begin(stream: Stream, builder: &Builder) -> hyper::Result<Self> {
        let peer = stream.peer();
        match stream {
            Stream::Clear(io) => Self::begin_on(io, peer, builder).await,
            Stream::Tls(io) => Self::begin_on(io, peer, builder).await,
            #[cfg(feature = "fuzzing")]
            Stream::Memory(io) => Self::begin_on(io, peer, builder).await,
        }
    }

    async fn begin_on<T>(io: T, peer: Option<SocketAddr>, builder: &Builder) -> hyper::Result<Self>
    where
        T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let awaited = Arc::new(Awaited::default());
        let io = Guarded::new(io, Responses::new(Arc::clone(&awaited)));
        let (sender, connection) = builder.handshake(TokioIo::new(io)).await?;
        let task = spawn_local(async move {
            if let Err(error) = connection.with_upgrades().await {
                tracing::debug!(%error, "a connection to the portal ended with an error");
            }
        });
        let watch = Rc::new(Watch::new(task.abort_handle()));
        Ok(Self { sender, awaited, watch, peer, opened: Instant::now(), requests: 0, detached: false })
    }

    /// Sends a request and waits for the head of its response. Returns also how long the portal took for it, from the
    /// request's last byte.
    pub(super) async fn exchange(
        &mut self,
        mut request: Request<RequestBody>,
        terms: Terms<'_>,
    ) -> Result<(Response<Incoming>, Duration), Unanswered> {
        let upload = request.body().upload();
        let informational = Informational::register(&mut request, terms.informed);
        self.requests = self.requests.saturating_add(1);
        self.watch.sending(upload.clone(), terms.body_idle);
        self.awaited.response();
        let begun = Instant::now();
        // As long as the request is on its way, the response's time has not begun.
        let sent = || match upload.as_deref() {
            Some(upload) if upload.state() == UploadState::Open => Instant::now(),
            Some(upload) => upload.moved(),
            None => begun,
        };
        let mut answer = pin!(self.sender.try_send_request(request));
        let error = tokio::select! {
            biased;
            answer = &mut answer => match answer {
                Ok(response) => {
                    self.watch.receiving();
                    return Ok((response, sent().elapsed()));
                }
                Err(mut failed) => {
                    let unsent = failed.take_message();
                    let seen = (&*self.watch, &*self.awaited);
                    let error = explain(failed.into_error(), seen, upload.as_deref(), terms.endpoint);
                    return Err(Unanswered { error, unsent });
                }
            },
            () = informational.flood.notified() => UpstreamError::ResponseInvalid {
                endpoint: terms.endpoint.clone(),
                reason: format!("more than {MOST_INFORMATIONAL} informational responses to one request"),
            },
            () = silence(terms.response_within, sent) => UpstreamError::ResponseTimeout {
                endpoint: terms.endpoint.clone(),
                after: terms.response_within.unwrap_or_default(),
            },
        };
        Err(Unanswered { error, unsent: None })
    }

    /// Whether another request can be sent.
    pub(super) fn is_ready(&self) -> bool {
        self.sender.is_ready()
    }

    pub(super) fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    pub(super) async fn ready(&mut self) -> hyper::Result<()> {
        self.sender.ready().await
    }

    /// Whether it has been used again before: the portal is known to keep connections open.
    pub(super) fn is_proven(&self) -> bool {
        self.requests > 1
    }

    /// Whom it leads to.
    pub(super) fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    /// When it was opened.
    pub(super) fn opened(&self) -> Instant {
        self.opened
    }

    pub(super) fn watch(&self) -> &Rc<Watch> {
        &self.watch
    }

    /// It has become a tunnel, and lives on without its handle.
    pub(super) fn detach(mut self) {
        self.detached = true;
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if !self.detached {
            self.watch.close();
        }
    }
}

/// Why no response came: the visitor's fault first, then what hyper saw.
fn explain(
    error: hyper::Error,
    (watch, awaited): (&Watch, &Awaited),
    upload: Option<&Upload>,
    endpoint: &Arc<str>,
) -> UpstreamError {
    let endpoint = Arc::clone(endpoint);
    match upload.map(Upload::state) {
        Some(UploadState::TooLarge) => return UpstreamError::RequestTooLarge,
        Some(UploadState::Aborted) => return UpstreamError::RequestAborted,
        _ => {}
    }
    if watch.has_expired() {
        let visitors_fault = upload.is_some_and(Upload::awaits_visitor);
        return if visitors_fault { UpstreamError::RequestTimeout } else { UpstreamError::UploadTimeout { endpoint } };
    }
    if error.is_parse_too_large() {
        return UpstreamError::ResponseHeadTooLarge { endpoint };
    }
    if error.is_parse() {
        let reason = awaited.refused().map_or_else(|| error.to_string(), |refusal| refusal.to_string());
        return UpstreamError::ResponseInvalid { endpoint, reason };
    }
    UpstreamError::ConnectionLost { endpoint, source: error }
}

/// Informational responses are never forwarded: a cookie in a 103 would pass no policy. They are counted.
struct Informational {
    informed: Informed,
    seen: AtomicU32,
    flood: Notify,
}

impl Informational {
    fn register(request: &mut Request<RequestBody>, informed: &Informed) -> Arc<Self> {
        let this = Arc::new(Self { informed: Arc::clone(informed), seen: AtomicU32::new(0), flood: Notify::new() });
        let counted = Arc::clone(&this);
        hyper::ext::on_informational(request, move |_| counted.count());
        this
    }

    fn count(&self) {
        (self.informed)();
        if self.seen.fetch_add(1, Ordering::Relaxed) >= MOST_INFORMATIONAL {
            self.flood.notify_one();
        }
    }
}

//! One HTTP/1.1 connection to the portal, and one exchange on it.

use std::net::SocketAddr;
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::spawn_local;
use tokio::time::Instant;

use super::UpstreamError;
use super::connect::Stream;
use super::request_body::{RequestBody, Upload, UploadState};
use super::watch::{Timer, Watch};
use crate::coarse_clock::CoarseInstant;
use crate::http1::{Awaited, Guarded, Informed, Responses};

/// A connection; closed when dropped. It goes from hand to hand with each request: hence the box.
#[derive(Debug)]
pub(super) struct Connection {
    sender: SendRequest<RequestBody>,
    awaited: Arc<Awaited>,
    watch: Rc<Watch>,
    /// Whom it leads to; `None` where it was lost before that could be asked.
    peer: Option<SocketAddr>,
    opened: CoarseInstant,
    response_timer: Timer,
    requests: u32,
    detached: bool,
}

/// The head of a response.
pub(super) struct Answer {
    pub(super) response: Response<Incoming>,
    pub(super) came: Instant,
    /// From the request's last byte to it.
    pub(super) waited: Duration,
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
}

impl Connection {
    /// Begins HTTP/1.1 on an open stream.
    pub(super) async fn begin(stream: Stream, builder: &Builder, informed: Informed) -> hyper::Result<Box<Self>> {
        let peer = stream.peer();
        match stream {
            Stream::Clear(io) => Self::begin_on(io, peer, builder, informed).await,
            Stream::Tls(io) => Self::begin_on(io, peer, builder, informed).await,
            #[cfg(feature = "fuzzing")]
            Stream::Memory(io) => Self::begin_on(io, peer, builder, informed).await,
        }
    }

    async fn begin_on<T>(
        io: T,
        peer: Option<SocketAddr>,
        builder: &Builder,
        informed: Informed,
    ) -> hyper::Result<Box<Self>>
    where
        T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let awaited = Arc::new(Awaited::default());
        let io = Guarded::new(io, Responses::new(Arc::clone(&awaited), informed));
        let (sender, connection) = builder.handshake(TokioIo::new(io)).await?;
        let task = spawn_local(async move {
            if let Err(error) = connection.with_upgrades().await {
                tracing::debug!(%error, "a connection to the portal ended with an error");
            }
        });
        let watch = Rc::new(Watch::new(task.abort_handle()));
        Ok(Box::new(Self {
            sender,
            awaited,
            watch,
            peer,
            opened: CoarseInstant::now(),
            response_timer: Timer::default(),
            requests: 0,
            detached: false,
        }))
    }

    /// Sends a request and waits for the head of its response; `begun` is about now.
    pub(super) async fn exchange(
        &mut self,
        request: Request<RequestBody>,
        terms: Terms<'_>,
        begun: Instant,
    ) -> Result<Answer, Unanswered> {
        let upload = request.body().upload();
        self.requests = self.requests.saturating_add(1);
        self.watch.sending(upload.clone(), terms.body_idle);
        self.awaited.response();
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
                    let came = Instant::now();
                    self.watch.receiving();
                    return Ok(Answer { response, came, waited: came.saturating_duration_since(sent()) });
                }
                Err(mut failed) => {
                    let unsent = failed.take_message();
                    let seen = (&*self.watch, &*self.awaited);
                    let error = explain(failed.into_error(), seen, upload.as_deref(), terms.endpoint);
                    return Err(Unanswered { error, unsent });
                }
            },
            () = self.response_timer.silence(terms.response_within, sent) => UpstreamError::ResponseTimeout {
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
    pub(super) fn opened(&self) -> CoarseInstant {
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

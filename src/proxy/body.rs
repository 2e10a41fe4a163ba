//! The body of a response on its way to the visitor.
//!
//! hyper polls it; its end, or its drop, ends the exchange, which then counts and logs.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use http_body::{Frame, SizeHint};

use super::exchange::Exchange;
use super::gzip::Compressor;
use super::page_body::PageBody;
use super::panics::{self, Panicked};
use super::termination::Termination;
use super::third_parties::Rewriting;
use crate::html_rewriter::GaveUp;
use crate::net::idle_timeout::IdleTimeout;
use crate::telemetry::metrics::PageRewrite;
use crate::upstream::{Buffered, ReadAhead, ResponseBody, ResponseBodyError};

/// The body of a response. Counts the bytes that were sent, and tells the exchange how it ended.
pub struct Body {
    content: BodyContent,
    exchange: Option<Box<Exchange>>,
}

enum BodyContent {
    Upstream(ReadAhead<ResponseBody>),
    Page(Box<PageBody>),
    Full(Bytes),
    Empty,
}

/// Why a body ended early; the visitor's connection or stream is reset, so that no truncation looks like an end.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct BodyError(#[from] Failure);

#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Upstream(#[from] ResponseBodyError),
    #[error(transparent)]
    Panicked(#[from] Panicked),
}

impl Body {
    /// A portal's response.
    pub(super) fn upstream(body: ResponseBody, exchange: Box<Exchange>) -> Self {
        Self::new(BodyContent::Upstream(ReadAhead::new(body)), exchange)
    }

    /// A portal's page that is rewritten.
    pub(super) fn rewritten(
        body: ResponseBody,
        rewriting: Rewriting,
        compressor: &Rc<Compressor>,
        exchange: Box<Exchange>,
    ) -> Self {
        // The head alone was asked for, or there is nothing but it.
        if http_body::Body::is_end_stream(&body) {
            return Self::upstream(body, exchange);
        }
        Self::new(BodyContent::Page(Box::new(PageBody::new(body, rewriting, compressor))), exchange)
    }

    /// A page of the proxy's own. hyper never asks for the body of an answer to HEAD, so it may be given there, too.
    pub(super) fn full(bytes: Bytes, mut exchange: Box<Exchange>) -> Self {
        exchange.ended(Termination::Ok);
        Self::new(BodyContent::Full(bytes), exchange)
    }

    /// No content.
    pub(super) fn empty(exchange: Box<Exchange>) -> Self {
        Self::new(BodyContent::Empty, exchange)
    }

    /// The error page after a panic, which has ended the exchange.
    pub(super) fn after_panic(page: Bytes) -> Self {
        Self { content: BodyContent::Full(page), exchange: None }
    }

    /// A 101's: the exchange goes on in the tunnel.
    pub(super) fn switched() -> Self {
        Self { content: BodyContent::Empty, exchange: None }
    }

    fn new(content: BodyContent, exchange: Box<Exchange>) -> Self {
        let mut body = Self { content, exchange: Some(exchange) };
        // hyper does not poll a body that has ended already.
        if http_body::Body::is_end_stream(&body) {
            body.ended(Termination::Ok);
        }
        body
    }

    /// How long the visitor may leave it unread: as its site says, or `default` if it belongs to no site.
    pub(crate) fn body_idle(&self, default: IdleTimeout) -> IdleTimeout {
        let site = self.exchange.as_deref().and_then(Exchange::site);
        site.map_or(default, |site| IdleTimeout::new(site.timeouts.body_idle))
    }

    /// Reads what can be read of a short body of the portal's now, before it is sent.
    pub(crate) fn read_ahead(&mut self, cx: &mut Context<'_>) {
        match &mut self.content {
            BodyContent::Upstream(body) => body.read(cx),
            BodyContent::Page(body) => body.read_ahead(cx),
            BodyContent::Full(_) | BodyContent::Empty => {}
        }
    }

    fn ended(&mut self, termination: Termination) {
        if let (Termination::Ok, BodyContent::Page(body), Some(exchange)) = (termination, &self.content, &self.exchange)
            && exchange.is_open()
        {
            exchange.rewrote(page_rewrite(body.gave_up()));
            exchange.rewrote_in(body.worked());
        }
        if let Some(exchange) = &mut self.exchange {
            exchange.ended(termination);
        }
    }

    /// What polling the portal's body gave; after a panic it is never polled again.
    fn contained(&mut self, polled: Result<Polled, Panicked>) -> Poll<Option<Result<Frame<Buffered>, Failure>>> {
        match polled {
            Ok(polled) => polled.map(|frame| frame.map(|frame| frame.map_err(Failure::from))),
            Err(panicked) => {
                self.content = BodyContent::Empty;
                Poll::Ready(Some(Err(panicked.into())))
            }
        }
    }

    fn poll_content(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Buffered>, Failure>>> {
        match &mut self.content {
            BodyContent::Upstream(body) => {
                let polled = panics::poll_frame(Pin::new(body), cx);
                self.contained(polled)
            }
            BodyContent::Page(body) => {
                let polled = panics::poll_frame(Pin::new(&mut **body), cx);
                self.contained(polled)
            }
            BodyContent::Full(bytes) if !bytes.is_empty() => {
                Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes).into()))))
            }
            BodyContent::Full(_) | BodyContent::Empty => Poll::Ready(None),
        }
    }
}

type Polled = Poll<Option<Result<Frame<Buffered>, ResponseBodyError>>>;

/// The result of rewriting, for the metrics. `gave_up`: why the rewriter stopped early, if it did.
fn page_rewrite(gave_up: Option<GaveUp>) -> PageRewrite {
    match gave_up {
        None => PageRewrite::Rewritten,
        Some(GaveUp::Memory) => PageRewrite::Memory,
        Some(GaveUp::Encoding) => PageRewrite::Type,
        Some(GaveUp::Error) => PageRewrite::Error,
    }
}

impl http_body::Body for Body {
    type Data = Buffered;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Buffered>, BodyError>>> {
        let frame = ready!(self.poll_content(cx));
        match &frame {
            Some(Ok(frame)) => {
                let bytes = frame.data_ref().map_or(0, Buf::remaining);
                if let Some(exchange) = &mut self.exchange {
                    exchange.sent(bytes);
                }
                // The last data frame and the trailers are the end: hyper does not ask once more.
                if frame.is_trailers() || self.is_end_stream() {
                    self.ended(Termination::Ok);
                }
            }
            Some(Err(Failure::Upstream(ResponseBodyError::Idle))) => self.ended(Termination::BodyTimeout),
            Some(Err(Failure::Upstream(ResponseBodyError::Aborted(_)))) => self.ended(Termination::UpstreamAborted),
            Some(Err(Failure::Panicked(_))) => self.exchange.iter_mut().for_each(|exchange| exchange.panicked()),
            None => self.ended(Termination::Ok),
        }
        Poll::Ready(frame.map(|frame| frame.map_err(BodyError)))
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            BodyContent::Upstream(body) => body.is_end_stream(),
            BodyContent::Page(body) => body.is_end_stream(),
            BodyContent::Full(bytes) => bytes.is_empty(),
            BodyContent::Empty => true,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            BodyContent::Upstream(body) => body.size_hint(),
            BodyContent::Page(body) => body.size_hint(),
            BodyContent::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            BodyContent::Empty => SizeHint::with_exact(0),
        }
    }
}

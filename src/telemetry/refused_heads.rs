//! Counts the heads that h2 refuses by itself: hyper passes no request up, and nothing else tells of them.
//!
//! h2 says so in diagnostics below `info`, on the thread that polls the connection and before that poll returns. A layer of the
//! subscriber reads how their messages begin, which are words of h2's own; what a visitor sent comes behind and is not
//! looked at. The layer is asked once for each place in the code, so that all other diagnostics stay as disabled as they were.

use std::cell::Cell;
use std::fmt::{self, Debug, Write};

use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

/// Where h2 reads heads.
const TARGETS: [&str; 3] = ["h2::codec::framed_read", "h2::proto::streams::recv", "h2::server"];

/// How messages on heads that are over a limit begin: with the first, h2 answers 431; with the others, it ends the connection.
const TOO_LARGE: [&str; 5] = [
    "stream error REQUEST_HEADER_FIELDS_TOO_LARGE -- ",
    "connection error PROTOCOL_ERROR -- decoded header list size over ",
    "connection error PROTOCOL_ERROR -- decoded CONTINUATION header list size over ",
    "connection error PROTOCOL_ERROR -- CONTINUATION frame header block size over ",
    "too_many_continuations",
];

/// How messages on malformed heads begin. Malformed trailers are told of in the same words as heads, and counted, too.
const MALFORMED: [&str; 3] = [
    "malformed headers: ",
    "stream error PROTOCOL_ERROR -- ",
    "connection error PROTOCOL_ERROR -- failed HPACK decoding",
];

/// As `MALFORMED`, but on what comes behind a head that was passed up, or on no request.
const OTHERWISE: [&str; 3] = [
    "stream error PROTOCOL_ERROR -- recv_data: ",
    "stream error PROTOCOL_ERROR -- recv_trailers: ",
    "stream error PROTOCOL_ERROR -- PRIORITY ",
];

/// No beginning above is longer, in bytes.
const LONGEST: usize = 80;

thread_local! {
    static REFUSED: Cell<RefusedHeads> = const { Cell::new(RefusedHeads { malformed: 0, too_large: 0 }) };
}

/// How many heads h2 has refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RefusedHeads {
    /// It reset the stream, or ended the connection.
    pub malformed: u32,
    /// It answered 431, or ended the connection.
    pub too_large: u32,
}

/// Those of this thread since the last call. Whoever polls a connection calls this behind each poll.
pub fn take() -> RefusedHeads {
    REFUSED.take()
}

/// What counts them.
pub(super) fn layer<S: Subscriber + for<'a> LookupSpan<'a>>() -> impl Layer<S> {
    RefusedHeadsLayer.with_filter(filter_fn(may_tell).with_max_level_hint(LevelFilter::DEBUG))
}

/// The frames that h2 tells of, several for each request, are fields beside the message.
fn may_tell(metadata: &Metadata<'_>) -> bool {
    *metadata.level() == Level::DEBUG
        && TARGETS.contains(&metadata.target())
        && metadata.is_event()
        && metadata.fields().iter().all(|field| field.name() == "message")
}

struct RefusedHeadsLayer;

impl<S: Subscriber> Layer<S> for RefusedHeadsLayer {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut beginning = Beginning(String::with_capacity(LONGEST));
        event.record(&mut beginning);
        REFUSED.set(counted(REFUSED.get(), &beginning.0));
    }
}

/// What was counted before, and the head that this message tells of, if any.
fn counted(before: RefusedHeads, message: &str) -> RefusedHeads {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| message.starts_with(beginning));
    let RefusedHeads { malformed, too_large } = before;
    if begins(&TOO_LARGE) {
        RefusedHeads { malformed, too_large: too_large.saturating_add(1) }
    } else if begins(&MALFORMED) && !begins(&OTHERWISE) {
        RefusedHeads { malformed: malformed.saturating_add(1), too_large }
    } else {
        before
    }
}

/// How a message begins. What is longer is not written out, for it may be as long as a visitor likes.
struct Beginning(String);

impl Visit for Beginning {
    fn record_debug(&mut self, _: &Field, value: &dyn Debug) {
        // It ends with an error once there is enough.
        let _ = write!(self, "{value:?}");
    }
}

impl Write for Beginning {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = LONGEST.saturating_sub(self.0.len());
        self.0.extend(text.chars().take(room));
        if self.0.len() < LONGEST { Ok(()) } else { Err(fmt::Error) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_of_a_message_than_its_beginning() {
        let mut beginning = Beginning(String::new());
        let message = format_args!("malformed headers: malformed path ({:?})", "é".repeat(1000)).to_string();
        assert!(write!(beginning, "{message}").is_err());
        assert!(beginning.0.len() < 2 * LONGEST);
        assert_eq!(counted(RefusedHeads::default(), &beginning.0), RefusedHeads { malformed: 1, too_large: 0 });
    }

    #[test]
    fn every_beginning_fits() {
        for beginning in TOO_LARGE.iter().chain(&MALFORMED).chain(&OTHERWISE) {
            assert!(beginning.len() <= LONGEST, "{beginning}");
        }
    }
}

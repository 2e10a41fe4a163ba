//! A recording (HAR 1.2) as a stream of entries, of any size and any producer.
//!
//! `read` goes through a [`Source`] once and gives each entry to its caller: `source` opens and decompresses, `json`
//! reads, `entry` keeps what matters. `Call` is what an entry says once the producers' ways are put aside.

mod call;
mod cookie_lines;
mod entry;
mod json;
mod producer;
mod source;

use std::io;

pub(super) use call::Call;
pub(super) use cookie_lines::{SentField, sent_field, set_lines};
pub(super) use entry::Entry;
pub use json::JsonFault;
pub(super) use producer::{Producer, Ways};
pub use source::Source;

use json::{JsonReader, Kind};

/// In bytes; what follows is cut.
const LONGEST_NAME: usize = 200;

/// Why a recording, or the rest of it, was not judged.
#[derive(Debug, thiserror::Error)]
pub enum RecordingFault {
    /// It cannot be opened.
    #[error("cannot be opened: {0}")]
    Unopened(#[source] io::Error),
    /// It cannot be read to its end.
    #[error(transparent)]
    Json(#[from] JsonFault),
    /// It is JSON, and something else than a recording.
    #[error("is no recording: expected a JSON object with `log.entries`, as browsers export it (HAR)")]
    NoRecording,
    /// There is nothing in it that went over the network.
    #[error("holds no request that went over the network: it proves nothing")]
    Empty,
    /// A field is larger than any browser sends, so a part of it was not read.
    #[error("holds cookies longer than any browser sends, in entry {0}: a part of them was not read")]
    Oversized(usize),
    /// Whom some entries called is not known, so they were not judged.
    #[error(
        "has {requests} requests whose address cannot be read, the first in entry {first}: they and their {cookies} cookies \
         were not judged"
    )]
    Unaddressed {
        /// The position of the first, from 0.
        first: usize,
        /// How many there are.
        requests: usize,
        /// How many cookies they set or send.
        cookies: usize,
    },
}

/// What a recording says of itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The one named last, or the one that was given before any was named.
    pub(super) producer: Producer,
    /// Whether entries came before the producer's name.
    pub(super) is_late: bool,
    /// How many were read, whether or not they called somebody.
    pub(super) entries: usize,
    /// The first entry of which not everything could be kept.
    oversized: Option<usize>,
    /// The first entry whose address cannot be read, how many there are, and how many cookies they hold.
    unaddressed: Option<(usize, usize, usize)>,
    /// How many entries do not say when they began.
    pub(super) undated: usize,
    /// When the first entry began that says so, and the last: one that does not is taken to have begun with the one before.
    pub(super) first_started: Option<i64>,
    last_started: i64,
    /// Whether an entry that does not say so came before the first that does.
    pub(super) begins_undated: bool,
}

/// What is known of a recording before it is read, by an earlier reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Foreknown {
    /// The ways of its producer.
    pub(super) ways: Ways,
    /// When it began, in milliseconds since 1970.
    pub(super) started: i64,
}

/// Gives each entry that called somebody to `each`, and says how far that went. The head is of use even with a fault: it
/// says how far reading came.
pub(super) fn read(
    source: &Source,
    foreknown: Foreknown,
    progress: &dyn Fn(u64),
    each: &mut dyn FnMut(&Call, &Entry, Ways),
) -> (Head, Result<(), RecordingFault>) {
    let Foreknown { ways, started } = foreknown;
    let producer = Producer { ways, ..Producer::default() };
    let mut head = Head { producer, last_started: started, ..Head::default() };
    let result = match source.reader(progress) {
        Ok(reader) => read_log(JsonReader::new(reader), &mut head, each),
        Err(error) => Err(RecordingFault::Unopened(error)),
    };
    (head, result)
}

fn read_log<R: io::Read>(
    json: Result<JsonReader<R>, JsonFault>,
    head: &mut Head,
    each: &mut dyn FnMut(&Call, &Entry, Ways),
) -> Result<(), RecordingFault> {
    let mut json = json?;
    let mut has_entries = false;
    json.object(|json, key| match key.as_bytes() {
        b"log" => json.object(|json, key| match key.as_bytes() {
            b"creator" | b"browser" => head.name(json, key.as_bytes() == b"creator"),
            b"entries" => {
                has_entries |= json.kind()? == Kind::Array;
                json.array(|json| Entry::read(json).map(|entry| head.entry(&entry, each)))
            }
            _ => json.skip_value(),
        }),
        _ => json.skip_value(),
    })?;
    json.end()?;
    match (head.oversized, head.unaddressed) {
        _ if !has_entries => Err(RecordingFault::NoRecording),
        (Some(entry), _) => Err(RecordingFault::Oversized(entry)),
        (None, Some((first, requests, cookies))) => Err(RecordingFault::Unaddressed { first, requests, cookies }),
        (None, None) => Ok(()),
    }
}

impl Head {
    /// An entry without a time is taken to have begun when the one before it did.
    fn entry(&mut self, entry: &Entry, each: &mut dyn FnMut(&Call, &Entry, Ways)) {
        if let Some(started) = call::started(entry) {
            self.first_started.get_or_insert(started);
            self.last_started = started;
        } else {
            self.undated += 1;
            self.begins_undated |= self.first_started.is_none();
        }
        if entry.is_cut {
            self.oversized.get_or_insert(self.entries);
        }
        let ways = self.producer.ways;
        if call::is_unaddressed(entry) {
            let (_, requests, cookies) = self.unaddressed.get_or_insert((self.entries, 0, 0));
            *requests += 1;
            *cookies += cookie_lines::count(entry, ways);
        }
        if let Some(call) = Call::of(entry, ways, self.entries, self.last_started) {
            each(&call, entry, ways);
        }
        self.entries += 1;
    }

    fn name<R: io::Read>(&mut self, json: &mut JsonReader<R>, is_creator: bool) -> Result<(), JsonFault> {
        let mut name = Vec::new();
        json.object(|json, key| match key.as_bytes() {
            b"name" => json.scalar(&mut name, LONGEST_NAME).map(drop),
            _ => json.skip_value(),
        })?;
        self.is_late |= self.entries > 0;
        self.producer.named(&String::from_utf8_lossy(&name), is_creator);
        Ok(())
    }
}

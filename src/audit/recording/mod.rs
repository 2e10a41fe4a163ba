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
pub(super) use cookie_lines::{sent_field, set_lines};
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
    /// Whom an entry called is not known, so it was not judged.
    #[error("has an address that cannot be read, in entry {0}: that request was not judged")]
    Unaddressed(usize),
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
    /// The first entry whose address cannot be read.
    unaddressed: Option<usize>,
    /// When the last entry began that said so: one that does not is taken to have begun then.
    last_started: i64,
}

/// Gives each entry that called somebody to `each`, and says how far that went. `ways`: what is known of the producer
/// before it is named. The head is of use even with a fault: it says how far reading came.
pub(super) fn read(
    source: &Source,
    ways: Ways,
    progress: &dyn Fn(u64),
    each: &mut dyn FnMut(&Call, &Entry, Ways),
) -> (Head, Result<(), RecordingFault>) {
    let mut head = Head { producer: Producer { ways, ..Producer::default() }, ..Head::default() };
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
        (None, Some(entry)) => Err(RecordingFault::Unaddressed(entry)),
        (None, None) => Ok(()),
    }
}

impl Head {
    /// An entry without a time is taken to have begun when the one before it did.
    fn entry(&mut self, entry: &Entry, each: &mut dyn FnMut(&Call, &Entry, Ways)) {
        self.last_started = call::started(entry).unwrap_or(self.last_started);
        if entry.is_cut {
            self.oversized.get_or_insert(self.entries);
        }
        if call::is_unaddressed(entry) {
            self.unaddressed.get_or_insert(self.entries);
        }
        let ways = self.producer.ways;
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

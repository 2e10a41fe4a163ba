//! Reads a recording (HAR 1.2) as a stream of entries, of any size and any producer.
//!
//! `read` goes through a [`Source`] once and gives each entry to its caller: `source` opens and decompresses the file,
//! `json` reads it, `entry` keeps the members that matter, and `call` evens out the differences between producers.

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
pub(super) use producer::{Behaviour, Producer};
pub use source::Source;

use json::{JsonReader, Kind};

/// How much of a producer's name is kept, in bytes.
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
    /// It is JSON, but not a recording.
    #[error("is not a recording: expected a JSON object with `log.entries`, as browsers export it (HAR)")]
    NoRecording,
    /// No entry of it used the network.
    #[error("holds no request that went over the network: it proves nothing")]
    Empty,
    /// The entry at this position, from 0, holds more than any browser sends, so a part of it was not read.
    #[error("holds cookies longer than any browser sends, in entry {0}: a part of them was not read")]
    Oversized(usize),
    /// Some entries have neither a readable URL nor a host, so they were not judged.
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
    /// The producer named so far; until one is named, that of the hints.
    pub(super) producer: Producer,
    /// Whether entries came before the producer's name.
    pub(super) is_late: bool,
    /// How many entries were read, with those that used no network.
    pub(super) entries: usize,
    /// The position of the first entry of which not everything could be kept.
    oversized: Option<usize>,
    /// The position of the first entry without an address, how many there are, and how many cookies they hold.
    unaddressed: Option<(usize, usize, usize)>,
    /// How many entries have no start time.
    pub(super) undated: usize,
    /// The first start time, in milliseconds since 1970.
    pub(super) first_started: Option<i64>,
    /// The latest start time that was read: an entry without one is taken to have begun then.
    last_started: i64,
    /// Whether an entry without a start time came before the first that has one.
    pub(super) begins_undated: bool,
}

/// What an earlier reading of a recording found, for entries that come before the members that say it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hints {
    /// How its producer writes cookies.
    pub(super) behaviour: Behaviour,
    /// The first start time, in milliseconds since 1970.
    pub(super) started: i64,
}

/// Gives each entry that used the network to `each`. If the reading fails, the head covers the entries read before.
pub(super) fn read(
    source: &Source,
    hints: Hints,
    progress: &dyn Fn(u64),
    each: &mut dyn FnMut(&Call, &Entry, Behaviour),
) -> (Head, Result<(), RecordingFault>) {
    let Hints { behaviour, started } = hints;
    let producer = Producer { behaviour, ..Producer::default() };
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
    each: &mut dyn FnMut(&Call, &Entry, Behaviour),
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
    /// Takes in one entry. An entry without a start time is taken to have begun with the one before it.
    fn entry(&mut self, entry: &Entry, each: &mut dyn FnMut(&Call, &Entry, Behaviour)) {
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
        let behaviour = self.producer.behaviour;
        if call::is_unaddressed(entry) {
            let (_, requests, cookies) = self.unaddressed.get_or_insert((self.entries, 0, 0));
            *requests += 1;
            *cookies += cookie_lines::count(entry, behaviour);
        }
        if let Some(call) = Call::of(entry, behaviour, self.entries, self.last_started) {
            each(&call, entry, behaviour);
        }
        self.entries += 1;
    }

    /// Reads the object of `creator` or `browser`.
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

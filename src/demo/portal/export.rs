//! An export of any length, generated row by row while it is sent, in the memory of one chunk.

use bytes::{BufMut, Bytes, BytesMut};

use super::dataset::Dataset;
use super::record;

/// A chunk is sent once it has this many bytes.
const CHUNK: usize = 32 * 1024;

/// The format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// With `;` between the fields and a byte order mark, as Opendatasoft writes it.
    Csv,
    /// An array of objects.
    Json,
}

/// Where an export ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// After this many rows.
    Rows(u64),
    /// After the row that fills this many bytes.
    Bytes(u64),
}

/// The chunks of an export.
#[derive(Debug)]
pub(super) struct Export {
    dataset: &'static Dataset,
    format: Format,
    end: End,
    /// The next row, from 0.
    row: u64,
    /// How many bytes the chunks so far have.
    bytes: u64,
    state: State,
}

/// The content at which the next chunk begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Head,
    Rows,
    Done,
}

impl Export {
    /// The rows of `dataset`, from the first again if `end` asks for more than it has.
    pub(super) fn new(dataset: &'static Dataset, format: Format, end: End) -> Self {
        Self { dataset, format, end, row: 0, bytes: 0, state: State::Head }
    }

    /// Whether all rows are written. `pending` is the size of the current chunk, in bytes.
    fn is_complete(&self, pending: usize) -> bool {
        match self.end {
            End::Rows(rows) => self.row >= rows,
            End::Bytes(bytes) => self.bytes + pending as u64 >= bytes,
        }
    }

    fn write_head(&self, out: &mut BytesMut) {
        match self.format {
            Format::Csv => record::write_csv_head(self.dataset, out),
            Format::Json => out.put_slice(b"["),
        }
    }

    fn write_row(&self, out: &mut BytesMut) {
        match self.format {
            Format::Csv => record::write_csv(self.dataset, self.row, out),
            Format::Json => {
                if self.row > 0 {
                    out.put_slice(b",\n");
                }
                record::write_json(self.dataset, self.row, out);
            }
        }
    }

    fn write_tail(&self, out: &mut BytesMut) {
        if self.format == Format::Json {
            out.put_slice(b"]\n");
        }
    }
}

impl Iterator for Export {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        if self.state == State::Done {
            return None;
        }
        let mut out = BytesMut::with_capacity(CHUNK + 1024);
        if self.state == State::Head {
            self.write_head(&mut out);
            self.state = State::Rows;
        }
        while out.len() < CHUNK && !self.is_complete(out.len()) {
            self.write_row(&mut out);
            self.row += 1;
        }
        if self.is_complete(out.len()) {
            self.write_tail(&mut out);
            self.state = State::Done;
        }
        self.bytes += out.len() as u64;
        Some(out.freeze())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::portal::catalogue::DATASETS;

    #[test]
    fn as_many_rows_as_asked_for() {
        let text: Vec<u8> = Export::new(&DATASETS[0], Format::Csv, End::Rows(5000)).flatten().collect();
        assert_eq!(text.split(|byte| *byte == b'\n').count(), 5002, "a head, the rows, and nothing after the last");
    }

    #[test]
    fn as_many_bytes_as_asked_for_in_bounded_chunks() {
        let chunks: Vec<_> = Export::new(&DATASETS[1], Format::Csv, End::Bytes(1_000_000)).collect();
        let total: usize = chunks.iter().map(Bytes::len).sum();
        assert!((1_000_000..1_001_000).contains(&total), "{total}");
        assert!(chunks.iter().all(|chunk| chunk.len() < CHUNK + 1024));
    }

    #[test]
    fn json_is_json() {
        for rows in [0, 1, 700] {
            let text: Vec<u8> = Export::new(&DATASETS[2], Format::Json, End::Rows(rows)).flatten().collect();
            let records: Vec<serde_json::Value> = serde_json::from_slice(&text).unwrap();
            assert_eq!(records.len() as u64, rows);
        }
    }
}

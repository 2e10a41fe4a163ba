//! The source of a recording: a file or standard input, plain or compressed.
//!
//! It is read more than once, because its entries are not sorted by time. A file is opened anew each time. Standard input
//! and pipes are first copied to a temporary file without a name, so that a gigabyte does not have to fit in memory.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

/// How many bytes are read before the decoder is chosen.
const MAGIC: usize = 2;

/// A recording that can be read several times.
#[derive(Debug)]
pub struct Source {
    /// `-` for standard input.
    name: String,
    storage: Storage,
}

/// Each kind can be read from its beginning any number of times.
#[derive(Debug)]
enum Storage {
    File(PathBuf),
    Copy(File),
    #[cfg(any(test, feature = "fuzzing"))]
    Memory(Vec<u8>),
}

impl Source {
    /// Opens a file, or standard input for `-`. Standard input and anything but a regular file are copied.
    ///
    /// # Errors
    /// The file cannot be opened, or the input cannot be copied.
    pub fn open(path: &Path) -> io::Result<Self> {
        if path == Path::new("-") {
            let mut copy = tempfile::tempfile()?;
            io::copy(&mut io::stdin().lock(), &mut copy)?;
            return Ok(Self { name: "-".to_owned(), storage: Storage::Copy(copy) });
        }
        if File::open(path)?.metadata()?.is_file() {
            return Ok(Self { name: path.display().to_string(), storage: Storage::File(path.to_owned()) });
        }
        // A pipe can be read only once.
        let mut copy = tempfile::tempfile()?;
        io::copy(&mut File::open(path)?, &mut copy)?;
        Ok(Self { name: path.display().to_string(), storage: Storage::Copy(copy) })
    }

    /// Bytes in memory.
    #[cfg(any(test, feature = "fuzzing"))]
    pub fn memory(bytes: Vec<u8>) -> Self {
        Self { name: "memory".to_owned(), storage: Storage::Memory(bytes) }
    }

    /// As the caller named it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many bytes each reading takes, before decompression.
    ///
    /// # Errors
    /// The file's metadata cannot be read: it was deleted, say.
    pub fn length(&self) -> io::Result<u64> {
        match &self.storage {
            Storage::File(path) => Ok(std::fs::metadata(path)?.len()),
            Storage::Copy(copy) => Ok(copy.metadata()?.len()),
            #[cfg(any(test, feature = "fuzzing"))]
            Storage::Memory(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// Reads it from its beginning, decompressed. `progress` gets the number of bytes of each read.
    ///
    /// # Errors
    /// The file cannot be opened, or its first bytes not be read.
    pub(super) fn reader<'a>(&'a self, progress: &'a dyn Fn(u64)) -> io::Result<Box<dyn Read + 'a>> {
        let raw: Box<dyn Read> = match &self.storage {
            Storage::File(path) => Box::new(File::open(path)?),
            Storage::Copy(copy) => {
                let mut copy = copy;
                copy.seek(SeekFrom::Start(0))?;
                Box::new(copy)
            }
            #[cfg(any(test, feature = "fuzzing"))]
            Storage::Memory(bytes) => Box::new(bytes.as_slice()),
        };
        decompressed(Counted { raw, progress })
    }
}

/// Decompresses gzip (RFC 1952) of any number of members. The first bytes decide, not the file's name.
fn decompressed<'a>(mut raw: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
    let mut magic = Vec::with_capacity(MAGIC);
    raw.by_ref().take(MAGIC as u64).read_to_end(&mut magic)?;
    let whole = io::Cursor::new(magic.clone()).chain(raw);
    // RFC 1952 §2.3.1; no JSON text begins so.
    if magic == [0x1f, 0x8b] {
        return Ok(Box::new(MultiGzDecoder::new(BufReader::with_capacity(64 * 1024, whole))));
    }
    Ok(Box::new(whole))
}

/// Reports each read before decompression, so that a progress bar can show the share of the file.
struct Counted<'a, R> {
    raw: R,
    progress: &'a dyn Fn(u64),
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.raw.read(buffer)?;
        (self.progress)(read as u64);
        Ok(read)
    }
}

//! The read buffer of one connection: bytes that were received from the portal and not handed on yet, and their block of memory.
//! The size of the next read depends on the last one and on what the budget allows.

use std::io;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use bytes::BytesMut;

use super::shared_stream::SharedStream;
use crate::http::h1::BufChain;
use crate::upstream::fair_use::budget::{Backlog, Block, Budget, Hold, LEAST, MOST};
use crate::upstream::fair_use::buffered::Buffered;
use crate::upstream::fair_use::eviction::Owner;
use crate::upstream::fair_use::pace::Turn;
use crate::upstream::request_body::Upload;

/// A read into fewer free bytes than this is not worth its system call.
const WORTH_READING: usize = 1 << 10;

/// The bytes, and the block that holds them.
pub(in crate::upstream) struct Input {
    /// Read, and not handed on yet.
    pub(in crate::upstream) bytes: BytesMut,
    block: Option<Rc<Block>>,
    backlog: Rc<Backlog>,
    /// How many bytes the next read is expected to find: it doubles if a read fills all there is, and follows shorter reads.
    expected: usize,
}

impl Input {
    pub(in crate::upstream) fn new(budget: &Rc<Budget>) -> Self {
        Self { bytes: BytesMut::new(), block: None, backlog: Backlog::new(budget), expected: LEAST }
    }

    /// The next response belongs to `owner`. Waiting bytes of an earlier one are not counted for it.
    pub(in crate::upstream) fn begin(&mut self, owner: Option<&Owner>, upload: Option<&Rc<Upload>>) {
        let backlog = self.backlog.renewed();
        if !Rc::ptr_eq(&backlog, &self.backlog) {
            self.forget();
            self.backlog = backlog;
        }
        self.backlog.begin(owner, upload);
        self.expected = LEAST;
    }

    /// Makes the next read as long as possible.
    pub(in crate::upstream) fn expect_much(&mut self) {
        self.expected = MOST;
    }

    /// The backlog of the response that is read.
    pub(in crate::upstream) fn backlog(&self) -> &Rc<Backlog> {
        &self.backlog
    }

    /// Ready unless too many bytes wait for the visitor; wakes the task of `cx` when the visitor has read some.
    pub(in crate::upstream) fn poll_taken(&self, cx: &Context<'_>, stream: &SharedStream) -> Poll<()> {
        if stream.is_open() && self.backlog.is_full() {
            self.backlog.wait(cx);
            return Poll::Pending;
        }
        Poll::Ready(())
    }

    /// Wraps content that was taken from the bytes, so that their block is counted until the visitor has it. A large block is
    /// not kept for the next read.
    pub(in crate::upstream) fn give_out(&mut self, content: BufChain) -> Buffered {
        let buffered = Buffered::new(content, self.block.as_ref().map(Hold::on));
        self.release_if_empty();
        buffered
    }

    /// Reads more bytes. `left`: how many bytes of the content are still missing, if known. Returns how many were read, 0 at the
    /// end of the stream.
    ///
    /// # Errors
    /// Those of the stream, which may have been closed meanwhile.
    pub(in crate::upstream) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        stream: &SharedStream,
        left: Option<u64>,
    ) -> Poll<io::Result<usize>> {
        let left = left.and_then(|left| usize::try_from(left).ok()).unwrap_or(usize::MAX);
        // A closed stream must be read for its error, however many bytes wait.
        if stream.is_open() {
            ready!(self.poll_space(cx, self.expected.min(left)));
        }
        let room = self.bytes.capacity() - self.bytes.len();
        let read = stream.poll_read(cx, &mut self.bytes);
        self.backlog.set_turn(if read.is_pending() { Turn::Portal } else { Turn::Visitor });
        match read {
            Poll::Ready(Ok(read)) if read < room => self.expected = (2 * read).clamp(LEAST, MOST),
            Poll::Ready(_) => self.expected = self.expected.max(2 * room).min(MOST),
            Poll::Pending => self.release_if_empty(),
        }
        read
    }

    /// Frees a large block if it is empty.
    pub(in crate::upstream) fn release_if_empty(&mut self) {
        if self.bytes.is_empty() && self.block.as_ref().is_some_and(|block| block.bytes > LEAST) {
            self.forget();
        }
    }

    /// Makes space for a read of `wanted` bytes, or fewer if the budget allows no more.
    fn poll_space(&mut self, cx: &Context<'_>, wanted: usize) -> Poll<()> {
        let spare = self.bytes.capacity() - self.bytes.len();
        if !self.bytes.is_empty() {
            // The beginning of a head or of a chunk's size: more must be read, however many bytes wait.
            if spare < WORTH_READING {
                self.begin_block(self.bytes.len() + self.bytes.len().max(LEAST));
            }
            return Poll::Ready(());
        }
        let own = self.block.as_ref().filter(|block| Rc::strong_count(block) == 1).map(|block| block.bytes);
        if own.is_none() {
            if spare >= WORTH_READING {
                return Poll::Ready(());
            }
            self.forget();
        }
        let Some(room) = self.backlog.room(own.unwrap_or(0)) else {
            self.backlog.wait(cx);
            return Poll::Pending;
        };
        let wanted = wanted.max(LEAST).min(room);
        let fits = own.is_some_and(|own| wanted <= own && own <= room && self.bytes.try_reclaim(own));
        if !fits {
            self.begin_block(wanted);
        }
        Poll::Ready(())
    }

    /// A new block, with the bytes at its beginning.
    fn begin_block(&mut self, size: usize) {
        self.block = None;
        let mut bytes = BytesMut::with_capacity(size);
        bytes.extend_from_slice(&self.bytes);
        self.bytes = bytes;
        self.block = Some(Block::take(&self.backlog, size));
    }

    /// Drops the block. Content that was handed on keeps it alive.
    fn forget(&mut self) {
        self.bytes = BytesMut::new();
        self.block = None;
    }
}

//! What has come from the portal on one connection and was not used yet, and the memory that it is read into.

use std::io;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use bytes::BytesMut;

use super::shared_stream::SharedStream;
use crate::http::h1::BufChain;
use crate::upstream::fair_use::budget::{Backlog, Block, Budget, Hold, LEAST, MOST};
use crate::upstream::fair_use::buffered::Buffered;
use crate::upstream::fair_use::holder::Holder;
use crate::upstream::fair_use::pace::Turn;
use crate::upstream::request_body::Upload;

/// Room for fewer bytes than this is not worth a read.
const WORTH_READING: usize = 1 << 10;

/// The bytes, and the block that they lie in.
pub(in crate::upstream) struct Input {
    pub(in crate::upstream) bytes: BytesMut,
    block: Option<Rc<Block>>,
    backlog: Rc<Backlog>,
    /// About how much will have come at the next read, as far as the last one shows.
    usual: usize,
}

impl Input {
    pub(in crate::upstream) fn new(budget: &Rc<Budget>) -> Self {
        Self { bytes: BytesMut::new(), block: None, backlog: Backlog::new(budget), usual: LEAST }
    }

    /// The next response is `holder`'s. What waits of an earlier one does not count as its own.
    pub(in crate::upstream) fn begin(&mut self, holder: Option<&Holder>, upload: Option<&Rc<Upload>>) {
        let backlog = self.backlog.renewed();
        if !Rc::ptr_eq(&backlog, &self.backlog) {
            self.forget();
            self.backlog = backlog;
        }
        self.backlog.begin(holder, upload);
        self.usual = LEAST;
    }

    /// Much is to come.
    pub(in crate::upstream) fn expect_much(&mut self) {
        self.usual = MOST;
    }

    pub(in crate::upstream) fn backlog(&self) -> &Rc<Backlog> {
        &self.backlog
    }

    /// Whether the visitor should take some before more is given out; then the task of `cx` is woken.
    pub(in crate::upstream) fn poll_taken(&self, cx: &Context<'_>, stream: &SharedStream) -> Poll<()> {
        if stream.is_open() && self.backlog.is_full() {
            self.backlog.wait(cx);
            return Poll::Pending;
        }
        Poll::Ready(())
    }

    /// Gives out content that was taken from the bytes. A large block is left to it.
    pub(in crate::upstream) fn give_out(&mut self, content: BufChain) -> Buffered {
        let buffered = Buffered::new(content, self.block.as_ref().map(Hold::on));
        self.rest();
        buffered
    }

    /// Reads more behind the bytes, of which so many are `left`, where that is known. 0 is the end of the stream.
    pub(in crate::upstream) fn poll_read(
        &mut self,
        cx: &mut Context<'_>,
        stream: &SharedStream,
        left: Option<u64>,
    ) -> Poll<io::Result<usize>> {
        let left = left.and_then(|left| usize::try_from(left).ok()).unwrap_or(usize::MAX);
        // Of one that was closed, the reason is read.
        if stream.is_open() {
            ready!(self.poll_room(cx, self.usual.min(left)));
        }
        let room = self.bytes.capacity() - self.bytes.len();
        let read = stream.poll_read(cx, &mut self.bytes);
        self.backlog.set_turn(if read.is_pending() { Turn::Portal } else { Turn::Visitor });
        match read {
            Poll::Ready(Ok(read)) if read < room => self.usual = (2 * read).clamp(LEAST, MOST),
            Poll::Ready(_) => self.usual = self.usual.max(2 * room).min(MOST),
            Poll::Pending => self.rest(),
        }
        read
    }

    /// Nothing is read for a while: a large block that is empty is not kept.
    pub(in crate::upstream) fn rest(&mut self) {
        if self.bytes.is_empty() && self.block.as_ref().is_some_and(|block| block.bytes > LEAST) {
            self.forget();
        }
    }

    /// Makes room for a read.
    fn poll_room(&mut self, cx: &Context<'_>, wanted: usize) -> Poll<()> {
        let spare = self.bytes.capacity() - self.bytes.len();
        if !self.bytes.is_empty() {
            // The beginning of a head, or of a chunk: more of it must come, whatever waits.
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

    /// Lets go of the block; what was given out of it holds it.
    fn forget(&mut self) {
        self.bytes = BytesMut::new();
        self.block = None;
    }
}

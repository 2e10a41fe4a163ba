//! Memory for content that was read from the portal and waits until visitors read it, and for the heads of responses.
//!
//! Each worker has its share of `limits.buffer_bytes`, the [`Budget`]. Content is read into blocks of memory: a [`Block`] is
//! taken from the budget when it is allocated, and given back when its last byte has been sent. A [`Backlog`] adds up the
//! waiting bytes of one response, and says how much more may be read of it.
//!
//! Long reads cost less for each byte, but content for a visitor who stops reading stays in memory. So every response may have
//! a few bytes waiting. More than that is taken from a reserve that a worker's responses share; each may take a part of what is
//! left of it. If a visitor reads fast, the bytes are given back before the next read of any response. So reads are long while
//! few visitors are slow, and become shorter as more are. If the budget runs short, the exchanges of the slowest visitors are
//! evicted. If it is used up, no further response begins.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::rc::{Rc, Weak};
use std::task::{Context, Waker};
use std::time::Duration;

use super::eviction::{Eviction, Holder, Owner};
use super::head_counts::{HeadCounts, UnsentHead};
use super::pace::{Pace, Turn};
use crate::upstream::request_body::{Upload, UploadState};

/// Bytes that one response may have waiting in any case: with fewer, nothing would move.
pub(in crate::upstream) const LEAST: usize = 4 << 10;
/// The longest read, in bytes: a longer one would save nothing.
pub(in crate::upstream) const MOST: usize = 256 << 10;
/// Bytes that a worker's responses may have waiting beyond [`LEAST`], all together.
const RESERVE: usize = 512 << 10;
/// One response may take one part of this many of what is left of the reserve.
const PART: usize = 2;
/// What a frame costs beside its content, in the queue of hyper or h2.
const FRAME: usize = 512;
/// Bytes for a frame or two more, if a response has all that it may have.
const SLACK: usize = 4 << 10;
/// How many parts the budget is counted in.
const PARTS: usize = 8;
/// When this many parts are used, the budget runs short, and one part is freed at a time.
const SHORT: usize = 6;

/// One worker's share of `limits.buffer_bytes`.
#[derive(Debug, Default)]
pub(in crate::upstream) struct Budget {
    limit: Cell<Option<usize>>,
    /// Bytes of blocks and frames that wait.
    used: Cell<usize>,
    /// How much of the reserve is taken.
    reserved: Cell<usize>,
    /// Counts seconds, which is exact enough here.
    ticks: Cell<u32>,
    backlogs: RefCell<Vec<Weak<Backlog>>>,
    heads: HeadCounts,
}

impl Budget {
    /// Limits the waiting bytes to this number; `None`: no limit.
    pub(in crate::upstream) fn limit(&self, bytes: Option<usize>) {
        self.limit.set(bytes);
    }

    /// A second has passed.
    pub(in crate::upstream) fn tick(&self) {
        self.ticks.set(self.ticks.get().wrapping_add(1));
        self.backlogs.borrow_mut().retain(|backlog| backlog.upgrade().inspect(|backlog| backlog.sample()).is_some());
        self.heads.sample();
        self.relieve();
    }

    /// Counts the head of a response that waits until the visitor of this connection reads it.
    pub(in crate::upstream) fn count_head(&self, connection: &Rc<Eviction>, bytes: usize) -> UnsentHead {
        self.heads.begin(connection, bytes)
    }

    /// Whether all of it is taken: no further response should begin.
    pub(in crate::upstream) fn is_used_up(&self) -> bool {
        self.limit.get().is_some_and(|limit| self.taken() >= limit)
    }

    /// Whether it runs short: then memory that is not needed now is freed.
    pub(in crate::upstream) fn is_short(&self) -> bool {
        self.part().is_some_and(|part| self.taken() >= SHORT * part)
    }

    /// Bytes that wait, of content and of heads.
    fn taken(&self) -> usize {
        self.used.get() + self.heads.bytes()
    }

    fn part(&self) -> Option<usize> {
        self.limit.get().map(|limit| limit / PARTS)
    }

    /// If the budget runs short, evicts the exchanges of the slowest visitors for whom bytes wait.
    fn relieve(&self) {
        let Some(part) = self.part().filter(|_| self.is_short()) else { return };
        let mut slow = self.slow();
        slow.sort_by_key(|slow| (slow.pace, Reverse(slow.bytes)));
        let mut freed = 0;
        for Slow { target, bytes, .. } in slow {
            if freed >= part {
                return;
            }
            freed += bytes;
            target.ask();
        }
    }

    /// Everything that could be evicted: streams, and connections with all bytes that wait in them.
    fn slow(&self) -> Vec<Slow> {
        let mut all = HashMap::new();
        let mut add = |target: Rc<Eviction>, pace, bytes| {
            let slow = all.entry(Rc::as_ptr(&target)).or_insert(Slow { target, pace, bytes: 0 });
            slow.pace = slow.pace.max(pace);
            slow.bytes += bytes;
        };
        for backlog in self.backlogs.borrow().iter().filter_map(Weak::upgrade) {
            let target = backlog.owner.borrow().as_ref().map(|owner| owner.eviction.target());
            if let Some((target, pace)) = target.zip(backlog.pace_of_slow())
                && backlog.frames.get() > 0
            {
                add(target, pace, backlog.bytes.get());
            }
        }
        self.heads.slow(&mut add);
        all.into_values().filter(|slow| !slow.target.is_asked()).collect()
    }
}

/// Responses that can only be evicted together.
struct Slow {
    target: Rc<Eviction>,
    /// The pace of the fastest visitor among them.
    pace: usize,
    bytes: usize,
}

/// The waiting bytes of one response. Held by the connection that reads it and by each block of it.
#[derive(Debug)]
pub(in crate::upstream) struct Backlog {
    budget: Rc<Budget>,
    bytes: Cell<usize>,
    /// Frames that were given to hyper and are not sent yet.
    frames: Cell<usize>,
    /// The tick at which the visitor last read a byte, or at which the first byte began to wait.
    moved: Cell<u32>,
    pace: Pace,
    owner: RefCell<Option<Owner>>,
    /// The request's body, and how much of it has been counted.
    upload: RefCell<Option<(Rc<Upload>, u64)>>,
    /// The task that reads the response and waits until the visitor has read more.
    reader: RefCell<Option<Waker>>,
}

impl Backlog {
    /// It can be evicted as long as somebody holds it.
    pub(in crate::upstream) fn new(budget: &Rc<Budget>) -> Rc<Self> {
        let backlog = Rc::new(Self {
            budget: Rc::clone(budget),
            bytes: Cell::default(),
            frames: Cell::default(),
            moved: Cell::default(),
            pace: Pace::default(),
            owner: RefCell::default(),
            upload: RefCell::default(),
            reader: RefCell::default(),
        });
        budget.backlogs.borrow_mut().push(Rc::downgrade(&backlog));
        backlog
    }

    /// The backlog for the next response: a new one, if bytes of this one still wait.
    pub(in crate::upstream) fn renewed(self: &Rc<Self>) -> Rc<Self> {
        if self.frames.get() == 0 { Rc::clone(self) } else { Self::new(&self.budget) }
    }

    /// The request of this response is sent.
    pub(in crate::upstream) fn begin(&self, owner: Option<&Owner>, upload: Option<&Rc<Upload>>) {
        self.owner.replace(owner.cloned());
        self.upload.replace(upload.map(|upload| (Rc::clone(upload), upload.bytes())));
        self.pace.reset();
    }

    /// Says who has to act next, the portal or the visitor. While the request's body is being sent, the body decides.
    pub(in crate::upstream) fn set_turn(&self, turn: Turn) {
        if !self.is_uploading() {
            self.pace.set_turn(turn);
        }
    }

    fn is_uploading(&self) -> bool {
        self.upload.borrow().as_ref().is_some_and(|(upload, _)| upload.state() == UploadState::Open)
    }

    /// A second has passed.
    fn sample(&self) {
        if let Some(owner) = &*self.owner.borrow() {
            self.pace.moved(owner.eviction.take_moved());
        }
        if self.is_uploading()
            && let Some((upload, counted)) = &mut *self.upload.borrow_mut()
        {
            let sent = upload.bytes() - std::mem::replace(counted, upload.bytes());
            self.pace.moved(usize::try_from(sent).unwrap_or(usize::MAX));
            self.pace.set_turn(if upload.awaits_visitor() { Turn::Visitor } else { Turn::Portal });
        }
        self.pace.sample();
    }

    /// [`Pace::of_slow`] of its visitor.
    pub(in crate::upstream) fn pace_of_slow(&self) -> Option<usize> {
        self.pace.of_slow()
    }

    /// Whose share it uses.
    pub(in crate::upstream) fn holder(&self) -> Option<Holder> {
        self.owner.borrow().as_ref().map(Owner::holder)
    }

    /// How many bytes may be read next, if `own` bytes of the counted memory are free for it. `None`: none, before the visitor
    /// has read more; small reads after large ones would cost more than they gain.
    pub(in crate::upstream) fn room(&self, own: usize) -> Option<usize> {
        let waits = self.bytes.get().saturating_sub(own);
        let allowed = self.allowed();
        (waits <= allowed / 2).then(|| allowed - waits)
    }

    /// Whether no more frames should be given to hyper before some of them are sent.
    pub(in crate::upstream) fn is_full(&self) -> bool {
        self.frames.get() > 0 && self.bytes.get() > self.allowed() + SLACK
    }

    /// How many bytes of the response may wait.
    fn allowed(&self) -> usize {
        let budget = &self.budget;
        if budget.is_used_up() {
            return LEAST;
        }
        let others = budget.reserved.get() - beyond(self.bytes.get());
        (LEAST + RESERVE.saturating_sub(others) / PART).min(MOST)
    }

    /// Wakes the task of `cx` when the visitor has read more.
    pub(in crate::upstream) fn wait(&self, cx: &Context<'_>) {
        self.reader.replace(Some(cx.waker().clone()));
    }

    /// How long its visitor has read none of the waiting bytes, in whole seconds; `None` if none wait.
    pub(in crate::upstream) fn unread_for(&self) -> Option<Duration> {
        let ticks = self.budget.ticks.get().wrapping_sub(self.moved.get());
        (self.frames.get() > 0).then(|| Duration::from_secs(u64::from(ticks)))
    }

    /// Whether its exchange was told to end.
    pub(in crate::upstream) fn is_evicted(&self) -> bool {
        self.owner.borrow().as_ref().is_some_and(|owner| owner.eviction.is_asked())
    }

    /// Tells its exchange to end.
    pub(in crate::upstream) fn evict(&self) {
        if let Some(owner) = &*self.owner.borrow() {
            owner.eviction.ask();
        }
    }

    fn has_moved(&self) {
        self.moved.set(self.budget.ticks.get());
    }

    fn count(&self, bytes: usize) {
        let before = self.bytes.replace(bytes);
        let budget = &self.budget;
        budget.used.set(budget.used.get() + bytes - before);
        budget.reserved.set(budget.reserved.get() + beyond(bytes) - beyond(before));
    }

    fn add(&self, bytes: usize) {
        self.count(self.bytes.get() + bytes);
    }

    fn take_off(&self, bytes: usize) {
        self.count(self.bytes.get() - bytes);
        self.wake_reader();
    }

    /// Wakes the task that waits.
    pub(in crate::upstream) fn wake_reader(&self) {
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
    }
}

/// How many of a response's waiting bytes are taken from the reserve.
fn beyond(bytes: usize) -> usize {
    bytes.saturating_sub(LEAST)
}

/// A block of memory, held as long as any byte in it is needed.
#[derive(Debug)]
pub(in crate::upstream) struct Block {
    /// Its size; content may use only a part of it.
    pub(in crate::upstream) bytes: usize,
    backlog: Rc<Backlog>,
}

impl Block {
    /// Takes `bytes` bytes from the budget.
    pub(in crate::upstream) fn take(backlog: &Rc<Backlog>, bytes: usize) -> Rc<Self> {
        backlog.add(bytes);
        Rc::new(Self { bytes, backlog: Rc::clone(backlog) })
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        self.backlog.take_off(self.bytes);
    }
}

/// A frame's reference to the block that holds its content.
#[derive(Debug)]
pub(in crate::upstream) struct Hold(Rc<Block>);

impl Hold {
    /// It counts as one frame until it is dropped.
    pub(in crate::upstream) fn on(block: &Rc<Block>) -> Self {
        let backlog = &block.backlog;
        if backlog.frames.replace(backlog.frames.get() + 1) == 0 {
            backlog.has_moved();
        }
        backlog.add(FRAME);
        Self(Rc::clone(block))
    }

    /// The visitor read `bytes` bytes of the frame.
    pub(in crate::upstream) fn moved(&self, bytes: usize) {
        self.0.backlog.has_moved();
        self.0.backlog.pace.moved(bytes);
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let backlog = &self.0.backlog;
        backlog.frames.set(backlog.frames.get().saturating_sub(1));
        backlog.has_moved();
        backlog.take_off(FRAME);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLENTY: usize = 64 << 20;

    fn budget(limit: usize) -> Rc<Budget> {
        let budget = Rc::<Budget>::default();
        budget.limit(Some(limit));
        budget
    }

    /// A response with as many waiting bytes as allowed.
    fn stalled(budget: &Rc<Budget>) -> (Rc<Backlog>, Vec<(Rc<Block>, Hold)>) {
        let backlog = Backlog::new(budget);
        let mut blocks = Vec::new();
        while let Some(room) = backlog.room(0) {
            let block = Block::take(&backlog, room);
            let hold = Hold::on(&block);
            blocks.push((block, hold));
        }
        (backlog, blocks)
    }

    #[test]
    fn reads_for_a_visitor_who_takes_what_comes_are_long() {
        let budget = budget(PLENTY);
        let (one, other) = (Backlog::new(&budget), Backlog::new(&budget));
        for backlog in [&one, &other, &one, &other] {
            assert_eq!(backlog.room(0), Some(MOST));
            drop(Hold::on(&Block::take(backlog, MOST)));
        }
        assert_eq!((budget.used.get(), budget.reserved.get()), (0, 0));
    }

    #[test]
    fn reads_shrink_as_more_waits_and_all_stay_within_the_reserve() {
        let budget = budget(PLENTY);
        let mut all = Vec::new();
        let mut before = usize::MAX;
        for number in 1..=200 {
            let (backlog, blocks) = stalled(&budget);
            assert!(backlog.bytes.get() <= before.max(LEAST + SLACK), "{number}");
            before = backlog.bytes.get();
            all.push((backlog, blocks));
            let most = number * (LEAST + SLACK) + RESERVE;
            assert!(budget.used.get() <= most, "{number}: {}", budget.used.get());
        }
        assert!(before <= LEAST + SLACK);
        drop(all);
        assert_eq!((budget.used.get(), budget.reserved.get()), (0, 0));
        assert_eq!(Backlog::new(&budget).room(0), Some(MOST));
    }

    #[test]
    fn a_response_gets_the_least_if_the_budget_is_used_up() {
        let budget = budget(1 << 20);
        let mut all = Vec::new();
        while !budget.is_used_up() {
            all.push(stalled(&budget));
        }
        let late = Backlog::new(&budget);
        assert_eq!(late.room(0), Some(LEAST));
        let block = Block::take(&late, LEAST);
        assert_eq!((late.room(0), late.room(LEAST)), (None, Some(LEAST)));
        drop((all, block));
        assert_eq!(late.room(0), Some(MOST));
    }

    #[test]
    fn no_limit_is_no_limit() {
        let budget = Rc::<Budget>::default();
        let _all: Vec<_> = (0..10_000).map(|_| stalled(&budget)).collect();
        assert!(Backlog::new(&budget).room(0) >= Some(LEAST));
    }

    #[test]
    fn a_block_is_held_by_the_last_frame_of_it() {
        let budget = budget(PLENTY);
        let backlog = Backlog::new(&budget);
        let block = Block::take(&backlog, MOST);
        let (one, other) = (Hold::on(&block), Hold::on(&block));
        drop(block);
        assert_eq!(budget.used.get(), MOST + 2 * FRAME);
        drop(one);
        assert_eq!(budget.used.get(), MOST + FRAME);
        drop(other);
        assert_eq!(budget.used.get(), 0);
    }

    #[test]
    fn frames_count_by_their_number_too() {
        let budget = budget(PLENTY);
        let _others: Vec<_> = (0..200).map(|_| stalled(&budget)).collect();
        let backlog = Backlog::new(&budget);
        let block = Block::take(&backlog, LEAST);
        let mut frames = Vec::new();
        while !backlog.is_full() {
            frames.push(Hold::on(&block));
        }
        assert!(frames.len() <= (LEAST + SLACK) / FRAME + 1, "{}", frames.len());
    }

    #[test]
    fn a_response_of_which_nothing_waits_goes_on_whatever_others_took_meanwhile() {
        let budget = budget(PLENTY);
        let backlog = Backlog::new(&budget);
        let block = Block::take(&backlog, MOST);
        let _others: Vec<_> = (0..200).map(|_| stalled(&budget)).collect();
        assert!(!backlog.is_full() && backlog.room(MOST) >= Some(LEAST));
        let _hold = Hold::on(&block);
        assert!(backlog.is_full());
    }

    #[test]
    fn what_waits_of_an_earlier_response_is_not_the_next_ones() {
        let budget = budget(PLENTY);
        let first = Backlog::new(&budget);
        assert!(Rc::ptr_eq(&first, &first.renewed()));
        let block = Block::take(&first, MOST);
        let hold = Hold::on(&block);
        let second = first.renewed();
        assert!(!Rc::ptr_eq(&first, &second) && second.bytes.get() == 0);
        drop(hold);
        assert!(Rc::ptr_eq(&first, &first.renewed()));
    }

    /// A response of `owner` with waiting bytes; it is the visitor's turn.
    fn held(budget: &Rc<Budget>) -> (Owner, Vec<(Rc<Block>, Hold)>) {
        let owner = Owner::default();
        let (backlog, blocks) = stalled(budget);
        backlog.begin(Some(&owner), None);
        backlog.set_turn(Turn::Visitor);
        (owner, blocks)
    }

    #[test]
    fn the_slowest_is_ended_first_and_only_if_the_budget_runs_short() {
        let budget = budget(PLENTY);
        let [(trickling, some), (stalled, _more), (reading, much)] = [(); 3].map(|()| held(&budget));
        let second = || {
            some[0].1.moved(1);
            much[0].1.moved(MOST);
            budget.tick();
        };
        for _ in 0..20 {
            second();
        }
        let ended = || [&trickling, &stalled, &reading].map(|owner| owner.eviction.is_asked());
        assert_eq!(ended(), [false; 3]);
        budget.limit(Some(budget.used.get() * PARTS / SHORT));
        second();
        assert_eq!(ended(), [false, true, false]);
        second();
        second();
        assert_eq!(ended(), [true, true, false]);
    }

    #[test]
    fn an_upload_counts_as_far_as_it_comes() {
        let budget = budget(PLENTY);
        let (upload, backlog) = (Rc::new(Upload::new()), Backlog::new(&budget));
        backlog.begin(None, Some(&upload));
        upload.await_visitor();
        for _ in 0..4 {
            upload.came(MOST as u64);
            budget.tick();
        }
        assert_eq!(backlog.pace_of_slow(), None);
        for _ in 0..60 {
            upload.came(1);
            budget.tick();
        }
        assert!(backlog.pace_of_slow().is_some());
    }
}

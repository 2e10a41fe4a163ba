//! Memory for what was read of the portal's responses and waits for its visitors to take it.
//!
//! Each worker has its share of `limits.buffer_bytes`, the [`Budget`]. What is read lies in blocks of memory: a [`Block`] is
//! taken from the budget when it is allocated, and given back when its last byte has gone out. A [`Backlog`] adds up what
//! waits of one response, and says how much more may be read of it.
//!
//! Long reads cost less for each byte, but a visitor who stops reading keeps what was read for them. So every response may
//! have a little waiting; all that goes beyond comes from a reserve that a worker's responses share, each taking a part of
//! what is left of it. A visitor who takes a read at once gives it back before the next read of any response: as long as
//! few visitors are slow, reads are long. As more of them wait, reads shrink. If the budget runs short, the slowest
//! visitors are ended; if it is used up, no further response begins.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::HashMap;
use std::net::IpAddr;
use std::rc::{Rc, Weak};
use std::task::{Context, Waker};
use std::time::Duration;

use super::eviction::{Eviction, Owner};
use super::pace::{Pace, Turn};
use crate::upstream::request_body::{Upload, UploadState};

/// Bytes that one response may have waiting in any case: with fewer, nothing would move.
pub(in crate::upstream) const LEAST: usize = 4 << 10;
/// The longest read, in bytes: a longer one would save nothing.
pub(in crate::upstream) const MOST: usize = 256 << 10;
/// Bytes that a worker's responses may have waiting beyond [`LEAST`], all together.
const RESERVE: usize = 512 << 10;
/// One response may take so much of what is left of the reserve.
const PART: usize = 2;
/// What a frame costs beside its content, in the queue of hyper or h2.
const FRAME: usize = 512;
/// A frame or two more may be given out if a response has all that it may have.
const SLACK: usize = 4 << 10;
/// The budget is counted in so many parts.
const PARTS: usize = 8;
/// From so many parts on it runs short, and one of them is freed at a time.
const SHORT: usize = 6;

/// One worker's share of `limits.buffer_bytes`.
#[derive(Debug, Default)]
pub(in crate::upstream) struct Budget {
    limit: Cell<Option<usize>>,
    /// Bytes of blocks and frames that wait.
    used: Cell<usize>,
    /// How much of the reserve is taken.
    reserved: Cell<usize>,
    /// The clock of all this: once a second, as nothing here needs to be known better.
    ticks: Cell<u32>,
    backlogs: RefCell<Vec<Weak<Backlog>>>,
}

impl Budget {
    /// Holds what waits to this many bytes; `None`: to none.
    pub(in crate::upstream) fn limit(&self, bytes: Option<usize>) {
        self.limit.set(bytes);
    }

    /// A second has passed.
    pub(in crate::upstream) fn tick(&self) {
        self.ticks.set(self.ticks.get().wrapping_add(1));
        self.backlogs.borrow_mut().retain(|backlog| backlog.upgrade().inspect(|backlog| backlog.sample()).is_some());
        self.relieve();
    }

    /// Whether all of it is taken: no further response should begin.
    pub(in crate::upstream) fn is_used_up(&self) -> bool {
        self.limit.get().is_some_and(|limit| self.used.get() >= limit)
    }

    /// Whether it runs short: then nothing is kept of it that is not needed now.
    pub(in crate::upstream) fn is_short(&self) -> bool {
        self.part().is_some_and(|part| self.used.get() >= SHORT * part)
    }

    fn part(&self) -> Option<usize> {
        self.limit.get().map(|limit| limit / PARTS)
    }

    /// If the budget runs short, ends the slowest visitors for whom something waits.
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

    /// All that could be ended: streams, and connections with all that waits in them.
    fn slow(&self) -> Vec<Slow> {
        let mut all = HashMap::new();
        for backlog in self.backlogs.borrow().iter().filter_map(Weak::upgrade) {
            let target = backlog.owner.borrow().as_ref().map(|owner| owner.eviction.target());
            if let Some((target, pace)) = target.zip(backlog.pace_of_slow())
                && backlog.frames.get() > 0
                && !target.is_asked()
            {
                let slow = all.entry(Rc::as_ptr(&target)).or_insert(Slow { target, pace, bytes: 0 });
                slow.pace = slow.pace.max(pace);
                slow.bytes += backlog.bytes.get();
            }
        }
        all.into_values().collect()
    }
}

/// What ends together if it is told to.
struct Slow {
    target: Rc<Eviction>,
    /// That of the fastest among them.
    pace: usize,
    bytes: usize,
}

/// What waits of one response. Kept by the connection that reads it and by each block of it.
#[derive(Debug)]
pub(in crate::upstream) struct Backlog {
    budget: Rc<Budget>,
    bytes: Cell<usize>,
    /// Frames that were given out and have not gone.
    frames: Cell<usize>,
    /// At which tick the visitor last took something, or began to have something to take.
    moved: Cell<u32>,
    pace: Pace,
    owner: RefCell<Option<Owner>>,
    /// The request's body, and how much of it has been counted.
    upload: RefCell<Option<(Rc<Upload>, u64)>>,
    /// Who waits until less of it waits.
    reader: RefCell<Option<Waker>>,
}

impl Backlog {
    /// It is among those that may be ended as long as somebody holds it.
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

    /// One for the next response: another one, if something of this one waits still.
    pub(in crate::upstream) fn renewed(self: &Rc<Self>) -> Rc<Self> {
        if self.frames.get() == 0 { Rc::clone(self) } else { Self::new(&self.budget) }
    }

    /// A request goes out, whose response it will be.
    pub(in crate::upstream) fn begin(&self, owner: Option<&Owner>, upload: Option<&Rc<Upload>>) {
        self.owner.replace(owner.cloned());
        self.upload.replace(upload.map(|upload| (Rc::clone(upload), upload.bytes())));
        self.pace.reset();
    }

    /// Who has to act for the response to go on. As long as the request's body is on its way, that tells.
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

    /// The address that its owner's share is counted for.
    pub(in crate::upstream) fn address(&self) -> Option<IpAddr> {
        self.owner.borrow().as_ref().and_then(|owner| owner.address)
    }

    /// How much may be read next, if `own` bytes of what is counted are free for it. `None`: nothing, before more of
    /// what waits was taken. Small reads behind large ones would cost more than they bring. In bytes.
    pub(in crate::upstream) fn room(&self, own: usize) -> Option<usize> {
        let waits = self.bytes.get().saturating_sub(own);
        let allowed = self.allowed();
        (waits <= allowed / 2).then(|| allowed - waits)
    }

    /// Whether nothing more should be given out before some of what was given out is taken.
    pub(in crate::upstream) fn is_full(&self) -> bool {
        self.frames.get() > 0 && self.bytes.get() > self.allowed() + SLACK
    }

    /// How much of the response may wait.
    fn allowed(&self) -> usize {
        let budget = &self.budget;
        if budget.is_used_up() {
            return LEAST;
        }
        let others = budget.reserved.get() - beyond(self.bytes.get());
        (LEAST + RESERVE.saturating_sub(others) / PART).min(MOST)
    }

    /// Has the task of `cx` woken when less of it waits.
    pub(in crate::upstream) fn wait(&self, cx: &Context<'_>) {
        self.reader.replace(Some(cx.waker().clone()));
    }

    /// Since how long its visitor has taken nothing of what waits, in whole seconds; `None`: nothing waits.
    pub(in crate::upstream) fn unread_for(&self) -> Option<Duration> {
        let ticks = self.budget.ticks.get().wrapping_sub(self.moved.get());
        (self.frames.get() > 0).then(|| Duration::from_secs(u64::from(ticks)))
    }

    /// Whether its exchange was told to end.
    pub(in crate::upstream) fn is_evicted(&self) -> bool {
        self.owner.borrow().as_ref().is_some_and(|owner| owner.eviction.is_asked())
    }

    /// Has its exchange end.
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

/// How much of what waits of a response comes from the reserve.
fn beyond(bytes: usize) -> usize {
    bytes.saturating_sub(LEAST)
}

/// A block of memory, as long as anything in it is needed.
#[derive(Debug)]
pub(in crate::upstream) struct Block {
    /// Its size, of which content may use a part.
    pub(in crate::upstream) bytes: usize,
    backlog: Rc<Backlog>,
}

impl Block {
    /// Takes so many bytes from the budget.
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

/// A frame's hold on the block that its content lies in.
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

    /// The visitor took so many bytes of the frame.
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

    /// A response of which as much waits as may be.
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

    /// A response of `owner` of which some waits, and the visitor's turn.
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

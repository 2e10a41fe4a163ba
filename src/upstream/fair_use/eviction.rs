//! Ends a slow visitor's exchange early, because others wait for the connection or the memory that it uses.

use std::cell::{Cell, RefCell};
use std::net::IpAddr;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// Whose exchange it is.
#[derive(Clone, Debug, Default)]
pub struct Owner {
    /// How the exchange is told to end.
    pub eviction: Rc<Eviction>,
    /// The address whose share it uses; `None` for an address that is not limited.
    pub address: Option<IpAddr>,
}

/// Among whom slots are shared. A visitor whose address has no share is known by their connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::upstream) enum Holder {
    Address(IpAddr),
    /// Compared, never followed: whoever keeps it keeps the connection's [`Eviction`] as well.
    Connection(*const Eviction),
}

/// How many slots somebody has.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::upstream) struct Held {
    pub(in crate::upstream) slots: usize,
    /// So many of them are for tunnels.
    pub(in crate::upstream) tunnels: usize,
}

impl Owner {
    /// Whose share it is.
    pub(in crate::upstream) fn holder(&self) -> Holder {
        self.address.map_or_else(|| Holder::Connection(Rc::as_ptr(self.eviction.connection())), Holder::Address)
    }

    /// Whether both are of one connection.
    pub(in crate::upstream) fn has_connection_of(&self, other: &Self) -> bool {
        Rc::ptr_eq(self.eviction.connection(), other.eviction.connection())
    }
}

/// Tells a visitor's connection, or one stream of it, to end. The task that serves it polls [`Self::poll_asked`].
#[derive(Debug, Default)]
pub struct Eviction {
    asked: Cell<bool>,
    task: RefCell<Option<Waker>>,
    /// A stream's connection.
    connection: Option<Rc<Self>>,
    /// What a connection's requests hold, of any portal.
    held: Cell<Held>,
    /// All of the stream was handed to its connection, and waits there.
    handed_on: Cell<bool>,
    /// Bytes that the visitor has taken of what comes before this response.
    moved: Cell<usize>,
}

impl Eviction {
    /// The eviction of a stream of this connection.
    pub fn of_stream(connection: &Rc<Self>) -> Rc<Self> {
        Rc::new(Self { connection: Some(Rc::clone(connection)), ..Self::default() })
    }

    /// Notes that no task serves the stream any more: its waiting bytes can be freed only with its connection.
    pub fn hand_on(&self) {
        self.handed_on.set(true);
    }

    /// The visitor has taken bytes of what comes before this response: whoever waits for their turn is not slow.
    pub fn moved(&self, bytes: usize) {
        self.moved.set(self.moved.get().saturating_add(bytes));
    }

    /// The bytes that moved since the last call.
    pub(in crate::upstream) fn take_moved(&self) -> usize {
        self.moved.take()
    }

    /// What must be told to end, so that the exchange ends: the stream, or its connection.
    pub(in crate::upstream) fn target(self: &Rc<Self>) -> Rc<Self> {
        Rc::clone(self.connection.as_ref().filter(|_| self.handed_on.get()).unwrap_or(self))
    }

    /// That of the connection, if this is a stream's.
    fn connection(self: &Rc<Self>) -> &Rc<Self> {
        self.connection.as_ref().unwrap_or(self)
    }

    /// What its connection's requests hold.
    pub(in crate::upstream) fn held(self: &Rc<Self>) -> &Cell<Held> {
        &self.connection().held
    }

    /// Tells it to end.
    pub(in crate::upstream) fn ask(&self) {
        self.asked.set(true);
        if let Some(task) = self.task.take() {
            task.wake();
        }
    }

    /// Whether it was told to end.
    pub fn is_asked(&self) -> bool {
        self.asked.get() || self.connection.as_ref().is_some_and(|connection| connection.is_asked())
    }

    /// Ready when it was told to end; wakes the task of `cx` then.
    pub fn poll_asked(&self, cx: &Context<'_>) -> Poll<()> {
        if self.asked.get() {
            return Poll::Ready(());
        }
        let mut task = self.task.borrow_mut();
        if !task.as_ref().is_some_and(|task| task.will_wake(cx.waker())) {
            *task = Some(cx.waker().clone());
        }
        Poll::Pending
    }
}

//! The exchange: what is known of one request, and the one place that records it when it has ended.

/// What is known of one request. Records itself (metrics, access log) when it is dropped: with the response's body.
pub(super) struct Exchange {}

impl Exchange {
    /// Bytes of the response's body went to the visitor.
    pub(super) fn sent(&mut self, _bytes: usize) {
        todo!()
    }

    /// How it ended; the first word counts. Without one, a drop means that the visitor went away.
    pub(super) fn ended(&mut self, _termination: Termination) {
        todo!()
    }
}

/// How an exchange ended; a closed set, as the access log writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Termination {
    /// The whole response went out.
    Ok,
    /// The visitor went away before the end.
    ClientClosed,
    /// The portal's response broke off.
    UpstreamAborted,
    /// No byte moved for too long.
    BodyTimeout,
}

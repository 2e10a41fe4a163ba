//! Where a card stands: whether a text is within the container of the card above it, or behind it.

/// How deep the containers are nested, and how deep they were.
///
/// A card has a container of its own if that began with the card. Cards that follow each other in one container have none,
/// and a text behind them may be about anything.
#[derive(Debug, Default)]
pub(super) struct Place {
    depth: isize,
    /// The least depth since the last text.
    least: isize,
    /// The least depth between the text before the card and the card.
    floor: isize,
    /// The least depth since the card began.
    low: isize,
    /// The least depth between the card's beginning and its last field: that of its container.
    own: isize,
}

impl Place {
    /// A container begins or ends.
    pub(super) fn mark(&mut self, is_open: bool) {
        self.depth += if is_open { 1 } else { -1 };
        self.least = self.least.min(self.depth);
        self.low = self.low.min(self.depth);
    }

    /// A text was read.
    pub(super) fn text(&mut self) {
        self.least = self.depth;
    }

    /// A card begins with the next text.
    pub(super) fn begin(&mut self) {
        self.floor = self.least;
        self.low = self.depth;
        self.own = self.depth;
    }

    /// The card has one more field.
    pub(super) fn field(&mut self) {
        self.own = self.low;
    }

    /// Whether the container of the card is still open.
    pub(super) fn is_within(&self) -> bool {
        self.own > self.floor && self.low == self.own
    }
}

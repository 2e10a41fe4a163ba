//! The bytes of bodies and tunnels: each follows from a request's id and its offset, so that both ends can detect changed,
//! missing, repeated or foreign bytes without storing any.

/// `length` bytes of the pattern of `id`, from `offset` on.
pub(crate) fn bytes(id: u64, offset: u64, length: usize) -> Vec<u8> {
    let end = offset + length as u64;
    let words = (offset / 8..end.div_ceil(8)).flat_map(|index| word(id, index).to_le_bytes());
    words.skip((offset % 8) as usize).take(length).collect()
}

/// Eight bytes that no other place has: Steele's and Vigna's `SplitMix64`.
fn word(id: u64, index: u64) -> u64 {
    let mut word = (id.rotate_left(32) ^ index).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    word = (word ^ word >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ word >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    word ^ word >> 31
}

/// Reads a body piece by piece and says where it first differs.
#[derive(Debug)]
pub(crate) struct Reader {
    id: u64,
    pub(crate) length: u64,
    pub(crate) differs_at: Option<u64>,
}

impl Reader {
    pub(crate) fn new(id: u64) -> Self {
        Self { id, length: 0, differs_at: None }
    }

    pub(crate) fn read(&mut self, piece: &[u8]) {
        let expected = bytes(self.id, self.length, piece.len());
        if self.differs_at.is_none() && expected != piece {
            let at = expected.iter().zip(piece).position(|(expected, came)| expected != came).unwrap_or(0);
            self.differs_at = Some(self.length + at as u64);
        }
        self.length += piece.len() as u64;
    }
}

//! A portal's responses: the `head`, which begins with a status line; the field `section` of a head or of trailers, whose
//! `set_cookies` are kept apart and whose repeated values are interned (`header_interner`); the `content`, handed on in a `buf_chain`.

pub(super) mod buf_chain;
pub(super) mod content;
pub(super) mod head;
mod header_interner;
pub(super) mod section;
pub(super) mod set_cookies;

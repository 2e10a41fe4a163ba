//! A portal's responses: the `head`, a field `section` after a status line or a body, its `set_cookies` apart from all
//! others, values that are `usual` and so kept, and the `content`, given on in `pieces`.

pub(super) mod content;
pub(super) mod head;
pub(super) mod pieces;
pub(super) mod section;
pub(super) mod set_cookies;
pub(super) mod usual;

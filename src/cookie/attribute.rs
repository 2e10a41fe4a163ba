//! The attributes of a `Set-Cookie` line (RFC 6265bis §5.6, steps 7 and 8).

/// One attribute of a `Set-Cookie` line, as it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// Which attribute it is, its name compared without regard to ASCII case.
    pub kind: AttributeKind,
    /// The bytes between two `;`, untrimmed.
    pub raw: &'a [u8],
    /// The name, trimmed of SP and TAB.
    pub name: &'a [u8],
    /// The bytes after the first `=`, trimmed of SP and TAB; `None` where there is no `=`.
    pub value: Option<&'a [u8]>,
}

/// The attributes that browsers know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum AttributeKind {
    Expires,
    MaxAge,
    Domain,
    Path,
    Secure,
    HttpOnly,
    SameSite,
    Partitioned,
    Priority,
    /// Any other; browsers pass over it.
    Unknown,
}

/// The values of `SameSite` that a policy can add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum SameSite {
    Strict,
    Lax,
    None,
}

/// The attributes of one line, in order.
#[derive(Clone, Debug)]
pub struct Attributes<'a> {
    /// What follows the `;` that ended the previous piece; `None` once the line is read.
    pub(super) rest: Option<&'a [u8]>,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        todo!()
    }
}

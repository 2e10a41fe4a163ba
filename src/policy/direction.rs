//! The direction of a cookie, a label that metrics, inventory and gate share.

/// The direction of a cookie; a label of the metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the visitor to the portal, in a `Cookie` field.
    Request,
    /// From the portal to the visitor, in a `Set-Cookie` field.
    Response,
}

impl Direction {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Request, Self::Response];

    /// The label of the metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

//! Fields of a message, by name and by kind: it loses those that belong to its connection, to another hop, or to nobody.

use http::{HeaderMap, HeaderName, HeaderValue};

/// Removes the fields of a kind. Most messages have none, and to look at each name costs less than to search for all that
/// could be there.
pub(super) fn remove(headers: &mut HeaderMap, is_one: impl Fn(&HeaderName) -> bool) {
    while let Some(name) = headers.keys().find(|name| is_one(name)).cloned() {
        headers.remove(name);
    }
}

/// The value of a field that stands there once.
pub(super) fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a HeaderValue> {
    let mut values = headers.get_all(name).iter();
    values.next().filter(|_| values.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proxy::testing::{fields, headers};

    #[test]
    fn every_line_of_every_field_of_a_kind_goes() {
        let mut headers = headers(&[("a", "1"), ("x-a", "2"), ("b", "3"), ("x-b", "4"), ("x-a", "5"), ("x-c", "6")]);
        remove(&mut headers, |name| name.as_str().starts_with("x-"));
        assert_eq!(fields(&headers), ["a: 1", "b: 3"]);
    }
}

//! Relations of links, in a field or in a page: what a browser fetches for them.

/// Relations that name another page and fetch nothing (IANA, "Link Relations").
const NAMING: [&[u8]; 22] = [
    b"alternate", b"author", b"bookmark", b"canonical", b"cite-as", b"collection", b"describedby", b"first", b"help",
    b"index", b"item", b"last", b"license", b"me", b"prev", b"previous", b"profile", b"search", b"self",
    b"service-desc", b"service-doc", b"up",
];

/// Whether a browser fetches nothing for this relation. An unknown relation is assumed to fetch.
pub fn names_only_a_page(relation: &[u8]) -> bool {
    NAMING.iter().any(|known| known.eq_ignore_ascii_case(relation))
}

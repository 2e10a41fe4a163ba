//! A page, rewritten: any bytes, in pieces of any size.

use octroi::html_rewriter::{Held, PageAddress, Placeholders, Rewriter, Rules};

/// What may be inserted, in the order in which it is taken out again.
const INSERTED: [&str; 3] = [
    " srcdoc=\"held\" sandbox=\"allow-top-navigation-by-user-activation allow-popups allow-popups-to-escape-sandbox\"",
    " type=\"text/plain\"",
    "data-octroi-",
];

/// # Panics
/// Where the size of the pieces matters to what leaves, where anything but the insertions was added or taken away.
pub fn check(data: &[u8]) {
    let Some((size, page)) = data.split_first() else { return };
    // What stands in the page itself could not be told from what was inserted.
    if INSERTED.iter().any(|text| count(page, text.as_bytes()) > 0) {
        return;
    }
    let whole = rewritten(&[page]);
    let pieces: Vec<_> = page.chunks(usize::from(*size) + 1).collect();
    assert!(rewritten(&pieces) == whole, "the size of the pieces matters");
    assert!(without_insertions(&whole) == page, "more than the insertions was changed");
}

fn rewritten(pieces: &[&[u8]]) -> Vec<u8> {
    let held = |url: &url::Url| is_held(url).then_some(Held { party: Some(0) });
    let placeholders = Placeholders::new([("fr".to_owned(), vec!["held".to_owned()])]);
    let mut rewriter = Rewriter::new(Rules {
        held: Box::new(held),
        placeholders: placeholders.into(),
        address: PageAddress::new("https://portal.example", "/"),
    });
    let mut output = Vec::new();
    for piece in pieces {
        rewriter.write(piece);
        output.extend(rewriter.take());
    }
    rewriter.end();
    output.extend(rewriter.take());
    output
}

/// Every host whose name has an `h`.
fn is_held(url: &url::Url) -> bool {
    url.host_str().is_some_and(|host| host.contains('h'))
}

fn without_insertions(page: &[u8]) -> Vec<u8> {
    let mut page = page.to_vec();
    for text in INSERTED {
        while let Some(at) = page.windows(text.len()).position(|window| window == text.as_bytes()) {
            page.drain(at..at + text.len());
        }
    }
    page
}

fn count(page: &[u8], text: &[u8]) -> usize {
    page.windows(text.len()).filter(|window| *window == text).count()
}

//! Disables the elements of an HTML page that would send requests to held third parties, as a stream: bytes in, bytes out.
//!
//! `lol_html` finds the elements as browsers do, but does not write the page. `elements` decides which texts to insert into
//! which start tags, and `splice` inserts them; every byte of the page is kept. So the page keeps its structure, and stays
//! whole if the rewriter gives up at any byte.
//!
//! What it does not see (elements that scripts insert, `srcdoc`, `noscript`) is blocked by the page's
//! `Content-Security-Policy`.

mod attribute;
mod elements;
mod placeholders;
mod splice;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::LazyLock;

use lol_html::errors::RewritingError;
use lol_html::{ElementContentHandlers, HtmlRewriter, MemorySettings, Selector, Settings};

pub use elements::{Held, Judge, Rules};
pub use placeholders::{PageAddress, Placeholders};

use elements::{Page, SELECTOR};
use splice::Splicer;

/// The memory limit of one page, in bytes: for an unfinished tag and the stack of open elements.
pub const MEMORY: usize = 256 << 10;
/// The first size of the buffer for an unfinished tag, in bytes.
const PREALLOCATED: usize = 1 << 10;

static ELEMENTS: LazyLock<Option<Selector>> = LazyLock::new(|| SELECTOR.parse().ok());

/// Why the rest of a page is passed on unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GaveUp {
    /// A tag is too long, or too many elements are open.
    Memory,
    /// The page is UTF-16, in which the parser finds no tag.
    Encoding,
    /// Anything else.
    Error,
}

/// Rewrites one page.
pub struct Rewriter {
    /// `None` once it has given up.
    parser: Option<HtmlRewriter<'static, Sink>>,
    splicer: Rc<RefCell<Splicer>>,
    /// Whether the page begins with a byte order mark.
    beginning: Beginning,
    gave_up: Option<GaveUp>,
}

type Sink = Box<dyn FnMut(&[u8])>;

impl Rewriter {
    /// Begins a page.
    pub fn new(rules: Rules) -> Self {
        let splicer = Rc::<RefCell<Splicer>>::default();
        let parser = ELEMENTS.as_ref().map(|selector| parser(selector, rules, &splicer));
        let gave_up = parser.is_none().then_some(GaveUp::Error);
        Self { parser, splicer, beginning: Beginning::default(), gave_up }
    }

    /// Takes the next bytes of the page.
    pub fn write(&mut self, bytes: &[u8]) {
        if self.beginning.is_utf16(bytes) {
            self.give_up(GaveUp::Encoding);
        }
        let Some(parser) = &mut self.parser else {
            self.splicer.borrow_mut().pass(bytes);
            return;
        };
        if let Err(error) = parser.write(bytes) {
            // The parser has passed on all bytes that it was given.
            self.give_up(reason(&error));
        }
    }

    /// Ends the page.
    pub fn end(&mut self) {
        if let Some(Err(error)) = self.parser.take().map(HtmlRewriter::end) {
            self.give_up(reason(&error));
        }
    }

    /// Takes the output so far.
    pub fn take(&mut self) -> Vec<u8> {
        self.splicer.borrow_mut().take()
    }

    /// Why the rest of the page is passed on unchanged, if it is.
    pub fn gave_up(&self) -> Option<GaveUp> {
        self.gave_up
    }

    fn give_up(&mut self, why: GaveUp) {
        self.parser = None;
        self.gave_up.get_or_insert(why);
    }
}

fn parser(selector: &'static Selector, rules: Rules, splicer: &Rc<RefCell<Splicer>>) -> HtmlRewriter<'static, Sink> {
    let (inserting, passing) = (Rc::clone(splicer), Rc::clone(splicer));
    let mut page = Page::new(rules);
    let handler =
        ElementContentHandlers::default().element(move |element: &mut lol_html::html_content::Element<'_, '_>| {
            let insertions = page.element(element);
            if !insertions.is_empty() {
                inserting.borrow_mut().insert(insertions);
            }
            Ok(())
        });
    let memory = MemorySettings::new()
        .with_max_allowed_memory_usage(MEMORY)
        .with_preallocated_parsing_buffer_size(PREALLOCATED)
        .with_graceful_bail_out_on_memory_limit_exceeded(true);
    let settings = Settings::new()
        .append_element_content_handler((std::borrow::Cow::Borrowed(selector), handler))
        .with_memory_settings(memory)
        .with_graceful_bail_out_on_content_handler_error(true)
        // In strict mode, it would refuse pages that browsers read, and lose their bytes.
        .with_strict(false);
    HtmlRewriter::new(settings, Box::new(move |bytes: &[u8]| passing.borrow_mut().pass(bytes)))
}

fn reason(error: &RewritingError) -> GaveUp {
    if matches!(error, RewritingError::MemoryLimitExceeded(_)) { GaveUp::Memory } else { GaveUp::Error }
}

/// The search for a byte order mark of UTF-16, which overrides every declaration of a page's encoding (Encoding Standard,
/// "BOM sniff").
#[derive(Debug, Default)]
enum Beginning {
    #[default]
    Nothing,
    One(u8),
    Seen,
}

impl Beginning {
    fn is_utf16(&mut self, bytes: &[u8]) -> bool {
        let (first, second) = match (&self, bytes) {
            (Self::Seen, _) | (_, []) => return false,
            (Self::One(first), [second, ..]) | (Self::Nothing, [first, second, ..]) => (*first, *second),
            (Self::Nothing, [first]) => {
                *self = Self::One(*first);
                return false;
            }
        };
        *self = Self::Seen;
        matches!([first, second], [0xFE, 0xFF] | [0xFF, 0xFE])
    }
}

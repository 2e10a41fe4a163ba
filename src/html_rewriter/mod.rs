//! A page on its way to the visitor, without what it would ask of third parties that are held: bytes in, bytes out.
//!
//! `lol_html` finds the elements as browsers do, and writes nothing: [`elements`](self) says which texts are inserted in
//! which start tags, and every byte of the page leaves as it came. So the structure of a page is that of its author, and it is
//! whole at whatever byte the rewriter gives up.
//!
//! What it cannot see (what scripts insert, `srcdoc`, `noscript`) is held by the policy that goes with the page.

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
pub use placeholders::Placeholders;

use elements::{Page, SELECTOR};
use splice::Splicer;

/// The most memory for one page, in bytes: an unfinished tag, and which elements are open.
pub const MEMORY: usize = 256 << 10;
/// Before there is a tag to keep.
const PREALLOCATED: usize = 1 << 10;

static ELEMENTS: LazyLock<Option<Selector>> = LazyLock::new(|| SELECTOR.parse().ok());

/// Why the rest of a page leaves as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GaveUp {
    /// A tag is too long, or too many elements are open.
    Memory,
    /// Its bytes are UTF-16, in which no tag can be found.
    Encoding,
    /// Anything else.
    Error,
}

/// Rewrites one page.
pub struct Rewriter {
    /// Until it gave up.
    parser: Option<HtmlRewriter<'static, Sink>>,
    splicer: Rc<RefCell<Splicer>>,
    /// The first bytes of the page.
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

    /// The next bytes of the page.
    pub fn write(&mut self, bytes: &[u8]) {
        if self.beginning.is_utf16(bytes) {
            self.give_up(GaveUp::Encoding);
        }
        let Some(parser) = &mut self.parser else {
            self.splicer.borrow_mut().pass(bytes);
            return;
        };
        if let Err(error) = parser.write(bytes) {
            // It has passed on all that it was given.
            self.give_up(reason(&error));
        }
    }

    /// The page has ended.
    pub fn end(&mut self) {
        if let Some(Err(error)) = self.parser.take().map(HtmlRewriter::end) {
            self.give_up(reason(&error));
        }
    }

    /// What has left since it was last taken.
    pub fn take(&mut self) -> Vec<u8> {
        self.splicer.borrow_mut().take()
    }

    /// Why the rest of the page leaves as it came, if it does.
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
        // Strict, it would refuse pages that browsers read, and lose what it was given.
        .with_strict(false);
    HtmlRewriter::new(settings, Box::new(move |bytes: &[u8]| passing.borrow_mut().pass(bytes)))
}

fn reason(error: &RewritingError) -> GaveUp {
    if matches!(error, RewritingError::MemoryLimitExceeded(_)) { GaveUp::Memory } else { GaveUp::Error }
}

/// Looks for the byte order mark of UTF-16, which goes before all that is said of a page's encoding (Encoding, "BOM sniff").
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

//! Puts the pieces of an HTML page together: texts into blocks, cells into rows and tables.
//!
//! The tag reader in `html` says what begins and ends; the builder makes blocks of it, even if end tags are missing.

use crate::import::block::{Block, Cell, Control, Mark, Rich, Scope, Table};
use crate::import::{MAX_BLOCKS, Refusal};

/// How deep tables may be nested. Old pages are laid out by nested tables, a few levels deep.
const MAX_TABLE_DEPTH: usize = 32;

/// How deep containers are nested; deeper ones are ignored.
const MAX_SCOPE_DEPTH: usize = 512;

/// What the text that is being read will be. It becomes a [`Block`] when it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Paragraph,
    Heading(u8),
    Item,
    Term,
    Definition,
    Caption,
    /// The caption of a figure: of the table above it, if there is one, else a title.
    FigureCaption,
    Control(Control),
    /// The title of a tab's panel. It is no text of the page.
    Tab,
}

/// Where blocks go: the page, a cell or a caption.
#[derive(Default)]
struct Sink {
    /// Finished blocks.
    blocks: Vec<Block>,
    /// The text that is being read.
    text: Rich,
    /// What it will be.
    kind: Kind,
    /// The elements whose containers are open.
    scopes: Vec<&'static str>,
    /// How many letters and digits of the text are outside of links.
    unlinked: usize,
    /// Whether a link is open.
    is_link: bool,
}

impl Sink {
    fn open(&mut self, name: &'static str, scope: Scope) {
        if self.scopes.len() < MAX_SCOPE_DEPTH {
            self.scopes.push(name);
            self.blocks.push(Block::Open(scope));
        }
    }

    /// Ends the innermost container of this element, and all within it.
    fn close(&mut self, name: &str) {
        if let Some(at) = self.scopes.iter().rposition(|open| *open == name) {
            self.close_to(at);
        }
    }

    /// The table that ended last in the open figure, with nothing behind it.
    ///
    /// Editors put the caption below the table; as a title it would be that of whatever follows.
    fn table_of_figure(&mut self) -> Option<&mut Table> {
        let is_figure = self.scopes.contains(&"figure");
        let last = self.blocks.iter_mut().rev().find(|block| !matches!(block, Block::Close))?;
        match last {
            Block::Table(table) if is_figure => Some(table),
            _ => None,
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.scopes.len() > depth {
            self.scopes.pop();
            self.blocks.push(Block::Close);
        }
    }
}

/// An open table.
#[derive(Default)]
struct OpenTable {
    table: Table,
    /// The finished cells of the open row.
    row: Option<Vec<Cell>>,
    row_is_hidden: bool,
    /// The open cell.
    cell: Option<(Sink, Cell)>,
    /// Whether a cell contains a table: then this one only lays the page out.
    is_layout: bool,
    /// The blocks of its cells, which replace the table if it is a layout.
    content: Vec<Block>,
    caption: Sink,
}

/// Makes blocks of what the tag reader finds.
#[derive(Default)]
pub(super) struct Builder {
    /// The text outside of tables.
    page: Sink,
    /// The open tables, the innermost last.
    tables: Vec<OpenTable>,
    /// The title of the last tab, until its ids are known.
    tab: String,
    /// The number of blocks and cells.
    pieces: usize,
}

impl Builder {
    /// Ends all that is open, because pages leave out end tags, and returns the blocks.
    pub(super) fn finish(mut self) -> Vec<Block> {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.end();
        self.page.close_to(0);
        self.page.blocks
    }

    /// A container begins.
    pub(super) fn open(&mut self, name: &'static str, scope: Scope) {
        if !matches!(self.sink().kind, Kind::Heading(_) | Kind::FigureCaption | Kind::Tab) {
            self.division();
        }
        self.sink().open(name, scope);
    }

    /// A container ends.
    pub(super) fn close(&mut self, name: &str) {
        let is_open = self.sink().scopes.contains(&name);
        if is_open {
            self.end();
            self.sink().close(name);
        }
    }

    /// Ends the open item of the innermost list.
    pub(super) fn close_item(&mut self) {
        self.end();
        let sink = self.sink();
        let list = sink.scopes.iter().rposition(|open| matches!(*open, "ul" | "ol" | "menu"));
        let first = list.map_or(0, |at| at + 1);
        if let Some(at) = sink.scopes.iter().skip(first).position(|open| *open == "li") {
            sink.close_to(first + at);
        }
    }

    /// A button or a label begins. Within a heading or an item it is only text.
    pub(super) fn begin_control(&mut self, control: Control) {
        if self.sink().kind == Kind::Paragraph {
            self.begin(Kind::Control(control));
        } else {
            self.division();
        }
    }

    pub(super) fn is_in_title(&mut self) -> bool {
        matches!(self.sink().kind, Kind::Heading(_) | Kind::FigureCaption | Kind::Control(_))
    }

    pub(super) fn end_control(&mut self) {
        if matches!(self.sink().kind, Kind::Control(_)) {
            self.end();
        }
    }

    /// Adds a title that is not in the page's own order: that of a panel.
    pub(super) fn title(&mut self, text: &str) {
        self.begin(Kind::Heading(Block::SUMMARY));
        self.sink().text.push(text);
        self.end();
    }

    /// Takes the title of the last tab; empty if it was taken already.
    pub(super) fn take_tab(&mut self) -> String {
        std::mem::take(&mut self.tab)
    }

    pub(super) fn link(&mut self, is_open: bool) {
        self.sink().is_link = is_open;
    }

    /// Adds text that a visitor reads.
    pub(super) fn text(&mut self, text: &str) {
        let sink = self.sink();
        if !sink.is_link {
            sink.unlinked += text.bytes().filter(u8::is_ascii_alphanumeric).count();
        }
        sink.text.push(text);
    }

    fn sink(&mut self) -> &mut Sink {
        match self.tables.last_mut() {
            None => &mut self.page,
            Some(OpenTable { cell: Some((sink, _)), .. }) => sink,
            Some(table) => &mut table.caption,
        }
    }

    pub(super) fn inline(&mut self) -> &mut Rich {
        &mut self.sink().text
    }

    pub(super) fn ends_in_text(&mut self) -> bool {
        self.inline().ends_in_text()
    }

    /// A text of this kind begins.
    pub(super) fn begin(&mut self, kind: Kind) {
        self.end();
        self.sink().kind = kind;
    }

    /// The text that is being read ends.
    pub(super) fn end(&mut self) {
        self.flush();
        self.sink().kind = Kind::Paragraph;
    }

    /// A block begins or ends. The text before it ends, but a blank one stays what it is: the item may only begin here.
    pub(super) fn division(&mut self) {
        let sink = self.sink();
        if matches!(sink.kind, Kind::Heading(_) | Kind::FigureCaption | Kind::Tab) {
            sink.text.push(" ");
        } else if !sink.text.is_blank() {
            self.end();
        }
    }

    fn flush(&mut self) {
        let sink = self.sink();
        let text = std::mem::take(&mut sink.text);
        let is_link = std::mem::take(&mut sink.unlinked) == 0;
        if text.is_blank() {
            return;
        }
        if sink.kind == Kind::FigureCaption
            && let Some(table) = sink.table_of_figure()
        {
            table.caption.get_or_insert(text);
            return;
        }
        if sink.kind == Kind::Paragraph && !is_link {
            let texts = text.set_apart();
            self.pieces += texts.len();
            self.sink().blocks.extend(texts.into_iter().map(Block::Paragraph));
            return;
        }
        let block = match sink.kind {
            Kind::Paragraph if is_link && text.line().contains(|c: char| c.is_ascii_alphanumeric()) => {
                Block::Control { text, control: Control::Link }
            }
            Kind::Control(control) => Block::Control { text, control },
            Kind::Paragraph | Kind::Caption => Block::Paragraph(text),
            Kind::Heading(level) => Block::Heading { level, text },
            Kind::FigureCaption => Block::Heading { level: Block::SUMMARY, text },
            Kind::Item => Block::Item(text),
            Kind::Term => Block::Term(text),
            Kind::Definition => Block::Definition(text),
            Kind::Tab => {
                self.tab = text.line();
                return;
            }
        };
        sink.blocks.push(block);
        self.pieces += 1;
    }

    /// Whether there are more pieces than any page has ([`MAX_BLOCKS`]).
    pub(super) fn is_too_large(&self) -> bool {
        self.pieces > MAX_BLOCKS
    }

    /// # Errors
    /// `Refusal::TooDeep` if [`MAX_TABLE_DEPTH`] tables are open.
    pub(super) fn open_table(&mut self) -> Result<(), Refusal> {
        if self.tables.len() >= MAX_TABLE_DEPTH {
            return Err(Refusal::TooDeep);
        }
        self.end();
        if let Some(table) = self.tables.last_mut().filter(|table| table.cell.is_some()) {
            table.is_layout = true;
        }
        self.tables.push(OpenTable::default());
        Ok(())
    }

    pub(super) fn close_table(&mut self) {
        self.close_row();
        self.end();
        self.sink().close_to(0);
        let Some(mut open) = self.tables.pop() else { return };
        let captions = open.caption.blocks.iter().filter_map(Block::text);
        let caption = captions.fold(None, |joined: Option<Rich>, text| {
            let mut joined = joined.unwrap_or_default();
            joined.append(text);
            Some(joined)
        });
        let sink = self.sink();
        if open.is_layout {
            sink.blocks.extend(open.caption.blocks);
            sink.blocks.append(&mut open.content);
        } else if !open.table.rows.is_empty() {
            open.table.caption = caption;
            sink.blocks.push(Block::Table(open.table));
        } else {
            sink.blocks.extend(open.caption.blocks);
        }
        // A heading or an item that began before the table does not go on behind it.
        sink.kind = Kind::Paragraph;
    }

    /// A row begins. Outside a table it begins one: fragments that are pasted from a browser may lack the `table`.
    ///
    /// # Errors
    /// Those of [`Self::open_table`].
    pub(super) fn open_row(&mut self, is_hidden: bool) -> Result<(), Refusal> {
        if self.tables.is_empty() {
            self.open_table()?;
        }
        self.close_row();
        self.end();
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(Vec::new());
            table.row_is_hidden = is_hidden;
        }
        Ok(())
    }

    pub(super) fn close_row(&mut self) {
        self.close_cell();
        let Some(table) = self.tables.last_mut() else { return };
        table.table.rows.extend(table.row.take().filter(|row| !row.is_empty()));
    }

    /// A cell begins. `columns` and `rows` are its spans; 0 rows: to the end of the table.
    ///
    /// # Errors
    /// Those of [`Self::open_row`], if the cell has to begin a row.
    pub(super) fn open_cell(&mut self, is_header: bool, columns: usize, rows: usize) -> Result<(), Refusal> {
        if self.tables.last().is_none_or(|table| table.row.is_none()) {
            self.open_row(false)?;
        }
        self.close_cell();
        self.pieces += 1;
        if let Some(table) = self.tables.last_mut() {
            let cell = Cell { columns: columns.max(1), rows, ..Cell::plain(Rich::default(), is_header) };
            table.cell = Some((Sink::default(), cell));
        }
        Ok(())
    }

    pub(super) fn close_cell(&mut self) {
        if self.tables.last().is_none_or(|table| table.cell.is_none()) {
            return;
        }
        self.end();
        self.sink().close_to(0);
        let Some(table) = self.tables.last_mut() else { return };
        let Some((sink, mut cell)) = table.cell.take() else { return };
        if table.row_is_hidden {
            cell.text.hide();
        }
        for block in &sink.blocks {
            match block {
                Block::Heading { text, .. } if !cell.is_header => {
                    let mut bold = Rich::default();
                    bold.open(Mark::Bold);
                    bold.append(text);
                    bold.close(Mark::Bold);
                    cell.text.append(&bold);
                }
                block => block.text().into_iter().for_each(|text| cell.text.append(text)),
            }
        }
        table.content.push(Block::Open(Scope::Wrapper));
        table.content.extend(sink.blocks);
        table.content.push(Block::Close);
        table.row.get_or_insert_default().push(cell);
    }
}

//! Puts the pieces of an HTML page together: texts into blocks, cells into rows and tables.

use crate::import::Refusal;
use crate::import::block::{Block, Cell, Mark, Rich, Table};

/// Tables within tables: old pages are laid out by them, a few deep.
const DEEPEST: usize = 32;

/// What the text that is being read will be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Paragraph,
    Heading(u8),
    Item,
    Term,
    Definition,
    Caption,
}

/// Where blocks go: the page, or a cell.
#[derive(Default)]
struct Sink {
    blocks: Vec<Block>,
    text: Rich,
    kind: Kind,
}

#[derive(Default)]
struct OpenTable {
    table: Table,
    row: Option<Vec<Cell>>,
    cell: Option<(Sink, Cell)>,
    /// Whether a cell holds a table or a heading: then it only lays the page out.
    is_layout: bool,
    /// What its cells hold, if it does.
    content: Vec<Block>,
    caption: Sink,
}

#[derive(Default)]
pub(super) struct Builder {
    page: Sink,
    tables: Vec<OpenTable>,
}

impl Builder {
    pub(super) fn finish(mut self) -> Vec<Block> {
        while !self.tables.is_empty() {
            self.close_table();
        }
        self.end();
        self.page.blocks
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

    /// A block begins or ends within what may be an item that has said nothing yet.
    pub(super) fn division(&mut self) {
        let sink = self.sink();
        if matches!(sink.kind, Kind::Heading(_)) {
            sink.text.push(" ");
        } else if !sink.text.is_blank() {
            self.end();
        }
    }

    fn flush(&mut self) {
        let sink = self.sink();
        let text = std::mem::take(&mut sink.text);
        if text.is_blank() {
            return;
        }
        let block = match sink.kind {
            Kind::Paragraph | Kind::Caption => Block::Paragraph(text),
            Kind::Heading(level) => Block::Heading { level, text },
            Kind::Item => Block::Item(text),
            Kind::Term => Block::Term(text),
            Kind::Definition => Block::Definition(text),
        };
        sink.blocks.push(block);
    }

    pub(super) fn open_table(&mut self) -> Result<(), Refusal> {
        if self.tables.len() >= DEEPEST {
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
        // A part that was opened before the table, and is not closed yet.
        sink.kind = Kind::Paragraph;
    }

    pub(super) fn open_row(&mut self) -> Result<(), Refusal> {
        if self.tables.is_empty() {
            self.open_table()?;
        }
        self.close_row();
        self.end();
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(Vec::new());
        }
        Ok(())
    }

    pub(super) fn close_row(&mut self) {
        self.close_cell();
        let Some(table) = self.tables.last_mut() else { return };
        table.table.rows.extend(table.row.take().filter(|row| !row.is_empty()));
    }

    pub(super) fn open_cell(&mut self, is_header: bool, columns: usize, rows: usize) -> Result<(), Refusal> {
        if self.tables.last().is_none_or(|table| table.row.is_none()) {
            self.open_row()?;
        }
        self.close_cell();
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
        let Some(table) = self.tables.last_mut() else { return };
        let Some((sink, mut cell)) = table.cell.take() else { return };
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
        table.content.extend(sink.blocks);
        table.row.get_or_insert_default().push(cell);
    }
}

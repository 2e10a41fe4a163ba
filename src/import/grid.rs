//! A table as a grid: every position has the text of the cell that covers it.
//!
//! Spans of rows and columns are resolved here, so `columns` and `rows::table` see cells at plain positions.

use std::rc::Rc;

use super::Refusal;
use super::block::{Rich, Table};

/// The most positions of a table. The largest published ones have some thousands.
const MAX_POSITIONS: usize = 150_000;
/// The most text of a table, in bytes: a text counts for each position that its cell covers.
const MAX_TEXT_BYTES: usize = 32 << 20;
/// The most columns that one cell spans; HTML allows 1,000.
const MAX_SPAN: usize = 50;

/// A position of the grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Slot {
    /// The text of the cell that covers the position; empty if none does.
    pub(super) text: Rc<Rich>,
    pub(super) is_header: bool,
    /// Whether the cell begins further left.
    pub(super) is_continued: bool,
    /// Whether the cell begins further up.
    pub(super) is_carried: bool,
}

/// Rows of equal width.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Grid(pub(super) Vec<Vec<Slot>>);

impl Grid {
    /// Lays the cells out (HTML, “forming a table”), and ends row spans that would push a full row aside.
    ///
    /// # Errors
    /// `Refusal::TooManyParts` if the table has too many positions, columns or bytes of text.
    pub(super) fn of(table: &Table) -> Result<Self, Refusal> {
        let mut rows: Vec<Vec<Option<Slot>>> = vec![Vec::new(); table.rows.len()];
        let (mut covered, mut length) = (0_usize, 0_usize);
        let full: usize = table.rows.first().map_or(0, |cells| cells.iter().map(|cell| cell.columns).sum());
        for (at, cells) in table.rows.iter().enumerate() {
            if cells.iter().map(|cell| cell.columns).sum::<usize>() >= full {
                end_spans(&mut rows, at);
            }
            let mut column = 0;
            for cell in cells {
                while rows.get(at).and_then(|row| row.get(column)).is_some_and(Option::is_some) {
                    column += 1;
                }
                let down = if cell.rows == 0 { table.rows.len() } else { cell.rows.min(table.rows.len() - at) };
                let across = cell.columns.min(MAX_SPAN);
                let positions = down.min(table.rows.len() - at) * across;
                covered += positions;
                length = length.saturating_add(positions.saturating_mul(cell.text.size()));
                if covered > MAX_POSITIONS || length > MAX_TEXT_BYTES || column + across > 2 * MAX_SPAN {
                    return Err(Refusal::TooManyParts);
                }
                let text = Rc::new(cell.text.clone());
                for (below, row) in rows.iter_mut().skip(at).take(down).enumerate() {
                    row.resize_with(row.len().max(column + across), Option::default);
                    for (offset, slot) in row.iter_mut().skip(column).take(across).enumerate() {
                        slot.get_or_insert(Slot {
                            text: Rc::clone(&text),
                            is_header: cell.is_header,
                            is_continued: offset > 0,
                            is_carried: below > 0,
                        });
                    }
                }
                column += across;
            }
        }
        let width = rows.iter().map(Vec::len).max().unwrap_or_default();
        if width * rows.len() > MAX_POSITIONS {
            return Err(Refusal::TooManyParts);
        }
        let filled = rows.into_iter().map(|mut row| {
            row.resize_with(width, Option::default);
            row.into_iter().map(Option::unwrap_or_default).collect()
        });
        Ok(Self(filled.collect()))
    }

    pub(super) fn width(&self) -> usize {
        self.0.first().map_or(0, Vec::len)
    }

    /// The grid with its rows as columns. A cell that spans columns counts in each of the rows that they become.
    pub(super) fn transposed(&self) -> Self {
        let column = |at: usize| {
            self.0
                .iter()
                .filter_map(|row| row.get(at).cloned())
                .map(|slot| Slot { is_continued: false, ..slot })
                .collect()
        };
        Self((0..self.width()).map(column).collect())
    }
}

/// Ends all row spans: a row that fills the table by itself leaves no room for cells from above.
fn end_spans(rows: &mut [Vec<Option<Slot>>], at: usize) {
    if rows.get(at).is_some_and(|row| row.iter().any(Option::is_some)) {
        rows.iter_mut().skip(at).for_each(Vec::clear);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::block::Cell;

    fn table(rows: &[&[(&str, usize, usize)]]) -> Table {
        let cell =
            |&(text, columns, rows): &(&str, usize, usize)| Cell { text: text.into(), is_header: false, columns, rows };
        Table { caption: None, rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect() }
    }

    fn laid_out(rows: &[&[(&str, usize, usize)]]) -> Vec<String> {
        let grid = Grid::of(&table(rows)).unwrap();
        grid.0.iter().map(|row| row.iter().map(|slot| slot.text.line()).collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn a_cell_covers_the_positions_of_its_spans() {
        assert_eq!(laid_out(&[&[("a", 2, 1), ("b", 1, 2)], &[("c", 1, 1), ("d", 1, 1)]]), ["a|a|b", "c|d|b"]);
        assert_eq!(laid_out(&[&[("a", 1, 0), ("b", 1, 1)], &[("c", 1, 1)], &[("d", 1, 9)]]), ["a|b", "a|c", "a|d"]);
        assert_eq!(laid_out(&[&[("a", 1, 1)], &[("b", 1, 1), ("c", 1, 1)]]), ["a|", "b|c"]);
    }

    #[test]
    fn the_size_of_a_grid_is_bounded() {
        let wide = vec![("a", 1000, 65_534); 3];
        let rows: Vec<&[_]> = vec![&wide; 10_000];
        assert!(matches!(Grid::of(&table(&rows)), Err(Refusal::TooManyParts)));
        let one: Vec<&[_]> = vec![&[("a", 1, 65_534)]; 3_000];
        assert!(Grid::of(&table(&one)).is_err());
    }

    #[test]
    fn a_grid_can_be_transposed() {
        let grid = Grid::of(&table(&[&[("a", 1, 1), ("b", 1, 1)], &[("c", 1, 1), ("d", 1, 1)]])).unwrap();
        let transposed: Vec<String> =
            grid.transposed().0.iter().map(|row| row.iter().map(|slot| slot.text.line()).collect()).collect();
        assert_eq!(transposed, ["ac", "bd"]);
    }
}

//! The table: a row of medians for each peer.

use crate::{Idle, Row, WORKLOADS};

/// Prints the table as Markdown.
pub(crate) fn print(rows: &[Row]) {
    let mut table = vec![heads()];
    table.extend(rows.iter().map(cells));
    let columns = table.first().map_or(0, Vec::len);
    let width = |column: usize| table.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<_> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    for (number, row) in table.iter().enumerate() {
        let padded = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            0 => format!("| {cell:width$} |"),
            _ => format!(" {cell:>width$} |"),
        });
        println!("{}", padded.collect::<Vec<_>>().concat());
        if number == 0 {
            let rules = widths.iter().enumerate().map(|(column, width)| match column {
                0 => format!("|{}|", "-".repeat(width + 2)),
                _ => format!("{}:|", "-".repeat(width + 1)),
            });
            println!("{}", rules.collect::<Vec<_>>().concat());
        }
    }
    let foreign = median(rows.iter().flat_map(|row| row.figures.iter().flatten()).map(|figures| figures.foreign));
    println!("\nOther work on the proxies' core, median: {:.0} % of the time (a quiet machine: 0).", foreign * 100.0);
}

fn heads() -> Vec<String> {
    let of_workloads = WORKLOADS.iter().flat_map(|workload| [format!("{}: req/s", workload.name), "CPU µs".to_owned()]);
    let of_memory = ["idle MiB", "KiB/connection"].map(str::to_owned);
    [String::new()].into_iter().chain(of_workloads).chain(of_memory).collect()
}

fn cells(row: &Row) -> Vec<String> {
    let mut cells = vec![row.peer.name().to_owned()];
    for figures in &row.figures {
        let per_second = median(figures.iter().map(|figures| figures.requests_per_second));
        let microseconds = median(figures.iter().map(|figures| figures.microseconds));
        cells.extend([format!("{per_second:.0}"), format!("{microseconds:.1}")]);
    }
    let Idle { mebibytes, kibibytes_per_connection } = row.idle;
    cells.extend([format!("{mebibytes:.1}"), format!("{kibibytes_per_connection:.1}")]);
    cells
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

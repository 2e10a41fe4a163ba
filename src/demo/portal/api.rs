//! The Explore API, version 2.1, as far as the pages and simple clients use it.
//!
//! `/api/explore/v2.1/catalog/datasets[/<id>[/records | /exports/<format>]]`; at most 100 records a call, of the first
//! 10,000. Exports have no limit: `?rows=N` or `?bytes=N` may ask for more than the dataset has.

use http::StatusCode;
use serde_json::{Value, json};

use super::body::PortalBody;
use super::catalogue::{self, DATASETS};
use super::dataset::Dataset;
use super::export::{End, Export, Format};
use super::record;
use super::response::{self, Reply};
use super::visit::Visit;

/// The largest `limit`: records of one response.
const MAX_LIMIT: i64 = 100;
/// The largest sum of `offset` and `limit`.
const MAX_WINDOW: i64 = 10_000;

/// Answers `/api/explore/v2.1/<path>`.
pub(super) fn answer(visit: &Visit, path: &[&str]) -> Reply {
    match path {
        ["catalog", "datasets"] => page(visit, DATASETS.len() as u64, |index| {
            DATASETS.get(usize::try_from(index).unwrap_or(usize::MAX)).map(describe)
        }),
        ["catalog", "datasets", id, rest @ ..] => match catalogue::find(id) {
            Some(dataset) => of_dataset(visit, dataset, rest),
            None => failure(StatusCode::NOT_FOUND, "UnknownDatasetError", &format!("Unknown dataset: {id}")),
        },
        _ => failure(StatusCode::NOT_FOUND, "NotFound", "The requested URL was not found on the server."),
    }
}

fn of_dataset(visit: &Visit, dataset: &'static Dataset, path: &[&str]) -> Reply {
    match path {
        [] => response::api(StatusCode::OK, &describe(dataset)),
        ["records"] => page(visit, dataset.records, |row| Some(record::json(dataset, row))),
        ["exports", "csv"] => export(visit, dataset, Format::Csv),
        ["exports", "json"] => export(visit, dataset, Format::Json),
        _ => failure(StatusCode::NOT_FOUND, "NotFound", "The requested URL was not found on the server."),
    }
}

/// `limit` items from `offset` on; 400 with the message of Opendatasoft if one of them is out of range.
fn page(visit: &Visit, total: u64, item: impl Fn(u64) -> Option<Value>) -> Reply {
    let number = |name: &str, default| visit.parameter(name).map_or(Some(default), |text| text.parse::<i64>().ok());
    let limit = match number("limit", 10) {
        Some(-1) => MAX_LIMIT,
        Some(limit @ 0..=MAX_LIMIT) => limit,
        _ => return out_of_range("limit", -1, MAX_LIMIT),
    };
    let last_offset = MAX_WINDOW - limit;
    let Some(offset) = number("offset", 0).filter(|offset| (0..=last_offset).contains(offset)) else {
        return out_of_range("offset", 0, last_offset);
    };
    let (from, limit) = (offset.unsigned_abs(), limit.unsigned_abs());
    let results: Vec<Value> = (from..total.min(from + limit)).filter_map(item).collect();
    response::api(StatusCode::OK, &json!({ "total_count": total, "results": results }))
}

/// An export of `bytes`, else of `rows`, else of `limit` records, else of all records of the dataset.
fn export(visit: &Visit, dataset: &'static Dataset, format: Format) -> Reply {
    let number = |name: &str| visit.parameter(name).and_then(|text| text.parse::<u64>().ok());
    let end = match (number("bytes"), number("rows").or_else(|| number("limit"))) {
        (Some(bytes), _) => End::Bytes(bytes),
        (None, rows) => End::Rows(rows.unwrap_or(dataset.records)),
    };
    let (content_type, extension) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::Json => ("application/json; charset=utf-8", "json"),
    };
    let body = PortalBody::Export(Export::new(dataset, format, end));
    response::download(content_type, &format!("{}.{extension}", dataset.id), body)
}

fn describe(dataset: &Dataset) -> Value {
    let fields: Vec<Value> = dataset
        .fields
        .iter()
        .map(|field| json!({ "name": field.name, "label": field.label, "type": field.kind.api_type() }))
        .collect();
    json!({
        "dataset_id": dataset.id,
        "has_records": true,
        "data_visible": true,
        "fields": fields,
        "metas": { "default": {
            "title": dataset.title.fr,
            "description": dataset.description.fr,
            "theme": [dataset.theme.title().fr],
            "modified": format!("{}T06:00:00+00:00", dataset.modified),
            "records_count": dataset.records,
            "publisher": "Portail de démonstration",
            "license": "Licence Ouverte v2.0 (Etalab)",
        } },
    })
}

fn out_of_range(name: &str, low: i64, high: i64) -> Reply {
    let message = format!("Invalid value for {name} API parameter: {low} <= {name} <= {high} is expected.");
    failure(StatusCode::BAD_REQUEST, "InvalidRESTParameterError", &message)
}

fn failure(status: StatusCode, code: &str, message: &str) -> Reply {
    response::api(status, &json!({ "error_code": code, "message": message }))
}

//! What is printed: a response in one of several formats, or a part of it.

mod rows;
mod yaml;

use std::str::FromStr;

use cloudcall::Value;

use crate::exit::{FAILED, Failure, Result};

/// How a response is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Format {
    #[default]
    Json,
    Yaml,
    Table,
    Tsv,
    Csv,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        Ok(match text {
            "json" => Self::Json,
            "yaml" => Self::Yaml,
            "table" => Self::Table,
            "tsv" => Self::Tsv,
            "csv" => Self::Csv,
            _ => return Err("a format is json, yaml, table, tsv or csv".to_owned()),
        })
    }
}

/// A response as a value. One that is not JSON is an error.
pub(crate) fn parse(text: &str) -> Result<Value> {
    text.parse().map_err(|error: cloudcall::Error| Failure {
        code: FAILED,
        message: format!("decode: the response is not JSON: {error}; `cloudcall call` prints it as it is"),
    })
}

/// The text of a value in a format. `items` is the way to the list that tables show if nothing was selected.
pub(crate) fn render(value: &Value, format: Format, items: Option<&str>) -> String {
    match format {
        Format::Json => format!("{value:#}"),
        Format::Yaml => yaml::write(value),
        Format::Table => rows::table(rows::select(value, items)),
        Format::Tsv => rows::tsv(rows::select(value, items)),
        Format::Csv => rows::csv(rows::select(value, items)),
    }
}

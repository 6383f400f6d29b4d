//! What is printed: a response in one of several formats, or a part of it.

mod rows;
mod yaml;

use std::str::FromStr;

use cloudcall::Value;

use crate::exit::{Failure, Result};

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

/// A response as a value. One that is not JSON is an error, which has its text.
pub(crate) fn parse(text: &str) -> Result<Value> {
    text.parse().map_err(|error: cloudcall::Error| {
        Failure::failed(format!("decode: the response is not JSON: {error}")).with_received(text.to_owned())
    })
}

/// What of a value tables show.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rows<'r> {
    /// The list at this path with `/`, or else the only list of the response.
    List(Option<&'r str>),
    /// The value itself, which was selected.
    Whole,
}

/// The text of a value in a format.
pub(crate) fn render(value: &Value, format: Format, rows: Rows<'_>) -> String {
    let shown = match rows {
        Rows::List(items) => rows::select(value, items),
        Rows::Whole => value,
    };
    match format {
        Format::Json => format!("{value:#}"),
        Format::Yaml => yaml::write(value),
        Format::Table => rows::table(shown),
        Format::Tsv => rows::tsv(shown),
        Format::Csv => rows::csv(shown),
    }
}

//! Signing cases: from a line of the vectors' schema to every computed value.

mod alibaba;
mod huawei;
mod qcloud;
mod tencent;
mod volcengine;

use std::io::{BufRead as _, BufWriter, ErrorKind, Write as _, stdin, stdout};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::exit::{Failure, REFUSED};

/// What a case computes to: the keys are those of the case's `expected`.
pub type Computed = Map<String, Value>;

/// One case. Values whose member order matters stay JSON text.
#[derive(Debug)]
pub struct Case<'a> {
    /// The whole case, for values whose order does not matter.
    pub all: Value,
    /// `input.params` (or `input.query`, `input.body_params` …) as written, by name.
    pub raw_input: Vec<(String, &'a RawValue)>,
}

impl Case<'_> {
    /// A member of `input`; null if it is not there.
    pub fn input(&self, name: &str) -> &Value {
        &self.all["input"][name]
    }

    /// A text of `input`; empty if it is null or not there.
    pub fn text(&self, name: &str) -> &str {
        self.input(name).as_str().unwrap_or_default()
    }

    /// A text of `input` that must be there.
    pub fn need(&self, name: &str) -> Result<&str, String> {
        self.input(name).as_str().ok_or_else(|| format!("input.{name} is missing or no text"))
    }

    /// A member of `input` as it was written, to keep the order of its members.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.raw_input.iter().find(|(known, _)| known == name).map(|(_, value)| value.get())
    }

    /// `expected.body`, the one value that is taken from there: JSON text whose spelling is the vendor's.
    pub fn expected_body(&self) -> Option<Vec<u8>> {
        bytes(&self.all["expected"]["body"])
    }
}

/// The bytes of `{"utf8": …}`, `{"base64": …}` or a plain text.
pub fn bytes(value: &Value) -> Option<Vec<u8>> {
    if let Some(text) = value.as_str().or_else(|| value["utf8"].as_str()) {
        return Some(text.as_bytes().to_vec());
    }
    STANDARD.decode(value["base64"].as_str()?).ok()
}

/// Bytes as `{"utf8": …}` or, if they are no text, `{"base64": …}`.
pub fn body(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => json!({ "utf8": text }),
        Err(_) => json!({ "base64": STANDARD.encode(bytes) }),
    }
}

/// Reads cases on stdin, one JSON object a line, and writes every computed step of each, one JSON object a line.
pub(crate) fn run() -> crate::exit::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    let mut failed = 0;
    for text in stdin().lock().lines() {
        let text = text?;
        if text.trim().is_empty() {
            continue;
        }
        let (result, computed) = line(&text);
        failed += usize::from(!computed);
        match writeln!(out, "{result}") {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(()),
            written => written?,
        }
    }
    out.flush()?;
    match failed {
        0 => Ok(()),
        _ => Err(Failure::new(REFUSED, format!("{failed} cases could not be computed: see their `error`"))),
    }
}

/// Computes one line; the flag says whether that was possible.
pub fn line(text: &str) -> (Value, bool) {
    let all: Value = match serde_json::from_str(text) {
        Ok(all) => all,
        Err(error) => {
            return (json!({ "id": null, "error": format!("the line is not JSON: {error}") }), false);
        }
    };
    let id = all["id"].clone();
    match compute(text, all) {
        Ok(mut computed) => {
            computed.insert("id".to_owned(), id);
            (Value::Object(computed), true)
        }
        Err(error) => (json!({ "id": id, "error": error }), false),
    }
}

fn compute(text: &str, all: Value) -> Result<Computed, String> {
    let outer = cloudcall::sign::encode::members(text.as_bytes()).map_err(|error| error.to_string())?;
    let input = outer.iter().find(|(name, _)| name == "input").ok_or("the case has no input")?.1;
    let raw_input =
        cloudcall::sign::encode::members(input.get().as_bytes()).map_err(|error| error.to_string())?;
    let case = Case { all, raw_input };
    match case.all["api"].as_str() {
        Some("3.0") => tencent::compute(&case),
        _ if volcengine::takes(&case) => volcengine::compute(&case),
        _ if case.all["scheme"].as_str().is_some_and(alibaba::knows) => alibaba::compute(&case),
        _ if huawei::takes(&case) => huawei::compute(&case),
        Some("2.0") => qcloud::compute(&case),
        _ => Err("the case is of a kind that is not known: `api` and `scheme` tell the cloud".to_owned()),
    }
}

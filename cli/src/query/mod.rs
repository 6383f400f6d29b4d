//! JMESPath, for `--query` and `--wait`.
//!
//! The crate `jmespath` parses. Evaluation is ours, because its values are of `serde_json`: numbers would
//! lose digits, and objects the order of their members, which is the order of columns.

mod check;
mod compare;
mod eval;
mod functions;
mod number;

use std::borrow::Cow;

use cloudcall::Value;
use jmespath::ErrorReason;
use jmespath::ast::Ast;

use crate::exit::{Failure, Result};

/// Longest expression in bytes, and deepest nesting: parser and evaluation are recursive.
const LONGEST: usize = 4096;
const DEEPEST: usize = 200;

/// An expression that was parsed and checked.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    /// The option that it was given to, in messages.
    option: &'static str,
    ast: Ast,
}

impl Query {
    /// Parses an expression, and checks the names and the number of arguments of its functions.
    pub(crate) fn parse(option: &'static str, text: &str) -> Result<Self> {
        let wrong = |what: String| {
            Failure::usage(format!(
                "usage: --{option} is not a JMESPath expression: {what}; an example is `Items[?Size > `10`].Name`"
            ))
        };
        if text.len() > LONGEST || depth(text) > DEEPEST {
            return Err(wrong(format!("it is longer than {LONGEST} bytes, or nested deeper than {DEEPEST}")));
        }
        let ast = jmespath::parse(text).map_err(|error| {
            let reason = match &error.reason {
                ErrorReason::Parse(reason) => reason.clone(),
                ErrorReason::Runtime(reason) => reason.to_string(),
            };
            wrong(format!("{} at character {}", reason.trim_end_matches('.'), error.offset + 1))
        })?;
        check::check(&ast).map_err(wrong)?;
        Ok(Self { option, ast })
    }

    /// What the expression selects. It fails if a function takes values of another type. The call has been
    /// made then, so this is not a failure of usage.
    pub(crate) fn search<'v>(&self, value: &'v Value) -> Result<Cow<'v, Value>> {
        eval::eval(&self.ast, value).map_err(|what| {
            Failure::failed(format!("query: --{} does not fit the response: {what}", self.option))
        })
    }
}

/// Whether a value counts as true: not null, false, or empty.
pub(crate) fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}

/// An upper bound of the nesting: brackets that are open at once, and the operators since the last comma in
/// each of them.
fn depth(text: &str) -> usize {
    let (mut outer, mut here, mut deepest) = (Vec::new(), 0_usize, 0_usize);
    for c in text.chars() {
        match c {
            ',' => here = 0,
            '(' | '[' | '{' => {
                outer.push(here + 1);
                here = 0;
            }
            ')' | ']' | '}' => here = outer.pop().unwrap_or(here),
            '.' | '|' | '&' | '!' | '=' | '<' | '>' => here += 1,
            _ => {}
        }
        deepest = deepest.max(here + outer.iter().sum::<usize>());
    }
    deepest
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests;

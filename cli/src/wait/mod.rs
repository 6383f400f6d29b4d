//! `--wait`: a state by its name, or a JMESPath expression that becomes true.

mod named;

use cloudcall::wait::Wait;
use cloudcall::{Error, Value};
use cloudcall_generator::{Entry, NamedWait};

pub(crate) use named::names;

use crate::exit::Result;
use crate::query::{Query, is_true};

/// What is waited for.
#[derive(Debug)]
pub(crate) struct Until {
    query: Query,
    /// The states, if the wait has a name. Otherwise the expression itself becomes true.
    named: Option<NamedWait>,
}

impl Until {
    /// Reads the value of `--wait`. A word of letters and dashes is a name.
    pub(crate) fn parse(text: &str, entry: &Entry, action: &str) -> Result<Self> {
        let is_name = text.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
        if text.is_empty() || !is_name {
            return Ok(Self { query: Query::parse("wait", text)?, named: None });
        }
        let named = named::find(entry.cloud, entry.product, action, text)?;
        Ok(Self { query: Query::parse("wait", named.states)?, named: Some(named) })
    }

    /// Whether this error ends the wait with success: the service says that the resource does not exist. A
    /// status without a code of the service may come from a proxy, and says nothing of the resource.
    pub(crate) fn ends_with(&self, error: &Error) -> bool {
        let is_code = |code: &str| code.parse::<u16>().is_err();
        self.named.is_some_and(|named| named.ready().any(|state| state == "gone"))
            && error.is_not_found()
            && error.code().is_some_and(is_code)
    }

    /// What a response says.
    pub(crate) fn verdict(&self, response: &Value) -> Result<Wait> {
        let found = self.query.search(response)?;
        let Some(named) = self.named else { return Ok(Wait::from(is_true(&found))) };
        let states = states(&found);
        if let Some(failed) = states.iter().find(|state| named.failed().any(|failed| failed == **state)) {
            return Ok(Wait::failed(format!(
                "the state is {failed}, from which {} is not reached",
                named.name
            )));
        }
        let is_ready = |wanted: &str| named.ready().any(|state| state == wanted);
        Ok(match states.iter().find(|state| !is_ready(state)) {
            Some(pending) => Wait::pending_in(pending.clone()),
            None if states.is_empty() => Wait::from(is_ready("none")),
            None => Wait::Ready,
        })
    }
}

/// The states in a value: one, or those of a list.
fn states(value: &Value) -> Vec<String> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().flat_map(states).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}

//! Secrets in JSON documents are moved, not copied, so that no copy stays behind in memory.

use serde_json::Value;

/// Moves a text out of an object; `None` if the member is missing, empty, or not a text.
pub(crate) fn take_text(object: &mut Value, name: &str) -> Option<String> {
    match object.get_mut(name).map(Value::take) {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}

//! How errors are shown: one line, and for `Debug` also the causes.
//!
//! ```text
//! not found: tencent DescribeInstances: status 200: InvalidInstanceId.NotFound: no such instance
//!  (request id req-1, endpoint cvm.tencentcloudapi.com, 2 attempts)
//! ```
//!
//! The line above is broken for width. Its parts are, in this order: kind, provider and
//! action, status, code, message, a quote of the body if there is no code, the innermost
//! cause, and in parentheses what support and logs need. Parts that are unknown are left
//! out.

use std::error::Error as StdError;
use std::fmt;

use super::{Cause, Error};
use crate::telemetry::redact;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        write!(f, "{}", inner.kind)?;
        if let Some(provider) = inner.provider {
            write!(f, ": {provider}")?;
            if let Some(action) = inner.action.as_ref().filter(|action| !action.trim().is_empty()) {
                write!(f, " {}", one_line(action))?;
            }
        }
        if let Some(status) = inner.status {
            write!(f, ": status {}", status.as_u16())?;
        }
        if let Some(code) = &inner.code {
            write!(f, ": {}", one_line(code))?;
        }
        write!(f, ": {}", one_line(&inner.message))?;
        if inner.code.is_none()
            && let Some(body) = &inner.body
        {
            write!(f, ": {:?}", body.quote())?;
        }
        if let Some(source) = inner.source.as_ref().and_then(Cause::get) {
            // The innermost cause says what happened. The causes in between repeat each other.
            let mut cause: &(dyn StdError + 'static) = source;
            while let Some(next) = cause.source() {
                cause = next;
            }
            write!(f, ": {}", one_line(&redact::scrub(&cause.to_string())))?;
        }
        let mut notes = Vec::new();
        if let Some(id) = &inner.request_id {
            notes.push(format!("request id {}", one_line(id)));
        }
        if let Some(endpoint) = &inner.endpoint {
            notes.push(format!("endpoint {endpoint}"));
        }
        match inner.attempts {
            0 => {}
            1 => notes.push("1 attempt".to_owned()),
            n => notes.push(format!("{n} attempts")),
        }
        if notes.is_empty() { Ok(()) } else { write!(f, " ({})", notes.join(", ")) }
    }
}

/// Replaces control characters, so that text of a server cannot forge lines in a log.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The line of `Display`, and one line for each cause below it: `main` prints errors by
/// `Debug`.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")?;
        let first = StdError::source(self);
        for cause in std::iter::successors(first, |&cause| cause.source()) {
            write!(f, "\n  caused by: {}", one_line(&redact::scrub(&cause.to_string())))?;
        }
        Ok(())
    }
}

//! How the command ends: exit codes, one line on stderr, and standard output that may be closed early.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{ErrorKind as IoErrorKind, Write};
use std::process::ExitCode;

use cloudcall::{Error, ErrorKind};

/// The service responded with an error, or a search found nothing.
pub(crate) const REFUSED: u8 = 1;
/// The command line, the configuration or the credentials are wrong.
pub(crate) const USAGE: u8 = 2;
/// There is no usable response, or not the whole one.
pub(crate) const FAILED: u8 = 3;

/// Why the command failed: an exit code, and one line for stderr.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) message: String,
    /// What was received before, for stdout: the call may have changed something, and cannot be repeated to
    /// see its response.
    pub(crate) received: Option<String>,
}

pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    pub(crate) fn new(code: u8, message: impl Display) -> Self {
        Self { code, message: message.to_string(), received: None }
    }

    /// A mistake of the user.
    pub(crate) fn usage(message: impl Display) -> Self {
        Self::new(USAGE, message)
    }

    /// There is no usable response.
    pub(crate) fn failed(message: impl Display) -> Self {
        Self::new(FAILED, message)
    }

    /// Adds what was received. The exit code then does not say that nothing was sent.
    pub(crate) fn with_received(self, text: String) -> Self {
        let code = if self.code == USAGE { FAILED } else { self.code };
        Self { code, received: Some(text), ..self }
    }

    /// Prints what was received and the line, and gives the exit code.
    pub(crate) fn report(&self) -> ExitCode {
        // A failure of stdout has no place to go: the line below is more useful than it.
        let _ = self.received.as_deref().map(print);
        let _ = writeln!(std::io::stderr(), "{}", one_line(&self.message));
        ExitCode::from(self.code)
    }
}

/// A line on stderr that does not change what the command does.
pub(crate) fn note(text: impl Display) {
    let _ = writeln!(std::io::stderr(), "note: {}", one_line(&text.to_string()));
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = match error.kind() {
            ErrorKind::Config | ErrorKind::Credentials => USAGE,
            ErrorKind::Service | ErrorKind::Throttled | ErrorKind::Auth | ErrorKind::NotFound
                if error.status().is_some() =>
            {
                REFUSED
            }
            // The service responded with a state from which the wanted one is not reached.
            ErrorKind::WaitFailed => REFUSED,
            _ => FAILED,
        };
        let failure = Self::new(code, &error);
        match error.unmasked_body() {
            // A success that the SDK cannot read.
            Some(body)
                if error.kind() == ErrorKind::Decode && error.status().is_some_and(|s| s.is_success()) =>
            {
                failure.with_received(String::from_utf8_lossy(body).into_owned())
            }
            _ => failure,
        }
    }
}

impl From<cloudcall_generator::Error> for Failure {
    fn from(error: cloudcall_generator::Error) -> Self {
        Self::usage(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::failed(error)
    }
}

/// The text without line breaks and other control characters.
pub(crate) fn one_line(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    harmless(&lines.collect::<Vec<_>>().join("; "), &[]).into_owned()
}

/// The text with control characters, except those that are kept, as JSON writes them: a response must not
/// give orders to a terminal. In JSON the value stays the same.
pub(crate) fn harmless<'t>(text: &'t str, kept: &[char]) -> Cow<'t, str> {
    let is_odd = |c: char| c.is_control() && !kept.contains(&c);
    if !text.contains(is_odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_odd(c) {
            true => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Prints `text` and a line end, with control characters written out. A reader that has seen enough, such as `head`, is no failure.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    let text = harmless(text.trim_end(), &['\n', '\r', '\t']);
    let written = out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n"));
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != IoErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Prints bytes as they are.
pub(crate) fn print_bytes(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != IoErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_written_out() {
        let hostile = "a\u{1b}[2Jb\u{9b}31m\u{7f}\u{8}云\r\n\t";
        let shown = "a\\u001b[2Jb\\u009b31m\\u007f\\u0008云\r\n\t";
        assert_eq!(harmless(hostile, &['\n', '\r', '\t']), shown);
        assert_eq!(one_line("a\r\n\u{1b}]0;b\u{7}\tc"), "a; \\u001b]0;b\\u0007\\u0009c");
        assert!(matches!(harmless("plain 云", &[]), Cow::Borrowed(_)));
    }
}

//! Secrets that are recognised by their form: private keys in PEM, user and password of a
//! URL, and elements of XML.

use super::{Scan, is_word};
use crate::telemetry::redact::MASK;
use crate::telemetry::redact::names::Secrecy;

/// Maximum length in bytes of the user and password of a URL.
const LOGIN_CAP: usize = 1024;

impl Scan<'_> {
    /// Reads a PEM block. Private keys are masked, certificates and public keys are shown.
    ///
    /// A block without an end is masked to the end of the text, because it may have been
    /// cut off.
    pub(super) fn pem(&mut self) {
        let begin = self.at;
        let label = begin + "-----BEGIN".len();
        let end = self.find(label, |byte| byte == b'-');
        if !self.slice(label, end).contains("PRIVATE KEY") {
            self.at = end;
            return;
        }
        let mut at = end;
        let end = loop {
            at = self.find(at, |byte| byte == b'-');
            let rest = self.rest(at);
            if rest.is_empty() {
                break at;
            }
            if let Some(after) = rest.strip_prefix("-----END") {
                let tail = after.find("-----").filter(|tail| *tail < 64);
                break self.text.len() - tail.map_or(0, |tail| after.len() - tail - 5);
            }
            at += 1;
        };
        self.replace(begin, end, MASK);
    }

    /// Masks user and password of a URL: `https://user:password@host`.
    pub(super) fn login(&mut self) {
        let begin = self.at + "://".len();
        let ends = |byte: &u8| {
            byte.is_ascii_whitespace()
                || matches!(byte, b'/' | b'?' | b'#' | b'"' | b'\'' | b'<' | b'>' | b'\\')
        };
        let bytes = self.text.as_bytes().get(begin..).unwrap_or_default();
        let authority = bytes.iter().take(LOGIN_CAP).take_while(|byte| !ends(byte));
        let at_sign = authority.enumerate().filter(|(_, byte)| **byte == b'@').last();
        match at_sign {
            Some((len, _)) if len > 0 => self.replace(begin, begin + len, MASK),
            _ => self.at = begin,
        }
    }

    /// Reads a tag of XML or HTML. The text of an element with a secret name is masked.
    ///
    /// An element with children is masked child by child, unless its name stands for a
    /// secret as a whole. A tag that is cut off is masked to the end of the text.
    pub(super) fn tag(&mut self) {
        let begin = self.at + 1;
        let end = self.find(begin, |byte| !is_word(byte) && !matches!(byte, b'.' | b'-' | b':'));
        self.at = begin.max(end);
        let qualified = self.slice(begin, end);
        let Some(secrecy) = self.rule.secrecy(qualified).filter(|_| !qualified.is_empty()) else {
            // The names of attributes are read as words.
            self.at = begin;
            return;
        };
        let close = self.find(end, |byte| byte == b'>');
        let content = (close + 1).min(self.text.len());
        let empty = close.checked_sub(1).and_then(|last| self.byte(last)) == Some(b'/');
        if close > end && !(empty && close == end + 1) && !self.slice(end, close).trim().is_empty() {
            self.replace(end, if empty { close - 1 } else { close }, "");
        }
        self.at = content;
        let first = self.skip_blanks(content);
        let nested = self.byte(first) == Some(b'<') && self.byte(first + 1) != Some(b'!');
        if empty || nested && secrecy != Secrecy::Whole {
            return;
        }
        let mut at = content;
        let end = loop {
            at = self.find(at, |byte| byte == b'<');
            match self.rest(at).strip_prefix("</") {
                _ if at >= self.text.len() => break at,
                Some(rest) if rest.starts_with(qualified) => break at,
                _ => at += 1,
            }
        };
        if !matches!(self.slice(content, end).trim(), "" | "true" | "false") {
            self.replace(content, end, MASK);
        }
        self.at = end;
    }
}

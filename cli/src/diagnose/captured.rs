//! A captured HTTP request, as a proxy, a log or `--dry-run` writes it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::exit::{Failure, Result};

/// The parts of a request that a signature covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Captured {
    pub(super) method: String,
    /// Path and query.
    pub(super) target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Captured {
    /// Reads `METHOD URL`, header lines, an empty line, and the body. The version of HTTP may be there.
    pub(super) fn read(text: &[u8]) -> Result<Self> {
        let bad = |what: &str| Failure::usage(format!("usage: the captured request cannot be read: {what}"));
        let end = [&b"\r\n\r\n"[..], b"\n\n"].into_iter().filter_map(|gap| {
            let at = text.windows(gap.len()).position(|window| window == gap)?;
            Some((at, at + gap.len()))
        });
        let (head, body) = match end.min() {
            Some((head, body)) => (text.get(..head), text.get(body..)),
            None => (Some(text), None),
        };
        let head = std::str::from_utf8(head.unwrap_or_default()).map_err(|_| bad("its head is not text"))?;
        let mut lines = head.lines();
        let first = lines.next().unwrap_or_default();
        let mut words = first.split_whitespace();
        let (Some(method), Some(address)) = (words.next(), words.next()) else {
            return Err(bad(
                "the first line is not METHOD URL, such as: POST https://cvm.tencentcloudapi.com/",
            ));
        };
        if !method.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(bad(&format!("`{method}` is not an HTTP method")));
        }
        let mut headers = Vec::new();
        for line in lines {
            let (name, value) =
                line.split_once(':').ok_or_else(|| bad(&format!("`{line}` is not a header")))?;
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
        let (target, host) = match address.split_once("://") {
            Some((_, rest)) => {
                let at = rest.find(['/', '?']).unwrap_or(rest.len());
                let (host, target) = rest.split_at(at);
                let target = if target.starts_with('/') { target.to_owned() } else { format!("/{target}") };
                (target, Some(host.to_owned()))
            }
            None if address.starts_with('/') => (address.to_owned(), None),
            None => return Err(bad(&format!("`{address}` is neither a URL nor a path"))),
        };
        if let Some(host) = host
            && !headers.iter().any(|(name, _)| name == "host")
        {
            headers.insert(0, ("host".to_owned(), host));
        }
        if !headers.iter().any(|(name, _)| name == "host") {
            return Err(bad("there is no header `host`: every signature covers it"));
        }
        let body = body.unwrap_or_default();
        // A file ends with a line end that the request did not have.
        let length = headers
            .iter()
            .find(|(name, _)| name == "content-length")
            .and_then(|(_, value)| value.parse().ok());
        let body = match length {
            Some(length) => body.get(..length).unwrap_or(body),
            None => body.strip_suffix(b"\n").unwrap_or(body),
        };
        Ok(Self { method: method.to_owned(), target, headers, body: body.to_vec() })
    }

    /// A header by its name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A parameter of the query.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.target.split_once('?')?;
        let pair =
            query.split('&').filter_map(|pair| pair.split_once('=')).find(|(known, _)| *known == name)?;
        Some(percent_encoding::percent_decode_str(pair.1).decode_utf8_lossy().into_owned())
    }

    /// The time of the signature.
    pub(super) fn time(&self) -> Option<SystemTime> {
        let stamp = self.header("x-tc-timestamp").map(str::to_owned).or_else(|| self.query("Timestamp"));
        if let Some(seconds) = stamp.as_deref().and_then(|stamp| stamp.parse().ok()) {
            return Some(UNIX_EPOCH + Duration::from_secs(seconds));
        }
        let compact =
            ["x-sdk-date", "x-date", "x-acs-date", "date"].into_iter().find_map(|name| self.header(name));
        let text = compact.map(str::to_owned).or_else(|| self.query("X-Date")).or(stamp)?;
        if let Ok(time) = httpdate::parse_http_date(&text) {
            return Some(time);
        }
        iso(&text)
    }
}

/// `20260101T000000Z` or `2026-01-01T00:00:00Z`.
fn iso(text: &str) -> Option<SystemTime> {
    let digits: String = text.chars().filter(char::is_ascii_digit).take(14).collect();
    if digits.len() != 14 {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<u64>().ok();
    let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    // Days since the epoch, by the proleptic Gregorian calendar.
    let shifted = if month > 2 { year } else { year.checked_sub(1)? };
    let (era, of_era) = (shifted / 400, shifted % 400);
    let month_day = (153 * ((month + 9) % 12) + 2) / 5 + day.checked_sub(1)?;
    let days = (era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + month_day).checked_sub(719_468)?;
    let seconds = days * 86_400 + part(8, 10)? * 3600 + part(10, 12)? * 60 + part(12, 14)?;
    Some(UNIX_EPOCH + Duration::from_secs(seconds))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_as_they_are_written_in_many_places() {
        let text = "POST https://cvm.example/?a=1 HTTP/1.1\r\nX-TC-Timestamp: 1700000000\r\n\r\n{}\n";
        let request = Captured::read(text.as_bytes()).unwrap();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/?a=1"));
        assert_eq!(request.header("host"), Some("cvm.example"));
        assert_eq!((request.body.as_slice(), request.query("a").as_deref()), (&b"{}"[..], Some("1")));
        assert_eq!(request.time(), Some(UNIX_EPOCH + Duration::from_secs(1_700_000_000)));
        let bare = Captured::read(b"GET /v1/x\nHost: h\nX-Sdk-Date: 20231114T221320Z").unwrap();
        assert_eq!(bare.time(), Some(UNIX_EPOCH + Duration::from_secs(1_700_000_000)));
        for (text, wanted) in [
            ("", "METHOD URL"),
            ("hello world", "not an HTTP method"),
            ("GET /x\nnonsense", "not a header"),
            ("GET /x", "no header `host`"),
            ("GET x", "neither a URL nor a path"),
        ] {
            assert!(Captured::read(text.as_bytes()).unwrap_err().message.contains(wanted), "{text}");
        }
    }
}

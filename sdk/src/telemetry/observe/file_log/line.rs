//! One line of the log, in the formats of the vendors' SDKs.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::super::Reply;
use crate::sign::time::Utc;

/// The format of the lines of a [`FileLog`](super::FileLog).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LogFormat {
    /// The documented line of Huawei Cloud's SDK: time, thread, logger, file, line, level, then method and
    /// URL, status, length of the response in bytes, duration, and request id.
    ///
    /// ```text
    /// 2020-06-16 10:44:02,019 4568 HuaweiCloud-SDK http_handler.py 28 INFO
    ///     "GET https://vpc.cn-north-1.myhuaweicloud.com/v1/p1/vpcs" 200 11 0:00:00.543430 b5c927ff
    /// ```
    ///
    /// The log has this in one line.
    ///
    /// File and line are those of this crate. As in the vendor's SDK, a missing request id is empty. An
    /// attempt without a response, which the vendor's SDK does not log, has the status `-`.
    Huawei,
    /// The line of Tencent Cloud's SDK: time, process, file, line, level, and a message.
    ///
    /// The vendor's message is the whole request with its signature. Here it is the action, then the message
    /// of [`AccessLog`](super::super::AccessLog), then the error code or the kind of the error.
    ///
    /// ```text
    /// 2026-11-29 20:44:02,019 4568 line.rs L97 INFO cvm DescribeZones
    ///     "POST https://cvm.tencentcloudapi.com/" 200 11 0.543430 b5c927ff ok
    /// ```
    ///
    /// The log has this in one line.
    Tencent,
}

impl LogFormat {
    /// The line of an attempt, with its line break.
    pub(super) fn line(self, reply: &Reply<'_>, stamp: &Stamp) -> String {
        let (method, url) = (reply.request.method(), reply.request.url());
        let status = reply.status.map_or_else(|| "-".to_owned(), |status| status.as_str().to_owned());
        let (time, length, number) = (stamp.text(), reply.body_len, line!());
        let line = match self {
            Self::Huawei => {
                let (thread, took) = (thread_number(), timedelta(reply.elapsed));
                let id = reply.request_id.unwrap_or_default();
                format!(
                    "{time} {thread} HuaweiCloud-SDK line.rs {number} INFO \"{method} {url}\" {status} {length} {took} {id}"
                )
            }
            Self::Tencent => {
                let (process, took) = (std::process::id(), reply.elapsed.as_secs_f64());
                let (product, action) = (reply.product, reply.action);
                let id = reply.request_id.unwrap_or("-");
                let outcome = reply.error.and_then(|error| error.code()).unwrap_or(reply.outcome());
                format!(
                    "{time} {process} line.rs L{number} INFO {product} {action} \"{method} {url}\" {status} {length} {took:.6} {id} {outcome}"
                )
            }
        };
        one_line(line)
    }
}

/// Replaces control characters, so that a value of a response cannot begin another line, and adds the line
/// break.
fn one_line(mut line: String) -> String {
    if line.contains(char::is_control) {
        line = line.replace(char::is_control, "?");
    }
    line.push('\n');
    line
}

/// A duration as Python writes a `timedelta`: `0:00:00.543430`; whole seconds have no fraction.
fn timedelta(time: Duration) -> String {
    let (seconds, micros) = (time.as_secs(), time.subsec_micros());
    let mut text = String::new();
    match seconds / 86_400 {
        0 => {}
        1 => text.push_str("1 day, "),
        days => _ = write!(text, "{days} days, "),
    }
    _ = write!(text, "{}:{:02}:{:02}", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    if micros > 0 {
        _ = write!(text, ".{micros:06}");
    }
    text
}

/// A number for the current thread: the standard library does not give one.
fn thread_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    thread_local!(static NUMBER: u64 = NEXT.fetch_add(1, Ordering::Relaxed));
    NUMBER.try_with(|number| *number).unwrap_or_default()
}

/// A time with an offset from UTC.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamp {
    local: Utc,
    millis: u32,
}

impl Stamp {
    /// A time, moved by an offset in minutes.
    pub(super) fn new(time: SystemTime, offset_minutes: i16) -> Self {
        let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
        let local = since.as_secs().saturating_add_signed(i64::from(offset_minutes) * 60);
        Self { local: Utc::from_unix(local), millis: since.subsec_millis() }
    }

    /// The date, `2020-06-16`.
    pub(super) fn date(&self) -> String {
        self.local.date()
    }

    /// Date and time as Python's `logging` writes them: `2020-06-16 10:44:02,019`.
    fn text(&self) -> String {
        let seconds = self.local.second_of_day;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        format!("{} {hour:02}:{minute:02}:{second:02},{:03}", self.local.date(), self.millis)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, Request, StatusCode};

    use super::*;
    use crate::observe::Attempt;

    /// 2020-06-16T02:44:02.019Z.
    fn stamp() -> Stamp {
        Stamp::new(UNIX_EPOCH + Duration::from_millis(1_592_275_442_019), 480)
    }

    fn line(format: LogFormat, id: Option<&str>) -> String {
        let url = "https://vpc.cn-north-1.myhuaweicloud.com/v1/p1/vpcs?Signature=abcdef";
        let request = Request::get(url).body(Bytes::new()).unwrap();
        let (headers, body) = (HeaderMap::new(), Bytes::from("{\"vpcs\":[]}"));
        let attempt = Attempt::new("huawei", "vpc", "ListVpcs", &request);
        let mut reply = Reply::new(&attempt).with_response(StatusCode::OK, &headers, &body);
        reply.elapsed = Duration::from_micros(543_430);
        reply.request_id = id;
        format.line(&reply, &stamp())
    }

    #[test]
    fn huawei_lines_are_those_of_the_vendor() {
        let line = line(LogFormat::Huawei, Some("b5c927ff"));
        let words: Vec<_> = line.split(' ').collect();
        assert_eq!(words[..2], ["2020-06-16", "10:44:02,019"]);
        assert!(words[2].parse::<u64>().is_ok() && words[5].parse::<u32>().is_ok(), "{line}");
        assert_eq!((words[3], words[4], words[6]), ("HuaweiCloud-SDK", "line.rs", "INFO"));
        let url = "https://vpc.cn-north-1.myhuaweicloud.com/v1/p1/vpcs?Signature=****";
        assert_eq!(words[7..].join(" "), format!("\"GET {url}\" 200 11 0:00:00.543430 b5c927ff\n"));
    }

    #[test]
    fn tencent_lines_have_the_prefix_of_the_vendor() {
        let line = line(LogFormat::Tencent, None);
        let prefix = format!("2020-06-16 10:44:02,019 {} line.rs L", std::process::id());
        assert!(line.starts_with(&prefix), "{line}");
        assert!(line.contains(" INFO vpc ListVpcs \"GET https://vpc"), "{line}");
        assert!(line.ends_with("\" 200 11 0.543430 - ok\n"), "{line}");
    }

    #[test]
    fn a_value_cannot_begin_another_line() {
        let line = line(LogFormat::Huawei, Some("a\r\n2020 forged"));
        assert!(line.ends_with("a??2020 forged\n") && line.lines().count() == 1, "{line}");
    }

    #[test]
    fn durations_are_written_as_python_writes_them() {
        for (micros, text) in [
            (0, "0:00:00"),
            (644, "0:00:00.000644"),
            (61_000_000, "0:01:01"),
            (86_400_000_001, "1 day, 0:00:00.000001"),
            (200_000_000_000, "2 days, 7:33:20"),
        ] {
            assert_eq!(timedelta(Duration::from_micros(micros)), text);
        }
    }
}

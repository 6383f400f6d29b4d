//! Reading and writing of times: the formats of the clouds' requests, responses and files. All times are UTC.
//!
//! | format | example | where |
//! | --- | --- | --- |
//! | [`unix_seconds`] | `1709194530` | Tencent Cloud: `X-TC-Timestamp` |
//! | [`Utc::date`] | `2024-02-29` | Tencent Cloud: credential scope |
//! | [`Utc::iso`] | `2024-02-29T08:15:30Z` | Alibaba Cloud: `x-acs-date`, `Timestamp` |
//! | [`Utc::compact`] | `20240229T081530Z` | Huawei Cloud: `X-Sdk-Date`; Volcengine: `X-Date` |
//! | `http_date` | `Thu, 29 Feb 2024 08:15:30 GMT` | Alibaba Cloud, ROA V2: `Date` |
//! | `read` | RFC 3339 or a number | expiry of credentials |
//!
//! If you need another format, add it here. The module does not use the crates `time` or `jiff`: the formats
//! are few and fixed, and no public type of this crate depends on a date library.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::encode::push_padded;

/// Whole seconds since 1970-01-01T00:00:00Z, rounded down. A time before 1970 gives 0.
///
/// ```
/// use cloudcall::sign::time::unix_seconds;
/// use std::time::{Duration, UNIX_EPOCH};
///
/// assert_eq!(unix_seconds(UNIX_EPOCH + Duration::from_millis(1500)), 1);
/// ```
pub fn unix_seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map(|since| since.as_secs()).unwrap_or_default()
}

/// Writes a time in the format of the header `Date` (RFC 9110, 5.6.7): `Thu, 29 Feb 2024 08:15:30 GMT`.
///
/// Names of days and months are English. The vendor's Python package takes them from the locale of the
/// process, which breaks its signature in other locales.
#[cfg(feature = "alibaba")]
pub(crate) fn http_date(time: SystemTime) -> String {
    httpdate::fmt_http_date(time)
}

/// Reads a header such as `Date` or `Retry-After`, in any of the three formats that HTTP allows.
pub(crate) fn read_http_date(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text).ok()
}

/// Reads a time from a JSON value: RFC 3339 text, or a number since 1970, also as text.
///
/// RFC 3339 text may have a fraction, a space in place of the `T`, and any offset. A time without an offset
/// is refused, because its zone is unknown. A number counts seconds, milliseconds, microseconds or
/// nanoseconds; the unit follows from its size, because the other units would give a time thousands of years
/// away. The vendor's Python package reads the member `sts-expiration` of Volcengine's profiles in the same
/// way.
pub(crate) fn read(value: &Value) -> Option<SystemTime> {
    match value {
        Value::Number(number) => match number.as_u64() {
            Some(number) => since_1970(number),
            None => fraction_since_1970(number.as_f64()?),
        },
        Value::String(text) => read_text(text.trim()),
        _ => None,
    }
}

/// Reads a time out of a text, as [`read`] does.
pub(crate) fn read_text(text: &str) -> Option<SystemTime> {
    if let Ok(number) = text.parse() {
        return since_1970(number);
    }
    match text.parse::<f64>() {
        Ok(number) => fraction_since_1970(number),
        Err(_) => rfc3339(text),
    }
}

/// The time of a whole number since 1970. Below 10^11 it counts seconds, which reaches the year 5138.
fn since_1970(number: u64) -> Option<SystemTime> {
    const SECONDS: u64 = 100_000_000_000;
    const MILLISECONDS: u64 = SECONDS * 1000;
    const MICROSECONDS: u64 = MILLISECONDS * 1000;
    UNIX_EPOCH.checked_add(match number {
        0..SECONDS => Duration::from_secs(number),
        SECONDS..MILLISECONDS => Duration::from_millis(number),
        MILLISECONDS..MICROSECONDS => Duration::from_micros(number),
        MICROSECONDS.. => Duration::from_nanos(number),
    })
}

/// The time of a number with a fraction since 1970, in the units of [`since_1970`].
fn fraction_since_1970(number: f64) -> Option<SystemTime> {
    let divisor = match number {
        ..1e11 => 1.0,
        1e11..1e14 => 1e3,
        1e14..1e17 => 1e6,
        _ => 1e9,
    };
    UNIX_EPOCH.checked_add(Duration::try_from_secs_f64(number / divisor).ok()?)
}

/// Reads RFC 3339 text. The fraction is checked but dropped: expiry times need no more than seconds.
fn rfc3339(text: &str) -> Option<SystemTime> {
    let (date, clock) = text.split_once(['T', 't', ' '])?;
    let (clock, east) = offset(clock)?;
    let (whole, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let [year, month, day] = three(date, '-')?;
    let seconds = Utc::new(year, month, day, three(whole, ':')?)?.to_unix();
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds.checked_add_signed(-east)?))
}

/// Splits the clock from its zone, and gives the zone in seconds east of UTC. Zones are `Z`, `+08:00`,
/// `+0800` and `+08`.
fn offset(text: &str) -> Option<(&str, i64)> {
    if let Some(clock) = text.strip_suffix(['Z', 'z']) {
        return Some((clock, 0));
    }
    let at = text.rfind(['+', '-'])?;
    let (clock, zone) = text.split_at_checked(at)?;
    let digits: String = zone.chars().skip(1).filter(|c| *c != ':').collect();
    let number: i64 = match digits.len() {
        4 if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse().ok()?,
        2 if digits.bytes().all(|byte| byte.is_ascii_digit()) => digits.parse::<i64>().ok()? * 100,
        _ => return None,
    };
    let (hours, minutes) = (number / 100, number % 100);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let east = hours * 3600 + minutes * 60;
    Some((clock.trim_end(), if zone.starts_with('-') { -east } else { east }))
}

/// Three numbers with a separator between them, such as `2024-02-29`. Signs and blanks are refused.
fn three(text: &str, separator: char) -> Option<[u64; 3]> {
    let mut parts = text.split(separator).map(|part| match part.bytes().all(|byte| byte.is_ascii_digit()) {
        true => part.parse().ok(),
        false => None,
    });
    let found = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(found)
}

/// Reads the texts that [`Utc::iso`] and [`Utc::compact`] write, and nothing else. The local cloud uses it to
/// check the time of a signature.
#[cfg(any(feature = "local-cloud", feature = "testing"))]
pub(crate) fn read_signed(text: &str) -> Option<u64> {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if shape != "0000-00-00T00:00:00Z" && shape != "00000000T000000Z" {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<u64>().ok();
    let clock = [part(8, 10)?, part(10, 12)?, part(12, 14)?];
    Utc::new(part(0, 4)?, part(4, 6)?, part(6, 8)?, clock).map(|utc| utc.to_unix())
}

/// A moment in UTC, by its calendar parts.
///
/// ```
/// use cloudcall::sign::time::Utc;
///
/// let time = Utc::from_unix(1_709_194_530);
/// assert_eq!(time.date(), "2024-02-29");
/// assert_eq!(time.iso(), "2024-02-29T08:15:30Z");
/// assert_eq!(time.compact(), "20240229T081530Z");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utc {
    /// The year, 1970 or later.
    pub year: u64,
    /// The month, 1 to 12.
    pub month: u64,
    /// The day of the month, from 1.
    pub day: u64,
    /// Seconds since midnight, 0 to 86,399.
    pub second_of_day: u64,
}

impl Utc {
    /// A moment by year, month, day, and hour, minute, second. `None` for a day that the calendar does not
    /// have, and for years before 1970 or after 9999. A leap second (60) counts as the first second of the
    /// next minute.
    fn new(year: u64, month: u64, day: u64, [hour, minute, second]: [u64; 3]) -> Option<Self> {
        let in_range = (1970..=9999).contains(&year) && hour < 24 && minute < 60 && second < 61;
        let utc = Self { year, month, day, second_of_day: hour * 3600 + minute * 60 + second };
        let midnight = Self { second_of_day: 0, ..utc };
        let exists = in_range && (1..=12).contains(&month) && (1..=31).contains(&day);
        (exists && Self::from_unix(midnight.to_unix()) == midnight).then_some(utc)
    }

    /// Whole seconds since 1970. The inverse of [`from_unix`](Self::from_unix).
    fn to_unix(self) -> u64 {
        // Years begin on the 1st of March, so that the leap day is last.
        let (year, month) =
            if self.month > 2 { (self.year, self.month - 3) } else { (self.year - 1, self.month + 9) };
        let days =
            year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + self.day - 1 - 719_468;
        days * 86_400 + self.second_of_day
    }

    /// The calendar parts of a number of whole seconds since 1970.
    ///
    /// ```
    /// use cloudcall::sign::time::{Utc, unix_seconds};
    /// use std::time::{Duration, UNIX_EPOCH};
    ///
    /// let time = UNIX_EPOCH + Duration::from_secs(951_782_400);
    /// assert_eq!(Utc::from_unix(unix_seconds(time)).iso(), "2000-02-29T00:00:00Z");
    /// ```
    pub fn from_unix(seconds: u64) -> Self {
        // Days are counted in eras of 400 years that begin on the 1st of March, so that the leap day is last.
        let days = seconds / 86_400 + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        Self {
            year: era * 400 + year_of_era + u64::from(month <= 2),
            month,
            day: day_of_year - (153 * shifted + 2) / 5 + 1,
            second_of_day: seconds % 86_400,
        }
    }

    /// The date, `2024-02-29`. Ten characters for years up to 9999.
    pub fn date(&self) -> String {
        let mut out = String::with_capacity(10);
        self.push_date(&mut out);
        out
    }

    /// Appends the date to a text.
    pub(crate) fn push_date(&self, out: &mut String) {
        push_padded(out, self.year, 4);
        out.push('-');
        push_padded(out, self.month, 2);
        out.push('-');
        push_padded(out, self.day, 2);
    }

    /// The time in ISO 8601 with separators, `2024-02-29T08:15:30Z`.
    pub fn iso(&self) -> String {
        let (hour, minute, second) = self.clock();
        format!("{}T{hour:02}:{minute:02}:{second:02}Z", self.date())
    }

    /// The time in ISO 8601 without separators, `20240229T081530Z`.
    pub fn compact(&self) -> String {
        let (hour, minute, second) = self.clock();
        format!("{:04}{:02}{:02}T{hour:02}{minute:02}{second:02}Z", self.year, self.month, self.day)
    }

    /// Hour, minute and second.
    fn clock(&self) -> (u64, u64, u64) {
        (self.second_of_day / 3_600, self.second_of_day / 60 % 60, self.second_of_day % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_days_and_year_ends() {
        for (seconds, iso) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (1_709_251_200, "2024-03-01T00:00:00Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (1_735_689_599, "2024-12-31T23:59:59Z"),
        ] {
            assert_eq!(Utc::from_unix(seconds).iso(), iso);
        }
        assert_eq!(Utc::from_unix(1_709_194_530).compact(), "20240229T081530Z");
    }

    #[test]
    fn times_are_read_as_they_are_written() {
        for seconds in [68_169_600, 951_782_399, 951_782_400, 1_709_251_199, 1_709_251_200, 4_107_542_400] {
            let text = Utc::from_unix(seconds).iso();
            assert_eq!(rfc3339(&text).map(unix_seconds), Some(seconds), "{text}");
            assert_eq!(read(&seconds.into()), rfc3339(&text.replace('Z', ".123456Z")));
        }
        for text in [
            "",
            "Z",
            "2024-01-01",
            "2024-01-01T00:00:00",
            "2024-01-01 00:00:00",
            "2024-13-01T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2024-04-31T00:00:00Z",
            "2024-01-01T+1:00:00Z",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00.xZ",
            "2024-01-01T00:00:00+8",
            "2024-01-01T00:00:00+24:00",
            "2024-01-01T00:00:00+08:60",
            "1970-01-01T00:00:00+08:00",
        ] {
            assert_eq!(rfc3339(text), None, "{text}");
        }
        for text in [
            "2024-02-29T16:15:30+08:00",
            "2024-02-29T16:15:30.999+0800",
            "2024-02-29T16:15:30+08",
            "2024-02-29 03:45:30-04:30",
            "2024-02-29T08:15:30.000000Z",
            "2024-02-29t08:15:30z",
            " 2024-02-29T08:15:30 +00:00 ",
            "1709194530",
            "1709194530.25",
            "1709194530123",
            "1709194530123456789",
        ] {
            assert_eq!(read(&text.into()).map(unix_seconds), Some(1_709_194_530), "{text}");
        }
        for number in [1_709_194_530_u64, 1_709_194_530_999, 1_709_194_530_999_999, 1_709_194_530_999_999_999]
        {
            assert_eq!(read(&number.into()).map(unix_seconds), Some(1_709_194_530), "{number}");
        }
        assert_eq!(read(&1_709_194_530.5.into()).map(unix_seconds), Some(1_709_194_530));
        assert_eq!(read(&f64::MAX.into()), None);
        assert_eq!(read(&Value::Null), None);
        assert_eq!(read(&(-1).into()), None);
    }

    #[cfg(any(feature = "local-cloud", feature = "testing"))]
    #[test]
    fn dates_are_read_back() {
        for at in [0, 951_782_400, 1_709_194_530, 1_735_689_599, 4_107_542_400] {
            let utc = Utc::from_unix(at);
            assert_eq!((read_signed(&utc.iso()), read_signed(&utc.compact())), (Some(at), Some(at)));
        }
        for wrong in
            ["", "2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-01-01 00:00:00", "20230101T240000Z"]
        {
            assert_eq!(read_signed(wrong), None, "{wrong}");
        }
    }
}

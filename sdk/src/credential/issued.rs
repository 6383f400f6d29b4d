//! Keys out of the JSON that metadata services and exchanges answer.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use secrecy::SecretString;
use serde_json::Value;

use super::Credential;
use crate::error::{Error, ErrorKind};

/// The members of an answer. Where services differ, there are several names for one thing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Members {
    pub(crate) id: &'static [&'static str],
    pub(crate) secret: &'static [&'static str],
    /// None where the keys come without a token.
    pub(crate) token: &'static [&'static str],
    pub(crate) expiry: &'static [&'static str],
}

impl Members {
    /// Moves the keys out of `answer`, so that no copy of a secret stays behind.
    pub(crate) fn take(&self, provider: &'static str, answer: &mut Value) -> Result<Credential, Error> {
        let broken = |what: String| Error::new(ErrorKind::Credentials, format!("{provider}: {what}"));
        let mut text = |names: &[&str]| {
            let missing = || broken(format!("the answer has no `{}`", names.first().unwrap_or(&"")));
            names.iter().find_map(|name| take_text(answer, name)).ok_or_else(missing)
        };
        let (id, secret) = (text(self.id)?, SecretString::from(text(self.secret)?));
        let token = match self.token {
            [] => None,
            names => Some(text(names)?),
        };
        let expiry = self.expiry.iter().find_map(|name| Some((name, answer.get(name)?)));
        let expiry = match expiry {
            Some((name, value)) => time(value).ok_or_else(|| broken(format!("`{name}` is not a time")))?,
            None => return Err(broken("the answer does not say when the keys end".to_owned())),
        };
        let keys = Credential::new(id, secret).map_err(|error| broken(error.message().to_owned()))?;
        let keys = keys.with_expiry(expiry).with_source(provider);
        Ok(match token {
            Some(token) => keys.with_token(token),
            None => keys,
        })
    }
}

/// Moves a text out of an object; an empty one is none.
pub(crate) fn take_text(object: &mut Value, name: &str) -> Option<String> {
    match object.get_mut(name).map(Value::take) {
        Some(Value::String(text)) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// A number since 1970, or `2024-02-29T08:15:30Z`: with or without a fraction, in UTC or with an offset such as `+08:00`.
pub(crate) fn time(value: &Value) -> Option<SystemTime> {
    match value {
        Value::Number(number) => match number.as_u64() {
            Some(number) => since_1970(number),
            None => UNIX_EPOCH.checked_add(Duration::try_from_secs_f64(number.as_f64()?).ok()?),
        },
        Value::String(text) => match text.trim() {
            number if number.bytes().all(|byte| byte.is_ascii_digit()) => since_1970(number.parse().ok()?),
            text => iso(text),
        },
        _ => None,
    }
}

/// Seconds; or milliseconds or microseconds, where it would be thousands of years in seconds.
fn since_1970(number: u64) -> Option<SystemTime> {
    const SECONDS: u64 = 100_000_000_000;
    const MILLISECONDS: u64 = SECONDS * 1000;
    UNIX_EPOCH.checked_add(match number {
        0..SECONDS => Duration::from_secs(number),
        SECONDS..MILLISECONDS => Duration::from_millis(number),
        MILLISECONDS.. => Duration::from_micros(number),
    })
}

fn iso(text: &str) -> Option<SystemTime> {
    let (date, clock) = text.split_once(['T', 't', ' '])?;
    let (clock, east) = offset(clock)?;
    let (year, month, day) = three(date, '-')?;
    let (whole, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, "0"));
    let (hour, minute, second) = three(whole, ':')?;
    let in_range = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 61
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if !in_range {
        return None;
    }
    // Years begin on the 1st of March, so that the leap day is last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    let seconds = days.checked_sub(719_468)? * 86_400 + hour * 3600 + minute * 60 + second;
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds.checked_add_signed(-east)?))
}

/// The clock, and how many seconds its zone is east of UTC. A time without a zone could be any time of the day.
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

fn three(text: &str, separator: char) -> Option<(u64, u64, u64)> {
    let mut parts = text.split(separator).map(|part| match part.bytes().all(|byte| byte.is_ascii_digit()) {
        true => part.parse().ok(),
        false => None,
    });
    let found = (parts.next()??, parts.next()??, parts.next()??);
    parts.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sign::time::{Utc, unix_seconds};

    #[test]
    fn times_are_read_as_they_are_written() {
        for seconds in [68_169_600, 951_782_399, 951_782_400, 1_709_251_199, 1_709_251_200, 4_107_542_400] {
            let text = Utc::from_unix(seconds).iso();
            assert_eq!(iso(&text).map(unix_seconds), Some(seconds), "{text}");
            assert_eq!(time(&seconds.into()), iso(&text.replace('Z', ".123456Z")));
        }
        for text in [
            "",
            "Z",
            "2024-01-01",
            "2024-01-01T00:00:00",
            "2024-01-01 00:00:00",
            "2024-13-01T00:00:00Z",
            "2024-01-01T+1:00:00Z",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00.xZ",
            "2024-01-01T00:00:00+8",
            "2024-01-01T00:00:00+24:00",
            "2024-01-01T00:00:00+08:60",
            "1970-01-01T00:00:00+08:00",
        ] {
            assert_eq!(iso(text), None, "{text}");
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
            "1709194530123",
        ] {
            assert_eq!(time(&text.into()).map(unix_seconds), Some(1_709_194_530), "{text}");
        }
        for number in [1_709_194_530_u64, 1_709_194_530_999, 1_709_194_530_999_999] {
            assert_eq!(time(&number.into()).map(unix_seconds), Some(1_709_194_530), "{number}");
        }
        assert_eq!(time(&1_709_194_530.5.into()).map(unix_seconds), Some(1_709_194_530));
        assert_eq!(time(&f64::MAX.into()), None);
        assert_eq!(time(&Value::Null), None);
        assert_eq!(time(&(-1).into()), None);
    }
}

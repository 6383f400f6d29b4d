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

/// Seconds since 1970, or `2024-02-29T08:15:30Z` with or without a fraction.
fn time(value: &Value) -> Option<SystemTime> {
    match value {
        Value::Number(seconds) => UNIX_EPOCH.checked_add(Duration::from_secs(seconds.as_u64()?)),
        Value::String(text) => iso(text),
        _ => None,
    }
}

fn iso(text: &str) -> Option<SystemTime> {
    let (date, clock) = text.trim().strip_suffix('Z')?.split_once('T')?;
    let (year, month, day) = three(date, '-')?;
    let whole = clock.split('.').next().unwrap_or(clock);
    let (hour, minute, second) = three(whole, ':')?;
    let in_range = (1970..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second < 61;
    if !in_range {
        return None;
    }
    // Years begin on the 1st of March, so that the leap day is last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    let seconds = days.checked_sub(719_468)? * 86_400 + hour * 3600 + minute * 60 + second;
    UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
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
        for text in
            ["", "Z", "2024-01-01", "2024-01-01T00:00:00", "2024-13-01T00:00:00Z", "2024-01-01T+1:00:00Z"]
        {
            assert_eq!(iso(text), None, "{text}");
        }
        assert_eq!(time(&Value::Null), None);
        assert_eq!(time(&(-1).into()), None);
    }
}

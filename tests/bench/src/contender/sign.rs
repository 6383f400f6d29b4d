//! TC3 by hand: the unit should not be slow, so this is what an expert writes. The signing key is derived once and kept
//! with its blocks hashed, and so is the scope of the day.

use std::error::Error;
use std::time::SystemTime;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::{ID, SECRET};

/// A signer for one host and day.
#[derive(Clone)]
pub struct Signer {
    pub host: String,
    scope: String,
    key: Hmac<Sha256>,
}

impl Signer {
    pub fn new(url: &str) -> Self {
        let date = date(now());
        let key = mac(format!("TC3{SECRET}").as_bytes(), date.as_bytes());
        let key = mac(&mac(&key, b"cvm"), b"tc3_request");
        let host = url.trim_start_matches("http://").to_owned();
        let key = Hmac::new_from_slice(&key).expect("any length fits");
        Self { host, scope: format!("{date}/cvm/tc3_request"), key }
    }

    /// The time, and the value of `Authorization`.
    pub fn sign(&self, body: &str) -> Result<(u64, String), Box<dyn Error + Send + Sync>> {
        let (timestamp, host, scope) = (now(), &self.host, &self.scope);
        let hashed = hex(&Sha256::digest(body));
        let canonical =
            format!("POST\n/\n\ncontent-type:application/json\nhost:{host}\n\ncontent-type;host\n{hashed}");
        let hashed = hex(&Sha256::digest(canonical));
        let text = format!("TC3-HMAC-SHA256\n{timestamp}\n{scope}\n{hashed}");
        let signature = hex(&self.key.clone().chain_update(text).finalize().into_bytes());
        let authorization = format!(
            "TC3-HMAC-SHA256 Credential={ID}/{scope}, SignedHeaders=content-type;host, Signature={signature}"
        );
        Ok((timestamp, authorization))
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |time| time.as_secs())
}

fn mac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mac = Hmac::<Sha256>::new_from_slice(key).expect("any length fits");
    mac.chain_update(text).finalize().into_bytes().into()
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)]);
        text.push(DIGITS[usize::from(byte & 15)]);
    }
    text
}

/// The day as `2026-01-31`: <https://howardhinnant.github.io/date_algorithms.html#civil_from_days>.
fn date(timestamp: u64) -> String {
    let days = timestamp / 86_400 + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let (day, month) = (day - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
    format!("{:04}-{month:02}-{day:02}", era * 400 + year + u64::from(month <= 2))
}

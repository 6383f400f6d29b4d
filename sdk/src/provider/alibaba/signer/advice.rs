//! Advice after a refused signature.
//!
//! With the code `SignatureDoesNotMatch`, the server quotes the text that it signed. The text of this crate
//! can be computed again, and the first character that differs shows the cause: an encoding, a header that a
//! proxy changed, or, if the texts are equal, the secret. The vendor's older package has the same check, for
//! RPC calls only. The code of the log service is `SignatureNotMatch`.
//!
//! The advice is appended to the message of the service:
//!
//! ```text
//! … (the signed texts differ from character 84 on: ours goes on with "x-acs-date:2026-03-01T0", …)
//! … (the server signed the same text, so the access key secret is not the one of this access key id)
//! ```

use super::attempt::{Texts, signed};
use crate::error::ServiceError;
use crate::provider::SignInput;
use crate::provider::alibaba::Cloud;
use crate::telemetry::redact::{MASK, is_secret_header, is_secret_name};

/// The words that precede the server's text: `… server string to sign is:GET&%2F&…`, `… server StringToSign
/// is [ACS3-…`.
const QUOTES: [&str; 4] =
    ["string to sign is", "stringtosign is", "canonicalrequest is", "canonical request is"];

/// The advice for one error. `None` for other codes, and for messages that quote nothing.
pub(in super::super) fn advise(
    cloud: &Cloud,
    input: &SignInput<'_>,
    refused: &ServiceError,
) -> Option<String> {
    if !matches!(refused.code.as_str(), "SignatureDoesNotMatch" | "SignatureNotMatch") {
        return None;
    }
    // `signed` is pure: the same input gives the same texts as when it was sent.
    let mut texts = Texts::default();
    signed(cloud, input, Some(&mut texts)).ok()?;
    compare(&texts, &refused.message)
}

/// Compares our texts with those that the message quotes. The pair that agrees longest is the right one.
fn compare(texts: &Texts, message: &str) -> Option<String> {
    let ours = [Some(texts.string_to_sign.as_str()), texts.canonical_request.as_deref()];
    let ours: Vec<&str> = ours.into_iter().flatten().filter(|text| !text.is_empty()).collect();
    if ours.iter().any(|text| message.contains(text)) {
        let what =
            "the server signed the same text, so the access key secret is not the one of this access key id";
        return Some(what.to_owned());
    }
    let lower = message.to_ascii_lowercase();
    let quoted = QUOTES.iter().filter_map(|quote| {
        let end = lower.find(quote)? + quote.len();
        let text = message.get(end..)?.trim_start_matches([':', ' ', '[', '"', '\'']);
        (!text.is_empty()).then_some(text)
    });
    // A message may quote several texts. The pair with the longest common start belongs together.
    let agree = |a: &str, b: &str| a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let pairs = quoted.flat_map(|theirs| ours.iter().map(move |ours| (agree(ours, theirs), *ours, theirs)));
    let (at, text, quoted) = pairs.max_by_key(|(at, ..)| *at)?;
    Some(format!(
        "the signed texts differ from character {} on: ours goes on with {:?}, the server's with {:?}",
        at + 1,
        excerpt(text, at),
        excerpt(quoted, at)
    ))
}

/// At most 24 characters from the position on, up to the end of the parameter or header. The value of a
/// secret parameter or header is masked.
fn excerpt(text: &str, at: usize) -> String {
    let split = text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
    let (before, after) = text.split_at(split);
    let start = ["%26", "&", "\n"].iter().filter_map(|end| Some(before.rfind(end)? + end.len())).max();
    let named = before.get(start.unwrap_or(0)..).unwrap_or_default();
    if let Some((name, _)) = named.split_once("%3D").or_else(|| named.split_once([':', '=']))
        && (is_secret_name(name) || is_secret_header(name))
    {
        return format!("{name} {MASK}");
    }
    let end = ["%26", "&", "\n"].iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
    after.get(..end).unwrap_or_default().chars().take(24).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Name%3Da%2520b";

    fn advice(message: &str) -> Option<String> {
        compare(&Texts { string_to_sign: OURS.to_owned(), canonical_request: None }, message)
    }

    #[test]
    fn the_same_text_blames_the_secret() {
        let message = format!("Specified signature is not matched. server string to sign is:{OURS}");
        assert!(advice(&message).unwrap().contains("secret"));
    }

    #[test]
    fn another_text_shows_where_it_differs() {
        let theirs = OURS.replace("a%2520b", "a%252Bb");
        let message = format!("Specified signature is not matched. server string to sign is:{theirs}");
        let advice = advice(&message).unwrap();
        assert!(
            advice.contains("character 71") && advice.contains("\"0b\"") && advice.contains("\"Bb\""),
            "{advice}"
        );
    }

    #[test]
    fn the_canonical_request_is_compared_where_the_server_quotes_it() {
        let canonical = "POST\n/\n\nhost:ecs.aliyuncs.com\nx-acs-action:A\n\nhost;x-acs-action\ne3b0";
        let texts = Texts {
            string_to_sign: "ACS3-HMAC-SHA256\n00".to_owned(),
            canonical_request: Some(canonical.to_owned()),
        };
        let theirs = canonical.replace("ecs.ali", "proxy.ali");
        let message = format!("no match. server CanonicalRequest is [{theirs}], server StringToSign is [x]");
        let advice = compare(&texts, &message).unwrap();
        assert!(
            advice.contains("\"ecs.aliyuncs.com\"") && advice.contains("\"proxy.aliyuncs.com\""),
            "{advice}"
        );
        let message =
            format!("no match. server CanonicalRequest is [{canonical}], server StringToSign is [x]");
        assert!(compare(&texts, &message).unwrap().contains("secret"));
    }

    #[test]
    fn a_secret_is_not_quoted() {
        for (text, at) in [
            ("POST&%2F&AccessKeyId%3DLTAIkey%26SecurityToken%3Dsecret%26A%3D1", 54),
            ("POST\n/\n\nx-acs-security-token:secret\n", 32),
        ] {
            let shown = excerpt(text, at);
            assert!(shown.ends_with(MASK), "{shown}");
        }
        assert_eq!(excerpt("GET&%2F&Action%3DA%26SecurityToken%3Dsecret", 17), "A");
        // The id of a key is no secret, and another one is the usual reason.
        assert_eq!(excerpt("POST&%2F&AccessKeyId%3DLTAIkey%26A%3D1", 23), "LTAIkey");
    }

    #[test]
    fn no_quoted_text_gives_no_advice() {
        assert_eq!(advice("no colon"), None);
        assert_eq!(advice("string to sign is:"), None);
        assert_eq!(advice(""), None);
    }
}

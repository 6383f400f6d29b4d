//! Requests as `aliyun-python-sdk-core` sends them.

use std::time::{Duration, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudcall::provider::alibaba::signer::{roa_signature, roa_string_to_sign};
use cloudcall::sign::encode::query;
use md5::{Digest as _, Md5};

use super::{
    Case, Computed, Headers, Pairs, credential, encoded, held, json_body, plain, rpc_values, sent, set,
};

pub(super) fn rpc(case: &Case<'_>) -> Result<Computed, String> {
    let rsa = held(case, "type") == Some("rsa_key_pair");
    let mut params = plain(case, "query")?;
    params.retain(|(name, _)| name != "Signature");
    if let Some(token) = held(case, "security_token") {
        set(&mut params, "SecurityToken", token);
    }
    for (name, value) in
        [("Version", case.text("version")), ("Action", case.text("action")), ("Format", case.text("format"))]
    {
        set(&mut params, name, value);
    }
    if !params.iter().any(|(name, _)| name == "RegionId") {
        set(&mut params, "RegionId", case.text("region_id"));
    }
    let id = held(case, if rsa { "public_key_id" } else { "access_key_id" }).unwrap_or_default();
    for (name, value) in [
        ("Timestamp", case.text("timestamp")),
        ("SignatureMethod", if rsa { "SHA256withRSA" } else { "HMAC-SHA1" }),
        ("SignatureType", if rsa { "PRIVATEKEY" } else { "" }),
        ("SignatureVersion", "1.0"),
        ("SignatureNonce", case.text("nonce")),
        ("AccessKeyId", id),
    ] {
        set(&mut params, name, value);
    }
    let mut headers = common(case)?;
    let body = body(case, &mut headers)?;
    if let Some(body) = body.as_deref().filter(|_| !case.input("body_params").is_null()) {
        headers.set("Content-MD5", md5(body));
        headers.set("Content-Length", body.chars().count().to_string());
    }
    let fields = plain(case, "body_params")?;
    let (values, signature) = rpc_values(case, case.need("method")?, &params, &fields)?;
    params.push(("Signature".to_owned(), signature));
    let text = query(params.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let mut out = sent("/", format!("/?{text}"), &params, headers, body);
    out.extend(values);
    Ok(out)
}

pub(super) fn roa(case: &Case<'_>) -> Result<Computed, String> {
    let mut path = case.need("path")?.to_owned();
    for (name, value) in plain(case, "path_params")? {
        path = path.replace(&format!("[{name}]"), &value);
    }
    let mut params = plain(case, "query")?;
    let mut headers = common(case)?;
    let body = body(case, &mut headers)?;
    if let Some(body) = &body {
        headers.set("Content-MD5", md5(body));
    }
    if let Some(token) = held(case, "security_token") {
        headers.set("x-acs-security-token", token);
    }
    if !params.iter().any(|(name, _)| name == "RegionId") {
        set(&mut params, "RegionId", case.text("region_id"));
        headers.set("x-acs-region-id", case.text("region_id"));
    }
    headers.set("Date", http_date(case.need("timestamp")?)?);
    let accept = match case.text("format") {
        "JSON" => "application/json",
        "XML" => "application/xml",
        _ => "application/octet-stream",
    };
    headers.set("Accept", accept);
    headers.set("x-acs-signature-method", "HMAC-SHA1");
    headers.set("x-acs-signature-version", "1.0");
    let (bare, fixed) = path.split_once('?').unwrap_or((&path, ""));
    let mut signed: Vec<_> = params.iter().map(|(name, value)| (name.clone(), Some(value.clone()))).collect();
    if !fixed.is_empty() {
        signed.push((fixed.to_owned(), None));
    }
    let text = roa_string_to_sign(case.need("method")?, &headers.map()?, bare, &signed)
        .map_err(|error| error.to_string())?;
    let keys = credential(case)?;
    let signature = roa_signature(&keys, &text);
    let authorization = format!("acs {}:{signature}", keys.id());
    headers.set("Authorization", authorization.as_str());
    if let Some(body) = body.as_deref().filter(|_| !case.input("body_params").is_null()) {
        headers.set("Content-Length", body.chars().count().to_string());
    }
    let mark = if params.is_empty() || path.ends_with('?') { "" } else { "?" };
    let url = format!("{path}{mark}{}", encoded(&params));
    let sent_path = bare.to_owned();
    let mut out = sent(&sent_path, url, &params, headers, body);
    out.insert("string_to_sign".into(), text.into());
    out.insert("signature".into(), signature.into());
    out.insert("authorization".into(), authorization.into());
    Ok(out)
}

fn common(case: &Case<'_>) -> Result<Headers, String> {
    let mut headers = Headers(Pairs::new());
    headers.set("x-acs-action", case.text("action"));
    headers.set("x-acs-version", case.text("version"));
    headers
        .set("x-sdk-invoke-type", if case.text("request_class") == "common" { "common" } else { "normal" });
    headers.set("x-sdk-client", "python/2.0.0");
    for (name, value) in plain(case, "headers")? {
        headers.set(&name, value);
    }
    headers.set("Accept-Encoding", "identity");
    Ok(headers)
}

fn body(case: &Case<'_>, headers: &mut Headers) -> Result<Option<String>, String> {
    let fields = plain(case, "body_params")?;
    if !fields.is_empty() {
        let content_type = headers.get("Content-Type").unwrap_or_default();
        if content_type.contains("application/json") {
            return json_body(case).map(Some);
        }
        if content_type.contains("application/xml") {
            return Ok(Some(fields.iter().map(|(name, value)| element(name, value)).collect()));
        }
        headers.set("Content-Type", "application/x-www-form-urlencoded");
        return Ok(Some(encoded(&fields)));
    }
    let raw = case.input("body").as_str().map(str::to_owned);
    if raw.as_deref().is_some_and(|raw| !raw.is_empty()) && headers.get("Content-Type").is_none() {
        headers.set("Content-Type", "application/octet-stream");
    }
    Ok(raw)
}

fn element(name: &str, value: &str) -> String {
    if value.is_empty() {
        return format!("<{name} />");
    }
    let mut text = String::new();
    for character in value.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            ascii if ascii.is_ascii() => text.push(ascii),
            // The package's writer knows ASCII only.
            other => text.push_str(&format!("&#{};", u32::from(other))),
        }
    }
    format!("<{name}>{text}</{name}>")
}

fn md5(body: &str) -> String {
    STANDARD.encode(Md5::digest(body.as_bytes()))
}

/// `2026-03-01T08:09:05Z` as `Sun, 01 Mar 2026 08:09:05 GMT`.
pub(super) fn http_date(iso: &str) -> Result<String, String> {
    let wrong = || format!("input.timestamp is `{iso}`, not like 2026-03-01T08:09:05Z");
    let numbers: Result<Vec<u64>, _> =
        iso.trim_end_matches('Z').split(['-', 'T', ':']).map(str::parse).collect();
    let numbers = numbers.map_err(|_| wrong())?;
    let [year, month, day, hour, minute, second] = *numbers.as_slice() else { return Err(wrong()) };
    let days = (1970..10_000).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !days || hour > 23 || minute > 59 || second > 60 {
        return Err(wrong());
    }
    // Days since 1970, in years that begin in March.
    let shifted = if month > 2 { year } else { year - 1 };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days =
        (shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + of_year).saturating_sub(719_468);
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second;
    Ok(httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds)))
}

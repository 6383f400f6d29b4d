//! Requests as `alibabacloud-tea-openapi` sends them.

use cloudcall::provider::alibaba::signer::{
    log_content_md5, log_signature, log_string_to_sign, roa_signature, roa_string_to_sign,
};

use super::core::http_date;
use super::{
    Case, Computed, Headers, Pairs, acs3_values, credential, digest, encoded, flat, held, json_body, plain,
    rpc_values, sent, set,
};

const BEARER: &str = "BEARERTOKEN";

pub(super) fn rpc(case: &Case<'_>) -> Result<Computed, String> {
    let mut params = Pairs::new();
    for (name, value) in [
        ("Action", case.text("action")),
        ("Format", "json"),
        ("Version", case.text("version")),
        ("Timestamp", case.text("timestamp")),
        ("SignatureNonce", case.text("nonce")),
    ] {
        set(&mut params, name, value);
    }
    for (name, value) in flat(case, "query")? {
        set(&mut params, &name, value);
    }
    let mut headers = Headers(vec![("host".to_owned(), case.text("host").to_owned())]);
    identity(case, &mut headers);
    caller(case, &mut headers)?;
    let mut fields = flat(case, "body_params")?;
    fields.sort();
    let body = (!case.input("body_params").is_null()).then(|| encoded(&fields));
    if body.is_some() {
        headers.set("content-type", "application/x-www-form-urlencoded");
    }
    provider(case, &mut headers);
    let mut values = Computed::new();
    if let Some(token) = held(case, "bearer_token") {
        set(&mut params, "BearerToken", token);
        set(&mut params, "SignatureType", BEARER);
    } else {
        if let Some(token) = held(case, "security_token").filter(|token| !token.is_empty()) {
            set(&mut params, "SecurityToken", token);
        }
        set(&mut params, "SignatureMethod", "HMAC-SHA1");
        set(&mut params, "SignatureVersion", "1.0");
        set(&mut params, "AccessKeyId", held(case, "access_key_id").unwrap_or_default());
        let (found, signature) = rpc_values(case, case.need("method")?, &params, &fields)?;
        values = found;
        params.push(("Signature".to_owned(), signature));
    }
    let body = body.filter(|body| !body.is_empty());
    let mut out = sent("/", url("/", &params), &params, headers, body);
    out.extend(values);
    Ok(out)
}

pub(super) fn roa(case: &Case<'_>) -> Result<Computed, String> {
    let path = case.need("path")?;
    let mut headers = Headers(Pairs::new());
    headers.set("date", http_date(case.need("timestamp")?)?);
    headers.set("host", case.text("host"));
    headers.set("accept", "application/json");
    headers.set("x-acs-signature-nonce", case.text("nonce"));
    headers.set("x-acs-signature-method", "HMAC-SHA1");
    headers.set("x-acs-signature-version", "1.0");
    identity(case, &mut headers);
    caller(case, &mut headers)?;
    let body = body(case, &mut headers)?;
    provider(case, &mut headers);
    let params = flat(case, "query")?;
    let mut values = Computed::new();
    if let Some(token) = held(case, "bearer_token") {
        headers.set("x-acs-bearer-token", token);
        headers.set("x-acs-signature-type", BEARER);
    } else {
        temporary(case, &mut headers);
        let value = |value: &String| (!value.is_empty()).then(|| value.clone());
        let signed: Vec<_> = params.iter().map(|(name, text)| (name.clone(), value(text))).collect();
        let text = roa_string_to_sign(case.need("method")?, &headers.map()?, path, &signed)
            .map_err(|error| error.to_string())?;
        let keys = credential(case)?;
        let signature = roa_signature(&keys, &text);
        let authorization = format!("acs {}:{signature}", keys.id());
        headers.set("authorization", authorization.as_str());
        values.insert("string_to_sign".into(), text.into());
        values.insert("signature".into(), signature.into());
        values.insert("authorization".into(), authorization.into());
    }
    let body = body.filter(|body| !body.is_empty());
    let mut out = sent(path, url(path, &params), &params, headers, body);
    out.extend(values);
    Ok(out)
}

pub(super) fn acs(case: &Case<'_>) -> Result<Computed, String> {
    let path = case.need("path")?;
    let mut params = flat(case, "query")?;
    let mut headers = Headers(vec![("host".to_owned(), case.text("host").to_owned())]);
    identity(case, &mut headers);
    headers.set("x-acs-date", case.text("timestamp"));
    headers.set("x-acs-signature-nonce", case.text("nonce"));
    headers.set("accept", "application/json");
    caller(case, &mut headers)?;
    let body = body(case, &mut headers)?;
    let content_sha256 = digest(case, body.as_deref().unwrap_or_default())?;
    headers.set("x-acs-content-sha256", content_sha256.as_str());
    provider(case, &mut headers);
    let mut values = Computed::new();
    if let Some(token) = held(case, "bearer_token") {
        headers.set("x-acs-bearer-token", token);
        match case.text("style") {
            _ if super::scheme(case).starts_with("ACS4_") => {
                headers.set("x-acs-signature-type", BEARER);
                headers.set("Authorization", format!("Bearer {token}"));
            }
            "RPC" => set(&mut params, "SignatureType", BEARER),
            _ => headers.set("x-acs-signature-type", BEARER),
        }
    } else {
        temporary(case, &mut headers);
        values = acs3_values(case, path, &params, &headers, &content_sha256)?;
        let authorization = values.get("authorization").and_then(|value| value.as_str());
        headers.set("Authorization", authorization.unwrap_or_default());
    }
    let body = body.filter(|body| !body.is_empty());
    let mut out = sent(path, url(path, &params), &params, headers, body);
    out.extend(values);
    out.insert("content_sha256".into(), content_sha256.into());
    Ok(out)
}

/// A call of the log service: the project stands in front of the host, and every body is JSON.
pub(super) fn log(case: &Case<'_>) -> Result<Computed, String> {
    let (path, fixed) = case.need("path")?.split_once('?').unwrap_or((case.need("path")?, ""));
    let mut params = flat(case, "query")?;
    for pair in fixed.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        set(&mut params, name, value);
    }
    let mut headers = Headers(Pairs::new());
    caller(case, &mut headers)?;
    let body = if case.input("body_params").is_null() { None } else { Some(json_body(case)?) };
    if body.is_some() || headers.get("content-type").is_none() {
        headers.set("content-type", "application/json");
    }
    headers.set("accept", "application/json");
    let project = case.text("project");
    let mark = if project.is_empty() { "" } else { "." };
    headers.set("host", format!("{project}{mark}{}", case.text("host")));
    headers.set("user-agent", "vector-test/1");
    headers.set("x-log-apiversion", "0.6.0");
    headers.set("x-log-bodyrawsize", body.as_deref().map_or(0, str::len).to_string());
    headers.set("x-log-signaturemethod", "hmac-sha256");
    if let Some(token) = held(case, "security_token").filter(|token| !token.is_empty()) {
        headers.set("x-acs-security-token", token);
    }
    headers.set("date", http_date(case.need("timestamp")?)?);
    let content_md5 = body.as_deref().map(|body| log_content_md5(body.as_bytes())).unwrap_or_default();
    headers.set("content-md5", content_md5.as_str());
    let text = log_string_to_sign(case.need("method")?, &headers.map()?, path, &params)
        .map_err(|error| error.to_string())?;
    let keys = credential(case)?;
    let signature = log_signature(&keys, &text);
    let authorization = format!("LOG {}:{signature}", keys.id());
    headers.set("authorization", authorization.as_str());
    let mut out = sent(path, url(path, &params), &params, headers, body);
    for (name, value) in [
        ("content_md5", content_md5),
        ("string_to_sign", text),
        ("signature", signature),
        ("authorization", authorization),
    ] {
        out.insert(name.into(), value.into());
    }
    Ok(out)
}

fn identity(case: &Case<'_>, headers: &mut Headers) {
    headers.set("x-acs-version", case.text("version"));
    headers.set("x-acs-action", case.text("action"));
    headers.set("user-agent", "vector-test/1");
}

fn caller(case: &Case<'_>, headers: &mut Headers) -> Result<(), String> {
    for (name, value) in plain(case, "headers")? {
        headers.set(&name, value);
    }
    Ok(())
}

/// The name of the credential's provider; bearer tokens have none.
fn provider(case: &Case<'_>, headers: &mut Headers) {
    let name = match held(case, "type") {
        Some("bearer") => return,
        Some("sts") => "static_sts",
        // A key pair is given to this package as if it were an ordinary one.
        _ => "static_ak",
    };
    headers.set("x-acs-credentials-provider", name);
}

fn temporary(case: &Case<'_>, headers: &mut Headers) {
    if let Some(token) = held(case, "security_token").filter(|token| !token.is_empty()) {
        headers.set("x-acs-accesskey-id", held(case, "access_key_id").unwrap_or_default());
        headers.set("x-acs-security-token", token);
    }
}

fn body(case: &Case<'_>, headers: &mut Headers) -> Result<Option<String>, String> {
    let raw = case.input("body").as_str().map(str::to_owned);
    let fields = !case.input("body_params").is_null();
    match case.text("body_format") {
        "stream" => headers.set("content-type", "application/octet-stream"),
        "json" if fields => {
            headers.set("content-type", "application/json; charset=utf-8");
            return json_body(case).map(Some);
        }
        "byte" => {}
        _ if fields => {
            headers.set("content-type", "application/x-www-form-urlencoded");
            let mut pairs = flat(case, "body_params")?;
            pairs.sort();
            return Ok(Some(encoded(&pairs)));
        }
        _ => {}
    }
    Ok(raw)
}

fn url(path: &str, params: &Pairs) -> String {
    let mark = if params.is_empty() { "" } else { "?" };
    format!("{path}{mark}{}", encoded(params))
}

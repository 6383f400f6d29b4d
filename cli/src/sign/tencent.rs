//! Cases of Tencent Cloud API 3.0.

use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use cloudcall::Tencent;
use cloudcall::action::{ActionInfo, BodyFormat, Fields, Param, ParamLocation, Payload};
use cloudcall::context::Context;
use cloudcall::credential::Credential;
use cloudcall::endpoint::Endpoint;
use cloudcall::provider::tencent::signer::{Canonical, v1};
use cloudcall::provider::tencent::{Language, Method, SignMethod};
use cloudcall::provider::{Provider, SignInput};
use cloudcall::transport::HttpRequest;
use cloudcall::upload::FilePart;
use serde_json::{Map, Value, json};

use super::{Case, Computed, body};

/// What the Tencent schemes name themselves.
fn method(scheme: &str) -> Result<SignMethod, String> {
    scheme.parse().map_err(|error: cloudcall::Error| error.to_string())
}

pub(super) fn compute(case: &Case<'_>) -> Result<Computed, String> {
    if case.all["published"] == true {
        published(case)
    } else {
        whole(case).map_err(|error| error.to_string())
    }
}

fn credential(case: &Case<'_>) -> Result<Credential, cloudcall::Error> {
    let keys = Credential::new(case.text("secret_id"), case.text("secret_key"))?;
    Ok(match case.input("token").as_str() {
        Some(token) => keys.with_token(token),
        None => keys,
    })
}

fn timestamp(case: &Case<'_>) -> u64 {
    case.input("timestamp").as_u64().unwrap_or_default()
}

/// Examples of the vendor's pages: only the signature itself.
fn published(case: &Case<'_>) -> Result<Computed, String> {
    let keys = credential(case).map_err(|error| error.to_string())?;
    let http_method = case.need("method")?;
    if case.all["scheme"] == "TC3-HMAC-SHA256" {
        let payload = super::bytes(case.input("body")).unwrap_or_default();
        let steps = Canonical {
            method: http_method,
            query: "",
            content_type: case.need("content_type")?,
            host: case.need("host")?,
            payload: Some(&payload),
            service: case.need("service")?,
            timestamp: timestamp(case),
        }
        .steps(&keys);
        return Ok(tc3_values(steps));
    }
    let mut params = Vec::new();
    for (name, value) in case.input("all_params").as_object().into_iter().flatten() {
        params.push((name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    }
    let target = format!("{}{}", case.need("host")?, case.need("path")?);
    let sha256 = case.all["scheme"] == "HmacSHA256";
    let (text, signature) = v1(http_method, &target, &params, case.need("secret_key")?.as_bytes(), sha256);
    Ok(Map::from_iter([("string_to_sign".into(), text.into()), ("signature".into(), signature.into())]))
}

fn tc3_values(steps: cloudcall::provider::tencent::signer::Steps) -> Computed {
    Map::from_iter([
        ("payload_sha256".into(), steps.payload_sha256.into()),
        ("canonical_request".into(), steps.canonical_request.into()),
        ("string_to_sign".into(), steps.string_to_sign.into()),
        ("signature".into(), steps.signature.into()),
        ("authorization".into(), steps.authorization.into()),
    ])
}

/// Settings of the cloud as the case's profile has them.
fn settings(case: &Case<'_>) -> Result<Tencent, String> {
    let mut cloud = Tencent::default();
    cloud.sign_method = method(case.all["scheme"].as_str().unwrap_or_default())?;
    cloud.language = if case.text("language") == "en-US" { Language::English } else { Language::Chinese };
    cloud.method = if case.text("method") == "GET" { Method::Get } else { Method::Post };
    cloud.unsigned_payload = case.input("unsigned_payload") == true;
    cloud.keep_alive = case.input("keep_alive") == true;
    cloud.request_client = case.text("request_client").to_owned();
    if let Some(root) = case.input("root_domain").as_str() {
        cloud.root_domain = root.to_owned();
    }
    Ok(cloud)
}

/// The parameters of the case in their order, files among them.
fn fields(case: &Case<'_>) -> Result<Fields, String> {
    let mut fields = Fields::new();
    let text = |error: cloudcall::Error| error.to_string();
    if case.text("content_kind") == "octet-stream" {
        let data = super::bytes(case.input("body")).unwrap_or_default();
        fields.put_file(&Param::new("body").place(ParamLocation::Whole), &FilePart::new(data));
        return Ok(fields);
    }
    let Some(params) = case.raw("params").filter(|params| *params != "null") else { return Ok(fields) };
    let binary =
        |name: &str| case.input("binary_params").as_array().into_iter().flatten().any(|known| known == name);
    for (name, value) in
        cloudcall::sign::encode::members(params.as_bytes()).map_err(|error| error.to_string())?
    {
        let tree: Value = serde_json::from_str(value.get()).map_err(|error| error.to_string())?;
        if binary(&name) {
            let data = super::bytes(&json!({ "base64": tree["$base64"] })).or_else(|| super::bytes(&tree));
            let data = data.ok_or("a binary parameter has no bytes")?;
            fields.put_file(&Param::dynamic(name), &FilePart::new(data));
        } else {
            fields.put(&Param::dynamic(name), value).map_err(text)?;
        }
    }
    Ok(fields)
}

fn whole(case: &Case<'_>) -> Result<Computed, String> {
    let text = |error: cloudcall::Error| error.to_string();
    let cloud = settings(case)?;
    let content = match case.text("content_kind") {
        "multipart" => BodyFormat::Multipart,
        "octet-stream" => BodyFormat::OctetStream,
        _ => BodyFormat::Auto,
    };
    let action = ActionInfo::dynamic(case.text("service"), case.text("version"), case.text("action"))
        .with_body_format(content);
    let mut parts = cloud.encode(&action, fields(case)?, boundary(case)).map_err(text)?;
    for (name, value) in case.input("headers").as_object().into_iter().flatten() {
        parts.header(name, value.as_str().unwrap_or_default()).map_err(text)?;
    }
    // JSON text is hashed as it is sent, so the vendor's spelling of it is taken over.
    if let (Payload::Bytes { data, .. }, Some(sent)) = (&mut parts.payload, case.expected_body()) {
        *data = Bytes::from(sent);
    }
    let endpoint = endpoint(case, &cloud, &action)?;
    let keys = credential(case).map_err(text)?;
    let nonce = case.input("nonce").as_u64().unwrap_or(1);
    let mut bits = [0; 16];
    bits[..8].copy_from_slice(&(nonce << 1).to_be_bytes());
    let input = SignInput::new(&action, &parts, &endpoint, UNIX_EPOCH + Duration::from_secs(timestamp(case)))
        .region(Some(case.text("region")))
        .credential(&keys)
        .nonce(bits);
    let request = cloud.sign(&input).map_err(text)?;

    let mut out = sent(&request, &endpoint);
    let scheme = cloud.sign_method;
    let tc3 = matches!(scheme, SignMethod::Tc3HmacSha256)
        || matches!(content, BodyFormat::Multipart | BodyFormat::OctetStream);
    if tc3 {
        let query = request.uri().query().unwrap_or_default();
        let steps = Canonical {
            method: request.method().as_str(),
            query,
            content_type: request.headers()["content-type"].to_str().unwrap_or_default(),
            host: endpoint.authority(),
            payload: (!cloud.unsigned_payload).then_some(&request.body()[..]),
            service: action.product(),
            timestamp: timestamp(case),
        }
        .steps(&keys);
        out.extend(tc3_values(steps));
    } else if scheme == SignMethod::Skip {
        out.insert("authorization".into(), "SKIP".into());
    } else {
        let (text, signature) = older_values(case, &request, &endpoint, scheme == SignMethod::HmacSha256);
        out.insert("string_to_sign".into(), text.into());
        out.insert("signature".into(), signature.into());
    }
    let pairs = match (&parts.payload, case.text("content_kind")) {
        (Payload::Form(pairs), _) => Some(pairs),
        (_, "form") => Some(&parts.query),
        _ => None,
    };
    if let Some(pairs) = pairs {
        let pairs: Vec<Value> = pairs.iter().map(|(name, value)| json!([name, value])).collect();
        out.insert("flat".into(), pairs.into());
    }
    Ok(out)
}

/// The signature's text of the older method, from the parameters that were sent.
fn older_values(
    case: &Case<'_>,
    request: &HttpRequest,
    endpoint: &Endpoint,
    sha256: bool,
) -> (String, String) {
    let sent = match request.uri().query() {
        Some(query) => query.to_owned(),
        None => String::from_utf8_lossy(request.body()).into_owned(),
    };
    let params: Vec<_> = decode_form(&sent).into_iter().filter(|(name, _)| name != "Signature").collect();
    let target = format!("{}/", endpoint.authority());
    v1(request.method().as_str(), &target, &params, case.text("secret_key").as_bytes(), sha256)
}

/// The pairs of a form-encoded text.
pub(super) fn decode_form(text: &str) -> Vec<(String, String)> {
    let plain = |part: &str| {
        let part = part.replace('+', " ");
        percent_encoding::percent_decode_str(&part).decode_utf8_lossy().into_owned()
    };
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (plain(name), plain(value))
    };
    text.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

fn boundary(case: &Case<'_>) -> [u8; 16] {
    let mut bits = [0; 16];
    for (at, byte) in bits.iter_mut().enumerate() {
        let digits = case.text("boundary").get(at * 2..at * 2 + 2).unwrap_or("00");
        *byte = u8::from_str_radix(digits, 16).unwrap_or_default();
    }
    bits
}

fn endpoint(case: &Case<'_>, cloud: &Tencent, action: &ActionInfo) -> Result<Endpoint, String> {
    let text = |error: cloudcall::Error| error.to_string();
    let endpoint = match case.input("endpoint").as_str() {
        Some(endpoint) => endpoint.parse().map_err(text)?,
        None => {
            let found = cloud.endpoints(&Context::system(), action, None).map_err(text)?;
            found.into_iter().next().ok_or("the product has no endpoint")?
        }
    };
    Ok(if case.text("protocol") == "http" { endpoint.plain_http() } else { endpoint })
}

/// The request as it would leave.
fn sent(request: &HttpRequest, endpoint: &Endpoint) -> Computed {
    let query = request.uri().query().unwrap_or_default();
    let mark = if query.is_empty() { "" } else { "?" };
    let headers: Map<String, Value> = request
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into()))
        .collect();
    Map::from_iter([
        ("method".into(), request.method().as_str().into()),
        ("url".into(), format!("{endpoint}/{mark}{query}").into()),
        ("query".into(), query.into()),
        ("headers".into(), headers.into()),
        ("body".into(), body(request.body())),
    ])
}

//! Cases of Huawei Cloud: signed requests, and requests built from a path template and parameters.
//!
//! Where the vendor's Python package does what the library deliberately does not (Python's spelling of booleans, a
//! header by its exact spelling), the case is turned here into what the package would have signed: this tool answers
//! "what would they send".

use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
use cloudcall::Huawei;
use cloudcall::action::{ActionInfo, Fields, ListStyle, Param, ParamLocation, Payload, RequestParts};
use cloudcall::credential::Credential;
use cloudcall::credential::secrecy::ExposeSecret;
use cloudcall::endpoint::Endpoint;
use cloudcall::provider::huawei::signer::{Canonical, PrivateKey, Steps, derived_key};
use cloudcall::provider::huawei::{Scope, SignMethod};
use cloudcall::provider::{Provider, SignInput};
use cloudcall::transport::HttpRequest;
use http::{HeaderValue, Method};
use serde_json::{Map, Value, json};

use super::{Case, Computed};

const AGENT: &str = "huaweicloud-usdk-python/3.0";

/// Whether the case is one of Huawei Cloud.
pub(super) fn takes(case: &Case<'_>) -> bool {
    case.input("sdk_date").is_string()
}

pub(super) fn compute(case: &Case<'_>) -> Result<Computed, String> {
    let computed = if case.input("path_template").is_string() { built(case) } else { signed(case) };
    computed.or_else(|error| match refused(error.message()) {
        Some(about) => {
            Ok(Map::from_iter([("error".to_owned(), json!({ "type": "ValueError", "about": about }))]))
        }
        None => Err(error.to_string()),
    })
}

/// What the vendor calls the missing item.
fn refused(message: &str) -> Option<&'static str> {
    [
        ("the id is empty", "ak"),
        ("the secret is empty", "sk"),
        ("derivedAuthServiceName", "derivedAuthServiceName"),
        ("regionId", "regionId"),
        ("X-Sdk-Date", "x-sdk-date"),
    ]
    .into_iter()
    .find_map(|(text, about)| message.contains(text).then_some(about))
}

fn wrong(what: impl Into<String>) -> cloudcall::Error {
    cloudcall::Error::new(cloudcall::ErrorKind::Config, what)
}

fn credential(case: &Case<'_>) -> Result<Credential, cloudcall::Error> {
    let given = case.input("credential");
    let text = |name: &str| given[name].as_str().unwrap_or_default();
    let mut keys = Credential::new(text("ak"), text("sk"))?.with_token(text("security_token"));
    if let Some(id) = given["project_id"].as_str() {
        keys = keys.with_project_id(id);
    }
    if let Some(id) = given["domain_id"].as_str() {
        keys = keys.with_domain_id(id);
    }
    Ok(keys)
}

/// Settings that make the library sign what the vendor's package signs.
fn settings(case: &Case<'_>) -> Result<Huawei, cloudcall::Error> {
    let mut cloud = Huawei::default();
    if case.all["scheme"] != "none" {
        cloud.sign_method = case.all["scheme"].as_str().unwrap_or_default().parse()?;
    }
    cloud.scope = if case.input("credential")["type"] == "global" { Scope::Account } else { Scope::Project };
    cloud.user_agent = String::new();
    let derived = case.input("derived");
    cloud.derived_service = Some(derived["service"].as_str().unwrap_or_default().to_owned());
    cloud.derived_region = Some(derived["region"].as_str().unwrap_or_default().to_owned());
    Ok(cloud)
}

/// `[[name, value], …]` as query parameters.
fn query(case: &Case<'_>, nulls: bool, fields: &mut Fields) -> Result<(), cloudcall::Error> {
    let formats = case.input("collection_formats");
    for pair in case.input("query").as_array().into_iter().flatten() {
        let name = pair[0].as_str().unwrap_or_default();
        let format = &formats[name];
        let mut value = pair[1].clone();
        if let (Value::Array(list), true) = (&mut value, format.is_null()) {
            list.iter_mut().for_each(python_bool);
        }
        if value.is_null() && nulls {
            value = "None".into();
        }
        let style = if format == "csv" { ListStyle::Comma } else { ListStyle::Auto };
        fields.put(&Param::dynamic(name).place(ParamLocation::Query).list(style), &value)?;
    }
    Ok(())
}

/// In lists and headers the package leaves booleans to Python.
fn python_bool(value: &mut Value) {
    if let Value::Bool(on) = value {
        *value = if *on { "True".into() } else { "False".into() };
    }
}

/// A request that is ready but for its signature.
fn signed(case: &Case<'_>) -> Result<Computed, cloudcall::Error> {
    let keys = credential(case)?;
    let mut cloud = settings(case)?;
    let mut fields = Fields::new();
    query(case, true, &mut fields)?;
    let method =
        Method::from_bytes(case.text("method").as_bytes()).map_err(|error| wrong(error.to_string()))?;
    let action = ActionInfo::dynamic("", "", "").with_method(method).with_path("/");
    let mut parts = cloud.encode(&action, fields, [0; 16])?;
    // A brace is no placeholder any more. It decodes to the same path.
    parts.path = case.text("path").replace('{', "%7B").replace('}', "%7D");
    let headers = pairs(case.input("headers"));
    for (name, value) in &headers {
        parts.header(name, value)?;
    }
    let given = |name: &str| headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name));
    // The package looks for this one spelling.
    cloud.sign_all_payloads = !headers.iter().any(|(name, _)| name == "Content-Type");
    let data = super::bytes(&json!({ "utf8": case.input("body_utf8"), "base64": case.input("body_base64") }));
    parts.payload = Payload::Bytes {
        content_type: HeaderValue::from_static(""),
        data: Bytes::from(data.unwrap_or_default()),
    };
    if case.input("credential")["security_token"] == "" {
        parts.header("X-Security-Token", "")?;
    }
    if case.all["scheme"] != "none" && !given("host") {
        parts.header("Host", case.text("host"))?;
    }
    let endpoint = case.text("host").parse()?;
    let (request, mut out) = sign(case, &cloud, &action, &parts, &endpoint, &keys)?;
    let mark = if request.uri().query().is_some() { "?" } else { "" };
    let uri = format!("{}{mark}{}", case.text("path"), request.uri().query().unwrap_or_default());
    out.insert("uri".into(), uri.into());
    out.insert("headers".into(), header_list(&request, &headers));
    Ok(out)
}

/// A request from a path template and parameters.
fn built(case: &Case<'_>) -> Result<Computed, cloudcall::Error> {
    let keys = credential(case)?;
    let mut cloud = settings(case)?;
    let config = case.input("config");
    cloud.ignore_content_type_for_get_request = config["ignore_content_type_for_get_request"] == true;
    let mut fields = Fields::new();
    for (name, value) in case.input("path_params").as_object().into_iter().flatten() {
        fields.put(&Param::dynamic(name).place(ParamLocation::Path), value)?;
    }
    query(case, false, &mut fields)?;
    let mut headers = Vec::new();
    for (name, value) in case.input("headers").as_object().into_iter().flatten() {
        let mut value = value.clone();
        python_bool(&mut value);
        fields.put(&Param::dynamic(name).place(ParamLocation::Header), &value)?;
        headers.push((name.clone(), String::new()));
    }
    cloud.user_agent = match config["user_agent"].as_str() {
        Some(own) if !headers.iter().any(|(name, _)| name == "User-Agent") => format!("{AGENT}; {own}"),
        _ => AGENT.to_owned(),
    };
    let body = case.raw("body_json").filter(|body| *body != "null");
    if let Some(body) = body {
        let body: &serde_json::value::RawValue =
            serde_json::from_str(body).map_err(|error| wrong(error.to_string()))?;
        fields.put(&Param::new("body").place(ParamLocation::Whole), body)?;
    }
    let method =
        Method::from_bytes(case.text("method").as_bytes()).map_err(|error| wrong(error.to_string()))?;
    let (template, left) = leave(case, &keys);
    let action = ActionInfo::dynamic("", "", "").with_method(method).with_dynamic_path(template);
    let mut parts = cloud.encode(&action, fields, [0; 16])?;
    if let (Payload::Bytes { content_type, data }, Some(body)) = (&mut parts.payload, body)
        && content_type == "application/json"
        && !body.starts_with('"')
    {
        *data = Bytes::from(python_json(body));
    }
    let endpoint = endpoint(case)?;
    let (request, mut out) = sign(case, &cloud, &action, &parts, &endpoint, &keys)?;
    let mut url = request.uri().to_string();
    for name in left {
        url = url.replace(&format!("%7B{name}%7D"), &format!("{{{name}}}"));
    }
    out.insert("url".into(), url.into());
    out.insert("headers".into(), header_list(&request, &headers));
    let text = match parts.payload {
        Payload::Empty => Value::Null,
        _ => String::from_utf8_lossy(request.body()).into(),
    };
    out.insert("body_utf8".into(), text);
    Ok(out)
}

/// The template with those placeholders encoded that nobody fills: the library refuses such a call, the package sends
/// the braces.
fn leave(case: &Case<'_>, keys: &Credential) -> (String, Vec<String>) {
    let (mut template, mut left) = (case.text("path_template").to_owned(), Vec::new());
    let names: Vec<String> = template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
        .collect();
    for name in names {
        let filled = case.input("path_params").get(&name).is_some_and(|value| !value.is_null())
            || name == "project_id" && keys.project_id().is_some()
            || name == "domain_id" && keys.domain_id().is_some();
        if !filled {
            template = template.replace(&format!("{{{name}}}"), &format!("%7B{name}%7D"));
            left.push(name);
        }
    }
    (template, left)
}

/// Scheme and authority, with the label in front.
fn endpoint(case: &Case<'_>) -> Result<Endpoint, cloudcall::Error> {
    let text = case.text("endpoint");
    let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
    let authority = rest.split('/').next().unwrap_or(rest);
    match case.input("cname").as_str() {
        Some(label) => format!("{scheme}://{label}.{authority}").parse(),
        None => format!("{scheme}://{authority}").parse(),
    }
}

/// Signs through the provider, then again step by step.
fn sign(
    case: &Case<'_>,
    cloud: &Huawei,
    action: &ActionInfo,
    parts: &RequestParts,
    endpoint: &Endpoint,
    keys: &Credential,
) -> Result<(HttpRequest, Computed), cloudcall::Error> {
    let seconds = seconds(case.text("sdk_date")).ok_or_else(|| wrong("input.sdk_date is no date"))?;
    let input =
        SignInput::new(action, parts, endpoint, UNIX_EPOCH + Duration::from_secs(seconds)).credential(keys);
    let request = cloud.sign(&input)?;
    let sent = request.headers()["authorization"].to_str().unwrap_or_default().to_owned();
    let mut out = Computed::new();
    out.insert("authorization".into(), sent.clone().into());
    if case.all["scheme"] == "none" {
        return Ok((request, out));
    }
    let canonical = Canonical {
        method: parts.method.as_str(),
        path: request.uri().path(),
        query: request.uri().query().unwrap_or_default(),
        headers: request.headers(),
        body: request.body(),
        region: cloud.derived_region.as_deref().unwrap_or_default(),
        service: cloud.derived_service.as_deref().unwrap_or_default(),
    };
    let steps = canonical.steps(cloud.sign_method, keys)?;
    if steps.authorization != sent {
        return Err(wrong("the steps do not lead to the signature that was sent"));
    }
    values(cloud.sign_method, keys, steps, &mut out)?;
    Ok((request, out))
}

fn values(
    method: SignMethod,
    keys: &Credential,
    steps: Steps,
    out: &mut Computed,
) -> Result<(), cloudcall::Error> {
    let mut put = |name: &str, value: Value| out.insert(name.to_owned(), value);
    if let Some(info) = &steps.derived_info {
        put("derived_key_hex", derived_key(keys, info).expose_secret().into());
        put("derived_info", info.as_str().into());
    }
    if matches!(method, SignMethod::EcdsaP256Sha256 | SignMethod::Sm2Sm3) {
        let key = PrivateKey::derive(method, keys)?;
        put("signature_is_random", true.into());
        put("private_key_hex", key.private_hex().expose_secret().into());
        put("public_key_hex", key.public_hex().into());
        if let Some(za) = key.sm2_za_hex() {
            put("sm2_za_hex", za.into());
        }
    }
    put("canonical_request", steps.canonical_request.into());
    put("string_to_sign", steps.string_to_sign.into());
    put("signed_headers", steps.signed_headers.into());
    put("signature", steps.signature.into());
    Ok(())
}

fn pairs(list: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    list.as_array().into_iter().flatten().map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
}

/// Headers as `[name, value]`, sorted, each name as the case or the vendor spells it.
fn header_list(request: &HttpRequest, given: &[(String, String)]) -> Value {
    const KNOWN: [&str; 10] = [
        "Authorization",
        "Content-Type",
        "Host",
        "User-Agent",
        "X-Domain-Id",
        "X-Project-Id",
        "X-Sdk-Content-Sha256",
        "X-Sdk-Content-Sm3",
        "X-Sdk-Date",
        "X-Security-Token",
    ];
    let spelled = |lower: &str| {
        let names = given.iter().map(|(name, _)| name.as_str()).chain(KNOWN);
        names.into_iter().find(|name| name.eq_ignore_ascii_case(lower)).unwrap_or(lower).to_owned()
    };
    let mut headers: Vec<_> = request.headers().iter().collect();
    headers.sort_by_key(|(name, _)| name.as_str());
    headers
        .into_iter()
        .map(|(name, value)| json!([spelled(name.as_str()), String::from_utf8_lossy(value.as_bytes())]))
        .collect()
}

/// `20240229T081530Z` as seconds since 1970.
fn seconds(date: &str) -> Option<u64> {
    let number = |from: usize, to: usize| date.get(from..to)?.parse::<u64>().ok();
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    // Days since 1970 by eras that begin on the 1st of March, so that the leap day is last.
    let shifted = if month > 2 { year } else { year.checked_sub(1)? };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day.checked_sub(1)?;
    let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + day_of_year;
    let clock = number(9, 11)? * 3600 + number(11, 13)? * 60 + number(13, 15)?;
    Some(days.checked_sub(719_468)? * 86_400 + clock)
}

/// The same document as Python writes it: blanks after separators, all but ASCII escaped.
fn python_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        if first != '"' {
            match first {
                ',' => out.push_str(", "),
                ':' => out.push_str(": "),
                _ if first.is_whitespace() => {}
                _ => out.push(first),
            }
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let mut texts = serde_json::Deserializer::from_str(rest).into_iter::<String>();
        let Some(Ok(text)) = texts.next() else { break };
        out.push('"');
        for c in text.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\u{8}' => out.push_str("\\b"),
                '\u{c}' => out.push_str("\\f"),
                ' '..='~' => out.push(c),
                _ => c
                    .encode_utf16(&mut [0; 2])
                    .iter()
                    .for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
            }
        }
        out.push('"');
        rest = &rest[texts.byte_offset()..];
    }
    out
}

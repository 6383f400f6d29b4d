//! Cases of Volcengine. `flavor` says which code of the vendor made the case: a whole call of its client, its signing
//! functions, or those of its older package.

use std::time::{Duration, UNIX_EPOCH};

use cloudcall::Volcengine;
use cloudcall::action::{ActionInfo, BodyFormat, Fields, ParamLocation, Payload};
use cloudcall::context::Context;
use cloudcall::credential::Credential;
use cloudcall::credential::secrecy::ExposeSecret;
use cloudcall::endpoint::Endpoint;
use cloudcall::http::{HeaderMap, HeaderName, HeaderValue, Method};
use cloudcall::provider::volcengine::Presign;
use cloudcall::provider::volcengine::signer::{Canonical, Steps, canonical_query, signing_key};
use cloudcall::provider::{Provider, SignInput};
use cloudcall::sign::encode::{Flatten, form, hex, members, percent, plain_text};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::{Case, Computed};

type Pairs = Vec<(String, String)>;

/// Whether a case is one of these.
pub(super) fn takes(case: &Case<'_>) -> bool {
    case.all["scheme"].as_str().is_some_and(|scheme| scheme.starts_with("HMAC-SHA256"))
        || case.all["flavor"] == "flatten"
}

pub(super) fn compute(case: &Case<'_>) -> Result<Computed, String> {
    match case.all["flavor"].as_str().unwrap_or_default() {
        "sdk" => call(case),
        "sign" | "old" => function(case),
        "presign" => presign(case, true),
        "old-presign" => presign(case, false),
        "flatten" => {
            let tree = case.raw("value").ok_or("input.value is missing")?;
            Ok(Map::from_iter([("flat".into(), pairs_json(&flat(tree)?))]))
        }
        other => Err(format!("no case has the flavor `{other}`")),
    }
}

/// Indexes from 1, numbers and booleans as in the vendor's package.
fn flat(tree: &str) -> Result<Pairs, String> {
    let mut pairs = Pairs::new();
    let rules = Flatten { first: 1, bools: ["false", "true"], python_floats: true };
    rules.push("", tree.as_bytes(), &mut pairs).map_err(|error| error.to_string())?;
    Ok(pairs)
}

fn pairs_json(pairs: &Pairs) -> Value {
    pairs.iter().map(|(name, value)| json!([name, value])).collect::<Vec<_>>().into()
}

/// `name=value&…`, a space as `+`.
fn encoded(pairs: &Pairs) -> String {
    form(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

fn credential(case: &Case<'_>) -> Result<Credential, String> {
    let held = case.input("credential");
    let text = |name: &str| held[name].as_str().unwrap_or_default().to_owned();
    let keys = Credential::new(text("access_key_id"), text("secret_access_key"));
    Ok(keys.map_err(|error| error.to_string())?.with_token(text("session_token")))
}

/// The members of an object of the case as plain texts, in their order.
fn plain(case: &Case<'_>, name: &str) -> Result<Pairs, String> {
    let Some(object) = case.raw(name).filter(|object| *object != "null") else { return Ok(Pairs::new()) };
    let found = members(object.as_bytes()).map_err(|error| error.to_string())?;
    Ok(found.into_iter().map(|(name, value)| (name, plain_text(value.get().as_bytes()))).collect())
}

fn header_map(pairs: &Pairs) -> Result<HeaderMap, String> {
    let mut map = HeaderMap::new();
    for (name, value) in pairs {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| error.to_string())?;
        map.insert(name, HeaderValue::from_bytes(value.as_bytes()).map_err(|error| error.to_string())?);
    }
    Ok(map)
}

fn headers_json(headers: &HeaderMap) -> Value {
    let text = |value: &HeaderValue| Value::from(String::from_utf8_lossy(value.as_bytes()).into_owned());
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect::<Map<_, _>>().into()
}

/// What is computed on the way to a signature.
fn values(case: &Case<'_>, keys: &Credential, query: &str, body_sha256: &str, steps: Steps) -> Computed {
    let day = case.text("timestamp").split('T').next().unwrap_or_default();
    let key = signing_key(keys.secret().expose_secret(), day, case.text("region"), case.text("service"));
    Map::from_iter([
        ("canonical_query".into(), query.into()),
        ("content_sha256".into(), body_sha256.into()),
        ("signing_key_hex".into(), hex(&*key).into()),
        ("canonical_request".into(), steps.canonical_request.into()),
        ("signed_headers".into(), steps.signed_headers.into()),
        ("credential_scope".into(), steps.scope.into()),
        ("string_to_sign".into(), steps.string_to_sign.into()),
        ("signature".into(), steps.signature.into()),
        ("authorization".into(), steps.authorization.into()),
    ])
}

/// The signature of headers that are complete but for `Authorization`.
fn signature(
    case: &Case<'_>,
    method: &str,
    path: &str,
    query: &Pairs,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Computed, String> {
    let keys = credential(case)?;
    let (query, body_sha256) = (canonical_query(query), hex(&Sha256::digest(body)));
    let steps = Canonical {
        method,
        path,
        query: &query,
        headers,
        body_sha256: &body_sha256,
        date: case.need("timestamp")?,
        region: case.text("region"),
        service: case.text("service"),
    }
    .steps(&keys)
    .map_err(|error| error.to_string())?;
    Ok(values(case, &keys, &query, &body_sha256, steps))
}

/// A whole call: the provider encodes, finds the host and signs.
fn call(case: &Case<'_>) -> Result<Computed, String> {
    let failed = |error: cloudcall::Error| error.to_string();
    let (cloud, keys) = (Volcengine::default(), credential(case)?);
    let method = Method::from_bytes(case.need("method")?.as_bytes()).map_err(|error| error.to_string())?;
    let content = if case.text("content") == "form" { BodyFormat::Form } else { BodyFormat::Json };
    let info = ActionInfo::dynamic(case.need("service")?, case.need("version")?, case.need("action")?);
    let info = info.with_method(method.clone()).with_body_format(content);

    let mut fields = Fields::new();
    fields
        .put_object(case.raw("params").unwrap_or("{}").as_bytes(), |_| ParamLocation::Auto)
        .map_err(failed)?;
    let mut parts = cloud.encode(&info, fields, [0; 16]).map_err(failed)?;
    if let (Payload::Bytes { data, .. }, Some(sent)) = (&mut parts.payload, case.expected_body()) {
        *data = sent.into();
    }
    let mut headers = plain(case, "headers")?;
    if let Some(id) = case.input("invocation_id").as_str() {
        let attempt = case.input("attempt").as_u64().unwrap_or(1);
        let most = case.input("max_retries").as_u64().unwrap_or(3) + 1;
        headers.push(("X-Sdk-Invocation-Id".to_owned(), id.to_owned()));
        headers.push(("X-Sdk-Request".to_owned(), format!("attempt={attempt}; max={most}")));
    }
    parts.headers.extend(header_map(&headers)?);

    // The provider refuses an empty region, which the vendor signs: then only the signature is computed without it.
    let region = Some(case.text("region")).filter(|region| !region.is_empty());
    let somewhere = region.or(Some("cn-beijing"));
    let endpoint: Endpoint = match case.input("endpoint").as_str() {
        Some(endpoint) if endpoint.contains("://") => endpoint.parse().map_err(failed)?,
        Some(host) => format!("{}://{host}", case.need("protocol")?).parse().map_err(failed)?,
        None => {
            let found = cloud.endpoints(&Context::system(), &info, somewhere).map_err(failed)?;
            found.into_iter().next().ok_or("the product has no endpoint")?
        }
    };
    let time = UNIX_EPOCH + Duration::from_secs(unix(case.need("timestamp")?)?);
    let input = SignInput::new(&info, &parts, &endpoint, time).credential(&keys).region(somewhere);
    let request = cloud.sign(&input).map_err(failed)?;

    // `Authorization` is not among the covered headers, so the steps can be computed from the signed request.
    let mut out = signature(case, method.as_str(), "/", &parts.query, request.headers(), request.body())?;
    let mut headers = request.headers().clone();
    if region.is_none() {
        let authorization = HeaderValue::from_str(out["authorization"].as_str().unwrap_or_default());
        headers.insert("authorization", authorization.map_err(|error| error.to_string())?);
    }
    let body = match &parts.payload {
        Payload::Empty => None,
        _ => Some(String::from_utf8_lossy(request.body()).into_owned()).filter(|body| !body.is_empty()),
    };
    let (scheme, host) = (endpoint.scheme(), endpoint.authority());
    out.extend([
        ("method".to_owned(), method.as_str().into()),
        ("host".to_owned(), host.into()),
        ("path".to_owned(), request.uri().path().into()),
        ("url".to_owned(), format!("{scheme}://{host}/?{}", encoded(&parts.query)).into()),
        ("query_pairs".to_owned(), pairs_json(&parts.query)),
        ("headers".to_owned(), headers_json(&headers)),
        ("body".to_owned(), body.into()),
    ]);
    Ok(out)
}

/// The signing functions: host, path, query, headers and body are given.
fn function(case: &Case<'_>) -> Result<Computed, String> {
    let method = case.need("method")?;
    let body = case.text("body");
    let mut headers = header_map(&plain(case, "headers")?)?;
    // The vendor's signer supplies a content type for every method but GET.
    if method != "GET" && !headers.contains_key("content-type") {
        let form = HeaderValue::from_static("application/x-www-form-urlencoded; charset=utf-8");
        headers.insert("content-type", form);
    }
    let token = case.input("credential")["session_token"].as_str();
    let own = [
        ("Host", Some(case.need("host")?.to_owned())),
        ("X-Date", Some(case.need("timestamp")?.to_owned())),
        ("X-Content-Sha256", Some(hex(&Sha256::digest(body)))),
        ("X-Security-Token", token.map(str::to_owned)),
    ];
    let own = own.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    for (name, value) in &header_map(&own)? {
        headers.insert(name, value.clone());
    }
    let path = segments(case.text("path"));
    let mut out = signature(case, method, &path, &query(case)?, &headers, body.as_bytes())?;
    let authorization = out["authorization"].as_str().unwrap_or_default();
    headers.insert("authorization", HeaderValue::from_str(authorization).map_err(|error| error.to_string())?);
    out.insert("headers".to_owned(), headers_json(&headers));
    Ok(out)
}

/// A signature in the query.
fn presign(case: &Case<'_>, sorted: bool) -> Result<Computed, String> {
    let keys = credential(case)?;
    let query = query(case)?;
    let (steps, mut pairs) = Presign {
        method: case.need("method")?,
        host: case.input("host").as_str().filter(|host| !host.is_empty()),
        path: &segments(case.text("path")),
        query: &query,
        date: case.need("timestamp")?,
        region: case.text("region"),
        service: case.text("service"),
    }
    .steps(&keys);
    let unsigned = |name: &str| matches!(name, "X-Signature" | "X-Security-Token");
    let signed: Pairs = pairs.iter().filter(|(name, _)| !unsigned(name)).cloned().collect();
    if sorted {
        pairs.sort();
    }
    let mut out = values(case, &keys, &canonical_query(&signed), &hex(&Sha256::digest(b"")), steps);
    out.remove("authorization");
    out.insert("query_pairs".to_owned(), pairs_json(&pairs));
    out.insert("query".to_owned(), encoded(&pairs).into());
    Ok(out)
}

/// The pairs of the query; a list is its name once for each element.
fn query(case: &Case<'_>) -> Result<Pairs, String> {
    let mut pairs = Pairs::new();
    for pair in case.input("query").as_array().ok_or("input.query is no list")? {
        let name = pair[0].as_str().ok_or("a name in input.query is no text")?;
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match &pair[1] {
            Value::Array(values) => pairs.extend(values.iter().map(|value| (name.to_owned(), text(value)))),
            value => pairs.push((name.to_owned(), text(value))),
        }
    }
    Ok(pairs)
}

/// The path with each segment percent-encoded.
fn segments(path: &str) -> String {
    path.split('/').map(|segment| percent(segment).to_string()).collect::<Vec<_>>().join("/")
}

/// Seconds since 1970 of `20260301T080905Z`.
fn unix(text: &str) -> Result<u64, String> {
    let wrong = || format!("input.timestamp `{text}` is not of the form 20260301T080905Z");
    let (date, clock) = text.strip_suffix('Z').and_then(|text| text.split_once('T')).ok_or_else(wrong)?;
    let number =
        |text: &str, from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u64>().ok());
    let part = |text: &str, from: usize, to: usize| number(text, from, to).ok_or_else(wrong);
    let (year, month, day) = (part(date, 0, 4)?, part(date, 4, 6)?, part(date, 6, 8)?);
    let seconds = part(clock, 0, 2)? * 3600 + part(clock, 2, 4)? * 60 + part(clock, 4, 6)?;
    // Years begin in March, so that the leap day is last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    Ok((days - 719_468) * 86_400 + seconds)
}

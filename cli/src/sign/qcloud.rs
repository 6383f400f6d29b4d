//! Cases of the legacy API 2.0 of Tencent Cloud.

use cloudcall::Qcloud;
use cloudcall::action::{ActionInfo, Fields, ParamLocation, Payload};
use cloudcall::context::Context;
use cloudcall::credential::Credential;
use cloudcall::provider::Provider;
use cloudcall::provider::qcloud::signer::Canonical;
use cloudcall::sign::encode::form;
use serde_json::{Map, Value, json};

use super::{Case, Computed, body};

pub(super) fn compute(case: &Case<'_>) -> Result<Computed, String> {
    let text = |error: cloudcall::Error| error.to_string();
    let method = case.need("method")?.to_ascii_uppercase();
    let http_method = method.parse().map_err(|_| format!("`{method}` is not an HTTP method"))?;
    let action = ActionInfo::dynamic(case.need("module")?, case.text("version"), case.need("action")?)
        .with_method(http_method);
    let cloud = Qcloud::default();
    let mut fields = Fields::new();
    if let Some(params) = case.raw("params").filter(|params| *params != "null") {
        fields.put_object(params.as_bytes(), |_| ParamLocation::Auto).map_err(text)?;
    }
    let parts = cloud.encode(&action, fields, [0; 16]).map_err(text)?;
    let get = parts.method == "GET";
    let flat = match parts.payload {
        Payload::Form(pairs) => pairs,
        _ => parts.query,
    };
    let found = cloud.endpoints(&Context::system(), &action, None).map_err(text)?;
    let endpoint = found.first().ok_or("the module has no endpoint")?;
    let credential = credential(case).map_err(text)?;
    let envelope = Canonical {
        method: &method,
        host: endpoint.authority(),
        action: action.name(),
        version: action.version(),
        region: case.text("region"),
        request_client: case.text("request_client"),
        // Not configured is SHA-1, as with the vendor's own SDK.
        sign_method: case.input("signature_method").as_str().unwrap_or("HmacSHA1"),
        timestamp: case.input("timestamp").as_u64().unwrap_or_default(),
        nonce: case.input("nonce").as_u64().unwrap_or(1),
    };
    let pairs: Vec<Value> = flat.iter().map(|(name, value)| json!([name, value])).collect();
    let signed = envelope.steps(&flat, &credential);
    let encoded = form(signed.params.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let bare = format!("{endpoint}{}", parts.path);
    let (url, query, sent) = match get {
        true => (format!("{bare}?{encoded}"), encoded, String::new()),
        false => (bare, String::new(), encoded),
    };
    let headers = match get {
        true => json!({}),
        false => json!({ "Content-Type": "application/x-www-form-urlencoded" }),
    };
    Ok(Map::from_iter([
        ("method".into(), method.into()),
        ("generate_url".into(), url.clone().into()),
        ("url".into(), url.into()),
        ("query".into(), query.into()),
        ("body".into(), body(sent.as_bytes())),
        ("headers".into(), headers),
        ("flat".into(), pairs.into()),
        ("string_to_sign".into(), signed.string_to_sign.into()),
        ("signature".into(), signed.signature.into()),
    ]))
}

fn credential(case: &Case<'_>) -> Result<Credential, cloudcall::Error> {
    let keys = Credential::new(case.text("secret_id"), case.text("secret_key"))?;
    Ok(match case.input("token").as_str() {
        Some(token) => keys.with_token(token),
        None => keys,
    })
}

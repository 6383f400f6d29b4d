//! Cases of Alibaba Cloud. `flavor` says whose request it is: the two generations of the vendor's packages send different
//! parameters and headers around the same signatures.

mod core;
mod sts;
mod tea;

use cloudcall::credential::Credential;
use cloudcall::credential::secrecy::ExposeSecret;
use cloudcall::http::{HeaderMap, HeaderName, HeaderValue};
use cloudcall::provider::alibaba::credentials::key_pair;
use cloudcall::provider::alibaba::signer::{
    Canonical, Covered, KeyCache, Scope, SignMethod, acs4_signing_key, canonical_query, content_hash,
    rpc_signature, rpc_string_to_sign, scope_region,
};
use cloudcall::sign::encode::{Flatten, form, hex, list_texts, members, plain_text};
use serde_json::{Map, Value, json};

use super::{Case, Computed};

type Pairs = Vec<(String, String)>;

/// Whether a scheme's name is one of these cases.
pub(super) fn knows(scheme: &str) -> bool {
    ["RPC_", "ROA_", "ACS3_", "ACS4_", "LOG_"].iter().any(|family| scheme.starts_with(family))
        || matches!(scheme, "FLATTEN" | "ARRAY_STYLE")
}

pub(super) fn compute(case: &Case<'_>) -> Result<Computed, String> {
    let (scheme, flavor) = (scheme(case), case.all["flavor"].as_str().unwrap_or_default());
    match (scheme, flavor) {
        ("FLATTEN", _) => flatten(case),
        ("ARRAY_STYLE", _) => array_style(case),
        (_, "credentials") => sts::compute(case),
        (_, "core") if scheme.starts_with("RPC_") => core::rpc(case),
        (_, "core") => core::roa(case),
        (_, "tea") if scheme.starts_with("RPC_") => tea::rpc(case),
        (_, "tea") if scheme.starts_with("ROA_") => tea::roa(case),
        (_, "tea") if scheme.starts_with("LOG_") => tea::log(case),
        (_, "tea") => tea::acs(case),
        (_, "util") if scheme.starts_with("RPC_") => bare_rpc(case),
        (_, "util") if scheme.starts_with("ACS3_") => bare_acs3(case),
        _ => Err(format!("no case has the scheme {scheme} and the flavor {flavor}")),
    }
}

fn scheme<'a>(case: &'a Case<'_>) -> &'a str {
    case.all["scheme"].as_str().unwrap_or_default()
}

fn method(scheme: &str) -> Result<SignMethod, String> {
    Ok(match scheme {
        "ACS3_HMAC_SHA256" | "ACS3_BEARER" => SignMethod::Acs3HmacSha256,
        "ACS3_HMAC_SM3" => SignMethod::Acs3HmacSm3,
        "ACS3_RSA_SHA256" => SignMethod::Acs3RsaSha256,
        "ACS4_HMAC_SHA256" | "ACS4_BEARER" => SignMethod::Acs4HmacSha256,
        "RPC_SHA256_RSA" => SignMethod::Sha256WithRsa,
        "RPC_HMAC_SHA1" | "ROA_HMAC_SHA1" => SignMethod::HmacSha1,
        other => return Err(format!("the scheme {other} signs nothing")),
    })
}

/// A text of the case's credential.
fn held<'a>(case: &'a Case<'_>, name: &str) -> Option<&'a str> {
    case.input("credential")[name].as_str()
}

fn credential(case: &Case<'_>) -> Result<Credential, String> {
    let text = |name| held(case, name).unwrap_or_default();
    let made = match text("type") {
        "bearer" => Credential::bearer(text("bearer_token")),
        "rsa_key_pair" => key_pair(text("public_key_id"), text("private_key")),
        _ => Credential::new(text("access_key_id"), text("access_key_secret"))
            .map(|keys| keys.with_token(text("security_token"))),
    };
    made.map_err(|error| error.to_string())
}

/// Numbers from 1; the words are Python's, as in the packages that made the cases.
const FLATTEN: Flatten = Flatten { first: 1, bools: ["False", "True"], python_floats: true };

/// A parameter tree of the case, flattened in its order.
fn flat(case: &Case<'_>, name: &str) -> Result<Pairs, String> {
    let mut pairs = Pairs::new();
    if let Some(tree) = case.raw(name) {
        FLATTEN.push("", tree.as_bytes(), &mut pairs).map_err(|error| error.to_string())?;
    }
    Ok(pairs)
}

/// The members of an object of the case as plain texts, in their order.
fn plain(case: &Case<'_>, name: &str) -> Result<Pairs, String> {
    let Some(object) = case.raw(name).filter(|object| *object != "null") else { return Ok(Pairs::new()) };
    let found = members(object.as_bytes()).map_err(|error| error.to_string())?;
    Ok(found.into_iter().map(|(name, value)| (name, plain_text(value.get().as_bytes()))).collect())
}

/// Sets a parameter where it stands, or at the end.
fn set(pairs: &mut Pairs, name: &str, value: impl Into<String>) {
    match pairs.iter_mut().find(|(known, _)| known == name) {
        Some((_, old)) => *old = value.into(),
        None => pairs.push((name.to_owned(), value.into())),
    }
}

/// `name=value&…`, a blank as `+`.
fn encoded(pairs: &Pairs) -> String {
    form(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// Headers by name in the order they were set; a name counts without case, and keeps its last spelling.
struct Headers(Pairs);

impl Headers {
    fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.0.push((name.to_owned(), value.into()));
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    fn map(&self) -> Result<HeaderMap, String> {
        let mut map = HeaderMap::new();
        for (name, value) in &self.0 {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|error| error.to_string())?;
            let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|error| error.to_string())?;
            map.append(name, value);
        }
        Ok(map)
    }

    fn json(self) -> Value {
        Value::Object(self.0.into_iter().map(|(name, value)| (name, value.into())).collect())
    }
}

/// What is known of a request as it leaves.
fn sent(path: &str, url: String, query: &Pairs, headers: Headers, body: Option<String>) -> Computed {
    Map::from_iter([
        ("path".into(), path.into()),
        ("url".into(), url.into()),
        ("query_pairs".into(), pairs_json(query)),
        ("headers".into(), headers.json()),
        ("body".into(), body.into()),
    ])
}

fn pairs_json(pairs: &Pairs) -> Value {
    pairs.iter().map(|(name, value)| json!([name, value])).collect::<Vec<_>>().into()
}

/// The values of a signature among the parameters; the signature itself is the last one.
fn rpc_values(
    case: &Case<'_>,
    http_method: &str,
    query: &Pairs,
    fields: &Pairs,
) -> Result<(Computed, String), String> {
    let text = rpc_string_to_sign(http_method, query, fields);
    let signature = rpc_signature(method(scheme(case))?, &credential(case)?, &text, &KeyCache::default())
        .map_err(|error| error.to_string())?;
    let params: Map<String, Value> =
        query.iter().chain(fields).map(|(name, value)| (name.clone(), value.clone().into())).collect();
    let values = Map::from_iter([
        ("params".into(), params.into()),
        ("string_to_sign".into(), text.into()),
        ("signature".into(), signature.clone().into()),
    ]);
    Ok((values, signature))
}

fn bare_rpc(case: &Case<'_>) -> Result<Computed, String> {
    let params = plain(case, "params")?;
    Ok(rpc_values(case, case.need("method")?, &params, &Pairs::new())?.0)
}

/// The values of an ACS3 signature over all `headers`, or of an ACS4 signature over the usual ones.
fn acs3_values(
    case: &Case<'_>,
    path: &str,
    query: &Pairs,
    headers: &Headers,
    content_sha256: &str,
) -> Result<Computed, String> {
    let map = headers.map()?;
    let canonical = Canonical {
        method: method(scheme(case))?,
        http_method: case.need("method")?,
        path,
        query: &canonical_query(query),
        headers: &map,
        covered: Covered::All,
        content_sha256,
    };
    let keys = credential(case)?;
    let mut out = Computed::new();
    let steps = if canonical.method == SignMethod::Acs4HmacSha256 {
        let day = case.need("timestamp")?.get(..10).unwrap_or_default().replace('-', "");
        let region = scope_region(case.input("region_id").as_str(), case.text("host"));
        let scope = Scope { day: &day, region, product: case.text("product") };
        out.insert("scope".into(), scope.to_string().into());
        let key = acs4_signing_key(keys.secret().expose_secret(), &scope);
        out.insert("signing_key".into(), hex(&*key).into());
        Canonical { covered: Covered::Usual, ..canonical }.scoped_steps(&keys, &scope, &KeyCache::default())
    } else {
        canonical.steps(&keys, &KeyCache::default())
    }
    .map_err(|error| error.to_string())?;
    out.extend([
        ("canonical_request".into(), steps.canonical_request.into()),
        ("signed_headers".into(), steps.signed_headers.into()),
        ("string_to_sign".into(), steps.string_to_sign.into()),
        ("signature".into(), steps.signature.into()),
        ("authorization".into(), steps.authorization.into()),
    ]);
    Ok(out)
}

fn digest(case: &Case<'_>, body: &str) -> Result<String, String> {
    content_hash(method(scheme(case))?, body.as_bytes()).map_err(|error| error.to_string())
}

fn bare_acs3(case: &Case<'_>) -> Result<Computed, String> {
    let body = case.input("body").as_str();
    let content_sha256 = digest(case, body.unwrap_or_default())?;
    let mut headers = Headers(plain(case, "headers")?);
    headers.set("x-acs-content-sha256", content_sha256.as_str());
    let path = case.need("path")?;
    let mut out = acs3_values(case, path, &flat(case, "query")?, &headers, &content_sha256)?;
    out.insert("path".into(), path.into());
    out.insert("headers".into(), headers.json());
    out.insert("body".into(), body.into());
    out.insert("content_sha256".into(), content_sha256.into());
    Ok(out)
}

fn flatten(case: &Case<'_>) -> Result<Computed, String> {
    let pairs = flat(case, "value")?;
    let flat: Map<String, Value> = pairs.into_iter().map(|(name, value)| (name, value.into())).collect();
    Ok(Map::from_iter([("flat".into(), flat.into())]))
}

fn array_style(case: &Case<'_>) -> Result<Computed, String> {
    let array = case.raw("array").ok_or("input.array is missing")?;
    let joined = |by: &str| list_texts(array.as_bytes()).join(by);
    let string = match case.need("array_style")? {
        "json" => serde_json::from_str::<&serde_json::value::RawValue>(array)
            .map_err(|error| error.to_string())
            .and_then(|array| compact(array.get()))?,
        "simple" => joined(","),
        "spaceDelimited" => joined(" "),
        "pipeDelimited" => joined("|"),
        "repeatList" => {
            let mut pairs = Pairs::new();
            let flattened = FLATTEN.push(case.text("prefix"), array.as_bytes(), &mut pairs);
            flattened.map_err(|error| error.to_string())?;
            pairs.sort();
            let parts: Vec<_> = pairs.into_iter().map(|pair| encoded(&vec![pair])).collect();
            parts.join("&&")
        }
        other => return Err(format!("no array style is called {other}")),
    };
    Ok(Map::from_iter([("string".into(), string.into())]))
}

/// JSON text without blanks between its parts, its members in their order.
fn compact(text: &str) -> Result<String, String> {
    let mut out = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for character in text.chars() {
        if quoted || !character.is_ascii_whitespace() {
            out.push(character);
        }
        (quoted, escaped) = match character {
            _ if escaped => (true, false),
            '\\' if quoted => (true, true),
            '"' => (!quoted, false),
            _ => (quoted, false),
        };
    }
    Ok(out)
}

/// The body that `body_params` make: JSON text is taken from the case, since its spelling is the vendor's.
fn json_body(case: &Case<'_>) -> Result<String, String> {
    match case.expected_body() {
        Some(sent) => String::from_utf8(sent).map_err(|error| error.to_string()),
        None => compact(case.raw("body_params").unwrap_or("{}")),
    }
}

//! The calls by which `alibabacloud-credentials` gets temporary keys.

use serde_json::Map;

use super::{Case, Computed, Pairs, held, pairs_json, rpc_signature, rpc_string_to_sign};
use cloudcall::credential::Credential;
use cloudcall::provider::alibaba::signer::{KeyCache, SignMethod};

pub(super) fn compute(case: &Case<'_>) -> Result<Computed, String> {
    let text = |name| held(case, name).filter(|text| !text.is_empty());
    let given = |name| text(name).unwrap_or_default();
    let kind = given("type");
    let duration = case.input("credential")["duration_seconds"].as_u64().unwrap_or(3600).to_string();
    let action = match kind {
        "ram_role_arn" => "AssumeRole",
        "oidc_role_arn" => "AssumeRoleWithOIDC",
        "rsa_key_pair" => "GenerateSessionAccessKey",
        other => return Err(format!("keys of the type {other} are not fetched by such a call")),
    };
    let mut query = Pairs::new();
    let mut push = |name: &str, value: &str| query.push((name.to_owned(), value.to_owned()));
    push("Action", action);
    push("Format", "JSON");
    push("Version", "2015-04-01");
    push("DurationSeconds", &duration);
    if kind != "rsa_key_pair" {
        push("RoleArn", given("role_arn"));
    }
    if kind == "oidc_role_arn" {
        push("OIDCProviderArn", given("oidc_provider_arn"));
        push("OIDCToken", given("oidc_token"));
    }
    if kind != "rsa_key_pair" {
        push("RoleSessionName", given("role_session_name"));
    }
    if kind != "oidc_role_arn" {
        push("SignatureMethod", "HMAC-SHA1");
        push("SignatureVersion", "1.0");
    }
    push("Timestamp", case.text("timestamp"));
    if kind != "oidc_role_arn" {
        push("SignatureNonce", case.text("nonce"));
    }
    if let Some(policy) = text("policy") {
        push("Policy", policy);
    }
    if let Some(external_id) = text("external_id") {
        push("ExternalId", external_id);
    }
    let mut out = Computed::new();
    if kind != "oidc_role_arn" {
        let (id, secret) = match kind {
            // The package signs with the text of the key file as if it were a secret.
            "rsa_key_pair" => (given("public_key_id"), given("private_key")),
            _ => (given("access_key_id"), given("access_key_secret")),
        };
        push("AccessKeyId", id);
        if let Some(token) = text("security_token") {
            push("SecurityToken", token);
        }
        let string = rpc_string_to_sign("GET", &query, &[]);
        let keys = Credential::new(id, secret).map_err(|error| error.to_string())?;
        let signature = rpc_signature(SignMethod::HmacSha1, &keys, &string, &KeyCache::default())
            .map_err(|error| error.to_string())?;
        let params: Map<_, _> =
            query.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
        query.push(("Signature".to_owned(), signature.clone()));
        out.insert("params".into(), params.into());
        out.insert("string_to_sign".into(), string.into());
        out.insert("signature".into(), signature.into());
    }
    out.insert("protocol".into(), "https".into());
    out.insert("method".into(), "GET".into());
    out.insert("host".into(), host(case, kind).into());
    out.insert("query_pairs".into(), pairs_json(&query));
    Ok(out)
}

fn host(case: &Case<'_>, kind: &str) -> String {
    let vpc = case.input("credential")["enable_vpc"] == true;
    match (held(case, "sts_endpoint"), held(case, "sts_region_id"), kind) {
        (Some(host), _, _) if !host.is_empty() => host.to_owned(),
        (_, Some(region), _) if !region.is_empty() => {
            format!("sts{}.{region}.aliyuncs.com", if vpc { "-vpc" } else { "" })
        }
        (_, _, "rsa_key_pair") => "sts.ap-northeast-1.aliyuncs.com".to_owned(),
        _ => "sts.aliyuncs.com".to_owned(),
    }
}

//! The signing vectors of Alibaba Cloud: every value of every row.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey};
use serde_json::{Value, json};

/// The cases of the two generations of packages, and those of gateways, which `alibaba_gateways.py` wrote.
const FILES: [(&str, usize); 3] = [
    (include_str!("../vectors/alibaba.jsonl"), 68),
    (include_str!("../vectors/alibaba_acs4.jsonl"), 24),
    (include_str!("../vectors/alibaba_log.jsonl"), 14),
];

fn lines() -> impl Iterator<Item = &'static str> {
    FILES.into_iter().flat_map(|(text, _)| text.lines())
}

fn rows() -> impl Iterator<Item = Value> {
    lines().map(|line| serde_json::from_str(line).unwrap())
}

/// The row as the tool gets it: nothing in `expected` but a body whose spelling is the vendor's JSON writer's.
fn blanked(row: &Value) -> String {
    let line = lines().find(|line| line.contains(&format!("\"id\": {}", row["id"]))).unwrap();
    let end = line.rfind(", \"expected\": ").unwrap();
    let body = &row["expected"]["body"];
    let is_json = body.as_str().is_some_and(|text| text.starts_with('{'));
    let kept = if is_json { json!({ "body": body }) } else { json!({}) };
    format!("{}, \"expected\": {kept}}}", &line[..end])
}

/// Names of headers count without case.
fn lower(headers: &Value) -> BTreeMap<String, Value> {
    headers.as_object().unwrap().iter().map(|(name, value)| (name.to_lowercase(), value.clone())).collect()
}

#[test]
fn every_value_of_every_row_is_computed_from_its_input() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows() {
        count += 1;
        let (computed, done) = cloudcall_cli::sign::line(&blanked(&row));
        assert!(done, "{computed}");
        for (key, wanted) in row["expected"].as_object().unwrap() {
            let found = &computed[key];
            let equal = match key.as_str() {
                "headers" => lower(found) == lower(wanted),
                _ => found == wanted,
            };
            if !equal {
                wrong.push(format!("{} {key}: wanted {wanted}, found {found}", row["id"]));
            }
        }
        if let Some(published) = row["input"]["published_signature"].as_str() {
            assert_eq!(computed["signature"], published, "{}", row["id"]);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(count, FILES.iter().map(|(_, count)| count).sum::<usize>());
}

#[test]
fn the_vendors_rsa_samples_verify() {
    let mut count = 0;
    for row in rows() {
        let Some(key) = row["input"]["credential"]["private_key"].as_str() else { continue };
        let pair = RsaKeyPair::from_pkcs8(&STANDARD.decode(key).unwrap()).unwrap();
        let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, pair.public_key().as_ref());
        let text = row["expected"]["string_to_sign"].as_str().unwrap();
        let signature = row["expected"]["signature"].as_str().unwrap();
        let bytes = match row["scheme"].as_str().unwrap() {
            "ACS3_RSA_SHA256" => unhex(signature),
            _ => STANDARD.decode(signature).unwrap(),
        };
        public.verify(text.as_bytes(), &bytes).unwrap();
        count += 1;
    }
    assert_eq!(count, 5);
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len() / 2).map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).unwrap()).collect()
}

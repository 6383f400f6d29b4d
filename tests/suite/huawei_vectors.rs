//! Every signing case of the vectors, through the tool that people use for it.

use cloudcall::credential::Credential;
use cloudcall::provider::huawei::SignMethod;
use cloudcall::provider::huawei::signer::PrivateKey;
use serde_json::Value;

/// Where the vendor's package is not standard: it drops leading zeros of the public key inside ZA, so that no standard
/// verifier takes its signature. Keys, canonical request and string to sign are equal; ZA and signature are not.
const NONSTANDARD: &str = "sm2-short-coordinate";

/// Compares all of `expected`, and tells how many cases there were.
fn compare(vectors: &str) -> usize {
    let mut count = 0;
    for line in vectors.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let (computed, done) = cloudcall_cli::sign::line(line);
        let id = case["id"].as_str().unwrap();
        assert!(done, "{id}: {computed}");
        let random = case["expected"]["signature_is_random"] == true;
        for (name, wanted) in case["expected"].as_object().unwrap() {
            match name.as_str() {
                "signature" | "authorization" | "headers" if random => {}
                "sm2_za_hex" if id == NONSTANDARD => assert_ne!(&computed[name], wanted),
                _ => assert_eq!(&computed[name], wanted, "{id}: {name}"),
            }
        }
        if random {
            verify(&case, &computed);
        }
        count += 1;
    }
    count
}

/// Both signatures are of this text by this key.
fn verify(case: &Value, computed: &Value) {
    let id = case["id"].as_str().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let given = &case["input"]["credential"];
    let keys = Credential::new(text(&given["ak"]), text(&given["sk"])).unwrap();
    let method: SignMethod = text(&case["scheme"]).parse().unwrap();
    let key = PrivateKey::derive(method, &keys).unwrap();
    let signed = text(&computed["string_to_sign"]);
    let holds = |signature: &Value| {
        let digits = text(signature);
        let bytes: Vec<u8> = (0..digits.len())
            .step_by(2)
            .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap())
            .collect();
        key.verify(signed.as_bytes(), &bytes) && !key.verify(b"another text", &bytes)
    };
    assert!(holds(&computed["signature"]), "{id}: our signature");
    assert_eq!(holds(&case["expected"]["signature"]), id != NONSTANDARD, "{id}: the vendor's signature");
    let authorization = text(&computed["authorization"]);
    let head = format!("{} Access={}, SignedHeaders=", method.as_str(), keys.id());
    assert!(authorization.starts_with(&head), "{id}: {authorization}");
    assert!(authorization.ends_with(&format!("Signature={}", text(&computed["signature"]))), "{id}");
}

#[test]
fn all_signatures_are_equal() {
    assert_eq!(compare(include_str!("../vectors/huawei.jsonl")), 88);
}

#[test]
fn all_built_requests_are_equal() {
    assert_eq!(compare(include_str!("../vectors/huawei_build.jsonl")), 23);
}

/// The steps of a case without anything in `expected`: the tool works from `input` alone.
#[test]
fn the_tool_needs_nothing_but_the_input() {
    for line in include_str!("../vectors/huawei_build.jsonl").lines() {
        let mut case: Value = serde_json::from_str(line).unwrap();
        let wanted = case["expected"].take();
        // Members in another order would be another body: cut the text instead of writing the tree.
        let input = &line[line.find("\"input\"").unwrap()..line.rfind(", \"expected\"").unwrap()];
        let bare = format!("{{\"id\": {}, \"scheme\": {}, {input}}}", case["id"], case["scheme"]);
        let (computed, done) = cloudcall_cli::sign::line(&bare);
        assert!(done, "{computed}");
        assert_eq!(computed["authorization"], wanted["authorization"], "{}", case["id"]);
    }
}

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use super::*;

const DOCUMENT: &str = include_str!("../../../tests/api/depot.openapi.json");
const DESCRIPTION: &str = include_str!("../../../tests/api/depot.json");

fn args(cloud: &str) -> Args {
    Args { file: "depot.openapi.json".to_owned(), cloud: cloud.to_owned(), product: None, version: None }
}

/// `CLOUDCALL_WRITE=1` writes the description anew.
#[test]
fn a_document_becomes_the_description_that_the_suite_calls() {
    let (description, report) = convert(DOCUMENT, &args("huawei")).unwrap();
    if std::env::var_os("CLOUDCALL_WRITE").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/api/depot.json"), &description)
            .unwrap();
    }
    assert_eq!(description, DESCRIPTION);
    assert_eq!(
        report,
        [
            "GET /{project_id}/boxes: the list `tags` is sent as repeated names, not with commas",
            "GET /{project_id}/boxes: the cookie parameter `session` is left out",
            "POST /{project_id}/boxes: `NewBoxContent` is one of several types (oneOf) and is any JSON",
            "PATCH /{project_id}/boxes/{box_id}: left out: its body is `application/xml`",
            "GET /search: left out: the query parameter `filter` is an object",
            "GET /far: left out: the reference `other.json#/Far` leads to another document; put it into this one",
            "6 of 9 operations converted",
        ]
    );
}

#[test]
fn names_and_places_follow_the_cloud() {
    let dated = Args { version: Some("2024-05-01".to_owned()), ..args("alibaba") };
    let (description, _) = convert(DOCUMENT, &dated).unwrap();
    for part in ["\"protocol\": \"ali-roa\"", "\"in\": \"whole\"", "\"name\": \"project_id\""] {
        assert!(description.contains(part), "{part}: {description}");
    }
    let named = Args { product: Some("store".to_owned()), version: Some("v9".to_owned()), ..args("huawei") };
    let (description, _) = convert(DOCUMENT, &named).unwrap();
    assert!(description.contains("\"product\": \"store\"") && description.contains("\"version\": \"v9\""));
}

#[test]
fn what_is_no_document_is_an_error_with_a_remedy() {
    for (text, cloud, message) in [
        ("openapi: 3.0.3", "huawei", "depot.openapi.json is not JSON"),
        ("{\"swagger\": \"2.0\"}", "huawei", "must be converted to OpenAPI 3"),
        ("{\"openapi\": \"4.0\"}", "huawei", "only 3.x is read"),
        ("{\"openapi\": \"3.0.0\", \"paths\": {}}", "huawei", "no operation can be converted"),
        (DOCUMENT, "alibaba", "name one with --version"),
        (DOCUMENT, "tencent", "its protocol has no paths"),
        (DOCUMENT, "aws", "--cloud is huawei or alibaba, not aws"),
    ] {
        let error = convert(text, &args(cloud)).unwrap_err();
        assert!(error.message.contains(message), "{}", error.message);
    }
}

#[test]
fn circles_end() {
    for schemas in [
        r##"{"A": {"$ref": "#/components/schemas/A"}}"##,
        r##"{"A": {"type": "array", "items": {"$ref": "#/components/schemas/A"}}}"##,
        r##"{"A": {"allOf": [{"$ref": "#/components/schemas/A"}]}}"##,
        r##"{"A": {"oneOf": [{"$ref": "#/components/schemas/A"}]}}"##,
    ] {
        let document = format!(
            r##"{{"openapi": "3.1.0", "info": {{}}, "components": {{"schemas": {schemas}}}, "paths": {{
            "/ok": {{"get": {{"responses": {{}}}}}},
            "/a": {{"get": {{"responses": {{"200": {{"content": {{"application/json":
                {{"schema": {{"$ref": "#/components/schemas/A"}}}}}}}}}}}}}}}}}}"##
        );
        let (description, report) = convert(&document, &args("huawei")).unwrap();
        assert!(description.contains("GetOk"), "{description}");
        assert!(report.len() == 2, "{report:?}");
    }
}

//! Actions as JSON texts: every parameter by its wire name, wherever it goes.

use cloudcall::prelude::*;

#[cloud_action(
    provider = "huawei",
    product = "vpc",
    version = "v2",
    method = "PUT",
    path = "/v1/{project_id}/vpcs/{vpc_id}",
    content = "multipart",
    json
)]
#[derive(PartialEq)]
struct UpdateVpc {
    #[param(path)]
    vpc_id: String,
    #[param(header = "X-Language")]
    language: Option<String>,
    #[param(query)]
    limit: Option<f64>,
    tags: Option<Vec<Tag>>,
    #[param(default = ["a", "b"])]
    names: Option<Vec<String>>,
    #[param(default)]
    force: bool,
    #[param(secret)]
    password: Option<String>,
    #[param(skip)]
    note: Option<String>,
}

#[cloud_model(provider = "huawei", request, json)]
#[derive(PartialEq)]
struct Tag {
    key: String,
    value: Option<String>,
}

#[cloud_action(
    provider = "huawei",
    product = "ims",
    version = "v2",
    method = "POST",
    path = "/",
    content = "multipart",
    json
)]
struct Import {
    name: String,
    #[param(file)]
    file: Option<FilePart>,
}

#[test]
fn an_action_goes_round() {
    let text = r#"{"vpc_id":"v-1","X-Language":"zh-cn","limit":1.5,"tags":[{"key":"k"}],"names":["n"],"force":true,"password":"hunter2"}"#;
    let request = UpdateVpc::from_json_string(text).unwrap();
    let tag = Tag { key: "k".to_owned(), value: None };
    let built =
        UpdateVpc::builder().vpc_id("v-1").language("zh-cn").limit(1.5).tags([tag]).names(["n"]).force(true);
    assert_eq!(request, built.password("hunter2").build());
    // The service has to get the secret, and `Debug` does not show it.
    assert_eq!(request.to_json_string().unwrap(), text);
    assert!(!format!("{request:?}").contains("hunter2"));
    let pretty = request.to_json_string_pretty(2).unwrap();
    assert!(pretty.starts_with("{\n  \"vpc_id\": \"v-1\",\n"), "{pretty}");
    assert_eq!(UpdateVpc::from_json_string(&pretty).unwrap(), request);
}

#[test]
fn defaults_hold_and_mistakes_are_named() {
    let request = UpdateVpc::from_json_string(r#"{"vpc_id":"v-1"}"#).unwrap();
    assert_eq!(
        (request.names.unwrap().join(" "), request.force, request.note),
        ("a b".to_owned(), false, None)
    );
    for (text, wanted) in [
        (r#"{"vpc_id":"v","tag":[]}"#, "`tag` is not known, did you mean `tags`?"),
        (
            r#"{"vpc_id":"v","tags":[{"key":"k"},{"kye":"k"}]}"#,
            "`tags[1].kye` is not known, did you mean `key`?",
        ),
        (r#"{"vpc_id":"v","tags":{"Key":"k"}}"#, "`tags.Key` is not known, did you mean `key`?"),
        (r#"{"vpc_id":"v","note":"n"}"#, "`note` is not known; the members here are `vpc_id`"),
        (r#"{"force":true}"#, "`vpc_id`: found nothing, expected a text"),
        (r#"{"vpc_id":"v","force":"N/A"}"#, "`force`"),
    ] {
        let error = UpdateVpc::from_json_string(text).unwrap_err();
        assert!(error.to_string().contains(wanted), "{text}: {error}");
    }
    let request = UpdateVpc { limit: Some(f64::NAN), ..UpdateVpc::builder().vpc_id("v").build() };
    let error = request.to_json_string().unwrap_err();
    assert!(error.kind() == ErrorKind::Config && error.to_string().contains("NaN"), "{error}");
}

#[test]
fn a_file_is_not_json() {
    let import = Import::from_json_string(r#"{"name":"i"}"#).unwrap();
    assert_eq!((import.name.as_str(), import.file.is_none()), ("i", true));
    assert!(Import::from_json_string(r#"{"name":"i","file":"f"}"#).is_err());
    let error = Import::builder().name("i").file(b"abc".to_vec()).build().to_json_string().unwrap_err();
    assert!(error.to_string().contains("the parameter `file` is a file, which JSON cannot hold"), "{error}");
}

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests"
)]

use super::json::{Node, Value, parse};
use crate::{Description, Emitter, Refusal, entries, find};

const SCHEMA: &str = include_str!("../../../schema/description-1.json");

const OWN: &str = r##"{
  "schema": 1,
  "cloud": "huawei",
  "product": "depot",
  "version": "v1",
  "actions": {
    "ListBoxes": {"method": "GET", "path": "/v1/{project_id}/boxes", "in": "#ListBoxesRequest", "out": "#ListBoxesResponse",
      "paging": {"form": "offset", "cursor": "offset", "size": "limit", "total": "count", "items": "boxes"}},
    "ShowBox": {"method": "GET", "path": "/v1/{project_id}/boxes/{box_id}", "in": "#ShowBoxRequest", "out": "#Box"}
  },
  "types": {
    "ListBoxesRequest": {"fields": [
      {"name": "offset", "type": "i64", "in": "query", "min": 0},
      {"name": "limit", "type": "i64", "in": "query", "default": 50},
      {"name": "kind", "type": "string", "in": "query", "enum": ["wood", "card board"]}]},
    "ListBoxesResponse": {"fields": [{"name": "boxes", "type": "[]#Box"}, {"name": "count", "type": "i64"}]},
    "ShowBoxRequest": {"fields": [{"name": "box_id", "type": "string", "in": "path", "required": true}]},
    "Box": {"fields": [{"name": "id", "type": "string"}, {"name": "tags", "type": "{}string"}]}
  }
}"##;

/// Every description is written as a file, and read back as the same records.
#[test]
fn descriptions_of_the_catalogue_are_files_that_read_as_the_same() {
    let schema = parse(SCHEMA).unwrap();
    // A tenth of the files takes a few seconds without optimisation; `CLOUDCALL_ALL=1` takes all.
    let step = if std::env::var_os("CLOUDCALL_ALL").is_some() { 1 } else { 11 };
    let mut count = 0;
    for entry in entries().step_by(step) {
        let description = entry.open().unwrap();
        let text = description.to_json().unwrap();
        let again =
            Description::from_json("x.json", &text).unwrap_or_else(|error| panic!("{entry}: {error}"));
        for (found, wanted) in again.text().lines().zip(description.text().lines()) {
            assert_eq!(found, wanted, "{entry}");
        }
        assert_eq!(again.text().len(), description.text().len(), "{entry}");
        let known = again.entry();
        assert_eq!((known.to_string(), known.service), (entry.to_string(), entry.service));
        let mut findings = Vec::new();
        check(&schema, &schema, &parse(&text).unwrap(), "", &mut findings);
        assert!(findings.is_empty(), "{entry}: {findings:?}");
        count += 1;
    }
    assert!(count > 100, "{count}");
}

#[test]
fn an_own_description_becomes_code() {
    let description = Description::from_json("api/depot.json", OWN).unwrap();
    assert!(description.entry().is_own());
    let code = Emitter::new(&description, "::cloudcall").code(&["ListBoxes", "ShowBox"]).unwrap();
    for part in [
        "/// `ListBoxes` of huawei depot v1.",
        "path = \"/v1/{project_id}/boxes\"",
        "paginate(offset = offset, limit = limit, total = count, items = boxes)",
        "pub box_id: ::std::string::String",
        "BTreeMap<::std::string::String, ::std::string::String>",
    ] {
        assert!(code.contains(part), "{part}: {code}");
    }
    assert!(!code.contains("vendor's page"), "{code}");
    let gateway = OWN.replace("\"huawei\"", "\"alibaba\",\"gateway\":\"pds\",\"protocol\":\"ali-roa\"");
    let gateway = gateway.replace("{project_id}/", "").replacen("\"v1\"", "\"2024-05-01\"", 1);
    let description = Description::from_json("x", &gateway).unwrap();
    let refusal = description.refusal(&description.action("ListBoxes").unwrap()).unwrap();
    assert_eq!(refusal, Some(Refusal::Gateway("pds".to_owned())));
    for (given, code) in [
        ("sls", "Gateway::Log"),
        ("pop:Depot", "Gateway::Pop(\"Depot\")"),
        ("pop", "Gateway::Pop(\"depot\")"),
    ] {
        let known = gateway.replace("\"pds\"", &format!("{given:?}"));
        let description = Description::from_json("x", &known).unwrap();
        let emitted = Emitter::new(&description, "::cloudcall").code(&["ListBoxes"]).unwrap();
        assert!(emitted.contains(&format!(".with_gateway(::cloudcall::endpoint::{code})")), "{emitted}");
        assert!(emitted.contains(", hosts = HOSTS"), "{emitted}");
    }
    let host = OWN.replace("\"huawei\"", "\"huawei\", \"endpoints\": {\"default\": \"depot.example.com\"}");
    let description = Description::from_json("x", &host).unwrap();
    assert_eq!(description.action("ShowBox").unwrap().fact("host"), Some("depot.example.com"));
}

#[test]
fn a_parameter_may_be_called_as_the_field_for_the_content_type() {
    let upload = r##""Upload": {"path": "/v1/{project_id}/boxes", "in": "#Upload", "content": "text/plain"}, "ListBoxes""##;
    for (name, place, wanted) in [
        ("kind", "query", ["pub content_type: ::std::string::String", "Its `content_type` is `text/plain`"]),
        (
            "content_type",
            "query",
            ["pub content_type_header: ::std::string::String", "Its `content_type_header` is"],
        ),
        ("Content-Type", "header", ["header = \"Content-Type\"", "pub content_type: "]),
    ] {
        let fields = format!(
            r#"{{"name": "body", "type": "any", "in": "body"}}, {{"name": "{name}", "type": "string", "in": "{place}"}}"#
        );
        let text = OWN.replacen("\"ListBoxes\"", upload, 1);
        let text = text.replacen(
            "\"types\": {",
            &format!("\"types\": {{\"Upload\": {{\"fields\": [{fields}]}},"),
            1,
        );
        let description = Description::from_json("x", &text).unwrap();
        let code = Emitter::new(&description, "::cloudcall").code(&["Upload"]).unwrap();
        for part in wanted {
            assert!(code.contains(part), "{name}: {code}");
        }
        let names = code.lines().filter(|line| line.trim_start().starts_with("pub content_type"));
        let names: Vec<&str> = names.filter_map(|line| line.trim().split(':').next()).collect();
        let mut unique = names.clone();
        unique.dedup();
        assert_eq!((names.len(), &unique), (unique.len(), &names), "{name}: {code}");
        assert_eq!(code.matches("header = \"Content-Type\"").count(), 1, "{name}: {code}");
    }
}

#[test]
fn an_action_without_types_is_not_lost_at_the_end() {
    let text = r#"{"schema": 1, "cloud": "tencent", "product": "p", "version": "2017-03-12", "actions": {"Ping": {}}, "types": {}}"#;
    let description = Description::from_json("x", text).unwrap();
    assert_eq!(description.action("Ping").unwrap().method, "POST");
}

#[test]
fn mistakes_name_the_file_the_place_and_the_remedy() {
    for (from, to, message) in [
        ("\"schema\": 1", "\"schema\": 2", "2:13: this release reads schema 1; write `\"schema\": 1`"),
        (
            "\"huawei\"",
            "\"huawai\"",
            "3:12: `cloud` of the description is `tencent`, `huawei`, `alibaba` or `volcengine`, not `huawai`",
        ),
        ("\"version\": \"v1\",", "", "1:1: the description has no `version`; add the version"),
        ("\"depot\"", "\"my depot\"", "4:14: `product` is written with letters, digits"),
        (
            "\"depot\"",
            "\"my.depot\"",
            "4:14: `product` is written with letters, digits, `-` and `_`, not `my.depot`",
        ),
        (
            "\"version\": \"v1\",",
            "\"version\": \"v1\", \"service\": \"a b\",",
            "5:31: `service` is written with letters, digits, `-` and `_`, not `a b`",
        ),
        (
            "\"v1\"",
            "\"first\"",
            "5:14: `version` of the description is `first`: a version of Huawei Cloud is \"v3\" or \"v2.1\"",
        ),
        ("\"v1\"", "\"1\"", "5:14: `version` of the description is"),
        (
            "{\"method\": \"GET\"",
            "{\"version\": \"v1_0\", \"method\": \"GET\"",
            "7:30: `version` of the action `ListBoxes` is `v1_0`: a version of Huawei Cloud is",
        ),
        (
            "{\"method\": \"GET\"",
            "{\"auth\": \"AK\\tanonymous=true\", \"method\": \"GET\"",
            "`auth` of the action `ListBoxes` has a control character; remove it",
        ),
        (
            "{\"method\": \"GET\"",
            "{\"auth\": [\"AK\\n\"], \"method\": \"GET\"",
            "`auth` of the action `ListBoxes` has a control character; remove it",
        ),
        (
            "\"types\": {",
            "\"types\": {\"_\": {\"fields\": []},",
            "the name of a type is letters, digits and `_`, not `_`",
        ),
        (
            "\"method\": \"GET\"",
            "\"metod\": \"GET\"",
            "7:19: the action `ListBoxes` has an unknown member `metod`; did you mean `method`?",
        ),
        ("\"GET\"", "\"get\"", "`method` of the action `ListBoxes` is `GET`, `POST`"),
        (
            "\"path\": \"/v1/{project_id}/boxes\"",
            "\"path\": \"v1/boxes\"",
            "`path` of the action `ListBoxes` begins with `/`",
        ),
        (
            "boxes/{box_id}",
            "boxes",
            "the path of the action `ShowBox` has no `{box_id}` for the parameter `box_id`; add it",
        ),
        (
            "\"box_id\", \"type\": \"string\", \"in\": \"path\"",
            "\"box_id\", \"type\": \"string\", \"in\": \"query\"",
            "nothing fills `{box_id}` of the path of the action `ShowBox`; add the field `box_id`",
        ),
        (
            "[]#Box",
            "[]#Boxx",
            "the field `ListBoxesResponse.boxes` refers to the type `Boxx`, which is not in `types`; did you mean `Box`?",
        ),
        (
            "\"type\": \"i64\"",
            "\"type\": \"int\"",
            "13:34: `int` of the field `ListBoxesRequest.offset` is not a type: write `string`",
        ),
        (
            "\"form\": \"offset\"",
            "\"form\": \"page\"",
            "8:26: `form` of `paging` of the action `ListBoxes` is `offset`, `number`, `token` or `marker`, not `page`",
        ),
        (
            "\"name\": \"limit\"",
            "\"name\": \"offset\"",
            "the type `ListBoxesRequest` has two fields `offset`; give one of them a `key`",
        ),
        ("\"ShowBox\":", "\"Show-Box\":", "the name of an action is letters, digits and `_`, not `Show-Box`"),
        ("\"ShowBox\":", "\"Listboxes\":", ""),
        (
            "\"required\": true",
            "\"required\": \"yes\"",
            "`required` of the field `ShowBoxRequest.box_id` must be true or false, not a string",
        ),
        (
            "{\"fields\": [{\"name\": \"id\"",
            "{\"field\": [{\"name\": \"id\"",
            "the type `Box` has an unknown member `field`; did you mean `fields`?",
        ),
        ("\"types\": {", "\"types\": {,", "11:13: expected the name of a member in quotes, found `,`"),
    ] {
        assert!(OWN.contains(from), "{from}");
        let found = Description::from_json("api/my.json", &OWN.replacen(from, to, 1)).map(|_| ());
        let text = found.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(text.contains(message), "{from}: {text}");
        assert_eq!(text.starts_with("api/my.json:"), !message.is_empty(), "{text}");
    }
}

#[test]
fn a_file_that_is_cut_off_is_an_error_with_its_last_line() {
    for (at, _) in OWN.char_indices().skip(1) {
        let error = Description::from_json("x.json", &OWN[..at]).unwrap_err().to_string();
        assert!(error.starts_with("x.json:"), "{error}");
    }
    let sts = find("alibaba", "sts", "2015-04-01").unwrap().open().unwrap().to_json().unwrap();
    for at in (0..sts.len()).step_by(37).filter(|at| sts.is_char_boundary(*at)) {
        assert!(Description::from_json("x.json", &sts[..at]).is_err(), "{at}");
    }
}

/// The part of JSON Schema that our schema uses; patterns are rules of the reader, which the tests above hold.
fn check(root: &Node, schema: &Node, node: &Node, place: &str, findings: &mut Vec<String>) {
    let Value::Object(rules) = &schema.value else { panic!("a schema is an object") };
    let rule = |name: &str| rules.iter().find(|member| member.name == name).map(|member| &member.node);
    let strings = |node: &Node| -> Vec<String> {
        match &node.value {
            Value::List(items) => items.iter().filter_map(super::object::scalar).collect(),
            _ => super::object::scalar(node).into_iter().collect(),
        }
    };
    let members = match &node.value {
        Value::Object(members) => members.as_slice(),
        _ => &[],
    };
    for Rule { name, node: wanted } in
        rules.iter().map(|member| Rule { name: &member.name, node: &member.node })
    {
        let holds = match name {
            "$ref" => {
                let name = strings(wanted)[0].trim_start_matches("#/$defs/").to_owned();
                check(root, member(member(root, "$defs"), &name), node, place, findings);
                true
            }
            "type" => {
                let kind = match &node.value {
                    Value::Null => "null",
                    Value::Bool(_) => "boolean",
                    Value::Number(_) => "number",
                    Value::Text(_) => "string",
                    Value::List(_) => "array",
                    Value::Object(_) => "object",
                };
                let digits = super::object::scalar(node).unwrap_or_default();
                let is = |name: &String| name == kind || name == "integer" && digits.parse::<i64>().is_ok();
                strings(wanted).iter().any(is)
            }
            "const" | "enum" => {
                super::object::scalar(node).is_some_and(|text| strings(wanted).contains(&text))
            }
            "required" => {
                strings(wanted).iter().all(|name| members.iter().any(|member| member.name == *name))
            }
            "anyOf" => {
                let Value::List(choices) = &wanted.value else { panic!() };
                choices.iter().any(|choice| {
                    let mut inner = Vec::new();
                    check(root, choice, node, place, &mut inner);
                    inner.is_empty()
                })
            }
            "minProperties" => !members.is_empty(),
            "minItems" => matches!(&node.value, Value::List(items) if !items.is_empty()),
            "items" => {
                if let Value::List(items) = &node.value {
                    items.iter().for_each(|item| check(root, wanted, item, place, findings));
                }
                true
            }
            "properties" => {
                for found in members {
                    let Value::Object(known) = &wanted.value else { panic!() };
                    if let Some(known) = known.iter().find(|known| known.name == found.name) {
                        check(root, &known.node, &found.node, &format!("{place}/{}", found.name), findings);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = rule("properties").map_or(&[][..], |known| match &known.value {
                    Value::Object(known) => known.as_slice(),
                    _ => &[],
                });
                let others =
                    members.iter().filter(|found| known.iter().all(|known| known.name != found.name));
                match &wanted.value {
                    Value::Bool(false) => others.count() == 0,
                    _ => {
                        others.for_each(|other| {
                            check(root, wanted, &other.node, &format!("{place}/{}", other.name), findings);
                        });
                        true
                    }
                }
            }
            "$schema" | "$id" | "$defs" | "title" | "description" | "pattern" | "propertyNames" => true,
            other => panic!("the schema uses `{other}`, which this test does not know"),
        };
        if !holds {
            findings.push(format!("{place}: {name}"));
        }
    }
}

struct Rule<'s> {
    name: &'s str,
    node: &'s Node,
}

fn member<'n>(node: &'n Node, name: &str) -> &'n Node {
    match &node.value {
        Value::Object(members) => &members.iter().find(|member| member.name == name).unwrap().node,
        _ => panic!("{name} is in no object"),
    }
}

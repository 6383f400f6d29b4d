//! The two forms of a model do the same: `#[cloud_model(...)]` with `#[param(...)]`, and `#[derive(CloudModel)]` with `#[cloud(...)]`.

use std::collections::BTreeMap;

use cloudcall::json::{from_str, json, to_string, to_value};
use cloudcall::prelude::*;
use cloudcall::response::from_json;

macro_rules! attribute {
    (($($arguments:tt)*) $item:item) => {
        #[cloud_model($($arguments)*)]
        #[derive(PartialEq)]
        $item
    };
}

macro_rules! derive {
    (($($arguments:tt)*) struct $($rest:tt)*) => {
        #[derive(Clone, PartialEq, CloudModel)]
        #[cloud($($arguments)*)]
        struct $($rest)*
    };
    (($($arguments:tt)*) enum $($rest:tt)*) => {
        #[derive(Clone, Debug, PartialEq, CloudModel)]
        #[cloud($($arguments)*)]
        enum $($rest)*
    };
}

/// The same tests of a form: its macro, and its attribute of fields.
macro_rules! tests {
    ($form:ident, $model:ident, $field:ident) => {
        mod $form {
            use super::*;

            $model! { (provider = "tencent") struct Disk {
                disk_id: String,
                #[$field(name = "SizeGB")]
                size: Option<i64>,
                kind: Option<Kind>,
                labels: Option<BTreeMap<String, i64>>,
                #[$field(secret)]
                pin: Option<String>,
                #[$field(default)]
                count: u32,
                #[$field(default = 7)]
                days: i64,
                #[$field(skip)]
                note: Option<String>,
                #[$field(serde)]
                range: Option<std::ops::Range<u8>>,
                parts: Option<Vec<Disk>>,
            } }

            $model! { () enum Kind {
                #[$field(name = "CLOUD_SSD")]
                Ssd,
                Local,
                Other(String),
            } }

            $model! { (provider = "huawei", response, json) struct Answer<T> {
                #[$field(header = "X-Trace")]
                trace: Option<String>,
                total_count: Option<i64>,
                items: Option<Vec<T>>,
            } }

            $model! { (provider = "huawei", request) struct Borrowed<'a> {
                name: &'a str,
                more: Option<&'a str>,
            } }

            $model! { (provider = "tencent", request, json, crate = cloudcall) struct Filter {
                name: String,
                values: Vec<String>,
                disk: Option<Disk>,
            } }

            $model! { (provider = "tencent") struct Volume {
                #[$field(required)]
                kind: Option<Kind>,
                id: String,
                tags: Vec<String>,
                #[$field(required)]
                sides: Option<Vec<String>>,
                #[$field(default = "10.0.0.0/8")]
                range: Option<String>,
                size: Option<i64>,
                zones: Option<Vec<String>>,
                labels: Option<BTreeMap<String, i64>>,
                parts: Option<Vec<Volume>>,
                parent: Option<Box<Volume>>,
                new: Option<bool>,
                clone: Option<f64>,
                #[$field(default)]
                count: u32,
                #[$field(skip)]
                note: Option<String>,
            } }

            $model! { (provider = "tencent", request, setters = false) struct Named {
                name: String,
            } }

            impl Named {
                fn new() -> Self {
                    Self { name: "own".to_owned() }
                }
            }

            #[test]
            fn a_constructor_takes_what_is_required_and_setters_the_rest() {
                let volume = Volume::new("CLOUD_SSD", "v-1", ["a", "b"], ["c"]);
                let plain = Volume {
                    kind: Some(Kind::Ssd),
                    id: "v-1".to_owned(),
                    tags: vec!["a".to_owned(), "b".to_owned()],
                    sides: Some(vec!["c".to_owned()]),
                    range: Some("10.0.0.0/8".to_owned()),
                    size: None,
                    zones: None,
                    labels: None,
                    parts: None,
                    parent: None,
                    new: None,
                    clone: None,
                    count: 0,
                    note: None,
                };
                assert_eq!(volume, plain);
                let full = volume.clone().size(20).zones(&["z-1"][..]).labels([("a".to_owned(), 1)]).range(String::from("r"));
                let full = full.parts([volume.clone()]).parent(volume).new_(true).clone_(1.5).count(3);
                let text = concat!(
                    r#"{"Kind":"CLOUD_SSD","Id":"v-1","Tags":["a","b"],"Sides":["c"],"Range":"r","Size":20,"Zones":["z-1"],"Labels":{"a":1},"#,
                    r#""Parts":[{"Kind":"CLOUD_SSD","Id":"v-1","Tags":["a","b"],"Sides":["c"],"Range":"10.0.0.0/8","Count":0}],"#,
                    r#""Parent":{"Kind":"CLOUD_SSD","Id":"v-1","Tags":["a","b"],"Sides":["c"],"Range":"10.0.0.0/8","Count":0},"New":true,"Clone":1.5,"Count":3}"#
                );
                assert_eq!(full.to_json_string().unwrap(), text);
                assert_eq!(Named::new().name, "own");
                // A response may lack what the constructor takes.
                assert_eq!(Volume::from_json_string(r#"{"Id":"v","Tags":[]}"#).unwrap().kind, None);
            }

            fn disk() -> Disk {
                Disk {
                    disk_id: "d-1".to_owned(),
                    size: Some(20),
                    kind: Some(Kind::Ssd),
                    labels: None,
                    pin: Some("hunter2".to_owned()),
                    count: 0,
                    days: 7,
                    note: Some("not sent".to_owned()),
                    range: Some(1..2),
                    parts: None,
                }
            }

            const TEXT: &str = r#"{"DiskId":"d-1","SizeGB":20,"Kind":"CLOUD_SSD","Pin":"hunter2","Count":0,"Days":7,"Range":{"start":1,"end":2}}"#;

            #[test]
            fn members_go_round_by_their_wire_names() {
                assert_eq!(to_string(&disk()).unwrap(), TEXT);
                assert_eq!(disk().to_json_string().unwrap(), TEXT);
                let read = Disk { note: None, ..disk() };
                assert_eq!(from_str::<Disk>(TEXT).unwrap(), read);
                assert_eq!(Disk::from_json_string(TEXT).unwrap(), read);
                let nested = Disk { parts: Some(vec![disk()]), ..disk() };
                let pretty = nested.to_json_string_pretty(4).unwrap();
                assert!(pretty.contains("\n    \"Parts\": [\n        {\n            \"DiskId\": \"d-1\","), "{pretty}");
                assert_eq!(Disk::from_json_string(&pretty).unwrap().parts.unwrap(), [Disk { note: None, ..disk() }]);
            }

            #[test]
            fn odd_members_are_tolerated_and_defaults_hold() {
                let text = r#"{"DiskId":7,"SizeGB":"20","Kind":"NEW","Labels":{"a":"1"},"Parts":{"DiskId":"d-2"},"X":1}"#;
                let read: Disk = from_json(text).unwrap();
                assert_eq!((read.disk_id.as_str(), read.size, read.count, read.days), ("7", Some(20), 0, 7));
                assert_eq!(read.kind, Some(Kind::Other("NEW".to_owned())));
                assert_eq!(read.labels, Some([("a".to_owned(), 1)].into()));
                assert_eq!(read.parts.unwrap()[0].disk_id, "d-2");
                let error = from_json::<Disk>("{}").unwrap_err().to_string();
                assert!(error.contains("missing field `DiskId`"), "{error}");
            }

            #[test]
            fn secrets_are_masked_and_texts_are_open() {
                let shown = format!("{:?}", disk());
                assert!(shown.starts_with("Disk { disk_id: \"d-1\", size: Some(20)") && !shown.contains("hunter2"), "{shown}");
                assert_eq!((Kind::Ssd.as_str(), Kind::from("Local"), Kind::Ssd.to_string()), ("CLOUD_SSD", Kind::Local, "CLOUD_SSD".into()));
            }

            #[test]
            fn generics_headers_and_borrowed_texts() {
                let answer = Answer { trace: Some("t".to_owned()), total_count: Some(1), items: Some(vec![disk()]) };
                let text = answer.to_json_string().unwrap();
                assert_eq!(text, format!(r#"{{"total_count":1,"items":[{TEXT}]}}"#));
                let read: Answer<Disk> = Answer::from_json_string(&text).unwrap();
                assert_eq!((read.trace, read.total_count, read.items.unwrap().len()), (None, Some(1), 1));
                assert_eq!(to_value(Borrowed { name: "n", more: None }).unwrap(), json!({ "name": "n" }));
            }

            #[test]
            fn a_request_knows_its_names_and_what_is_near() {
                let text = r#"{"Name":"zone","Values":["z-1"],"Disk":{"DiskId":"d-1"}}"#;
                let filter = Filter::from_json_string(text).unwrap();
                assert_eq!((filter.name.as_str(), filter.values.len()), ("zone", 1));
                for (text, wanted) in [
                    (r#"{"Name":"n","Valeus":[]}"#, "`Valeus` is not known, did you mean `Values`?"),
                    (r#"{"name":"n","Values":[]}"#, "`name` is not known, did you mean `Name`?"),
                    (r#"{"Name":"n","Values":[],"Disk":{"Foo":1}}"#, "`Disk.Foo` is not known; the members here are `DiskId`, `SizeGB`"),
                    (r#"{"Name":"n","Values":[],"Disk":{"Parts":[{"Diskid":1}]}}"#, "`Disk.Parts[0].Diskid` is not known, did you mean `DiskId`?"),
                    (r#"{"Name":"n","Values":[],"Disk":{"SizeGB":"N/A"}}"#, "SizeGB"),
                    (r#"{"Name":"n"}"#, "`Values`: found nothing, expected a list"),
                    ("[1", "is not JSON"),
                ] {
                    let error = Filter::from_json_string(text).unwrap_err();
                    assert!(error.to_string().contains(wanted), "{text}: {error}");
                    assert_eq!(error.kind(), ErrorKind::Decode);
                }
            }
        }
    };
}

tests! { attribute_form, attribute, param }
tests! { derive_form, derive, cloud }

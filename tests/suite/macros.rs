//! What the macros' code does: names and places on the wire, builders, tolerant reading, masks.

use cloudcall::action::{Action, Fields, ListStyle, ParamLocation};
use cloudcall::json::{Value, from_str, json, to_string, to_value};
use cloudcall::response::from_json;
use cloudcall::upload::FilePart;
use cloudcall::{cloud_action, cloud_model};

/// Every parameter as name, place and JSON text.
fn sent(action: &impl Action) -> Vec<(String, ParamLocation, String)> {
    let mut fields = Fields::new();
    action.fields(&mut fields).expect("all of these can be written");
    let text = |json: &[u8]| String::from_utf8(json.to_vec()).expect("JSON is UTF-8");
    fields.iter().map(|field| (field.name.to_owned(), field.place, text(field.json))).collect()
}

fn triple(name: &str, place: ParamLocation, json: &str) -> (String, ParamLocation, String) {
    (name.to_owned(), place, json.to_owned())
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", idempotency_token = client_token)]
struct RunInstances {
    zone: String,
    instance_ids: Option<Vec<String>>,
    #[param(name = "VPCId")]
    vpc_id: Option<String>,
    #[param(default)]
    count: u32,
    client_token: Option<String>,
    #[param(secret)]
    password: Option<String>,
    #[param(skip)]
    note: Option<String>,
}

#[test]
fn names_follow_the_cloud_and_null_is_left_out() {
    let run = RunInstances::builder().instance_ids(["a", "b"]).vpc_id("v").note("n").zone("z").build();
    assert_eq!(
        sent(&run),
        [
            triple("Zone", ParamLocation::Auto, "\"z\""),
            triple("InstanceIds", ParamLocation::Auto, "[\"a\",\"b\"]"),
            triple("VPCId", ParamLocation::Auto, "\"v\""),
            triple("Count", ParamLocation::Auto, "0"),
        ]
    );
    assert_eq!(run.note.as_deref(), Some("n"));
}

#[test]
fn facts_are_declared() {
    let info = RunInstances::INFO;
    assert_eq!((info.product(), info.version(), info.name()), ("cvm", "2017-03-12", "RunInstances"));
    assert_eq!(info.idempotency_token(), Some((ParamLocation::Auto, "ClientToken")));
    assert!(info.idempotency().is_safe());
    assert_eq!(info.method(), None);
}

#[test]
fn secrets_are_masked_in_debug() {
    let run = RunInstances::builder().zone("z").password("hunter2").build();
    let shown = format!("{run:?} {:?}", RunInstances::builder().password("hunter2"));
    assert!(shown.contains("RunInstances { zone: \"z\"") && shown.contains("password: "), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
    let user = User { name: "n".to_owned(), password: Some("hunter2".to_owned()) };
    let shown = format!("{user:?}");
    assert!(shown.contains("User { name: \"n\"") && !shown.contains("hunter2"), "{shown}");
}

#[cloud_model(provider = "tencent")]
struct User {
    name: String,
    #[param(secret)]
    password: Option<String>,
}

#[cloud_action(
    provider = "tencent",
    product = "vpc",
    version = "2017-03-12",
    case = "snake_case",
    method = "PUT",
    path = "/v1/{project_id}/vpcs/{vpc_id}?force=1",
    action = "ChangeVpc",
    idempotent,
    style = "roa"
)]
struct UpdateVpc {
    #[param(path)]
    vpc_id: String,
    #[param(query, list = "csv")]
    tags: Option<Vec<String>>,
    #[param(header = "X-Language")]
    language: Option<String>,
    #[param(body)]
    r#type: Option<i64>,
}

#[test]
fn places_are_declared() {
    let update = UpdateVpc::builder().vpc_id("v").tags(["a"]).language("zh-cn").r#type(3).build();
    assert_eq!(
        sent(&update),
        [
            triple("vpc_id", ParamLocation::Path, "\"v\""),
            triple("tags", ParamLocation::Query, "[\"a\"]"),
            triple("X-Language", ParamLocation::Header, "\"zh-cn\""),
            triple("type", ParamLocation::Body, "3"),
        ]
    );
    let mut fields = Fields::new();
    update.fields(&mut fields).expect("it can be written");
    assert_eq!(fields.get("tags").map(|field| field.list), Some(ListStyle::Repeat));
    let info = UpdateVpc::INFO;
    assert_eq!(info.path(), "/v1/{project_id}/vpcs/{vpc_id}?force=1");
    assert_eq!(info.method().map(|method| method.as_str()), Some("PUT"));
    assert_eq!(info.name(), "ChangeVpc");
    assert!(info.idempotency().is_safe());
}

#[cloud_action(
    provider = "tencent",
    product = "cs",
    version = "2017-03-12",
    path = "/clusters/{cluster_id}",
    method = "GET"
)]
struct DescribeCluster {
    #[param(path)]
    cluster_id: String,
}

#[test]
fn a_placeholder_may_be_written_as_the_field() {
    let describe = DescribeCluster::builder().cluster_id("c").build();
    assert_eq!(sent(&describe), [triple("cluster_id", ParamLocation::Path, "\"c\"")]);
}

#[cloud_action(
    provider = "tencent",
    product = "x",
    version = "2017-03-12",
    method = "POST",
    content = "multipart"
)]
struct Upload {
    #[param(file, name = "file")]
    file: FilePart,
    #[param(file, name = "more")]
    more: Option<FilePart>,
}

#[test]
fn files_go_their_own_way() {
    let upload = Upload::builder().file(b"abc".to_vec()).build();
    let mut fields = Fields::new();
    upload.fields(&mut fields).expect("it can be written");
    let files: Vec<_> =
        fields.files().iter().map(|file| (file.field(), file.as_bytes().unwrap().as_ref())).collect();
    assert_eq!(files, [("file", b"abc".as_slice())]);
    assert!(upload.more.is_none());
}

#[cloud_model]
#[derive(PartialOrd)]
enum State {
    Running,
    #[param(name = "SHUT-DOWN")]
    ShutDown,
}

#[test]
fn an_enum_is_open_and_goes_round() {
    for (text, state) in [
        ("Running", State::Running),
        ("SHUT-DOWN", State::ShutDown),
        ("Rebooting", State::Other("Rebooting".to_owned())),
    ] {
        let json = format!("\"{text}\"");
        assert_eq!(from_str::<State>(&json).ok(), Some(state.clone()));
        assert_eq!(to_string(&state).ok(), Some(json));
        assert_eq!((state.as_str(), state.to_string().as_str()), (text, text));
        assert_eq!(State::from(text), state);
        assert_eq!(text.parse(), Ok(state));
    }
    // A number is taken for its text, and never for an unknown value that is lost.
    assert_eq!(from_str::<State>("7").ok(), Some(State::Other("7".to_owned())));
}

#[cloud_model(provider = "tencent")]
#[derive(PartialEq, Default)]
struct Tolerant {
    text: Option<String>,
    int: Option<i64>,
    small: Option<u8>,
    float: Option<f64>,
    flag: Option<bool>,
    texts: Option<Vec<String>>,
    inner: Option<Vec<Inner>>,
    map: Option<std::collections::BTreeMap<String, i32>>,
    boxed: Option<Box<Inner>>,
    state: Option<State>,
}

#[cloud_model(provider = "tencent")]
#[derive(PartialEq, Default)]
struct Inner {
    id: String,
    #[param(default)]
    size: u32,
}

#[test]
fn responses_are_read_tolerantly() {
    let all = Tolerant::default;
    let inner = |id: &str, size| Inner { id: id.to_owned(), size };
    let some = |text: &str| Some(text.to_owned());
    let table = [
        (r#"{}"#, all()),
        (r#"{"Text":null,"Int":null,"Texts":null,"Map":null,"State":null,"Unknown":[{}]}"#, all()),
        (r#"{"Text":7}"#, Tolerant { text: some("7"), ..all() }),
        (r#"{"Text":18446744073709551615}"#, Tolerant { text: some("18446744073709551615"), ..all() }),
        (r#"{"Text":1.50}"#, Tolerant { text: some("1.50"), ..all() }),
        (r#"{"Text":true}"#, Tolerant { text: some("true"), ..all() }),
        (r#"{"Int":"42","Small":"7"}"#, Tolerant { int: Some(42), small: Some(7), ..all() }),
        (r#"{"Int":-3.0}"#, Tolerant { int: Some(-3), ..all() }),
        (r#"{"Int":" 9223372036854775807 "}"#, Tolerant { int: Some(i64::MAX), ..all() }),
        (r#"{"Float":"1.5"}"#, Tolerant { float: Some(1.5), ..all() }),
        (r#"{"Float":3}"#, Tolerant { float: Some(3.0), ..all() }),
        (r#"{"Flag":"True"}"#, Tolerant { flag: Some(true), ..all() }),
        (r#"{"Flag":0}"#, Tolerant { flag: Some(false), ..all() }),
        (r#"{"Texts":"a"}"#, Tolerant { texts: Some(vec!["a".to_owned()]), ..all() }),
        (r#"{"Texts":["a",1]}"#, Tolerant { texts: Some(vec!["a".to_owned(), "1".to_owned()]), ..all() }),
        (r#"{"Inner":{"Id":1,"Size":"2"}}"#, Tolerant { inner: Some(vec![inner("1", 2)]), ..all() }),
        (r#"{"Inner":[{"Id":"a"}]}"#, Tolerant { inner: Some(vec![inner("a", 0)]), ..all() }),
        (r#"{"Boxed":{"Id":"a"}}"#, Tolerant { boxed: Some(Box::new(inner("a", 0))), ..all() }),
        (r#"{"Map":{"a":"1"}}"#, Tolerant { map: Some([("a".to_owned(), 1)].into()), ..all() }),
        (r#"{"State":"Odd"}"#, Tolerant { state: Some(State::Other("Odd".to_owned())), ..all() }),
    ];
    for (text, wanted) in table {
        match from_json::<Tolerant>(text) {
            Ok(read) => assert_eq!(read, wanted, "{text}"),
            Err(error) => panic!("{text}: {error}"),
        }
    }
}

#[test]
fn what_cannot_be_read_names_the_field_and_hides_the_value() {
    let table = [
        (r#"{"Int":"x4Q"}"#, "`Int`: invalid type: a text, expected an integer"),
        (
            r#"{"Int":1.5}"#,
            "`Int`: invalid type: a number with a fraction or beyond 2^53, expected an integer",
        ),
        (r#"{"Int":true}"#, "`Int`: invalid type: a flag, expected an integer"),
        (r#"{"Small":256}"#, "`Small`: the integer is out of the range of u8"),
        (r#"{"Flag":2}"#, "`Flag`: invalid type: an integer, expected `true` or `false`"),
        (r#"{"Text":[]}"#, "`Text`: invalid type: a list, expected a text"),
        (r#"{"Text":{"a":1}}"#, "`Text`: invalid type: an object, expected a text"),
        (r#"{"Inner":[{}]}"#, "`Inner`: missing field `Id`"),
        (r#"{"Inner":{}}"#, "`Inner`: invalid type: map, expected a list"),
        (r#"{"Inner":[{"Id":null}]}"#, "`Inner`: `Id`: invalid type: null or an empty text, expected a text"),
        (
            r#"{"Text":1.50}"#,
            "`Text`: invalid type: a number with a fraction or beyond 2^53, expected a text",
        ),
    ];
    for (text, wanted) in table {
        match from_str::<Tolerant>(text) {
            Ok(read) => panic!("{text} was read as {read:?}"),
            Err(error) => assert!(error.to_string().starts_with(wanted), "{text}: {error}"),
        }
    }
}

#[test]
fn models_are_written_without_what_is_not_set() {
    let tolerant = Tolerant { int: Some(1), state: Some(State::ShutDown), ..Tolerant::default() };
    assert_eq!(to_value(&tolerant).ok(), Some(json!({ "Int": 1, "State": "SHUT-DOWN" })));
    let value: Value = to_value(Inner { id: "a".to_owned(), size: 0 }).unwrap_or_default();
    assert_eq!(value, json!({ "Id": "a", "Size": 0 }));
}

#[test]
fn the_runtime_may_have_another_name() {
    use cloudcall_renamed::{DescribeZones, State, Zones};
    let zones = DescribeZones::builder().region("r").key("k3y").build();
    assert_eq!(
        sent(&zones),
        [triple("Region", ParamLocation::Auto, "\"r\""), triple("Key", ParamLocation::Auto, "\"k3y\"")]
    );
    assert!(!format!("{zones:?}").contains("k3y"));
    let read: Zones = from_json(r#"{"ZoneSet":{"Zone":1,"ZoneState":"AVAILABLE"}}"#).expect("it is right");
    let zone = read.zone_set.and_then(|mut zones| zones.pop()).expect("there is one");
    assert_eq!((zone.zone.as_str(), zone.zone_state), ("1", Some(State::Available)));
}

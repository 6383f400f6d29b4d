//! Traffic of the local cloud, recorded and played again.

use std::io::Cursor;
use std::path::PathBuf;

use base64::Engine as _;

use cloudcall::action::{ActionInfo, BodyFormat, CallStyle, Param};
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::provider::Provider;
use cloudcall::testing::{Cassette, MockResponse, MockRule, MockTransport, Recorder, Replay};
use cloudcall::transport::HttpSend;
use cloudcall::upload::FilePart;
use cloudcall::{Alibaba, Client, Error, ErrorKind, Huawei, Qcloud, Tencent};
use cloudcall_tests::transport::Transport;

const SECRET: &str = "planted-traffic-secret";
const TOKEN: &str = "planted-traffic-token";

fn transport() -> Transport {
    Transport::new(&HttpOptions::builder().proxies(Proxies::None).build().unwrap()).unwrap()
}

async fn cloud() -> LocalCloud {
    LocalCloud::builder()
        .account_with_token("AKIDtraffic", SECRET, TOKEN)
        .on_each(
            "DescribeZones",
            [
                LocalResponse::raw(503, "text/plain", "busy"),
                LocalResponse::ok(json!({ "TotalCount": 3, "Zone": "广州" })),
                LocalResponse::error("InternalError", "once more"),
            ],
        )
        .on("DescribeRegions", |_| LocalResponse::ok(json!({ "Regions": { "Region": [] } })))
        .on("DescribeInstances", |_| LocalResponse::error("5000", "none"))
        .on_path(Method::POST, "/v3/{project_id}/vpcs", |request| {
            LocalResponse::ok(json!({ "vpc": request.params["vpc"], "password": "planted-response" }))
        })
        .on_path(Method::GET, "/clusters", |_| LocalResponse::ok(json!([{ "name": "c" }])))
        .start()
        .await
        .unwrap()
}

/// All that a program does, through `transport`: what it saw of responses and errors.
async fn program(endpoint: &str, transport: impl HttpSend + Clone + 'static) -> Vec<Result<Value, String>> {
    fn client<P: Provider + Default>(endpoint: &str, transport: impl HttpSend + 'static) -> Client<P> {
        let keys = Credential::new("AKIDtraffic", SECRET).unwrap().with_token(TOKEN).with_project_id("p1");
        let builder = Client::<P>::builder().endpoint(endpoint).region("ap-guangzhou");
        builder.credentials(StaticCredentials::new(keys)).transport(transport).build().unwrap()
    }
    let told = |outcome: Result<cloudcall::Value, Error>| {
        outcome.map(Value::from).map_err(|error| {
            format!("{} {:?} {} {}", error.kind(), error.code(), error.message(), error.attempts())
        })
    };
    let tencent = client::<Tencent>(endpoint, transport.clone());
    let qcloud = client::<Qcloud>(endpoint, transport.clone());
    let huawei = client::<Huawei>(endpoint, transport.clone());
    let alibaba = client::<Alibaba>(endpoint, transport);
    let vpcs = ActionInfo::new("vpc", "v3", "CreateVpc")
        .with_method(Method::POST)
        .with_path("/v3/{project_id}/vpcs");
    let vpc = json!({ "vpc": { "name": "front" }, "password": "planted-parameter" });
    let clusters = ActionInfo::new("cs", "2015-12-15", "DescribeClusters")
        .with_method(Method::GET)
        .with_path("/clusters");
    let clusters = clusters.with_style(CallStyle::Roa);
    let zones = || tencent.raw("cvm", "2017-03-12", "DescribeZones").json(json!({ "A": 1 }));
    vec![
        told(zones().invoke().await.map(cloudcall::Response::into_inner)),
        told(
            zones()
                .with_retry(cloudcall::retry::RetryPolicy::none())
                .invoke()
                .await
                .map(cloudcall::Response::into_inner),
        ),
        told(
            qcloud
                .raw("cvm", "", "DescribeInstances")
                .json(json!({ "limit": 1 }))
                .invoke()
                .await
                .map(cloudcall::Response::into_inner),
        ),
        told(huawei.raw_action(vpcs).json(vpc).invoke().await.map(cloudcall::Response::into_inner)),
        told(
            alibaba
                .raw("ecs", "2014-05-26", "DescribeRegions")
                .json(json!({ "L": ["a"] }))
                .invoke()
                .await
                .map(cloudcall::Response::into_inner),
        ),
        told(alibaba.raw_action(clusters).invoke().await.map(cloudcall::Response::into_inner)),
    ]
}

#[tokio::test]
async fn what_the_local_cloud_sent_is_played_again() {
    let cloud = cloud().await;
    let recorder = Recorder::new(transport());
    let live = program(&cloud.url(), recorder.clone()).await;
    assert_eq!(live[0].as_ref().unwrap()["TotalCount"], 3);
    assert_eq!(live.iter().filter(|outcome| outcome.is_err()).count(), 2, "{live:?}");
    let file = file("traffic");
    recorder.save(&file).unwrap();
    let text = Cassette::read(&file).unwrap().to_text().unwrap();
    assert!(!text.contains("planted") && !text.contains("Authorization"), "{text}");
    assert!(!text.contains("AKIDtraffic"), "{text}");
    assert!(text.contains("广州"), "text stays text: {text}");

    for in_order in [true, false] {
        let replay = Replay::new(Cassette::read(&file).unwrap());
        let replay = if in_order { replay.in_order() } else { replay };
        // Another place, and other times, nonces and signatures.
        let mut played = program("https://another.example", replay.clone()).await;
        // The recording never had it.
        played[3].as_mut().unwrap()["password"] = json!("planted-response");
        assert_eq!(played, live);
        replay.verify().unwrap();
    }
    std::fs::remove_file(&file).unwrap();
}

fn file(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("cloudcall-{name}-{}.jsonl", std::process::id()))
}

fn zones_mock(response: MockResponse) -> MockTransport {
    MockTransport::builder().rule(MockRule::any().respond(response)).build().unwrap()
}

async fn ask<T: HttpSend + Clone + 'static>(transport: &T, params: Value) -> Result<cloudcall::Value, Error> {
    let client = zones_mock(MockResponse::bare(500)).client::<Tencent>().transport(transport.clone());
    let client = client.region("ap-guangzhou").retry(cloudcall::retry::RetryPolicy::none()).build().unwrap();
    client
        .raw("cvm", "2017-03-12", "DescribeZones")
        .json(params)
        .invoke()
        .await
        .map(cloudcall::Response::into_inner)
}

#[tokio::test]
async fn a_request_that_was_not_recorded_is_told_and_not_retried() {
    let recorder = Recorder::new(zones_mock(MockResponse::ok(json!({ "n": 1 }))));
    ask(&recorder, json!({ "Limit": 1, "Zone": { "Name": "a" } })).await.unwrap();
    ask(&recorder, json!({ "Limit": 2 })).await.unwrap();
    let replay = Replay::new(recorder.cassette());
    let error = ask(&replay, json!({ "Limit": 1, "Zone": { "Name": "b" } })).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 1));
    assert_eq!(
        error.message(),
        "replay: tencent DescribeZones (POST cvm.tencentcloudapi.com/) is not in the recording: the nearest, exchange 1 \
         (tencent DescribeZones, POST /) differs: `body.Zone.Name` is `\"b\"`, recorded was `\"a\"`; record again if it is \
         right"
    );
    ask(&replay, json!({ "Zone": { "Name": "a" }, "Limit": 1 })).await.unwrap();
    let again = ask(&replay, json!({ "Zone": { "Name": "a" }, "Limit": 1 })).await.unwrap_err();
    assert!(again.message().contains("it was recorded once, and that was played"), "{again}");
    let unmet = replay.verify().unwrap_err().to_string();
    assert!(unmet.contains("exchange 2 (tencent DescribeZones, POST /) was not requested"), "{unmet}");

    let replay = Replay::new(recorder.cassette()).in_order();
    let early = ask(&replay, json!({ "Limit": 2 })).await.unwrap_err();
    assert!(early.message().contains("the recording has another exchange next: exchange 1"), "{early}");
    assert!(early.message().contains("`body.Zone` is missing"), "{early}");
    let empty = ask(&Replay::new(Cassette::default()), json!({})).await.unwrap_err();
    assert!(empty.message().contains("or there are none"), "{empty}");
}

#[tokio::test]
async fn what_a_test_names_is_masked_or_left_out() {
    let response = json!({ "PinCode": "planted-pin", "Note": "it is planted-literal", "Id": "stays" });
    let recorder =
        Recorder::new(zones_mock(MockResponse::ok(response).header("X-Subject-Token", "planted-iam")));
    let recorder = recorder.scrub("pincode").scrub_value("planted-literal").ignore("EndTime");
    let params = |time: &str, pin: &str| json!({ "EndTime": time, "PinCode": pin, "ClientToken": time });
    ask(&recorder, params("monday", "planted-1")).await.unwrap();
    let text = recorder.cassette().to_text().unwrap();
    assert!(!text.contains("planted") && text.contains("stays"), "{text}");
    let replay = Replay::new(Cassette::parse(&text).unwrap());
    let played = ask(&replay, params("tuesday", "another")).await.unwrap();
    assert_eq!(
        (&played["PinCode"], &played["Note"]),
        (&cloudcall::Value::from("****"), &cloudcall::Value::from("it is ****"))
    );
    let shown = format!("{recorder:?} {replay:?}");
    assert!(!shown.contains("planted"), "{shown}");
}

#[tokio::test]
async fn failures_and_broken_bodies_are_recorded_too() {
    for (response, kind) in [
        (MockResponse::refused(), ErrorKind::Connect),
        (MockResponse::hang_up(), ErrorKind::Io),
        (MockResponse::ok(json!({ "TotalCount": 1 })).cut_off(), ErrorKind::Io),
        (MockResponse::raw(200, "application/octet-stream", &b"\xff\xfe\x00"[..]), ErrorKind::Decode),
    ] {
        let recorder = Recorder::new(zones_mock(response));
        let live = ask(&recorder, json!({})).await.unwrap_err();
        let text = recorder.cassette().to_text().unwrap();
        let played = ask(&Replay::new(Cassette::parse(&text).unwrap()), json!({})).await.unwrap_err();
        assert_eq!((live.kind(), played.kind()), (kind, kind), "{text}");
        assert_eq!(live.may_have_been_sent(), played.may_have_been_sent(), "{text}");
        assert_eq!(live.raw_body(), played.raw_body(), "{text}");
    }
}

#[test]
fn files_that_are_no_recording_say_what_is_wrong() {
    let head = r#"{"format":"cloudcall cassette","version":1}"#;
    let exchange = |outcome: &str| {
        let request =
            r#"{"method":"GET","host":"h","path":"/","query":"","content_type":"","body":{"text":""}}"#;
        format!(
            r#"{head}{}{{"cloud":"tencent","product":"p","action":"A","request":{request},{outcome}}}"#,
            "\n"
        )
    };
    let response = |status: u32, body: &str| {
        exchange(&format!(r#""response":{{"status":{status},"headers":[],"body":{body},"whole":true}}"#))
    };
    assert_eq!(Cassette::parse(&response(200, r#"{"base64":"/w=="}"#)).unwrap().len(), 1);
    assert!(Cassette::parse(head).unwrap().is_empty());
    let whole = response(200, r#"{"text":""}"#);
    for (text, wanted) in [
        ("", "the file is empty"),
        ("[1, 2]", "line 1: this is not the header of a cassette"),
        (r#"{"format":"har","version":1}"#, "line 1: the format is not `cloudcall cassette`"),
        (
            r#"{"format":"cloudcall cassette","version":2}"#,
            "line 1: the version is 2, but this cloudcall reads 1",
        ),
        (&whole[..whole.len() - 9], "line 2: this is not a recorded exchange"),
        (&response(200, r#"{"base64":"!"}"#), "line 2: the response's body is not base64"),
        (&response(42, r#"{"text":""}"#), "line 2: the response's status is not one of HTTP"),
        (
            &exchange(r#""failure":{"kind":"odd","sent":"no","message":""}"#),
            "line 2: the kind or the send state of the failure is unknown",
        ),
    ] {
        let error = Cassette::parse(text).unwrap_err();
        assert!(error.kind() == ErrorKind::Config && error.message().contains(wanted), "{wanted}: {error}");
    }
    let missing = Cassette::read(file("missing")).unwrap_err();
    assert!(missing.kind() == ErrorKind::Io && missing.message().contains("cannot be read"), "{missing}");
    let nowhere = Cassette::default().save(file("missing").join("x")).unwrap_err();
    assert!(nowhere.message().contains("cannot be written"), "{nowhere}");
}

/// The recorder reads an upload into memory first: what is recorded is what was sent, whole.
#[tokio::test]
async fn an_upload_from_a_source_is_recorded_whole() {
    let log: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    let info = || ActionInfo::new("cls", "2020-10-16", "UploadLog").with_body_format(BodyFormat::OctetStream);
    let upload = async |transport: &dyn Fn() -> ClientBuilder<Tencent>, bytes: &[u8]| {
        let (bytes, length) = (bytes.to_vec(), bytes.len() as u64);
        let file = FilePart::reader(length, move || Ok::<_, std::io::Error>(Cursor::new(bytes.clone())));
        let client =
            transport().region("ap-guangzhou").retry(cloudcall::retry::RetryPolicy::none()).build().unwrap();
        client.raw_action(info()).file(Param::new("Body"), file).invoke().await
    };
    let mock = zones_mock(MockResponse::ok(json!({ "Stored": true })));
    let recorder = Recorder::new(mock.clone());
    upload(&|| mock.client().transport(recorder.clone()), &log).await.unwrap();
    let text = recorder.cassette().to_text().unwrap();
    let encoded = base64::engine::general_purpose::STANDARD.encode(&log);
    assert!(text.contains(&encoded), "the bytes are in the recording");

    let replay = Replay::new(Cassette::parse(&text).unwrap());
    let error = upload(&|| mock.client().transport(replay.clone()), &log[1..]).await.unwrap_err();
    assert!(error.message().contains("is not in the recording"), "{error}");
    let played = upload(&|| mock.client().transport(replay.clone()), &log).await.unwrap();
    assert_eq!(played["Stored"], true);
    replay.verify().unwrap();
}

/// Of a response that is read as it comes, what was read is recorded; one that was left before its end is played up to there.
#[tokio::test]
async fn streams_and_downloads_are_recorded_as_far_as_they_were_read() {
    let pieces =
        || MockResponse::pieces(200, "application/octet-stream", [&b"PK-one "[..], b"two ", b"three"]);
    let mock = MockTransport::builder()
        .rule(MockRule::action("Chat").respond(MockResponse::events([json!({ "n": 1 }), json!({ "n": 2 })])))
        .rule(MockRule::action("GetReport").respond(pieces()))
        .build()
        .unwrap();
    let client = |transport: Box<dyn Fn() -> ClientBuilder<Tencent>>| {
        transport().region("ap-guangzhou").retry(cloudcall::retry::RetryPolicy::none()).build().unwrap()
    };
    // Events to their end, a download to its end, and one that is dropped after its first piece.
    let program = async |client: Client<Tencent>| {
        let mut seen = Vec::new();
        let mut events = client.raw("hunyuan", "2023-09-01", "Chat").stream().await.unwrap();
        while let Some(event) = events.next().await {
            seen.push(event.unwrap()["n"].to_string());
        }
        let report =
            |number: u32| client.raw("cvm", "2017-03-12", "GetReport").json(json!({ "Number": number }));
        let mut whole = Vec::new();
        report(1).download().await.unwrap().to_writer(&mut whole).await.unwrap();
        seen.push(String::from_utf8(whole).unwrap());
        let mut left = report(2).download().await.unwrap();
        seen.push(String::from_utf8(left.next().await.unwrap().unwrap().to_vec()).unwrap());
        (seen, left)
    };
    let (recorder, keys) = (Recorder::new(mock.clone()), mock.clone());
    let recording = recorder.clone();
    let (live, left) = program(client(Box::new(move || keys.client().transport(recording.clone())))).await;
    drop(left);
    assert_eq!(live, ["1", "2", "PK-one two three", "PK-one "]);

    let replay = Replay::new(Cassette::parse(&recorder.cassette().to_text().unwrap()).unwrap());
    let playing = replay.clone();
    let (played, mut left) =
        program(client(Box::new(move || mock.client().transport(playing.clone())))).await;
    assert_eq!(played, live);
    assert_eq!(left.next().await.unwrap().unwrap_err().kind(), ErrorKind::Io, "there the recording ends");
    replay.verify().unwrap();
}

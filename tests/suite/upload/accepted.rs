//! What leaves is what bytes in memory would be, and every cloud's signature of it holds.

use std::io::Cursor;
use std::sync::{Arc, Mutex};

use cloudcall::http::Method;
use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalCloudBuilder, LocalRequest, LocalResponse};
use cloudcall::provider::Provider;
use cloudcall::provider::{alibaba, huawei};
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::upload::FilePart;
use cloudcall::{Alibaba, Client, Error, Huawei, async_trait};
use cloudcall_tests::server::{Reply, Server};

use super::*;

type Bodies = Arc<Mutex<Vec<LocalRequest>>>;

/// A cloud that keeps what it accepted.
fn cloud() -> (LocalCloudBuilder, Bodies) {
    let bodies = Bodies::default();
    let keep = || {
        let bodies = bodies.clone();
        move |request: &LocalRequest| {
            bodies.lock().unwrap().push(request.clone());
            LocalResponse::ok(json!({}))
        }
    };
    let cloud = LocalCloud::builder()
        .account("AKIDlong", "long-secret")
        .on("UploadLog", keep())
        .on("PutThing", keep())
        .on_path(Method::POST, "/v1/{project_id}/things", keep())
        .context(FakeTime::at(NOW).context());
    (cloud, bodies)
}

fn client<P: Provider + Default>(cloud: &LocalCloud, time: &FakeTime) -> ClientBuilder<P> {
    Client::<P>::builder()
        .region("cn-north-4")
        .endpoint(cloud.endpoint())
        .credentials(keys())
        .http(no_proxy())
        .retry(RetryPolicy::none())
        .context(time.context())
}

/// The same bytes from every kind of source.
fn parts(file: &TempFile, data: &[u8]) -> Vec<FilePart> {
    let (known, unknown) = (data.to_vec(), data.to_vec());
    let len = data.len() as u64;
    vec![
        FilePart::new(data.to_vec()),
        FilePart::path(&file.0),
        FilePart::reader(len, move || Ok(Cursor::new(known.clone()))),
        FilePart::reader(None, move || Ok(Cursor::new(unknown.clone()))),
        changing(Some(len), vec![data.to_vec()]).0,
        changing(None, vec![data.to_vec()]).0,
    ]
}

#[tokio::test]
async fn every_source_arrives_under_every_signature() {
    let (builder, bodies) = cloud();
    let cloud = builder.start().await.unwrap();
    let time = FakeTime::at(NOW);
    let mut tencents = Vec::new();
    for unsigned in [false, true] {
        tencents.push(client::<Tencent>(&cloud, &time).unsigned_payload(unsigned).build().unwrap());
    }
    let mut huaweis = Vec::new();
    for method in
        [huawei::SignMethod::HmacSha256, huawei::SignMethod::DerivedHmacSha256, huawei::SignMethod::HmacSm3]
    {
        for all in [false, true] {
            let client = client::<Huawei>(&cloud, &time).sign_method(method).sign_all_payloads(all);
            huaweis.push(client.build().unwrap());
        }
    }
    let mut alibabas = Vec::new();
    for method in
        [alibaba::SignMethod::Acs3HmacSha256, alibaba::SignMethod::Acs3HmacSm3, alibaba::SignMethod::HmacSha1]
    {
        alibabas.push(client::<Alibaba>(&cloud, &time).sign_method(method).build().unwrap());
    }
    let put = ActionInfo::new("obs", "v1", "PutThing")
        .with_method(Method::POST)
        .with_path("/v1/{project_id}/things");
    let put = put.with_body_format(BodyFormat::OctetStream);
    let roa =
        ActionInfo::new("cs", "2015-12-15", "PutThing").with_method(Method::POST).with_path("/v1/p1/things");
    let roa = roa.with_body_format(BodyFormat::OctetStream);
    for len in [0, 1, 131_072, LARGE] {
        let data = bytes(len);
        let file = TempFile::new("x.bin", &data);
        for part in parts(&file, &data) {
            let shown = format!("{part:?}, {len}");
            let check = |outcome: Result<_, Error>| {
                outcome.map(drop).unwrap_or_else(|error| panic!("{shown}: {error}"));
            };
            for client in &tencents {
                check(upload(client, part.clone()).invoke().await);
            }
            for client in &huaweis {
                let call = client.raw_action(put.clone()).file(Param::new("file"), part.clone());
                check(call.invoke().await);
            }
            for client in &alibabas {
                let call = client.raw_action(roa.clone()).file(Param::new("file"), part.clone());
                check(call.invoke().await);
            }
            let seen = std::mem::take(&mut *bodies.lock().unwrap());
            assert_eq!(seen.len(), 2 + 6 + 3);
            for request in seen {
                assert!(request.body == data, "{shown}: {}", request.provider);
                let announced = request.header("content-length").unwrap_or("0");
                assert_eq!(announced, len.to_string(), "{shown}");
                assert_eq!(request.header("transfer-encoding"), None);
            }
        }
    }
    assert!(cloud.requests().iter().all(|record| record.verdict.is_accepted()));
}

#[tokio::test]
async fn a_form_that_is_read_on_the_way_is_the_form_in_memory() {
    let server = Server::replies([Reply::json("{}")]).await;
    let data = bytes(LARGE);
    let file = TempFile::new("photo.png", &data);
    let info = ActionInfo::new("dsc", "v1", "PutThing")
        .with_method(Method::POST)
        .with_path("/v1/x")
        .with_body_format(BodyFormat::Multipart);
    let mut bodies = Vec::new();
    for part in parts(&file, &data) {
        // The same time and the same chance: the same boundary.
        let client = Client::<Huawei>::builder()
            .region("cn-north-4")
            .endpoint(server.url().as_str())
            .credentials(keys())
            .http(no_proxy())
            .context(FakeTime::at(NOW).context())
            .build()
            .unwrap();
        let part = part.file_name("photo.png").content_type("image/png");
        let call = client.raw_action(info.clone()).json(json!({ "blind_watermark": "w", "n": 1 }));
        call.file(Param::new("file"), part)
            .file(Param::new("more"), FilePart::new("end"))
            .invoke()
            .await
            .unwrap();
        let request = server.requests().pop().unwrap();
        assert_eq!(request.header("content-length").unwrap(), request.body.len().to_string());
        assert_eq!(request.header("x-sdk-content-sha256"), Some("UNSIGNED-PAYLOAD"));
        bodies.push(request.body);
    }
    assert!(bodies.windows(2).all(|two| two[0] == two[1]));
    let text = String::from_utf8_lossy(&bodies[0]).into_owned();
    assert!(text.contains("name=\"file\"; filename=\"photo.png\"\r\nContent-Type: image/png\r\n\r\n"));
}

#[tokio::test]
async fn forms_arrive_with_any_file_name_and_are_signed_whole() {
    let (builder, seen) = cloud();
    let cloud = builder.start().await.unwrap();
    let data = bytes(LARGE);
    let file = TempFile::new("a\"b;\u{4e2d}\r\n.png", &data);
    let time = FakeTime::at(NOW);
    let info = ActionInfo::new("cii", "2021-04-08", "PutThing").with_body_format(BodyFormat::Multipart);
    for unsigned in [false, true] {
        let tencent = client::<Tencent>(&cloud, &time).unsigned_payload(unsigned).build().unwrap();
        let call = tencent.raw_action(info.clone()).json(json!({ "Kind": "x", "List": [1] }));
        call.file(Param::new("File"), FilePart::path(&file.0)).invoke().await.unwrap();
    }
    let huawei = client::<Huawei>(&cloud, &time).sign_all_payloads(true).build().unwrap();
    let info = ActionInfo::new("dsc", "v1", "PutThing")
        .with_method(Method::POST)
        .with_path("/v1/{project_id}/things");
    let call = huawei.raw_action(info.with_body_format(BodyFormat::Multipart)).json(json!({ "Kind": "x" }));
    call.file(Param::new("File"), FilePart::path(&file.0).content_type("image/png")).invoke().await.unwrap();
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 3);
    for request in &*seen {
        let found = request.file("File").unwrap();
        assert_eq!(found.name, "a\"b;\u{4e2d}\r\n.png", "{}", request.provider);
        assert!(found.data == data);
        assert_eq!(request.param("Kind").as_deref(), Some("x"));
    }
    assert_eq!(seen[2].file("File").unwrap().content_type.as_deref(), Some("image/png"));
}

/// A transport that knows whole bodies only.
#[derive(Debug)]
struct Whole(Arc<Mutex<Vec<u8>>>);

#[async_trait]
impl HttpSend for Whole {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        *self.0.lock().unwrap() = request.body().to_vec();
        Ok(cloudcall::http::Response::new(ResponseBody::whole(OK)))
    }
}

#[tokio::test]
async fn a_transport_without_streams_gets_bytes() {
    let got = Arc::new(Mutex::new(Vec::new()));
    let client = tencent("http://127.0.0.1:1").transport(Whole(got.clone())).build().unwrap();
    let data = bytes(LARGE);
    let file = TempFile::new("x", &data);
    upload(&client, FilePart::path(&file.0)).invoke().await.unwrap();
    assert!(*got.lock().unwrap() == data);
    // The second pass gives other bytes: such a transport never sees a request.
    got.lock().unwrap().clear();
    let mut other = data.clone();
    other[LARGE - 1] ^= 1;
    let error = upload(&client, changing(None, vec![data, other]).0).invoke().await.unwrap_err();
    assert_eq!(error.kind(), cloudcall::ErrorKind::RequestBody, "{error}");
    assert!(got.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_signed_request_without_its_body_is_not_handed_out() {
    let client = tencent("http://127.0.0.1:1").build().unwrap();
    let bytes = upload(&client, FilePart::new("abc")).sign_only().await.unwrap();
    assert_eq!(bytes.body(), "abc");
    let file = TempFile::new("x", b"abc");
    let error: Error = upload(&client, FilePart::path(&file.0)).sign_only().await.unwrap_err();
    assert_eq!(error.kind(), cloudcall::ErrorKind::Config);
    assert!(error.to_string().contains("give the body as bytes"), "{error}");
}

#[tokio::test]
async fn an_octet_stream_is_one_file() {
    let client = tencent("http://127.0.0.1:1").build().unwrap();
    let call = upload(&client, FilePart::new("a")).file(Param::new("Other"), FilePart::new("b"));
    let error = call.invoke().await.unwrap_err();
    assert!(error.to_string().contains("one file, not several"), "{error}");
    let alibaba = Client::<Alibaba>::builder().region("r").credentials(keys()).build().unwrap();
    let info = ActionInfo::new("cs", "2015-12-15", "PutThing").with_method(Method::POST).with_path("/x");
    let call = alibaba.raw_action(info).file(Param::new("a"), FilePart::new("a"));
    let error = call.file(Param::new("b"), FilePart::new("b")).invoke().await.unwrap_err();
    assert!(error.to_string().contains("one file, not several"), "{error}");
}

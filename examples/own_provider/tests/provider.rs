//! Compares the provider with values of the vendor's package, and calls it as users do.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::sync::{Arc, Mutex};

use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::{Value, json};
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::{Client, ErrorKind, async_trait, cloud_action, cloud_model, http};
use cloudcall_own_provider::Ucloud;

/// Gives every request the same response, and records the requests.
#[derive(Debug, Clone)]
struct Fixed(Arc<(http::Response<String>, Mutex<Vec<HttpRequest>>)>);

impl Fixed {
    fn new(body: &str) -> Self {
        let response = http::Response::builder().header("X-UCLOUD-REQUEST-UUID", "r-1");
        Self(Arc::new((response.body(body.to_owned()).unwrap(), Mutex::default())))
    }

    fn last(&self) -> HttpRequest {
        self.0.1.lock().unwrap().last().unwrap().clone()
    }
}

#[async_trait]
impl HttpSend for Fixed {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.0.1.lock().unwrap().push(request);
        Ok(self.0.0.clone().map(ResponseBody::whole))
    }
}

fn client(transport: &Fixed, row: &Value) -> Client<Ucloud> {
    let text = |name: &str| row[name].as_str().unwrap();
    let cloud = row["project_id"].as_str().map_or_else(Ucloud::default, Ucloud::of_project);
    let keys = Credential::new(text("public_key"), text("private_key")).unwrap();
    let builder =
        Client::builder_for(cloud).credentials(StaticCredentials::new(keys)).transport(transport.clone());
    match row["region"].as_str() {
        Some(region) => builder.region(region).build().unwrap(),
        None => builder.build().unwrap(),
    }
}

/// The pairs of a form, sorted by name.
fn pairs(body: &[u8]) -> Vec<(String, String)> {
    let plain = |text: &str| {
        let mut out = Vec::new();
        let mut bytes = text.bytes();
        while let Some(byte) = bytes.next() {
            out.push(match byte {
                b'+' => b' ',
                b'%' => {
                    let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
                    u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
                }
                other => other,
            });
        }
        String::from_utf8(out).unwrap()
    };
    let text = std::str::from_utf8(body).unwrap();
    let mut pairs: Vec<_> = text
        .split('&')
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(a, b)| (plain(a), plain(b)))
        .collect();
    pairs.sort();
    pairs
}

#[tokio::test]
async fn every_request_is_the_vendors() {
    let mut count = 0;
    for line in include_str!("../vectors/ucloud.jsonl").lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let transport = Fixed::new(r#"{"RetCode":0}"#);
        let call =
            client(&transport, &row).raw("uhost", "", row["action"].as_str().unwrap()).json(&row["params"]);
        call.invoke().await.unwrap();
        let wanted = row["payload"].as_object().unwrap();
        let wanted: Vec<_> =
            wanted.iter().map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect();
        let mut sorted = wanted;
        sorted.sort();
        let request = transport.last();
        assert_eq!(pairs(request.body()), sorted, "{}", row["id"]);
        assert_eq!(
            (request.method(), request.uri()),
            (&http::Method::POST, &"https://api.ucloud.cn/".parse().unwrap())
        );
        count += 1;
    }
    assert_eq!(count, 40);
}

/// Lists instances.
#[cloud_action(provider = cloudcall_own_provider::Ucloud, product = "uhost", version = "", response = Hosts,
               action = "DescribeUHostInstance")]
pub(crate) struct DescribeUhostInstance {
    pub(crate) limit: Option<i64>,
}

#[cloud_model(provider = cloudcall_own_provider::Ucloud, response)]
pub(crate) struct Hosts {
    pub(crate) total_count: i64,
}

fn keys() -> Value {
    json!({ "public_key": "public", "private_key": "private", "region": "cn-bj2" })
}

#[tokio::test]
async fn typed_calls_and_errors_are_those_of_any_cloud() {
    let transport = Fixed::new(r#"{"RetCode":0,"TotalCount":3}"#);
    let found = client(&transport, &keys()).describe_uhost_instance().limit(1).send().await.unwrap();
    assert_eq!((found.total_count, found.request_id()), (3, Some("r-1")));

    let transport = Fixed::new(r#"{"RetCode":171,"Message":"Signature VerifyAC Error"}"#);
    let error = client(&transport, &keys()).describe_uhost_instance().send().await.unwrap_err();
    assert_eq!((error.kind(), error.code(), error.request_id()), (ErrorKind::Auth, Some("171"), Some("r-1")));
    assert_eq!(error.provider(), Some("ucloud"));

    let transport = Fixed::new("<html>");
    let error = client(&transport, &keys()).describe_uhost_instance().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}

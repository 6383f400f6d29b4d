//! What is signed is what is sent: random calls of both Tencent APIs against a server that reads the bytes that arrive,
//! computes every signature again by a canonicalisation of its own, and gives back what it understood.

use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::{Map, Value, json};
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::provider::Provider;
use cloudcall::provider::tencent::{Method, SignMethod};
use cloudcall::provider::{qcloud, tencent};
use cloudcall::{Client, Qcloud, Tencent};

/// A small generator (xorshift): the same cases in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    /// Reserved characters, blanks, other scripts, characters of four bytes, and nothing at all.
    fn text(&mut self) -> String {
        const PIECES: [&str; 24] = [
            "a", "Z", "0", "-", "_", ".", "~", " ", "+", "%", "%41", "&", "=", "*", "/", "?", "#", "\"",
            "\\", "é", "文", "😀", "\n", "\u{0}",
        ];
        (0..self.below(9)).map(|_| PIECES[self.below(24) as usize]).collect()
    }

    /// Names are those of parameters: the vendors have no others.
    fn params(&mut self) -> Map<String, Value> {
        let mut params = Map::new();
        for n in 0..self.below(6) {
            let value = match self.below(5) {
                0 => json!(self.below(1 << 50)),
                1 => json!([self.text(), self.text()]),
                2 => json!([{ "Name": self.text(), "Values": [self.text()] }, { "Name": self.text() }]),
                3 => json!({ "Inner": { "Deep": self.text() } }),
                _ => json!(self.text()),
            };
            params.insert(format!("P_{n}.X").replace(['.', '_'], ["", "_"][self.below(2) as usize]), value);
        }
        params
    }
}

/// A tree as a flattened request can carry it: every leaf a text.
fn as_texts(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), as_texts(value))).collect()
        }
        Value::Array(items) => items.iter().map(as_texts).collect(),
        Value::String(_) => value.clone(),
        other => Value::String(other.to_string()),
    }
}

async fn server() -> LocalCloud {
    let echo =
        |request: &cloudcall::local::LocalRequest| LocalResponse::ok(json!({ "Echo": request.params }));
    LocalCloud::builder()
        .account("AKIDrandom", "random-secret")
        .on("DescribeEcho", echo)
        .start()
        .await
        .unwrap()
}

fn client<P: Provider + Default>(cloud: &LocalCloud) -> Client<P> {
    Client::<P>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new("AKIDrandom", "random-secret").unwrap()))
        .http(HttpOptions::builder().proxies(Proxies::None).build().unwrap())
        .build()
        .unwrap()
}

const CASES: usize = 300;

#[tokio::test]
async fn api_3_by_every_method_and_signature() {
    let cloud = server().await;
    let client = client::<Tencent>(&cloud);
    let mut random = Random(7);
    for (sign, unsigned) in [
        (SignMethod::Tc3HmacSha256, false),
        (SignMethod::Tc3HmacSha256, true),
        (SignMethod::HmacSha256, false),
        (SignMethod::HmacSha1, false),
    ] {
        for method in [Method::Post, Method::Get] {
            for _ in 0..CASES {
                let params = random.params();
                let response = client
                    .raw("cvm", "2017-03-12", "DescribeEcho")
                    .json(&params)
                    .with_cloud(|cloud: &mut tencent::Cloud| {
                        cloud.sign_method = sign;
                        cloud.method = method;
                        cloud.unsigned_payload = unsigned;
                    })
                    .invoke()
                    .await;
                let response =
                    response.unwrap_or_else(|error| panic!("{sign:?} {method:?} {params:?}: {error}"));
                let json = sign == SignMethod::Tc3HmacSha256 && method == Method::Post;
                let sent = Value::Object(params);
                let wanted = if json { sent } else { as_texts(&sent) };
                assert_eq!(response["Echo"], wanted, "{sign:?} {method:?}");
            }
        }
    }
    assert!(cloud.requests().iter().all(|request| request.verdict.is_accepted()));
    assert_eq!(cloud.requests().len(), CASES * 8);
}

#[tokio::test]
async fn api_2_by_every_method_and_signature() {
    let cloud = server().await;
    let client = client::<Qcloud>(&cloud);
    let mut random = Random(11);
    for sign in [qcloud::SignMethod::HmacSha1, qcloud::SignMethod::HmacSha256] {
        for method in [qcloud::Method::Get, qcloud::Method::Post] {
            for _ in 0..CASES {
                let params = random.params();
                let response = client
                    .raw("cvm", "", "DescribeEcho")
                    .json(&params)
                    .with_cloud(|cloud| {
                        cloud.sign_method = sign;
                        cloud.method = method;
                    })
                    .invoke()
                    .await;
                let response =
                    response.unwrap_or_else(|error| panic!("{sign:?} {method:?} {params:?}: {error}"));
                assert_eq!(response["Echo"], as_texts(&Value::Object(params)), "{sign:?} {method:?}");
            }
        }
    }
    assert!(cloud.requests().iter().all(|request| request.verdict.is_accepted()));
}

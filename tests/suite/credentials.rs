//! Credential chains as data: environment and files in, a credential or an error out.
//!
//! Each file of `tests/credentials/<cloud>/` is a list of cases:
//! `name`; `env`; `files` (path to text, `{"base64": …}` or `{"error": "denied"}`); and `expect`, which is
//! `{id, secret, token?, source}` or `{error: [texts that the message holds]}`.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use cloudcall::json::Value;
use cloudcall::secrecy::ExposeSecret;
use cloudcall::{Client, Context, CredentialCache, Env, ErrorKind, Provider, ReadFile, Tencent};

#[derive(Debug, Clone)]
struct SetUp {
    env: HashMap<String, String>,
    files: HashMap<String, Value>,
}

impl SetUp {
    fn of(case: &Value) -> Self {
        let texts = |value: &Value| value.as_object().cloned().unwrap_or_default();
        Self {
            env: texts(&case["env"]).into_iter().map(|(k, v)| (k, v.as_str().unwrap().to_owned())).collect(),
            files: texts(&case["files"]).into_iter().collect(),
        }
    }
}

impl Env for SetUp {
    fn var(&self, name: &str) -> Option<String> {
        self.env.get(name).cloned()
    }
}

impl ReadFile for SetUp {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        let file = self.files.get(path.to_str().unwrap()).ok_or_else(missing)?;
        if file["error"].is_string() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Ok(cloudcall_examples::sign::bytes(file).unwrap())
    }

    fn modified(&self, _: &Path) -> io::Result<SystemTime> {
        Ok(UNIX_EPOCH)
    }

    fn readable_by_others(&self, _: &Path) -> bool {
        false
    }
}

async fn check(cloud: &dyn Provider, cases: &str) {
    let cases: Vec<Value> = cloudcall::json::from_str(cases).unwrap();
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let set_up = SetUp::of(case);
        let context = Context::system().with_env(set_up.clone()).with_files(set_up);
        let given = CredentialCache::new(cloud.default_credentials()).get(&context).await;
        let expect = &case["expect"];
        match (given, expect["error"].as_array()) {
            (Ok(credential), None) => {
                assert_eq!(credential.id(), expect["id"], "{name}");
                assert_eq!(credential.secret().expose_secret(), expect["secret"], "{name}");
                assert_eq!(
                    credential.token().map(|token| token.expose_secret()),
                    expect["token"].as_str(),
                    "{name}"
                );
                assert_eq!(credential.source(), expect["source"], "{name}");
                let shown = format!("{credential:?}");
                assert!(!shown.contains(expect["secret"].as_str().unwrap()), "{name}: {shown}");
            }
            (Err(error), Some(wanted)) => {
                assert_eq!(error.kind(), ErrorKind::Credentials, "{name}: {error}");
                for text in wanted {
                    let text = text.as_str().unwrap();
                    assert!(error.to_string().contains(text), "{name}: `{text}` is not in: {error}");
                }
                assert!(!format!("{error}{error:?}").contains("planted"), "{name}: {error:?}");
            }
            (given, _) => panic!("{name}: {given:?}, but expected {expect}"),
        }
    }
}

#[tokio::test]
async fn tencent_default_chain() {
    check(&Tencent::default(), include_str!("../credentials/tencent/default_chain.json")).await;
}

#[tokio::test]
async fn a_broken_profile_fails_the_call_before_anything_is_sent() {
    let set_up = SetUp {
        env: HashMap::from([("HOME".to_owned(), "/home/u".to_owned())]),
        files: HashMap::from([("/home/u/.tencentcloud/credentials".to_owned(), "secret_id = x".into())]),
    };
    let context = Context::system().with_env(set_up.clone()).with_files(set_up);
    let client =
        Client::<Tencent>::builder().endpoint("http://127.0.0.1:1").context(context).build().unwrap();
    let error = client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0));
    assert_eq!(
        error.to_string(),
        "credentials: tencent DescribeZones: profile: the file /home/u/.tencentcloud/credentials is malformed: it has \
         keys before the first [section] (endpoint 127.0.0.1:1)"
    );
}

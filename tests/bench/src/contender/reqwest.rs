//! The floor: what someone writes who needs one call and no SDK. The signing key is derived once, as ours is.

use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use cloudcall::credential::Credential;
use cloudcall::provider::tencent::signer::{KeyCache, Canonical};

use super::model::Wrapped;
use super::{Answer, Contender, ID, SECRET};

#[derive(Clone)]
pub struct Reqwest {
    client: reqwest::Client,
    url: String,
    signer: Signer,
}

/// TC3 by hand, for both floors.
#[derive(Clone)]
pub struct Signer {
    pub host: String,
    credential: Credential,
    keys: Arc<KeyCache>,
}

impl Signer {
    pub fn new(url: &str) -> Self {
        Self {
            host: url.trim_start_matches("http://").to_owned(),
            credential: Credential::new(ID, SECRET).expect("keys that fit"),
            keys: Arc::default(),
        }
    }

    pub fn sign(&self, body: &str) -> Result<(u64, String), Box<dyn Error + Send + Sync>> {
        let timestamp = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
        let tc3 = Canonical {
            method: "POST",
            query: "",
            content_type: "application/json",
            host: &self.host,
            payload: Some(body.as_bytes()),
            service: "cvm",
            timestamp,
        };
        Ok((timestamp, tc3.authorization(&self.credential, &self.keys)))
    }
}

/// The body of a call.
pub fn body(answer: Answer) -> &'static str {
    if answer == Answer::Large { r#"{"Limit":100}"# } else { r#"{"Limit":1}"# }
}

impl Contender for Reqwest {
    fn new(url: &str) -> Self {
        // Only the first of a process counts; on loopback nothing uses it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .tcp_nodelay(true)
            .http1_only()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(5))
            .timeout(Duration::from_secs(60))
            .build()
            .expect("a client");
        Self { client, url: url.to_owned(), signer: Signer::new(url) }
    }

    async fn call(&self, answer: Answer) -> Result<(), Box<dyn Error + Send + Sync>> {
        let body = body(answer);
        let (timestamp, authorization) = self.signer.sign(body)?;
        let response = self
            .client
            .post(&self.url)
            .header("Content-Type", "application/json")
            .header("Host", &self.signer.host)
            .header("X-TC-Action", "DescribeInstances")
            .header("X-TC-Version", "2017-03-12")
            .header("X-TC-Region", "ap-guangzhou")
            .header("X-TC-Timestamp", timestamp)
            .header("Authorization", authorization)
            .body(body)
            .send()
            .await?
            .error_for_status()?;
        let bytes = response.bytes().await?;
        black_box(serde_json::from_slice::<Wrapped>(&bytes)?.response);
        Ok(())
    }
}

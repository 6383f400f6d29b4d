//! The unit of all ratios: what someone writes who needs one call and no SDK. It has no time limit and asks for no
//! compression.

use std::error::Error;
use std::hint::black_box;

use super::model::Wrapped;
use super::sign::Signer;
use super::{Answer, Contender};

#[derive(Clone)]
pub struct Reqwest {
    client: reqwest::Client,
    url: String,
    signer: Signer,
}

/// The body of a call.
pub fn body(answer: Answer) -> &'static str {
    if answer == Answer::Large { r#"{"Limit":100}"# } else { r#"{"Limit":1}"# }
}

impl Contender for Reqwest {
    fn new(url: &str) -> Self {
        // reqwest without a TLS feature of its own needs one; on loopback nothing uses it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
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

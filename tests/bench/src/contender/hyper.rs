//! hyper's pooled client without reqwest: the same signature and no time limit.

use std::error::Error;
use std::hint::black_box;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use super::model::Wrapped;
use super::reqwest::body;
use super::sign::Signer;
use super::{Answer, Contender};

#[derive(Clone)]
pub struct Hyper {
    client: Client<HttpConnector, Full<Bytes>>,
    uri: http::Uri,
    signer: Signer,
}

impl Contender for Hyper {
    fn new(url: &str) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            uri: url.parse().expect("an address"),
            signer: Signer::new(url),
        }
    }

    async fn call(&self, answer: Answer) -> Result<(), Box<dyn Error + Send + Sync>> {
        let body = body(answer);
        let (timestamp, authorization) = self.signer.sign(body)?;
        let request = http::Request::post(self.uri.clone())
            .header("Content-Type", "application/json")
            .header("Host", &self.signer.host)
            .header("X-TC-Action", "DescribeInstances")
            .header("X-TC-Version", "2017-03-12")
            .header("X-TC-Region", "ap-guangzhou")
            .header("X-TC-Timestamp", timestamp)
            .header("Authorization", authorization)
            .body(Full::new(Bytes::from_static(body.as_bytes())))?;
        let response = self.client.request(request).await?;
        if !response.status().is_success() {
            return Err(response.status().to_string().into());
        }
        let bytes = response.into_body().collect().await?.to_bytes();
        black_box(serde_json::from_slice::<Wrapped>(&bytes)?.response);
        Ok(())
    }
}

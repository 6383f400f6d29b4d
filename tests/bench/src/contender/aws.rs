//! The SDK that is taken for the best in Rust, its smallest service: a form out, signed by SigV4, and a small XML back.

use std::error::Error;
use std::hint::black_box;

use aws_sdk_sts::config::{BehaviorVersion, Builder, Credentials, Region};

use super::{Answer, Contender, ID, SECRET};

#[derive(Clone)]
pub struct Aws(aws_sdk_sts::Client);

impl Contender for Aws {
    fn new(url: &str) -> Self {
        let config = Builder::new()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-east-1"))
            .endpoint_url(url)
            .credentials_provider(Credentials::new(ID, SECRET, None, None, "bench"))
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .build();
        Self(aws_sdk_sts::Client::from_conf(config))
    }

    async fn call(&self, answer: Answer) -> Result<(), Box<dyn Error + Send + Sync>> {
        if answer == Answer::Large {
            return Err("it has no large answer".into());
        }
        black_box(self.0.get_caller_identity().send().await?);
        Ok(())
    }
}

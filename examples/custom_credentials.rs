//! A credential provider of your own, in a chain before the default chain of the cloud.
//!
//! `cargo run -p cloudcall-examples --example custom_credentials` signs a request with keys from a fictitious vault and sends
//! nothing.

use std::time::Duration;

use cloudcall::context::Context;
use cloudcall::credential::{Credential, CredentialChain, CredentialError, ProvideCredential};
use cloudcall::provider::tencent::credentials;
use cloudcall::{Client, Tencent, async_trait};
use cloudcall_quickstart::usage;

/// Credentials from a store of the company. `VAULT_ROLE` names the role.
#[derive(Debug)]
struct Vault;

#[async_trait]
impl ProvideCredential for Vault {
    fn name(&self) -> &'static str {
        "vault"
    }

    // The client calls this for the first request and before the credentials expire, and caches the result.
    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let Some(role) = context.env.var("VAULT_ROLE") else {
            // The chain continues with the next provider. Any other error would stop it.
            return Err(CredentialError::NotConfigured("VAULT_ROLE is not set".to_owned()));
        };
        // A real provider would fetch the credentials of `role` here.
        let ends = context.clock.now() + Duration::from_secs(3600);
        let keys = Credential::new(format!("AKID-of-{role}"), "example-secret-key")?;
        Ok(keys.with_token("example-token").with_expiry(ends).with_source(self.name()))
    }
}

const USAGE: &str = "usage: [VAULT_ROLE=NAME] custom_credentials

Signs a request with keys from a made-up vault, where VAULT_ROLE says which; without it with keys of the environment or the
profile file, or it lists why there are none. Nothing is sent.";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), cloudcall::Error> {
    usage::on_request(USAGE);
    if let Some(other) = std::env::args().nth(1) {
        usage::wrong(&format!("unknown argument {other:?}"), USAGE);
    }
    let chain =
        CredentialChain::new().then(Vault).then(credentials::environment()).then(credentials::profile());
    let client = Client::<Tencent>::builder().region("ap-guangzhou").credentials(chain).build()?;
    match client.raw("cvm", "2017-03-12", "DescribeZones").sign_only().await {
        Ok(request) => println!("{} {}: signed, not sent", request.method(), request.uri()),
        // The error lists every provider of the chain and why it had no credentials.
        Err(error) => println!("{error}"),
    }
    Ok(())
}

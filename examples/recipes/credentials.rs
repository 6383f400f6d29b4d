//! Credentials: keys, profiles, roles, chains.

use cloudcall::context::Context;
use cloudcall::credential::{CredentialChain, CredentialError, ProcessCredentials, TokenSource};
use cloudcall::prelude::*;
use cloudcall::provider::{alibaba, huawei, tencent};

// ANCHOR: default_chain
pub fn default_chain() -> Result<Client<Tencent>, Error> {
    // TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, then ~/.tencentcloud/credentials, then roles.
    Client::<Tencent>::builder().region("ap-guangzhou").build()
}
// ANCHOR_END: default_chain

// ANCHOR: fixed
pub fn fixed(id: &str, secret: &str, token: &str) -> Result<Client<Tencent>, Error> {
    let keys = Credential::new(id, secret)?.with_token(token);
    Client::<Tencent>::builder().region("ap-guangzhou").credentials(StaticCredentials::new(keys)).build()
}
// ANCHOR_END: fixed

// ANCHOR: profile
pub fn profile() -> Result<Client<Tencent>, Error> {
    let keys = tencent::credentials::profile().file("/etc/deploy/credentials").profile("nightly");
    Client::<Tencent>::builder().region("ap-guangzhou").credentials(keys).build()
}
// ANCHOR_END: profile

// ANCHOR: sts
pub fn sts() -> Result<Client<Tencent>, Error> {
    let keys = tencent::credentials::environment();
    let role = tencent::credentials::AssumeRole::new(keys, "qcs::cam::uin/100000000001:roleName/deploy")
        .session_name("nightly")
        .duration(std::time::Duration::from_secs(3600));
    Client::<Tencent>::builder().region("ap-guangzhou").credentials(role).build()
}
// ANCHOR_END: sts

// ANCHOR: role_chain
pub fn role_chain() -> Result<Client<Alibaba>, Error> {
    use alibaba::credentials::{AssumeRole, InstanceRole};
    // The role of the machine may assume `hub`, and `hub` may assume `deploy` of another account.
    let hub = AssumeRole::new(InstanceRole::new(), "acs:ram::1000000000000001:role/hub");
    let deploy = AssumeRole::new(hub, "acs:ram::1000000000000002:role/deploy");
    Client::<Alibaba>::builder().region("cn-hangzhou").credentials(deploy).build()
}
// ANCHOR_END: role_chain

// ANCHOR: web_identity
pub fn web_identity() -> Result<Client<Tencent>, Error> {
    let token = TokenSource::File("/var/run/secrets/token".into());
    let arn = "qcs::cam::uin/100000000001:roleName/deploy";
    let role = tencent::credentials::WebIdentity::new("my-provider", arn, token);
    Client::<Tencent>::builder().region("ap-guangzhou").credentials(role).build()
}
// ANCHOR_END: web_identity

// ANCHOR: instance_role
pub fn instance_role() -> Result<Client<Huawei>, Error> {
    let keys = huawei::credentials::InstanceRole::new();
    Client::<Huawei>::builder().region("cn-north-4").credentials(keys).build()
}
// ANCHOR_END: instance_role

// ANCHOR: project
pub fn project(ak: &str, sk: &str) -> Result<Client<Huawei>, Error> {
    // Without an id, the first call looks it up with IAM.
    let keys = Credential::new(ak, sk)?.with_project_id("0904f9e1f100d2932f94c01f9aa1cfd7");
    Client::<Huawei>::builder().region("cn-north-4").credentials(StaticCredentials::new(keys)).build()
}
// ANCHOR_END: project

// ANCHOR: own_chain
pub fn own_chain() -> Result<Client<Tencent>, Error> {
    use tencent::credentials::{InstanceRole, profile};
    let chain = CredentialChain::new().then(profile()).then(InstanceRole::new());
    Client::<Tencent>::builder().region("ap-guangzhou").credentials(chain).build()
}
// ANCHOR_END: own_chain

// ANCHOR: program
pub fn program() -> Result<Client<Alibaba>, Error> {
    let keys = ProcessCredentials::new("/usr/local/bin/vault-keys").args(["--role", "deploy"]);
    Client::<Alibaba>::builder().region("cn-hangzhou").credentials(keys).build()
}
// ANCHOR_END: program

// ANCHOR: own_provider
#[derive(Debug)]
pub struct Vault;

#[cloudcall::async_trait]
impl ProvideCredential for Vault {
    fn name(&self) -> &'static str {
        "vault"
    }

    // The client caches the result and asks again before it expires.
    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let Some(secret) = context.env.var("VAULT_SECRET") else {
            return Err(CredentialError::NotConfigured("VAULT_SECRET is not set".to_owned()));
        };
        let ends = context.clock.now() + std::time::Duration::from_secs(3600);
        Ok(Credential::new("AKIDvault", secret)?.with_expiry(ends))
    }
}
// ANCHOR_END: own_provider

// ANCHOR: one_call
pub async fn one_call(client: &Client<Tencent>, tenant: Credential) -> Result<Response<Value>, Error> {
    client.raw("cvm", "2017-03-12", "DescribeZones").with_credential(tenant).send().await
}
// ANCHOR_END: one_call

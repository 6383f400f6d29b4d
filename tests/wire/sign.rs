//! Clients that sign and send nothing, with the settings of one row.

use std::pin::Pin;

use cloudcall::action::{Action, ActionInfo};
use cloudcall::call::Invoker;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::Value;
use cloudcall::provider::{Provider, huawei, tencent};
use cloudcall::transport::HttpRequest;
use cloudcall::{Alibaba, Client, Error, Huawei, Tencent, Volcengine};

pub(crate) type Signed =
    Pin<Box<dyn Future<Output = Result<(HttpRequest, &'static ActionInfo), Error>> + Send>>;

/// The settings.
pub(crate) struct Sign {
    get: bool,
    global: bool,
    credential: Credential,
}

impl Sign {
    pub(crate) fn new(row: &Value) -> Self {
        let text = |key: &str| row["credential"][key].as_str();
        let mut credential = Credential::new("AK", "SK").unwrap();
        if let Some(id) = text("project_id") {
            credential = credential.with_project_id(id);
        }
        if let Some(id) = text("domain_id") {
            credential = credential.with_domain_id(id);
        }
        Self { get: row["variant"] == "get", global: text("type") == Some("global"), credential }
    }

    fn client<P: Provider + Default>(&self, region: &str) -> Client<P> {
        let keys = StaticCredentials::new(self.credential.clone());
        let builder = Client::<P>::builder_for(P::default()).region(region).credentials(keys);
        builder.endpoint("https://api.example.com").build().unwrap()
    }

    pub(crate) fn tencent<A: Action<Provider = Tencent> + 'static>(&self, action: A) -> Signed {
        let method = if self.get { tencent::Method::Get } else { tencent::Method::Post };
        let call = self.client("ap-guangzhou").invoker(action).with_cloud(|cloud| cloud.method = method);
        signed(call)
    }

    pub(crate) fn huawei<A: Action<Provider = Huawei> + 'static>(&self, action: A) -> Signed {
        let scope = if self.global { huawei::Scope::Account } else { huawei::Scope::Project };
        let call = self.client("cn-north-4").invoker(action).with_cloud(|cloud| cloud.scope = scope);
        signed(call)
    }

    pub(crate) fn volcengine<A: Action<Provider = Volcengine> + 'static>(&self, action: A) -> Signed {
        signed(self.client("cn-beijing").invoker(action))
    }

    pub(crate) fn alibaba<A: Action<Provider = Alibaba> + 'static>(&self, action: A) -> Signed {
        // The vendor's package leaves the region to the caller.
        let call = self.client("cn-hangzhou").invoker(action);
        signed(call.with_cloud(|cloud| cloud.omit_region_id = true))
    }
}

fn signed<A: Action + 'static>(call: Invoker<A>) -> Signed {
    Box::pin(async { Ok((call.sign_only().await?, A::INFO)) })
}

//! A cloud in your own process, on a loopback port, that checks every signature.
//!
//! For tests of programs that call a cloud: no network, no account, and yet every request is read from the bytes that
//! arrived, its signature computed again, and its answer wrapped, as the vendor would do it. Which cloud a request is
//! for follows from its shape, so one server stands in for all of them.
//!
//! ```
//! use cloudcall::json::json;
//! use cloudcall::local::{LocalResponse, LocalCloud};
//! use cloudcall::{Client, Tencent};
//! use cloudcall::credential::{Credential, StaticCredentials};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), cloudcall::Error> {
//! let cloud = LocalCloud::builder()
//!     .account("AKIDexample", "example-secret")
//!     .on("DescribeZones", |_| LocalResponse::ok(json!({ "TotalCount": 1 })))
//!     .start()
//!     .await?;
//!
//! let keys = Credential::new("AKIDexample", "example-secret")?;
//! let client = Client::<Tencent>::builder()
//!     .endpoint(cloud.endpoint())
//!     .credentials(StaticCredentials::new(keys))
//!     .build()?;
//! let zones = client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await?;
//! assert_eq!(zones["TotalCount"], 1);
//! assert_eq!(cloud.count("DescribeZones"), 1);
//! # Ok(())
//! # }
//! ```
//!
//! What it does not do: limits, permissions, and the meaning of parameters are those of your handlers.

mod log;
mod pieces;
mod rule;
mod server;

use std::net::SocketAddr;
use std::sync::Arc;

use http::Method;
use secrecy::SecretString;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::context::Context;
use crate::endpoint::Endpoint;
use crate::error::{Error, ErrorKind};
use crate::test_support::fake_cloud::{Account, State};

pub use crate::test_support::fake_cloud::{LocalFile, LocalRequest, LocalResponse};
pub use log::{LocalRecord, Verdict};

use rule::{Matcher, Reaction, Rule};
use server::Shared;

/// A running local cloud. It ends when it is dropped.
#[derive(Debug)]
pub struct LocalCloud {
    address: SocketAddr,
    endpoint: Endpoint,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl LocalCloud {
    /// Starts with no account and no action.
    pub fn builder() -> LocalCloudBuilder {
        LocalCloudBuilder {
            accounts: Vec::new(),
            rules: Vec::new(),
            // Calls that carry a proof of their own.
            anonymous: [
                "AssumeRoleWithWebIdentity",
                "AssumeRoleWithOIDC",
                "AssumeRoleWithSAML",
                "POST /v3.0/OS-AUTH/id-token/tokens",
                "POST /v3.0/OS-CREDENTIAL/securitytokens",
                "POST /v5/agencies/assume-with-oidc",
            ]
            .map(str::to_owned)
            .to_vec(),
            context: Context::system(),
            mistake: None,
        }
    }

    /// Where it listens, such as `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same for a client's builder.
    pub fn endpoint(&self) -> Endpoint {
        self.endpoint.clone()
    }

    /// Its address, for tests that speak to it by hand.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Every request so far, in the order of arrival, the refused ones too.
    pub fn requests(&self) -> Vec<LocalRecord> {
        self.shared.log.all()
    }

    /// How many requests named `action`, the refused ones too.
    pub fn count(&self, action: &str) -> usize {
        self.requests().iter().filter(|record| record.action == action).count()
    }
}

impl Drop for LocalCloud {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Builds a [`LocalCloud`].
#[must_use = "a builder does nothing until `start`"]
#[derive(Debug)]
pub struct LocalCloudBuilder {
    accounts: Vec<Account>,
    rules: Vec<Rule>,
    anonymous: Vec<String>,
    context: Context,
    mistake: Option<Error>,
}

impl LocalCloudBuilder {
    /// Adds a pair of keys.
    pub fn account(mut self, id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        self.accounts.push(Account { id: id.into(), secret: secret.into(), token: None });
        self
    }

    /// Adds temporary keys, which are refused without their token.
    pub fn account_with_token(
        mut self,
        id: impl Into<String>,
        secret: impl Into<SecretString>,
        token: impl Into<SecretString>,
    ) -> Self {
        let token = Some(token.into());
        self.accounts.push(Account { id: id.into(), secret: secret.into(), token });
        self
    }

    /// Answers an action of that name, whatever the cloud and the product. Of several that fit, the last one answers.
    pub fn on(
        self,
        action: &str,
        handler: impl Fn(&LocalRequest) -> LocalResponse + Send + Sync + 'static,
    ) -> Self {
        self.rule(Matcher::action(action), Reaction::call(handler))
    }

    /// Answers an action of one product of one cloud (`tencent`, `qcloud`, `huawei`, `alibaba`, `volcengine`).
    ///
    /// The older signatures of Tencent Cloud do not say which product is called, except by the host.
    pub fn on_product(
        self,
        provider: &str,
        product: &str,
        action: &str,
        handler: impl Fn(&LocalRequest) -> LocalResponse + Send + Sync + 'static,
    ) -> Self {
        self.rule(Matcher::product(provider, product, action), Reaction::call(handler))
    }

    /// Answers a method and a path, such as `/v1/{project_id}/vpcs`, where resources are named by paths.
    pub fn on_path(
        self,
        method: Method,
        path: &str,
        handler: impl Fn(&LocalRequest) -> LocalResponse + Send + Sync + 'static,
    ) -> Self {
        self.rule(Matcher::path(method, path), Reaction::call(handler))
    }

    /// Answers an action with one answer after the other; the last one stays.
    ///
    /// ```
    /// # use cloudcall::local::{LocalResponse, LocalCloud};
    /// # use cloudcall::json::json;
    /// let busy = LocalResponse::error("RequestLimitExceeded", "slow down");
    /// let builder = LocalCloud::builder()
    ///     .on_each("RunInstances", [busy.clone(), busy, LocalResponse::ok(json!({}))]);
    /// ```
    pub fn on_each(self, action: &str, answers: impl IntoIterator<Item = LocalResponse>) -> Self {
        self.rule(Matcher::action(action), Reaction::each(answers))
    }

    /// The same for a method and a path.
    pub fn on_path_each(
        self,
        method: Method,
        path: &str,
        answers: impl IntoIterator<Item = LocalResponse>,
    ) -> Self {
        self.rule(Matcher::path(method, path), Reaction::each(answers))
    }

    /// Lets an action be called without a signature; where the cloud has no names, `METHOD /path`. The calls that
    /// exchange an identity token for keys may be unsigned from the start.
    pub fn anonymous(mut self, action: &str) -> Self {
        self.anonymous.push(action.to_owned());
        self
    }

    /// Takes time and randomness from `context`: with a clock of your own, signatures expire when you want.
    pub fn context(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    fn rule(mut self, matcher: Matcher, reaction: Option<Reaction>) -> Self {
        match reaction {
            Some(reaction) => self.rules.push(Rule { matcher, reaction }),
            None => self.mistake = self.mistake.or_else(|| Some(Error::config("a list of answers is empty"))),
        }
        self
    }

    /// Starts listening on a free port of 127.0.0.1. Needs a running tokio runtime.
    ///
    /// # Errors
    ///
    /// Kind `Config` for a rule that cannot be, such as an empty list of answers; `Io` if the system gives no port.
    pub async fn start(self) -> Result<LocalCloud, Error> {
        if let Some(mistake) = self.mistake {
            return Err(mistake);
        }
        let failed = |error: std::io::Error| {
            Error::new(ErrorKind::Io, "the local cloud cannot listen on 127.0.0.1").with_source(error)
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let endpoint = format!("http://{address}").parse()?;
        let state = State::new(self.accounts, self.anonymous, self.context);
        let shared = Arc::new(Shared::new(state, self.rules));
        let task = tokio::spawn(server::serve(listener, shared.clone()));
        Ok(LocalCloud { address, endpoint, shared, task })
    }
}

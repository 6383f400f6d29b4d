//! A local cloud: a server in your process, on a loopback port, that verifies every signature.
//!
//! Use it to test programs that call a cloud, without a network and without an account. The server reads each
//! request from the bytes that arrive, computes its signature again, and wraps the response as the vendor
//! does. It recognises the provider by the form of the request, so one server serves all of them. It also
//! works for clients in other languages.
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
//! The local cloud checks the envelope, time, credentials and signature of a request. It has no rate limits,
//! no permissions and no knowledge of parameters: your handlers decide the rest.
//!
//! # What one test sees
//!
//! The requests of the test above, by the log:
//!
//! ```text
//! POST /   tencent cvm 2017-03-12 DescribeZones   Accepted   200
//! ```
//!
//! A request goes through these steps. Each step that fails is the response.
//!
//! 1. The whole body is read, up to 16 MiB. A larger one closes the connection.
//! 2. The form of the request decides the provider.
//! 3. Envelope, time, credentials and signature are checked. Times may differ by 300 s; for Volcengine
//!    by 900 s.
//! 4. The last rule that matches is found. Without one, the response is the vendor's error for an
//!    unknown action.
//! 5. Parameters that the vendor requires of every caller are checked: `RegionId` for ECS, VPC and SLB
//!    of Alibaba Cloud.
//! 6. The handler runs, and its response is sent in the vendor's envelope.
//!
//! # Local cloud or mock transport
//!
//! Both have the same responses. The module `testing`, with the cargo feature `testing`, has a
//! transport that opens no socket.
//!
//! - Use the local cloud if bytes matter: signatures, transports, uploads, other SDKs.
//! - Use the mock transport for the logic of a program, for time limits and for failures of the
//!   network. Its clock is a fake one, so delays take no time.
//!
//! # Troubleshooting
//!
//! **Every call is refused with a code such as `AuthFailure.SecretIdNotFound`.** The credentials of the
//! client are not an account of the local cloud. Add them with [`LocalCloudBuilder::account`].
//!
//! **A call is refused as an unknown action.** No handler matches. Add one with
//! [`on`](LocalCloudBuilder::on), or for providers whose requests have no action name with
//! [`on_path`](LocalCloudBuilder::on_path).
//!
//! **A signature does not match.** [`LocalCloud::requests`] lists every request, and the [`Verdict`] of a
//! refused one has the string that the server would have signed.

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

/// A running local cloud. Dropping it stops the server and closes its connections.
///
/// See the [module](self) for an example.
#[derive(Debug)]
pub struct LocalCloud {
    /// The address that the server listens on.
    address: SocketAddr,
    /// The same address as an endpoint.
    endpoint: Endpoint,
    /// The log, which the server's task shares with this handle.
    shared: Arc<Shared>,
    /// Accepts connections until it is aborted.
    task: JoinHandle<()>,
}

impl LocalCloud {
    /// Starts a builder without accounts and handlers.
    ///
    /// Actions that exchange an identity token or an assertion for credentials may be unsigned. They
    /// are `AssumeRoleWithWebIdentity`, `AssumeRoleWithOIDC`, `AssumeRoleWithSAML`, and for Huawei
    /// Cloud `POST /v3.0/OS-AUTH/id-token/tokens`, `POST /v3.0/OS-CREDENTIAL/securitytokens` and `POST
    /// /v5/agencies/assume-with-oidc`. [`LocalCloudBuilder::anonymous`] adds others.
    ///
    /// The sign-ins of Huawei Cloud Meeting are checked: id and secret of an account are name and password,
    /// or id and key of an application. The handler gives the account's token as `accessToken`.
    pub fn builder() -> LocalCloudBuilder {
        LocalCloudBuilder {
            accounts: Vec::new(),
            rules: Vec::new(),
            // These calls carry an identity token or an assertion instead of a signature.
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

    /// The URL of the server, such as `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The endpoint of the server, for [`ClientBuilder::endpoint`](crate::client::ClientBuilder::endpoint).
    ///
    /// It has the scheme `http`. Client and server then sign the host `127.0.0.1` with the port.
    pub fn endpoint(&self) -> Endpoint {
        self.endpoint.clone()
    }

    /// The address of the server, for tests that open a connection themselves.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Every request so far, in the order of arrival, including refused ones.
    ///
    /// ```
    /// # use cloudcall::local::LocalCloud;
    /// # fn check(cloud: &LocalCloud) {
    /// for request in cloud.requests() {
    ///     assert!(request.verdict.is_accepted(), "{request:#?}");
    /// }
    /// # }
    /// ```
    ///
    /// The list grows as long as the local cloud exists, see [`take_requests`](Self::take_requests).
    /// Each call copies it.
    pub fn requests(&self) -> Vec<LocalRecord> {
        self.shared.log.all()
    }

    /// Removes the requests so far from the log and returns them. A local cloud that runs for hours then
    /// keeps its memory.
    ///
    /// A request whose handler is still running has no status, and gets none later.
    pub fn take_requests(&self) -> Vec<LocalRecord> {
        self.shared.log.take()
    }

    /// The number of requests of `action`, including refused ones.
    ///
    /// For providers without action names, `action` is method and path as sent, such as `GET
    /// /v1/p1/vpcs`. Retries count.
    pub fn count(&self, action: &str) -> usize {
        self.requests().iter().filter(|record| record.action == action).count()
    }
}

impl Drop for LocalCloud {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Builds a [`LocalCloud`]: its accounts, and its responses to actions.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), cloudcall::Error> {
/// use cloudcall::http::Method;
/// use cloudcall::json::json;
/// use cloudcall::local::{LocalCloud, LocalResponse};
///
/// let cloud = LocalCloud::builder()
///     .account("AKIDexample", "example-secret")
///     .account_with_token("AKIDrole", "role-secret", "role-token")
///     .on("DescribeZones", |_| LocalResponse::ok(json!({ "TotalCount": 1 })))
///     .on_path(Method::GET, "/v1/{project_id}/vpcs", |_| LocalResponse::ok(json!({ "vpcs": [] })))
///     .start()
///     .await?;
/// assert!(cloud.url().starts_with("http://127.0.0.1:"));
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// **A handler never runs.** A rule that was added later matches, too, or the request was refused
/// before. See the [`Verdict`] of the request in [`LocalCloud::requests`].
#[must_use = "a builder does nothing until `start`"]
#[derive(Debug)]
pub struct LocalCloudBuilder {
    /// The accounts, for all providers.
    accounts: Vec<Account>,
    /// The rules, in the order in which they were added.
    rules: Vec<Rule>,
    /// The actions that may be unsigned.
    anonymous: Vec<String>,
    /// Clock and randomness of the server.
    context: Context,
    /// The first mistake of the test, which `start` returns: the methods of a builder cannot fail.
    mistake: Option<Error>,
}

impl LocalCloudBuilder {
    /// Adds an account with permanent credentials.
    ///
    /// The account exists for every provider. A request of it with a session token is refused.
    pub fn account(mut self, id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        self.accounts.push(Account { id: id.into(), secret: secret.into(), token: None });
        self
    }

    /// Adds an account with temporary credentials. Requests without the token are refused.
    ///
    /// A wrong or missing token has the vendor's own error code, such as `AuthFailure.TokenFailure`.
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

    /// Responds to an action, of any provider and product. If several rules match, the last one responds.
    ///
    /// The handler runs on the server's task, only for requests whose signature is valid.
    pub fn on(
        self,
        action: &str,
        handler: impl Fn(&LocalRequest) -> LocalResponse + Send + Sync + 'static,
    ) -> Self {
        self.rule(Matcher::action(action), Reaction::call(handler))
    }

    /// Responds to an action of one product of one provider (`tencent`, `qcloud`, `huawei`, `alibaba`,
    /// `volcengine`).
    ///
    /// With the older signatures of Tencent Cloud, a request names its product only in its host.
    ///
    /// The names are compared exactly. A product that comes from the host is empty if the host is an IP
    /// address; see [`LocalRequest::product`].
    pub fn on_product(
        self,
        provider: &str,
        product: &str,
        action: &str,
        handler: impl Fn(&LocalRequest) -> LocalResponse + Send + Sync + 'static,
    ) -> Self {
        self.rule(Matcher::product(provider, product, action), Reaction::call(handler))
    }

    /// Responds to a method and a path, such as `/v1/{project_id}/vpcs`. A placeholder matches one segment.
    ///
    /// The path is compared as sent, without decoding it. A final slash does not matter.
    pub fn on_path(
        self,
        method: Method,
        path: &str,
        handler: impl Fn(&LocalRequest) -> LocalResponse + Send + Sync + 'static,
    ) -> Self {
        self.rule(Matcher::path(method, path), Reaction::call(handler))
    }

    /// Responds to an action with the given responses in order. The last one repeats.
    ///
    /// ```
    /// # use cloudcall::local::{LocalResponse, LocalCloud};
    /// # use cloudcall::json::json;
    /// let busy = LocalResponse::error("RequestLimitExceeded", "slow down");
    /// let builder = LocalCloud::builder()
    ///     .on_each("RunInstances", [busy.clone(), busy, LocalResponse::ok(json!({}))]);
    /// ```
    ///
    /// An empty list is an error of [`start`](Self::start).
    pub fn on_each(self, action: &str, responses: impl IntoIterator<Item = LocalResponse>) -> Self {
        self.rule(Matcher::action(action), Reaction::each(responses))
    }

    /// Responds to a method and a path with the given responses in order. The last one repeats.
    ///
    /// An empty list is an error of [`start`](Self::start).
    pub fn on_path_each(
        self,
        method: Method,
        path: &str,
        responses: impl IntoIterator<Item = LocalResponse>,
    ) -> Self {
        self.rule(Matcher::path(method, path), Reaction::each(responses))
    }

    /// Accepts an action without a signature. For providers without action names, `action` is `METHOD /path`.
    ///
    /// Default: only the actions that exchange an identity token for credentials may be unsigned.
    pub fn anonymous(mut self, action: &str) -> Self {
        self.anonymous.push(action.to_owned());
        self
    }

    /// Takes clock and randomness from `context`. With a fake clock, a test decides when signatures expire.
    pub fn context(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    /// Adds a rule. No reaction is a mistake of the test: an empty list of responses.
    fn rule(mut self, matcher: Matcher, reaction: Option<Reaction>) -> Self {
        match reaction {
            Some(reaction) => self.rules.push(Rule { matcher, reaction }),
            None => {
                self.mistake = self.mistake.or_else(|| Some(Error::config("a list of responses is empty")))
            }
        }
        self
    }

    /// Starts the server on a free port of 127.0.0.1. It needs a running Tokio runtime.
    ///
    /// # Errors
    ///
    /// Kind `Config` for an empty list of responses. Kind `Io` if the system provides no port.
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

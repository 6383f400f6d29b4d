//! Access tokens of Huawei Cloud Meeting: `docs/sources.md`, Huawei Cloud, 11.
//!
//! Calls of the product `meeting` are not signed. They carry an access token, which a sign-in returns. There
//! are two ways to sign in, and neither request is signed. An account of the service has a name and a
//! password:
//!
//! ```text
//! POST /v1/usg/acs/auth/account
//! Authorization: Basic emhhbmdzYW46ZXhhbXBsZQ==
//!
//! {"account": "zhangsan", "clientType": 72}
//! ```
//!
//! An application has an id and a key. The key signs the other values, and the key itself is not sent:
//!
//! ```text
//! POST /v2/usg/acs/auth/appauth
//! Authorization: HMAC-SHA256 signature=8642…,access=YXBwMQ==
//!
//! {"appId": "app1", "userId": "u1", "expireTime": 1700000600, "nonce": "1234…", "clientType": 72}
//! ```
//!
//! Both responses have the token and its expiry, in Unix seconds:
//!
//! ```text
//! {"accessToken": "stbMz0r…", "validPeriod": 55920, "expireTime": 1700055920, …}
//! ```
//!
//! The vendor's SDK does not read the expiry, and signs in again 12 hours after the last sign-in, in the
//! thread of the call that comes then.

use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::action::info::ActionInfo;
use crate::action::request::{Param, ParamLocation};
use crate::call::setters::provider_setters;
use crate::context::Context;
use crate::credential::{Credential, CredentialError, ProvideCredential, take_text};
use crate::error::{Error, ErrorKind};
use crate::provider::exchange::Exchange;
use crate::provider::huawei::Cloud;
use crate::sign::encode::hex;
use crate::sign::hmac::hmac_sha256;
use crate::sign::time::{self, unix_seconds};

/// The name of the provider of an account in messages and logs.
const ACCOUNT: &str = "meeting account";
/// The name of the provider of an application in messages and logs.
const APP: &str = "meeting application";
/// The client type of programs. One user can have 64 tokens of this type, and one of any other.
const API: u32 = 72;
/// The lifetime of a token whose response has no expiry. The vendor documents 12 to 24 hours.
const LIFE: Duration = Duration::from_secs(12 * 3600);
/// The lifetime of the signature of an application, in seconds: 10 minutes, as in the vendor's SDK.
const SIGNATURE_LIFE: u64 = 600;

/// Signs in to Huawei Cloud Meeting with an account and its password, and gives the access token.
///
/// The credential is good for the product `meeting` only, whose calls send it as `X-Access-Token` and are not
/// signed. A call of another product with it is an error of kind `Credentials`, so use a client for `meeting`
/// alone. The client keeps the token, and signs in again 15 minutes before it expires.
///
/// ```no_run
/// use cloudcall::action::ActionInfo;
/// use cloudcall::provider::huawei::credentials::MeetingAccount;
/// use cloudcall::{Client, Huawei};
///
/// # async fn run() -> Result<(), cloudcall::Error> {
/// let account = MeetingAccount::new("zhangsan@example", "example-password");
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(account).build()?;
/// let action = ActionInfo::new("meeting", "v1", "SearchMeetings");
/// let found = client.raw_action(action.with_path("/v1/mmc/management/conferences")).send().await?;
/// println!("{}", found["data"]);
/// # Ok(())
/// # }
/// ```
///
/// The account is one of the meeting service, such as `zhangsan@example`, not an IAM user.
/// [`MeetingApp`] signs in as an application, without a password.
///
/// # Troubleshooting
///
/// *the sign-in failed*, status 401: the name or the password is wrong, or `region` is not the site that has
/// the account.
///
/// *the sign-in failed*, status 412 or 423: the account is deactivated, or it is locked after wrong
/// passwords. Its administrator can change both.
///
/// *a key pair cannot call `meeting`*: the client has other credentials than this provider. Give it to
/// `credentials` on the builder of the client.
#[doc(alias = "MeetingCredentials")]
#[doc(alias = "CreateToken")]
#[derive(Debug)]
pub struct MeetingAccount {
    name: String,
    password: SecretString,
    sign_in: SignIn,
}

impl MeetingAccount {
    /// The token of the account `name`. Nothing is sent before the first call needs the token.
    pub fn new(name: impl Into<String>, password: impl Into<SecretString>) -> Self {
        Self { name: name.into(), password: password.into(), sign_in: SignIn::default() }
    }

    provider_setters! {
        /// Sets the type of the client, `clientType`. Default: 72, the type of programs, of which an account
        /// can have 64 tokens at a time. Of other types it can have one, so a sign-in ends the token before.
        client_type: u32 => sign_in.client_type;

        /// Signs in at the host of this region. Default: `cn-north-4`, the site in China. The international
        /// site is `ap-southeast-1`. Use the region of the client: a site knows only its own tokens.
        region: text => sign_in.region;

        /// Signs in at this endpoint. Default: the host of the product `meeting` in the region, such as
        /// `https://api.meeting.huaweicloud.com`.
        endpoint: text => sign_in.exchange.endpoint;

        /// Sends the sign-in through a transport of your own.
        transport: transport => sign_in.exchange.transport;
    }
}

#[async_trait]
impl ProvideCredential for MeetingAccount {
    fn name(&self) -> &'static str {
        ACCOUNT
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        // In Basic, the first colon ends the name (RFC 7617).
        if self.name.contains(':') {
            let what = format!("{ACCOUNT}: the name of the account contains a colon");
            return Err(Error::new(ErrorKind::Credentials, what).into());
        }
        let pair = SecretString::from(format!("{}:{}", self.name, self.password.expose_secret()));
        let request = Request {
            provider: ACCOUNT,
            action: ActionInfo::new("meeting", "v1", "CreateToken")
                .with_path("/v1/usg/acs/auth/account")
                // A second sign-in only makes a second token.
                .idempotent(),
            scheme: "Basic",
            proof: STANDARD.encode(pair.expose_secret()).into(),
            secret: &self.password,
            members: vec![("account", self.name.as_str().into())],
            remedy: "check the name, the password and the region",
        };
        self.sign_in.token(context, request).await
    }
}

/// Signs in to Huawei Cloud Meeting as an application, and gives the access token.
///
/// The credential is that of [`MeetingAccount`]: good for the product `meeting`, sent as `X-Access-Token`,
/// kept by the client, and renewed 15 minutes before it expires. The key of the application signs the
/// sign-in and is not sent. The console of the service shows id and key of each application.
///
/// Who the calls act as depends on the application:
///
/// | application of | set | acts as |
/// | --- | --- | --- |
/// | one corporation | nothing | its default administrator |
/// | one corporation | [`user_id`](Self::user_id) | this user |
/// | a service provider | [`corp_id`](Self::corp_id) `""` | the provider's default administrator |
/// | a service provider | `corp_id` | the default administrator of this corporation |
/// | a service provider | `corp_id` and `user_id` | this user of this corporation |
///
/// ```
/// use cloudcall::provider::huawei::credentials::MeetingApp;
/// use cloudcall::{Client, Huawei};
///
/// let app = MeetingApp::new("3e0f7c1d", "example-key").user_id("zhangsan");
/// let client = Client::<Huawei>::builder().region("cn-north-4").credentials(app).build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// The vendor's SDK has `with_tenant_scene_enum` for the two kinds of applications. Here `corp_id` says the
/// same: the service refuses a corporation from an application of one corporation.
///
/// # Troubleshooting
///
/// *the sign-in failed*, status 401: the id or the key is wrong, `corp_id` is set for an application of one
/// corporation or missing for one of a service provider, or the clock of this machine is wrong: the signature
/// is good for 10 minutes.
///
/// *a key pair cannot call `meeting`*: the client has other credentials than this provider. Give it to
/// `credentials` on the builder of the client.
#[doc(alias = "MeetingCredentials")]
#[doc(alias = "CreateAppIdToken")]
#[derive(Debug)]
pub struct MeetingApp {
    id: String,
    key: SecretString,
    user_id: String,
    corp_id: Option<String>,
    dept_code: Option<String>,
    sign_in: SignIn,
}

impl MeetingApp {
    /// The token of the application with the id `app_id`. Nothing is sent before the first call needs the
    /// token.
    pub fn new(app_id: impl Into<String>, app_key: impl Into<SecretString>) -> Self {
        Self {
            id: app_id.into(),
            key: app_key.into(),
            user_id: String::new(),
            corp_id: None,
            dept_code: None,
            sign_in: SignIn::default(),
        }
    }

    provider_setters! {
        /// Sets the user that calls act as, by the id that the application has for the user. The service adds
        /// a user that it does not know. Default: the default administrator.
        user_id: text => user_id;

        /// Sets the corporation, for an application of a service provider. An empty text is the service
        /// provider itself. Default: none, for an application of one corporation.
        corp_id: text => corp_id;

        /// Sets the code of the department that a new user becomes a member of. Default: the top one.
        dept_code: text => dept_code;

        /// Sets the type of the client, `clientType`. Default: 72, the type of programs, of which a user can
        /// have 64 tokens at a time. Of other types a user can have one, so a sign-in ends the token before.
        client_type: u32 => sign_in.client_type;

        /// Signs in at the host of this region. Default: `cn-north-4`, the site in China. The international
        /// site is `ap-southeast-1`. Use the region of the client: a site knows only its own tokens.
        region: text => sign_in.region;

        /// Signs in at this endpoint. Default: the host of the product `meeting` in the region, such as
        /// `https://api.meeting.huaweicloud.com`.
        endpoint: text => sign_in.exchange.endpoint;

        /// Sends the sign-in through a transport of your own.
        transport: transport => sign_in.exchange.transport;
    }

    /// The signature over id, corporation, user, expiry and nonce with colons between them, in upper-case
    /// hex, and the id in Base64.
    fn proof(&self, expiry: u64, nonce: &str) -> String {
        let expiry = expiry.to_string();
        let mut parts = vec![self.id.as_str()];
        parts.extend(self.corp_id.as_deref());
        parts.extend([self.user_id.as_str(), &expiry, nonce]);
        let key = self.key.expose_secret().as_bytes();
        let signature = hex(&hmac_sha256(key, &[parts.join(":").as_bytes()])).to_ascii_uppercase();
        format!("signature={signature},access={}", STANDARD.encode(&self.id))
    }
}

#[async_trait]
impl ProvideCredential for MeetingApp {
    fn name(&self) -> &'static str {
        APP
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let expiry = unix_seconds(context.clock.now()) + SIGNATURE_LIFE;
        let nonce = hex(&context.nonce());
        let mut members: Vec<(&str, Value)> = vec![
            ("appId", self.id.as_str().into()),
            ("userId", self.user_id.as_str().into()),
            ("expireTime", expiry.into()),
            ("nonce", nonce.as_str().into()),
        ];
        members.extend(self.corp_id.as_deref().map(|id| ("corpId", id.into())));
        members.extend(self.dept_code.as_deref().map(|code| ("deptCode", code.into())));
        let request = Request {
            provider: APP,
            // Not idempotent: a nonce is good for one request.
            action: ActionInfo::new("meeting", "v2", "CreateAppIdToken")
                .with_path("/v2/usg/acs/auth/appauth"),
            scheme: "HMAC-SHA256",
            proof: self.proof(expiry, &nonce).into(),
            secret: &self.key,
            members,
            remedy: "check the id, the key, `user_id` and `corp_id` of the application, the region, and the clock",
        };
        self.sign_in.token(context, request).await
    }
}

/// What both ways to sign in have in common.
#[derive(Debug)]
struct SignIn {
    client_type: u32,
    region: String,
    exchange: Exchange<Cloud>,
}

impl Default for SignIn {
    fn default() -> Self {
        Self { client_type: API, region: "cn-north-4".to_owned(), exchange: Exchange::default() }
    }
}

/// One sign-in.
struct Request<'a> {
    /// The name of the provider, for errors.
    provider: &'static str,
    action: ActionInfo,
    /// The first word of `Authorization`.
    scheme: &'static str,
    /// The rest of `Authorization`. Like `secret`, it is masked in errors and logs, also if the response
    /// repeats it.
    proof: SecretString,
    /// The password or the key.
    secret: &'a SecretString,
    /// The members of the body, except `clientType`.
    members: Vec<(&'static str, Value)>,
    /// What the error says about a refusal.
    remedy: &'static str,
}

impl SignIn {
    /// Sends the request, and takes token and expiry out of the response.
    async fn token(&self, context: &Context, request: Request<'_>) -> Result<Credential, CredentialError> {
        let Request { provider, remedy, .. } = request;
        let broken = |what: &str| Error::new(ErrorKind::Credentials, format!("{provider}: {what}"));
        let failed = |error: Error| {
            let what = format!("the sign-in failed: {error}");
            broken(&if error.is_auth() { format!("{what}: {remedy}") } else { what })
        };
        let authorization = format!("{} {}", request.scheme, request.proof.expose_secret()).into();
        let client = self.exchange.client(context, Some(&self.region), "").map_err(failed)?;
        let mut call = client
            .raw_action(request.action.with_method(Method::POST).anonymous())
            .hide(request.secret)
            .hide(&request.proof)
            .secret(Param::new("Authorization").place(ParamLocation::Header), &authorization);
        for (name, value) in request.members {
            call = call.param(Param::new(name), value);
        }
        let call = call.param(Param::new("clientType"), self.client_type);
        let mut document = Value::from(call.invoke().await.map_err(failed)?);
        let token = take_text(&mut document, "accessToken")
            .ok_or_else(|| broken("the response has no `accessToken`"))?;
        let now = context.clock.now();
        let period = || document.get("validPeriod").and_then(Value::as_u64).map(Duration::from_secs);
        let expiry = document.get("expireTime").and_then(time::read);
        let expiry = expiry.or_else(|| now.checked_add(period().unwrap_or(LIFE)));
        let credential = Credential::bearer(token).map_err(|error| broken(error.message()))?;
        let credential = credential.with_source(provider);
        Ok(match expiry {
            Some(expiry) => credential.with_expiry(expiry),
            None => credential,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Recorded from `MeetingCredentials` of `huaweicloudsdkmeeting` 3.1.219, with this time and nonce.
    #[test]
    fn the_signature_of_an_application_is_the_vendor_s() {
        let app = || MeetingApp::new("app1", "key1");
        for (app, signature) in [
            (app(), "BF7C17071A9452E69773F2F988CABC4493B495E343E26A9CC6FF395AB85C4AB6"),
            (app().user_id("u1"), "8642CEA3F52B46CABD7FB6E70113D0757D99298DC78BA39F81B46E1E52610F44"),
            (
                app().corp_id("c1").user_id("u1"),
                "03D3FFC1EA55217D2DDEB6358797B76FC428F5B6155BC8929FD501DF6AB5529D",
            ),
            (app().corp_id(""), "6C68D1E33BA8592BFD857386EF586C46161E72CB6B642684E864151D051A6516"),
        ] {
            let made = app.proof(1_700_000_600, "12345678-1234-5678-1234-567812345678");
            assert_eq!(made, format!("signature={signature},access=YXBwMQ=="));
        }
    }
}

//! CloudSSO: the person confirms a code in any browser, and the program asks until that is done.

use std::time::Duration;

use http::Method;
use secrecy::SecretString;
use serde_json::{Map, Value, json};

use super::pkce::Verifier;
use super::{Login, Prompt, failed, refused};
use crate::action::info::ActionInfo;
use crate::action::request::{Param, ParamLocation};
use crate::call::raw::RawCall;
use crate::context::Context;
use crate::credential::{address, given, take_text};
use crate::error::{Error, ErrorKind};
use crate::provider::alibaba::credentials::cli_profile::signed_in::authorized;
use crate::provider::sign_in::{SignIn, client, is_busy, seconds};
use crate::sign::time::unix_seconds;

/// The application of the command line tool.
const CLIENT_ID: &str = "app-vaz16tltdxs96audqf35";
const CLIENT_VARIABLES: [&str; 2] = ["ALIBABACLOUD_SSO_CLIENT_ID", "ALIBABA_CLOUD_SSO_CLIENT_ID"];
const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
const FIVE_SECONDS: Duration = Duration::from_secs(5);
const MINUTE: Duration = Duration::from_secs(60);
/// The tool lets tokens expire this much earlier.
const EARLY: Duration = Duration::from_secs(10);

/// Signs in. The result is the members of the profile.
pub(super) async fn sign_in(
    context: &Context,
    login: &Login,
    sign_in_url: &str,
) -> Result<Map<String, Value>, Error> {
    let Some((base, _)) = address::allowed(sign_in_url) else {
        return Err(failed(
            "the sign-in URL is neither https nor loopback: copy it from the CloudSSO console",
        ));
    };
    let service = Service { context, login, base: &base };
    let (token, lifetime) = service.token(sign_in_url).await?;
    let ends = unix_seconds(context.clock.now() + lifetime.saturating_sub(EARLY));
    let account = service.only(&token, &ACCOUNTS, login.account_id.as_deref(), None).await?;
    let configured = login.access_configuration.as_deref();
    let configuration = service.only(&token, &CONFIGURATIONS, configured, Some(&account)).await?;
    let profile = json!({
        "mode": "CloudSSO",
        "cloud_sso_sign_in_url": sign_in_url,
        "access_token": token,
        "cloud_sso_access_token_expire": ends,
        "cloud_sso_account_id": account,
        "cloud_sso_access_config": configuration,
        // Keys of an earlier sign-in may belong to another account.
        "access_key_id": "", "access_key_secret": "", "sts_token": "", "sts_expiration": 0,
    });
    Ok(profile.as_object().cloned().unwrap_or_default())
}

/// A list from which one is chosen.
struct Choice {
    action: &'static str,
    path: &'static str,
    list: &'static str,
    id: &'static str,
    name: &'static str,
    setter: &'static str,
}

const ACCOUNTS: Choice = Choice {
    action: "ListAccounts",
    path: "/access-assignments/accounts",
    list: "Accounts",
    id: "AccountId",
    name: "DisplayName",
    setter: "account_id",
};
const CONFIGURATIONS: Choice = Choice {
    action: "ListAccessConfigurations",
    path: "/access-assignments/access-configurations",
    list: "AccessConfigurationsForAccount",
    id: "AccessConfigurationId",
    name: "AccessConfigurationName",
    setter: "access_configuration",
};

/// The sign-in service of the portal.
struct Service<'a> {
    context: &'a Context,
    login: &'a Login,
    base: &'a str,
}

impl Service<'_> {
    fn call(&self, name: &'static str, path: &'static str, method: Method) -> Result<RawCall<SignIn>, Error> {
        let info = ActionInfo::new("", "", name).with_path(path).with_method(method);
        let client = client(self.context, self.base, self.login.transport.as_ref())?;
        Ok(client.raw_action(info.anonymous().idempotent()))
    }

    /// The access token and its lifetime, once the person has confirmed.
    async fn token(&self, portal: &str) -> Result<(String, Duration), Error> {
        let named = CLIENT_VARIABLES.iter().find_map(|name| given(self.context, name));
        let client_id = named.unwrap_or_else(|| CLIENT_ID.to_owned());
        let verifier = Verifier::new(self.context);
        let call = self.call("StartDeviceAuthorization", "/device-authorization", Method::POST)?;
        let call = call
            .param(Param::new("PortalUrl"), portal)
            .param(Param::new("CodeChallenge"), verifier.challenge())
            .param(Param::new("ClientId"), &client_id)
            .param(Param::new("CodeChallengeMethod"), "S256");
        let begun = call.invoke().await.map_err(|error| refused("the sign-in cannot begin", error))?;
        let mut begun = Value::from(begun);
        let mut interval = begun.get("Interval").and_then(seconds).unwrap_or(FIVE_SECONDS);
        interval = interval.clamp(Duration::from_secs(1), MINUTE);
        let mut text = |name: &str| take_text(&mut begun, name);
        let (code, user_code) = (text("DeviceCode").map(SecretString::from), text("UserCode"));
        let (complete, plain) = (text("VerificationUriComplete"), text("VerificationUri"));
        let (Some(code), Some(url)) = (code, complete.or(plain)) else {
            return Err(failed(
                "the response has no `DeviceCode` or no `VerificationUri`: check the sign-in URL",
            ));
        };
        (self.login.tell)(&Prompt { url, user_code });
        loop {
            self.context.sleep.sleep(interval).await;
            let call = self.call("CreateAccessToken", "/token", Method::POST)?;
            let call = call
                .secret(Param::new("CodeVerifier"), verifier.secret())
                .param(Param::new("ClientId"), &client_id)
                .secret(Param::new("DeviceCode"), &code)
                .param(Param::new("GrantType"), GRANT);
            let error = match call.invoke().await {
                Ok(response) => {
                    let mut response = Value::from(response);
                    let lifetime = response.get("ExpiresIn").and_then(seconds);
                    let token = take_text(&mut response, "AccessToken").zip(lifetime);
                    return token.ok_or_else(|| {
                        failed("the response has no `AccessToken` or no `ExpiresIn`: sign in again")
                    });
                }
                Err(error) => error,
            };
            match error.code() {
                // RFC 8628, 3.5: the person may confirm meanwhile. The time limit of the sign-in ends it.
                code if is_busy(&error) || code.is_none() && error.kind() != ErrorKind::Config => {
                    tracing::warn!(%error, "the sign-in service did not respond as it should; it is asked again");
                    interval = interval.max((interval * 2).min(MINUTE));
                }
                Some("AuthorizationPending") => {}
                // RFC 8628, 3.5.
                Some("SlowDown") => interval += FIVE_SECONDS,
                Some("InvalidDeviceCodeError") => {
                    return Err(refused("nobody confirmed the code before it expired: sign in again", error));
                }
                _ => return Err(refused("the service refuses the sign-in: sign in again", error)),
            }
        }
    }

    /// The one that the program names, or the only one that there is.
    async fn only(
        &self,
        token: &str,
        choice: &Choice,
        named: Option<&str>,
        account: Option<&str>,
    ) -> Result<String, Error> {
        if let Some(named) = named {
            return Ok(named.to_owned());
        }
        let mut call = authorized(self.call(choice.action, choice.path, Method::GET)?, token);
        if let Some(account) = account {
            call = call.param(Param::new("AccountId").place(ParamLocation::Query), account);
        }
        let call = call.param(Param::new("MaxResults").place(ParamLocation::Query), 20);
        let response = call.invoke().await.map_err(|error| refused("the portal shows no list", error))?;
        let response = Value::from(response);
        let all = response.get(choice.list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let text = |one: &Value, name: &str| one.get(name).and_then(Value::as_str).map(str::to_owned);
        match all {
            [one] => text(one, choice.id)
                .ok_or_else(|| failed(&format!("the portal shows an entry without `{}`", choice.id))),
            [] => Err(failed(&format!(
                "the portal gives this person nothing in `{}`: ask the administrator of CloudSSO",
                choice.list
            ))),
            several => {
                let shown = several.iter().map(|one| {
                    let (id, name) = (text(one, choice.id), text(one, choice.name));
                    format!("{} ({})", id.unwrap_or_default(), name.unwrap_or_default())
                });
                let shown = shown.collect::<Vec<_>>().join(", ");
                Err(failed(&format!("choose one with `{}`: {}", choice.setter, shown.escape_debug())))
            }
        }
    }
}

//! OAuth: the browser returns to this machine with a code, which is exchanged for tokens.

use http::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};

use super::listener::{Listener, Returned};
use super::pkce::Verifier;
use super::{Login, Prompt, Site, failed, refused};
use crate::action::info::{ActionInfo, BodyFormat, Idempotency};
use crate::action::request::Param;
use crate::context::Context;
use crate::credential::take_text;
use crate::error::Error;
use crate::provider::alibaba::credentials::cli_profile::signed_in::{self, SITES};
use crate::provider::sign_in::{client, seconds};
use crate::sign::encode::{hex, query};
use crate::sign::time::unix_seconds;

/// The ports that are registered for the application.
const PORTS: std::ops::RangeInclusive<u16> = 12345..=12349;

/// Signs in. The result is the members of the profile.
pub(super) async fn sign_in(
    context: &Context,
    login: &Login,
    site: Site,
) -> Result<Map<String, Value>, Error> {
    let [china, international] = SITES;
    let ((name, base, client_id), page) = match site {
        Site::China => (china, "https://signin.aliyun.com"),
        Site::International => (international, "https://signin.alibabacloud.com"),
    };
    let listener = Listener::bind(PORTS).map_err(|error| {
        failed(&format!("no free port on this machine among 12345 to 12349 ({error})")).with_source(error)
    })?;
    let (verifier, state, redirect) = (Verifier::new(context), hex(&context.nonce()), listener.address());
    let asked = query([
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", &redirect),
        ("state", &state),
        ("code_challenge", &verifier.challenge()),
        ("code_challenge_method", "S256"),
    ]);
    (login.tell)(&Prompt { url: format!("{page}/oauth2/v1/auth?{asked}"), user_code: None });
    let returned = listener.returned(state).await.map_err(|error| failed(&error.to_string()))?;
    let code = match returned {
        Returned::Code(code) => code,
        Returned::Refused(reason) => {
            let reason = reason.escape_debug().to_string();
            return Err(failed(&format!("the service or the person refused ({reason}): sign in again")));
        }
        Returned::OtherState => {
            let what = "the browser returned from another sign-in (its `state` differs): close older pages, and sign in again";
            return Err(failed(what));
        }
    };

    let info =
        ActionInfo::new("", "", "RedeemCode").with_path("/v1/token").with_body_format(BodyFormat::Form);
    let call = client(context, base, login.transport.as_ref())?
        .raw_action(info.with_method(Method::POST).with_idempotency(Idempotency::Unsafe).anonymous())
        .param(Param::new("grant_type"), "authorization_code")
        .secret(Param::new("code"), &code)
        .param(Param::new("client_id"), client_id)
        .param(Param::new("redirect_uri"), redirect)
        .secret(Param::new("code_verifier"), verifier.secret());
    let response = call.invoke().await.map_err(|error| refused("the code was not exchanged", error))?;
    let mut tokens = Value::from(response);
    let (access, refresh) = (take_text(&mut tokens, "access_token"), take_text(&mut tokens, "refresh_token"));
    let lifetime = tokens.get("expires_in").and_then(seconds);
    let (Some(access), Some(refresh), Some(lifetime)) = (access, refresh, lifetime) else {
        let what = "the response has no `access_token`, `refresh_token` or `expires_in`: is a proxy between?";
        return Err(failed(what));
    };
    let ends = unix_seconds(context.clock.now() + lifetime);

    // The first exchange shows whether the tokens are of use, before anything is written.
    let keys = signed_in::exchange(context, base, &access, login.transport.as_ref()).await;
    let keys = keys.map_err(|error| refused("the tokens give no keys", error))?;
    if keys.is_expired(context.clock.now()) {
        let what = "the new keys have already expired: check the clock of this machine, and sign in again";
        return Err(failed(what));
    }
    let profile = json!({
        "mode": "OAuth",
        "oauth_site_type": name,
        "oauth_access_token": access,
        "oauth_refresh_token": refresh,
        "oauth_access_token_expire": ends,
        "access_key_id": keys.id(),
        "access_key_secret": keys.secret().expose_secret(),
        "sts_token": keys.token().map(SecretString::expose_secret),
        "sts_expiration": keys.expiry().map(unix_seconds),
    });
    Ok(profile.as_object().cloned().unwrap_or_default())
}

//! Settings that the vendor's SDKs read from the environment, other than credentials.
//!
//! | variable | meaning | read by |
//! | --- | --- | --- |
//! | `ALIBABA_CLOUD_CA_BUNDLE` | a file of certificates in PEM | the older package |
//! | `ALIBABA_CLOUD_USER_AGENT` | text after `cloudcall/…` in `User-Agent` | the newer packages |
//!
//! The certificates are trusted in place of those of the system, unless `HttpOptions::trust` is set. The user
//! agent is used unless the client or the call sets one. Both variables are read once, when a client is
//! built. An empty variable counts as unset.

use std::path::Path;

use http::HeaderValue;

use crate::context::Context;
use crate::error::Error;
use crate::transport::trust::TlsTrust;

const CA_BUNDLE: &str = "ALIBABA_CLOUD_CA_BUNDLE";
const USER_AGENT: &str = "ALIBABA_CLOUD_USER_AGENT";

/// The certificates of the file that `ALIBABA_CLOUD_CA_BUNDLE` names.
///
/// # Errors
///
/// Kind `Config`, with the name of the variable and the file, if the file cannot be read or has no
/// certificate.
pub(super) fn trust(context: &Context) -> Result<Option<TlsTrust>, Error> {
    let Some(path) = variable(context, CA_BUNDLE) else { return Ok(None) };
    let wrong = |what: &str| {
        let shown = path.escape_debug();
        Error::config(format!("{CA_BUNDLE} names `{shown}`, {what}: name a file of certificates in PEM"))
    };
    let pem = context
        .files
        .read(Path::new(&path))
        .map_err(|error| wrong("which cannot be read").with_source(error))?;
    let marker = b"-----BEGIN CERTIFICATE-----";
    match pem.windows(marker.len()).any(|part| part == marker) {
        true => Ok(Some(TlsTrust::only_pem(pem))),
        false => Err(wrong("which has no certificate")),
    }
}

/// The value of `User-Agent` with the text of `ALIBABA_CLOUD_USER_AGENT`.
pub(super) fn user_agent(context: &Context) -> Result<Option<HeaderValue>, Error> {
    let Some(own) = variable(context, USER_AGENT) else { return Ok(None) };
    agent(&own).map(Some).map_err(|error| {
        Error::config(format!("{USER_AGENT} has a control character, which a header cannot carry: remove it"))
            .with_source(error)
    })
}

/// The value of `User-Agent`: `cloudcall/VERSION`, and the text of the program after it.
pub(super) fn agent(own: &str) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    let text = format!("{} {own}", concat!("cloudcall/", env!("CARGO_PKG_VERSION")));
    HeaderValue::from_bytes(text.as_bytes())
}

/// The value of a variable without white space around it, if it is not empty.
fn variable(context: &Context, name: &str) -> Option<String> {
    context.env.var(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

//! Settings of the environment that the vendor's SDKs read, other than credentials.
//!
//! - `ALIBABA_CLOUD_CA_BUNDLE` names a file of certificates in PEM. They are trusted in place of the system's
//!   certificates, unless `HttpOptions::trust` is set. The vendor's older package reads it.
//! - `ALIBABA_CLOUD_USER_AGENT` follows `cloudcall/…` in the header `User-Agent`, unless the client or the
//!   call sets one. The vendor's newer packages read it.
//!
//! An empty variable counts as unset.

use std::path::Path;

use http::HeaderValue;

use crate::context::Context;
use crate::error::Error;
use crate::transport::trust::TlsTrust;

const CA_BUNDLE: &str = "ALIBABA_CLOUD_CA_BUNDLE";
const USER_AGENT: &str = "ALIBABA_CLOUD_USER_AGENT";

/// The authorities of the file that the environment names.
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

/// The value of `User-Agent` with what the environment adds.
pub(super) fn user_agent(context: &Context) -> Result<Option<HeaderValue>, Error> {
    let Some(own) = variable(context, USER_AGENT) else { return Ok(None) };
    agent(&own).map(Some).map_err(|error| {
        Error::config(format!("{USER_AGENT} has a control character, which a header cannot carry: remove it"))
            .with_source(error)
    })
}

/// The value of `User-Agent` for what the program says of itself.
pub(super) fn agent(own: &str) -> Result<HeaderValue, http::header::InvalidHeaderValue> {
    let text = format!("{} {own}", concat!("cloudcall/", env!("CARGO_PKG_VERSION")));
    HeaderValue::from_bytes(text.as_bytes())
}

fn variable(context: &Context, name: &str) -> Option<String> {
    context.env.var(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

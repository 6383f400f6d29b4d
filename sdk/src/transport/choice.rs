//! The transport of a client that was built without an explicit one.
//!
//! The cargo features decide: `reqwest` takes precedence over `hyper`, so that turning on `hyper`
//! somewhere in a program does not change the transport of another crate.

use std::sync::Arc;

use super::HttpSend;
use crate::context::Context;
use crate::error::Error;
use crate::options::HttpOptions;

/// A transport over reqwest with the options of the client.
///
/// # Errors
///
/// Those of [`ReqwestTransport::new`](super::ReqwestTransport::new).
#[cfg(feature = "reqwest")]
pub(crate) fn by_features(options: &HttpOptions, context: &Context) -> Result<Arc<dyn HttpSend>, Error> {
    Ok(Arc::new(super::ReqwestTransport::in_context(options, context)?))
}

/// A transport over hyper with the options of the client.
///
/// # Errors
///
/// Those of [`HyperTransport::new`](super::HyperTransport::new).
#[cfg(all(feature = "hyper", not(feature = "reqwest")))]
pub(crate) fn by_features(options: &HttpOptions, context: &Context) -> Result<Arc<dyn HttpSend>, Error> {
    Ok(Arc::new(super::HyperTransport::in_context(options, context)?))
}

/// No transport is compiled in, which is an error of kind `Config`.
#[cfg(not(feature = "__http"))]
pub(crate) fn by_features(_: &HttpOptions, _: &Context) -> Result<Arc<dyn HttpSend>, Error> {
    let what = "no transport: turn the cargo feature `reqwest` or `hyper` on, or give the client a transport of yours";
    Err(Error::config(what))
}

//! The transport that a client uses if it is given none.

use std::sync::Arc;

use super::HttpSend;
use crate::context::Context;
use crate::error::Error;
use crate::options::HttpOptions;

/// The transport over reqwest.
#[cfg(feature = "reqwest")]
pub(crate) fn by_features(options: &HttpOptions, context: &Context) -> Result<Arc<dyn HttpSend>, Error> {
    Ok(Arc::new(super::ReqwestTransport::in_context(options, context)?))
}

/// The transport over hyper.
#[cfg(all(feature = "hyper", not(feature = "reqwest")))]
pub(crate) fn by_features(options: &HttpOptions, context: &Context) -> Result<Arc<dyn HttpSend>, Error> {
    Ok(Arc::new(super::HyperTransport::in_context(options, context)?))
}

/// There is no transport.
#[cfg(not(feature = "__http"))]
pub(crate) fn by_features(_: &HttpOptions, _: &Context) -> Result<Arc<dyn HttpSend>, Error> {
    let what = "no transport: turn the cargo feature `reqwest` or `hyper` on, or give the client a transport of yours";
    Err(Error::config(what))
}

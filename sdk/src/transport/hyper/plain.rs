//! Takes the place of `tls.rs` if no TLS library is compiled in.
//!
//! Plain HTTP works, for example with a local test server. HTTPS and TLS settings are errors that name
//! the missing cargo feature.

use std::task::{Context, Poll};

use futures_util::future::{BoxFuture, FutureExt as _, TryFutureExt as _};
use http::Uri;
use http::uri::Scheme;
use tower_service::Service;

use super::joined::Joined;
use super::link::{BoxError, Link};
use crate::error::Error;
use crate::transport::trust::TlsTrust;

/// The TLS settings of a client: none.
#[derive(Clone)]
pub(super) struct Tls;

impl Tls {
    /// # Errors
    ///
    /// Kind `Config` for settings other than the default ones.
    pub(super) fn new(trust: &TlsTrust) -> Result<Self, Error> {
        match *trust == TlsTrust::system() {
            true => Ok(Self),
            false => Err(Error::config(MISSING)),
        }
    }

    /// Connects by `connector`, and refuses `https` addresses.
    pub(super) fn over<C>(&self, connector: C) -> Plain<C> {
        Plain(connector)
    }
}

/// The message of both errors.
const MISSING: &str =
    "no TLS for the transport over hyper: turn the cargo feature `rustls` or `rustls-ring` on";

/// A connector that refuses `https` addresses.
pub(super) struct Plain<C>(C);

impl<C> Service<Uri> for Plain<C>
where
    C: Service<Uri>,
    C::Response: Send + 'static,
    C::Future: Send + 'static,
    C::Error: Into<BoxError> + 'static,
{
    type Response = C::Response;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<C::Response, BoxError>>;

    fn poll_ready(&mut self, task: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(task).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        if uri.scheme() == Some(&Scheme::HTTPS) {
            return std::future::ready(Err(MISSING.into())).boxed();
        }
        self.0.call(uri).map_err(Into::into).boxed()
    }
}

/// The connection, boxed.
pub(super) fn boxed<T: Link + 'static>(plain: T) -> Box<dyn Link> {
    Box::new(Joined(plain))
}

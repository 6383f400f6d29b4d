//! Tells a transport which action a request belongs to.

use crate::action::info::ActionInfo;
use crate::transport::HttpRequest;

/// The action that a request belongs to, as an extension of the request (`http::Extensions`).
///
/// A request of a REST API does not name its action. Transports for which
/// [`HttpSend::wants_action`](crate::transport::HttpSend::wants_action) returns true find it here; nothing of
/// it is sent.
///
/// ```
/// use cloudcall::async_trait;
/// use cloudcall::transport::{CalledAction, HttpRequest, HttpResponse, HttpSend, TransportError};
///
/// #[derive(Debug)]
/// struct Counted<T>(T);
///
/// #[async_trait]
/// impl<T: HttpSend> HttpSend for Counted<T> {
///     async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
///         if let Some(called) = request.extensions().get::<CalledAction>() {
///             println!("{} {}", called.provider, called.action);
///         }
///         self.0.send(request).await
///     }
///
///     fn wants_action(&self) -> bool {
///         true
///     }
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CalledAction {
    /// The name of the provider, such as `huawei`.
    pub provider: &'static str,
    /// The product, such as `vpc`.
    pub product: String,
    /// The version, such as `v3`. Empty for a provider without versions.
    pub version: String,
    /// The action, such as `ListVpcs`.
    pub action: String,
}

impl CalledAction {
    /// Attaches the action to a request. This does not change what is sent.
    pub(crate) fn attach(request: &mut HttpRequest, provider: &'static str, info: &ActionInfo) {
        request.extensions_mut().insert(Self {
            provider,
            product: info.product().to_owned(),
            version: info.version().to_owned(),
            action: info.name().to_owned(),
        });
    }
}

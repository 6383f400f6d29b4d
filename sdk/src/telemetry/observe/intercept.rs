//! Interceptors: change a request before it is signed.

use std::fmt;

use http::{HeaderMap, Method};

use super::watching::Facts;
use crate::action::request::{RequestParts, caller_header};
use crate::error::Error;
use crate::telemetry::redact;

/// Changes a request before it is signed: adds a trace context, a tenant header, or a key of your own.
///
/// An interceptor runs once per call, before the first attempt, so all attempts send the same headers.
/// It runs after the headers of client and call were set. Several interceptors run in the order in
/// which the client got them. It should return quickly. If it returns an error, nothing is sent and the
/// call ends with that error.
///
/// To watch requests without changing them, use [`Observe`](super::Observe).
///
/// ```
/// use cloudcall::observe::{Intercept, UnsignedRequest};
/// use cloudcall::{Client, Error, Tencent};
///
/// #[derive(Debug)]
/// struct Tenant(String);
///
/// impl Intercept for Tenant {
///     fn before_sign(&self, request: &mut UnsignedRequest<'_>) -> Result<(), Error> {
///         request.set_header("X-Tenant", &self.0)
///     }
/// }
///
/// let client = Client::<Tencent>::builder()
///     .region("ap-guangzhou")
///     .interceptor(Tenant("blue".to_owned()))
///     .build()?;
/// # Ok::<(), Error>(())
/// ```
///
/// # Troubleshooting
///
/// - *The call fails with kind `Config` and names a header.* The provider sets this header itself, such
///   as `Host` or `Authorization`, or name or value has a character that headers cannot have.
pub trait Intercept: fmt::Debug + Send + Sync {
    /// Changes the request.
    ///
    /// # Errors
    ///
    /// An error ends the call before anything is sent.
    fn before_sign(&self, request: &mut UnsignedRequest<'_>) -> Result<(), Error>;
}

/// A request before it is signed. `Debug` masks secrets.
///
/// ```
/// use cloudcall::http::Method;
/// use cloudcall::observe::UnsignedRequest;
///
/// // Tests of an interceptor make one themselves.
/// let mut parts = cloudcall::action::RequestParts::new(Method::POST);
/// let mut request = UnsignedRequest::new("tencent", "cvm", "DescribeZones", &mut parts);
/// request.set_header("X-Tenant", "blue")?;
/// assert_eq!(request.header("x-tenant"), Some("blue"));
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub struct UnsignedRequest<'a> {
    facts: Facts<'a>,
    parts: &'a mut RequestParts,
}

impl<'a> UnsignedRequest<'a> {
    /// A request of the given action. Calls make it themselves; this is for tests of interceptors.
    pub fn new(
        provider: &'static str,
        product: &'a str,
        action: &'a str,
        parts: &'a mut RequestParts,
    ) -> Self {
        Self { facts: Facts { provider, product, action, region: None }, parts }
    }

    /// The request of a call.
    pub(crate) fn of(facts: Facts<'a>, parts: &'a mut RequestParts) -> Self {
        Self { facts, parts }
    }

    /// The provider, such as `tencent`.
    pub fn provider(&self) -> &str {
        self.facts.provider
    }

    /// The product, such as `cvm`.
    pub fn product(&self) -> &str {
        self.facts.product
    }

    /// The action, such as `DescribeInstances`.
    pub fn action(&self) -> &str {
        self.facts.action
    }

    /// The region of the call, if it has one.
    pub fn region(&self) -> Option<&str> {
        self.facts.region
    }

    /// The HTTP method.
    pub fn method(&self) -> &Method {
        &self.parts.method
    }

    /// The path, percent-encoded.
    pub fn path(&self) -> &str {
        &self.parts.path
    }

    /// The headers of action, client and call. The provider adds its own headers when it signs.
    pub fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// The value of a header, if it is set and is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.parts.headers.get(name)?.to_str().ok()
    }

    /// Sets a header. It replaces a header of the same name.
    ///
    /// # Errors
    ///
    /// Kind `Config` if name or value is not valid, or if the provider sets this header itself, such as
    /// `Host` and `Authorization`.
    pub fn set_header(&mut self, name: &str, value: &str) -> Result<(), Error> {
        let (name, value) = caller_header(name, value)?;
        self.parts.headers.insert(name, value);
        Ok(())
    }

    /// Removes a header that action, client or call has set.
    pub fn remove_header(&mut self, name: &str) {
        self.parts.headers.remove(name);
    }
}

impl fmt::Debug for UnsignedRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnsignedRequest")
            .field("provider", &self.facts.provider)
            .field("product", &self.facts.product)
            .field("action", &self.facts.action)
            .field("region", &self.facts.region)
            .field("method", &self.parts.method)
            .field("headers", &redact::Headers(&self.parts.headers))
            .finish_non_exhaustive()
    }
}

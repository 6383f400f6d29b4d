//! The facts about an action: product, version, name, method, path, and whether it may be
//! repeated.
//!
//! They are separate from [`Action`](super::Action), because the pipeline and the providers
//! need them without the type of the action, and an untyped call has only these.
//! `#[cloud_action]` writes them as a constant, so a call neither allocates nor copies
//! them.

use std::borrow::Cow;

use http::Method;

use crate::action::request::ParamLocation;
use crate::action::retry_defaults::RetryDefaults;
use crate::endpoint::table::EndpointTable;
use crate::response::tolerant::Shape;

/// The facts about an action that do not depend on the values of one call.
///
/// ```
/// use cloudcall::action::{ActionInfo, Idempotency};
/// use cloudcall::http::Method;
///
/// const SHOW: ActionInfo = ActionInfo::new("ecs", "v1", "ShowServer")
///     .with_method(Method::GET)
///     .with_path("/v1/{project_id}/cloudservers/{server_id}");
/// assert_eq!(SHOW.idempotency(), Idempotency::ReadOnly);
///
/// // The name does not tell that this may be repeated.
/// const STOP: ActionInfo = ActionInfo::new("cvm", "2017-03-12", "StopInstances").idempotent();
/// assert!(STOP.idempotency().is_safe());
/// ```
///
/// # Troubleshooting
///
/// *A read is not retried.* Its name begins with none of the known verbs, see
/// [`idempotency`](Self::idempotency). Declare it with [`readonly`](Self::readonly), or as
/// `readonly` in `#[cloud_action]`.
///
/// *A call that changes something is retried.* Its name begins like that of a read. Declare
/// it with `with_idempotency(Idempotency::Unsafe)`.
#[derive(Debug, Clone)]
pub struct ActionInfo {
    product: Cow<'static, str>,
    version: Cow<'static, str>,
    name: Cow<'static, str>,
    method: Option<Method>,
    path: Option<Cow<'static, str>>,
    style: CallStyle,
    body_format: BodyFormat,
    idempotency: Option<Idempotency>,
    idempotency_token: Option<(ParamLocation, Cow<'static, str>)>,
    host: Option<Cow<'static, str>>,
    endpoint_table: Option<EndpointTable>,
    anonymous: bool,
    regionless: bool,
    retry: Option<RetryDefaults>,
    headers: &'static [(&'static str, &'static str)],
    shape: Shape,
}

impl ActionInfo {
    /// An action named `name` of `product` in the given API `version`. The version is empty
    /// for providers that have none. Method and style are those that the provider uses by
    /// default, and the path is `/`.
    pub const fn new(product: &'static str, version: &'static str, name: &'static str) -> Self {
        Self {
            product: Cow::Borrowed(product),
            version: Cow::Borrowed(version),
            name: Cow::Borrowed(name),
            method: None,
            path: None,
            style: CallStyle::Auto,
            body_format: BodyFormat::Auto,
            idempotency: None,
            idempotency_token: None,
            host: None,
            endpoint_table: None,
            anonymous: false,
            regionless: false,
            retry: None,
            headers: &[],
            shape: Shape::UNKNOWN,
        }
    }

    /// The same with names that are only known at run time. Untyped calls use it.
    pub fn dynamic(product: impl Into<String>, version: impl Into<String>, name: impl Into<String>) -> Self {
        let mut info = Self::new("", "", "");
        info.product = Cow::Owned(product.into());
        info.version = Cow::Owned(version.into());
        info.name = Cow::Owned(name.into());
        info
    }

    /// Sets the shape of the response, so that odd members of it are tolerated. Without
    /// one, the response is read as serde reads it.
    #[must_use]
    pub const fn with_shape(mut self, shape: Shape) -> Self {
        self.shape = shape;
        self
    }

    /// The shape of the response.
    #[doc(hidden)]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Sets the HTTP method. Default: that of the provider.
    #[must_use]
    pub const fn with_method(mut self, method: Method) -> Self {
        // A `Method` may own memory, which a const function must not drop: forget the
        // (never set) old one.
        std::mem::forget(self.method.replace(method));
        self
    }

    /// Sets the path template, such as `/v1/{project_id}/vpcs/{vpc_id}`. Parameters replace
    /// the placeholders of their names.
    #[must_use]
    pub const fn with_path(mut self, path: &'static str) -> Self {
        std::mem::forget(self.path.replace(Cow::Borrowed(path)));
        self
    }

    /// Sets the path template from a text that is only known at run time.
    #[must_use]
    pub fn with_dynamic_path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(Cow::Owned(path.into()));
        self
    }

    /// Chooses between the call styles of a provider that has several (Alibaba Cloud: RPC
    /// and ROA).
    #[must_use]
    pub const fn with_style(mut self, style: CallStyle) -> Self {
        self.style = style;
        self
    }

    /// Sets the format of the request body, if it is not the provider's default.
    #[must_use]
    pub const fn with_body_format(mut self, format: BodyFormat) -> Self {
        self.body_format = format;
        self
    }

    /// Declares that the action changes nothing, so that it may be repeated after any
    /// failure. Waiters and resumed downloads require it.
    #[must_use]
    pub const fn readonly(self) -> Self {
        self.with_idempotency(Idempotency::ReadOnly)
    }

    /// Declares that calling the action twice has the same effect as calling it once.
    #[must_use]
    pub const fn idempotent(self) -> Self {
        self.with_idempotency(Idempotency::Idempotent)
    }

    /// Sets whether the action may be repeated, whatever its name suggests.
    #[must_use]
    pub const fn with_idempotency(mut self, idempotency: Idempotency) -> Self {
        self.idempotency = Some(idempotency);
        self
    }

    /// Names the parameter that makes repeated requests one. It is filled in once per call,
    /// if the user left it out or gave an empty text, and all attempts share it.
    #[must_use]
    pub const fn with_idempotency_token(mut self, place: ParamLocation, name: &'static str) -> Self {
        std::mem::forget(self.idempotency_token.replace((place, Cow::Borrowed(name))));
        self
    }

    /// Sets a host that neither region nor product decides. It has no backup.
    #[must_use]
    pub const fn with_host(mut self, host: &'static str) -> Self {
        std::mem::forget(self.host.replace(Cow::Borrowed(host)));
        self
    }

    /// Sets the hosts of the action's product, if the runtime cannot know them. Alibaba
    /// Cloud uses them; the hosts of the other providers follow rules.
    #[must_use]
    pub const fn with_endpoint_table(mut self, table: EndpointTable) -> Self {
        self.endpoint_table = Some(table);
        self
    }

    /// Declares that the action takes no region as a parameter, so none is added. Alibaba
    /// Cloud's RPC calls send `RegionId` otherwise.
    #[must_use]
    pub const fn regionless(mut self) -> Self {
        self.regionless = true;
        self
    }

    /// Sets how calls of the action are retried, unless the client or the call has a
    /// policy.
    #[must_use]
    pub const fn with_retry(mut self, retry: RetryDefaults) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sets headers of all calls of the action, unless the client or the call sets headers
    /// of the same names.
    #[must_use]
    pub const fn with_headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// Declares that the action is sent without a signature. No credential is fetched for
    /// it.
    #[must_use]
    pub const fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// The product, in the spelling of the vendor's host names and scopes, such as `cvm`.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// The API version, such as `2017-03-12` or `v3`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The name of the action on the wire, such as `DescribeInstances`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version without a copy, if it is a constant.
    #[cfg(feature = "tencent")]
    pub(crate) fn version_text(&self) -> Cow<'static, str> {
        self.version.clone()
    }

    /// The name without a copy, if it is a constant.
    #[cfg(feature = "tencent")]
    pub(crate) fn name_text(&self) -> Cow<'static, str> {
        self.name.clone()
    }

    /// The HTTP method, if the action fixes one.
    pub fn method(&self) -> Option<&Method> {
        self.method.as_ref()
    }

    /// The path template. `/` if none was set.
    pub fn path(&self) -> &str {
        self.path.as_deref().unwrap_or("/")
    }

    /// Whether a path was set, also if it is `/`.
    #[cfg(feature = "huawei")]
    pub(crate) fn has_path(&self) -> bool {
        self.path.is_some()
    }

    /// The call style.
    pub fn style(&self) -> CallStyle {
        self.style
    }

    /// The format of the request body.
    pub fn body_format(&self) -> BodyFormat {
        self.body_format
    }

    /// Whether the action takes no region as a parameter.
    pub fn is_regionless(&self) -> bool {
        self.regionless
    }

    /// The host that the action declares.
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// The hosts of the action's product, if the action declares them.
    pub fn endpoint_table(&self) -> Option<&EndpointTable> {
        self.endpoint_table.as_ref()
    }

    /// How calls of the action are retried, if the action declares it.
    pub fn retry(&self) -> Option<RetryDefaults> {
        self.retry
    }

    /// The headers that the action declares, each with its value.
    pub fn headers(&self) -> &'static [(&'static str, &'static str)] {
        self.headers
    }

    /// Whether the action is sent unsigned.
    pub fn is_anonymous(&self) -> bool {
        self.anonymous
    }

    /// The parameter that carries the idempotency token, if there is one.
    pub fn idempotency_token(&self) -> Option<(ParamLocation, &str)> {
        self.idempotency_token.as_ref().map(|(place, name)| (*place, name.as_ref()))
    }

    /// Whether a call may be repeated after a failure that may have reached the server.
    ///
    /// Without a declaration, an idempotency token makes an action
    /// [`Idempotency::Idempotent`]. Without one, these are read-only, and everything else
    /// is [`Idempotency::Unsafe`]:
    ///
    /// - actions whose names begin with `Describe`, `List`, `Get`, `Query`, `Show`,
    ///   `Check`, `Count`, `Search`, `Inquiry` or `Inquire`. The verb must end where the
    ///   next word begins: `GetawayCreate` is not a `Get`.
    /// - GET and HEAD of a path other than `/`. At the path `/` the method says nothing,
    ///   because Volcengine and Alibaba Cloud create and delete by GET.
    pub fn idempotency(&self) -> Idempotency {
        if let Some(declared) = self.idempotency {
            return declared;
        }
        if self.idempotency_token.is_some() {
            return Idempotency::Idempotent;
        }
        const READS: [&str; 10] =
            ["Describe", "List", "Get", "Query", "Show", "Check", "Count", "Search", "Inquiry", "Inquire"];
        // `Getaway` is no `Get`: the verb ends where the next word begins.
        let reads = |verb: &&str| {
            self.name
                .strip_prefix(*verb)
                .is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_lowercase()))
        };
        // At the path `/` the action is a command, which some clouds send by GET even if it
        // creates something.
        let method = self.path() != "/" && matches!(self.method, Some(Method::GET | Method::HEAD));
        if method || READS.iter().any(reads) { Idempotency::ReadOnly } else { Idempotency::Unsafe }
    }
}

/// The call styles of the providers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum CallStyle {
    /// The only, or the usual, style of the provider.
    #[default]
    Auto,
    /// Parameters flattened into the query or a form. The path is always `/`.
    Rpc,
    /// Resources are named by the path.
    Roa,
}

/// Formats of request bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum BodyFormat {
    /// What the provider and the method suggest.
    #[default]
    Auto,
    /// `application/json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// `application/xml`.
    Xml,
    /// `application/octet-stream`: the bytes of one parameter or file are the body.
    OctetStream,
}

/// Whether a call may be sent again after a failure that may have reached the server.
///
/// It does not matter for requests that were never sent or that were throttled: these are
/// always repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Idempotency {
    /// The action changes nothing.
    ReadOnly,
    /// The action changes something, but twice is the same as once.
    Idempotent,
    /// The action must not be sent twice: it may create two instances.
    Unsafe,
}

impl Idempotency {
    /// Whether the call may be sent again although the first request may have been carried
    /// out.
    pub fn is_safe(self) -> bool {
        self != Self::Unsafe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(feature = "huawei")]
    fn the_root_is_a_path_only_if_it_is_set() {
        let action = || ActionInfo::new("vpc", "v3", "ListVersions");
        assert_eq!((action().path(), action().has_path()), ("/", false));
        assert_eq!((action().with_path("/").path(), action().with_path("/").has_path()), ("/", true));
        assert!(action().with_dynamic_path("/").has_path());
    }

    #[test]
    fn the_name_or_the_method_says_what_is_safe() {
        let idempotency = |name| ActionInfo::new("p", "v", name).idempotency();
        assert_eq!(idempotency("DescribeInstances"), Idempotency::ReadOnly);
        assert_eq!(idempotency("InquiryPriceRunInstances"), Idempotency::ReadOnly);
        assert_eq!(idempotency("Get"), Idempotency::ReadOnly);
        assert_eq!(idempotency("GetawayCreate"), Idempotency::Unsafe);
        assert_eq!(idempotency("RunInstances"), Idempotency::Unsafe);
        let put = ActionInfo::new("p", "v", "UpdateVpc");
        assert_eq!(put.clone().with_method(Method::PUT).idempotency(), Idempotency::Unsafe);
        // At the path `/` the name alone decides: several clouds create and delete by GET.
        assert_eq!(put.clone().with_method(Method::GET).idempotency(), Idempotency::Unsafe);
        assert_eq!(
            put.clone().with_method(Method::GET).with_path("/v1/{id}").idempotency(),
            Idempotency::ReadOnly
        );
        assert_eq!(
            put.with_idempotency_token(ParamLocation::Auto, "ClientToken").idempotency(),
            Idempotency::Idempotent
        );
        assert_eq!(
            ActionInfo::new("p", "v", "GetAndDelete").with_idempotency(Idempotency::Unsafe).idempotency(),
            Idempotency::Unsafe
        );
    }
}

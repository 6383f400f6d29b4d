//! The facts about an action: product, version, name, method, path, and what retries may do.

use std::borrow::Cow;

use http::Method;

use crate::action::request::ParamLocation;
use crate::action::retry_defaults::RetryDefaults;
use crate::endpoint::table::EndpointTable;
use crate::response::tolerant::Shape;

/// The facts about an action that do not depend on one call's values.
#[derive(Debug, Clone)]
pub struct ActionInfo {
    product: Cow<'static, str>,
    version: Cow<'static, str>,
    name: Cow<'static, str>,
    method: Option<Method>,
    path: Cow<'static, str>,
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
    /// An action named `name` of `product` in the given API `version` (empty where the cloud has none).
    pub const fn new(product: &'static str, version: &'static str, name: &'static str) -> Self {
        Self {
            product: Cow::Borrowed(product),
            version: Cow::Borrowed(version),
            name: Cow::Borrowed(name),
            method: None,
            path: Cow::Borrowed("/"),
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

    /// The same with names that are only known at run time.
    pub fn dynamic(product: impl Into<String>, version: impl Into<String>, name: impl Into<String>) -> Self {
        let mut info = Self::new("", "", "");
        info.product = Cow::Owned(product.into());
        info.version = Cow::Owned(version.into());
        info.name = Cow::Owned(name.into());
        info
    }

    /// Sets the shape of the response, so that odd members of it are tolerated. Without one it is read as serde reads it.
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

    /// Sets the HTTP method; without one the cloud's own default holds.
    #[must_use]
    pub const fn with_method(mut self, method: Method) -> Self {
        // A `Method` may own memory, which a const function must not drop: forget the (never set) old one.
        std::mem::forget(self.method.replace(method));
        self
    }

    /// Sets the path template, such as `/v1/{project_id}/vpcs/{vpc_id}`.
    #[must_use]
    pub const fn with_path(mut self, path: &'static str) -> Self {
        std::mem::forget(std::mem::replace(&mut self.path, Cow::Borrowed(path)));
        self
    }

    /// Sets the path template from a text that is only known at run time.
    #[must_use]
    pub fn with_dynamic_path(mut self, path: impl Into<String>) -> Self {
        self.path = Cow::Owned(path.into());
        self
    }

    /// Chooses between the call styles of a cloud that has several (Alibaba Cloud: RPC and ROA).
    #[must_use]
    pub const fn with_style(mut self, style: CallStyle) -> Self {
        self.style = style;
        self
    }

    /// Sets the kind of the request body where it is not the cloud's default.
    #[must_use]
    pub const fn with_body_format(mut self, format: BodyFormat) -> Self {
        self.body_format = format;
        self
    }

    /// Declares that the action changes nothing, so that it may be repeated after any failure.
    #[must_use]
    pub const fn readonly(self) -> Self {
        self.with_idempotency(Idempotency::ReadOnly)
    }

    /// Declares that calling the action twice has the same effect as calling it once.
    #[must_use]
    pub const fn idempotent(self) -> Self {
        self.with_idempotency(Idempotency::Idempotent)
    }

    /// Says whether the action may be repeated, against what its name suggests.
    #[must_use]
    pub const fn with_idempotency(mut self, idempotency: Idempotency) -> Self {
        self.idempotency = Some(idempotency);
        self
    }

    /// Names the parameter that makes repeated calls one: filled once a call when the user left it out.
    #[must_use]
    pub const fn with_idempotency_token(mut self, place: ParamLocation, name: &'static str) -> Self {
        std::mem::forget(self.idempotency_token.replace((place, Cow::Borrowed(name))));
        self
    }

    /// The action has a host of its own, which neither region nor product decides.
    #[must_use]
    pub const fn with_host(mut self, host: &'static str) -> Self {
        std::mem::forget(self.host.replace(Cow::Borrowed(host)));
        self
    }

    /// The hosts of the action's product, where the runtime could not know them. Alibaba Cloud goes by them; the other
    /// clouds' hosts follow rules.
    #[must_use]
    pub const fn with_endpoint_table(mut self, table: EndpointTable) -> Self {
        self.endpoint_table = Some(table);
        self
    }

    /// The action takes no region as a parameter, so none is added. Alibaba Cloud's RPC calls send `RegionId` otherwise.
    #[must_use]
    pub const fn regionless(mut self) -> Self {
        self.regionless = true;
        self
    }

    /// Sets how calls of the action are retried, unless the client or the call has a policy.
    #[must_use]
    pub const fn with_retry(mut self, retry: RetryDefaults) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sets headers that calls of the action have, unless the client or the call has others of the same names.
    #[must_use]
    pub const fn with_headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        self.headers = headers;
        self
    }

    /// The action is sent without a signature, as the vendor wants it.
    #[must_use]
    pub const fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// The product as the vendor's host names and scopes have it, such as `cvm`.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// The API version, such as `2017-03-12` or `v3`.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The action's name on the wire, such as `DescribeInstances`.
    pub fn name(&self) -> &str {
        &self.name
    }

    #[cfg(feature = "tencent")]
    pub(crate) fn version_text(&self) -> Cow<'static, str> {
        self.version.clone()
    }

    #[cfg(feature = "tencent")]
    pub(crate) fn name_text(&self) -> Cow<'static, str> {
        self.name.clone()
    }

    /// The HTTP method, if the action fixes one.
    pub fn method(&self) -> Option<&Method> {
        self.method.as_ref()
    }

    /// The path template; `/` where the cloud has no paths.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The call style.
    pub fn style(&self) -> CallStyle {
        self.style
    }

    /// The kind of the request body.
    pub fn body_format(&self) -> BodyFormat {
        self.body_format
    }

    /// Whether the action takes no region as a parameter.
    pub fn is_regionless(&self) -> bool {
        self.regionless
    }

    /// The host of the action's own, if it has one.
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// The hosts of the action's product, if it brings them.
    pub fn endpoint_table(&self) -> Option<&EndpointTable> {
        self.endpoint_table.as_ref()
    }

    /// How calls of the action are retried, if it declares that.
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

    /// What retries may do. When nothing was declared, the name or the method decides: `Describe…`,
    /// `List…`, `Get…`, `Query…`, `Show…`, `Check…`, `Count…`, `Search…`, `Inquiry…` and `Inquire…`
    /// are read only, as are GET and HEAD of a path other than `/`; nothing else is safe to repeat.
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
        // At the path `/` the action is a command, which some clouds send by GET even if it creates something.
        let method = self.path != "/" && matches!(self.method, Some(Method::GET | Method::HEAD));
        if method || READS.iter().any(reads) { Idempotency::ReadOnly } else { Idempotency::Unsafe }
    }
}

/// The call styles of the clouds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum CallStyle {
    /// The only, or the usual, style of the cloud.
    #[default]
    Auto,
    /// Parameters flattened into the query or a form; the path is always `/`.
    Rpc,
    /// Resources named by the path.
    Roa,
}

/// Kinds of request bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum BodyFormat {
    /// What the cloud and the method suggest.
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
    /// `application/octet-stream`: the bytes of the one whole body.
    OctetStream,
}

/// Whether a call may be sent again after a failure that may have reached the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Idempotency {
    /// Reads only.
    ReadOnly,
    /// Writes, but twice is the same as once.
    Idempotent,
    /// Must not be sent twice.
    Unsafe,
}

impl Idempotency {
    /// Whether the call may be sent again although the first one may have been carried out.
    pub fn is_safe(self) -> bool {
        self != Self::Unsafe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

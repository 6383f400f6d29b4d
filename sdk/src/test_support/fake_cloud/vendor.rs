//! The interface of a vendor. Each vendor is one file in this folder, and one line in `vendors.rs`.
//!
//! Only `check` uses the `State`. The mock transport has none, so it skips `check` and calls `params`
//! instead.

use http::StatusCode;
use serde_json::Value;

use super::received::Received;
use super::refusal::Refusal;
use super::state::State;

/// How one vendor reads and checks requests, and writes responses.
///
/// An implementation holds no data: everything that a check depends on is in `State`. All methods are
/// pure, except that `check` may record a nonce.
pub(crate) trait Vendor: Sync {
    /// The name of the provider, such as `tencent`. It equals `Provider::name` of the client side.
    fn name(&self) -> &'static str;

    /// Whether a request has the form of this vendor.
    ///
    /// The decision uses headers, parameter names and the path, because the host is `127.0.0.1` for
    /// every vendor. It must also recognise requests that a check refuses later, so that the refusal
    /// has the right form: a request with a malformed `Authorization` header still belongs to its
    /// vendor.
    fn claims(&self, received: &Received) -> bool;

    /// What a request claims to be, before it is checked.
    ///
    /// It reads everything leniently and never fails: a member that the request does not have is empty.
    /// The log of the local cloud shows refused requests under this label.
    fn label(&self, received: &Received) -> Label;

    /// Checks envelope, time, credentials and signature.
    ///
    /// The first check that fails decides the refusal. The order is that of the vendor where its
    /// behavior is known; the token is always checked after the signature, and the nonce last, so a
    /// refused request uses no nonce.
    fn check(&self, received: &Received, state: &State) -> Result<Accepted, Refusal>;

    /// The parameters of the action as a tree. Values of a query or a form are texts.
    ///
    /// The common parameters of the vendor (credential, signature, time) are left out. Flattened names
    /// become objects and lists: `Filters.0.Name=zone` is `{"Filters": [{"Name": "zone"}]}`.
    #[cfg_attr(not(feature = "testing"), allow(dead_code, reason = "the server reads them in `check`"))]
    fn params(&self, received: &Received) -> Result<Value, Refusal>;

    /// Checks for parameters that the service behind the gateway requires.
    ///
    /// Default: none. A test that forgets such a parameter should fail here as it would fail at the
    /// vendor.
    #[cfg_attr(not(feature = "local-cloud"), allow(dead_code, reason = "only the server requires them"))]
    fn insist(&self, received: &Received, label: &Label, params: &Value) -> Result<(), Refusal> {
        let _ = (received, label, params);
        Ok(())
    }

    /// The refusal of an action without a handler, with the code that the vendor uses for actions that
    /// do not exist.
    fn unknown(&self, label: &Label) -> Refusal;

    /// A success in the vendor's envelope. Null is an empty body.
    ///
    /// Vendors whose document has a request id write `request_id` into it.
    fn success(&self, value: Value, request_id: &str) -> Wrapped;

    /// An error in the vendor's envelope, with the status that the vendor usually sends for this code,
    /// unless the refusal sets another one.
    fn failure(&self, refusal: &Refusal, request_id: &str) -> Wrapped;

    /// The header that carries the request id, if the vendor has one. Default: none.
    fn id_header(&self) -> Option<&'static str> {
        None
    }
}

/// What a request claims to be. The sources, by the form of the request:
///
/// - **Tencent Cloud, TC3:** the product is the service in the scope of the signature; version and
///   action are the headers `X-TC-Version` and `X-TC-Action`.
/// - **Tencent Cloud, older signatures and API 2.0:** the product is the first label of the host;
///   version and action are the parameters `Version` and `Action`.
/// - **Huawei Cloud:** the product is the service in the scope of a V11 signature, or the first label
///   of the host; the version is the first path segment if it begins with `v`; the action is method and
///   path, `GET /v1/p1/vpcs`.
/// - **Alibaba Cloud:** the product is the first label of the host; version and action are the headers
///   `x-acs-version` and `x-acs-action`, or the parameters `Version` and `Action`. Without either, the
///   action is method and path.
/// - **Volcengine:** the product is the service in the scope of the signature, or the first label of
///   the host; version and action are query parameters.
///
/// A product that would come from the host is empty if the host is an IP address, as in most tests.
#[derive(Debug, Default)]
pub(crate) struct Label {
    pub(crate) product: String,
    pub(crate) version: String,
    pub(crate) action: String,
    pub(crate) region: Option<String>,
}

/// The result of a successful check.
#[derive(Debug)]
pub(crate) struct Accepted {
    /// The id of the account; `None` for an unsigned request.
    pub(crate) account: Option<String>,
    /// The parameters of the action, as `Vendor::params` returns them.
    pub(crate) params: Value,
}

/// A document and its HTTP status. A document that is null is sent as an empty body without a content
/// type.
#[derive(Debug)]
pub(crate) struct Wrapped {
    pub(crate) status: StatusCode,
    pub(crate) document: Value,
}

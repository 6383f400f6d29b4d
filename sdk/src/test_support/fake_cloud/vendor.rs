//! The interface of a vendor. Each vendor is one file in this folder, and one line in `vendors.rs`.

use http::StatusCode;
use serde_json::Value;

use super::received::Received;
use super::refusal::Refusal;
use super::state::State;

/// How one vendor reads and checks requests, and writes responses.
pub(crate) trait Vendor: Sync {
    /// The name of the provider, such as `tencent`.
    fn name(&self) -> &'static str;

    /// Whether a request has the form of this vendor.
    fn claims(&self, received: &Received) -> bool;

    /// What a request claims to be, before it is checked.
    fn label(&self, received: &Received) -> Label;

    /// Checks envelope, time, credentials and signature.
    fn check(&self, received: &Received, state: &State) -> Result<Accepted, Refusal>;

    /// The parameters of the action as a tree. Values of a query or a form are texts.
    #[cfg_attr(not(feature = "testing"), allow(dead_code, reason = "the server reads them in `check`"))]
    fn params(&self, received: &Received) -> Result<Value, Refusal>;

    /// Checks for parameters that the service behind the gateway requires.
    #[cfg_attr(not(feature = "local-cloud"), allow(dead_code, reason = "only the server requires them"))]
    fn insist(&self, received: &Received, label: &Label, params: &Value) -> Result<(), Refusal> {
        let _ = (received, label, params);
        Ok(())
    }

    /// The refusal of an action without a handler.
    fn unknown(&self, label: &Label) -> Refusal;

    /// A success in the vendor's envelope. Null is an empty body.
    fn success(&self, value: Value, request_id: &str) -> Wrapped;

    /// An error in the vendor's envelope.
    fn failure(&self, refusal: &Refusal, request_id: &str) -> Wrapped;

    /// The header that carries the request id, if the vendor has one.
    fn id_header(&self) -> Option<&'static str> {
        None
    }
}

/// What a request claims to be.
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
    pub(crate) params: Value,
}

/// A document and its HTTP status.
#[derive(Debug)]
pub(crate) struct Wrapped {
    pub(crate) status: StatusCode,
    pub(crate) document: Value,
}

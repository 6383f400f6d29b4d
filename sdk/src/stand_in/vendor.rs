//! What must be known of each vendor. A vendor is one file beside this one, and one line here.

use http::StatusCode;
use serde_json::Value;

use super::received::Received;
use super::state::State;

/// One vendor's way to read, check and answer requests.
pub(crate) trait Vendor: Sync {
    /// The cloud's name, as its provider has it.
    fn name(&self) -> &'static str;

    /// Whether a request has this cloud's shape.
    fn claims(&self, received: &Received) -> bool;

    /// What a request says it is, before it is believed.
    fn label(&self, received: &Received) -> Label;

    /// Checks envelope, time, keys and signature from what arrived.
    fn check(&self, received: &Received, state: &State) -> Result<Accepted, Refusal>;

    /// The parameters of the action as a tree; those of a query or a form are texts.
    #[cfg_attr(not(feature = "testing"), allow(dead_code, reason = "a server reads them when it checks"))]
    fn params(&self, received: &Received) -> Result<Value, Refusal>;

    /// Checks for parameters that the service behind the gateway insists on.
    #[cfg_attr(not(feature = "local-cloud"), allow(dead_code, reason = "only a server insists"))]
    fn insist(&self, label: &Label, params: &Value) -> Result<(), Refusal> {
        let _ = (label, params);
        Ok(())
    }

    /// The answer to an action that nobody handles.
    fn unknown(&self, label: &Label) -> Refusal;

    /// A success in the cloud's envelope; null is an empty body.
    fn success(&self, value: Value, request_id: &str) -> Wrapped;

    /// An error in the cloud's envelope.
    fn failure(&self, refusal: &Refusal, request_id: &str) -> Wrapped;

    /// The header that carries the request id, if the cloud has one.
    fn id_header(&self) -> Option<&'static str> {
        None
    }
}

/// All vendors. The first that claims a request has it; the last takes what nobody claims.
const VENDORS: [&dyn Vendor; 4] =
    [&super::qcloud::Qcloud, &super::alibaba::Alibaba, &super::huawei::Huawei, &super::tencent::Tencent];

/// The vendor that a request is for.
pub(crate) fn of_shape(received: &Received) -> &'static dyn Vendor {
    let claims = VENDORS.iter().find(|vendor| vendor.claims(received));
    claims.copied().unwrap_or(&super::tencent::Tencent)
}

/// The vendor of a provider; none for a cloud that is defined outside of this crate.
#[cfg(feature = "testing")]
pub(crate) fn of_name(provider: &str) -> Option<&'static dyn Vendor> {
    VENDORS.iter().find(|vendor| vendor.name() == provider).copied()
}

/// What a request says it is.
#[derive(Debug, Default)]
pub(crate) struct Label {
    pub(crate) product: String,
    pub(crate) version: String,
    pub(crate) action: String,
    pub(crate) region: Option<String>,
}

/// What a checked request holds.
#[derive(Debug)]
pub(crate) struct Accepted {
    /// The id of the keys; none for a call that may be unsigned.
    pub(crate) account: Option<String>,
    pub(crate) params: Value,
}

/// Why a request is refused, in the vendor's words.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) code: String,
    pub(crate) message: String,
    /// The status, where the vendor does not answer errors with its usual one.
    pub(crate) status: Option<StatusCode>,
    /// What the server would have signed.
    pub(crate) string_to_sign: Option<String>,
}

impl Refusal {
    pub(crate) fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), status: None, string_to_sign: None }
    }

    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    pub(crate) fn expected(mut self, string_to_sign: String) -> Self {
        self.string_to_sign = Some(string_to_sign);
        self
    }
}

/// A document and the status it goes with.
#[derive(Debug)]
pub(crate) struct Wrapped {
    pub(crate) status: StatusCode,
    pub(crate) document: Value,
}

//! What the local cloud needs to know of each vendor. A vendor is one file beside this one, and one line here.

use http::StatusCode;
use serde_json::Value;

use super::received::Received;
use super::server::State;

/// One vendor's way to read, check and answer requests.
pub(super) trait Vendor: Sync {
    /// The cloud's name, as its provider has it.
    fn name(&self) -> &'static str;

    /// Whether a request has this cloud's shape.
    fn claims(&self, received: &Received) -> bool;

    /// What a request says it is, before it is believed.
    fn label(&self, received: &Received) -> Label;

    /// Checks envelope, time, keys and signature from what arrived.
    fn check(&self, received: &Received, state: &State) -> Result<Accepted, Refusal>;

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
pub(super) const VENDORS: [&dyn Vendor; 4] =
    [&super::qcloud::Qcloud, &super::alibaba::Alibaba, &super::huawei::Huawei, &super::tencent::Tencent];

/// What a request says it is.
#[derive(Debug, Default)]
pub(super) struct Label {
    pub(super) product: String,
    pub(super) version: String,
    pub(super) action: String,
    pub(super) region: Option<String>,
}

/// What a checked request holds.
#[derive(Debug)]
pub(super) struct Accepted {
    /// The id of the keys; none for a call that may be unsigned.
    pub(super) account: Option<String>,
    pub(super) params: Value,
}

/// Why a request is refused, in the vendor's words.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: String,
    pub(super) message: String,
    /// The status, where the vendor does not answer errors with its usual one.
    pub(super) status: Option<StatusCode>,
    /// What the server would have signed.
    pub(super) string_to_sign: Option<String>,
}

impl Refusal {
    pub(super) fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), status: None, string_to_sign: None }
    }

    pub(super) fn status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    pub(super) fn expected(mut self, string_to_sign: String) -> Self {
        self.string_to_sign = Some(string_to_sign);
        self
    }
}

/// A document and the status it goes with.
#[derive(Debug)]
pub(super) struct Wrapped {
    pub(super) status: StatusCode,
    pub(super) document: Value,
}

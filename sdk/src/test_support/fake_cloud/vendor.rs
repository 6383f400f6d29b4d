//! What must be known of each vendor. A vendor is one file beside this one, and one line in `vendors.rs`.

use http::StatusCode;
use serde_json::Value;

use super::received::Received;
use super::refusal::Refusal;
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
    fn insist(&self, received: &Received, label: &Label, params: &Value) -> Result<(), Refusal> {
        let _ = (received, label, params);
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

/// A document and the status it goes with.
#[derive(Debug)]
pub(crate) struct Wrapped {
    pub(crate) status: StatusCode,
    pub(crate) document: Value,
}

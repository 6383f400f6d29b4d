//! What an action is: the trait that `#[cloud_action]` implements, and the facts about it.
//!
//! An action is data. It knows no client, and everything in this folder is pure: no I/O, no
//! clock, no credential. This is where a call begins:
//!
//! ```text
//! DescribeInstances { limit: Some(20) }            the action, a struct of the user
//! Fields  {"Limit":20}                             Action::fields, by wire names
//! RequestParts  POST /, X-TC-Action, {"Limit":20}  Provider::encode
//! ```
//!
//! | file | content |
//! | --- | --- |
//! | `mod.rs` | the trait [`Action`] |
//! | `info.rs` | [`ActionInfo`]: product, version, name, method, path, idempotency |
//! | `request.rs` | [`Fields`], [`RequestParts`]: from parameters to the parts of a request |
//! | `retry_defaults.rs` | what an action declares about its own retries |
//! | `json.rs` | JSON text that refuses NaN and infinity |
//! | `text.rs` | [`ToJson`], [`FromJson`]: requests and models as JSON texts |
//! | `table.rs`, `list.rs`, `wire_value.rs` | what generated code calls; not public |

pub(crate) mod info;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod request;
pub(crate) mod retry_defaults;
pub(crate) mod table;
mod text;
pub(crate) mod wire_value;

pub use info::{ActionInfo, BodyFormat, CallStyle, Idempotency};
pub use request::{Field, Fields, ListStyle, Param, ParamLocation, Payload, RequestParts};
pub use text::{FromJson, ToJson};

use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::provider::Provider;

/// One API call as a value: its parameters, and the type of its response.
///
/// [`cloud_action`](crate::cloud_action) writes this implementation. An implementation by
/// hand is short, too:
///
/// ```
/// use cloudcall::{Error, Tencent};
/// use cloudcall::action::{Action, ActionInfo, Fields, Param};
///
/// struct DescribeZones;
///
/// impl Action for DescribeZones {
///     type Provider = Tencent;
///     type Output = cloudcall::Value;
///     const INFO: &'static ActionInfo =
///         &ActionInfo::new("cvm", "2017-03-12", "DescribeZones").readonly();
///
///     fn fields(&self, fields: &mut Fields) -> Result<(), Error> {
///         fields.put(&Param::new("InstanceChargeType"), "PREPAID")
///     }
/// }
/// ```
///
/// # Troubleshooting
///
/// **The compiler says that a type "is not an action".** Put `#[cloud_action(…)]` on it.
///
/// **The service does not see a parameter.** Its wire name differs from what the service
/// expects, or the value was `None`.
/// [`Invoker::sign_only`](crate::call::Invoker::sign_only) returns the request without
/// sending it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an action",
    label = "put `#[cloud_action(...)]` on this type"
)]
pub trait Action: Send + Sync {
    /// The provider of this action. A client of another provider does not accept it.
    type Provider: Provider;
    /// The type into which a successful response is decoded.
    type Output: DeserializeOwned + Send + 'static;
    /// Product, version, name, method, path, and whether the action may be repeated.
    const INFO: &'static ActionInfo;

    /// Writes every parameter into `fields`, under its wire name. It is called once per
    /// call, before the first attempt, and does no I/O.
    ///
    /// # Errors
    ///
    /// Kind `Config` if a value cannot be written as JSON.
    fn fields(&self, fields: &mut Fields) -> Result<(), Error>;
}

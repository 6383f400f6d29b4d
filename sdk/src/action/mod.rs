//! What an action is: the trait that `#[cloud_action]` implements, and the facts about it.

pub(crate) mod info;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod request;
pub(crate) mod retry_defaults;
pub(crate) mod table;
pub(crate) mod wire_value;

pub use info::{ActionInfo, BodyFormat, CallStyle, Idempotency};
pub use request::{Field, Fields, ListStyle, Param, ParamLocation, Payload, RequestParts};

use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::provider::Provider;

/// One API call as a value: its parameters, and the type of its answer.
///
/// [`cloud_action`](crate::cloud_action) writes this implementation. By hand it is short too:
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
///     const INFO: &'static ActionInfo = &ActionInfo::new("cvm", "2017-03-12", "DescribeZones").readonly();
///
///     fn fields(&self, fields: &mut Fields) -> Result<(), Error> {
///         fields.put(&Param::new("InstanceChargeType"), "PREPAID")
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an action",
    label = "put `#[cloud_action(...)]` on this type"
)]
pub trait Action: Send + Sync {
    /// The cloud that answers this action.
    type Provider: Provider;
    /// What a successful answer is decoded into.
    type Output: DeserializeOwned + Send + 'static;
    /// Product, version, name, method, path and what retries may do.
    const INFO: &'static ActionInfo;

    /// Writes every parameter into `fields`, by wire name. Pure: no I/O, no client.
    ///
    /// # Errors
    ///
    /// Kind `Config` if a value cannot be written as JSON.
    fn fields(&self, fields: &mut Fields) -> Result<(), Error>;
}

//! What most programs import: `use cloudcall::prelude::*;`.
//!
//! ```no_run
//! use cloudcall::prelude::*;
//!
//! #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Zones)]
//! pub struct DescribeZones {}
//!
//! #[cloud_model(provider = "tencent", response)]
//! pub struct Zones {
//!     pub total_count: Option<i64>,
//! }
//!
//! # async fn run() -> Result<(), Error> {
//! let client = Client::<Tencent>::builder().region("ap-guangzhou").build()?;
//! let zones = client.describe_zones().with_retry(RetryPolicy::none()).send().await?;
//! println!("{:?} zones, request {:?}", zones.total_count, zones.request_id());
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "alibaba")]
pub use crate::Alibaba;
#[cfg(feature = "huawei")]
pub use crate::Huawei;
#[cfg(feature = "volcengine")]
pub use crate::Volcengine;
pub use crate::action::{FromJson, ToJson};
pub use crate::breaker::BreakerOptions;
pub use crate::call::ConfigureCall;
pub use crate::client::{HttpOptions, TimeoutOptions};
pub use crate::credential::{Credential, ProvideCredential, StaticCredentials};
pub use crate::limiter::{Limit, LimiterOptions};
pub use crate::retry::RetryPolicy;
pub use crate::upload::FilePart;
pub use crate::wait::Wait;
pub use crate::{
    Bytes, Client, CloudModel, Error, ErrorKind, Response, Value, cloud_action, cloud_model, json::json,
};
#[cfg(feature = "tencent")]
pub use crate::{Qcloud, Tencent};

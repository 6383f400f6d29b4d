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
pub use crate::{
    Client, ConfigureCall, Credential, Error, ErrorKind, Response, RetryPolicy, StaticCredentials, Wait,
    cloud_action, cloud_model, json::json,
};
#[cfg(feature = "tencent")]
pub use crate::{Qcloud, Tencent};

//! Typed calls to the control planes of Tencent Cloud, Huawei Cloud and Alibaba Cloud.
//!
//! Declare just the actions you call; signing, credentials, endpoints, retries and time limits are one runtime,
//! the same for every cloud.
//!
//! ```ignore
//! use cloudcall::{cloud_action, cloud_model, Client, Tencent};
//!
//! /// Lists the zones of a region.
//! #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Zones, readonly)]
//! pub struct DescribeZones {}
//!
//! #[cloud_model(provider = "tencent", response)]
//! pub struct Zones {
//!     pub total_count: Option<i64>,
//!     pub zone_set: Option<Vec<Zone>>,
//! }
//!
//! #[cloud_model(provider = "tencent", response)]
//! pub struct Zone {
//!     pub zone: Option<String>,
//!     pub zone_name: Option<String>,
//! }
//!
//! # async fn run() -> Result<(), cloudcall::Error> {
//! let client = Client::<Tencent>::builder().region("ap-guangzhou").build()?;
//! let zones = client.describe_zones().send().await?;
//! println!("{:?} zones, request {:?}", zones.total_count, zones.request_id());
//! # Ok(())
//! # }
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
#[path = "__private.rs"]
pub mod __private;
mod action;
mod client;
mod context;
mod credential;
mod decode;
mod endpoint;
mod error;
mod intercept;
mod invoker;
#[doc(hidden)]
pub mod lenient;
mod limit;
#[cfg(feature = "local-cloud")]
pub mod local;
mod options;
pub mod provider;
mod quota;
mod raw;
mod redact;
mod request;
mod response;
mod retry;
mod setters;

pub mod sign;
mod skew;
mod transport;

pub use action::{Action, ActionInfo, Content, Repeat, Style};
pub use client::{Client, ClientBuilder, SameCloud};
pub use context::{Clock, Context, Env, Random, ReadFile, Sleep, SleepFuture};
pub use credential::{
    Credential, CredentialCache, CredentialChain, CredentialError, EnvCredentials, ProfileCredentials,
    ProfileFormat, ProvideCredential, StaticCredentials, TokenSource, WatchedFile,
};
pub use decode::{Envelope, FailedIf};
pub use endpoint::Endpoint;
pub use error::{Error, ErrorClass, ErrorKind, Result, Sent, ServiceError};
pub use intercept::{Attempt, Intercept, Reply};
pub use invoker::Invoker;
pub use options::{
    ClientOptions, ClientOptionsBuilder, HttpOptions, HttpOptionsBuilder, Proxies, TimeoutOptions,
    TimeoutOptionsBuilder,
};
pub use provider::alibaba::Cloud as Alibaba;
pub use provider::huawei::Cloud as Huawei;
pub use provider::qcloud::Cloud as Qcloud;
pub use provider::tencent::Cloud as Tencent;
pub use provider::{Answer, Provider, SignInput};
pub use raw::RawCall;
pub use request::{Field, Fields, FilePart, ListStyle, Param, Payload, Place, RequestParts};
pub use response::Response;
pub use retry::{Failure, RetryOptions, RetryOptionsBuilder, RetryPolicy};
#[cfg(feature = "reqwest")]
pub use transport::ReqwestTransport;
pub use transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};

pub use async_trait::async_trait;
pub use bytes;
pub use cloudcall_macros::{cloud_action, cloud_model};
pub use http;
pub use secrecy;
pub use serde_json as json;

//! Typed calls to the control planes of Tencent Cloud, Huawei Cloud, Alibaba Cloud and Volcengine.
//!
//! Declare just the actions you call; signing, credentials, endpoints, retries and time limits are one runtime,
//! the same for every cloud.
//!
//! ```no_run
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
//!
//! # Clouds
//!
//! | type | cloud | signatures, the default first |
//! | --- | --- | --- |
//! | [`Tencent`] | Tencent Cloud, API 3.0 | TC3-HMAC-SHA256, HmacSHA256, HmacSHA1, unsigned payload, SKIP |
//! | [`Qcloud`] | Tencent Cloud, the legacy API 2.0 | HmacSHA256, HmacSHA1 |
//! | [`Huawei`] | Huawei Cloud | SDK-HMAC-SHA256, V11-HMAC-SHA256; by features SDK-HMAC-SM3, SDK-ECDSA-P256-SHA256, SDK-SM2-SM3 |
//! | [`Alibaba`] | Alibaba Cloud, RPC and ROA | ACS3-HMAC-SHA256, HMAC-SHA1, bearer; by features ACS3-HMAC-SM3, ACS3-RSA-SHA256, SHA256withRSA |
//! | [`Volcengine`] | Volcengine and BytePlus | HMAC-SHA256, in a header or in the query of a presigned URL |
//!
//! Each is a cargo feature, on by default: `tencent` (both APIs), `huawei`, `alibaba`, `volcengine`.
//!
//! # By task
//!
//! | task | see |
//! | --- | --- |
//! | declare an action, its answer | [`cloud_action`], [`cloud_model`] |
//! | call without types | [`Client::raw`] |
//! | one call with headers, retries, limits, keys or settings of its own | [`Invoker`](crate::call::Invoker) |
//! | sign, and send nothing | [`Invoker::sign_only`](crate::call::Invoker::sign_only) |
//! | say where credentials come from | [`ProvideCredential`](crate::credential::ProvideCredential), [`CredentialChain`](crate::credential::CredentialChain) |
//! | decide what is retried, and after how long | [`RetryPolicy`](crate::retry::RetryPolicy), [`Backoff`](crate::retry::Backoff) |
//! | upload files and streams, and see how far they are | [`FilePart`](crate::upload::FilePart), [`Invoker::with_upload_progress`](crate::call::Invoker::with_upload_progress) |
//! | limit requests a second, and at once | [`LimiterOptions`](crate::limiter::LimiterOptions) |
//! | add certificate authorities | [`TlsTrust`](crate::transport::TlsTrust) |
//! | show a client certificate (mTLS) | [`TlsTrust::client_certificate`](crate::transport::TlsTrust::client_certificate) |
//! | keep calls away from a host that fails | [`BreakerOptions`](crate::breaker::BreakerOptions) |
//! | tell errors apart | [`Error`], [`ErrorKind`] |
//! | read events of a chat as they come | [`Events`](crate::stream::Events), [`StreamAction`](crate::stream::StreamAction) |
//! | download without holding it in memory, to a file | [`Download`](crate::stream::Download) |
//! | read a list that comes in pages | [`Invoker::pages`](crate::call::Invoker::pages), [`Invoker::items`](crate::call::Invoker::items) |
//! | wait for a state | [`Invoker::wait_until`](crate::call::Invoker::wait_until) |
//! | listen to requests and answers, by closures or for metrics | [`Listener`](crate::observe::Listener), [`Observe`](crate::observe::Observe) |
//! | write access logs and bodies; spans | [`AccessLog`](crate::observe::AccessLog), [`BodyLog`](crate::observe::BodyLog); `docs/observability.md` |
//! | call from code that is not async | the module `blocking`, with the cargo feature `blocking` |
//! | set connections, proxies and sizes; limits of time | [`HttpOptions`](crate::client::HttpOptions); [`TimeoutOptions`](crate::client::TimeoutOptions) |
//! | send through something else than reqwest | cargo feature `hyper`, or [`HttpSend`](crate::transport::HttpSend) |
//! | test your own code | the module `testing`, with the cargo feature `testing`; `local`, with `local-cloud` |
//!
//! Every call future is `Send`, and may be dropped at any point: nothing it held stays taken.

#![cfg_attr(docsrs, feature(doc_cfg))]
// A library must not panic over what a server or a file says.
#![cfg_attr(not(test), warn(clippy::indexing_slicing, clippy::string_slice))]

#[doc(hidden)]
#[path = "__private.rs"]
pub mod __private;
pub mod action;
#[cfg(feature = "blocking")]
pub mod blocking;
pub mod breaker;
pub mod call;
pub mod client;
pub mod context;
pub mod credential;
pub mod endpoint;
pub mod error;
pub mod limiter;
mod options;
pub mod paginate;
mod pipeline;
pub mod prelude;
pub mod provider;
pub mod response;
pub mod retry;
pub mod sign;
pub mod stream;
mod telemetry;
#[cfg(any(feature = "local-cloud", feature = "testing"))]
mod test_support;
mod timing;
pub mod transport;
pub mod upload;
mod value;
pub mod wait;

#[doc(inline)]
pub use client::Client;
#[doc(inline)]
pub use error::{Error, ErrorKind};
#[cfg(feature = "alibaba")]
#[doc(inline)]
pub use provider::alibaba::Cloud as Alibaba;
#[cfg(feature = "huawei")]
#[doc(inline)]
pub use provider::huawei::Cloud as Huawei;
#[cfg(feature = "tencent")]
#[doc(inline)]
pub use provider::qcloud::Cloud as Qcloud;
#[cfg(feature = "tencent")]
#[doc(inline)]
pub use provider::tencent::Cloud as Tencent;
#[cfg(feature = "volcengine")]
#[doc(inline)]
pub use provider::volcengine::Cloud as Volcengine;
#[doc(inline)]
pub use response::Response;
pub use telemetry::observe;
pub use value::Value;

#[cfg(feature = "local-cloud")]
pub use test_support::local;
#[cfg(feature = "testing")]
pub use test_support::testing;

pub use async_trait::async_trait;
pub use bytes::Bytes;
/// Makes a struct, or an enum of texts, part of requests and responses, and leaves the item as it is.
///
/// It does the same as [`cloud_model`], with `#[cloud(...)]` on the item, on fields and on variants. The differences follow from what a
/// derive can do: derive `Clone` yourself, write the variant `Other(String)` of an enum, and derive `Debug` of an enum. The `Debug` of
/// a struct masks secrets and is written for you.
///
/// ```
/// use cloudcall::{CloudModel, response::from_json};
///
/// #[derive(Clone, CloudModel)]
/// #[cloud(provider = "tencent", response)]
/// pub struct Instance {
///     #[cloud(name = "InstanceId")]
///     pub id: Option<String>,
///     pub state: Option<State>,
/// }
///
/// #[derive(Clone, Debug, PartialEq, CloudModel)]
/// pub enum State {
///     #[cloud(name = "RUNNING")]
///     Running,
///     Other(String),
/// }
///
/// let instance: Instance = from_json(r#"{"InstanceId": "ins-1", "State": "RUNNING"}"#)?;
/// assert_eq!(instance.state, Some(State::Running));
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub use cloudcall_macros::CloudModel;
/// Makes a struct an action: a typed builder, a method on the client, an [`Action`](crate::action::Action).
///
/// ```
/// use cloudcall::{Value, cloud_action};
///
/// /// Starts instances.
/// #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Value,
///                idempotency_token = client_token)]
/// pub struct RunInstances {
///     /// The image.
///     pub image_id: String,
///     pub instance_count: Option<i64>,
///     pub client_token: Option<String>,
/// }
///
/// let request = RunInstances::builder().image_id("img-1").instance_count(2).build();
/// assert_eq!(request.image_id, "img-1");
/// ```
///
/// | key | meaning |
/// | --- | --- |
/// | `provider = "tencent"` | the cloud: a folder of [`provider`], or a path to any type that implements [`Provider`](crate::provider::Provider) |
/// | `product`, `version` | as the vendor writes them; `qcloud` needs no version |
/// | `action = "Name"` | the name on the wire, where it is not the struct's |
/// | `response = Type` | the type of a successful response: a [`cloud_model`], a number, a text, a flag, or a list or map of them. Default: [`Value`]. [`Bytes`] or `String`: the body as it was sent, whatever its content type |
/// | `response(serde) = Type` | a type that reads itself with its own `Deserialize`: wire names and odd values are its own business |
/// | `method = "PUT"` | the HTTP method; in lower case the name of the client's method, `false` drops that |
/// | `path = "/v1/{project_id}/vpcs/{vpc_id}"` | the path; project and domain id come from the credential |
/// | `style = "rpc"` or `"roa"` | the call style (Alibaba Cloud) |
/// | `content = "json"`, `"form"`, `"multipart"`, `"xml"`, `"octet-stream"` | the kind of body |
/// | `readonly`, `readonly = false`, `idempotent`, `idempotency_token = field` | what retries may do, against what the name suggests; see [`ActionInfo::idempotency`](crate::action::ActionInfo::idempotency) |
/// | `paginate(offset = …, limit = …, total = …, items = …)` | how the list is paged: gives `pages` and `items`; see below |
/// | `stream = "sse"` | the answer can be a stream of events, had with `stream()`: see [`Events`](crate::stream::Events). A field `stream: Option<bool>` is set by that; its setter is `stream_` |
/// | `host = "host.example.com"`, `hosts = HOSTS` | a host of the action's own; the [`EndpointTable`](crate::endpoint::EndpointTable) of its product (Alibaba Cloud) |
/// | `retry(max_attempts = 5, base_delay = "500ms", max_delay = "10s")` | how calls are retried if neither client nor call has a policy. A delay is a text with the unit `ms`, `s` or `m`, or a number of seconds. What is left out is as in [`RetryPolicy::standard`](crate::retry::RetryPolicy::standard) |
/// | `header("X-TC-Canary" = "1")` | headers of each call, unless the client or the call sets others of the same names |
/// | `anonymous` | sent without a signature |
/// | `regionless` | takes no region as a parameter (Alibaba Cloud's RPC calls send `RegionId` otherwise) |
/// | `json` | the request is also written and read as JSON: see [`ToJson`](crate::action::ToJson) |
/// | `case = "PascalCase"` | how wire names are made; snake_case for Huawei Cloud, camelCase for `qcloud` (`region` is `Region`), PascalCase otherwise |
/// | `crate = path` | where this crate is, if it was renamed |
///
/// `paginate` names the field that leads to a page (`offset`, `page_number`, `token` or `marker`), the one that says how many
/// items a page has (`limit` or `page_size`, if there is one), and of the answer, by the path to it, the list (`items`), and
/// what it has of `total`, `next_token`, `next_marker` and `has_more`, such as `next_marker = page_info.next_marker`. Where
/// the answer's type is no `#[cloud_model]`, `item = Type` says what the list has. `first = 0` is the number of the first page if
/// that is not 1, and `default_limit = 20` the number of items to ask for if the request does not say. The rules of paging are with [`PageForm`](crate::paginate::PageForm).
///
/// A field of type `Option` is optional; any other must be set before the builder can be built or sent. The setter of a list
/// takes a `Vec`, an array, a slice or an iterator, for an optional field also an `Option` of a `Vec`; elements of a list of texts may
/// be `&str`. An empty list of texts needs a type, as in `Vec::<String>::new()`. On a field,
/// `#[param(...)]` takes `path`, `query`, `header = "X-Name"`, `body`, `body(whole)`, `host` and `file` (where it goes),
/// `name = "Wire"`, `list = "json"` and its like (how a list is written), `secret` (masked in `Debug`; fields whose
/// names say so are masked without it, and `secret = false` shows one), `skip`, and these:
///
/// - `default`: the field need not be set, and the default of its type is sent. `default = 10` sends this value if the caller sets none,
///   also for an `Option`. The value is an expression; it is converted as by the setter.
/// - `serde`: the type writes itself with its own `Serialize`. Without it, a type that is not a [`cloud_model`] is refused, because
///   its names on the wire would be those of Rust.
///
/// # Troubleshooting
///
/// *"`X` is not a model, so its names on the wire are not known."* A field or the response has a type of yours without
/// `#[cloud_model]`. Put the attribute on it. If the type has wire names of its own (`#[serde(rename = "...")]`), say
/// `#[param(serde)]` or `response(serde) = X`.
///
/// *"`x` of `Y` is required and was not set."* A field that is not an `Option` has no value. Call its setter, make it an `Option`, or
/// give it a `default`.
pub use cloudcall_macros::cloud_action;
/// Makes a struct, or an enum of texts, part of requests and answers.
///
/// It is read tolerantly: an odd member does not cost the rest of the response. Numbers may come as texts and texts as numbers, a
/// single object may stand where a list is declared, `null` is none, and unknown members are ignored. An optional member that
/// cannot be read is `None`, and [`Response::warnings`] says so; a required one is an error. `docs/responses.md` has the whole
/// table. `#[cloud_model(strict)]` turns this off for a model and those below it. An enum is open: it has, or gets, a variant
/// `Other(String)`.
///
/// ```
/// use cloudcall::{cloud_model, response::from_json};
///
/// #[cloud_model(provider = "tencent", response)]
/// pub struct Instance {
///     pub instance_id: Option<String>,
///     pub memory: Option<i64>,
///     pub state: Option<State>,
///     /// A header of the answer, for types that are the answer itself.
///     #[param(header = "X-Trace")]
///     pub trace: Option<String>,
/// }
///
/// #[cloud_model]
/// pub enum State {
///     #[param(name = "RUNNING")]
///     Running,
///     #[param(name = "STOPPED")]
///     Stopped,
/// }
///
/// let instance: Instance = from_json(r#"{"InstanceId": 7.10, "Memory": "4", "State": "RESIZING"}"#)?;
/// assert_eq!(instance.instance_id.as_deref(), Some("7.10"));
/// assert_eq!(instance.memory, Some(4));
/// assert_eq!(instance.state, Some(State::Other("RESIZING".into())));
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// `request` or `response` derives one direction only; without either, both. In a response `#[param(header = "X-Name")]`
/// reads a header, and `#[param(body(whole))]` the whole document. `#[param(default)]` reads a missing member as the default of its type,
/// and `#[param(default = 10)]` as this value. `#[param(serde)]` is for members whose type is no model, but reads and writes
/// itself.
pub use cloudcall_macros::cloud_model;
pub use http;
pub use serde_json as json;

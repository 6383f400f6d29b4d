//! Typed calls to the control planes of Tencent Cloud, Huawei Cloud, Alibaba Cloud and
//! Volcengine.
//!
//! Declare only the actions that you call. One runtime does the rest for every cloud:
//! signing, credentials, endpoints, retries and time limits.
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
//! | type | cloud | signature schemes, the default first |
//! | --- | --- | --- |
//! | [`Tencent`] | Tencent Cloud, API 3.0 | TC3-HMAC-SHA256, HmacSHA256, HmacSHA1, unsigned payload, SKIP |
//! | [`Qcloud`] | Tencent Cloud, the legacy API 2.0 | HmacSHA256, HmacSHA1 |
//! | [`Huawei`] | Huawei Cloud | SDK-HMAC-SHA256, V11-HMAC-SHA256, and more by features |
//! | [`Alibaba`] | Alibaba Cloud, RPC and ROA | ACS3-HMAC-SHA256, HMAC-SHA1, bearer, and more by features |
//! | [`Volcengine`] | Volcengine and BytePlus | HMAC-SHA256, in a header or in a presigned URL |
//!
//! Each is a cargo feature, on by default: `tencent` (both APIs), `huawei`, `alibaba`,
//! `volcengine`. Further schemes need features of their own: SDK-HMAC-SM3,
//! SDK-ECDSA-P256-SHA256 and SDK-SM2-SM3 of Huawei Cloud, and ACS3-HMAC-SM3,
//! ACS3-RSA-SHA256 and SHA256withRSA of Alibaba Cloud.
//!
//! # Where to look
//!
//! Calls:
//!
//! - Declare an action and its response: [`cloud_action`], [`cloud_model`].
//! - Call an action without types: [`Client::raw`].
//! - Set headers, retries, time limits, keys or provider settings of one call:
//!   [`Invoker`](crate::call::Invoker).
//! - Sign a request without sending it:
//!   [`Invoker::sign_only`](crate::call::Invoker::sign_only).
//! - Read a list page by page: [`Invoker::pages`](crate::call::Invoker::pages),
//!   [`Invoker::items`](crate::call::Invoker::items).
//! - Wait until a state is reached:
//!   [`Invoker::wait_until`](crate::call::Invoker::wait_until).
//! - Distinguish errors: [`Error`], [`ErrorKind`].
//! - Call from code that is not async: the module `blocking`, with the cargo feature
//!   `blocking`.
//!
//! Data:
//!
//! - Upload files and streams: [`FilePart`](crate::upload::FilePart); watch their progress:
//!   [`Invoker::with_upload_progress`](crate::call::Invoker::with_upload_progress).
//! - Download to a file, without keeping the document in memory:
//!   [`Download`](crate::stream::Download).
//! - Read server-sent events, such as those of a chat: [`Events`](crate::stream::Events),
//!   [`StreamAction`](crate::stream::StreamAction).
//!
//! Clients:
//!
//! - Choose the source of credentials:
//!   [`ProvideCredential`](crate::credential::ProvideCredential),
//!   [`CredentialChain`](crate::credential::CredentialChain).
//! - Decide which failures are retried, and when:
//!   [`RetryPolicy`](crate::retry::RetryPolicy), [`Backoff`](crate::retry::Backoff).
//! - Set time limits: [`TimeoutOptions`](crate::client::TimeoutOptions); connections,
//!   proxies and size limits: [`HttpOptions`](crate::client::HttpOptions).
//! - Limit requests per second and at the same time:
//!   [`LimiterOptions`](crate::limiter::LimiterOptions).
//! - Keep calls away from a failing host:
//!   [`BreakerOptions`](crate::breaker::BreakerOptions).
//! - Add certificate authorities: [`TlsTrust`](crate::transport::TlsTrust); send a client
//!   certificate (mTLS):
//!   [`TlsTrust::client_certificate`](crate::transport::TlsTrust::client_certificate).
//! - Use another transport than reqwest: cargo feature `hyper`, or
//!   [`HttpSend`](crate::transport::HttpSend).
//!
//! Observation and tests:
//!
//! - Observe requests and responses by closures, or for metrics:
//!   [`Listener`](crate::observe::Listener), [`Observe`](crate::observe::Observe).
//! - Write access logs and bodies: [`AccessLog`](crate::observe::AccessLog),
//!   [`BodyLog`](crate::observe::BodyLog); to files that rotate:
//!   [`FileLog`](crate::observe::FileLog). Spans: `docs/observability.md`.
//! - Test your own code: the module `testing`, with the cargo feature `testing`; a server:
//!   `local`, with `local-cloud`.
//!
//! # Guarantees
//!
//! - A call future is `Send`, and may be dropped at any point: everything that it holds is
//!   returned.
//! - A request that may have reached the server is repeated only if repeating it is safe.
//! - A response that cannot be read is never a success.
//! - Secrets are masked in errors, logs and `Debug`.
//! - The library does not panic because of anything that a server or a file contains.

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
/// Makes a struct, or an enum of texts, part of requests and responses, and leaves the item
/// as it is.
///
/// It does the same as [`cloud_model`], with `#[cloud(...)]` on the item, on fields and on
/// variants. The differences follow from what a derive can do: derive `Clone` yourself,
/// write the variant `Other(String)` of an enum, and derive `Debug` of an enum. The `Debug`
/// of a struct masks secrets and is written for you.
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
/// Makes a struct an action: a typed builder, a method on the client, an
/// [`Action`](crate::action::Action).
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
/// # Keys of the action
///
/// Identity:
///
/// - `provider = "tencent"`: the provider, which is a folder of [`provider`], or a path to
///   a type that implements [`Provider`](crate::provider::Provider).
/// - `product`, `version`: in the vendor's spelling. A version is a date such as
///   `2017-03-12`, and of Huawei Cloud a number such as `v3`. `qcloud` needs no version.
/// - `action = "Name"`: the name on the wire. Default: the name of the struct.
/// - `case = "PascalCase"`: how wire names are made. Default: snake_case for Huawei Cloud,
///   camelCase for `qcloud` (`region` is `Region`), PascalCase otherwise.
/// - `crate = path`: the path of this crate, if it was renamed.
///
/// Request:
///
/// - `method = "PUT"`: the HTTP method. In lower case, it is the name of the client method;
///   `method = false` drops the client method.
/// - `path = "/v1/{project_id}/vpcs/{vpc_id}"`: the path. Project and domain id come from
///   the credential.
/// - `style = "rpc"` or `"roa"`: the call style (Alibaba Cloud).
/// - `content = "json"`, `"form"`, `"multipart"`, `"xml"`, `"octet-stream"`: the format of
///   the body.
/// - `header("X-TC-Canary" = "1")`: headers of each call, unless the client or the call
///   sets headers of the same names.
/// - `host = "host.example.com"`: a host that neither region nor product decides. `hosts =
///   HOSTS`: the [`EndpointTable`](crate::endpoint::EndpointTable) of the product (Alibaba
///   Cloud).
/// - `anonymous`: sent without a signature.
/// - `json`: the request is also written and read as JSON: see
///   [`ToJson`](crate::action::ToJson).
/// - `regionless`: takes no region as a parameter. Alibaba Cloud's RPC calls send
///   `RegionId` otherwise.
///
/// Response:
///
/// - `response = Type`: the type of a successful response, which is a [`cloud_model`], a
///   number, a text, a flag, or a list or map of them. Default: [`Value`]. [`Bytes`] or
///   `String` give the body as received, whatever its content type.
/// - `response(serde) = Type`: a type that reads itself with its own `Deserialize`. Its
///   wire names are its own, and odd values are not repaired.
/// - `stream = "sse"`: the response can be a stream of events, which `stream()` returns;
///   see [`Events`](crate::stream::Events). A field `stream: Option<bool>` is set by it;
///   the setter of the field is `stream_`.
/// - `paginate(offset = …, limit = …, total = …, items = …)`: how the list is paged. It
///   adds `pages` and `items`, see below.
///
/// Retries:
///
/// - `readonly`, `readonly = false`, `idempotent`, `idempotency_token = field`: whether the
///   call may be repeated, whatever its name suggests; see
///   [`ActionInfo::idempotency`](crate::action::ActionInfo::idempotency).
/// - `retry(max_attempts = 5, base_delay = "500ms", max_delay = "10s")`: how calls are
///   retried if neither client nor call has a policy. A delay is a text with the unit `ms`,
///   `s` or `m`, or a number of seconds. Missing settings are as in
///   [`RetryPolicy::standard`](crate::retry::RetryPolicy::standard).
///
/// `paginate` names the field that leads to a page (`offset`, `page_number`, `token` or
/// `marker`), and the one that sets the number of items of a page (`limit` or `page_size`,
/// if there is one). Of the response it names, by the path to it, the list (`items`), and
/// what exists of `total`, `next_token`, `next_marker` and `has_more`, such as `next_marker
/// = page_info.next_marker`. If the type of the response is not a `#[cloud_model]`, `item =
/// Type` names the type of the items. `first = 0` is the number of the first page if that
/// is not 1, and `default_limit = 20` the number of items to request if the request sets
/// none. The rules of paging are in [`PageForm`](crate::paginate::PageForm).
///
/// # Fields
///
/// A field of type `Option` is optional. Any other field must be set before the builder can
/// be built or sent. The setter of a list accepts a `Vec`, an array, a slice or an
/// iterator, for an optional field also an `Option` of a `Vec`; elements of a list of texts
/// may be `&str`. An empty list of texts needs a type, as in `Vec::<String>::new()`.
///
/// On a field, `#[param(...)]` accepts:
///
/// - `path`, `query`, `header = "X-Name"`, `body`, `body(whole)`, `host`, `file`: where the
///   parameter is sent.
/// - `name = "Wire"`: its wire name.
/// - `list = "json"` and others: how a list is written, see
///   [`ListStyle`](crate::action::ListStyle).
/// - `secret`: masks the value in `Debug`. Fields with telling names are masked without it,
///   and `secret = false` shows one.
/// - `skip`: the field is not sent.
/// - `default`: the field need not be set, and the default of its type is sent. `default =
///   10` sends this value if the caller sets none, also for an `Option`. The value is an
///   expression; it is converted as by the setter.
/// - `serde`: the type writes itself with its own `Serialize`. Without it, a type that is
///   not a [`cloud_model`] is refused, because its names on the wire would be those of
///   Rust.
///
/// # Troubleshooting
///
/// *"`X` is not a model, so its names on the wire are not known."* A field or the response
/// has a type of yours without `#[cloud_model]`. Put the attribute on it. If the type has
/// wire names of its own (`#[serde(rename = "...")]`), write `#[param(serde)]` or
/// `response(serde) = X`.
///
/// *"`x` of `Y` is required and was not set."* A field that is not an `Option` has no
/// value. Call its setter, make it an `Option`, or give it a `default`.
pub use cloudcall_macros::cloud_action;
/// Makes a struct, or an enum of texts, part of requests and responses.
///
/// It is read tolerantly: an odd member does not cost the rest of the response. Numbers may
/// come as texts and texts as numbers, a single object may replace a list, `null` is a
/// missing value, and unknown members are ignored. An optional member that cannot be read
/// is `None`, and [`Response::warnings`] reports it; a required one is an error.
/// `docs/responses.md` has the whole table. `#[cloud_model(strict)]` turns tolerance off
/// for a model and the models in it. An enum is open: it has, or gets, a variant
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
///     /// A header of the response, for types that are a whole response.
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
/// `request` or `response` derives one direction only; without either, both are derived. In
/// a response, `#[param(header = "X-Name")]` reads a header, and `#[param(body(whole))]`
/// the whole document. `#[param(default)]` reads a missing member as the default of its
/// type, and `#[param(default = 10)]` as this value. `#[param(serde)]` is for members whose
/// type is not a model, but reads and writes itself.
///
/// # Requests
///
/// A model that is part of requests, that is one without `response`, has a constructor that
/// takes the required members, and a setter for each of the others. They convert their
/// arguments, as the setters of an action do. A missing argument does not compile, and the
/// error names the member.
///
/// ```
/// use cloudcall::cloud_model;
///
/// #[cloud_model(provider = "tencent", request)]
/// pub struct Filter {
///     pub name: String,
///     pub values: Vec<String>,
/// }
///
/// #[cloud_model(provider = "tencent")]
/// pub struct SystemDisk {
///     #[param(required)]
///     pub disk_type: Option<String>,
///     pub disk_size: Option<i64>,
/// }
///
/// let filter = Filter::new("zone", ["ap-guangzhou-3"]);
/// assert_eq!(filter.values, ["ap-guangzhou-3"]);
/// let disk = SystemDisk::new("CLOUD_SSD").disk_size(50);
/// assert_eq!(disk.disk_size, Some(50));
/// ```
///
/// - `#[param(required)]` is for an `Option` that a request needs and a response may lack:
///   `new` takes it.
/// - A member with a `default` has it in the new value. A skipped member has the default of
///   its type.
/// - `#[cloud_model(setters = false)]` leaves `new` and the setters out, for a type that has
///   methods of these names.
/// - The setters of members named `new` and `clone` are `new_` and `clone_`.
///
/// # Troubleshooting
///
/// *All members are `None`.* The wire names differ. `provider` decides how they are made
/// from the names of the fields: `zone_set` is `ZoneSet` for Tencent Cloud, and `zone_set`
/// for Huawei Cloud. Set the rule with `case`, or one name with `#[param(name = "…")]`.
pub use cloudcall_macros::cloud_model;
pub use http;
pub use serde_json as json;

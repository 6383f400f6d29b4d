//! A request as handlers see it: `LocalRequest` of the local cloud, which is also `MockRequest` of the
//! mock.
//!
//! It is separate from `received.rs`, which holds the same request before it is decoded and checked.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::Value;

use super::wire::form_parts;
use crate::telemetry::redact;

/// A file of a multipart form. [`LocalRequest::file`] returns it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LocalFile {
    /// The file name, with the escapes `%22`, `%0D` and `%0A` decoded.
    pub name: String,
    /// The content type, if one was sent.
    pub content_type: Option<String>,
    /// The bytes. They share the memory of the request's body.
    pub data: Bytes,
}

/// A request as handlers and rules see it. A local cloud calls its handlers only for requests with a
/// valid signature.
///
/// `params` is a tree for every form of request. Values of a query or a form body are texts, so the
/// handler below also works for a client that sends a form:
///
/// ```
/// # #[cfg(feature = "local-cloud")]
/// # fn handlers() {
/// use cloudcall::json::json;
/// use cloudcall::local::{LocalCloud, LocalResponse};
///
/// let builder = LocalCloud::builder().on("DescribeInstances", |request| {
///     match request.param("Filters.0.Values.0").as_deref() {
///         Some("ap-guangzhou-3") => LocalResponse::ok(json!({ "TotalCount": 1 })),
///         Some(zone) => LocalResponse::error("InvalidZone.MismatchRegion", format!("zone {zone}")),
///         None => LocalResponse::error("MissingParameter", "Filters is missing."),
///     }
/// });
/// # }
/// ```
///
/// # Troubleshooting
///
/// **`param` returns `None` for a parameter that was sent.** The path has the wire names of the vendor,
/// in their case, and counts list elements from 0, also where the vendor counts from 1. Print `params`
/// to see the tree.
///
/// **`product` is empty.** Some requests name their product only in the host, and the host of a local
/// cloud is an IP address. See the action and the version instead.
///
/// `Debug` masks headers that carry secrets, and shows the length of the body instead of the body.
#[derive(Clone)]
#[non_exhaustive]
pub struct LocalRequest {
    /// The provider, such as `tencent`.
    pub provider: &'static str,
    /// The product; empty if the request does not name it.
    pub product: String,
    /// The API version; empty if the request does not name it.
    pub version: String,
    /// The action, or `METHOD /path` for providers without action names.
    pub action: String,
    /// The region, if the request names it: in a header, a parameter, or the scope of the signature.
    pub region: Option<String>,
    /// The id of the account that signed the request. `None` if it is unsigned, or was not checked, as in a
    /// mock.
    pub account: Option<String>,
    /// The HTTP method.
    pub method: Method,
    /// The path as sent, still percent-encoded.
    pub path: String,
    /// The query parameters, decoded, in the order in which they were sent. Empty if the query is not
    /// form-encoded.
    pub query: Vec<(String, String)>,
    /// The headers as sent, including `Host` and `Authorization`.
    pub headers: HeaderMap,
    /// The parameters of the action as a tree, without the common parameters of the vendor: those of the
    /// query and of the body, together. JSON bodies keep their types; values of queries, forms and
    /// multipart fields are texts. A name that the query of a Huawei Cloud call repeats is a list. Null or
    /// empty if there are none.
    ///
    /// Parameters in the path and in headers are not among them: see [`path`](Self::path) and
    /// [`header`](Self::header).
    pub params: Value,
    /// The body as sent. A compressed body is not decompressed.
    pub body: Bytes,
    /// The number of requests that the same rule handled before. The first request sees 0.
    pub earlier: usize,
}

impl LocalRequest {
    /// A `POST` of an action to the path `/`, without region, account, query and headers. Its body is
    /// `params` as JSON. The public fields can be changed afterwards.
    ///
    /// The local cloud and the mock transport create requests themselves. Use this to test handlers and
    /// rules.
    ///
    /// ```
    /// use cloudcall::json::json;
    /// # #[cfg(feature = "local-cloud")]
    /// use cloudcall::local::LocalRequest;
    /// # #[cfg(not(feature = "local-cloud"))]
    /// # use cloudcall::testing::MockRequest as LocalRequest;
    ///
    /// let params = json!({ "Limit": 5 });
    /// let request = LocalRequest::new("tencent", "cvm", "2017-03-12", "DescribeZones", params);
    /// assert_eq!(request.param("Limit").as_deref(), Some("5"));
    /// ```
    pub fn new(
        provider: &'static str,
        product: impl Into<String>,
        version: impl Into<String>,
        action: impl Into<String>,
        params: Value,
    ) -> Self {
        Self {
            provider,
            product: product.into(),
            version: version.into(),
            action: action.into(),
            region: None,
            account: None,
            method: Method::POST,
            path: "/".to_owned(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Bytes::from(params.to_string()),
            params,
            earlier: 0,
        }
    }

    /// A parameter as text, by its path in the tree, such as `Filters.0.Name`. `None` if there is none.
    ///
    /// ```
    /// # #[cfg(feature = "local-cloud")]
    /// # fn handlers() {
    /// # use cloudcall::local::{LocalResponse, LocalCloud};
    /// # use cloudcall::json::json;
    /// let builder = LocalCloud::builder().on("DescribeVpcs", |request| {
    ///     let limit = request.param("Limit").unwrap_or_else(|| "20".to_owned());
    ///     LocalResponse::ok(json!({ "Asked": limit }))
    /// });
    /// # }
    /// ```
    ///
    /// Numbers and flags of a JSON body are written as in JSON (`20`, `true`); an object or a list is
    /// its JSON text.
    pub fn param(&self, path: &str) -> Option<String> {
        let mut at = &self.params;
        for step in path.split('.') {
            at = match at {
                Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
                _ => at.get(step)?,
            };
        }
        Some(at.as_str().map_or_else(|| at.to_string(), str::to_owned))
    }

    /// The host that was called, with its port if the request has one. Empty if there is no `Host`
    /// header.
    pub fn host(&self) -> &str {
        self.header("host").unwrap_or_default()
    }

    /// The body as JSON; `None` if it is not JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    /// A file of a multipart form, by the name of its field. `None` if there is none.
    ///
    /// ```
    /// # use cloudcall::local::{LocalResponse, LocalCloud};
    /// # use cloudcall::json::json;
    /// let builder = LocalCloud::builder().on("UploadMedicalFile", |request| match request.file("File") {
    ///     Some(file) => LocalResponse::ok(json!({ "Name": file.name, "Size": file.data.len() })),
    ///     None => LocalResponse::error("MissingParameter", "File is missing."),
    /// });
    /// ```
    pub fn file(&self, field: &str) -> Option<LocalFile> {
        let parts = form_parts(self.header("content-type")?, &self.body)?;
        let part = parts.into_iter().find(|part| part.name == field && part.file_name.is_some())?;
        Some(LocalFile {
            name: part.file_name.unwrap_or_default(),
            content_type: part.content_type,
            data: self.body.slice_ref(part.data),
        })
    }

    /// A header as text. `None` if it is missing or is not text.
    ///
    /// The case of `name` does not matter. If a header was sent several times, this is the first value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl fmt::Debug for LocalRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalRequest")
            .field("provider", &self.provider)
            .field("product", &self.product)
            .field("version", &self.version)
            .field("action", &self.action)
            .field("region", &self.region)
            .field("method", &self.method)
            .field("path", &self.path)
            .field("headers", &redact::Headers(&self.headers))
            .field("body_len", &self.body.len())
            .finish_non_exhaustive()
    }
}

//! How a provider wraps the responses of its actions, as data.
//!
//! A provider returns an [`Envelope`] from
//! [`Provider::envelope`](crate::provider::Provider::envelope). It is data and not code,
//! because two passes must agree on it: the fast pass of `decode/watch.rs`, which sees the
//! members while the type reads them, and the exact pass of `decode/exact.rs`, which looks
//! at a tree. The built-in providers:
//!
//! | provider | response | failed if | request id |
//! | --- | --- | --- | --- |
//! | `tencent` | in `Response` | it has `Error` | `RequestId` in it |
//! | `qcloud` | the document | `code` is not 0 | none |
//! | `huawei` | the document | the status is not 2xx | in a header |
//! | `alibaba` | the document | the status is not 2xx | `RequestId` in it |
//! | `volcengine` | in `Result` | `ResponseMetadata` has a filled `Error` | in `ResponseMetadata` |

/// How a provider wraps its responses.
///
/// ```
/// use cloudcall::response::{Envelope, FailedIf};
///
/// // {"Response": {"Zones": [..], "RequestId": "r-1"}}, or {"Response": {"Error": {..}}}
/// const TENCENT: Envelope = Envelope::bare()
///     .member("Response")
///     .request_id("RequestId")
///     .failed(FailedIf::Has("Error"));
///
/// // {"ResponseMetadata": {"RequestId": "r-1"}, "Result": {"Zones": [..]}}
/// const VOLCENGINE: Envelope = Envelope::bare()
///     .member("Result")
///     .metadata("ResponseMetadata")
///     .request_id("RequestId")
///     .failed(FailedIf::Has("Error"));
/// ```
///
/// # Troubleshooting
///
/// **Every call fails with `missing field`.** The document has no member of the name that
/// [`member`](Self::member) or [`metadata`](Self::metadata) sets. Compare it with
/// [`Error::raw_body`](crate::Error::raw_body).
///
/// **An error of the service is returned as a success.** [`failed`](Self::failed) does not
/// match. The error member is looked for in the response, or in the metadata if there is
/// such a member, and nowhere else.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Envelope {
    /// The member that contains the response. `None` if the document is the response. A
    /// document without this member, or with another value than an object in it, is an
    /// error of kind `Decode`, unless [`metadata`](Self::metadata) is set.
    pub member: Option<&'static str>,
    /// The member that contains the request id. It is a member of the response, or of the
    /// metadata. The type of the response may declare a field of the same name; it gets the
    /// value, too.
    pub request_id: Option<&'static str>,
    /// What in a well-formed response says that the call failed.
    pub failed: FailedIf,
    /// The member beside the response that contains request id and error. It must exist.
    /// The response itself is then optional: it may be null or absent, which reads like one
    /// without members.
    pub metadata: Option<&'static str>,
    /// Whether an empty body is a response without members. Default: false, and then an
    /// empty body is an error of kind `Decode`.
    pub empty: bool,
    /// The member in which the service announces what it will remove, such as
    /// `DeprecatedWarning`. Its text becomes a [`Warning`](super::Warning).
    pub notice: Option<&'static str>,
    /// Whether a response with status 204 or 205 is one without members.
    pub no_content: bool,
}

/// What in a well-formed response says that the call failed. The HTTP status is checked
/// before: a status other than 2xx is always a failure.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum FailedIf {
    /// Nothing: the HTTP status alone decides.
    Never,
    /// A member of this name that is not null. In metadata, it must also contain anything
    /// besides null, `""`, `0`, `false` and lists and objects of these: an empty error
    /// object is not a failure.
    Has(&'static str),
    /// A member of this name that is neither `0` nor `"0"`. Without the member, the call
    /// succeeded.
    NotZero(&'static str),
    /// Everything, unless a member of this name is `0` or `"0"`. Without the member, the
    /// call failed.
    UnlessZero(&'static str),
}

impl Envelope {
    /// A document without envelope: the document is the response, and the HTTP status alone
    /// says whether the call failed.
    pub const fn bare() -> Self {
        Self {
            member: None,
            request_id: None,
            failed: FailedIf::Never,
            metadata: None,
            empty: false,
            no_content: false,
            notice: None,
        }
    }

    /// Sets the member that contains the response.
    #[must_use]
    pub const fn member(mut self, name: &'static str) -> Self {
        self.member = Some(name);
        self
    }

    /// Sets the member that contains the request id.
    #[must_use]
    pub const fn request_id(mut self, name: &'static str) -> Self {
        self.request_id = Some(name);
        self
    }

    /// Sets the member beside the response that contains request id and error. It makes the
    /// response optional.
    #[must_use]
    pub const fn metadata(mut self, name: &'static str) -> Self {
        self.metadata = Some(name);
        self
    }

    /// Accepts a response with status 204 or 205 and no body as one without members.
    #[must_use]
    pub const fn or_no_content(mut self) -> Self {
        self.no_content = true;
        self
    }

    /// Sets what says that the call failed. Default: [`FailedIf::Never`].
    #[must_use]
    pub const fn failed(mut self, failed: FailedIf) -> Self {
        self.failed = failed;
        self
    }

    /// Sets the member in which the service announces changes, such as `DeprecatedWarning`:
    /// see [`Response::warnings`](crate::Response::warnings).
    #[must_use]
    pub const fn notice(mut self, name: &'static str) -> Self {
        self.notice = Some(name);
        self
    }

    /// Accepts an empty body, `null` and `""` as a response without members.
    #[must_use]
    pub const fn or_empty(mut self) -> Self {
        self.empty = true;
        self
    }
}

//! How a provider wraps the responses of its actions.

/// How a cloud wraps its answers.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Envelope {
    /// The member that holds the answer proper; without one the document is it.
    pub member: Option<&'static str>,
    /// The member that holds the request id, beside the answer's own members.
    pub request_id: Option<&'static str>,
    /// What in a well-formed answer says that the call failed.
    pub failed: FailedIf,
    /// The member beside the response that holds request id and error. With it, the response is optional: it may be null
    /// or absent.
    pub metadata: Option<&'static str>,
    /// Whether an empty body is an answer without members.
    pub empty: bool,
    /// The member in which the service warns of what it will do away with, beside the answer's own members.
    pub notice: Option<&'static str>,
    /// Whether a response with status 204 or 205 is one without members.
    pub no_content: bool,
}

/// What in a well-formed answer says that the call failed.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum FailedIf {
    /// Nothing: the HTTP status alone tells.
    Never,
    /// A member of this name that is not null.
    Has(&'static str),
    /// A member of this name that is neither `0` nor `"0"`.
    NotZero(&'static str),
    /// Everything, unless a member of this name is `0` or `"0"`.
    UnlessZero(&'static str),
}

impl Envelope {
    /// A bare document whose failure the HTTP status tells.
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

    /// The answer is in this member.
    #[must_use]
    pub const fn member(mut self, name: &'static str) -> Self {
        self.member = Some(name);
        self
    }

    /// The request id is in this member.
    #[must_use]
    pub const fn request_id(mut self, name: &'static str) -> Self {
        self.request_id = Some(name);
        self
    }

    /// Request id and error are members of this member, which stands beside the response and has to be there.
    #[must_use]
    pub const fn metadata(mut self, name: &'static str) -> Self {
        self.metadata = Some(name);
        self
    }

    /// A response with status 204 or 205 has no body, and is one without members.
    #[must_use]
    pub const fn or_no_content(mut self) -> Self {
        self.no_content = true;
        self
    }

    /// What says that the call failed.
    #[must_use]
    pub const fn failed(mut self, failed: FailedIf) -> Self {
        self.failed = failed;
        self
    }

    /// The service warns in this member, such as `DeprecatedWarning`: see [`Response::warnings`](crate::Response::warnings).
    #[must_use]
    pub const fn notice(mut self, name: &'static str) -> Self {
        self.notice = Some(name);
        self
    }

    /// An empty body is an answer without members.
    #[must_use]
    pub const fn or_empty(mut self) -> Self {
        self.empty = true;
        self
    }
}

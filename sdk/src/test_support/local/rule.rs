//! Which handler responds to which request.
//!
//! The rules of the mock transport (`testing/rule.rs`) are separate: they have conditions on every part
//! of a request, and expectations. A local cloud knows only action, product and path, because it also
//! serves other SDKs.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::Method;

use crate::test_support::fake_cloud::{LocalRequest, LocalResponse, PathPattern};

/// The requests that a rule matches.
#[derive(Debug)]
pub(super) enum Matcher {
    /// An action of any provider and product.
    Action(String),
    /// An action of one product of one provider.
    Product { provider: String, product: String, action: String },
    /// A method and a path.
    Path { method: Method, path: PathPattern },
}

impl Matcher {
    /// Matches an action, as [`LocalRequest::action`] names it.
    pub(super) fn action(action: &str) -> Self {
        Self::Action(action.to_owned())
    }

    /// Matches an action of one product of one provider.
    pub(super) fn product(provider: &str, product: &str, action: &str) -> Self {
        let [provider, product, action] = [provider, product, action].map(str::to_owned);
        Self::Product { provider, product, action }
    }

    /// Matches a method and a path pattern, such as `/v1/{project_id}/vpcs`.
    pub(super) fn path(method: Method, path: &str) -> Self {
        Self::Path { method, path: PathPattern::new(path) }
    }

    /// Whether the request matches. Names are compared exactly.
    fn fits(&self, request: &LocalRequest) -> bool {
        match self {
            Self::Action(action) => *action == request.action,
            Self::Product { provider, product, action } => {
                provider == request.provider && *product == request.product && *action == request.action
            }
            Self::Path { method, path } => *method == request.method && path.fits(&request.path),
        }
    }
}

/// The requests in one line, such as `DescribeZones` or `GET /v1/{project_id}/vpcs`.
impl fmt::Display for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Action(action) => f.write_str(action),
            Self::Product { provider, product, action } => write!(f, "{provider} {product} {action}"),
            Self::Path { method, path } => write!(f, "{method} {path}"),
        }
    }
}

/// A handler of a test. It runs on the server's tasks, perhaps on several at once.
type Handler = dyn Fn(&LocalRequest) -> LocalResponse + Send + Sync;

/// How a rule responds. `calls` is the number of requests that the rule has handled.
pub(super) enum Reaction {
    /// Computes each response from its request.
    Call { handler: Box<Handler>, calls: AtomicUsize },
    /// Responds with a list in order, and then with `last` again and again.
    Each { responses: Vec<LocalResponse>, last: LocalResponse, calls: AtomicUsize },
}

impl Reaction {
    /// A reaction that computes responses. The number of earlier requests is in
    /// [`LocalRequest::earlier`].
    pub(super) fn call(
        handler: impl Fn(&LocalRequest) -> LocalResponse + Send + Sync + 'static,
    ) -> Option<Self> {
        Some(Self::Call { handler: Box::new(handler), calls: AtomicUsize::new(0) })
    }

    /// A reaction that responds with a list. `None` for an empty list.
    pub(super) fn each(responses: impl IntoIterator<Item = LocalResponse>) -> Option<Self> {
        let mut responses: Vec<_> = responses.into_iter().collect();
        let last = responses.pop()?;
        Some(Self::Each { responses, last, calls: AtomicUsize::new(0) })
    }
}

impl fmt::Debug for Reaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Call { .. } => "Call",
            Self::Each { .. } => "Each",
        })
    }
}

/// A matcher and its reaction.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) matcher: Matcher,
    pub(super) reaction: Reaction,
}

/// The last rule that matches.
///
/// A test can therefore set a default first and an exception later.
pub(super) fn find<'a>(rules: &'a [Rule], request: &LocalRequest) -> Option<&'a Rule> {
    rules.iter().rev().find(|rule| rule.matcher.fits(request))
}

impl Rule {
    /// The next response of the rule. It counts the request.
    pub(super) fn respond(&self, request: &mut LocalRequest) -> LocalResponse {
        match &self.reaction {
            Reaction::Call { handler, calls } => {
                request.earlier = calls.fetch_add(1, Ordering::Relaxed);
                handler(request)
            }
            Reaction::Each { responses, last, calls } => {
                responses.get(calls.fetch_add(1, Ordering::Relaxed)).unwrap_or(last).clone()
            }
        }
    }
}

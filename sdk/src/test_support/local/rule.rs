//! Which handler responds to which request.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::Method;

use crate::test_support::fake_cloud::{LocalRequest, LocalResponse, PathPattern};

/// The requests that a rule matches.
#[derive(Debug)]
pub(super) enum Matcher {
    Action(String),
    Product { provider: String, product: String, action: String },
    Path { method: Method, path: PathPattern },
}

impl Matcher {
    pub(super) fn action(action: &str) -> Self {
        Self::Action(action.to_owned())
    }

    pub(super) fn product(provider: &str, product: &str, action: &str) -> Self {
        let [provider, product, action] = [provider, product, action].map(str::to_owned);
        Self::Product { provider, product, action }
    }

    pub(super) fn path(method: Method, path: &str) -> Self {
        Self::Path { method, path: PathPattern::new(path) }
    }

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

type Handler = dyn Fn(&LocalRequest) -> LocalResponse + Send + Sync;

/// How a rule responds.
pub(super) enum Reaction {
    Call { handler: Box<Handler>, calls: AtomicUsize },
    Each { responses: Vec<LocalResponse>, last: LocalResponse, calls: AtomicUsize },
}

impl Reaction {
    pub(super) fn call(
        handler: impl Fn(&LocalRequest) -> LocalResponse + Send + Sync + 'static,
    ) -> Option<Self> {
        Some(Self::Call { handler: Box::new(handler), calls: AtomicUsize::new(0) })
    }

    /// `None` for an empty list.
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

#[derive(Debug)]
pub(super) struct Rule {
    pub(super) matcher: Matcher,
    pub(super) reaction: Reaction,
}

/// The last rule that matches.
pub(super) fn find<'a>(rules: &'a [Rule], request: &LocalRequest) -> Option<&'a Rule> {
    rules.iter().rev().find(|rule| rule.matcher.fits(request))
}

impl Rule {
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

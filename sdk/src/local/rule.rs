//! Which handler answers which request.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::Method;

use super::answer::LocalAnswer;
use super::request::LocalRequest;

/// What a request must be for a rule to answer it.
#[derive(Debug)]
pub(super) enum Matcher {
    Action(String),
    Product { provider: String, product: String, action: String },
    Path { method: Method, path: Vec<String> },
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
        Self::Path { method, path: segments(path).map(str::to_owned).collect() }
    }

    fn fits(&self, request: &LocalRequest) -> bool {
        match self {
            Self::Action(action) => *action == request.action,
            Self::Product { provider, product, action } => {
                provider == request.provider && *product == request.product && *action == request.action
            }
            Self::Path { method, path } => {
                *method == request.method && same_path(path, &segments(&request.path).collect::<Vec<_>>())
            }
        }
    }
}

/// A final slash makes no difference: some signatures want one, the resource is the same.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.trim_end_matches('/').split('/').skip(1)
}

/// A placeholder fits any one segment that is not empty.
fn same_path(pattern: &[String], path: &[&str]) -> bool {
    let fits = |(wanted, given): (&String, &&str)| match wanted.starts_with('{') && wanted.ends_with('}') {
        true => !given.is_empty(),
        false => wanted == given,
    };
    pattern.len() == path.len() && pattern.iter().zip(path).all(fits)
}

type Handler = dyn Fn(&LocalRequest) -> LocalAnswer + Send + Sync;

/// What a rule does.
pub(super) enum Reaction {
    Call { handler: Box<Handler>, calls: AtomicUsize },
    Each { answers: Vec<LocalAnswer>, last: LocalAnswer, calls: AtomicUsize },
}

impl Reaction {
    pub(super) fn call(
        handler: impl Fn(&LocalRequest) -> LocalAnswer + Send + Sync + 'static,
    ) -> Option<Self> {
        Some(Self::Call { handler: Box::new(handler), calls: AtomicUsize::new(0) })
    }

    /// None for an empty list: there would be nothing to answer.
    pub(super) fn each(answers: impl IntoIterator<Item = LocalAnswer>) -> Option<Self> {
        let mut answers: Vec<_> = answers.into_iter().collect();
        let last = answers.pop()?;
        Some(Self::Each { answers, last, calls: AtomicUsize::new(0) })
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

/// The answer of the last rule that fits; none if no rule does.
pub(super) fn answer(rules: &[Rule], request: &mut LocalRequest) -> Option<LocalAnswer> {
    let rule = rules.iter().rev().find(|rule| rule.matcher.fits(request))?;
    Some(match &rule.reaction {
        Reaction::Call { handler, calls } => {
            request.earlier = calls.fetch_add(1, Ordering::Relaxed);
            handler(request)
        }
        Reaction::Each { answers, last, calls } => {
            answers.get(calls.fetch_add(1, Ordering::Relaxed)).unwrap_or(last).clone()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_fit_one_segment() {
        let pattern: Vec<_> = segments("/v1/{project_id}/vpcs/{vpc_id}").map(str::to_owned).collect();
        let fits = |path: &str| same_path(&pattern, &segments(path).collect::<Vec<_>>());
        assert!(fits("/v1/p/vpcs/x") && fits("/v1/p/vpcs/x/"));
        for other in ["/v1/p/vpcs", "/v1//vpcs/x", "/v1/p/vpcs/x/y", "/v2/p/vpcs/x", "/"] {
            assert!(!fits(other), "{other}");
        }
    }
}

//! A rule of a mock: the requests that it matches, the responses to them, and how many requests are expected.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::Method;
use serde_json::Value;

use super::MockRequest;
use super::condition::Condition;
use super::response::MockResponse;
use crate::test_support::fake_cloud::PathPattern;

/// Computes a response from a request.
type Handler = dyn Fn(&MockRequest) -> MockResponse + Send + Sync;

/// The requests that a [`MockTransport`](super::MockTransport) matches, the responses to them, and how many
/// it expects.
///
/// A rule starts with [`action`](Self::action), [`path`](Self::path) or [`any`](Self::any). Each further
/// condition narrows it: all conditions must hold. Responses are used in the order in which they were added,
/// and the last one repeats.
///
/// ```
/// use cloudcall::http::Method;
/// use cloudcall::json::json;
/// use cloudcall::testing::{MockResponse, MockRule};
///
/// let started = MockRule::action("RunInstances")
///     .product("cvm")
///     .body(|body| body["InstanceCount"] == 2)
///     .respond(MockResponse::error("ResourceInsufficient", "sold out"))
///     .respond(MockResponse::ok(json!({ "InstanceIdSet": ["ins-1", "ins-2"] })))
///     .times(2);
/// let shown = MockRule::path(Method::GET, "/v1/{project_id}/vpcs/{vpc_id}")
///     .respond_with(|request| MockResponse::ok(json!({ "path": request.path })));
/// ```
///
/// # Troubleshooting
///
/// **`build` fails with `the rule for … has no response`.** Add one with [`respond`](Self::respond), or
/// make it a rule of [`never`](Self::never).
///
/// **`param` does not match a number.** The value is compared as text: `param("Limit", 20)` matches
/// `20` and `"20"`. A float must have the form that was sent: `1.0` and `1` differ.
///
/// **`body` does not match.** Only providers that send JSON have a JSON body. [`param`](Self::param)
/// works for all.
#[must_use = "a rule does nothing until it is given to a mock"]
pub struct MockRule {
    /// All of them must hold. None of them: the rule matches any request.
    conditions: Vec<Condition>,
    /// The responses in order. The last one repeats, unless there is a handler.
    responses: Vec<MockResponse>,
    /// Responds once `responses` are used up.
    handler: Option<Box<Handler>>,
    /// The expectation, which `verify` checks. None: any number of requests.
    wanted: Option<Wanted>,
    /// The number of requests that the rule has responded to.
    calls: AtomicUsize,
}

/// How many requests a rule expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// This many requests: `times`, and `never` for 0.
    Exactly(usize),
    /// This many requests or more: `at_least`.
    AtLeast(usize),
}

impl MockRule {
    /// Matches any request.
    ///
    /// Use it as the first rule, as the default for all others, or with [`when`](Self::when).
    pub fn any() -> Self {
        Self {
            conditions: Vec::new(),
            responses: Vec::new(),
            handler: None,
            wanted: None,
            calls: AtomicUsize::new(0),
        }
    }

    /// Matches the requests of an action, such as `RunInstances`, of any provider and product. This also
    /// works for REST APIs, whose requests do not name their action.
    pub fn action(action: impl Into<String>) -> Self {
        Self::any().and(Condition::Action(action.into()))
    }

    /// Matches a method and a path, such as `/v1/{project_id}/vpcs`. A placeholder matches one segment that
    /// is not empty.
    pub fn path(method: Method, path: &str) -> Self {
        Self::any().and(Condition::Method(method)).and(Condition::Path(PathPattern::new(path)))
    }

    /// Adds a condition.
    fn and(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }

    /// Requires a provider: `tencent`, `qcloud`, `huawei`, `alibaba`, `volcengine`, or the name of a provider
    /// of yours.
    pub fn cloud(self, cloud: impl Into<String>) -> Self {
        self.and(Condition::Cloud(cloud.into()))
    }

    /// Requires a product, such as `cvm`.
    pub fn product(self, product: impl Into<String>) -> Self {
        self.and(Condition::Product(product.into()))
    }

    /// Requires an HTTP method.
    pub fn method(self, method: Method) -> Self {
        self.and(Condition::Method(method))
    }

    /// Requires a host. The port is compared only if `host` has one.
    pub fn host(self, host: impl Into<String>) -> Self {
        self.and(Condition::Host(host.into()))
    }

    /// Requires a query parameter with this decoded value.
    ///
    /// The name of the parameter has the case of the vendor. If a parameter is repeated, its first
    /// value is compared.
    pub fn query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.and(Condition::Query(name.into(), value.into()))
    }

    /// Requires a header with this value. The case of the name does not matter.
    ///
    /// If a header is repeated, its first value is compared.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.and(Condition::Header(name.into(), value.into()))
    }

    /// Requires a parameter of the action, in whichever part of the request the provider sends it. The form
    /// of `path` is that of [`MockRequest::param`], such as `Filters.0.Name`.
    ///
    /// A secret parameter is masked in the errors of the mock.
    pub fn param(self, path: impl Into<String>, value: impl fmt::Display) -> Self {
        self.and(Condition::Param(path.into(), value.to_string()))
    }

    /// Requires a JSON body for which `fits` returns true.
    ///
    /// The type of the argument is that of [`json`](crate::json). A request without a JSON body does
    /// not match.
    pub fn body(self, fits: impl Fn(&Value) -> bool + Send + Sync + 'static) -> Self {
        self.and(Condition::Body(Box::new(fits)))
    }

    /// Requires that `fits` returns true for the request.
    ///
    /// Errors can only say that the function returned false, so prefer the conditions that name a part
    /// of the request.
    pub fn when(self, fits: impl Fn(&MockRequest) -> bool + Send + Sync + 'static) -> Self {
        self.and(Condition::When(Box::new(fits)))
    }

    /// Adds a response. The first matching request gets the first response, the second request the second,
    /// and so on; the last response repeats.
    pub fn respond(mut self, response: impl Into<MockResponse>) -> Self {
        self.responses.push(response.into());
        self
    }

    /// Computes the responses from the requests, once the responses of [`respond`](Self::respond) are used
    /// up. [`MockRequest::earlier`] is the number of requests that the rule matched before, from 0.
    pub fn respond_with(
        mut self,
        handler: impl Fn(&MockRequest) -> MockResponse + Send + Sync + 'static,
    ) -> Self {
        self.handler = Some(Box::new(handler));
        self
    }

    /// Expects exactly this many requests. [`verify`](super::MockTransport::verify) checks it.
    ///
    /// Retries count: a call with two attempts makes two requests.
    pub fn times(mut self, times: usize) -> Self {
        self.wanted = Some(Wanted::Exactly(times));
        self
    }

    /// Expects at least this many requests. [`verify`](super::MockTransport::verify) checks it.
    pub fn at_least(mut self, times: usize) -> Self {
        self.wanted = Some(Wanted::AtLeast(times));
        self
    }

    /// Expects no such request. A rule like this needs no response; a request that matches it fails with kind
    /// `Config`.
    ///
    /// A request that matches also fails [`verify`](super::MockTransport::verify).
    pub fn never(self) -> Self {
        self.times(0)
    }

    /// The mistake in the rule itself, if there is one.
    pub(super) fn mistake(&self) -> Option<String> {
        if let Some(mistake) = self.responses.iter().find_map(MockResponse::found_mistake) {
            return Some(format!("the rule for {self} has a wrong response: {mistake}"));
        }
        let mute = self.responses.is_empty() && self.handler.is_none();
        (mute && self.wanted != Some(Wanted::Exactly(0)))
            .then(|| format!("the rule for {self} has no response: add one with `respond`"))
    }

    /// The number of conditions.
    pub(super) fn len(&self) -> usize {
        self.conditions.len()
    }

    /// The conditions that the request does not meet, in their order.
    pub(super) fn misses(&self, request: &MockRequest) -> Vec<String> {
        self.conditions.iter().filter_map(|condition| condition.miss(request)).collect()
    }

    /// The next response. `None` for a rule of [`never`](Self::never) without responses.
    pub(super) fn next(&self, request: &mut MockRequest) -> Option<MockResponse> {
        request.earlier = self.calls.fetch_add(1, Ordering::Relaxed);
        match (self.responses.get(request.earlier), &self.handler) {
            (Some(response), _) => Some(response.clone()),
            (None, Some(handler)) => Some(handler(request)),
            (None, None) => self.responses.last().cloned(),
        }
    }

    /// How the expectation was not met; `None` if it was.
    pub(super) fn unmet(&self) -> Option<String> {
        let came = self.calls.load(Ordering::Relaxed);
        let wanted = match self.wanted? {
            Wanted::Exactly(times) if came != times => count(times),
            Wanted::AtLeast(times) if came < times => format!("at least {}", count(times)),
            _ => return None,
        };
        let came = if came == 0 { "none came".to_owned() } else { format!("{came} came") };
        Some(format!("{self}: expected {wanted}, {came}"))
    }
}

/// `no request`, `1 request`, `2 requests`.
fn count(times: usize) -> String {
    match times {
        0 => "no request".to_owned(),
        1 => "1 request".to_owned(),
        _ => format!("{times} requests"),
    }
}

impl fmt::Display for MockRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.conditions.is_empty() {
            return f.write_str("any request");
        }
        for (number, condition) in self.conditions.iter().enumerate() {
            write!(f, "{}{condition}", if number == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl fmt::Debug for MockRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MockRule({self})")
    }
}

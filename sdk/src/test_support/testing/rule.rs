//! A rule of a mock: which requests, which answers, how often.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use http::Method;
use serde_json::Value;

use super::MockRequest;
use super::answer::MockResponse;
use super::condition::Condition;
use crate::test_support::fake_cloud::PathPattern;

type Handler = dyn Fn(&MockRequest) -> MockResponse + Send + Sync;

/// Which requests a [`MockTransport`](super::MockTransport) answers, with what, and how often they must come.
///
/// Several answers are given one after the other; the last one stays.
///
/// ```
/// use cloudcall::http::Method;
/// use cloudcall::json::json;
/// use cloudcall::testing::{MockResponse, MockRule};
///
/// let started = MockRule::action("RunInstances")
///     .product("cvm")
///     .body(|body| body["InstanceCount"] == 2)
///     .answer(MockResponse::error("ResourceInsufficient", "sold out"))
///     .answer(MockResponse::ok(json!({ "InstanceIdSet": ["ins-1", "ins-2"] })))
///     .times(2);
/// let shown = MockRule::path(Method::GET, "/v1/{project_id}/vpcs/{vpc_id}")
///     .answer_with(|request| MockResponse::ok(json!({ "vpc": { "id": request.path.rsplit('/').next() } })));
/// ```
#[must_use = "a rule does nothing until it is given to a mock"]
pub struct MockRule {
    conditions: Vec<Condition>,
    answers: Vec<MockResponse>,
    handler: Option<Box<Handler>>,
    wanted: Option<Wanted>,
    calls: AtomicUsize,
}

/// How often a rule must be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Exactly(usize),
    AtLeast(usize),
}

impl MockRule {
    /// Any request.
    pub fn any() -> Self {
        Self {
            conditions: Vec::new(),
            answers: Vec::new(),
            handler: None,
            wanted: None,
            calls: AtomicUsize::new(0),
        }
    }

    /// The requests of an action, of whatever cloud and product.
    pub fn action(action: impl Into<String>) -> Self {
        Self::any().and(Condition::Action(action.into()))
    }

    /// The requests with a method and a path, such as `/v1/{project_id}/vpcs`; a placeholder fits any one segment.
    pub fn path(method: Method, path: &str) -> Self {
        Self::any().and(Condition::Method(method)).and(Condition::Path(PathPattern::new(path)))
    }

    fn and(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }

    /// Of one cloud: `tencent`, `qcloud`, `huawei`, `alibaba`, `volcengine`, or the name of a provider of your own.
    pub fn cloud(self, cloud: impl Into<String>) -> Self {
        self.and(Condition::Cloud(cloud.into()))
    }

    /// Of one product, such as `cvm`.
    pub fn product(self, product: impl Into<String>) -> Self {
        self.and(Condition::Product(product.into()))
    }

    /// With this HTTP method.
    pub fn method(self, method: Method) -> Self {
        self.and(Condition::Method(method))
    }

    /// To this host; a port makes no difference unless it is given.
    pub fn host(self, host: impl Into<String>) -> Self {
        self.and(Condition::Host(host.into()))
    }

    /// With this parameter in the query.
    pub fn query(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.and(Condition::Query(name.into(), value.into()))
    }

    /// With this header.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.and(Condition::Header(name.into(), value.into()))
    }

    /// With this parameter of the action, wherever the cloud puts it; `path` is as in [`MockRequest::param`].
    pub fn param(self, path: impl Into<String>, value: impl fmt::Display) -> Self {
        self.and(Condition::Param(path.into(), value.to_string()))
    }

    /// With a JSON body of which `fits` is true.
    pub fn body(self, fits: impl Fn(&Value) -> bool + Send + Sync + 'static) -> Self {
        self.and(Condition::Body(Box::new(fits)))
    }

    /// Of which `fits` is true.
    pub fn when(self, fits: impl Fn(&MockRequest) -> bool + Send + Sync + 'static) -> Self {
        self.and(Condition::When(Box::new(fits)))
    }

    /// Adds an answer after those given so far.
    pub fn answer(mut self, answer: impl Into<MockResponse>) -> Self {
        self.answers.push(answer.into());
        self
    }

    /// Makes the answers after those given so far from the request. [`MockRequest::earlier`] counts from 0.
    pub fn answer_with(
        mut self,
        handler: impl Fn(&MockRequest) -> MockResponse + Send + Sync + 'static,
    ) -> Self {
        self.handler = Some(Box::new(handler));
        self
    }

    /// Says how often the rule must be used; [`verify`](super::MockTransport::verify) looks.
    pub fn times(mut self, times: usize) -> Self {
        self.wanted = Some(Wanted::Exactly(times));
        self
    }

    /// Says how often the rule must be used at least.
    pub fn at_least(mut self, times: usize) -> Self {
        self.wanted = Some(Wanted::AtLeast(times));
        self
    }

    /// Says that no such request may come. A rule like this needs no answer.
    pub fn never(self) -> Self {
        self.times(0)
    }

    /// What is wrong with the rule itself.
    pub(super) fn mistake(&self) -> Option<String> {
        if let Some(mistake) = self.answers.iter().find_map(MockResponse::found_mistake) {
            return Some(format!("the rule for {self} has a wrong answer: {mistake}"));
        }
        let mute = self.answers.is_empty() && self.handler.is_none();
        (mute && self.wanted != Some(Wanted::Exactly(0)))
            .then(|| format!("the rule for {self} has no answer: add one with `answer`"))
    }

    /// How many conditions there are.
    pub(super) fn len(&self) -> usize {
        self.conditions.len()
    }

    /// What the request lacks, in the order of the conditions.
    pub(super) fn misses(&self, request: &MockRequest) -> Vec<String> {
        self.conditions.iter().filter_map(|condition| condition.miss(request)).collect()
    }

    /// The next answer; none for a rule that has none, because such a request may not come.
    pub(super) fn next(&self, request: &mut MockRequest) -> Option<MockResponse> {
        request.earlier = self.calls.fetch_add(1, Ordering::Relaxed);
        match (self.answers.get(request.earlier), &self.handler) {
            (Some(answer), _) => Some(answer.clone()),
            (None, Some(handler)) => Some(handler(request)),
            (None, None) => self.answers.last().cloned(),
        }
    }

    /// How the expectation was not met.
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

//! A transport that answers by rules.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::answer::MockResponse;
use super::called::{describe, read};
use super::expectation::UnmetExpectation;
use super::rule::MockRule;
use super::time::FakeTime;
use super::{FakeKeys, MockRequest};
use crate::client::{Client, ClientBuilder};
use crate::context::{Context, Random as _};
use crate::error::{Error, ErrorKind, SendState};
use crate::provider::Provider;
use crate::sign::encode::uuid;
use crate::transport::{HttpRequest, HttpResponse, HttpSend, TransportError};

/// A transport that answers by rules and sends nothing. Clones share rules, requests and time.
///
/// Of several rules that fit a request, the last one answers, so a special case comes after the general one. A request that
/// no rule fits is an error of kind [`Config`](ErrorKind::Config), which is not retried; it says what the nearest rule
/// wanted.
///
/// ```
/// use cloudcall::json::json;
/// use cloudcall::testing::{MockResponse, MockRule, MockTransport};
/// use cloudcall::Alibaba;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mock = MockTransport::builder()
///     .rule(
///         MockRule::action("StartInstance")
///             .param("InstanceId", "i-1")
///             .answer(MockResponse::error("IncorrectInstanceStatus", "it runs"))
///             .times(1),
///     )
///     .build()?;
/// let client = mock.client::<Alibaba>().region("cn-hangzhou").build()?;
///
/// let start = client.raw("ecs", "2014-05-26", "StartInstance").json(json!({ "InstanceId": "i-1" }));
/// let error = start.invoke().await.expect_err("an error");
///
/// assert_eq!(error.code(), Some("IncorrectInstanceStatus"));
/// assert_eq!(mock.requests()[0].param("InstanceId").as_deref(), Some("i-1"));
/// mock.verify()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct MockTransport(Arc<Shared>);

struct Shared {
    rules: Vec<MockRule>,
    otherwise: Option<MockResponse>,
    time: FakeTime,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    requests: Vec<MockRequest>,
    /// What was said about requests that no rule fits.
    unfit: Vec<String>,
}

impl MockTransport {
    /// Starts without rules.
    pub fn builder() -> MockTransportBuilder {
        MockTransportBuilder { rules: Vec::new(), otherwise: None, time: None }
    }

    /// Starts a client of this transport, with its [`context`](Self::context) and keys that open nothing (for Huawei Cloud
    /// of a project `test-project`). Set a region, and what else the code under test needs.
    pub fn client<P: Provider + Default>(&self) -> ClientBuilder<P> {
        Client::<P>::builder().transport(self.clone()).context(self.context()).credentials(FakeKeys)
    }

    /// A context with this mock's time, without environment and files.
    pub fn context(&self) -> Context {
        self.0.time.context()
    }

    /// The time in which answers are held back.
    pub fn time(&self) -> &FakeTime {
        &self.0.time
    }

    /// Every request so far, those that no rule fits too. Their `Debug` masks secrets, their fields do not.
    pub fn requests(&self) -> Vec<MockRequest> {
        self.seen().requests.clone()
    }

    /// How many requests named `action`.
    pub fn count(&self, action: &str) -> usize {
        self.seen().requests.iter().filter(|request| request.action == action).count()
    }

    /// Whether every rule was used as often as it says, and every request had a rule.
    ///
    /// # Errors
    ///
    /// [`UnmetExpectation`] lists what was missing and what came without a rule.
    pub fn verify(&self) -> Result<(), UnmetExpectation> {
        let mut what: Vec<String> = self.0.rules.iter().filter_map(MockRule::unmet).collect();
        let seen = self.seen();
        what.extend(seen.unfit.iter().cloned());
        UnmetExpectation::check(what, seen.requests.iter().map(describe).collect())
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, request: &mut MockRequest) -> Result<MockResponse, String> {
        let Shared { rules, otherwise, .. } = &*self.0;
        match rules.iter().rev().find(|rule| rule.misses(request).is_empty()) {
            Some(rule) => rule
                .next(request)
                .ok_or_else(|| format!("the rule for {rule} says never, but {} came", describe(request))),
            None => otherwise.clone().ok_or_else(|| unfit(rules, request)),
        }
    }
}

/// What to say of a request that no rule fits.
fn unfit(rules: &[MockRule], request: &MockRequest) -> String {
    let request_text = describe(request);
    if rules.is_empty() {
        return format!("no rule fits {request_text}: the mock has no rules");
    }
    let misses = rules.iter().map(|rule| (rule, rule.misses(request)));
    // The one that lacks least; of several, the one of which the most holds.
    let nearest =
        misses.min_by_key(|(rule, misses)| (misses.len(), usize::MAX - (rule.len() - misses.len())));
    let nearest = nearest
        .map(|(rule, misses)| format!("the nearest, for {rule}, fails since {}", misses.join(" and ")));
    let known: Vec<String> =
        rules.iter().enumerate().map(|(at, rule)| format!("{}. {rule}", at + 1)).collect();
    format!(
        "no rule fits {request_text}; {}; the rules are: {}",
        nearest.unwrap_or_default(),
        known.join("; ")
    )
}

#[async_trait]
impl HttpSend for MockTransport {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (mut seen, vendor) = read(&request);
        let answer = self.answer(&mut seen);
        {
            let mut all = self.seen();
            all.requests.push(seen);
            all.unfit.extend(answer.as_ref().err().cloned());
        }
        let answer = answer
            .map_err(|what| TransportError::new(ErrorKind::Config, SendState::No, format!("mock: {what}")))?;
        let mut id = [0; 16];
        self.0.time.fill(&mut id);
        answer.send(vendor, &uuid(id), &self.0.time).await
    }
}

impl fmt::Debug for MockTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockTransport")
            .field("rules", &self.0.rules)
            .field("requests", &self.seen().requests)
            .finish_non_exhaustive()
    }
}

/// Builds a [`MockTransport`].
#[must_use = "a builder does nothing until `build`"]
#[derive(Debug)]
pub struct MockTransportBuilder {
    rules: Vec<MockRule>,
    otherwise: Option<MockResponse>,
    time: Option<FakeTime>,
}

impl MockTransportBuilder {
    /// Adds a rule, which goes before those added so far.
    pub fn rule(mut self, rule: MockRule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Answers every request that no rule fits.
    pub fn otherwise(mut self, answer: impl Into<MockResponse>) -> Self {
        self.otherwise = Some(answer.into());
        self
    }

    /// Takes the time that the test has already.
    pub fn time(mut self, time: FakeTime) -> Self {
        self.time = Some(time);
        self
    }

    /// Makes the transport. An error for a rule without an answer, and for a status or header that HTTP does not know.
    pub fn build(self) -> Result<MockTransport, Error> {
        let wrong = self.otherwise.as_ref().and_then(MockResponse::found_mistake).map(str::to_owned);
        if let Some(mistake) = self.rules.iter().find_map(MockRule::mistake).or(wrong) {
            return Err(Error::config(format!("mock: {mistake}")));
        }
        let Self { rules, otherwise, time } = self;
        let time = time.unwrap_or_default();
        Ok(MockTransport(Arc::new(Shared { rules, otherwise, time, seen: Mutex::default() })))
    }
}

//! The endpoint with its outage, and a backup that always works, behind the transport of real clients.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use cloudcall::async_trait;
use cloudcall::context::Sleep;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};

use super::time::VirtualTime;

/// The endpoint that fails.
pub const PRIMARY: &str = "http://primary.test";
/// The endpoint that works.
pub const BACKUP: &str = "http://backup.test";

/// The duration of a response, also of an error.
const LATENCY: Duration = Duration::from_millis(20);
/// The cost of a refused request, where a served one costs 1: it was received, parsed and its signature
/// verified.
const REFUSAL: f64 = 0.5;
/// The unused capacity that the server can save up, in seconds.
const SLACK: f64 = 0.1;
/// The backlog from which on requests cost nothing more, in seconds.
const BACKLOG: f64 = 1.0;

/// The outage of an endpoint.
#[derive(Debug, Clone)]
pub struct Trouble {
    /// The time of the outage.
    pub span: Range<Duration>,
    /// The ratio of requests that fail during the outage.
    pub share: f64,
    /// The capacity outside of the outage, in requests per second, if it is limited.
    pub capacity: Option<f64>,
}

/// Both endpoints.
#[derive(Debug)]
pub struct Server {
    trouble: Trouble,
    time: VirtualTime,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Requests at the endpoint, for each second.
    attempts: Vec<u32>,
    /// The work that the server could do at once, in requests. Negative for a backlog.
    credit: f64,
    /// The time of the last update of the credit.
    at: Duration,
}

impl Server {
    /// Creates an idle endpoint.
    pub fn new(trouble: Trouble, time: VirtualTime) -> Self {
        Self { trouble, time, state: Mutex::default() }
    }

    /// Requests at the endpoint that fails, for each second.
    pub fn attempts(&self) -> Vec<u32> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).attempts.clone()
    }

    /// Accepts a request. Returns whether it is served.
    fn take(&self) -> bool {
        let now = self.time.now();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let second = now.as_secs() as usize;
        if state.attempts.len() <= second {
            state.attempts.resize(second + 1, 0);
        }
        if let Some(count) = state.attempts.get_mut(second) {
            *count += 1;
        }
        if self.trouble.span.contains(&now) {
            return self.time.fraction() >= self.trouble.share;
        }
        match self.trouble.capacity {
            Some(capacity) => state.serve(capacity, now),
            None => true,
        }
    }
}

impl State {
    fn serve(&mut self, capacity: f64, now: Duration) -> bool {
        let passed = now.saturating_sub(self.at).as_secs_f64();
        self.at = now;
        self.credit = (self.credit + passed * capacity).min(capacity * SLACK);
        let served = self.credit >= 1.0;
        self.credit -= if served { 1.0 } else { REFUSAL };
        self.credit = self.credit.max(-capacity * BACKLOG);
        served
    }
}

#[async_trait]
impl HttpSend for Server {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let served = request.uri().host() == Some("backup.test") || self.take();
        self.time.sleep(LATENCY).await;
        let (status, body) = match served {
            true => (200, r#"{"Response":{"RequestId":"r"}}"#),
            false => (503, "busy"),
        };
        let mut response = HttpResponse::new(ResponseBody::whole(body));
        *response.status_mut() =
            cloudcall::http::StatusCode::from_u16(status).unwrap_or(cloudcall::http::StatusCode::BAD_GATEWAY);
        Ok(response)
    }
}

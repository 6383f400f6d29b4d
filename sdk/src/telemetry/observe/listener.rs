//! An observer that is made of closures.

use std::fmt;
use std::sync::Once;

use super::body::Masks;
use super::{Attempt, Ended, Observe, Reply, SeenRequest, Waited};

/// Runs before each attempt.
type OnRequest = Box<dyn Fn(&Attempt<'_>) + Send + Sync>;
/// Runs after each attempt.
type OnResponse = Box<dyn Fn(&Reply<'_>) + Send + Sync>;
/// Runs after each wait.
type OnWait = Box<dyn Fn(&Waited<'_>) + Send + Sync>;
/// Runs after each call.
type OnEnd = Box<dyn Fn(&Ended<'_>) + Send + Sync>;

/// An observer that is made of closures. The vendors call it an HTTP handler.
///
/// ```
/// use cloudcall::{Client, Huawei};
/// use cloudcall::observe::Listener;
///
/// # fn main() -> Result<(), cloudcall::Error> {
/// let listener = Listener::new()
///     .on_request(|attempt| eprintln!("> {} {}", attempt.method(), attempt.url()))
///     .on_response(|reply| {
///         eprintln!("< {:?} {:?}", reply.status, reply.elapsed);
///         for (name, value) in reply.headers() {
///             eprintln!("<   {name}: {value}");
///         }
///         eprintln!("< {}", reply.body(4096).unwrap_or_default());
///     })
///     .with_bodies();
/// let client = Client::<Huawei>::builder().region("cn-north-4").observer(listener).build()?;
/// # Ok(())
/// # }
/// ```
///
/// A listener has at most one closure per event; a second one replaces the first. Closures
/// run on the thread of the call, so they must return quickly. To react to breakers,
/// implement [`Observe`].
///
/// # Troubleshooting
///
/// - *The closures never run.* Give the listener to
///   [`ClientBuilder::observer`](crate::client::ClientBuilder::observer) of the client that
///   makes the calls.
/// - *`reply.body(…)` is always `None`.* Call [`with_bodies`](Self::with_bodies). Bodies of
///   streams and downloads are never kept.
/// - *A value shows `****`.* It is masked; see [`Reply::header`] for headers. To see the bytes as they were
///   sent, use [`with_unmasked_secrets_for_debugging`](Self::with_unmasked_secrets_for_debugging).
#[must_use = "a listener does nothing until a client has it"]
pub struct Listener {
    request: Option<OnRequest>,
    response: Option<OnResponse>,
    wait: Option<OnWait>,
    end: Option<OnEnd>,
    bodies: bool,
    unmasked: bool,
    warned: Once,
}

impl Listener {
    /// A listener without closures.
    pub fn new() -> Self {
        Self {
            request: None,
            response: None,
            wait: None,
            end: None,
            bodies: false,
            unmasked: false,
            warned: Once::new(),
        }
    }

    /// Runs `listen` before each attempt, when its request is signed and about to be sent.
    ///
    /// ```
    /// use cloudcall::observe::Listener;
    ///
    /// let listener = Listener::new().on_request(|attempt| {
    ///     eprintln!("> {} {} attempt {}", attempt.product, attempt.action, attempt.number);
    /// });
    /// ```
    pub fn on_request(mut self, listen: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        self.request = Some(Box::new(listen));
        self
    }

    /// Runs `listen` after each attempt, also if no response was received.
    ///
    /// ```
    /// use cloudcall::observe::Listener;
    ///
    /// let listener = Listener::new().on_response(|reply| match reply.error {
    ///     Some(error) => eprintln!("{} failed: {error}", reply.action),
    ///     None => eprintln!("{} took {:?}", reply.action, reply.elapsed),
    /// });
    /// ```
    pub fn on_response(mut self, listen: impl Fn(&Reply<'_>) + Send + Sync + 'static) -> Self {
        self.response = Some(Box::new(listen));
        self
    }

    /// Runs `listen` after a call has waited for something other than a response.
    ///
    /// ```
    /// use cloudcall::observe::Listener;
    ///
    /// let listener = Listener::new().on_wait(|wait| {
    ///     eprintln!("{} waited {:?} for: {}", wait.action, wait.time, wait.reason.as_str());
    /// });
    /// ```
    pub fn on_wait(mut self, listen: impl Fn(&Waited<'_>) + Send + Sync + 'static) -> Self {
        self.wait = Some(Box::new(listen));
        self
    }

    /// Runs `listen` when a call has ended.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicU64, Ordering};
    /// use cloudcall::observe::Listener;
    ///
    /// // Counts the retries of a program.
    /// let retries = Arc::new(AtomicU64::new(0));
    /// let counter = retries.clone();
    /// let listener = Listener::new().on_end(move |call| {
    ///     counter.fetch_add(u64::from(call.attempts.saturating_sub(1)), Ordering::Relaxed);
    /// });
    /// ```
    pub fn on_end(mut self, listen: impl Fn(&Ended<'_>) + Send + Sync + 'static) -> Self {
        self.end = Some(Box::new(listen));
        self
    }

    /// Keeps bodies, so that the closures can read them. Default: bodies are not kept.
    pub fn with_bodies(mut self) -> Self {
        self.bodies = true;
        self
    }

    /// Shows requests and responses **with their secrets** to the closures of this listener: signatures,
    /// tokens and passwords in URLs, headers and bodies. Other observers of the client still see masks.
    ///
    /// Use it only to debug, and never where logs are kept. The first request logs a `tracing` event at level
    /// WARN with the target `cloudcall::listener`. `Debug` of a request or a response stays masked, and so do
    /// errors. Exchanges for credentials are not shown.
    ///
    /// ```
    /// use cloudcall::observe::Listener;
    ///
    /// let listener = Listener::new()
    ///     .on_request(|attempt| eprintln!("{:?}", attempt.header("Authorization")))
    ///     .with_unmasked_secrets_for_debugging();
    /// ```
    pub fn with_unmasked_secrets_for_debugging(mut self) -> Self {
        self.unmasked = true;
        self
    }
}

impl Default for Listener {
    fn default() -> Self {
        Self::new()
    }
}

impl Listener {
    /// The view of a request, masked or not.
    fn view<'a>(&self, request: SeenRequest<'a>) -> SeenRequest<'a> {
        SeenRequest { masks: self.masks(request.masks), ..request }
    }

    /// The masks of an event, or none. The first event without masks is reported.
    fn masks<'a>(&self, masks: Masks<'a>) -> Masks<'a> {
        if self.unmasked {
            self.warned.call_once(|| {
                tracing::warn!(
                    target: "cloudcall::listener",
                    "a listener sees requests and responses with unmasked secrets: use it for debugging only"
                );
            });
        }
        Masks { off: self.unmasked, ..masks }
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listener")
            .field("bodies", &self.bodies)
            .field("unmasked", &self.unmasked)
            .finish_non_exhaustive()
    }
}

impl Observe for Listener {
    fn before(&self, attempt: &Attempt<'_>) {
        if let Some(listen) = &self.request {
            listen(&Attempt { request: self.view(attempt.request), ..*attempt });
        }
    }

    fn after(&self, reply: &Reply<'_>) {
        if let Some(listen) = &self.response {
            let (request, masks) = (self.view(reply.request), self.masks(reply.masks));
            listen(&Reply { request, masks, ..*reply });
        }
    }

    fn waited(&self, wait: &Waited<'_>) {
        if let Some(listen) = &self.wait {
            listen(wait);
        }
    }

    fn ended(&self, call: &Ended<'_>) {
        if let Some(listen) = &self.end {
            listen(call);
        }
    }

    fn wants_bodies(&self) -> bool {
        self.bodies
    }
}

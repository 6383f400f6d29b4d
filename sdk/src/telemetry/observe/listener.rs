//! Closures that listen.

use std::fmt;

use super::{Attempt, Ended, Observe, Reply, Waited};

type OnRequest = Box<dyn Fn(&Attempt<'_>) + Send + Sync>;
type OnResponse = Box<dyn Fn(&Reply<'_>) + Send + Sync>;
type OnWait = Box<dyn Fn(&Waited<'_>) + Send + Sync>;
type OnEnd = Box<dyn Fn(&Ended<'_>) + Send + Sync>;

/// Listeners made of closures: what the vendors call HTTP handlers.
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
#[derive(Default)]
#[must_use = "a listener hears nothing until a client's builder has it"]
pub struct Listener {
    request: Option<OnRequest>,
    response: Option<OnResponse>,
    wait: Option<OnWait>,
    end: Option<OnEnd>,
    bodies: bool,
}

impl Listener {
    /// Listens to nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Shows every request, signed and about to leave.
    pub fn on_request(mut self, listen: impl Fn(&Attempt<'_>) + Send + Sync + 'static) -> Self {
        self.request = Some(Box::new(listen));
        self
    }

    /// Shows how every attempt ended, also where no answer came.
    pub fn on_response(mut self, listen: impl Fn(&Reply<'_>) + Send + Sync + 'static) -> Self {
        self.response = Some(Box::new(listen));
        self
    }

    /// Shows what calls waited for beside answers.
    pub fn on_wait(mut self, listen: impl Fn(&Waited<'_>) + Send + Sync + 'static) -> Self {
        self.wait = Some(Box::new(listen));
        self
    }

    /// Shows how every call ended.
    pub fn on_end(mut self, listen: impl Fn(&Ended<'_>) + Send + Sync + 'static) -> Self {
        self.end = Some(Box::new(listen));
        self
    }

    /// Keeps bodies, so that the listeners can look at them.
    pub fn with_bodies(mut self) -> Self {
        self.bodies = true;
        self
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listener").field("bodies", &self.bodies).finish_non_exhaustive()
    }
}

impl Observe for Listener {
    fn before(&self, attempt: &Attempt<'_>) {
        if let Some(listen) = &self.request {
            listen(attempt);
        }
    }

    fn after(&self, reply: &Reply<'_>) {
        if let Some(listen) = &self.response {
            listen(reply);
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

//! Clients that reach nothing: what the server says is given, and nothing ever has to wait.

use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context as TaskContext, Poll, Waker};
use std::time::SystemTime;

use cloudcall::context::{Context, Env, Printed, Program, ReadFile, RunFuture, RunProgram};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::{HeaderMap, StatusCode};
use cloudcall::provider::Provider;
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::{Client, async_trait};

use crate::time::FakeTime;

/// Runs a future that must not wait for anything but another look.
pub(super) fn run<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    for _ in 0..1000 {
        if let Poll::Ready(done) = work.as_mut().poll(&mut TaskContext::from_waker(Waker::noop())) {
            return done;
        }
    }
    panic!("it waits for what never comes");
}

/// The same response to every request.
#[derive(Debug, Clone, Default)]
pub(super) struct Canned {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
    pub(super) sent: Arc<AtomicUsize>,
}

impl Canned {
    pub(super) fn sent(&self) -> usize {
        self.sent.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl HttpSend for Canned {
    async fn send(&self, _: HttpRequest) -> Result<HttpResponse, TransportError> {
        self.sent.fetch_add(1, Ordering::Relaxed);
        let mut response = HttpResponse::new(ResponseBody::whole(self.body.clone()));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        Ok(response)
    }
}

/// A client that sends to `server`.
pub(super) fn client<P: Provider + Default>(server: &Canned, time: &FakeTime) -> Client<P> {
    let keys = Credential::new("AKIDfuzz", "fuzz-secret").unwrap().with_project_id("p1");
    Client::<P>::builder()
        .region("cn-north-4")
        .endpoint("https://host.test")
        .credentials(StaticCredentials::new(keys))
        .transport(server.clone())
        .context(time.context())
        .build()
        .unwrap()
}

/// A machine where every file has these bytes, and no variable is set but those.
#[derive(Debug, Clone)]
pub(super) struct Machine {
    pub(super) file: Vec<u8>,
    pub(super) vars: Vec<(&'static str, String)>,
}

impl Machine {
    pub(super) fn context(self) -> Context {
        FakeTime::at(1_700_000_000)
            .context()
            .with_env(self.clone())
            .with_files(self.clone())
            .with_programs(self)
    }
}

impl Env for Machine {
    fn var(&self, name: &str) -> Option<String> {
        self.vars.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    }

    fn home(&self) -> Option<PathBuf> {
        Some("/home/u".into())
    }
}

/// No program is ever run: a file of the fuzzer may name any.
impl RunProgram for Machine {
    fn run(&self, _: Program) -> RunFuture {
        let printed = Printed::new(true, self.file.clone(), Vec::new());
        Box::pin(async { Ok(printed) })
    }
}

impl ReadFile for Machine {
    fn read(&self, _: &Path) -> std::io::Result<Vec<u8>> {
        Ok(self.file.clone())
    }

    fn modified(&self, _: &Path) -> std::io::Result<SystemTime> {
        Ok(SystemTime::UNIX_EPOCH)
    }

    fn readable_by_others(&self, _: &Path) -> bool {
        false
    }
}

//! The rows 1 to 55 of `docs/faults.md`, one test for each row: what the caller gets, how many requests the server saw,
//! and how long it took at most.
#![allow(
    clippy::disallowed_methods,
    reason = "real time, and the memory and environment of this process, are what is tested"
)]

use std::process::Command;
use std::time::{Duration, Instant};

use cloudcall::action::{Action, ActionInfo, Fields, Param, ParamLocation};
use cloudcall::client::{ClientBuilder, HttpOptions, HttpOptionsBuilder, Proxies, TimeoutOptions};
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::json::Value;
use cloudcall::provider::Provider;
use cloudcall::retry::RetryPolicy;
use cloudcall::{Client, Error, ErrorKind, Response, Tencent};
use cloudcall_tests::server::Server;
use cloudcall_tests::time::FakeTime;

mod connect;
mod credentials;
mod dropped;
mod figures;
mod framing;
mod proxy;
mod redirect;
mod responses;
mod size;
mod throttle;
mod time;
mod tls;

const OK: &str = r#"{"Response":{"Zone":"z","RequestId":"r-ok"}}"#;

/// No call of these tests hangs: whatever happens, it ends within this.
const LONGEST: Duration = Duration::from_secs(20);

/// The second at which the fake clocks stand.
const NOW: u64 = 1_700_000_000;

macro_rules! action {
    ($(#[$doc:meta])* $name:ident, $info:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        struct $name;

        impl Action for $name {
            type Provider = Tencent;
            type Output = Value;
            const INFO: &'static ActionInfo = &$info;

            fn fields(&self, fields: &mut Fields) -> Result<(), Error> {
                fields.put(&Param::new("Limit"), &1)
            }
        }
    };
}

action!(
    /// A call that only reads.
    Read,
    ActionInfo::new("cvm", "2017-03-12", "DescribeIt")
);
action!(
    /// A call that changes something, and must not do so twice.
    Write,
    ActionInfo::new("cvm", "2017-03-12", "RunIt")
);
action!(
    /// A call that changes something, with a token that makes it safe to repeat.
    Marked,
    ActionInfo::new("cvm", "2017-03-12", "RunIt").with_idempotency_token(ParamLocation::Auto, "ClientToken")
);

fn http() -> HttpOptionsBuilder {
    HttpOptions::builder().proxies(Proxies::None)
}

fn keys() -> StaticCredentials {
    StaticCredentials::new(Credential::new("AKIDfaults", "planted-secret").unwrap().with_project_id("p"))
}

/// A client of any cloud, in real time.
fn builder_of<P: Provider + Default>(url: &str) -> ClientBuilder<P> {
    Client::<P>::builder()
        .region("ap-guangzhou")
        .endpoint(url)
        .credentials(keys())
        .http(http().build().unwrap())
}

fn builder(server: &Server) -> ClientBuilder<Tencent> {
    builder_of(&server.url())
}

/// A client whose waits pass at once, and are noted.
fn client(server: &Server, time: &FakeTime) -> Client<Tencent> {
    builder(server).context(time.context()).build().unwrap()
}

fn milliseconds(number: u64) -> Duration {
    Duration::from_millis(number)
}

/// Limits of `read`, `attempt` and `total` in milliseconds.
fn limits(read: u64, attempt: u64, total: u64) -> TimeoutOptions {
    let limits = TimeoutOptions::builder().read(milliseconds(read));
    limits.attempt(milliseconds(attempt)).total(milliseconds(total)).build().unwrap()
}

async fn call<A: Action<Provider = Tencent>>(
    client: &Client<Tencent>,
    action: A,
) -> Result<Response<A::Output>, Error> {
    bounded(client.invoker(action).invoke()).await
}

/// The outcome of a call, which comes in time.
async fn bounded<T>(call: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONGEST, call).await.expect("the call hangs")
}

/// How a call in no time ended against a server that gives these replies: its error, and the requests that came.
async fn failure<A: Action<Provider = Tencent>>(server: &Server, action: A) -> (Error, usize)
where
    A::Output: std::fmt::Debug,
{
    let error = call(&client(server, &FakeTime::at(NOW)), action).await.unwrap_err();
    assert_eq!(error.provider(), Some("tencent"), "{error}");
    assert_eq!(error.action(), Some(A::INFO.name()), "{error}");
    (error, server.requests().len())
}

/// The same for one attempt with these limits, in real time; how long it took comes too.
async fn timed(server: &Server, limits: TimeoutOptions) -> (Error, Duration) {
    let client = builder(server).retry(RetryPolicy::none()).timeouts(limits).build().unwrap();
    let start = Instant::now();
    let error = call(&client, Read).await.unwrap_err();
    (error, start.elapsed())
}

/// A limit of time is kept within a fifth, or 50 ms. The best of three counts: a machine that is busy with something
/// else must not fail the test.
async fn kept<F: Future<Output = (Error, Duration)>>(limit: Duration, run: impl Fn() -> F) {
    let mut measured = Vec::new();
    for _ in 0..3 {
        let (error, took) = run().await;
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1), "{error}");
        assert!(took >= limit * 4 / 5, "{took:?} is too early for {limit:?}: {error}");
        if took <= (limit * 6 / 5).max(limit + milliseconds(50)) {
            return;
        }
        measured.push(took);
    }
    panic!("a limit of {limit:?} ended calls after {measured:?}");
}

/// Waits for what happens in a moment, such as the server's notice of a closed connection.
async fn soon(what: &str, happened: impl Fn() -> bool) {
    let start = Instant::now();
    while !happened() {
        assert!(start.elapsed() < Duration::from_secs(5), "it never happens: {what}");
        tokio::time::sleep(milliseconds(2)).await;
    }
}

/// The variable that says that a test runs alone in its process.
const ALONE: &str = "CLOUDCALL_TEST_ALONE";

/// Runs the test `name` of `module` again in a process of its own, where it may measure memory and have an environment
/// of its own. False in that process: the test does its work there.
fn elsewhere(module: &str, name: &str, env: &[(&str, &str)]) -> bool {
    if std::env::var_os(ALONE).is_some() {
        return false;
    }
    let path = module.split_once("::").map_or(name.to_owned(), |(_, module)| format!("{module}::{name}"));
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &path, "--nocapture", "--test-threads=1"]).env(ALONE, "1");
    for proxy in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(proxy);
    }
    let output = command.envs(env.iter().copied()).output().unwrap();
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{path}, alone:\n{text}");
    assert!(text.contains("1 passed"), "{path} is not the name of a test:\n{text}");
    print!("{text}");
    true
}

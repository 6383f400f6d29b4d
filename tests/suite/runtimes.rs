//! One client in several runtimes: runtimes that end, that nobody drives, or that lack something; and credential providers that
//! call the client that they serve.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context as Task, Poll, Wake, Waker};
use std::time::Duration;

use cloudcall::http::Method;

use cloudcall::action::ActionInfo;
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::context::{Context, Sleep, SleepFuture};
use cloudcall::credential::{
    Credential, CredentialCache, CredentialError, ProvideCredential, StaticCredentials,
};
use cloudcall::limiter::{Limit, LimiterOptions};
use cloudcall::provider::alibaba::credentials::InstanceRole as EcsRole;
use cloudcall::retry::RetryPolicy;
use cloudcall::{Alibaba, Client, Error, ErrorKind, Huawei, Tencent, Value, async_trait, blocking};
use cloudcall_tests::server::{Reply, Server};
use cloudcall_tests::time::FakeTime;
use tokio::runtime::{Builder, Runtime};

/// The second at which the fake clocks stand.
const NOW: u64 = 1_700_000_000;
const OK: &str = r#"{"Response":{"RequestId":"r"}}"#;

/// A runtime of this thread: driven only while something blocks on it.
fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// The runtime of the servers, which is always driven.
fn servers() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

fn direct() -> HttpOptions {
    HttpOptions::builder().proxies(Proxies::None).build().unwrap()
}

fn tencent(server: &Server) -> ClientBuilder<Tencent> {
    Client::builder().region("ap-guangzhou").endpoint(server.url().as_str()).http(direct())
}

async fn call(client: &Client<Tencent>) -> Result<Value, Error> {
    client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.map(cloudcall::Response::into_inner)
}

/// Gives a call up once its first request is at the server. What becomes of its runtime is the caller's to say.
fn given_up<T>(work: impl Future<Output = T>, server: &Server) -> Runtime {
    let runtime = runtime();
    runtime.block_on(async {
        let mut work = pin!(work);
        while server.requests().is_empty() {
            let moment = tokio::time::timeout(Duration::from_millis(5), &mut work).await;
            assert!(moment.is_err(), "the first request never gets a response");
        }
    });
    runtime
}

/// Keys of the metadata service of Alibaba Cloud; the first request never gets a response.
fn metadata(servers: &Runtime) -> Server {
    servers.block_on(Server::start(|number, request| match request.line() {
        _ if number == 0 => Reply::stall(),
        line if line.starts_with("PUT") => Reply::status(200, "", "token"),
        line if line.ends_with("/r") => Reply::json(
            r#"{"Code":"Success","AccessKeyId":"STS.a","AccessKeySecret":"planted","SecurityToken":"planted","Expiration":"2100-01-01T00:00:00Z"}"#,
        ),
        _ => Reply::json("{}"),
    }))
}

fn role_client(server: &Server) -> Client<Alibaba> {
    let role = EcsRole::new().role("r").base(server.url());
    let builder = Client::builder().region("cn-hangzhou").credentials(role);
    builder.endpoint(server.url().as_str()).http(direct()).build().unwrap()
}

#[test]
fn row_120_the_runtime_of_a_fetch_ends() {
    let servers = servers();
    let server = metadata(&servers);
    let client = role_client(&server);
    drop(given_up(client.raw("ecs", "2014-05-26", "DescribeZones").invoke(), &server));
    for _ in 0..3 {
        runtime().block_on(client.raw("ecs", "2014-05-26", "DescribeZones").invoke()).unwrap();
    }
    let fetches = server.requests().iter().filter(|request| request.line().ends_with("/r")).count();
    assert_eq!(fetches, 1, "the keys are fetched anew, and once");
}

#[test]
fn row_121_a_new_runtime_for_each_call_with_keys_that_end() {
    let servers = servers();
    let server = servers.block_on(Server::start(|_, _| Reply::json(OK)));
    let (issuer, time) = (Issuer::slow(), FakeTime::at(NOW));
    let context = Context::system().with_clock(time.clone());
    let client = tencent(&server).credentials(issuer.clone()).context(context).build().unwrap();
    // A call each minute for six hours; keys live for one.
    for minute in 0..360 {
        let outcome = runtime().block_on(call(&client));
        assert!(outcome.is_ok(), "{minute}: {outcome:?}");
        time.advance(Duration::from_secs(60));
    }
    let fetches = issuer.fetches();
    // A refresh ahead is lost with the runtime of the call; the mandatory one is waited for.
    assert!(fetches >= 6, "{fetches}");
}

#[test]
fn row_122_the_runtime_of_a_fetch_is_not_driven() {
    let servers = servers();
    let server = metadata(&servers);
    let client = role_client(&server);
    let first = given_up(client.raw("ecs", "2014-05-26", "DescribeZones").invoke(), &server);
    runtime().block_on(client.raw("ecs", "2014-05-26", "DescribeZones").invoke()).unwrap();
    // Driven again, the first fetch has nothing to say any more.
    first.block_on(client.raw("ecs", "2014-05-26", "DescribeZones").invoke()).unwrap();
}

#[test]
fn the_refresh_ahead_of_a_runtime_that_is_not_driven_is_taken_over() {
    let (issuer, time) = (Issuer::slow(), FakeTime::at(NOW));
    let context = Context::system().with_clock(time.clone());
    let cache = CredentialCache::new(issuer.clone());
    let first = runtime();
    first.block_on(cache.get(&context)).unwrap();
    time.advance(Duration::from_secs(3000));
    let served = first.block_on(async {
        let served = cache.get(&context).await.unwrap();
        // The fetch begins, and is left in its wait.
        tokio::task::yield_now().await;
        served
    });
    assert_eq!((served.id(), issuer.fetches()), ("id-1", 2), "served while new keys are fetched");
    time.advance(Duration::from_secs(600));
    assert_eq!(runtime().block_on(cache.get(&context)).unwrap().id(), "id-3");
    assert_eq!(first.block_on(cache.get(&context)).unwrap().id(), "id-3");
}

#[test]
fn driven_runtimes_share_one_fetch() {
    let issuer = Issuer::slow();
    let cache = Arc::new(CredentialCache::new(issuer.clone()));
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let cache = cache.clone();
            std::thread::spawn(move || {
                let all =
                    (0..50).map(|_| async { cache.get(&Context::system()).await.unwrap().id().to_owned() });
                runtime().block_on(futures_util::future::join_all(all))
            })
        })
        .collect();
    for thread in threads {
        assert!(thread.join().unwrap().iter().all(|id| id == "id-1"));
    }
    assert_eq!(issuer.fetches(), 1);
}

/// Gives `id-1`, `id-2`, … for an hour, each after a wait in the runtime that fetches.
#[derive(Debug)]
struct Issuer(AtomicUsize);

impl Issuer {
    fn slow() -> Arc<Self> {
        Arc::new(Self(AtomicUsize::new(0)))
    }

    fn fetches(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl ProvideCredential for Issuer {
    fn name(&self) -> &'static str {
        "issuer"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let number = self.0.fetch_add(1, Ordering::SeqCst) + 1;
        tokio::time::sleep(Duration::from_millis(20)).await;
        let keys = Credential::new(format!("id-{number}"), "planted")?;
        Ok(keys.with_expiry(context.clock.now() + Duration::from_secs(3600)))
    }
}

#[test]
fn row_140_a_call_that_waits_for_the_rate_in_a_runtime_that_is_not_driven() {
    let servers = servers();
    let server = servers.block_on(Server::start(|_, _| Reply::json(OK)));
    let keys = StaticCredentials::new(Credential::new("AKID", "planted").unwrap());
    let limits = LimiterOptions::new().product("cvm", Limit::rate(4.0));
    // A kept connection would belong to one of the runtimes.
    let http = HttpOptions::builder().proxies(Proxies::None).pool_max_idle(0_usize).build().unwrap();
    let client = tencent(&server).credentials(keys).limiter(limits).http(http).build().unwrap();
    let (idle, driven) = (runtime(), runtime());
    driven.block_on(call(&client)).unwrap();
    let waiting = {
        let client = client.clone();
        idle.spawn(async move { call(&client).await })
    };
    // It joins the line, and is left in its wait.
    idle.block_on(async {
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
    });
    driven.block_on(call(&client)).unwrap();
    driven.block_on(call(&client)).unwrap();
    assert_eq!(server.requests().len(), 3);
    idle.block_on(waiting).unwrap().unwrap();
    assert_eq!(server.requests().len(), 4);
}

/// Panics in the first so many waits.
#[derive(Debug)]
struct Panics(AtomicUsize);

impl Sleep for Panics {
    fn sleep(&self, _: Duration) -> SleepFuture {
        let left = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        assert!(left.is_err(), "planted panic of a test");
        Box::pin(std::future::pending())
    }
}

#[test]
fn row_123_a_sleep_that_panics_costs_one_fetch() {
    let context = Context::system().with_sleep(Panics(AtomicUsize::new(1)));
    let cache = CredentialCache::new(Issuer::slow());
    let error = runtime().block_on(cache.get(&context)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.message().contains("issuer: the fetch panicked"), "{error}");
    assert_eq!(runtime().block_on(cache.get(&context)).unwrap().id(), "id-2");
}

/// A provider that calls a client before it gives keys.
#[derive(Debug)]
struct Caller {
    name: &'static str,
    client: OnceLock<Client<Tencent>>,
    how: How,
}

#[derive(Debug, Clone, Copy)]
enum How {
    Awaits,
    Joins,
    Blocks,
    Spawns,
}

impl Caller {
    fn new(name: &'static str, how: How) -> Arc<Self> {
        Arc::new(Self { name, client: OnceLock::new(), how })
    }
}

#[async_trait]
impl ProvideCredential for Caller {
    fn name(&self) -> &'static str {
        self.name
    }

    async fn provide(&self, _: &Context) -> Result<Credential, CredentialError> {
        let client = self.client.get().unwrap().clone();
        match self.how {
            How::Awaits => call(&client).await.map(drop)?,
            How::Joins => {
                let all = futures_util::future::join_all([call(&client), call(&client)]).await;
                all.into_iter().try_for_each(|outcome| outcome.map(drop))?;
            }
            How::Blocks => {
                let client = blocking::Client::try_from(client)?;
                client.raw("cvm", "2017-03-12", "DescribeZones").invoke()?;
            }
            How::Spawns => tokio::spawn(async move { call(&client).await }).await.unwrap().map(drop)?,
        }
        Ok(Credential::new("AKIDouter", "planted")?)
    }
}

#[test]
fn row_124_a_provider_that_calls_its_own_client() {
    let servers = servers();
    let server = servers.block_on(Server::start(|_, _| Reply::json(OK)));
    for how in [How::Awaits, How::Joins, How::Blocks] {
        for limits in [LimiterOptions::new(), LimiterOptions::new().product("cvm", Limit::at_once(1))] {
            let vault = Caller::new("vault", how);
            let client = tencent(&server).credentials(vault.clone()).limiter(limits).build().unwrap();
            vault.client.set(client.clone()).unwrap();
            let error = runtime().block_on(call(&client)).unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0), "{how:?}: {error}");
            assert!(error.message().contains("vault: the credential provider calls the client"), "{error}");
            assert!(error.message().contains("give it a client with other credentials"), "{error}");
        }
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn row_124_a_provider_that_calls_its_own_client_through_others() {
    let servers = servers();
    let server = servers.block_on(Server::start(|_, _| Reply::json(OK)));
    let providers = ["one", "two", "three"].map(|name| Caller::new(name, How::Awaits));
    let clients = providers.clone().map(|provider| tencent(&server).credentials(provider).build().unwrap());
    for (provider, next) in providers.iter().zip([1, 2, 0]) {
        provider.client.set(clients[next].clone()).unwrap();
    }
    // Each of them, at the same time, begins a circle.
    let all = runtime().block_on(futures_util::future::join_all(clients.iter().map(call)));
    for outcome in all {
        let error = outcome.unwrap_err();
        assert!(error.message().contains("the credential provider calls the client"), "{error}");
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_provider_may_call_another_client_or_its_own_with_keys_of_the_call() {
    let servers = servers();
    let server = servers.block_on(Server::start(|_, _| Reply::json(OK)));
    let vault = Caller::new("vault", How::Joins);
    let client = tencent(&server).credentials(vault.clone()).build().unwrap();
    let keys = StaticCredentials::new(Credential::new("AKIDinner", "planted").unwrap());
    vault.client.set(tencent(&server).credentials(keys).build().unwrap()).unwrap();
    runtime().block_on(call(&client)).unwrap();
    assert_eq!(server.requests().len(), 3);
}

/// Limits of a fetch pass at once; others never do.
#[derive(Debug)]
struct FetchLimitAtOnce;

impl Sleep for FetchLimitAtOnce {
    fn sleep(&self, time: Duration) -> SleepFuture {
        match time == CredentialCache::FETCH_LIMIT {
            true => Box::pin(tokio::task::yield_now()),
            false => Box::pin(std::future::pending()),
        }
    }
}

#[test]
fn row_125_a_provider_that_calls_its_own_client_in_another_task_ends_by_the_limit() {
    let servers = servers();
    let server = servers.block_on(Server::start(|_, _| Reply::json(OK)));
    let vault = Caller::new("vault", How::Spawns);
    let context = Context::system().with_sleep(FetchLimitAtOnce);
    let client = tencent(&server).credentials(vault.clone()).context(context).build().unwrap();
    vault.client.set(client.clone()).unwrap();
    let error = runtime().block_on(call(&client)).unwrap_err();
    assert!(error.message().contains("vault: no credential within 30s"), "{error}");
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert!(source.contains("a provider that calls the client that it serves"), "{source}");
}

#[test]
fn row_126_a_look_up_of_an_id_outlives_its_runtime() {
    for kept in [false, true] {
        let servers = servers();
        let server = servers.block_on(Server::start(|number, request| match request.line() {
            _ if number == 0 => Reply::stall(),
            line if line.contains("/v3/projects") => Reply::json(r#"{"projects":[{"id":"p1"}]}"#),
            _ => Reply::json("{}"),
        }));
        let url = server.url();
        let keys = StaticCredentials::new(Credential::new("AK", "planted").unwrap().with_iam_endpoint(&url));
        let builder = Client::<Huawei>::builder().region("cn-north-4").credentials(keys).http(direct());
        let client = builder.endpoint(url.as_str()).retry(RetryPolicy::none()).build().unwrap();
        let list = || {
            let info = ActionInfo::new("vpc", "v1", "ListVpcs").with_method(Method::GET);
            client.raw_action(info.with_path("/v1/{project_id}/vpcs")).invoke()
        };
        let first = Some(given_up(list(), &server)).filter(|_| kept);
        for _ in 0..2 {
            runtime().block_on(list()).unwrap();
        }
        let asked: Vec<_> = server.requests().iter().map(|request| request.line().to_owned()).collect();
        assert_eq!(asked.iter().filter(|line| line.contains("/v3/projects")).count(), 2, "{asked:?}");
        assert_eq!(asked.iter().filter(|line| line.ends_with("/v1/p1/vpcs")).count(), 2, "{asked:?}");
        drop(first);
    }
}

/// Drives work on this thread, without any runtime.
fn block_on<T>(work: impl Future<Output = T>) -> T {
    struct Unpark(std::thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut work = pin!(work);
    loop {
        match work.as_mut().poll(&mut Task::from_waker(&waker)) {
            Poll::Ready(done) => return done,
            Poll::Pending => std::thread::park(),
        }
    }
}

fn with_keys(server: &Server) -> Client<Tencent> {
    let keys = StaticCredentials::new(Credential::new("AKID", "planted").unwrap());
    tencent(server).credentials(keys).build().unwrap()
}

#[test]
fn row_127_no_runtime_or_one_that_lacks_something() {
    let servers = servers();
    let server = servers.block_on(Server::start(|_, _| Reply::json(OK)));
    let client = with_keys(&server);
    let role = role_client(&server);
    let check = |outcome: Result<Value, Error>, kind: ErrorKind, wanted: &str| {
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().contains(wanted), "{error}");
        assert!(!error.may_have_been_sent(), "{error}");
    };
    check(block_on(call(&client)), ErrorKind::Config, "outside of a Tokio runtime");
    let zones = || role.raw("ecs", "2014-05-26", "DescribeZones").invoke();
    check(
        block_on(zones()).map(cloudcall::Response::into_inner),
        ErrorKind::Credentials,
        "outside of a Tokio runtime",
    );
    for (builder, wanted) in [
        (Builder::new_current_thread().enable_io(), "no timers: build it with `enable_all()`"),
        (Builder::new_current_thread().enable_time(), "no I/O: build it with `enable_all()`"),
        (&mut Builder::new_current_thread(), "build it with `enable_all()`"),
        (Builder::new_multi_thread().worker_threads(1), "build it with `enable_all()`"),
    ] {
        let bare = builder.build().unwrap();
        check(bare.block_on(call(&client)), ErrorKind::Config, wanted);
        check(bare.block_on(zones()).map(cloudcall::Response::into_inner), ErrorKind::Credentials, wanted);
    }
    runtime().block_on(call(&client)).unwrap();
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn row_128_a_runtime_that_is_shut_down_in_the_middle_of_a_call() {
    let servers = servers();
    let server = servers.block_on(Server::start(|_, _| Reply::stall()));
    let client = with_keys(&server);
    let ended = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let entered = ended.handle().clone();
    let (begun, begins) = std::sync::mpsc::channel();
    let caller = std::thread::spawn(move || {
        let _entered = entered.enter();
        let mut calling = pin!(call(&client));
        let first = calling.as_mut().poll(&mut Task::from_waker(Waker::noop()));
        assert!(first.is_pending());
        begun.send(()).unwrap();
        block_on(calling)
    });
    begins.recv().unwrap();
    ended.shutdown_background();
    let error = caller.join().expect("no panic").unwrap_err();
    // The runtime may end while the call fetches its credential, or while it connects.
    let wanted = match error.kind() {
        ErrorKind::Credentials => "its Tokio runtime is shut down",
        _ => "the Tokio runtime is shutting down",
    };
    assert!(matches!(error.kind(), ErrorKind::Config | ErrorKind::Credentials), "{error:?}");
    assert!(error.message().contains(wanted), "{error:?}");
}

//! The credential cache: one fetch for many calls, windows before the end, and what a failure costs.

use std::future::Future;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context as Task, Poll, Waker};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloudcall::context::{Context, ReadFile};
use cloudcall::credential::{
    Credential, CredentialCache, CredentialChain, CredentialError, ProvideCredential, TimeLimited,
    WatchedFile,
};
use cloudcall::{Error, ErrorKind, async_trait};
use cloudcall_tests::time::FakeTime;
use tokio::sync::Semaphore;

const START: u64 = 1_700_000_000;
const HOUR: u64 = 3600;

/// Gives `id-1`, `id-2`, … that live for `life`, once the gate lets it.
#[derive(Debug)]
struct Issuer {
    fetches: AtomicUsize,
    gate: Semaphore,
    life: Option<Duration>,
    fail: Mutex<Option<&'static str>>,
    file: Option<&'static str>,
}

impl Issuer {
    fn new(life: Option<u64>) -> Arc<Self> {
        Self::with(life, Semaphore::MAX_PERMITS, None)
    }

    fn with(life: Option<u64>, permits: usize, file: Option<&'static str>) -> Arc<Self> {
        Arc::new(Self {
            fetches: AtomicUsize::new(0),
            gate: Semaphore::new(permits),
            life: life.map(Duration::from_secs),
            fail: Mutex::new(None),
            file,
        })
    }

    fn fail(&self, how: Option<&'static str>) {
        *self.fail.lock().unwrap() = how;
    }

    fn fetches(&self) -> usize {
        self.fetches.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl ProvideCredential for Issuer {
    fn name(&self) -> &'static str {
        "issuer"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let number = self.fetches.fetch_add(1, Ordering::SeqCst) + 1;
        self.gate.acquire().await.unwrap().forget();
        let how = *self.fail.lock().unwrap();
        match how {
            Some("panic") => panic!("issuer-panic"),
            Some(reason) => return Err(Error::new(ErrorKind::Credentials, reason).into()),
            None => {}
        }
        let mut credential = Credential::new(format!("id-{number}"), "planted")?.with_source("issuer");
        if let Some(life) = self.life {
            credential = credential.with_expiry(context.clock.now() + life);
        }
        if let Some(file) = self.file {
            credential = credential.with_file(WatchedFile::new(context, file));
        }
        Ok(credential)
    }
}

fn cache(issuer: &Arc<Issuer>) -> Arc<CredentialCache> {
    Arc::new(CredentialCache::new(issuer.clone()))
}

async fn id(cache: &CredentialCache, context: &Context) -> String {
    cache.get(context).await.unwrap().id().to_owned()
}

/// Lets tasks of this thread run until they wait.
async fn settle() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_tasks_on_a_cold_cache_make_one_fetch_of_six_seconds() {
    let time = FakeTime::at(START);
    let issuer = Issuer::with(Some(HOUR), 0, None);
    let (cache, context) = (cache(&issuer), time.context());
    let calls: Vec<_> = (0..1000)
        .map(|_| {
            let (cache, context) = (cache.clone(), context.clone());
            tokio::spawn(async move { id(&cache, &context).await })
        })
        .collect();
    tokio::time::sleep(Duration::from_millis(20)).await;
    time.advance(Duration::from_secs(6));
    issuer.gate.add_permits(1);
    for call in calls {
        assert_eq!(call.await.unwrap(), "id-1");
    }
    assert_eq!(issuer.fetches(), 1);
}

#[tokio::test]
async fn a_failed_fetch_is_everybodys_and_is_tried_again_by_the_next_call() {
    let issuer = Issuer::with(Some(HOUR), 0, None);
    issuer.fail(Some("issuer: no luck"));
    let (cache, context) = (cache(&issuer), FakeTime::at(START).context());
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let (cache, context) = (cache.clone(), context.clone());
            tokio::spawn(async move { cache.get(&context).await })
        })
        .collect();
    settle().await;
    issuer.gate.add_permits(1);
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Credentials, "issuer: no luck"));
    }
    assert_eq!(issuer.fetches(), 1);
    issuer.fail(None);
    issuer.gate.add_permits(1);
    assert_eq!(id(&cache, &context).await, "id-2");
}

#[tokio::test]
async fn refreshes_at_the_edges_of_the_windows() {
    let advisory = HOUR - CredentialCache::ADVISORY.as_secs();
    let mandatory = HOUR - CredentialCache::MANDATORY.as_secs();
    // Age of the keys; what the call gets; fetches when it returns; fetches a moment later.
    for (age, given, then, later) in [
        (advisory - 1, "id-1", 1, 1),
        (advisory, "id-1", 1, 2),
        (advisory + 1, "id-1", 1, 2),
        (mandatory - 1, "id-1", 1, 2),
        (mandatory, "id-2", 2, 2),
        (mandatory + 1, "id-2", 2, 2),
        (HOUR - 1, "id-2", 2, 2),
        (HOUR, "id-2", 2, 2),
        (HOUR + 1, "id-2", 2, 2),
    ] {
        let time = FakeTime::at(START);
        let issuer = Issuer::new(Some(HOUR));
        let (cache, context) = (cache(&issuer), time.context());
        assert_eq!(id(&cache, &context).await, "id-1");
        time.advance(Duration::from_secs(age));
        assert_eq!(id(&cache, &context).await, given, "{age}");
        assert_eq!(issuer.fetches(), then, "{age}");
        settle().await;
        assert_eq!(issuer.fetches(), later, "{age}");
        assert_eq!(id(&cache, &context).await, format!("id-{later}"), "{age}");
    }
}

#[tokio::test]
async fn short_lives_have_short_windows() {
    for (life, age, later) in [(60, 44, 1), (60, 45, 2), (900, 674, 1), (900, 675, 2)] {
        let time = FakeTime::at(START);
        let issuer = Issuer::new(Some(life));
        let (cache, context) = (cache(&issuer), time.context());
        assert_eq!(id(&cache, &context).await, "id-1");
        time.advance(Duration::from_secs(age));
        assert_eq!(id(&cache, &context).await, "id-1");
        settle().await;
        assert_eq!(issuer.fetches(), later, "{life} {age}");
    }
}

#[tokio::test]
async fn no_call_waits_for_a_refresh_ahead_and_there_is_only_one() {
    let time = FakeTime::at(START);
    let issuer = Issuer::with(Some(HOUR), 1, None);
    let (cache, context) = (cache(&issuer), time.context());
    assert_eq!(id(&cache, &context).await, "id-1");
    time.advance(Duration::from_secs(HOUR - 600));
    for _ in 0..100 {
        // The gate is shut: a call that waited would wait for ever.
        assert_eq!(id(&cache, &context).await, "id-1");
        settle().await;
    }
    assert_eq!(issuer.fetches(), 2);
    issuer.gate.add_permits(1);
    settle().await;
    assert_eq!(id(&cache, &context).await, "id-2");
}

#[tokio::test]
async fn a_failed_refresh_costs_no_call_while_the_keys_live() {
    for how in ["issuer: down", "panic"] {
        let time = FakeTime::at(START);
        let issuer = Issuer::new(Some(HOUR));
        let (cache, context) = (cache(&issuer), time.context());
        assert_eq!(id(&cache, &context).await, "id-1");
        issuer.fail(Some(how));
        time.advance(Duration::from_secs(HOUR - 300));
        for second in 0..300 {
            assert_eq!(id(&cache, &context).await, "id-1", "{how} {second}");
            settle().await;
            time.advance(Duration::from_secs(1));
        }
        let tried = issuer.fetches() - 1;
        assert!((20..=60).contains(&tried), "a try each 5 to 15 seconds, not {tried}");
        let error = cache.get(&context).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials);
        let wanted = if how == "panic" { "issuer: the provider panicked" } else { how };
        assert_eq!(error.message(), wanted);
        issuer.fail(None);
        assert!(cache.get(&context).await.is_ok(), "the cool-down ends with the old keys");
    }
}

#[tokio::test]
async fn keys_that_have_ended_are_never_served() {
    let time = FakeTime::at(START);
    let issuer = Issuer::new(Some(0));
    let error = cache(&issuer).get(&time.context()).await.unwrap_err();
    assert!(error.message().contains("issuer: the keys that it returned have expired"), "{error}");
}

#[tokio::test]
async fn a_stalled_fetch_ends_by_its_own_limit() {
    #[derive(Debug)]
    struct AtOnce;
    impl cloudcall::context::Sleep for AtOnce {
        fn sleep(&self, limit: Duration) -> cloudcall::context::SleepFuture {
            assert_eq!(limit, CredentialCache::FETCH_LIMIT);
            Box::pin(std::future::ready(()))
        }
    }
    let issuer = Issuer::with(None, 0, None);
    let context = FakeTime::at(START).context().with_sleep(AtOnce);
    let error = cache(&issuer).get(&context).await.unwrap_err();
    assert_eq!(error.message(), "issuer: no credential within 30s");
}

#[tokio::test]
async fn a_dropped_call_does_not_end_the_fetch_of_others() {
    let issuer = Issuer::with(Some(HOUR), 0, None);
    let (cache, context) = (cache(&issuer), FakeTime::at(START).context());
    let spawn = || {
        let (cache, context) = (cache.clone(), context.clone());
        tokio::spawn(async move { id(&cache, &context).await })
    };
    let (first, second) = (spawn(), spawn());
    settle().await;
    first.abort();
    settle().await;
    issuer.gate.add_permits(1);
    assert_eq!(second.await.unwrap(), "id-1");
    assert_eq!(issuer.fetches(), 1);
}

#[tokio::test]
async fn a_fetch_goes_on_when_nobody_waits() {
    let issuer = Issuer::with(Some(HOUR), 0, None);
    let (cache, context) = (cache(&issuer), FakeTime::at(START).context());
    let dropped = tokio::time::timeout(Duration::from_millis(5), cache.get(&context)).await;
    assert!(dropped.is_err());
    issuer.gate.add_permits(1);
    settle().await;
    assert_eq!(id(&cache, &context).await, "id-1");
    assert_eq!(issuer.fetches(), 1);
}

#[test]
fn without_a_runtime_the_calls_drive_the_fetch_themselves() {
    let poll = |call: &mut std::pin::Pin<Box<dyn Future<Output = String> + '_>>| {
        call.as_mut().poll(&mut Task::from_waker(Waker::noop()))
    };
    let time = FakeTime::at(START);
    let issuer = Issuer::with(Some(HOUR), 0, None);
    let (cache, context) = (cache(&issuer), time.context());
    let mut first: std::pin::Pin<Box<dyn Future<Output = String> + '_>> = Box::pin(id(&cache, &context));
    assert!(poll(&mut first).is_pending());
    drop(first);
    issuer.gate.add_permits(1);
    let mut second: std::pin::Pin<Box<dyn Future<Output = String> + '_>> = Box::pin(id(&cache, &context));
    assert_eq!(poll(&mut second), Poll::Ready("id-1".to_owned()));
    assert_eq!(issuer.fetches(), 1);
    time.advance(Duration::from_secs(HOUR - 600));
    issuer.gate.add_permits(1);
    let mut third: std::pin::Pin<Box<dyn Future<Output = String> + '_>> = Box::pin(id(&cache, &context));
    assert_eq!(poll(&mut third), Poll::Ready("id-2".to_owned()));
}

#[tokio::test]
async fn refused_keys_are_fetched_anew_and_newer_ones_stay() {
    let issuer = Issuer::new(None);
    let (cache, context) = (cache(&issuer), FakeTime::at(START).context());
    let first = cache.get(&context).await.unwrap();
    cache.invalidate(&first);
    let second = cache.get(&context).await.unwrap();
    cache.invalidate(&first);
    assert_eq!((second.id(), id(&cache, &context).await.as_str()), ("id-2", "id-2"));
    assert!(!format!("{cache:?}").contains("planted"));
}

/// A file that is touched by the test.
#[derive(Debug, Clone, Default)]
struct Touched(Arc<AtomicU64>);

impl ReadFile for Touched {
    fn read(&self, _: &Path) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    fn modified(&self, _: &Path) -> io::Result<SystemTime> {
        match self.0.load(Ordering::SeqCst) {
            u64::MAX => Err(io::ErrorKind::NotFound.into()),
            seconds => Ok(UNIX_EPOCH + Duration::from_secs(seconds)),
        }
    }

    fn readable_by_others(&self, _: &Path) -> bool {
        false
    }
}

#[tokio::test]
async fn a_rotated_file_is_read_by_the_next_call() {
    let file = Touched::default();
    let time = FakeTime::at(START);
    let issuer = Issuer::with(None, Semaphore::MAX_PERMITS, Some("/f"));
    let (cache, context) = (cache(&issuer), time.context().with_files(file.clone()));
    for (modified, wanted) in [(0, "id-1"), (0, "id-1"), (5, "id-2"), (5, "id-2"), (4, "id-3")] {
        file.0.store(modified, Ordering::SeqCst);
        assert_eq!(id(&cache, &context).await, wanted);
    }
    // Half a file, or none: what was read before it serves on.
    issuer.fail(Some("issuer: half a file"));
    file.0.store(u64::MAX, Ordering::SeqCst);
    assert_eq!(id(&cache, &context).await, "id-3");
    assert_eq!(id(&cache, &context).await, "id-3");
    assert_eq!(issuer.fetches(), 4);
    issuer.fail(None);
    file.0.store(9, Ordering::SeqCst);
    time.advance(CredentialCache::COOL_DOWN * 2);
    assert_eq!(id(&cache, &context).await, "id-5");
}

/// Never gives anything, like a service behind a firewall.
#[derive(Debug)]
struct Silent;

#[async_trait]
impl ProvideCredential for Silent {
    fn name(&self) -> &'static str {
        "silent"
    }

    async fn provide(&self, _: &Context) -> Result<Credential, CredentialError> {
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_source_that_exceeds_its_own_limit_stops_the_chain_and_is_named() {
    let fetch =
        async |chain: CredentialChain| CredentialCache::new(Arc::new(chain)).get(&Context::system()).await;
    let limit = Duration::from_millis(30);
    let chain = || CredentialChain::new().then(TimeLimited::new(Silent, limit)).then(Issuer::new(None));
    let error = fetch(chain()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("silent: no credential within 30ms"), "{error}");
    // A source within its limit gives its credential, and one that is not configured lets the chain go on.
    let limited = TimeLimited::new(Issuer::new(None), Duration::from_secs(20));
    let missing = cloudcall::credential::EnvCredentials::new("NO_SUCH_ID", "NO_SUCH_SECRET", "");
    let chain = CredentialChain::new().then(TimeLimited::new(missing, limit)).then(limited);
    assert_eq!(fetch(chain).await.unwrap().id(), "id-1");
}

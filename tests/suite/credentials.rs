//! Credentials as data: environment, files and traffic in, a credential or an error out.
//!
//! Each file of `tests/credentials/<cloud>/` is a list of cases:
//! - `name`; `provider` (`default` if it is missing) and its `settings`;
//! - `env`; `files` (path to text, `{"base64": …}` or `{"error": "denied"}`);
//! - `programs` (words joined by `|`, to what it `prints` and `says` on the standard error, `fails`, or `stopped`: `slow`, `large`);
//! - `traffic`, in the order it must come: `request` (method and address), `headers`, `body` and `query` (of a query or
//!   a form; texts that each hold) of the request, `status` and `answer` (text or JSON), or `then`: `stall`, `close`, `refuse`;
//! - `expect`: `{id, secret, token?, source, ends?}` or `{error: [texts that the message holds]}`, and what is
//!   `written`: the only file, or `files` by their paths.
//!
//! Files below `/readonly` cannot be locked or written, those below `/full` have no room, and those below `/busy` turn
//! out not to be replaceable when that is tried.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::context::{
    Context, Env, FileLock, Printed, Program, ProgramEnd, ReadFile, RunFuture, RunProgram,
};
use cloudcall::credential::secrecy::ExposeSecret;
use cloudcall::credential::{Credential, CredentialCache, ProvideCredential};
use cloudcall::json::Value;
use cloudcall::provider::Provider;
use cloudcall::{Client, Error, ErrorKind, Tencent};
use cloudcall_tests::providers::{Wire, provider};
use cloudcall_tests::server::{Reply, Server};
use cloudcall_tests::time::FakeTime;
use cloudcall_tests::transport::Transport;

use crate::credentials_log as log;

/// The time of every case, in seconds since 1970.
const NOW: u64 = 1_700_000_000;

#[derive(Debug, Clone)]
pub(crate) struct SetUp {
    env: HashMap<String, String>,
    programs: HashMap<String, Value>,
    files: Arc<Mutex<HashMap<String, Value>>>,
}

impl SetUp {
    fn of(case: &Value) -> Self {
        let texts = |value: &Value| value.as_object().cloned().unwrap_or_default();
        Self {
            env: texts(&case["env"]).into_iter().map(|(k, v)| (k, v.as_str().unwrap().to_owned())).collect(),
            files: Arc::new(Mutex::new(texts(&case["files"]).into_iter().collect())),
            programs: texts(&case["programs"]).into_iter().collect(),
        }
    }

    /// A machine where the clock stands still, but waits are real.
    fn context(self) -> Context {
        let context = Context::system().with_clock(FakeTime::at(NOW)).with_env(self.clone());
        context.with_files(self.clone()).with_programs(self)
    }
}

impl Env for SetUp {
    fn var(&self, name: &str) -> Option<String> {
        self.env.get(name).cloned()
    }
}

/// A program is known by its words, and prints what the case says.
impl RunProgram for SetUp {
    fn run(&self, program: Program) -> RunFuture {
        let words = [&[program.file.to_str().unwrap().to_owned()][..], &program.args].concat().join("|");
        let known = self.programs.get(&words).cloned();
        Box::pin(async move {
            let known = known.ok_or_else(|| io::Error::other(format!("no program {words}")))?;
            let text = |name: &str| match &known[name] {
                Value::String(text) => text.clone().into_bytes(),
                Value::Null => Vec::new(),
                document => document.to_string().into_bytes(),
            };
            let mut printed = Printed::new(known["fails"] != true, text("prints"), text("says"));
            match known["stopped"].as_str() {
                Some("slow") => printed.end = ProgramEnd::TooSlow,
                Some("large") => printed.end = ProgramEnd::TooLarge,
                _ => {}
            }
            Ok(printed)
        })
    }
}

impl ReadFile for SetUp {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        let files = self.files.lock().unwrap();
        let file = files.get(path.to_str().unwrap()).ok_or_else(missing)?;
        if file["error"].is_string() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        if file.is_object() && file["base64"].is_null() {
            return Ok(file.to_string().into_bytes());
        }
        Ok(cloudcall_cli::sign::bytes(file).unwrap())
    }

    fn modified(&self, _: &Path) -> io::Result<SystemTime> {
        Ok(UNIX_EPOCH)
    }

    fn readable_by_others(&self, path: &Path) -> bool {
        path.starts_with("/open")
    }

    fn can_replace(&self, path: &Path) -> io::Result<()> {
        if path.starts_with("/full") { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if ["/readonly", "/full", "/busy"].iter().any(|folder| path.starts_with(folder)) {
            return Err(io::ErrorKind::ResourceBusy.into());
        }
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        self.files.lock().unwrap().insert(path.to_str().unwrap().to_owned(), text.into());
        Ok(())
    }

    fn try_lock(&self, path: &Path) -> io::Result<Option<FileLock>> {
        if path.starts_with("/readonly") {
            Err(io::ErrorKind::ReadOnlyFilesystem.into())
        } else {
            Ok(Some(Box::new(())))
        }
    }
}

fn reply(exchange: &Value) -> Reply {
    match exchange["then"].as_str() {
        Some("stall") => return Reply::stall(),
        Some("close") => return Reply::close(),
        _ => {}
    }
    let body = match &exchange["answer"] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        document => document.to_string(),
    };
    let headers = exchange["answer_headers"].as_object().cloned().unwrap_or_default();
    let headers: String =
        headers.iter().map(|(name, value)| format!("{name}: {}\r\n", value.as_str().unwrap())).collect();
    Reply::status(exchange["status"].as_u64().unwrap_or(200).try_into().unwrap(), &headers, &body)
}

async fn serve(traffic: &[Value], inner: Transport) -> (Server, Wire) {
    let script = traffic.to_vec();
    let server = Server::start(move |number, _| match script.get(number) {
        Some(exchange) => reply(exchange),
        None => Reply::status(418, "", "nobody expected this request"),
    })
    .await;
    let wire = Wire { server: server.url(), inner, refused: Arc::default() };
    (server, wire)
}

/// What came must be what the case lists, in that order and nothing else.
fn check_traffic(name: &str, traffic: &[Value], server: &Server) {
    let came = server.requests();
    let asked: Vec<_> = came
        .iter()
        .map(|request| {
            let method = request.line().split(' ').next().unwrap();
            format!("{method} {}", request.header("x-asked").unwrap())
        })
        .collect();
    let wanted: Vec<_> = traffic.iter().map(|exchange| exchange["request"].as_str().unwrap()).collect();
    let asked: Vec<_> = asked
        .iter()
        .zip(traffic.iter().map(Some).chain(std::iter::repeat(None)))
        .map(|(asked, exchange)| match exchange.is_some_and(|exchange| exchange["query"].is_array()) {
            true => asked.split('?').next().unwrap(),
            false => asked.as_str(),
        })
        .collect();
    assert_eq!(asked, wanted, "{name}");
    for (request, exchange) in came.iter().zip(traffic) {
        for (header, text) in exchange["headers"].as_object().cloned().unwrap_or_default() {
            let value = request.header(&header).unwrap_or("");
            assert!(value.contains(text.as_str().unwrap()), "{name}: {header}: {value}");
        }
        // Parameters of an RPC call are in the query or in a form: the place is the cloud's matter.
        let body = String::from_utf8(request.body.clone()).unwrap();
        let either = format!("{}&{body}", request.line());
        for text in exchange["query"].as_array().into_iter().flatten() {
            let text = text.as_str().unwrap();
            assert!(either.contains(text), "{name}: `{text}` is not in {either}");
        }
        for text in exchange["body"].as_array().into_iter().flatten() {
            let text = text.as_str().unwrap();
            assert!(body.contains(text), "{name}: `{text}` is not in {body}");
        }
    }
}

fn check_outcome(name: &str, given: Result<Credential, Error>, expect: &Value) {
    match (given, expect["error"].as_array()) {
        (Ok(credential), None) => {
            assert_eq!(credential.id(), expect["id"], "{name}");
            assert_eq!(credential.secret().expose_secret(), expect["secret"], "{name}");
            let token = credential.token().map(|token| token.expose_secret());
            assert_eq!(token, expect["token"].as_str(), "{name}");
            assert_eq!(credential.source(), expect["source"], "{name}");
            assert_eq!(credential.project_id(), expect["project_id"].as_str(), "{name}");
            assert_eq!(credential.domain_id(), expect["domain_id"].as_str(), "{name}");
            let ends = credential.expiry().map(|ends| ends.duration_since(UNIX_EPOCH).unwrap().as_secs());
            assert_eq!(ends, expect["ends"].as_u64(), "{name}");
            log::check_clean(&format!("Debug of {name}"), &format!("{credential:?}{credential:#?}"));
        }
        (Err(error), Some(wanted)) => {
            assert_eq!(error.kind(), ErrorKind::Credentials, "{name}: {error}");
            for text in wanted {
                let text = text.as_str().unwrap();
                assert!(error.to_string().contains(text), "{name}: `{text}` is not in: {error}");
            }
            log::check_clean(&format!("the error of {name}"), &format!("{error}{error:?}{error:#?}"));
        }
        (given, _) => panic!("{name}: {given:?}, but expected {expect}"),
    }
}

async fn run(cloud: &str, case: &Value, inner: Transport) {
    let name = case["name"].as_str().unwrap();
    let all = case["traffic"].as_array().cloned().unwrap_or_default();
    let (refused, traffic): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|exchange| exchange["then"] == "refuse");
    let (server, wire) = serve(&traffic, inner).await;
    let host =
        |exchange: &Value| exchange["request"].as_str().unwrap().split(' ').next_back().unwrap().to_owned();
    let hosts = refused.iter().map(host);
    wire.refused.lock().unwrap().extend(hosts);
    let kind = case["provider"].as_str().unwrap_or("default");
    let provider: Arc<dyn ProvideCredential> = provider(cloud, kind, &case["settings"], wire);
    log::check_clean(&format!("Debug of the provider of {name}"), &format!("{provider:?}{provider:#?}"));
    let set_up = SetUp::of(case);
    let context = set_up.clone().context();
    let given = CredentialCache::new(provider).get(&context).await;
    check_outcome(&format!("{cloud}: {name}"), given, &case["expect"]);
    check_traffic(name, &traffic, &server);
    for (path, wanted) in case["expect"]["files"].as_object().into_iter().flatten() {
        let bytes = set_up.read(Path::new(path)).unwrap();
        let written: Value = cloudcall::json::from_slice(&bytes).unwrap();
        assert_eq!(&written, wanted, "{name}: {path}");
    }
    if case["expect"]["written"].is_object() {
        let files = set_up.files.lock().unwrap();
        let written = files.values().next().unwrap();
        let written = written.as_str().map(|text| cloudcall::json::from_str(text).unwrap());
        let written: Value =
            written.unwrap_or_else(|| case["files"].as_object().unwrap().values().next().unwrap().clone());
        assert_eq!(written, case["expect"]["written"], "{name}");
    }
}

async fn check(cloud: &'static str, cases: &str, least: usize) {
    log::start();
    let cases: Vec<Value> = cloudcall::json::from_str(cases).unwrap();
    assert!(cases.len() >= least, "only {} cases", cases.len());
    let direct = HttpOptions::builder().proxies(Proxies::None).build().unwrap();
    // One for all: reading the certificates of the system takes longer than some limits that are tested here.
    let inner = Transport::new(&direct).unwrap();
    // All at once: some wait for a limit to pass.
    let runs: Vec<_> = cases
        .into_iter()
        .map(|case| {
            let name = case["name"].to_string();
            let inner = inner.clone();
            (name, tokio::spawn(async move { run(cloud, &case, inner).await }))
        })
        .collect();
    for (name, run) in runs {
        let done = tokio::time::timeout(Duration::from_secs(20), run).await;
        done.unwrap_or_else(|_| panic!("{name} hangs")).unwrap();
    }
    log::check();
}

#[tokio::test]
async fn tencent_default_chain() {
    check("tencent", include_str!("../credentials/tencent/default_chain.json"), 25).await;
}

#[tokio::test]
async fn tencent_cvm_role() {
    check("tencent", include_str!("../credentials/tencent/cvm_role.json"), 18).await;
}

#[tokio::test]
async fn tencent_sts() {
    check("tencent", include_str!("../credentials/tencent/sts.json"), 12).await;
}

#[tokio::test]
async fn tencent_tke_oidc() {
    check("tencent", include_str!("../credentials/tencent/tke_oidc.json"), 10).await;
}

#[tokio::test]
async fn tencent_tccli() {
    check("tencent", include_str!("../credentials/tencent/tccli.json"), 52).await;
}

#[tokio::test]
async fn tencent_errors_quote_no_secret() {
    check("tencent", include_str!("../credentials/tencent/quoted.json"), 6).await;
}

#[tokio::test]
async fn huawei_default_chain() {
    check("huawei", include_str!("../credentials/huawei/default_chain.json"), 18).await;
}

#[tokio::test]
async fn huawei_metadata() {
    check("huawei", include_str!("../credentials/huawei/metadata.json"), 22).await;
}

#[tokio::test]
async fn huawei_assume_agency() {
    check("huawei", include_str!("../credentials/huawei/assume_agency.json"), 8).await;
}

#[tokio::test]
async fn huawei_koocli() {
    check("huawei", include_str!("../credentials/huawei/koocli.json"), 32).await;
}

#[tokio::test]
async fn huawei_pod_identity() {
    check("huawei", include_str!("../credentials/huawei/pod_identity.json"), 17).await;
}

#[tokio::test]
async fn huawei_federation() {
    check("huawei", include_str!("../credentials/huawei/federation.json"), 19).await;
}

#[tokio::test]
async fn huawei_oidc() {
    check("huawei", include_str!("../credentials/huawei/oidc.json"), 16).await;
}

#[tokio::test]
async fn huawei_meeting() {
    check("huawei", include_str!("../credentials/huawei/meeting.json"), 26).await;
}

#[tokio::test]
async fn huawei_errors_quote_no_secret() {
    check("huawei", include_str!("../credentials/huawei/quoted.json"), 6).await;
}

#[tokio::test]
async fn alibaba_default_chain() {
    check("alibaba", include_str!("../credentials/alibaba/default_chain.json"), 15).await;
}

#[tokio::test]
async fn alibaba_ecs_role() {
    check("alibaba", include_str!("../credentials/alibaba/ecs_role.json"), 23).await;
}

#[tokio::test]
async fn alibaba_credentials_uri() {
    check("alibaba", include_str!("../credentials/alibaba/uri.json"), 22).await;
}

#[tokio::test]
async fn alibaba_cli_profile() {
    check("alibaba", include_str!("../credentials/alibaba/cli_profile.json"), 95).await;
}

#[tokio::test]
async fn alibaba_profile_file() {
    check("alibaba", include_str!("../credentials/alibaba/ini.json"), 27).await;
}

#[tokio::test]
async fn alibaba_sts() {
    check("alibaba", include_str!("../credentials/alibaba/sts.json"), 14).await;
}

#[tokio::test]
async fn alibaba_errors_quote_no_secret() {
    check("alibaba", include_str!("../credentials/alibaba/quoted.json"), 20).await;
}

#[tokio::test]
async fn volcengine_default_chain() {
    check("volcengine", include_str!("../credentials/volcengine/default_chain.json"), 20).await;
}

#[tokio::test]
async fn volcengine_sts() {
    check("volcengine", include_str!("../credentials/volcengine/sts.json"), 12).await;
}

#[tokio::test]
async fn volcengine_instance_role() {
    check("volcengine", include_str!("../credentials/volcengine/instance.json"), 14).await;
}

#[tokio::test]
async fn volcengine_cli_profile() {
    check("volcengine", include_str!("../credentials/volcengine/cli_profile.json"), 25).await;
}

#[tokio::test]
async fn a_broken_profile_fails_the_call_before_anything_is_sent() {
    let set_up = SetUp {
        env: HashMap::from([("HOME".to_owned(), "/home/u".to_owned())]),
        files: Arc::new(Mutex::new(HashMap::from([(
            "/home/u/.tencentcloud/credentials".to_owned(),
            "secret_id = x".into(),
        )]))),
        programs: HashMap::new(),
    };
    let context = Context::system().with_env(set_up.clone()).with_files(set_up);
    let client =
        Client::<Tencent>::builder().endpoint("http://127.0.0.1:1").context(context).build().unwrap();
    let error = client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Credentials, 0));
    assert_eq!(
        error.to_string(),
        "credentials: tencent DescribeZones: profile: the file /home/u/.tencentcloud/credentials is malformed: it has \
         keys before the first [section]; before it, environment: TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY are \
         not set (endpoint 127.0.0.1:1)"
    );
}

#[tokio::test]
async fn a_file_that_is_open_to_others_is_warned_of() {
    log::start();
    let text = "[default]\ntype = access_key\naccess_key_id = a\naccess_key_secret = planted\n";
    for home in ["/open/warned", "/closed/silent"] {
        let set_up = SetUp {
            env: HashMap::from([("HOME".to_owned(), home.to_owned())]),
            files: Arc::new(Mutex::new(HashMap::from([(
                format!("{home}/.alibabacloud/credentials.ini"),
                text.into(),
            )]))),
            programs: HashMap::new(),
        };
        let provider = Arc::new(cloudcall::provider::alibaba::credentials::profile());
        CredentialCache::new(provider).get(&set_up.context()).await.unwrap();
    }
    let warnings = log::lines("WARN");
    let about = |home: &str| warnings.iter().filter(|line| line.contains(home)).count();
    assert_eq!((about("/open/warned"), about("/closed/silent")), (1, 0), "{warnings:?}");
    log::check();
}

#[test]
fn the_default_chains_hold_every_provider() {
    let shown = format!("{:?}", Tencent::default().default_credentials());
    for provider in ["EnvCredentials", "ProfileCredentials", "InstanceRole", "WebIdentity"] {
        assert!(shown.contains(provider), "{shown}");
    }
}

//! `credentials::oauth::Login` against an authorization server of our own, and a browser of our own.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::context::{Context, FileLock, ReadFile, Sleep, SleepFuture};
use cloudcall::credential::ProvideCredential as _;
use cloudcall::json::{Value, json};
use cloudcall::provider::alibaba::credentials::oauth::{Login, Prompt, Site};
use cloudcall::{Error, ErrorKind};
use cloudcall_tests::providers::Wire;
use cloudcall_tests::server::{Reply, Request, Server};
use cloudcall_tests::transport::Transport;
use sha2::{Digest as _, Sha256};

/// A directory of one test, with the file of the tool.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cloudcall-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("config.json")
    }

    fn read(&self) -> Value {
        cloudcall::json::from_slice(&Context::system().files.read(&self.file()).unwrap()).unwrap()
    }

    fn names(&self) -> Vec<String> {
        let names = fs::read_dir(&self.0).unwrap();
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Delays pass at once; time limits are real.
#[derive(Debug)]
struct NoDelay;

impl Sleep for NoDelay {
    fn sleep(&self, _: Duration) -> SleepFuture {
        Box::pin(tokio::time::sleep(Duration::from_millis(1)))
    }

    fn tick(&self, time: Duration) -> SleepFuture {
        Box::pin(tokio::time::sleep(time))
    }
}

fn context() -> Context {
    Context::system().with_sleep(NoDelay)
}

fn wire(server: &Server) -> Wire {
    let direct = HttpOptions::builder().proxies(Proxies::None).build().unwrap();
    Wire { server: server.url(), inner: Transport::new(&direct).unwrap(), refused: Arc::default() }
}

fn json(body: &Value) -> Reply {
    Reply::json(&body.to_string())
}

fn failure(status: u16, body: &Value) -> Reply {
    Reply::status(status, "Content-Type: application/json\r\n", &body.to_string())
}

/// A member of a form or of a query, decoded.
fn value(pairs: &str, name: &str) -> String {
    let found = pairs.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    percent_encoding::percent_decode_str(found.unwrap_or_default()).decode_utf8().unwrap().into_owned()
}

fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

/// What the browser sends back, instead of the code and the state that it was given.
#[derive(Clone, Copy, PartialEq)]
enum Browser {
    Returns,
    ReturnsAfterOtherRequests,
    Refuses,
    ReturnsFromAnotherPage,
    NeverReturns,
}

/// Sends one request, and gives the first line of the response.
fn get(address: &str, target: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {target} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    let mut text = String::new();
    let _ = stream.read_to_string(&mut text);
    assert!(!text.contains("planted"), "{text}");
    text.lines().next().unwrap_or_default().to_owned()
}

impl Browser {
    /// Opens the page, as a person would.
    fn open(self, prompt: &Prompt, seen: &Mutex<String>) {
        let (page, query) = prompt.url.split_once('?').unwrap();
        assert_eq!(page, "https://signin.aliyun.com/oauth2/v1/auth");
        assert_eq!(value(query, "response_type"), "code");
        assert_eq!(value(query, "client_id"), "4038181954557748008");
        assert_eq!(value(query, "code_challenge_method"), "S256");
        assert!(prompt.to_string().contains(&prompt.url) && prompt.user_code.is_none());
        *seen.lock().unwrap() = value(query, "code_challenge");
        let redirect = value(query, "redirect_uri");
        let (address, path) = redirect.strip_prefix("http://").unwrap().split_once('/').unwrap();
        let (address, path, state) = (address.to_owned(), format!("/{path}"), value(query, "state"));
        assert!(address.starts_with("127.0.0.1:1234") && path == "/cli/callback", "{redirect}");
        std::thread::spawn(move || match self {
            Self::NeverReturns => {}
            Self::Returns => {
                let status = get(&address, &format!("{path}?code=planted-code&state={state}"));
                assert_eq!(status, "HTTP/1.1 200 OK");
            }
            Self::ReturnsAfterOtherRequests => {
                // Browsers open connections that they do not use, and ask for an icon.
                let unused = TcpStream::connect(&address).unwrap();
                assert_eq!(get(&address, "/favicon.ico"), "HTTP/1.1 404 Not Found");
                get(&address, &format!("{path}?code=planted-code&state={state}"));
                drop(unused);
            }
            Self::Refuses => {
                get(&address, &format!("{path}?error=access_denied&state={state}"));
            }
            Self::ReturnsFromAnotherPage => {
                get(&address, &format!("{path}?code=planted-code&state=planted-other"));
            }
        });
    }
}

/// The OAuth service. It redeems the code once, for the program that asked for it.
fn oauth(
    seen: Arc<Mutex<String>>,
    token: Option<Reply>,
    exchange: Reply,
) -> impl Fn(usize, &Request) -> Reply + Send + Sync {
    move |_, request| {
        if request.line().contains("/v1/exchange") {
            assert_eq!(request.header("authorization"), Some("Bearer planted-access"));
            return exchange.clone();
        }
        let form = String::from_utf8(request.body.clone()).unwrap();
        assert_eq!(value(&form, "grant_type"), "authorization_code");
        assert_eq!(value(&form, "code"), "planted-code");
        assert!(value(&form, "redirect_uri").starts_with("http://127.0.0.1:1234"));
        assert_eq!(challenge(&value(&form, "code_verifier")), *seen.lock().unwrap());
        let tokens = json!({ "access_token": "planted-access", "refresh_token": "planted-refresh", "expires_in": 3600 });
        token.clone().unwrap_or_else(|| json(&tokens))
    }
}

fn keys(expiration: &str) -> Reply {
    json(&json!({ "accessKeyId": "AKIDoauth", "accessKeySecret": "planted-s", "securityToken": "planted-t",
                  "expiration": expiration }))
}

/// The outcome of a sign-in: the key that the profile then has.
async fn signed_in(
    folder: &Folder,
    browser: Browser,
    token: Option<Reply>,
    exchange: Reply,
) -> Result<String, Error> {
    let seen = Arc::new(Mutex::new(String::new()));
    let server = Server::start(oauth(seen.clone(), token, exchange)).await;
    let login = Login::oauth(Site::China, move |prompt| browser.open(prompt, &seen));
    let limit = if browser == Browser::NeverReturns { 300 } else { 15_000 };
    let login = login.file(folder.file()).profile("work").transport(wire(&server));
    let login = login.time_limit(Duration::from_millis(limit));
    assert!(!format!("{login:?}").contains("planted"));
    // The future is `Send`.
    let profile = tokio::spawn(async move { login.run(&context()).await }).await.unwrap()?;
    assert!(!format!("{profile:?}").contains("planted"), "{profile:?}");
    let keys =
        profile.provide(&context()).await.map_err(|error| Error::new(ErrorKind::Io, error.to_string()))?;
    Ok(keys.id().to_owned())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_by_redirect_is_complete_or_changes_nothing() {
    const FAR: &str = "2090-01-01T00:00:00Z";
    let folder = Folder::new("login");
    let refused =
        failure(400, &json!({ "error": "invalid_grant", "error_description": "planted-code is used" }));
    let page = Reply::status(200, "Content-Type: text/html\r\n", "<html>please sign in</html>");
    let no_access = failure(403, &json!({ "error": "forbidden", "error_description": "no access" }));
    let cases = [
        (Browser::Refuses, None, keys(FAR), vec!["sign-in", "refused (access_denied)", "sign in again"]),
        (Browser::ReturnsFromAnotherPage, None, keys(FAR), vec!["`state` differs", "sign in again"]),
        (Browser::NeverReturns, None, keys(FAR), vec!["did not return within 300ms", "sign in again"]),
        (Browser::Returns, Some(refused), keys(FAR), vec!["code was not exchanged", "invalid_grant"]),
        (Browser::Returns, Some(page), keys(FAR), vec!["code was not exchanged"]),
        (Browser::Returns, Some(json(&json!({}))), keys(FAR), vec!["no `access_token`"]),
        (Browser::Returns, None, no_access, vec!["give no keys", "forbidden"]),
        (Browser::Returns, None, keys("2020-01-01T00:00:00Z"), vec!["check the clock of this machine"]),
    ];
    for (browser, token, exchange, wanted) in cases {
        let error = signed_in(&folder, browser, token, exchange).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
        for text in wanted {
            assert!(error.to_string().contains(text), "{text}: {error}");
        }
        assert!(!format!("{error}{error:?}").contains("planted"), "{error:?}");
        assert!(folder.names().is_empty(), "{:?} after {error}", folder.names());
    }

    let kept = json!({ "current": "o", "profiles": [{ "name": "o", "mode": "AK", "keep": [1.5] }], "meta_path": "x" });
    fs::write(folder.file(), kept.to_string()).unwrap();
    for browser in [Browser::Returns, Browser::ReturnsAfterOtherRequests] {
        assert_eq!(signed_in(&folder, browser, None, keys(FAR)).await.unwrap(), "AKIDoauth");
    }
    let written = folder.read();
    assert_eq!((&written["current"], &written["meta_path"]), (&kept["current"], &kept["meta_path"]));
    assert_eq!(written["profiles"][0], kept["profiles"][0]);
    assert_eq!(written["profiles"].as_array().unwrap().len(), 2);
    let profile = &written["profiles"][1];
    for (name, value) in [
        ("name", json!("work")),
        ("mode", json!("OAuth")),
        ("oauth_site_type", json!("CN")),
        ("oauth_refresh_token", json!("planted-refresh")),
        ("access_key_id", json!("AKIDoauth")),
        ("sts_expiration", json!(3_786_912_000_u64)),
    ] {
        assert_eq!(profile[name], value, "{name}");
    }
    let now = Context::system().clock.now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    assert!(profile["oauth_access_token_expire"].as_u64().unwrap() > now + 3000);
    let endless = json!({ "access_token": "planted-access", "refresh_token": "planted-refresh", "expires_in": u64::MAX });
    let key = signed_in(&folder, Browser::Returns, Some(json(&endless)), keys(FAR)).await;
    assert_eq!(key.unwrap(), "AKIDoauth");
    assert_eq!(folder.names(), ["config.json"]);
    private(&folder.file());
}

#[cfg(unix)]
fn private(file: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(not(unix))]
fn private(_: &Path) {}

/// A home that cannot be written.
#[derive(Debug)]
struct ReadOnly;

impl ReadFile for ReadOnly {
    fn read(&self, _: &Path) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn modified(&self, _: &Path) -> io::Result<SystemTime> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn readable_by_others(&self, _: &Path) -> bool {
        false
    }

    fn try_lock(&self, _: &Path) -> io::Result<Option<FileLock>> {
        Err(io::ErrorKind::ReadOnlyFilesystem.into())
    }
}

/// A disk without room for another file.
#[derive(Debug)]
struct Full;

impl ReadFile for Full {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        ReadOnly.read(path)
    }

    fn modified(&self, path: &Path) -> io::Result<SystemTime> {
        ReadOnly.modified(path)
    }

    fn readable_by_others(&self, path: &Path) -> bool {
        ReadOnly.readable_by_others(path)
    }

    fn can_replace(&self, _: &Path) -> io::Result<()> {
        Err(io::ErrorKind::StorageFull.into())
    }

    fn try_lock(&self, _: &Path) -> io::Result<Option<FileLock>> {
        Ok(Some(Box::new(())))
    }
}

#[tokio::test]
async fn nobody_is_asked_to_sign_in_if_the_file_cannot_be_written() {
    let login = Login::oauth(Site::International, |prompt| panic!("{prompt}")).file("/readonly/config.json");
    let error = login.run(&context().with_files(ReadOnly)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    for text in ["/readonly/config.json", "cannot be written", "make its directory writable"] {
        assert!(error.to_string().contains(text), "{error}");
    }
    let login = Login::oauth(Site::International, |prompt| panic!("{prompt}")).file("/full/config.json");
    let error = login.run(&context().with_files(Full)).await.unwrap_err();
    for text in ["/full/config.json", "cannot be written", "no storage space"] {
        assert!(error.to_string().contains(text), "{error}");
    }
    let folder = Folder::new("login-broken");
    fs::write(folder.file(), "planted {").unwrap();
    let login = Login::oauth(Site::China, |prompt| panic!("{prompt}")).file(folder.file());
    let error = login.run(&context()).await.unwrap_err();
    assert!(error.to_string().contains("is not a JSON object"), "{error}");
    assert_eq!(Context::system().files.read(&folder.file()).unwrap(), b"planted {");
}

/// The CloudSSO service. Each list has these entries, and the token is given after these codes of errors.
fn cloud_sso(
    before: &'static [&'static str],
    accounts: usize,
) -> impl Fn(usize, &Request) -> Reply + Send + Sync {
    let (challenged, asked) = (Mutex::new(String::new()), Mutex::new(0));
    move |_, request| {
        let body: Value = cloudcall::json::from_slice(&request.body).unwrap_or_default();
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        let line = request.line().to_owned();
        if line == "POST /device-authorization" {
            assert_eq!(text("PortalUrl"), "https://signin.example.com/x/login");
            assert_eq!(
                (text("ClientId"), text("CodeChallengeMethod")),
                ("app-vaz16tltdxs96audqf35".into(), "S256".into())
            );
            *challenged.lock().unwrap() = text("CodeChallenge");
            return json(
                &json!({ "DeviceCode": "planted-device", "UserCode": "AB-CD", "Interval": 5, "ExpiresIn": 600,
                "VerificationUri": "https://signin.example.com/device", "VerificationUriComplete": "https://signin.example.com/device?c=1" }),
            );
        }
        if line == "POST /token" {
            assert_eq!(challenge(&text("CodeVerifier")), *challenged.lock().unwrap());
            assert_eq!(text("DeviceCode"), "planted-device");
            let mut asked = asked.lock().unwrap();
            *asked += 1;
            return match before.get(*asked - 1) {
                Some(&"closed") => Reply::close(),
                Some(&"503") => Reply::status(503, "", "busy"),
                Some(&"page") => Reply::status(403, "Content-Type: text/html\r\n", "<html>a firewall</html>"),
                Some(&"ServiceUnavailable") => failure(500, &json!({ "ErrorCode": "ServiceUnavailable" })),
                Some(code) => failure(
                    400,
                    &json!({ "ErrorCode": code, "ErrorMessage": "planted-device", "RequestId": "r" }),
                ),
                None => json(&json!({ "AccessToken": "planted-sso", "ExpiresIn": 7200 })),
            };
        }
        assert_eq!(request.header("authorization"), Some("Bearer planted-sso"), "{line}");
        if line.starts_with("GET /access-assignments/accounts") {
            let all: Vec<_> =
                (1..=accounts).map(|id| json!({ "AccountId": id.to_string(), "DisplayName": "n" })).collect();
            return json(&json!({ "Accounts": all }));
        }
        if line.starts_with("GET /access-assignments/access-configurations") {
            assert!(line.contains("AccountId=1"), "{line}");
            return json(&json!({ "AccessConfigurationsForAccount": [{ "AccessConfigurationId": "ac-1" }] }));
        }
        assert_eq!((line.as_str(), text("AccountId")), ("POST /cloud-credentials", "1".to_owned()));
        json(&json!({ "CloudCredential": { "AccessKeyId": "AKIDsso", "AccessKeySecret": "planted-s",
                      "SecurityToken": "planted-t", "Expiration": "2090-01-01T00:00:00Z" } }))
    }
}

async fn device(folder: &Folder, before: &'static [&'static str], accounts: usize) -> Result<String, Error> {
    let server = Server::start(cloud_sso(before, accounts)).await;
    let prompted = Arc::new(Mutex::new(String::new()));
    let shown = prompted.clone();
    let login = Login::cloud_sso("https://signin.example.com/x/login", move |prompt| {
        *shown.lock().unwrap() = prompt.to_string();
    });
    let login = login.file(folder.file()).transport(wire(&server)).time_limit(Duration::from_secs(10));
    let outcome = login.run(&context()).await;
    let prompt = prompted.lock().unwrap().clone();
    assert_eq!(prompt, "To sign in, open https://signin.example.com/device?c=1 and confirm the code AB-CD.");
    let keys = outcome?.provide(&context()).await;
    Ok(keys.map_err(|error| Error::new(ErrorKind::Io, error.to_string()))?.id().to_owned())
}

#[tokio::test]
async fn a_sign_in_by_device_code_waits_for_the_person() {
    let folder = Folder::new("device");
    for (before, accounts, wanted) in [
        (&["AuthorizationPending", "InvalidDeviceCodeError"][..], 1, "nobody confirmed the code"),
        (&["AccessDenied"], 1, "AccessDenied"),
        (&[], 0, "ask the administrator"),
        (&[], 2, "choose one with `account_id`: 1 (n), 2 (n)"),
    ] {
        let error = device(&folder, before, accounts).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
        assert!(error.to_string().contains(wanted), "{wanted}: {error}");
        assert!(!format!("{error}{error:?}").contains("planted"), "{error:?}");
        assert!(folder.names().is_empty(), "{error}");
    }
    let key =
        device(&folder, &["AuthorizationPending", "SlowDown", "AuthorizationPending"], 1).await.unwrap();
    assert_eq!(key, "AKIDsso");
    let profile = &folder.read()["profiles"][0];
    assert_eq!((&profile["name"], &profile["mode"]), (&json!("default"), &json!("CloudSSO")));
    assert_eq!(profile["cloud_sso_access_config"], "ac-1");
    assert_eq!(profile["cloud_sso_sign_in_url"], "https://signin.example.com/x/login");
    private(&folder.file());
}

#[tokio::test]
async fn a_network_that_fails_does_not_end_a_sign_in_by_device_code() {
    let folder = Folder::new("device-network");
    for (place, fault) in ["closed", "503", "page", "ServiceUnavailable"].into_iter().enumerate() {
        // One call repeats its request twice, so that these faults last for several calls.
        let mut before = vec!["AuthorizationPending"; 11];
        before[1..10].fill(fault);
        let key = device(&folder, Box::leak(before.into_boxed_slice()), 1).await;
        assert_eq!(key.unwrap(), "AKIDsso", "{place}: {fault}");
    }
}

#[tokio::test]
async fn a_person_who_never_confirms_ends_by_the_time_limit() {
    let folder = Folder::new("device-late");
    let server = Server::start(|_, request| match request.line() {
        "POST /device-authorization" => {
            json(&json!({ "DeviceCode": "planted-device", "VerificationUri": "https://signin.example.com/device" }))
        }
        _ => failure(400, &json!({ "ErrorCode": "AuthorizationPending" })),
    })
    .await;
    let login = Login::cloud_sso("https://signin.example.com/x/login", |_| {}).file(folder.file());
    let login = login.transport(wire(&server)).time_limit(Duration::from_millis(200));
    let error = login.run(&context()).await.unwrap_err();
    assert!(error.to_string().contains("did not return within 200ms"), "{error}");
    assert!(folder.names().is_empty());
    let login =
        Login::cloud_sso("http://signin.example.com/", |prompt| panic!("{prompt}")).file(folder.file());
    let error = login.run(&context()).await.unwrap_err();
    assert!(error.to_string().contains("neither https nor loopback"), "{error}");
}

//! Files of the vendors' tools that several processes use at the same time.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::context::{Context, ReadFile};
use cloudcall::credential::{ProvideCredential, TimeLimited};
use cloudcall::json::{Value, json};
use cloudcall_tests::providers::Wire;
use cloudcall_tests::server::{Reply, Request, Server};
use cloudcall_tests::transport::Transport;

const FAR: u64 = 4_000_000_000;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cloudcall-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
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

/// A process of its own that fetches keys so many times.
#[allow(clippy::disallowed_methods, reason = "tests run the program that cargo built for them")]
fn worker(tool: &str, file: &Path, server: &Server, rounds: u32) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sign_in_worker"));
    command.arg(tool).arg(file).arg(server.url()).arg(rounds.to_string()).env_clear();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

async fn ended(child: Child) -> Output {
    tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap()
}

fn field<'a>(form: &'a str, name: &str) -> &'a str {
    form.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default()
}

/// The OAuth service: a refresh token is good for one refresh, and an access token ends at once.
#[derive(Debug, Default)]
struct Tokens {
    refreshed: u32,
    reused: Vec<String>,
}

impl Tokens {
    fn reply(&mut self, request: &Request) -> Reply {
        if request.line().contains("/v1/exchange") {
            let keys = json!({ "accessKeyId": "AKIDoauth", "accessKeySecret": "planted-s", "securityToken": "planted-t",
                               "expiration": "2090-01-01T00:00:00Z" });
            return Reply::json(&keys.to_string());
        }
        if request.line().contains("/federation/credentials") {
            let keys = json!({ "AccessKeyId": "AKTPsso", "SecretAccessKey": "planted-s", "SessionToken": "planted-t",
                               "Expiration": FAR });
            return Reply::json(&json!({ "Result": { "RoleCredentials": keys } }).to_string());
        }
        let body = String::from_utf8(request.body.clone()).unwrap();
        let document: Value = cloudcall::json::from_str(&body).unwrap_or_default();
        let token = document["refresh_token"].as_str().unwrap_or_else(|| field(&body, "refresh_token"));
        if token != format!("refresh-{}", self.refreshed) {
            self.reused.push(token.to_owned());
            return Reply::status(400, "Content-Type: application/json\r\n", r#"{"error":"invalid_grant"}"#);
        }
        self.refreshed += 1;
        let keys = json!({ "access_key_id": "AKTPlogin", "secret_access_key": "planted-s", "session_token": "planted-t" });
        let access = match request.line().contains("/authorize/") {
            true => keys.to_string(),
            false => format!("access-{}", self.refreshed),
        };
        let next = json!({ "access_token": access,
                           "refresh_token": format!("refresh-{}", self.refreshed), "expires_in": 1 });
        Reply::json(&next.to_string())
    }
}

#[tokio::test]
async fn two_processes_refresh_one_file_1000_times_without_a_loss() {
    let folder = Folder::new("two-processes");
    let file = folder.0.join("config.json");
    let other = json!({ "name": "other", "mode": "AK", "keep": [1.5, "x"] });
    let profile = json!({ "name": "d", "mode": "OAuth", "oauth_site_type": "CN", "oauth_access_token": "access-0",
                          "oauth_refresh_token": "refresh-0", "oauth_access_token_expire": 1 });
    let document = json!({ "current": "d", "profiles": [other, profile], "meta_path": "" });
    fs::write(&file, document.to_string()).unwrap();
    let tokens = Arc::new(Mutex::new(Tokens::default()));
    let seen = tokens.clone();
    let server = Server::start(move |_, request| seen.lock().unwrap().reply(request)).await;

    let workers = [worker("aliyun", &file, &server, 500), worker("aliyun", &file, &server, 500)];
    for child in workers {
        let output = ended(child).await;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    {
        let tokens = tokens.lock().unwrap();
        assert_eq!((tokens.refreshed, tokens.reused.as_slice()), (1000, &[][..]));
    }
    let written: Value = cloudcall::json::from_slice(&Context::system().files.read(&file).unwrap()).unwrap();
    assert_eq!(written["profiles"][0], document["profiles"][0]);
    assert_eq!(written["profiles"][1]["oauth_refresh_token"], "refresh-1000");
    assert_eq!(written["meta_path"], "");
    assert_eq!(folder.names(), ["config.json"], "neither a lock nor a temporary file is left");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// A file of the tool of Volcengine with two people who signed in, and the paths of their cache files.
fn volcengine(folder: &Folder) -> (PathBuf, PathBuf, PathBuf) {
    let file = folder.0.join("config.json");
    // The SHA-1 of `{"start_url":"https://example.com/start","session_name":"work"}` and of `ls`.
    let sso = folder.0.join("sso/cache/ef1434a855843424932974030909e655cc244a40.json");
    let login = folder.0.join("login/cache/ebfdec641529d4b59a54e18f8b0e9730f85939fb.json");
    let profiles = json!({ "login": { "mode": "console-login", "login-session": "ls" },
                           "sso": { "mode": "sso", "sso-session-name": "work", "account-id": "1", "role-name": "r" } });
    let sessions = json!({ "work": { "start-url": "https://example.com/start", "region": "cn-beijing" } });
    for (path, document) in [
        (&file, json!({ "current": "login", "profiles": profiles, "sso-session": sessions })),
        (&login, json!({ "refresh_token": "refresh-0", "client_id": "c", "scope": "openid", "keep": [1.5] })),
        (
            &sso,
            json!({ "refresh_token": "refresh-0", "client_id": "c", "client_secret": "s", "keep": [1.5] }),
        ),
    ] {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, document.to_string()).unwrap();
    }
    (file, sso, login)
}

#[tokio::test]
async fn two_processes_refresh_one_sign_in_of_volcengine_without_a_loss() {
    let folder = Folder::new("two-processes-ve");
    let (file, _, login) = volcengine(&folder);
    let tokens = Arc::new(Mutex::new(Tokens::default()));
    let seen = tokens.clone();
    let server = Server::start(move |_, request| seen.lock().unwrap().reply(request)).await;
    let workers = [worker("ve", &file, &server, 100), worker("ve", &file, &server, 100)];
    for child in workers {
        let output = ended(child).await;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    {
        let tokens = tokens.lock().unwrap();
        assert_eq!((tokens.refreshed, tokens.reused.as_slice()), (200, &[][..]));
    }
    let written = read(&login);
    assert_eq!((&written["refresh_token"], &written["keep"]), (&json!("refresh-200"), &json!([1.5])));
    assert_eq!(written["access_token"]["access_key_id"], "AKTPlogin");
    assert_eq!(fs::read_dir(login.parent().unwrap()).unwrap().count(), 1);
}

/// What a provider of this process gives, through a server that takes its time for a refresh.
async fn slow_refresh() -> Server {
    let tokens = Mutex::new(Tokens::default());
    Server::start(move |_, request| match tokens.lock().unwrap().reply(request) {
        Reply::Raw(bytes) if request.line().contains("token") => {
            Reply::Slowly(vec![Vec::new(), bytes], Duration::from_millis(300))
        }
        reply => reply,
    })
    .await
}

fn wire(server: &Server) -> Wire {
    let direct = HttpOptions::builder().proxies(Proxies::None).build().unwrap();
    Wire { server: server.url(), inner: Transport::new(&direct).unwrap(), refused: Arc::default() }
}

#[tokio::test]
async fn a_call_that_is_dropped_during_a_refresh_loses_no_token() {
    let folder = Folder::new("dropped");
    let (file, sso, login) = volcengine(&folder);
    let aliyun = folder.0.join("aliyun.json");
    let profile =
        json!({ "name": "d", "mode": "OAuth", "oauth_site_type": "CN", "oauth_refresh_token": "refresh-0" });
    fs::write(&aliyun, json!({ "current": "d", "profiles": [profile] }).to_string()).unwrap();
    let of_volcengine = |server: &Server, profile: &str| {
        let provider = cloudcall::provider::volcengine::credentials::CliProfile::new();
        Arc::new(provider.file(&file).profile(profile).transport(wire(server)))
    };
    let server = slow_refresh().await;
    let of_alibaba = cloudcall::provider::alibaba::credentials::CliProfile::new();
    let of_alibaba = Arc::new(of_alibaba.file(&aliyun).transport(wire(&server)));
    let (second, third) = (slow_refresh().await, slow_refresh().await);
    let providers: [(Arc<dyn ProvideCredential>, PathBuf); 3] = [
        (of_alibaba, aliyun.clone()),
        (of_volcengine(&second, "login"), login),
        (of_volcengine(&third, "sso"), sso),
    ];
    for (provider, path) in providers {
        // A limit of the program, such as that of a `select!`, ends the call after the request was sent.
        let limited = TimeLimited::new(provider, Duration::from_millis(100));
        limited.provide(&Context::system()).await.unwrap_err();
        let mut written = read(&path);
        for _ in 0..200 {
            written = read(&path);
            if written.to_string().contains("refresh-1") {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(written.to_string().contains("refresh-1"), "{}: {written}", path.display());
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_written_serves_from_memory() {
    let folder = Folder::new("memory");
    let (file, _, login) = volcengine(&folder);
    let tokens = Mutex::new(Tokens::default());
    let server = Server::start(move |_, request| tokens.lock().unwrap().reply(request)).await;
    let provider = cloudcall::provider::volcengine::credentials::CliProfile::new();
    let provider = provider.file(&file).transport(wire(&server));
    let context = Context::system().with_files(ReadOnly);
    for _ in 0..3 {
        // Each refresh uses the token that came with the one before.
        assert_eq!(provider.provide(&context).await.unwrap().id(), "AKTPlogin");
    }
    assert_eq!(server.requests().len(), 3);
    assert_eq!(read(&login)["refresh_token"], "refresh-0");
}

/// Files that can be read only.
#[derive(Debug)]
struct ReadOnly;

impl ReadFile for ReadOnly {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Context::system().files.read(path)
    }

    fn modified(&self, path: &Path) -> io::Result<SystemTime> {
        Context::system().files.modified(path)
    }

    fn readable_by_others(&self, _: &Path) -> bool {
        false
    }
}

fn read(path: &Path) -> Value {
    cloudcall::json::from_slice(&Context::system().files.read(path).unwrap()).unwrap()
}

#[tokio::test]
async fn a_file_that_the_tool_writes_in_place_is_read_whole() {
    let folder = Folder::new("in-place");
    let file = folder.0.join("default.credential");
    let oauth = json!({ "site": "cn", "openId": "o", "accessToken": "planted-a", "refreshToken": "planted-r", "expiresAt": 1 });
    let document = json!({ "type": "oauth", "secretId": "AKIDold", "secretKey": "planted-old", "token": "planted-t",
                           "expiresAt": 1, "oauth": oauth });
    let text = document.to_string();
    fs::write(&file, &text).unwrap();
    let server = Server::start(|_, request| {
        let response = match request.line().contains("/refresh_user_token") {
            true => json!({ "AccessToken": "planted-b", "ExpiresAt": 1 }),
            false => {
                json!({ "SecretId": "AKIDnew", "SecretKey": "planted-n", "Token": "planted-t", "ExpiresAt": FAR })
            }
        };
        Reply::json(&response.to_string())
    })
    .await;
    let workers = [worker("tccli", &file, &server, 150), worker("tccli", &file, &server, 150)];
    let stop = Arc::new(AtomicBool::new(false));
    // The tool truncates its file and writes it again, which a reader may see half done.
    let tool = std::thread::spawn({
        let (file, stop) = (file.clone(), stop.clone());
        move || {
            while !stop.load(Ordering::Relaxed) {
                let mut file = fs::File::create(&file).unwrap();
                let (head, tail) = text.split_at(text.len() / 2);
                file.write_all(head.as_bytes()).unwrap();
                std::thread::sleep(Duration::from_millis(1));
                file.write_all(tail.as_bytes()).unwrap();
                drop(file);
                std::thread::sleep(Duration::from_millis(25));
            }
        }
    });
    for child in workers {
        let output = ended(child).await;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    stop.store(true, Ordering::Relaxed);
    tool.join().unwrap();
}

#[tokio::test]
async fn what_the_tool_writes_during_a_refresh_stays() {
    let folder = Folder::new("meanwhile");
    let file = folder.0.join("config.json");
    let profile = |refresh: &str| {
        json!({ "name": "d", "mode": "OAuth", "oauth_site_type": "CN", "oauth_access_token": "old",
                "oauth_refresh_token": refresh, "oauth_access_token_expire": 1 })
    };
    let write = |document: &Value| fs::write(&file, document.to_string()).unwrap();
    // First, another profile is added; then, the user signs in again.
    for (during, after) in [
        (json!([profile("refresh-0"), { "name": "new", "mode": "AK" }]), "refresh-1"),
        (json!([profile("signed-in-again")]), "signed-in-again"),
    ] {
        write(&json!({ "current": "d", "profiles": [profile("refresh-0")] }));
        let (tokens, path) = (Mutex::new(Tokens::default()), file.clone());
        let meanwhile = json!({ "current": "d", "profiles": during }).to_string();
        let server = Server::start(move |_, request| {
            if request.line().contains("/v1/token") {
                fs::write(&path, &meanwhile).unwrap();
            }
            tokens.lock().unwrap().reply(request)
        })
        .await;
        let output = ended(worker("aliyun", &file, &server, 1)).await;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let written: Value =
            cloudcall::json::from_slice(&Context::system().files.read(&file).unwrap()).unwrap();
        assert_eq!(written["profiles"][0]["oauth_refresh_token"], after);
        assert_eq!(written["profiles"].as_array().unwrap().len(), during.as_array().unwrap().len());
    }
}

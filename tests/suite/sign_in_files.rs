//! Files of the vendors' tools that several processes use at the same time.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloudcall::context::Context;
use cloudcall::json::{Value, json};
use cloudcall_tests::server::{Reply, Request, Server};

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
        let form = String::from_utf8(request.body.clone()).unwrap();
        let token = field(&form, "refresh_token");
        if token != format!("refresh-{}", self.refreshed) {
            self.reused.push(token.to_owned());
            return Reply::status(400, "Content-Type: application/json\r\n", r#"{"error":"invalid_grant"}"#);
        }
        self.refreshed += 1;
        let next = json!({ "access_token": format!("access-{}", self.refreshed),
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

//! The page of `explore` in a real headless browser, driven over WebDriver (Debian: `chromium
//! chromium-driver`).
//!
//! Without a browser, the program prints `not run: no browser` and tests nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

#[path = "suite/command.rs"]
#[allow(dead_code, reason = "shared with the suite")]
mod command;
#[path = "suite/http.rs"]
#[allow(dead_code, reason = "shared with the suite")]
mod http;

use std::process::{Command, Stdio};
use std::time::Duration;

use cloudcall::json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Child;

use command::{ID, SECRET, TOKEN};

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const DOWN: &str = "\u{e015}";

fn main() {
    let found =
        ["chromedriver"].into_iter().all(has) && ["chromium", "google-chrome", "chrome"].into_iter().any(has);
    if !found {
        println!("not run: no browser");
        return;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let driver = Driver::start().await;
        for (name, width, dark) in [("wide, light", 1280, false), ("narrow, dark", 375, true)] {
            visit(&driver, width, dark).await;
            println!("browser: {name} ... ok");
        }
        driver.stop().await;
    });
    println!("2 passed, 0 failed");
}

fn has(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What a person does with the keyboard alone.
async fn visit(driver: &Driver, width: u32, dark: bool) {
    let mut explore = command::command().arg("explore").stdin(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(explore.stdout.take().unwrap()).lines();
    let address = lines.next_line().await.unwrap().unwrap();
    let session = driver.session(width, dark).await;
    session.post("url", json!({ "url": address })).await;

    // The search has the focus.
    assert_eq!(session.script("return document.activeElement.id").await, "words");
    session.keys("cvm describe instances").await;
    session
        .until("return document.querySelector('#found button')?.textContent.startsWith('DescribeInstances')")
        .await;
    session.keys(DOWN).await;
    assert_eq!(session.script("return document.activeElement.tagName").await, "BUTTON");
    session.keys(ENTER).await;
    session.until("return document.activeElement.id === 'action' && document.getElementById('name').textContent.startsWith('DescribeInstances')").await;

    // A value of the form is reached with the tab key.
    for _ in 0..200 {
        session.keys(TAB).await;
        let label = "const a = document.activeElement; return a.labels?.[0]?.textContent === 'Limit'";
        if session.script(label).await == true {
            break;
        }
    }
    session.keys("12").await;
    session.keys(ENTER).await;
    session.until("return document.getElementById('status').textContent.startsWith('Signed')").await;
    let request = session.text("#signed pre").await;
    assert!(request.contains("{\"Limit\":12}") && request.contains("Signature=****"), "{request}");
    assert!(session.text("#code pre").await.contains(".limit(12)"));
    session.keys(TAB).await;
    assert_eq!(session.script("return document.activeElement.id").await, "local");
    session.keys(ENTER).await;
    session.until("return document.querySelectorAll('#tree details').length > 1").await;
    assert!(session.text("#tree").await.contains("TotalCount: 0"));
    // A closed branch opens with the keyboard.
    let open = "const s = [...document.querySelectorAll('#tree details:not([open]) > summary')]; s[0].focus(); return s.length";
    assert!(session.script(open).await.as_u64().unwrap() > 0);
    session.keys(ENTER).await;
    session.until("return document.activeElement.parentElement.open && document.activeElement.parentElement.children.length > 1").await;
    // A mistake is said, and a nested parameter is sent.
    session
        .script("document.getElementById('words').focus(); document.getElementById('words').select()")
        .await;
    session.keys("vpc create subnet tencent").await;
    session
        .until("return document.querySelector('#found button')?.textContent.startsWith('CreateSubnet')")
        .await;
    session.keys(ENTER).await;
    session.until("return document.getElementById('name').textContent.startsWith('CreateSubnet')").await;
    session.script("document.getElementById('dry-run').focus()").await;
    session.keys(ENTER).await;
    session.until("return document.getElementById('status').classList.contains('bad')").await;
    assert!(session.text("#status").await.contains("VpcId"), "{}", session.text("#status").await);

    // Nothing is wider than the screen, in its colours, and nothing was blocked or came from elsewhere.
    let fits = "return document.documentElement.scrollWidth <= window.innerWidth";
    assert_eq!(session.script(fits).await, true);
    assert_eq!(session.script("return window.innerWidth").await, width);
    let back = session.script("return getComputedStyle(document.body).backgroundColor").await;
    assert_eq!(back, if dark { "rgb(22, 24, 27)" } else { "rgb(255, 255, 255)" });
    let foreign = "return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin))";
    assert_eq!(session.script(foreign).await, json!([]));
    let page = session.script("return document.documentElement.outerHTML").await.to_string();
    for secret in [ID, SECRET, TOKEN] {
        assert!(!page.contains(secret));
    }
    let log = session.post("se/log", json!({ "type": "browser" })).await;
    let severe = |entry: &&Value| {
        entry["level"] == "SEVERE" && !entry["message"].to_string().contains("400 (Bad Request)")
    };
    let errors: Vec<&Value> = log.as_array().unwrap().iter().filter(severe).collect();
    assert!(errors.is_empty(), "{errors:?}");
    session.stop().await;
    drop(explore.stdin.take());
    assert!(explore.wait().await.unwrap().success());
}

/// chromedriver.
struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    async fn start() -> Self {
        let mut command = tokio::process::Command::new("chromedriver");
        command
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next_line().await.unwrap().expect("chromedriver ended");
            let digits = |text: &str| text.trim_end_matches('.').parse().ok();
            // A line before it names the port that was asked for, 0.
            let started = line.rsplit_once("started successfully on port ");
            if let Some(port) = started.and_then(|(_, port)| digits(port)) {
                break port;
            }
        };
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { process, port }
    }

    async fn ask(&self, method: &str, path: &str, body: Value) -> Value {
        let host = format!("127.0.0.1:{}", self.port);
        let headers = [("Host", &*host), ("Content-Type", "application/json")];
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let reply = http::send(self.port, method, path, &headers, &body).await;
        assert_eq!(reply.status, 200, "{path}: {reply:?}");
        reply.json()["value"].clone()
    }

    async fn session(&self, width: u32, dark: bool) -> Session<'_> {
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ];
        let chrome = json!({ "args": arguments });
        let wanted = json!({ "alwaysMatch": { "goog:chromeOptions": chrome, "goog:loggingPrefs": { "browser": "ALL" } } });
        let session = self.ask("POST", "/session", json!({ "capabilities": wanted })).await;
        let id = session["sessionId"].as_str().unwrap().to_owned();
        let session = Session { driver: self, id };
        let screen = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        session.command("Emulation.setDeviceMetricsOverride", screen).await;
        let scheme = if dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        session.command("Emulation.setEmulatedMedia", media).await;
        session
    }

    async fn stop(mut self) {
        self.process.kill().await.unwrap();
    }
}

/// One window.
struct Session<'d> {
    driver: &'d Driver,
    id: String,
}

impl Session<'_> {
    async fn post(&self, what: &str, body: Value) -> Value {
        self.driver.ask("POST", &format!("/session/{}/{what}", self.id), body).await
    }

    /// A command of the DevTools protocol.
    async fn command(&self, name: &str, params: Value) {
        self.post("goog/cdp/execute", json!({ "cmd": name, "params": params })).await;
    }

    async fn script(&self, code: &str) -> Value {
        self.post("execute/sync", json!({ "script": code, "args": [] })).await
    }

    async fn text(&self, selector: &str) -> String {
        let code = format!("return document.querySelector({}).textContent", json!(selector));
        self.script(&code).await.as_str().unwrap_or_default().to_owned()
    }

    /// Types on the keyboard.
    async fn keys(&self, text: &str) {
        let press = |c: char| {
            [
                json!({ "type": "keyDown", "value": c.to_string() }),
                json!({ "type": "keyUp", "value": c.to_string() }),
            ]
        };
        let actions: Vec<Value> = text.chars().flat_map(press).collect();
        self.post("actions", json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": actions }] }))
            .await;
    }

    /// Waits until a script returns true.
    async fn until(&self, code: &str) {
        for _ in 0..600 {
            if self.script(code).await == true {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let seen = "return [document.activeElement.id, document.getElementById('words').value, document.body.innerText.slice(0, 400)]";
        panic!("not within 30 s: {code}; the page has {}", self.script(seen).await);
    }

    async fn stop(self) {
        self.driver.ask("DELETE", &format!("/session/{}", self.id), json!({})).await;
    }
}

//! `explore` over HTTP: who may ask, what the page is made of, and what it can do. `browser` has the page
//! itself.

use std::process::Stdio;

use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalResponse};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Child;

use crate::command::{ID, SECRET, TOKEN, bare, command, failure, run};
use crate::http::{Reply, send};

/// A page that is served.
pub(crate) struct Explore {
    pub(crate) server: Child,
    pub(crate) port: u16,
    /// The path of the page, with its token.
    pub(crate) path: String,
}

impl Explore {
    /// Starts it. With `account`, the environment has credentials.
    pub(crate) async fn start(account: bool, arguments: &[&str]) -> Self {
        let mut command = if account { command() } else { bare() };
        let mut server = command.arg("explore").args(arguments).stdin(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
        let address = lines.next_line().await.unwrap().unwrap();
        let rest = address.strip_prefix("http://127.0.0.1:").unwrap();
        let (port, path) = rest.split_once('/').unwrap();
        Self { port: port.parse().unwrap(), path: format!("/{path}"), server }
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    async fn get(&self, file: &str) -> Reply {
        send(self.port, "GET", &format!("{}{file}", self.path), &[("Host", &self.host())], "").await
    }

    async fn ask(&self, operation: &str, body: Value) -> Reply {
        let origin = format!("http://{}", self.host());
        let headers = [("Host", &*self.host()), ("Origin", &*origin), ("Content-Type", "application/json")];
        send(self.port, "POST", &format!("{}api/{operation}", self.path), &headers, &body.to_string()).await
    }

    async fn json(&self, operation: &str, body: Value) -> Value {
        let reply = self.ask(operation, body).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        for secret in [SECRET, TOKEN] {
            assert!(!reply.body.contains(secret), "{reply:?}");
        }
        reply.json()
    }

    async fn error(&self, operation: &str, body: Value) -> String {
        let reply = self.ask(operation, body).await;
        assert_eq!(reply.status, 400, "{reply:?}");
        reply.json()["error"].as_str().unwrap().to_owned()
    }

    /// It ends with the stdin of whoever started it.
    pub(crate) async fn stop(mut self) {
        drop(self.server.stdin.take());
        assert!(self.server.wait().await.unwrap().success());
    }
}

fn call(action: &str, params: Value) -> Value {
    json!({ "cloud": "tencent", "product": "cvm", "action": action, "region": "ap-guangzhou", "params": params })
}

#[tokio::test]
async fn only_the_page_itself_may_ask() {
    let page = Explore::start(false, &[]).await;
    let (host, state) = (page.host(), format!("{}api/state", page.path));
    let ours = format!("http://{host}");
    let json = ("Content-Type", "application/json");
    for (headers, wanted) in [
        (vec![("Host", &*host), json], 200),
        (vec![("Host", &*host), ("Origin", &*ours), ("Sec-Fetch-Site", "same-origin"), json], 200),
        (vec![("Host", &*format!("localhost:{}", page.port)), json], 200),
        (vec![json], 400),
        (vec![("Host", "evil.example"), json], 403),
        (vec![("Host", &*format!("evil.example:{}", page.port)), json], 403),
        (vec![("Host", "127.0.0.1:1"), json], 403),
        (vec![("Host", &*host), ("Origin", "http://evil.example"), json], 403),
        (vec![("Host", &*host), ("Origin", "null"), json], 403),
        (vec![("Host", &*host), ("Origin", "http://127.0.0.1:1"), json], 403),
        (vec![("Host", &*host), ("Origin", &*ours.replace("http:", "https:")), json], 403),
        (vec![("Host", &*host), ("Sec-Fetch-Site", "cross-site"), json], 403),
        (vec![("Host", &*host), ("Sec-Fetch-Site", "same-site"), json], 403),
        (vec![("Host", &*host), ("Content-Type", "text/plain")], 415),
        (vec![("Host", &*host)], 415),
    ] {
        let reply = send(page.port, "POST", &state, &headers, "{}").await;
        // Without a Host the request is not HTTP/1.1: some server software says so itself.
        let refused = wanted == 400 && matches!(reply.status, 400 | 403);
        assert!(reply.status == wanted || refused, "{headers:?}: {reply:?}");
    }
    for path in
        ["/", "/api/state", "/0000/", "/0123456789abcdef0123456789abcdef/", &page.path.replace('/', "/x")]
    {
        let reply = send(page.port, "GET", path, &[("Host", &host)], "").await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.body.contains(page.path.trim_matches('/')), "{reply:?}");
    }
    assert_eq!(page.get("api/state").await.status, 405);
    assert_eq!(page.ask("nothing", json!({})).await.status, 404);
    page.stop().await;
}

#[tokio::test]
async fn the_page_loads_nothing_from_elsewhere_and_holds_no_secret() {
    let page = Explore::start(true, &["--real"]).await;
    for (file, kind) in [
        ("", "text/html"),
        ("page.css", "text/css"),
        ("page.js", "text/javascript"),
        ("form.js", "text/javascript"),
        ("tree.js", "text/javascript"),
    ] {
        let reply = page.get(file).await;
        assert_eq!(reply.status, 200, "{file}");
        for header in [
            &*format!("content-type: {kind}; charset=utf-8"),
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "referrer-policy: no-referrer",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
        ] {
            assert!(reply.head.contains(header), "{file}: {header} is not in {}", reply.head);
        }
        for bad in
            ["http://", "https://", "//cdn", "innerHTML", "eval(", "style=", "onclick=", ID, SECRET, TOKEN]
        {
            assert!(!reply.body.contains(bad), "{file} has {bad}");
        }
    }
    page.stop().await;
}

#[tokio::test]
async fn actions_are_found_shown_and_called_without_an_account() {
    let page = Explore::start(false, &[]).await;
    assert_eq!(page.json("state", json!({})).await, json!({ "real": false, "region": null }));
    let found = page.json("search", json!({ "words": "cvm describe zones" })).await;
    assert_eq!(found["found"][0]["action"], "DescribeZones");
    let names = json!({ "cloud": "huawei", "product": "vpc", "version": "v3", "action": "UpdateVpc" });
    let facts = page.json("describe", names).await;
    assert_eq!(
        (&facts["parameters"][0]["name"], &facts["parameters"][0]["required"]),
        (&json!("vpc_id"), &json!(true))
    );
    let order = json!({ "call": call("DescribeInstances", json!({ "Limit": 2 })) });
    let shown = page.json("dry_run", order.clone()).await;
    let request = shown["request"].as_str().unwrap();
    assert!(request.contains("Signature=****") && request.contains("{\"Limit\":2}"), "{request}");
    assert!(shown["rust"].as_str().unwrap().contains(".limit(2)"), "{shown}");
    let response = page.json("call", order).await;
    assert!(response["response"]["InstanceSet"][0]["InstanceId"].is_string(), "{response}");
    for (cloud, product, action, params, member) in [
        ("huawei", "vpc", "UpdateVpc", json!({ "vpc_id": "v" }), "request_id"),
        ("alibaba", "ecs", "DescribeRegions", json!({}), "Regions"),
        ("alibaba", "cs", "DescribeClusterDetail", json!({ "ClusterId": "c" }), "state"),
        ("volcengine", "ecs", "DescribeInstances", json!({}), "Instances"),
    ] {
        let order = json!({ "call": { "cloud": cloud, "product": product, "action": action, "region": "r-1", "params": params } });
        let response = page.json("call", order).await;
        assert!(!response["response"][member].is_null(), "{cloud} {product} {action}: {response}");
    }
    page.stop().await;
}

#[tokio::test]
async fn the_real_cloud_is_behind_a_switch_and_changes_are_confirmed() {
    let cloud = LocalCloud::builder()
        .account_with_token(ID, SECRET, TOKEN)
        .on("DescribeInstances", |_| {
            LocalResponse::ok(json!({ "Login": { "Password": "planted" }, "Big": 12345678901234567890_u64 }))
        })
        .on("StartInstances", |_| LocalResponse::ok(json!({})))
        .start()
        .await
        .unwrap();
    let read = json!({ "call": call("DescribeInstances", json!({})), "real": true });
    let page = Explore::start(true, &["--endpoint", &cloud.url()]).await;
    assert!(page.error("call", read.clone()).await.contains("start it with --real"));
    assert!(page.error("dry_run", read.clone()).await.contains("start it with --real"));
    page.stop().await;
    let page = Explore::start(true, &["--endpoint", &cloud.url(), "--real"]).await;
    let mut misfit = read.clone();
    misfit["call"]["query"] = json!("length(Big)");
    let response = page.json("call", misfit).await;
    assert_eq!(response["response"]["Login"]["Password"], "****");
    assert!(response["note"].as_str().unwrap().contains("does not fit the response"), "{response}");
    let response = page.json("call", read).await;
    assert!(response["note"].is_null(), "{response}");
    assert_eq!(response["response"]["Login"]["Password"], "****");
    assert_eq!(response["response"]["Big"].to_string(), "12345678901234567890");
    let start = |confirmed: bool| json!({ "call": call("StartInstances", json!({ "InstanceIds": ["i"] })), "real": true, "confirmed": confirmed });
    assert_eq!(page.error("call", start(false)).await, "StartInstances changes something: confirm it");
    assert_eq!(cloud.count("StartInstances"), 0);
    page.json("call", start(true)).await;
    assert_eq!(cloud.count("StartInstances"), 1);
    page.stop().await;
}

#[tokio::test]
async fn mistakes_are_errors_that_name_the_remedy() {
    let page = Explore::start(false, &[]).await;
    for (operation, body, wanted) in [
        ("search", json!({}), "missing field `words`"),
        ("describe", json!({ "cloud": "tencent", "product": "cvn", "action": "A" }), "did you mean"),
        ("call", json!({ "call": call("DescribeInstances", json!({ "Limt": 1 })) }), "did you mean"),
        (
            "call",
            json!({ "call": call("DescribeInstances", json!({ "Limit": "x" })) }),
            "takes a whole number",
        ),
        ("dry_run", json!({ "call": call("DescribeInstance", json!({})) }), "did you mean"),
    ] {
        let error = page.error(operation, body).await;
        assert!(error.contains(wanted) && !error.starts_with("usage"), "{operation}: {error}");
    }
    page.stop().await;
    assert!(failure(&run(&["explore", "--port", "x"]).await, 2).contains("--port"));
    let other = Explore::start(false, &[]).await;
    let taken = run(&["explore", "--port", &other.port.to_string()]).await;
    let error = failure(&taken, 2);
    assert!(
        error.contains("--port") && error.contains("in use") && error.contains("leave it out"),
        "{error}"
    );
    other.stop().await;
}

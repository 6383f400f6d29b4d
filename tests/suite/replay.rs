//! Requests that the vendors' own SDKs signed, sent to the local cloud byte by byte: it accepts every one, so what it
//! checks is what the vendors' SDKs do, whatever our clients do.

use std::fmt::Write as _;

use base64::Engine as _;
use cloudcall::http::Method;
use cloudcall::json::{Value, from_str};
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall_tests::time::FakeTime;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One request of a vendor's SDK, and the keys and the time that it was signed with.
#[derive(Clone)]
struct Recorded {
    id: String,
    keys: (String, String, Option<String>),
    time: u64,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn bytes(value: &Value) -> Vec<u8> {
    match (value.as_str().or(value["utf8"].as_str()), value["base64"].as_str()) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(base64)) => base64::engine::general_purpose::STANDARD.decode(base64).unwrap(),
        _ => Vec::new(),
    }
}

fn pairs(headers: &Value) -> Vec<(String, String)> {
    match headers {
        Value::Object(headers) => headers.iter().map(|(name, value)| (name.clone(), text(value))).collect(),
        Value::Array(headers) => headers.iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect(),
        _ => Vec::new(),
    }
}

/// What HTTP libraries do to a target: whatever may not stand there is escaped.
fn escaped(target: &str) -> String {
    let mut out = String::new();
    for byte in target.bytes() {
        match byte {
            b'!' | b'#'..=b';' | b'=' | b'?'..=b'Z' | b'[' | b']' | b'_' | b'a'..=b'z' | b'~' => {
                out.push(char::from(byte));
            }
            other => write!(out, "%{other:02X}").unwrap(),
        }
    }
    out
}

/// The status of the response, and the response.
async fn send(cloud: &LocalCloud, request: &Recorded) -> String {
    let mut stream = TcpStream::connect(cloud.address()).await.unwrap();
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, escaped(&request.target));
    for (name, value) in &request.headers {
        if !name.eq_ignore_ascii_case("content-length") && !name.eq_ignore_ascii_case("connection") {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
    }
    write!(head, "Content-Length: {}\r\nConnection: close\r\n\r\n", request.body.len()).unwrap();
    stream.write_all(&[head.as_bytes(), &request.body].concat()).await.unwrap();
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await.unwrap();
    String::from_utf8_lossy(&response).into_owned()
}

async fn accepts(cases: Vec<Recorded>, at_least: usize) {
    let mut wrong = Vec::new();
    for case in &cases {
        let (id, secret, token) = case.keys.clone();
        let builder = LocalCloud::builder().context(FakeTime::at(case.time).context());
        let builder = match token {
            Some(token) => builder.account_with_token(id, secret, token),
            None => builder.account(id, secret),
        };
        let method: Method = case.method.parse().unwrap();
        let builder = builder.anonymous("AssumeRoleWithWebIdentity");
        let cloud = builder.on_path(method, "/nothing", |_| LocalResponse::hang_up()).start().await.unwrap();
        let response = send(&cloud, case).await;
        match cloud.requests().first() {
            Some(record) if record.verdict.is_accepted() => {}
            other => wrong.push(format!("{}: {other:#?}\n{response}", case.id)),
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(cases.len() >= at_least, "only {} cases", cases.len());
}

fn seconds(date: &str) -> u64 {
    let digits: String = date.chars().filter(char::is_ascii_digit).collect();
    let part = |from: usize, to: usize| digits[from..to].parse::<u64>().unwrap();
    // Days since 1970 by walking: slow, and plainly right.
    let leap = |year: u64| (year.is_multiple_of(4) && !year.is_multiple_of(100)) || year.is_multiple_of(400);
    let mut days: u64 = (1970..part(0, 4)).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let february = if leap(part(0, 4)) { 29 } else { 28 };
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    days += months[..part(4, 6) as usize - 1].iter().sum::<u64>() + part(6, 8) - 1;
    days * 86_400 + part(8, 10) * 3_600 + part(10, 12) * 60 + part(12, 14)
}

#[tokio::test]
async fn tencent_requests_are_accepted() {
    accepts(tencent(), 60).await;
}

fn tencent() -> Vec<Recorded> {
    let mut cases = Vec::new();
    for line in include_str!("../vectors/tencent.jsonl").lines() {
        let case: Value = from_str(line).unwrap();
        let (input, expected) = (&case["input"], &case["expected"]);
        // A signature by a method that does not exist, and one that carries another id than its own key's.
        let odd = ["legacy-unknown-sign-method", "legacy-param-overrides"];
        if case["published"] == true || odd.contains(&case["id"].as_str().unwrap()) {
            continue;
        }
        let mut headers = pairs(&expected["headers"]);
        for pair in pairs(&input["headers"]) {
            if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(&pair.0)) {
                headers.push(pair);
            }
        }
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            headers.push(("Host".to_owned(), text(&input["host"])));
        }
        let (_, rest) = expected["url"].as_str().unwrap().split_once("://").unwrap();
        let target = rest.find('/').map_or("/", |at| &rest[at..]).to_owned();
        cases.push(Recorded {
            id: text(&case["id"]),
            keys: (
                text(&input["secret_id"]),
                text(&input["secret_key"]),
                input["token"].as_str().map(str::to_owned),
            ),
            time: input["timestamp"].as_u64().unwrap(),
            method: text(&input["method"]).to_ascii_uppercase(),
            target,
            headers,
            body: bytes(&expected["body"]),
        });
    }
    cases
}

#[tokio::test]
async fn huawei_requests_are_accepted() {
    accepts(huawei(), 50).await;
}

fn huawei() -> Vec<Recorded> {
    let mut cases = Vec::new();
    for line in include_str!("../vectors/huawei.jsonl").lines() {
        let case: Value = from_str(line).unwrap();
        let (input, expected) = (&case["input"], &case["expected"]);
        let scheme = case["scheme"].as_str().unwrap();
        if !["SDK-HMAC-SHA256", "SDK-HMAC-SM3", "V11-HMAC-SHA256"].contains(&scheme)
            || !expected["error"].is_null()
        {
            continue;
        }
        let credential = &input["credential"];
        let headers = pairs(&expected["headers"]);
        let date =
            headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("x-sdk-date")).unwrap().1.clone();
        let body = if input["body_utf8"].is_null() { &input["body_base64"] } else { &input["body_utf8"] };
        let body = match input["body_base64"].as_str() {
            Some(base64) => base64::engine::general_purpose::STANDARD.decode(base64).unwrap(),
            None => bytes(body),
        };
        cases.push(Recorded {
            id: text(&case["id"]),
            keys: (
                text(&credential["ak"]),
                text(&credential["sk"]),
                credential["security_token"].as_str().map(str::to_owned),
            ),
            time: seconds(&date),
            method: text(&input["method"]).to_ascii_uppercase(),
            target: text(&expected["uri"]),
            headers,
            body,
        });
    }
    cases
}

#[tokio::test]
async fn alibaba_requests_are_accepted() {
    accepts(alibaba(), 66).await;
}

fn alibaba() -> Vec<Recorded> {
    let mut cases = Vec::new();
    let acs4 = include_str!("../vectors/alibaba_acs4.jsonl");
    let log = include_str!("../vectors/alibaba_log.jsonl");
    for line in include_str!("../vectors/alibaba.jsonl").lines().chain(acs4.lines()).chain(log.lines()) {
        let case: Value = from_str(line).unwrap();
        let (input, expected) = (&case["input"], &case["expected"]);
        let known = [
            "RPC_HMAC_SHA1",
            "ROA_HMAC_SHA1",
            "ACS3_HMAC_SHA256",
            "ACS3_HMAC_SM3",
            "ACS4_HMAC_SHA256",
            "LOG_HMAC_SHA256",
        ];
        let flavors = ["core", "tea"];
        if !known.contains(&case["scheme"].as_str().unwrap())
            || !flavors.contains(&case["flavor"].as_str().unwrap())
        {
            continue;
        }
        let credential = &input["credential"];
        let mut headers = pairs(&expected["headers"]);
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            headers.push(("Host".to_owned(), text(&input["host"])));
        }
        cases.push(Recorded {
            id: text(&case["id"]),
            keys: (
                text(&credential["access_key_id"]),
                text(&credential["access_key_secret"]),
                credential["security_token"].as_str().map(str::to_owned),
            ),
            time: seconds(input["timestamp"].as_str().unwrap()),
            method: text(&input["method"]),
            target: text(&expected["url"]),
            headers,
            body: bytes(&expected["body"]),
        });
    }
    cases
}

impl Recorded {
    fn of(cases: Vec<Self>, id: &str) -> Self {
        cases.into_iter().find(|case| case.id == id).unwrap_or_else(|| panic!("no case {id}"))
    }

    fn edit(mut self, name: &str, from: &str, to: &str) -> Self {
        let header = self.headers.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)).unwrap();
        assert!(header.1.contains(from), "{header:?}");
        header.1 = header.1.replacen(from, to, 1);
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self
    }

    fn target(mut self, from: &str, to: &str) -> Self {
        assert!(self.target.contains(from), "{}", self.target);
        self.target = self.target.replacen(from, to, 1);
        self
    }

    fn body(mut self, body: &str) -> Self {
        self.body = body.as_bytes().to_vec();
        self
    }
}

/// Sends a changed request, and compares status line and response.
async fn refuses(what: &str, case: Recorded, server_time: u64, status: &str, parts: &[&str]) {
    let builder = LocalCloud::builder().context(FakeTime::at(server_time).context());
    let builder = match case.keys.2.clone() {
        Some(token) => builder.account_with_token(case.keys.0.clone(), case.keys.1.clone(), token),
        None => builder.account(case.keys.0.clone(), case.keys.1.clone()),
    };
    let cloud = builder.start().await.unwrap();
    let response = send(&cloud, &case).await;
    assert!(response.starts_with(&format!("HTTP/1.1 {status} ")), "{what}: {response}");
    for part in parts {
        assert!(response.contains(part), "{what}: {part:?} is not in {response}");
    }
}

#[tokio::test]
async fn changed_requests_of_huawei_are_refused() {
    let base = || Recorded::of(huawei(), "get-plain");
    let now = base().time;
    let derived = || Recorded::of(huawei(), "v11-get");
    for (what, case, reason) in [
        ("path", base().target("/vpcs", "/vpcx"), "verify aksk signature fail"),
        ("query", base().target("/vpcs", "/vpcs?limit=1"), "verify aksk signature fail"),
        ("body", base().body("{}"), "verify aksk signature fail"),
        ("header", base().edit("content-type", "json", "xml"), "verify aksk signature fail"),
        (
            "signature",
            base().edit("authorization", "Signature=", "Signature=0"),
            "verify aksk signature fail",
        ),
        ("id", base().edit("authorization", "FAKEAK", "OTHERAK"), "ak not exist"),
        ("no date", base().without("x-sdk-date"), "x-sdk-date is missing"),
        ("no signature", base().without("authorization"), "`Authorization` is missing"),
        ("form", base().edit("authorization", ", SignedHeaders", ",SignedHeaders"), "another form"),
        ("unsigned", base().edit("authorization", ";x-sdk-date", ""), "`x-sdk-date` is not signed"),
        ("scheme", base().edit("authorization", "SDK-HMAC-SHA256", "SDK-HMAC-MD5"), "does not verify"),
        ("scope", derived().edit("authorization", "/20240229/", "/20240228/"), "scope of the credential"),
        ("region", derived().edit("authorization", "cn-north-4", "cn-north-1"), "verify aksk signature fail"),
    ] {
        let parts = ["\"error_code\":\"APIGW.0301\"", reason, "\r\nx-request-id: "];
        refuses(what, case, now, "401", &parts).await;
    }
    for time in [now - 301, now + 301] {
        refuses("time", base(), time, "401", &["x-sdk-date expired", "\r\ndate: "]).await;
    }
    refuses("unknown", base(), now + 300, "404", &["APIGW.0101"]).await;
}

#[tokio::test]
async fn changed_requests_of_the_log_service_are_refused() {
    let get = || Recorded::of(alibaba(), "ali-log-003-project");
    let post = || Recorded::of(alibaba(), "ali-log-006-json");
    let sts = || Recorded::of(alibaba(), "ali-log-011-sts");
    let now = get().time;
    let mismatch = "\"errorCode\":\"SignatureNotMatch\"";
    for (what, case, status, code) in [
        ("path", post().target("/app/", "/other/"), "401", mismatch),
        ("query", get().target("/", "/?a=1"), "401", mismatch),
        ("body", post().body("{}"), "401", mismatch),
        ("body of a GET", get().body("{}"), "401", mismatch),
        ("size", post().edit("x-log-bodyrawsize", "60", "61"), "401", mismatch),
        ("digest", post().edit("content-md5", "B8", "B9"), "401", mismatch),
        ("type", post().edit("content-type", "json", "xml"), "401", mismatch),
        ("token", sts().edit("x-acs-security-token", "token", "other"), "401", mismatch),
        ("echo", get().edit("content-type", "json", "xml"), "401", "sign is:GET\\n\\napplication/xml"),
        ("id", get().edit("authorization", "testAccessKeyId", "nobody"), "401", "Unauthorized"),
        ("date", get().without("date"), "400", "MissingDate"),
        ("version", get().edit("x-log-apiversion", "0.6", "0.5"), "400", "InvalidAPIVersion"),
        ("method", get().edit("x-log-signaturemethod", "256", "1"), "400", "InvalidSignatureMethod"),
        ("unsigned", get().without("authorization"), "400", "MissingAuthorization"),
    ] {
        refuses(what, case, now, status, &[code, "\"errorMessage\":\"", "\r\nx-log-requestid: "]).await;
    }
    for time in [now - 901, now + 901] {
        refuses("time", get(), time, "400", &["RequestTimeExpired", "\r\ndate: "]).await;
    }
}

#[tokio::test]
async fn changed_requests_of_alibaba_are_refused() {
    let rpc = || Recorded::of(alibaba(), "ali-001-core-rpc-hmac-sha1");
    let roa = || Recorded::of(alibaba(), "ali-024-core-roa-hmac-sha1");
    let acs3 = || Recorded::of(alibaba(), "ali-036-tea-acs3-hmac-sha256");
    let acs4 = || Recorded::of(alibaba(), "ali-acs4-001-rpc-plain");
    let now = rpc().time;
    let mismatch = "\"Code\":\"SignatureDoesNotMatch\"";
    for (what, case, status, code) in [
        ("rpc value", rpc().target("RegionId=cn-hangzhou", "RegionId=cn-beijing"), "400", mismatch),
        (
            "rpc echo",
            rpc().target("RegionId=cn-hangzhou", "RegionId=x"),
            "400",
            "sign is:GET&%2F&AccessKeyId%3D",
        ),
        ("rpc twice", rpc().target("RegionId=", "RegionId=x&RegionId="), "400", "more than once"),
        ("rpc id", rpc().target("=testAccessKeyId", "=nobody"), "404", "InvalidAccessKeyId.NotFound"),
        ("rpc nonce", rpc().target("SignatureNonce=", "Nonce="), "400", "MissingSignatureNonce"),
        ("rpc method", rpc().target("HMAC-SHA1", "HMAC-SHA256"), "400", "InvalidParameter"),
        ("rpc path", rpc().target("/?", "/x?"), "400", "InvalidParameter"),
        ("rpc unsigned", rpc().target("&Signature=", "&Sign="), "400", "MissingAccessKeyId"),
        ("roa resource", roa().target("/clusters", "/clusterx"), "400", mismatch),
        ("roa header", roa().edit("x-acs-version", "2015", "2016"), "400", mismatch),
        ("roa echo", roa().edit("accept", "json", "xml"), "400", "sign is:GET\\napplication/xml"),
        ("roa date", roa().without("date"), "400", "InvalidTimeStamp.Format"),
        ("acs3 action", acs3().edit("x-acs-action", "Describe", "Delete"), "400", mismatch),
        ("acs3 body", acs3().body("x"), "400", mismatch),
        ("acs3 query", acs3().target("/", "/?a=1"), "400", mismatch),
        ("acs3 id", acs3().edit("authorization", "testAccessKeyId", "nobody"), "404", "InvalidAccessKeyId"),
        ("acs3 hash", acs3().without("x-acs-content-sha256"), "400", "Missingx-acs-content-sha256"),
        ("acs3 unsigned", acs3().edit("authorization", "x-acs-date;", ""), "400", "IncompleteSignature"),
        (
            "acs3 scheme",
            acs3().edit("authorization", "ACS3-HMAC-SHA256", "ACS3-MD5"),
            "400",
            "IncompleteSignature",
        ),
        ("acs4 action", acs4().edit("x-acs-action", "Describe", "Delete"), "400", mismatch),
        ("acs4 body", acs4().body("x"), "400", mismatch),
        ("acs4 region", acs4().edit("authorization", "cn-beijing", "cn-shanghai"), "400", mismatch),
        ("acs4 product", acs4().edit("authorization", "/Ecs/", "/Vpc/"), "400", mismatch),
        ("acs4 day", acs4().edit("authorization", "/20260301/", "/20260302/"), "400", "IncompleteSignature"),
        ("acs4 id", acs4().edit("authorization", "testAccessKeyId", "nobody"), "404", "InvalidAccessKeyId"),
        ("acs4 scope", acs4().edit("authorization", "/aliyun_v4_request", ""), "400", "IncompleteSignature"),
    ] {
        refuses(
            what,
            case,
            now,
            status,
            &[code, "\"RequestId\":\"", "\"HostId\":\"", "\r\nx-acs-request-id: "],
        )
        .await;
    }
    for base in [rpc(), roa(), acs3()] {
        for time in [now - 301, now + 301] {
            refuses("time", base.clone(), time, "400", &["InvalidTimeStamp.Expired", "\r\ndate: "]).await;
        }
        refuses("unknown", base.clone(), now + 300, "404", &["InvalidAction.NotFound"]).await;
    }
    // The same request twice is a replay. The recorded one is known to the gateway, and has no region for the service.
    let keys = acs3().keys;
    let cloud = LocalCloud::builder().account(keys.0, keys.1).context(FakeTime::at(now).context());
    let cloud = cloud.on("DescribeInstances", |_| LocalResponse::ok(())).start().await.unwrap();
    let first = send(&cloud, &acs3()).await;
    assert!(first.starts_with("HTTP/1.1 400 ") && first.contains("\"Code\":\"MissingParameter\""), "{first}");
    assert!(send(&cloud, &acs3()).await.contains("SignatureNonceUsed"));
}

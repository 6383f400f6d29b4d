//! The servers: local clouds that verify signatures, and respond as the script of each call says.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use cloudcall::context::Context;
use cloudcall::http::Method;
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalCloudBuilder, LocalRequest, LocalResponse};
use cloudcall::sign::time::{Utc, unix_seconds};

use crate::Failure;
use crate::ledger::Ledger;

/// The header with the number of a call.
pub const CALL: &str = "X-Soak-Call";
/// The header with the script of a call: one step for each request, separated by commas.
pub const SCRIPT: &str = "X-Soak-Script";
/// The id of the permanent key.
pub const ID: &str = "AKIDsoak";
/// The secret of every key.
pub const SECRET: &str = "soak-secret";
/// The number of things in the list that is read in pages.
pub const THINGS: usize = 50;
/// The size of an upload in bytes.
pub const UPLOAD: usize = 200_000;
/// The size of a piece of a download in bytes, and the number of pieces.
pub const PIECE: usize = 32 * 1024;
/// The number of pieces of a download, and of events of a stream.
pub const PIECES: usize = 8;

/// Temporary keys. Each is issued again after all others.
const ROLES: u64 = 256;
/// Their lifetime.
const LIFETIME: Duration = Duration::from_secs(8);

/// Two servers: calls go to the second one while a breaker is open.
#[derive(Debug)]
pub struct Servers {
    /// The servers.
    pub clouds: [LocalCloud; 2],
    /// What they did.
    pub ledger: Arc<Ledger>,
    /// The number of temporary keys that were issued.
    pub issued: Arc<AtomicU64>,
}

impl Servers {
    /// Starts the servers on the runtime of the caller.
    pub async fn start() -> Result<Self, Failure> {
        let (ledger, issued) = (Arc::<Ledger>::default(), Arc::<AtomicU64>::default());
        let first = build(0, &ledger, &issued).start().await?;
        let second = build(1, &ledger, &issued).start().await?;
        Ok(Self { clouds: [first, second], ledger, issued })
    }

    /// Empties the logs of the servers. A request that was refused is a complaint: all clients have valid keys.
    pub fn empty_logs(&self) {
        for record in self.clouds.iter().flat_map(LocalCloud::take_requests) {
            if !record.verdict.is_accepted() {
                self.ledger.complain(format!("refused: {record:?}"));
            }
        }
    }
}

fn build(server: usize, ledger: &Arc<Ledger>, issued: &Arc<AtomicU64>) -> LocalCloudBuilder {
    let mut cloud = LocalCloud::builder().account(ID, SECRET);
    for role in 0..ROLES {
        cloud = cloud.account_with_token(format!("AKIDrole{role}"), SECRET, format!("token-{role}"));
    }
    let clock = Context::system();
    let issuer = {
        let (issued, clock) = (issued.clone(), clock.clone());
        move |_: &LocalRequest| issue(issued.fetch_add(1, Ordering::Relaxed), clock.clock.now())
    };
    let worker = {
        let ledger = ledger.clone();
        move |request: &LocalRequest| respond(&ledger, server, request)
    };
    for action in ["ReadThing", "CreateThing", "UploadThing", "ListThings"] {
        cloud = cloud.on(action, worker.clone());
    }
    for method in [Method::GET, Method::POST] {
        cloud = cloud.on_path(method, "/v1/things/{action}", worker.clone());
    }
    cloud.on("AssumeRole", issuer.clone()).on_path(Method::POST, "/v5/agencies/assume", issuer)
}

/// Temporary keys, in the form of every provider's STS.
fn issue(number: u64, now: SystemTime) -> LocalResponse {
    let role = number % ROLES;
    let (id, token) = (format!("AKIDrole{role}"), format!("token-{role}"));
    let unix = unix_seconds(now + LIFETIME);
    let ends = Utc::from_unix(unix).iso();
    LocalResponse::ok(json!({
        "ExpiredTime": unix,
        "Credentials": {
            "TmpSecretId": id, "TmpSecretKey": SECRET, "Token": token,
            "AccessKeyId": id, "AccessKeySecret": SECRET, "SecretAccessKey": SECRET,
            "SecurityToken": token, "SessionToken": token, "Expiration": ends, "ExpiredTime": ends,
        },
        "credentials": {
            "access_key_id": id, "secret_access_key": SECRET, "security_token": token, "expiration": ends,
        },
    }))
}

/// Does what the script of the call has for this request.
fn respond(ledger: &Ledger, server: usize, request: &LocalRequest) -> LocalResponse {
    let Some(call) = header(request, CALL).and_then(|text| text.parse().ok()) else {
        ledger.complain(format!("no number of a call: {request:?}"));
        return LocalResponse::hang_up();
    };
    let number = ledger.request(call, server);
    let script = header(request, SCRIPT).unwrap_or_default();
    let Some(step) = script.split(',').nth(number) else {
        ledger.complain(format!("call {call} sent request {} of `{script}`", number + 1));
        return LocalResponse::error("InvalidParameter", "a request too many");
    };
    let token = header(request, "X-Client-Token").or_else(|| request.param("ClientToken"));
    let execute = || ledger.execute(call, token.clone());
    let (busy, failed) = codes(request.provider);
    match step {
        "ok" => {
            execute();
            LocalResponse::ok(json!({ "Call": call }))
        }
        "large" => {
            execute();
            let things: Vec<_> =
                (0..2_000).map(|id| json!({ "Id": id, "Name": "one of many things" })).collect();
            LocalResponse::ok(json!({ "Call": call, "Things": things }))
        }
        "slow" => {
            execute();
            LocalResponse::ok(json!({ "Call": call })).after(Duration::from_millis(60))
        }
        "busy" => LocalResponse::error(busy, "too many calls"),
        "failed" => LocalResponse::error(failed, "try again").status(500),
        "gateway" => LocalResponse::raw(502, "text/html", "<html>bad gateway</html>"),
        "reset" => LocalResponse::hang_up(),
        "lost" => {
            execute();
            LocalResponse::hang_up()
        }
        "cut" => {
            execute();
            LocalResponse::pieces("application/json", ["{\"Response\":", "{\"Call\":"]).cut_off()
        }
        "page" => page(request),
        "upload" => {
            if size(request) == UPLOAD {
                execute();
                LocalResponse::ok(json!({ "Call": call }))
            } else {
                ledger.complain(format!("call {call} uploaded {} of {UPLOAD} bytes", size(request)));
                LocalResponse::error("InvalidParameter", "the upload is not whole")
            }
        }
        "document" => document(request, false),
        "torn" => document(request, true),
        "events" | "drip" => {
            let pause = if step == "drip" { 10 } else { 0 };
            let events = (0..PIECES).map(|number| json!({ "Note": number, "Call": call }));
            LocalResponse::events(events).pause(Duration::from_millis(pause))
        }
        _ => {
            ledger.complain(format!("no step {step}"));
            LocalResponse::hang_up()
        }
    }
}

fn header(request: &LocalRequest, name: &str) -> Option<String> {
    request.headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// The codes for a throttled call and for an internal error.
fn codes(provider: &str) -> (&'static str, &'static str) {
    match provider {
        "huawei" => ("APIGW.0308", "APIGW.0106"),
        "alibaba" => ("Throttling", "InternalError"),
        "volcengine" => ("FlowLimitExceeded", "InternalError"),
        _ => ("RequestLimitExceeded", "InternalError"),
    }
}

/// One page of the list, by offset or by the number of the page, in the case of every provider.
fn page(request: &LocalRequest) -> LocalResponse {
    let number = |names: [&str; 2]| {
        let text = names.iter().find_map(|name| {
            let of_query =
                || request.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
            request.param(name).or_else(of_query)
        });
        text.and_then(|text| text.parse::<usize>().ok())
    };
    let size = number(["Limit", "limit"]).or_else(|| number(["PageSize", "pageSize"])).unwrap_or(20);
    let begin = match number(["PageNumber", "pageNumber"]) {
        Some(page) => page.saturating_sub(1) * size,
        None => number(["Offset", "offset"]).unwrap_or(0),
    };
    let ids = begin..THINGS.min(begin + size);
    let upper: Vec<Value> = ids.clone().map(|id| json!({ "Id": id })).collect();
    let lower: Vec<Value> = ids.map(|id| json!({ "id": id })).collect();
    LocalResponse::ok(
        json!({ "TotalCount": THINGS, "Things": upper, "total_count": THINGS, "things": lower }),
    )
}

/// The number of bytes that were uploaded: in a form, as a parameter, or as the whole body.
fn size(request: &LocalRequest) -> usize {
    let param = || request.param("Data").map_or(request.body.len(), |data| data.len());
    request.file("file").map_or_else(param, |file| file.data.len())
}

/// A document in pieces, or its rest. A torn one breaks in the middle.
fn document(request: &LocalRequest, torn: bool) -> LocalResponse {
    let whole = PIECES * PIECE;
    let range = header(request, "Range");
    let begin: usize = range
        .as_deref()
        .and_then(|range| range.strip_prefix("bytes=")?.split('-').next()?.parse().ok())
        .unwrap_or(0);
    let end = if torn { whole / 2 } else { whole };
    let mut pieces = Vec::new();
    let mut at = begin;
    while at < end {
        let size = PIECE.min(end - at);
        pieces.push(vec![b'd'; size]);
        at += size;
    }
    let response = LocalResponse::pieces("application/octet-stream", pieces)
        .header("ETag", "\"soak\"")
        .header("Accept-Ranges", "bytes")
        .header("Content-Length", &(whole - begin).to_string());
    let response = match range {
        Some(_) => {
            response.status(206).header("Content-Range", &format!("bytes {begin}-{}/{whole}", whole - 1))
        }
        None => response,
    };
    if torn { response.cut_off() } else { response }
}

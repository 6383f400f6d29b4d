//! The HTTP server of the local cloud: connections, and the steps of one request.
//!
//! It contains no vendor's format. The vendors of `fake_cloud` check requests and write responses;
//! `rule.rs` finds the handler; `log.rs` keeps what arrived.

use std::sync::Arc;

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::log::{LocalRecord, Log, Verdict};
use super::pieces;
use super::rule::{self, Rule};
use crate::sign::encode::uuid;
use crate::telemetry::redact;
use crate::test_support::fake_cloud::{
    Label, LocalRequest, LocalResponse, Received, Refusal, State, Vendor, decode_form, of_shape, refused,
    scripted,
};

/// The largest request body, in bytes: more than any vendor accepts.
const BODY_CAP: usize = 16 * 1024 * 1024;

/// The state that all connections share.
#[derive(Debug)]
pub(super) struct Shared {
    /// Accounts, clock and used nonces.
    state: State,
    /// The rules, in the order in which they were added.
    rules: Vec<Rule>,
    /// The requests so far.
    pub(super) log: Log,
}

impl Shared {
    /// The state of a server that has received nothing.
    pub(super) fn new(state: State, rules: Vec<Rule>) -> Self {
        Self { state, rules, log: Log::default() }
    }
}

/// Serves until the future is dropped, which also ends its connections.
///
/// A connection is a task. A failed `accept`, for example for lack of file descriptors, is tried again.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        // Send small responses at once. If the option cannot be set, they only arrive later.
        let _ = stream.set_nodelay(true);
        let shared = shared.clone();
        connections.spawn(async move {
            let service = service_fn(|request| handle(&shared, request));
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

/// Handles one request. An error closes the connection.
///
/// A request is logged before its handler runs, so a handler that closes the connection leaves a record
/// without a status.
async fn handle(
    shared: &Shared,
    request: http::Request<Incoming>,
) -> Result<http::Response<pieces::Body>, std::io::Error> {
    let (head, body) = request.into_parts();
    let body = match Limited::new(body, BODY_CAP).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) => return Err(std::io::Error::other(error)),
    };
    let received = Received::new(head, body);
    let state = &shared.state;
    let vendor = of_shape(&received);
    let label = vendor.label(&received);
    let request_id = uuid(state.context.nonce());
    let checked = vendor.check(&received, state);
    let verdict = match &checked {
        Ok(_) => Verdict::Accepted,
        Err(refusal) => Verdict::Refused {
            code: refusal.code.clone(),
            message: refusal.message.clone(),
            string_to_sign: refusal.string_to_sign.clone(),
        },
    };
    let number = shared.log.add(record(state, vendor, &received, &label, verdict));
    let response = match checked {
        Err(refusal) => Reply::Refused(refusal),
        Ok(accepted) => {
            let mut request = LocalRequest {
                provider: vendor.name(),
                product: label.product.clone(),
                version: label.version.clone(),
                action: label.action.clone(),
                region: label.region.clone(),
                account: accepted.account,
                method: received.method.clone(),
                path: received.path.clone(),
                query: decode_form(&received.query).unwrap_or_default(),
                headers: received.headers.clone(),
                params: accepted.params,
                body: received.body.clone(),
                earlier: 0,
            };
            match rule::find(&shared.rules, &request) {
                None => Reply::Refused(no_rule(vendor.unknown(&label), &label.action, &shared.rules)),
                Some(rule) => match vendor.insist(&received, &label, &request.params) {
                    Err(refusal) => Reply::Refused(refusal),
                    Ok(()) => Reply::Scripted(rule.respond(&mut request)),
                },
            }
        }
    };
    let response = match response {
        Reply::Refused(refusal) => refused(vendor, &refusal, &request_id, state.now()),
        Reply::Scripted(response) => {
            if !response.delay.is_zero() {
                state.context.sleep.sleep(response.delay).await;
            }
            let response = scripted(vendor, response, &request_id, state.now());
            response.ok_or_else(|| std::io::Error::other("the handler closes the connection"))?
        }
    };
    shared.log.set_status(number, response.status());
    Ok(pieces::body(response, &state.context))
}

/// The refusal of an action that has no rule. A vendor would say only that it does not exist.
///
/// ```text
/// The API `DescribeVpcs` does not exist. (the local cloud has no rule for it: add `.on("DescribeVpcs",
/// …)`, or `--answer DescribeVpcs` of the command; its rules are: DescribeZones, GET /v1/{project_id}/vpcs)
/// ```
fn no_rule(mut refusal: Refusal, action: &str, rules: &[Rule]) -> Refusal {
    let (how, option) = match action.split_once(' ') {
        Some((method, path)) => {
            (format!(".on_path(Method::{method}, \"{path}\", …)"), format!("--answer '{action}'"))
        }
        None => (format!(".on(\"{action}\", …)"), format!("--answer {action}")),
    };
    let known: Vec<String> = rules.iter().map(|rule| rule.matcher.to_string()).collect();
    let known = if known.is_empty() {
        "it has no rules".to_owned()
    } else {
        format!("its rules are: {}", known.join(", "))
    };
    refusal.message = format!(
        "{} (the local cloud has no rule for it: add `{how}`, or `{option}` of the command; {known})",
        refusal.message
    );
    refusal
}

/// Where a response comes from. Both are written in the vendor's envelope.
enum Reply {
    /// A check failed, or no rule matches.
    Refused(Refusal),
    /// The response of a rule.
    Scripted(LocalResponse),
}

/// The record of a request, with secrets of the query masked. The headers are masked when they are
/// shown.
fn record(
    state: &State,
    vendor: &dyn Vendor,
    received: &Received,
    label: &Label,
    verdict: Verdict,
) -> LocalRecord {
    let mark = if received.query.is_empty() { "" } else { "?" };
    LocalRecord {
        time: state.now(),
        provider: vendor.name(),
        product: label.product.clone(),
        version: label.version.clone(),
        action: label.action.clone(),
        method: received.method.clone(),
        target: format!("{}{mark}{}", received.path, redact::query(&received.query)),
        body_len: received.body.len(),
        verdict,
        status: None,
        headers: received.headers.clone(),
    }
}

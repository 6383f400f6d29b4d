//! HTTP around the vendors: one connection after the other, on a loopback port.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, DATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use super::Account;
use super::answer::{Content, LocalAnswer};
use super::log::{LocalRecord, Log, Verdict};
use super::pieces;
use super::received::Received;
use super::request::LocalRequest;
use super::rule::{self, Rule};
use super::vendor::{Label, Refusal, VENDORS, Vendor, Wrapped};
use super::wire::decode_form;
use crate::context::Context;
use crate::redact;
use crate::sign::encode::uuid;

/// The largest body that is read: more than any vendor takes.
const BODY_CAP: usize = 16 * 1024 * 1024;

/// What all connections share.
#[derive(Debug)]
pub(super) struct State {
    accounts: Vec<Account>,
    rules: Vec<Rule>,
    anonymous: Vec<String>,
    context: Context,
    nonces: Mutex<HashSet<String>>,
    pub(super) log: Log,
}

impl State {
    pub(super) fn new(
        accounts: Vec<Account>,
        rules: Vec<Rule>,
        anonymous: Vec<String>,
        context: Context,
    ) -> Self {
        Self { accounts, rules, anonymous, context, nonces: Mutex::default(), log: Log::default() }
    }

    pub(super) fn account(&self, id: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.id == id)
    }

    pub(super) fn allows_unsigned(&self, action: &str) -> bool {
        self.anonymous.iter().any(|known| known == action)
    }

    pub(super) fn now(&self) -> SystemTime {
        self.context.clock.now()
    }

    /// Whether this nonce is new; it is not the next time.
    pub(super) fn take_nonce(&self, nonce: String) -> bool {
        self.nonces.lock().unwrap_or_else(PoisonError::into_inner).insert(nonce)
    }
}

type Answer = http::Response<Full<Bytes>>;

/// Serves until it is dropped; the connections end with it.
pub(super) async fn serve(listener: TcpListener, state: Arc<State>) {
    let mut connections = JoinSet::new();
    loop {
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            tokio::task::yield_now().await;
            continue;
        };
        // Small answers must not wait for the acknowledgement of others; without it they still arrive.
        let _ = stream.set_nodelay(true);
        let state = state.clone();
        connections.spawn(async move {
            let service = service_fn(|request| handle(&state, request));
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
}

/// One request. An error closes the connection.
async fn handle(
    state: &State,
    request: http::Request<Incoming>,
) -> Result<http::Response<pieces::Body>, std::io::Error> {
    let (head, body) = request.into_parts();
    let body = match Limited::new(body, BODY_CAP).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) => return Err(std::io::Error::other(error)),
    };
    let received = Received {
        method: head.method,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body,
    };
    let Some(vendor) = VENDORS.iter().find(|vendor| vendor.claims(&received)).or(VENDORS.last()).copied()
    else {
        return Err(std::io::Error::other("no vendor"));
    };
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
    let number = state.log.add(record(state, vendor, &received, &label, verdict));
    let answer = match checked {
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
            match rule::answer(&state.rules, &mut request) {
                Some(answer) => Reply::Scripted(answer),
                None => Reply::Refused(vendor.unknown(&label)),
            }
        }
    };
    let answer = match answer {
        Reply::Refused(refusal) => {
            document(state, vendor, vendor.failure(&refusal, &request_id), &request_id, None)
        }
        Reply::Scripted(answer) => {
            if !answer.delay.is_zero() {
                state.context.sleep.sleep(answer.delay).await;
            }
            scripted(state, vendor, answer, &request_id)?
        }
    };
    state.log.answered(number, answer.status());
    Ok(pieces::body(answer, &state.context))
}

enum Reply {
    Refused(Refusal),
    Scripted(LocalAnswer),
}

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

/// What a handler answered, in the vendor's envelope.
fn scripted(
    state: &State,
    vendor: &dyn Vendor,
    answer: LocalAnswer,
    request_id: &str,
) -> Result<Answer, std::io::Error> {
    let LocalAnswer { content, status, headers, .. } = answer;
    let mut response = match content {
        Content::HangUp => return Err(std::io::Error::other("the script hangs up")),
        Content::Ok(value) => document(state, vendor, vendor.success(value, request_id), request_id, status),
        Content::Error { code, message } => {
            let mut refusal = Refusal::new(code, message);
            refusal.status = status;
            document(state, vendor, vendor.failure(&refusal, request_id), request_id, status)
        }
        Content::Raw { content_type, body } => {
            let mut response = http::Response::new(Full::new(body));
            *response.status_mut() = status.unwrap_or(StatusCode::OK);
            if let Ok(content_type) = HeaderValue::from_str(&content_type) {
                response.headers_mut().insert(CONTENT_TYPE, content_type);
            }
            date(state, response.headers_mut());
            response
        }
        Content::Pieces { content_type, pieces } => {
            let mut response = http::Response::new(Full::default());
            *response.status_mut() = status.unwrap_or(StatusCode::OK);
            if let Ok(content_type) = HeaderValue::from_str(&content_type) {
                response.headers_mut().insert(CONTENT_TYPE, content_type);
            }
            response.extensions_mut().insert(pieces);
            date(state, response.headers_mut());
            response
        }
    };
    response.headers_mut().extend(headers);
    Ok(response)
}

fn document(
    state: &State,
    vendor: &dyn Vendor,
    wrapped: Wrapped,
    request_id: &str,
    status: Option<StatusCode>,
) -> Answer {
    let empty = wrapped.document.is_null();
    let text = if empty { String::new() } else { wrapped.document.to_string() };
    let mut response = http::Response::new(Full::new(Bytes::from(text)));
    *response.status_mut() = status.unwrap_or(wrapped.status);
    let headers = response.headers_mut();
    if !empty {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let (Some(name), Ok(id)) = (vendor.id_header(), HeaderValue::from_str(request_id)) {
        headers.insert(HeaderName::from_static(name), id);
    }
    date(state, headers);
    response
}

/// The cloud's own time, from which a client with a wrong clock learns.
fn date(state: &State, headers: &mut HeaderMap) {
    if let Ok(date) = HeaderValue::from_str(&httpdate::fmt_http_date(state.now())) {
        headers.insert(DATE, date);
    }
}

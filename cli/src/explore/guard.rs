//! Who may ask: the address has a token, and the browser's headers name this server and no other origin.
//!
//! A page of another site can make a browser send requests to 127.0.0.1, also under a name of its own (DNS
//! rebinding). It does not know the token, and its requests have another `Host`, `Origin` or
//! `Sec-Fetch-Site`.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{HOST, HeaderName, ORIGIN};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::exit::{Failure, Result};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The token and the names of one server.
#[derive(Debug)]
pub(super) struct Guard {
    token: String,
    port: u16,
}

impl Guard {
    /// A guard with a new token.
    pub(super) fn new(port: u16) -> Result<Self> {
        Ok(Self { token: random()?, port })
    }

    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// Why a request is refused.
    fn refusal(&self, request: &Request) -> Option<(StatusCode, &'static str)> {
        let header =
            |name: &HeaderName| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
        let hosts = [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)];
        let is_ours = |host: &str| hosts.iter().any(|known| known == host);
        if !header(&HOST).is_some_and(is_ours) {
            return Some((StatusCode::FORBIDDEN, "the Host header names another server"));
        }
        let origin = header(&ORIGIN);
        if origin.is_some_and(|origin| !origin.strip_prefix("http://").is_some_and(is_ours)) {
            return Some((StatusCode::FORBIDDEN, "the request comes from another origin"));
        }
        if header(&SEC_FETCH_SITE).is_some_and(|site| !matches!(site, "same-origin" | "none")) {
            return Some((StatusCode::FORBIDDEN, "the request comes from another site"));
        }
        let path = request.uri().path();
        let token = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        if !is_same(token, &self.token) {
            return Some((StatusCode::NOT_FOUND, "open the address that the command printed"));
        }
        None
    }
}

/// Lets a request through, or refuses it.
pub(super) async fn check(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    match guard.refusal(&request) {
        Some(refusal) => refusal.into_response(),
        None => next.run(request).await,
    }
}

/// 128 random bits as text.
pub(super) fn random() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::failed(format!("explore: no random bytes: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Compares without a hint of where the difference is.
fn is_same(one: &str, other: &str) -> bool {
    let difference = one.bytes().zip(other.bytes()).fold(0, |all, (one, other)| all | (one ^ other));
    one.len() == other.len() && difference == 0
}

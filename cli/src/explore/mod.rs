//! `explore`: a page on 127.0.0.1 that finds actions, makes a form of their facts, and shows and makes calls.
//!
//! `guard` decides who may ask, `api` responds to the page, `local` is the local cloud that the page calls.
//! The page is in `data/explore`: no build step, nothing from elsewhere.

mod api;
mod guard;
mod local;

use std::future::IntoFuture as _;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use api::Page;
use guard::Guard;

use crate::call::AFTER;
use crate::exit::{Failure, Result, print};

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// The port. Default: a free one.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// The page can also call the real cloud, with your credentials.
    #[arg(long)]
    real: bool,
    /// The region of calls that name none.
    #[arg(long)]
    region: Option<String>,
    /// The profile of the vendor's own files, for calls to the real cloud. Default: what the environment says.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// An endpoint in place of those of the real cloud.
    #[arg(long, value_name = "URL", value_parser = crate::call::endpoint)]
    endpoint: Option<cloudcall::endpoint::Endpoint>,
}

/// Serves the page, and prints its address. Ends when the process is stopped, or stdin ends if it is not a
/// terminal.
pub(crate) async fn run(args: Args) -> Result<()> {
    let wanted = args.port;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, wanted)).await.map_err(|error| {
        Failure::usage(format!(
            "usage: --port {wanted} cannot be used: {error}; leave it out for a free port"
        ))
    })?;
    let port = listener.local_addr()?.port();
    let guard = Guard::new(port)?;
    let address = format!("http://127.0.0.1:{port}/{}/", guard.token());
    let app = router(Page::new(args)?, guard);
    print(&address)?;
    let server = axum::serve(listener, app).into_future();
    tokio::select! {
        served = server => Ok(served?),
        () = end_of_stdin() => Ok(()),
    }
}

/// Returns when stdin ends: the page does not outlive the program that started it. A terminal has no end.
async fn end_of_stdin() {
    use std::io::IsTerminal as _;
    if std::io::stdin().is_terminal() {
        return std::future::pending().await;
    }
    let mut stdin = tokio::io::stdin();
    let mut buffer = [0; 64];
    while !matches!(stdin.read(&mut buffer).await, Ok(0) | Err(_)) {}
}

fn router(page: Page, guard: Guard) -> Router {
    let at = |path: &str| format!("/{}/{path}", guard.token());
    let html = || async { asset("text/html; charset=utf-8", include_str!("../../data/explore/index.html")) };
    let style = || async { asset("text/css; charset=utf-8", include_str!("../../data/explore/page.css")) };
    Router::new()
        .route(&at(""), get(html))
        .route(&at("page.css"), get(style))
        .route(&at("page.js"), get(|| async { script(include_str!("../../data/explore/page.js")) }))
        .route(&at("form.js"), get(|| async { script(include_str!("../../data/explore/form.js")) }))
        .route(&at("tree.js"), get(|| async { script(include_str!("../../data/explore/tree.js")) }))
        .route(&at("api/{operation}"), post(api::respond))
        .with_state(Arc::new(page))
        .layer(from_fn_with_state(Arc::new(guard), guard::check))
        .layer(map_response(protect))
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static(kind))], text).into_response()
}

fn script(text: &'static str) -> Response {
    asset("text/javascript; charset=utf-8", text)
}

/// What the browser may do with any response: load nothing from elsewhere, send no address, keep nothing.
async fn protect(mut response: Response) -> Response {
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                  base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, policy),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

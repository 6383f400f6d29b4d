//! A web service that calls a cloud.

// ANCHOR: axum
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use cloudcall::prelude::*;

/// One client for all requests: clones share its connections, credentials and limits.
pub fn app(client: Client<Tencent>) -> axum::Router {
    axum::Router::new().route("/zones", get(zones)).with_state(client)
}

async fn zones(State(client): State<Client<Tencent>>) -> Result<String, (StatusCode, String)> {
    let zones = client.raw("cvm", "2017-03-12", "DescribeZones").send().await.map_err(failed)?;
    Ok(zones["ZoneSet"].to_string())
}

/// `Display` of an error contains no secrets. A client that closes the connection cancels the call.
fn failed(error: Error) -> (StatusCode, String) {
    let status = if error.is_throttled() { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::BAD_GATEWAY };
    (status, error.to_string())
}
// ANCHOR_END: axum

//! What the page asks: operations in JSON, each with a response or an error in JSON.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use cloudcall::endpoint::Endpoint;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::Args;
use super::local::Keys;
use crate::exit::{Failure, Result};
use crate::operations::{Call, Called, Names, describe, message, search};
use crate::request::Options;

/// How many actions a search shows.
const MOST: usize = 50;

/// What the page can do.
#[derive(Debug)]
pub(super) struct Page {
    real: bool,
    region: Option<String>,
    profile: Option<String>,
    endpoint: Option<Endpoint>,
    keys: Keys,
}

#[derive(Debug, Deserialize)]
struct Words {
    words: String,
}

/// A call, and where it goes.
#[derive(Debug, Deserialize)]
struct Order {
    call: Call,
    /// To the real cloud, with the user's credentials.
    #[serde(default)]
    real: bool,
    /// The user has confirmed that the action may change something.
    #[serde(default)]
    confirmed: bool,
}

impl Page {
    pub(super) fn new(args: Args) -> Result<Self> {
        let Args { real, region, profile, endpoint, port: _ } = args;
        Ok(Self { real, region, profile, endpoint, keys: Keys::new()? })
    }

    /// The options of calls to the real cloud.
    fn real_options(&self) -> Result<Options> {
        if !self.real {
            return Err(Failure::usage("the page calls the local cloud only: start it with --real"));
        }
        Ok(Options {
            region: self.region.clone(),
            profile: self.profile.clone(),
            endpoint: self.endpoint.clone(),
            ..Options::default()
        })
    }

    /// The options of calls to the local cloud, which needs no region, but the signature of some clouds does.
    fn local_options(&self, cloud: &str, endpoint: Option<Endpoint>) -> Result<Options> {
        let usual = match cloud {
            "huawei" => "cn-north-4",
            "alibaba" => "cn-hangzhou",
            "volcengine" => "cn-beijing",
            _ => "ap-guangzhou",
        };
        Ok(Options {
            region: Some(self.region.clone().unwrap_or_else(|| usual.to_owned())),
            keys: Some(self.keys.credential()?),
            retries: Some(0),
            endpoint,
            ..Options::default()
        })
    }

    /// The response of an operation as JSON text; none if there is no such operation.
    async fn operation(&self, name: &str, body: &[u8]) -> Result<Option<String>> {
        Ok(Some(match name {
            "state" => json!({ "real": self.real, "region": self.region }).to_string(),
            "search" => {
                let words: Words = read(body)?;
                let (found, all) = search(&words.words, MOST)?;
                json!({ "found": found, "all": all }).to_string()
            }
            "describe" => describe(&read::<Names>(body)?)?.to_string(),
            "dry_run" => {
                let order: Order = read(body)?;
                let cloud = &order.call.cloud;
                let options =
                    if order.real { self.real_options()? } else { self.local_options(cloud, None)? };
                let prepared = order.call.prepare(options)?;
                json!({ "request": prepared.dry_run().await?, "rust": prepared.program }).to_string()
            }
            "call" => {
                let Called { response, note } = self.call(&read(body)?).await?;
                format!("{{\"response\":{response},\"note\":{}}}", json!(note))
            }
            _ => return Ok(None),
        }))
    }

    async fn call(&self, order: &Order) -> Result<Called> {
        if order.real {
            let prepared = order.call.prepare(self.real_options()?)?;
            if !prepared.readonly && !order.confirmed {
                let name = &prepared.names[2];
                return Err(Failure::usage(format!("{name} changes something: confirm it")));
            }
            return prepared.call().await;
        }
        // Checked before a server is started for it.
        order.call.prepare(self.local_options(&order.call.cloud, None)?)?;
        let cloud = self.keys.cloud(&order.call).await?;
        let options = self.local_options(&order.call.cloud, Some(cloud.endpoint()))?;
        order.call.prepare(options)?.call().await
    }
}

/// Reads what the page sent.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    cloudcall::json::from_slice(body)
        .map_err(|error| Failure::usage(format!("the request is wrong: {error}")))
}

/// Responds to the page.
pub(super) async fn respond(
    State(page): State<Arc<Page>>,
    Path(operation): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let is_json = headers.get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    let (status, text) = match is_json {
        false => (
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            json!({ "error": "the body is not application/json" }).to_string(),
        ),
        true => match page.operation(&operation, &body).await {
            Ok(Some(text)) => (StatusCode::OK, text),
            Ok(None) => (StatusCode::NOT_FOUND, json!({ "error": "there is no such operation" }).to_string()),
            Err(failure) => (StatusCode::BAD_REQUEST, json!({ "error": message(&failure) }).to_string()),
        },
    };
    (status, [(CONTENT_TYPE, "application/json")], text).into_response()
}

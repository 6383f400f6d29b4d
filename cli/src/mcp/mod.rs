//! `mcp`: a Model Context Protocol server on stdio, with the tools search, describe, dry_run and call.
//!
//! `tools` describes them, `policy` decides what may be called, and `operations` does the work.

mod policy;
mod tools;

use std::time::Duration;

use cloudcall::endpoint::Endpoint;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig,
};
use rmcp::service::{RequestContext, RoleServer, ServerInitializeError};
use rmcp::{ErrorData, ServerHandler, ServiceExt as _};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use policy::{Pattern, Policy};

use crate::call::{AFTER, endpoint, seconds};
use crate::exit::{Failure, Result};
use crate::operations::{Call, Names, describe, message, search};
use crate::request::Options;

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER)]
pub(crate) struct Args {
    /// Also call actions that change something: CLOUD/PRODUCT/ACTION, where a part may end with `*`. May be repeated.
    #[arg(long, value_name = "PATTERN")]
    allow: Vec<Pattern>,
    /// Never call these actions, even if they only read or are allowed. May be repeated.
    #[arg(long, value_name = "PATTERN")]
    deny: Vec<Pattern>,
    /// The region of calls that name none.
    #[arg(long)]
    region: Option<String>,
    /// The profile of the vendor's own files. Default: what the environment says.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// An endpoint in place of the usual ones, such as that of `cloudcall local`.
    #[arg(long, value_name = "URL", value_parser = endpoint)]
    endpoint: Option<Endpoint>,
    /// Time limit of each call in seconds. Default: 120.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,
    /// Size limit of a result in bytes; longer results are cut off.
    #[arg(long, value_name = "BYTES", default_value_t = 65_536)]
    max_bytes: usize,
}

/// Serves until stdin ends.
pub(crate) async fn run(args: Args) -> Result<()> {
    let server = Server {
        policy: Policy { allow: args.allow, deny: args.deny },
        region: args.region,
        profile: args.profile,
        endpoint: args.endpoint,
        timeout: args.timeout,
        max_bytes: args.max_bytes,
    };
    let failed = |error: String| Failure::failed(format!("mcp: {error}"));
    match server.serve((tokio::io::stdin(), tokio::io::stdout())).await {
        Ok(running) => running.waiting().await.map(|_| ()).map_err(|error| failed(error.to_string())),
        // The client went before it said anything.
        Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(failed(error.to_string())),
    }
}

/// The server of one client.
#[derive(Debug)]
struct Server {
    policy: Policy,
    region: Option<String>,
    profile: Option<String>,
    endpoint: Option<Endpoint>,
    timeout: Option<Duration>,
    max_bytes: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: String,
    #[serde(default)]
    limit: Option<usize>,
}

impl Server {
    fn options(&self) -> Options {
        Options {
            region: self.region.clone(),
            profile: self.profile.clone(),
            endpoint: self.endpoint.clone(),
            timeout: self.timeout,
            ..Options::default()
        }
    }

    /// The result of a tool as text, and what to note of it; none if there is no such tool.
    async fn tool(&self, name: &str, arguments: Value) -> Result<Option<(String, Option<String>)>> {
        let text = match name {
            "search" => {
                let words: Words = read(arguments)?;
                let (found, all) = search(&words.words, words.limit.unwrap_or(20).clamp(1, 100))?;
                json!({ "found": found, "all": all }).to_string()
            }
            "describe" => {
                let names: Names = read(arguments)?;
                describe(&names)?.to_string()
            }
            "dry_run" => {
                let call: Call = read(arguments)?;
                let prepared = call.prepare(self.options())?;
                let request = prepared.dry_run().await?;
                json!({ "request": request, "rust": prepared.program, "readonly": prepared.readonly })
                    .to_string()
            }
            "call" => {
                let call: Call = read(arguments)?;
                let prepared = call.prepare(self.options())?;
                self.policy.check(&prepared.names, prepared.readonly)?;
                let called = prepared.call().await?;
                return Ok(Some((called.response.to_string(), called.note)));
            }
            _ => return Ok(None),
        };
        Ok(Some((text, None)))
    }

    /// The text as a result, cut off at the limit, and the note.
    fn result(&self, text: String, note: Option<String>) -> CallToolResult {
        let mut result = self.shown(text);
        result.content.extend(note.map(ContentBlock::text));
        result
    }

    fn shown(&self, text: String) -> CallToolResult {
        if text.len() <= self.max_bytes {
            return CallToolResult::success(vec![ContentBlock::text(text)]);
        }
        let end = (0..=self.max_bytes).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        let note = format!(
            "Cut off after {end} of {} bytes. Ask for less: with `query`, or with parameters such as a limit.",
            text.len()
        );
        let shown = text.get(..end).unwrap_or_default().to_owned();
        CallToolResult::success(vec![ContentBlock::text(shown), ContentBlock::text(note)])
    }
}

/// The arguments of a tool.
fn read<T: DeserializeOwned>(arguments: Value) -> Result<T> {
    serde_json::from_value(arguments)
        .map_err(|error| Failure::usage(format!("the arguments are wrong: {error}")))
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("cloudcall", env!("CARGO_PKG_VERSION")))
            .with_instructions(
                "Find an action with `search`, read its parameters with `describe`, check a call with `dry_run`, and make it \
                 with `call`.",
            )
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> std::result::Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools::all()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> std::result::Result<CallToolResponse, ErrorData> {
        let arguments = Value::Object(request.arguments.unwrap_or_default());
        match self.tool(&request.name, arguments).await {
            Ok(Some((text, note))) => Ok(self.result(text, note).into()),
            Ok(None) => {
                let what = format!("there is no tool `{}`: list the tools", request.name);
                Err(ErrorData::invalid_params(what, None))
            }
            Err(failure) => Ok(CallToolResult::error(vec![ContentBlock::text(message(&failure))]).into()),
        }
    }
}

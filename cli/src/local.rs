//! A local cloud as a server: for trying out clients in any language without an account.
//!
//! It verifies the signature of every request as a vendor would, and writes a line about each. It ends when its standard
//! input does, so it never outlives the program that started it.

use std::time::Duration;

use cloudcall::http::Method;
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalCloudBuilder, LocalRequest, LocalResponse};
use tokio::io::AsyncReadExt as _;

use crate::exit::{Failure, Result, print};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "The first line on stdout is the address. A line for each request follows, until stdin ends."
)]
pub(crate) struct Args {
    /// Keys that it knows; with a token they are temporary keys.
    #[arg(long, value_name = "ID:SECRET[:TOKEN]")]
    account: Vec<String>,
    /// Responds to an action (DescribeZones) or a method and path ('GET /v1/{project_id}/vpcs') with a document.
    /// Without JSON, the document is {"Received": the parameters of the request}.
    #[arg(long, value_name = "NAME[=JSON]")]
    answer: Vec<String>,
    /// An action that needs no signature.
    #[arg(long, value_name = "NAME")]
    anonymous: Vec<String>,
}

/// Serves until standard input ends.
pub(crate) async fn run(args: &Args) -> Result<()> {
    let mut builder = LocalCloud::builder();
    for keys in &args.account {
        builder = account(builder, keys)?;
    }
    for rule in &args.answer {
        builder = answer(builder, rule)?;
    }
    for name in &args.anonymous {
        builder = builder.anonymous(name);
    }
    serve(builder).await
}

async fn serve(builder: LocalCloudBuilder) -> Result<()> {
    let cloud = builder.start().await?;
    print(&cloud.url())?;
    let mut stdin = tokio::io::stdin();
    let mut buffer = [0; 64];
    loop {
        // Requests are listed soon after their response; what is typed does not matter, only that it ends.
        let read = tokio::time::timeout(Duration::from_millis(20), stdin.read(&mut buffer)).await;
        list(&cloud)?;
        if let Ok(read) = read
            && read? == 0
        {
            return Ok(());
        }
    }
}

/// Writes a line for each new request. They are not kept: the command may run for days.
fn list(cloud: &LocalCloud) -> Result<()> {
    for request in cloud.take_requests() {
        let status = request.status.map_or("no answer".to_owned(), |status| status.as_u16().to_string());
        print(&format!("{} {} {} {:?}", request.provider, request.action, status, request.verdict))?;
    }
    Ok(())
}

fn account(builder: LocalCloudBuilder, keys: &str) -> Result<LocalCloudBuilder> {
    let mut parts = keys.splitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(id), Some(secret), None) => Ok(builder.account(id, secret)),
        (Some(id), Some(secret), Some(token)) => Ok(builder.account_with_token(id, secret, token)),
        // The text may be half of a secret: it is not repeated.
        _ => Err(Failure::usage("usage: --account takes ID:SECRET or ID:SECRET:TOKEN")),
    }
}

fn answer(builder: LocalCloudBuilder, rule: &str) -> Result<LocalCloudBuilder> {
    let (name, document) = match rule.split_once('=') {
        Some((name, text)) => {
            let document = serde_json::from_str::<Value>(text)
                .map_err(|error| Failure::usage(format!("usage: --answer {name}: not JSON: {error}")))?;
            (name, Some(document))
        }
        None => (rule, None),
    };
    let react = move |request: &LocalRequest| {
        LocalResponse::ok(document.clone().unwrap_or_else(|| json!({ "Received": request.params })))
    };
    match name.split_once(' ') {
        None => Ok(builder.on(name, react)),
        Some((method, path)) => {
            let method = method.parse::<Method>().map_err(|_| {
                Failure::usage(format!("usage: --answer {name}: {method:?} is not an HTTP method"))
            })?;
            Ok(builder.on_path(method, path, react))
        }
    }
}

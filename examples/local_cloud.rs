//! A cloud on a loopback port as a program of its own: for trying out clients in any language without an account.
//!
//! ```text
//! cargo run --example local_cloud -- --account ID:SECRET --answer DescribeZones='{"TotalCount": 0}'
//! ```
//!
//! It prints its address, checks the signature of every request as a vendor would, and writes a line about each. It ends
//! when its standard input does, so it never outlives the program that started it.

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use cloudcall::http::Method;
use cloudcall::json::{Value, json};
use cloudcall::local::{LocalCloud, LocalCloudBuilder, LocalRequest, LocalResponse};
use lexopt::prelude::*;
use tokio::io::AsyncReadExt as _;

const HELP: &str = "
Start a cloud on a port of 127.0.0.1 that answers requests of Tencent Cloud, Huawei Cloud, Alibaba Cloud and Volcengine
clients.

Usage: local_cloud --account ID:SECRET[:TOKEN]... --answer NAME[=JSON]... [--anonymous NAME]...

Options
  --account ID:SECRET[:TOKEN]  keys that it knows; with a token they are temporary keys
  --answer NAME[=JSON]         answers an action (DescribeZones) or a method and path ('GET /v1/{project_id}/vpcs')
                               with that document; without JSON, with {\"Received\": the parameters it got}
  --anonymous NAME             an action that needs no signature
  --help                       print this

The first line on stdout is the address; then comes one line for each request, until stdin ends.
";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let builder = match read(lexopt::Parser::from_env()) {
        Ok(Some(builder)) => builder,
        Ok(None) => {
            print!("{}", HELP.trim_start());
            return ExitCode::SUCCESS;
        }
        Err(what) => {
            eprintln!("usage: {what}; `local_cloud --help` shows all options");
            return ExitCode::from(2);
        }
    };
    match serve(builder).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(3)
        }
    }
}

async fn serve(builder: LocalCloudBuilder) -> Result<(), Box<dyn Error>> {
    let cloud = builder.start().await?;
    say(&cloud.url())?;
    let mut stdin = tokio::io::stdin();
    let mut seen = 0;
    let mut buffer = [0; 64];
    loop {
        // Requests are told soon after they were answered; what is typed does not matter, only that it ends.
        let read = tokio::time::timeout(Duration::from_millis(20), stdin.read(&mut buffer)).await;
        seen = tell(&cloud, seen)?;
        if let Ok(read) = read
            && read? == 0
        {
            return Ok(());
        }
    }
}

/// Writes a line for each request after the first `seen`, and says how many there were by then.
fn tell(cloud: &LocalCloud, seen: usize) -> std::io::Result<usize> {
    let requests = cloud.requests();
    for request in requests.iter().skip(seen) {
        let status = request.status.map_or("no answer".to_owned(), |status| status.as_u16().to_string());
        say(&format!("{} {} {} {:?}", request.provider, request.action, status, request.verdict))?;
    }
    Ok(requests.len())
}

fn say(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()?;
    Ok(())
}

/// The cloud that the command line asks for; none if it asks for help.
fn read(mut args: lexopt::Parser) -> Result<Option<LocalCloudBuilder>, lexopt::Error> {
    let mut builder = LocalCloud::builder();
    while let Some(arg) = args.next()? {
        builder = match arg {
            Long("account") => account(builder, &args.value()?.string()?)?,
            Long("answer") => answer(builder, &args.value()?.string()?)?,
            Long("anonymous") => builder.anonymous(&args.value()?.string()?),
            Long("help") => return Ok(None),
            other => return Err(other.unexpected()),
        };
    }
    Ok(Some(builder))
}

fn account(builder: LocalCloudBuilder, keys: &str) -> Result<LocalCloudBuilder, lexopt::Error> {
    let mut parts = keys.splitn(3, ':');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(id), Some(secret), None) => Ok(builder.account(id, secret)),
        (Some(id), Some(secret), Some(token)) => Ok(builder.account_with_token(id, secret, token)),
        // What was written may be half of a secret: it is not repeated.
        _ => Err("--account wants ID:SECRET or ID:SECRET:TOKEN".into()),
    }
}

fn answer(builder: LocalCloudBuilder, rule: &str) -> Result<LocalCloudBuilder, lexopt::Error> {
    let (name, document) = match rule.split_once('=') {
        Some((name, text)) => {
            let document = serde_json::from_str::<Value>(text)
                .map_err(|error| format!("--answer {name}: not JSON: {error}"))?;
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
            let method = method
                .parse::<Method>()
                .map_err(|_| format!("--answer {name}: {method:?} is no HTTP method"))?;
            Ok(builder.on_path(method, path, react))
        }
    }
}

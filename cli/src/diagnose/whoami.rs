//! `whoami`: whose credentials a call would use, and where they come from.

use cloudcall::client::ClientBuilder;
use cloudcall::credential::{CredentialsReport, Identity};
use cloudcall::endpoint::Endpoint;
use cloudcall::provider::Provider;
use cloudcall::sign::time::{Utc, unix_seconds};
use cloudcall::{Alibaba, Client, Huawei, Tencent, Volcengine};
use serde_json::{Value, json};

use crate::exit::{Result, print};
use crate::request::{Cloud, chain};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Prints the source of the credentials, the id of the key with its middle masked, when the keys expire, why other sources were
skipped, and what the cloud says of the owner: every cloud is asked by GetCallerIdentity of STS, which needs no permission.")]
pub(crate) struct Args {
    /// The cloud.
    cloud: Cloud,
    /// The profile of the vendor's own files.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The region, such as ap-guangzhou.
    #[arg(long)]
    region: Option<String>,
    /// An endpoint in place of the usual one.
    #[arg(long, value_name = "URL", value_parser = crate::call::endpoint)]
    endpoint: Option<Endpoint>,
    /// Do not ask the cloud.
    #[arg(long)]
    offline: bool,
}

/// Prints who signs.
pub(crate) async fn run(args: &Args) -> Result<()> {
    let (report, owner) = match args.cloud {
        Cloud::Tencent | Cloud::Qcloud => ask(Client::<Tencent>::builder(), args).await,
        Cloud::Huawei => ask(Client::<Huawei>::builder(), args).await,
        Cloud::Alibaba => ask(Client::<Alibaba>::builder(), args).await,
        Cloud::Volcengine => ask(Client::<Volcengine>::builder(), args).await,
    }?;
    let mut found = shown(&report);
    found["cloud"] = args.cloud.name().into();
    if let Some(Identity { account, user, role, session, arn, id, .. }) = owner {
        found["identity"] = json!({
            "account": account, "user": user, "role": role, "session": session, "arn": arn, "id": id,
        });
    }
    print(&serde_json::to_string_pretty(&found).unwrap_or_default())
}

/// Where the credentials come from, and whose they are unless the cloud is not to be asked.
async fn ask<P: Provider>(
    builder: ClientBuilder<P>,
    args: &Args,
) -> Result<(CredentialsReport, Option<Identity>)> {
    let mut builder = builder.credentials(chain(args.cloud, args.profile.as_deref()));
    if let Some(region) = &args.region {
        builder = builder.region(region);
    }
    if let Some(endpoint) = &args.endpoint {
        builder = builder.endpoint(endpoint.clone());
    }
    let client = builder.build()?;
    let report = client.credentials_report().await?;
    let owner = if args.offline { None } else { Some(client.identity().await?) };
    Ok((report, owner))
}

fn shown(report: &CredentialsReport) -> Value {
    let skipped = report.skipped.iter();
    let mut found = json!({
        "source": report.source, "key_id": report.key_id, "temporary": report.temporary,
        "expires": report.expiry.map(|expiry| Utc::from_unix(unix_seconds(expiry)).iso()),
        "skipped": skipped.map(|skipped| json!({ "source": skipped.source, "reason": skipped.reason })).collect::<Value>(),
    });
    if let Some(project) = &report.project_id {
        found["project_id"] = project.as_str().into();
    }
    if let Some(source) = &report.exchanged_for {
        found["exchanged_for"] = shown(source);
    }
    found
}

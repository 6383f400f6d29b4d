//! `whoami`: whose credentials a call would use, and where they come from.

use cloudcall::action::ActionInfo;
use cloudcall::context::Context;
use cloudcall::credential::{Credential, ProvideCredential as _};
use cloudcall::endpoint::Endpoint;
use cloudcall::http::Method;
use serde_json::{Value, json};

use crate::exit::{Failure, Result, print};
use crate::request::{Cloud, Options, Request, chain};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Prints the source of the credentials, the id of the key with its middle masked, and what the cloud says of its owner.
Tencent Cloud, Alibaba Cloud and Volcengine are asked by GetCallerIdentity, Huawei Cloud by KeystoneListAuthDomains.")]
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
    let credential = chain(args.cloud, args.profile.as_deref()).provide(&Context::system()).await;
    let credential = credential.map_err(|error| Failure::usage(format!("credentials: {error}")))?;
    let mut found = json!({
        "cloud": args.cloud.name(), "source": credential.source(), "key_id": shortened(credential.id()),
        "temporary": credential.token().is_some(),
    });
    if let Some(project) = credential.project_id() {
        found["project_id"] = project.into();
    }
    if !args.offline {
        let text = identity(args, credential).send().await?;
        found["identity"] = serde_json::from_str(&text).unwrap_or(Value::String(text));
    }
    print(&serde_json::to_string_pretty(&found).unwrap_or_default())
}

/// The call that names the owner of a key.
fn identity(args: &Args, credential: Credential) -> Request {
    let region = |usual: &str| Some(args.region.clone().unwrap_or_else(|| usual.to_owned()));
    let (info, region) = match args.cloud {
        // The service is the same in every region; the request must name one.
        Cloud::Tencent | Cloud::Qcloud => {
            (ActionInfo::new("sts", "2018-08-13", "GetCallerIdentity"), region("ap-guangzhou"))
        }
        Cloud::Alibaba => (ActionInfo::new("sts", "2015-04-01", "GetCallerIdentity"), region("cn-hangzhou")),
        Cloud::Volcengine => {
            (ActionInfo::new("sts", "2018-01-01", "GetCallerIdentity"), region("cn-beijing"))
        }
        Cloud::Huawei => {
            let info = ActionInfo::new("iam", "v3", "KeystoneListAuthDomains").with_method(Method::GET);
            (info.with_path("/v3/auth/domains"), region("cn-north-4"))
        }
    };
    let info = if args.cloud == Cloud::Volcengine { info.with_method(Method::GET) } else { info };
    let cloud = if args.cloud == Cloud::Qcloud { Cloud::Tencent } else { args.cloud };
    let options =
        Options { region, keys: Some(credential), endpoint: args.endpoint.clone(), ..Options::default() };
    Request { cloud, info: info.readonly(), given: Vec::new(), options }
}

/// The beginning and the end of the id of a key.
fn shortened(id: &str) -> String {
    let chars: Vec<char> = id.chars().collect();
    match chars.as_slice() {
        [a, b, c, d, .., x, y] if chars.len() > 8 => format!("{a}{b}{c}{d}****{x}{y}"),
        _ => "****".to_owned(),
    }
}

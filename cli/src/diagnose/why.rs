//! `why`: reads a refused or captured request, and says which part of its signature differs.

use std::io::Read as _;
use std::time::SystemTime;

use cloudcall::context::Context;
use cloudcall::credential::ProvideCredential as _;
use cloudcall::local::Verdict;

use super::captured::Captured;
use super::variants::variants;
use super::verify::{cloud, verdict};
use crate::exit::{Failure, REFUSED, Result, print};
use crate::request::{Cloud, chain};

/// How far a service lets clocks differ, in seconds: the least of the clouds.
const SKEW: u64 = 300;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The request is METHOD URL, header lines, an empty line and the body, as a proxy or a log writes it. It must hold its real
signature. The credentials are those of `cloudcall call`; the request is verified here, and nothing is sent to the cloud.
Exit codes: 0 the signature fits, 1 it does not.")]
pub(crate) struct Args {
    /// The cloud that refused the request. Default: what its headers say.
    #[arg(long)]
    cloud: Option<Cloud>,
    /// The profile of the vendor's own files.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The file with the request. Default: stdin.
    file: Option<std::path::PathBuf>,
}

/// Prints the part that differs.
pub(crate) async fn run(args: &Args) -> Result<()> {
    let request = Captured::read(&input(args)?)?;
    let kind = match args.cloud.or_else(|| guess(&request)) {
        Some(kind) => kind,
        None => return Err(Failure::usage("usage: the request names no cloud: add --cloud")),
    };
    let context = Context::system();
    let credential = chain(kind, args.profile.as_deref()).provide(&context).await;
    let credential = credential.map_err(|error| Failure::usage(format!("credentials: {error}")))?;
    let now = context.clock.now();
    let time = request.time().unwrap_or(now);
    let cloud = cloud(&credential, time).await?;
    let Some(first) = verdict(&cloud, &request).await? else {
        return Err(Failure::new(REFUSED, "the request is not HTTP that a service can read"));
    };
    if first.is_accepted() {
        return print(&format!("signature: it fits these credentials\n{}", age(time, now)));
    }
    let mut out = match &first {
        Verdict::Refused { code, message, string_to_sign } => {
            let mut out = format!("refused: {code}: {message}\n");
            if let Some(text) = string_to_sign {
                out.push_str(&format!("what the service signs:\n{}\n", indented(text)));
            }
            out
        }
        _ => String::new(),
    };
    let mut differs = None;
    for variant in variants(&request) {
        if let Some(found) = verdict(&cloud, &variant.request).await?
            && found.is_accepted()
        {
            differs = Some(variant);
            break;
        }
    }
    match differs {
        Some(variant) => out.push_str(&format!("differs: {}\n{}\n", variant.part, variant.what)),
        None => out.push_str(
            "differs: no single change of method, path, query, headers or body makes the signature fit\n\
             Compare the text above with the one that your client signed; if they are equal, the secret key differs.\n",
        ),
    }
    out.push_str(&age(time, now));
    print(&out)?;
    Err(Failure::new(REFUSED, "the signature does not fit: see above"))
}

#[allow(clippy::disallowed_methods, reason = "the file is the user's data, of any size")]
fn input(args: &Args) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match &args.file {
        Some(path) => {
            bytes = std::fs::read(path).map_err(|error| {
                Failure::usage(format!("usage: `{}` cannot be read: {error}", path.display()))
            })?;
        }
        None => {
            std::io::stdin().read_to_end(&mut bytes)?;
        }
    }
    Ok(bytes)
}

/// The cloud by its own headers.
fn guess(request: &Captured) -> Option<Cloud> {
    let authorization = request.header("authorization").unwrap_or_default();
    let has = |name: &str| request.header(name).is_some();
    if authorization.starts_with("TC3-") || has("x-tc-action") {
        Some(Cloud::Tencent)
    } else if ["ACS3-", "ACS4-", "LOG "].iter().any(|scheme| authorization.starts_with(scheme))
        || authorization.starts_with("acs ")
        || has("x-acs-action")
    {
        Some(Cloud::Alibaba)
    } else if authorization.contains("SDK-") || authorization.starts_with("V11-") || has("x-sdk-date") {
        Some(Cloud::Huawei)
    } else if authorization.starts_with("HMAC-SHA256") || has("x-date") {
        Some(Cloud::Volcengine)
    } else if request.query("SignatureNonce").is_some() {
        Some(Cloud::Alibaba)
    } else if request.query("SecretId").is_some() {
        Some(Cloud::Tencent)
    } else {
        None
    }
}

/// What the age of the signature means.
fn age(time: SystemTime, now: SystemTime) -> String {
    let seconds =
        now.duration_since(time).or_else(|_| time.duration_since(now)).unwrap_or_default().as_secs();
    let side = if time > now { "in the future" } else { "old" };
    match seconds > SKEW {
        true => format!(
            "time: the signature is {seconds} s {side}; services accept about {SKEW} s: check the clock, or sign anew"
        ),
        false => format!("time: the signature is {seconds} s {side}, which is fine"),
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

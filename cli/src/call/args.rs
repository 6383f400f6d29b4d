//! The command line of `call`.

use std::time::Duration;

use cloudcall::action::CallStyle;
use cloudcall::endpoint::Endpoint;
use cloudcall::http::Method;
use cloudcall::sign::encode::members;

use crate::exit::{Failure, Result};
use crate::request::Cloud;

/// What every program that takes credentials says at the end of its help.
pub(crate) const AFTER: &str = "\
Credentials come from the environment or the profile file, as with the vendor's own SDK:
  tencent, qcloud  TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_TOKEN
  huawei           HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_PROJECT_ID
  alibaba          ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET
  volcengine       VOLCENGINE_ACCESS_KEY, VOLCENGINE_SECRET_KEY, VOLCENGINE_SESSION_TOKEN
SSL_CERT_FILE, http_proxy, https_proxy and no_proxy apply, too.

Exit codes: 0 the response is on stdout; 1 the service responded with an error; 2 the command line, the
configuration or the credentials are wrong; 3 there is no usable response, or not the whole one.";

#[derive(Debug, clap::Args)]
#[command(after_help = AFTER, args_override_self = true)]
pub(crate) struct Args {
    /// The cloud; qcloud is Tencent Cloud's legacy API 2.0.
    #[arg(long, hide_possible_values = false)]
    pub(super) cloud: Cloud,
    /// The product, such as cvm, vpc or ecs.
    #[arg(long)]
    pub(super) product: String,
    /// The API version, such as 2017-03-12 or v3. Optional for qcloud and huawei.
    #[arg(long)]
    version: Option<String>,
    /// The action, such as DescribeZones.
    #[arg(long)]
    pub(super) action: String,
    /// The region, such as ap-guangzhou.
    #[arg(long)]
    pub(super) region: Option<String>,
    /// An endpoint in place of the usual one, such as http://127.0.0.1:8080.
    #[arg(long, value_name = "URL", value_parser = endpoint)]
    pub(super) endpoint: Option<Endpoint>,
    /// The HTTP method.
    #[arg(long, value_parser = method)]
    pub(super) method: Option<Method>,
    /// The path of a REST call, such as /v1/{project_id}/vpcs/{vpc_id}. Huawei Cloud needs it, and Alibaba Cloud's ROA APIs.
    #[arg(long, value_parser = path)]
    pub(super) path: Option<String>,
    /// The style of an Alibaba Cloud call.
    #[arg(long)]
    pub(super) style: Option<Style>,
    /// The signature scheme, such as TC3-HMAC-SHA256, HmacSHA1, SDK-HMAC-SHA256 or ACS3-HMAC-SHA256.
    #[arg(long, value_name = "SCHEME")]
    pub(super) sign_method: Option<String>,
    /// An object of parameters by wire name; members that --path names in braces go there.
    #[arg(long, value_name = "JSON")]
    pub(super) params: Option<String>,
    /// The whole body, if parameters are not the body.
    #[arg(long, value_name = "JSON")]
    pub(super) body: Option<String>,
    /// A parameter of the query; may be repeated.
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub(super) query: Vec<(String, String)>,
    /// A header; may be repeated.
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub(super) header: Vec<(String, String)>,
    /// Attempts after the first. Default: 2.
    #[arg(long, value_name = "N")]
    pub(super) retries: Option<u32>,
    /// Time limit of the whole call in seconds. Default: 120.
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) timeout: Option<Duration>,
    /// Print the signed request with its secrets masked, and send nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
}

/// The styles of Alibaba Cloud.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(super) enum Style {
    Rpc,
    Roa,
}

impl From<Style> for CallStyle {
    fn from(style: Style) -> Self {
        match style {
            Style::Rpc => Self::Rpc,
            Style::Roa => Self::Roa,
        }
    }
}

impl Args {
    /// Checks what clap cannot check without quoting values that may hold secrets, and returns the version.
    pub(super) fn checked(&self) -> Result<&str> {
        if let Some(params) = &self.params {
            members(params.as_bytes())
                .map_err(|error| Failure::usage(format!("usage: --params is not a JSON object: {error}")))?;
        }
        if let Some(body) = &self.body {
            serde_json::from_str::<serde::de::IgnoredAny>(body)
                .map_err(|error| Failure::usage(format!("usage: --body is not JSON: {error}")))?;
        }
        match (&self.version, self.cloud) {
            (Some(version), _) => Ok(version),
            (None, Cloud::Qcloud | Cloud::Huawei) => Ok(""),
            (None, cloud) => {
                Err(Failure::usage(format!("usage: --version is missing: --cloud {} needs it", cloud.name())))
            }
        }
    }
}

/// `NAME=VALUE`.
pub(crate) fn pair(text: &str) -> std::result::Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("it is not of the form NAME=VALUE".to_owned()),
    }
}

/// A number of seconds, which may have a fraction.
pub(crate) fn seconds(text: &str) -> std::result::Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "it is not a number of seconds")?;
    let limit = Duration::try_from_secs_f64(seconds).ok().filter(|limit| !limit.is_zero());
    limit.ok_or_else(|| "it is not a number of seconds above zero".to_owned())
}

/// An endpoint, with or without a scheme.
pub(crate) fn endpoint(text: &str) -> std::result::Result<Endpoint, String> {
    text.parse().map_err(|error: cloudcall::Error| error.to_string())
}

fn method(text: &str) -> std::result::Result<Method, String> {
    text.to_ascii_uppercase().parse().map_err(|_| "it is not an HTTP method".to_owned())
}

fn path(text: &str) -> std::result::Result<String, String> {
    match text.starts_with('/') {
        true => Ok(text.to_owned()),
        false => Err("a path begins with `/`".to_owned()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn parsed(line: &str) -> std::result::Result<Args, String> {
        let words = std::iter::once("call").chain(line.split(' ').filter(|word| !word.is_empty()));
        let args = Line::try_parse_from(words).map_err(|error| error.to_string())?.args;
        args.checked().map_err(|failure| failure.message)?;
        Ok(args)
    }

    const BASE: &str = "--cloud tencent --product cvm --version 2017-03-12 --action A";

    #[test]
    fn all_options_are_read() {
        let line = format!(
            "{BASE} --region=r --endpoint http://127.0.0.1:1 --method get --path /v1/{{id}} --style roa \
             --sign-method S --query a=b=c --query d= --header X-A=1 --params {{\"id\":1}} --body [1] --retries 0 \
             --timeout 0.5 --dry-run"
        );
        let args = parsed(&line).unwrap();
        assert_eq!(args.region.as_deref(), Some("r"));
        assert_eq!((args.method, args.style.map(CallStyle::from)), (Some(Method::GET), Some(CallStyle::Roa)));
        assert_eq!(args.query, [("a".into(), "b=c".into()), ("d".into(), String::new())]);
        assert_eq!((args.retries, args.timeout), (Some(0), Some(Duration::from_millis(500))));
        assert!(args.dry_run && args.body.is_some() && args.params.is_some() && args.path.is_some());
        assert_eq!(parsed("--cloud qcloud --product cvm --action A").unwrap().checked().unwrap(), "");
    }

    #[test]
    fn mistakes_are_named() {
        for (more, wanted) in [
            ("--nonsense 1", "'--nonsense'"),
            ("--region", "'--region"),
            ("stray", "stray"),
            ("--query x", "NAME=VALUE"),
            ("--params [1]", "not a JSON object"),
            ("--body {", "not JSON"),
            ("--timeout 0", "above zero"),
            ("--timeout x", "number of seconds"),
            ("--retries -1", "-1"),
            ("--style soap", "soap"),
            ("--path v1", "begins with"),
            ("--endpoint ftp://x", "scheme"),
            ("--method G;T", "HTTP method"),
        ] {
            let error = parsed(&format!("{BASE} {more}")).unwrap_err();
            assert!(error.contains(wanted), "{more}: {error}");
        }
        assert!(parsed("--product cvm --action A").unwrap_err().contains("--cloud"));
        assert!(
            parsed("--cloud alibaba --product e --action A").unwrap_err().contains("--version is missing")
        );
    }
}

//! The command line of `call`.

use std::ffi::OsString;
use std::time::Duration;

use cloudcall::action::CallStyle;
use cloudcall::endpoint::Endpoint;
use cloudcall::http::Method;
use cloudcall::sign::encode::members;

/// What `--help` prints.
pub(super) const HELP: &str = "
Call any action of Tencent Cloud, Huawei Cloud, Alibaba Cloud or Volcengine and print its answer as JSON.

Usage: call --cloud CLOUD --product P --version V --action A [OPTIONS]

What to call
  --cloud CLOUD         tencent, qcloud (Tencent's legacy API 2.0), huawei, alibaba or volcengine
  --product P           the product, such as cvm, vpc or ecs
  --version V           the API version, such as 2017-03-12 or v3 (qcloud and huawei: may be left out)
  --action A            the action, such as DescribeZones
  --region R            the region, such as ap-guangzhou
  --endpoint URL        a host instead of the usual one, such as http://127.0.0.1:8080
  --method M            the HTTP method
  --path PATH           the path of a REST call, such as /v1/{project_id}/vpcs/{vpc_id}
  --style rpc|roa       the style of an Alibaba Cloud call
  --sign-method S       how to sign, such as TC3-HMAC-SHA256, HmacSHA1, SDK-HMAC-SHA256 or ACS3-HMAC-SHA256

What to send
  --params JSON         an object of parameters by wire name; members that --path names in braces go there
  --body JSON           the whole body, where parameters are no body
  --query NAME=VALUE    a parameter of the query; may be repeated
  --header NAME=VALUE   a header; may be repeated

How to send
  --retries N           attempts after the first (default 2)
  --timeout SECONDS     a limit for the whole call (default 120)
  --dry-run             print the signed request with its secrets masked, and send nothing
  --help                print this

Keys come from the environment or the profile file, as with the vendor's own SDK:
  tencent, qcloud       TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_TOKEN
  huawei                HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_PROJECT_ID
  alibaba               ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET
  volcengine            VOLCENGINE_ACCESS_KEY, VOLCENGINE_SECRET_KEY, VOLCENGINE_SESSION_TOKEN
SSL_CERT_FILE, http_proxy, https_proxy and no_proxy are heeded too.

Exit status: 0 the answer is on stdout; 1 the service answered with an error; 2 the command line or the
configuration is wrong; 3 there was no answer, or none that can be used.

Example: call --cloud tencent --product cvm --version 2017-03-12 --action DescribeZones --region ap-guangzhou
";

/// A command line that makes sense.
#[derive(Debug)]
pub(super) struct Args {
    pub(super) cloud: String,
    pub(super) product: String,
    pub(super) version: String,
    pub(super) action: String,
    pub(super) region: Option<String>,
    pub(super) endpoint: Option<Endpoint>,
    pub(super) method: Option<Method>,
    pub(super) path: Option<String>,
    pub(super) style: Option<CallStyle>,
    pub(super) sign_method: Option<String>,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) params: Option<String>,
    pub(super) body: Option<String>,
    pub(super) retries: Option<u32>,
    pub(super) timeout: Option<Duration>,
    pub(super) dry_run: bool,
}

/// The arguments, nothing if help was asked for, or what is wrong with them.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<Args>, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    let (mut cloud, mut product, mut version, mut action) = (None, None, None, None);
    let (mut region, mut endpoint, mut method, mut path) = (None, None, None, None);
    let (mut style, mut sign_method, mut params, mut body) = (None, None, None, None);
    let (mut query, mut headers, mut retries, mut timeout, mut dry_run) = (vec![], vec![], None, None, false);
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        let lexopt::Arg::Long(name) = argument else {
            return match argument {
                lexopt::Arg::Short('h') => Ok(None),
                other => Err(other.unexpected().to_string()),
            };
        };
        let name = name.to_owned();
        match name.as_str() {
            "help" => return Ok(None),
            "dry-run" => {
                dry_run = true;
                continue;
            }
            _ if !OPTIONS.contains(&name.as_str()) => return Err(format!("there is no option --{name}")),
            _ => {}
        }
        let value = parser.value().map_err(|_| format!("--{name} needs a value"))?;
        let value = value.into_string().map_err(|_| format!("the value of --{name} is not Unicode"))?;
        let wrong = |wanted: &str| format!("--{name} {value:?} is not {wanted}");
        match name.as_str() {
            "cloud" => cloud = Some(value),
            "product" => product = Some(value),
            "version" => version = Some(value),
            "action" => action = Some(value),
            "region" => region = Some(value),
            "endpoint" => {
                endpoint = Some(value.parse().map_err(|error: cloudcall::Error| error.to_string())?)
            }
            "method" => {
                let parsed: Result<Method, _> = value.to_ascii_uppercase().parse();
                method = Some(parsed.map_err(|_| wrong("an HTTP method"))?);
            }
            "path" if value.starts_with('/') => path = Some(value),
            "path" => return Err(wrong("a path that begins with `/`")),
            "style" => {
                style = Some(match value.to_ascii_lowercase().as_str() {
                    "rpc" => CallStyle::Rpc,
                    "roa" => CallStyle::Roa,
                    _ => return Err(wrong("rpc or roa")),
                });
            }
            "sign-method" => sign_method = Some(value),
            "query" => query.push(pair(&value).ok_or_else(|| wrong("of the form NAME=VALUE"))?),
            "header" => headers.push(pair(&value).ok_or_else(|| wrong("of the form NAME=VALUE"))?),
            "params" => {
                members(value.as_bytes())
                    .map_err(|error| format!("--params is not a JSON object: {error}"))?;
                params = Some(value);
            }
            "body" => {
                let parsed: Result<serde::de::IgnoredAny, _> = serde_json::from_str(&value);
                parsed.map_err(|error| format!("--body is not JSON: {error}"))?;
                body = Some(value);
            }
            "retries" => retries = Some(value.parse().map_err(|_| wrong("a number"))?),
            _ => {
                let seconds: f64 = value.parse().map_err(|_| wrong("a number of seconds"))?;
                let limit = Duration::try_from_secs_f64(seconds).ok().filter(|limit| !limit.is_zero());
                timeout = Some(limit.ok_or_else(|| wrong("a number of seconds above zero"))?);
            }
        }
    }
    let need = |value: Option<String>, name: &str| value.ok_or_else(|| format!("--{name} is missing"));
    let cloud = need(cloud, "cloud")?;
    let version = match cloud.as_str() {
        "qcloud" | "huawei" => version.unwrap_or_default(),
        _ => need(version, "version")?,
    };
    Ok(Some(Args {
        cloud,
        product: need(product, "product")?,
        version,
        action: need(action, "action")?,
        region,
        endpoint,
        method,
        path,
        style,
        sign_method,
        query,
        headers,
        params,
        body,
        retries,
        timeout,
        dry_run,
    }))
}

/// The options that take a value.
const OPTIONS: [&str; 16] = [
    "cloud",
    "product",
    "version",
    "action",
    "region",
    "endpoint",
    "method",
    "path",
    "style",
    "sign-method",
    "query",
    "header",
    "params",
    "body",
    "retries",
    "timeout",
];

fn pair(text: &str) -> Option<(String, String)> {
    let (name, value) = text.split_once('=')?;
    (!name.is_empty()).then(|| (name.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Option<Args>, String> {
        parse(line.split(' ').filter(|word| !word.is_empty()).map(OsString::from))
    }

    const BASE: &str = "--cloud tencent --product cvm --version 2017-03-12 --action A";

    #[test]
    fn all_options_are_read() {
        let line = format!(
            "{BASE} --region=r --endpoint http://127.0.0.1:1 --method get --path /v1/{{id}} --style roa \
             --sign-method S --query a=b=c --query d= --header X-A=1 --params {{\"id\":1}} --body [1] --retries 0 \
             --timeout 0.5 --dry-run"
        );
        let args = parsed(&line).unwrap().unwrap();
        assert_eq!(args.region.as_deref(), Some("r"));
        assert_eq!((args.method, args.style), (Some(Method::GET), Some(CallStyle::Roa)));
        assert_eq!(args.query, [("a".into(), "b=c".into()), ("d".into(), String::new())]);
        assert_eq!((args.retries, args.timeout), (Some(0), Some(Duration::from_millis(500))));
        assert!(args.dry_run && args.body.is_some() && args.params.is_some() && args.path.is_some());
        assert!(parsed("--help").unwrap().is_none() && parsed("-h").unwrap().is_none());
        assert!(parsed("--cloud qcloud --product cvm --action A").unwrap().unwrap().version.is_empty());
    }

    #[test]
    fn mistakes_are_named() {
        for (more, wanted) in [
            ("--nonsense 1", "no option --nonsense"),
            ("--region", "--region needs a value"),
            ("stray", "stray"),
            ("--query x", "NAME=VALUE"),
            ("--params [1]", "not a JSON object"),
            ("--body {", "not JSON"),
            ("--timeout 0", "above zero"),
            ("--timeout x", "number of seconds"),
            ("--retries -1", "a number"),
            ("--style soap", "rpc or roa"),
            ("--path v1", "begins with"),
            ("--endpoint ftp://x", "scheme"),
            ("--method G;T", "HTTP method"),
        ] {
            let error = parsed(&format!("{BASE} {more}")).unwrap_err();
            assert!(error.contains(wanted), "{more}: {error}");
        }
        assert!(parsed("--product cvm").unwrap_err().contains("--cloud is missing"));
        assert!(
            parsed("--cloud alibaba --product e --action A").unwrap_err().contains("--version is missing")
        );
    }
}

//! One call from its facts to its response: what `call`, typed calls, `mcp` and `explore` share.

mod cloud;

use std::time::Duration;

use cloudcall::action::{ActionInfo, CallStyle, Param};
use cloudcall::call::RawCall;
use cloudcall::client::{ClientBuilder, TimeoutOptions};
use cloudcall::endpoint::Endpoint;
use cloudcall::provider::Provider;
use cloudcall::retry::RetryPolicy;
use cloudcall::sign::encode::members;
use cloudcall::transport::HttpRequest;
use cloudcall::{Alibaba, Bytes, Client, Error, ErrorKind, Huawei, Qcloud, Tencent, Volcengine};
use serde_json::value::RawValue;

pub(crate) use cloud::Cloud;

/// What is called, and with what.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) cloud: Cloud,
    pub(crate) info: ActionInfo,
    pub(crate) given: Vec<Given>,
    pub(crate) options: Options,
}

/// One thing that the user gave.
#[derive(Debug)]
pub(crate) enum Given {
    /// A JSON object of parameters by wire name; members that the path names go there.
    Members(String),
    /// A parameter, and its value as JSON text.
    Value(Param, String),
}

/// How the call is made. What is not given has the default of the SDK.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) region: Option<String>,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) sign_method: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) retries: Option<u32>,
    pub(crate) timeout: Option<Duration>,
}

/// Runs an expression with the client builder of a request's cloud.
macro_rules! with_builder {
    ($request:expr, $builder:ident => $done:expr) => {{
        let request: &Request = $request;
        check(request)?;
        let sign_method = request.options.sign_method.as_deref();
        match request.cloud {
            Cloud::Tencent => with_builder!(@ Tencent, sign_method, $builder => $done),
            Cloud::Qcloud => with_builder!(@ Qcloud, sign_method, $builder => $done),
            Cloud::Huawei => with_builder!(@ Huawei, sign_method, $builder => $done),
            Cloud::Alibaba => with_builder!(@ Alibaba, sign_method, $builder => $done),
            Cloud::Volcengine => {
                let $builder = Client::<Volcengine>::builder();
                $done
            }
        }
    }};
    (@ $cloud:ident, $sign_method:ident, $builder:ident => $done:expr) => {{
        let mut $builder = Client::<$cloud>::builder();
        if let Some(name) = $sign_method {
            $builder = $builder.sign_method(name.parse()?);
        }
        $done
    }};
}

impl Request {
    /// Signs the request as a call would, and sends nothing.
    pub(crate) async fn sign(&self) -> Result<HttpRequest, Error> {
        with_builder!(self, builder => prepare(builder, self)?.sign_only().await)
    }

    /// Calls, and returns the response as the service wrote it, without what the cloud wraps around it.
    pub(crate) async fn send(&self) -> Result<String, Error> {
        with_builder!(self, builder => {
            let response = prepare(builder, self)?.send().await?;
            Ok(document(response.raw_body(), self.cloud.envelope()))
        })
    }
}

/// A mistake of the user.
pub(crate) fn usage(what: impl Into<String>) -> Error {
    Error::new(ErrorKind::Config, what)
}

/// Options that the cloud does not have.
fn check(request: &Request) -> Result<(), Error> {
    let (cloud, name) = (request.cloud, request.cloud.name());
    let has_path = request.info.path() != "/";
    let style = request.info.style();
    if let (Cloud::Tencent | Cloud::Qcloud, Some(method)) = (cloud, request.info.method())
        && !matches!(method.as_str(), "GET" | "POST")
    {
        return Err(usage(format!("--method {method} is not GET or POST: --cloud {name} has only these")));
    }
    if matches!(cloud, Cloud::Tencent | Cloud::Qcloud | Cloud::Volcengine) {
        for (given, option) in [(has_path, "path"), (style != CallStyle::Auto, "style")] {
            if given {
                return Err(usage(format!("--{option} has no meaning for --cloud {name}: leave it out")));
            }
        }
    }
    if cloud == Cloud::Huawei && style == CallStyle::Rpc {
        return Err(usage("--style rpc has no meaning for --cloud huawei: leave it out"));
    }
    match &request.options.sign_method {
        Some(method) if cloud == Cloud::Volcengine && !method.eq_ignore_ascii_case("HMAC-SHA256") => Err(
            usage(format!("--sign-method {method:?} is not HMAC-SHA256, which is the only one of {name}")),
        ),
        _ => Ok(()),
    }
}

fn prepare<P: Provider>(mut builder: ClientBuilder<P>, request: &Request) -> Result<RawCall<P>, Error> {
    let options = &request.options;
    if let Some(region) = &options.region {
        builder = builder.region(region);
    }
    if let Some(endpoint) = &options.endpoint {
        builder = builder.endpoint(endpoint.clone());
    }
    if let Some(retries) = options.retries {
        builder = builder.retry(RetryPolicy::standard().max_attempts(retries.saturating_add(1)));
    }
    if let Some(limit) = options.timeout {
        builder = builder.timeouts(TimeoutOptions::builder().total(limit).build()?);
    }
    let mut call = builder.build()?.raw_action(request.info.clone());
    for given in &request.given {
        call = match given {
            Given::Members(text) => call.json(raw(text)?),
            Given::Value(param, text) => call.param(param.clone(), raw(text)?),
        };
    }
    for (name, value) in &options.headers {
        call = call.add_header(name, value);
    }
    Ok(call)
}

/// JSON text as it is: numbers keep their digits, members their order.
fn raw(text: &str) -> Result<&RawValue, Error> {
    serde_json::from_str(text).map_err(|error| usage("the value is not JSON").with_source(error))
}

/// The response as the service wrote it, without what the cloud wraps around it.
fn document(body: &Bytes, envelope: Option<&str>) -> String {
    let text = String::from_utf8_lossy(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body));
    let found = members(text.as_bytes()).ok().and_then(|found| {
        let inner = found.into_iter().find(|(name, _)| envelope == Some(name.as_str()))?;
        Some(inner.1.get().to_owned())
    });
    match found {
        Some(inner) => inner,
        None if text.trim().is_empty() => "{}".to_owned(),
        None => text.into_owned(),
    }
}

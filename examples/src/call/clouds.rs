//! The clouds that `call` knows: a few lines each, and what they share.

use bytes::Bytes;
use cloudcall::action::{ActionInfo, CallStyle, Param, ParamLocation};
use cloudcall::call::RawCall;
use cloudcall::client::{ClientBuilder, TimeoutOptions};
use cloudcall::provider::Provider;
use cloudcall::retry::RetryPolicy;
use cloudcall::sign::encode::members;
use cloudcall::transport::HttpRequest;
use cloudcall::{Alibaba, Client, Error, ErrorKind, Huawei, Qcloud, Tencent, Volcengine};
use serde_json::value::RawValue;

use super::args::Args;
use super::mask;

/// Makes the call, and gives what is to be printed.
pub(super) async fn call(args: &Args) -> Result<String, Error> {
    match args.cloud.as_str() {
        "tencent" => {
            get_or_post(args)?;
            let mut builder = Client::<Tencent>::builder();
            if let Some(name) = &args.sign_method {
                builder = builder.sign_method(name.parse()?);
            }
            send(builder, args, Shape::PARAMETERS).await
        }
        "qcloud" => {
            get_or_post(args)?;
            let mut builder = Client::<Qcloud>::builder();
            if let Some(name) = &args.sign_method {
                builder = builder.sign_method(name.parse()?);
            }
            send(builder, args, Shape::PARAMETERS).await
        }
        "huawei" => {
            let mut builder = Client::<Huawei>::builder();
            if let Some(name) = &args.sign_method {
                builder = builder.sign_method(name.parse()?);
            }
            if args.style == Some(CallStyle::Rpc) {
                return Err(usage("--style rpc means nothing to --cloud huawei"));
            }
            send(builder, args, Shape::REST).await
        }
        "alibaba" => {
            let mut builder = Client::<Alibaba>::builder();
            if let Some(name) = &args.sign_method {
                builder = builder.sign_method(name.parse()?);
            }
            send(builder, args, Shape::REST).await
        }
        "volcengine" => {
            if args.path.as_ref().is_some_and(|path| path != "/") || args.style.is_some() {
                return Err(usage("--path and --style mean nothing to --cloud volcengine"));
            }
            if let Some(name) =
                args.sign_method.as_ref().filter(|name| !name.eq_ignore_ascii_case("HMAC-SHA256"))
            {
                return Err(usage(&format!("--sign-method {name:?} is not HMAC-SHA256")));
            }
            send(Client::<Volcengine>::builder(), args, Shape::ENVELOPE_BESIDE).await
        }
        other => {
            Err(usage(&format!("--cloud {other:?} is not tencent, qcloud, huawei, alibaba or volcengine")))
        }
    }
}

fn usage(what: &str) -> Error {
    Error::new(ErrorKind::Config, what)
}

/// What a cloud's calls are made of.
#[derive(Debug, Clone, Copy)]
struct Shape {
    /// Where the values of `--query` go.
    query: ParamLocation,
    /// Where the value of `--body` goes.
    body: ParamLocation,
    /// The member that holds the answer proper.
    envelope: Option<&'static str>,
}

impl Shape {
    /// One set of parameters, whatever carries them.
    const PARAMETERS: Self =
        Self { query: ParamLocation::Auto, body: ParamLocation::Auto, envelope: Some("Response") };
    /// Query and body apart; the body is made of parameters.
    const ENVELOPE_BESIDE: Self =
        Self { query: ParamLocation::Query, body: ParamLocation::Auto, envelope: Some("Result") };
    /// Path, query and body apart.
    const REST: Self = Self { query: ParamLocation::Query, body: ParamLocation::Whole, envelope: None };
}

/// Tencent's APIs have no paths, no styles, and two methods.
fn get_or_post(args: &Args) -> Result<(), Error> {
    if let Some(method) = args.method.as_ref().filter(|method| !matches!(method.as_str(), "GET" | "POST")) {
        return Err(usage(&format!(
            "--method {method} is not GET or POST: --cloud {} has only these",
            args.cloud
        )));
    }
    for (given, name) in
        [(args.path.as_ref().is_some_and(|path| path != "/"), "path"), (args.style.is_some(), "style")]
    {
        if given {
            return Err(usage(&format!("--{name} means nothing to --cloud {}", args.cloud)));
        }
    }
    Ok(())
}

async fn send<P: Provider>(builder: ClientBuilder<P>, args: &Args, shape: Shape) -> Result<String, Error> {
    let call = prepare(builder, args, shape)?;
    if args.dry_run {
        return Ok(shown(&call.sign_only().await?));
    }
    let response = call.send().await?;
    Ok(answer(response.raw_body(), shape.envelope))
}

fn prepare<P: Provider>(
    mut builder: ClientBuilder<P>,
    args: &Args,
    shape: Shape,
) -> Result<RawCall<P>, Error> {
    if let Some(region) = &args.region {
        builder = builder.region(region);
    }
    if let Some(endpoint) = &args.endpoint {
        builder = builder.endpoint(endpoint.clone());
    }
    if let Some(retries) = args.retries {
        builder = builder.retry(RetryPolicy::standard().max_attempts(retries.saturating_add(1)));
    }
    if let Some(limit) = args.timeout {
        builder = builder.timeouts(TimeoutOptions::builder().total(limit).build()?);
    }
    let mut info = ActionInfo::dynamic(&args.product, &args.version, &args.action);
    if let Some(method) = &args.method {
        info = info.with_method(method.clone());
    }
    if let Some(path) = &args.path {
        info = info.with_dynamic_path(path);
    }
    if let Some(style) = args.style {
        info = info.with_style(style);
    }
    let mut call = builder.build()?.raw_action(info);
    if let Some(params) = &args.params {
        call = call.json(raw(params)?);
    }
    match &args.body {
        Some(body) if shape.body == ParamLocation::Auto => call = call.json(raw(body)?),
        Some(body) => call = call.param(Param::new("body").place(shape.body), raw(body)?),
        None => {}
    }
    for (name, value) in &args.query {
        call = call.param(Param::dynamic(name).place(shape.query), value);
    }
    for (name, value) in &args.headers {
        call = call.add_header(name, value);
    }
    Ok(call)
}

/// JSON text as it is: numbers keep their digits, members their order.
fn raw(text: &str) -> Result<&RawValue, Error> {
    serde_json::from_str(text).map_err(|error| usage("the value is not JSON").with_source(error))
}

/// The answer as the service wrote it, without what the cloud wraps around it.
fn answer(body: &Bytes, envelope: Option<&str>) -> String {
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

/// A request as it would leave, its secrets masked.
fn shown(request: &HttpRequest) -> String {
    let mut out = format!("{} {}\n", request.method(), mask::url(&request.uri().to_string()));
    for (name, value) in request.headers() {
        out.push_str(&format!("{name}: {}\n", mask::header(name.as_str(), value)));
    }
    if !request.body().is_empty() {
        let kind = request.headers().get("content-type").and_then(|value| value.to_str().ok());
        out.push('\n');
        out.push_str(&mask::body(kind.unwrap_or_default(), &String::from_utf8_lossy(request.body())));
    }
    out
}

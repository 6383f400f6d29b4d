//! From a request to a client and a call of it.

use cloudcall::action::CallStyle;
use cloudcall::call::RawCall;
use cloudcall::client::{ClientBuilder, TimeoutOptions};
use cloudcall::credential::StaticCredentials;
use cloudcall::provider::Provider;
use cloudcall::retry::RetryPolicy;
use cloudcall::sign::encode::members;
use cloudcall::{Bytes, Client, Error};
use serde_json::value::RawValue;

use super::credentials::chain;
use super::{Cloud, Given, Options, Request, usage, verbose};

/// Refuses options that the cloud does not have.
pub(super) fn check(request: &Request) -> Result<(), Error> {
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
        Some(method) if cloud == Cloud::Volcengine && !method.eq_ignore_ascii_case("HMAC-SHA256") => {
            Err(usage(format!("--sign-method {method:?} is not HMAC-SHA256, the only one of {name}")))
        }
        _ => Ok(()),
    }
}

/// A client with these options.
pub(super) fn client<P: Provider>(
    mut builder: ClientBuilder<P>,
    cloud: Cloud,
    options: &Options,
) -> Result<Client<P>, Error> {
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
    match (&options.keys, &options.profile) {
        (Some(keys), _) => builder = builder.credentials(StaticCredentials::new(keys.clone())),
        (None, Some(profile)) => builder = builder.credentials(chain(cloud, Some(profile))),
        (None, None) => {}
    }
    if options.verbose {
        builder = builder.observer(verbose::listener());
    }
    builder.build()
}

/// The call of a request.
pub(super) fn raw_call<P: Provider>(client: &Client<P>, request: &Request) -> Result<RawCall<P>, Error> {
    let mut call = client.raw_action(request.info.clone());
    for given in &request.given {
        call = match given {
            Given::Members(text) => call.json(raw(text)?),
            Given::Value(param, text) => call.param(param.clone(), raw(text)?),
            Given::File(param, file) => call.file(param.clone(), file.clone()),
        };
    }
    for (name, value) in &request.options.headers {
        call = call.add_header(name, value);
    }
    Ok(call)
}

/// JSON text as it is: numbers keep their digits, members their order.
fn raw(text: &str) -> Result<&RawValue, Error> {
    serde_json::from_str(text).map_err(|error| usage("the value is not JSON").with_source(error))
}

/// The response as the service wrote it, without what the cloud wraps around it.
pub(super) fn document(body: &Bytes, envelope: Option<&str>) -> String {
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

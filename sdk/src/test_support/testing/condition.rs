//! The conditions of a rule: what they compare, and how an error describes a difference.
//!
//! It is separate from `rule.rs`, so that each condition has its comparison beside its text.

use std::fmt;

use http::Method;
use serde_json::Value;

use super::MockRequest;
use crate::telemetry::redact;
use crate::test_support::fake_cloud::PathPattern;

/// A condition on a JSON body.
type OfBody = dyn Fn(&Value) -> bool + Send + Sync;
/// A condition on the whole request.
type OfRequest = dyn Fn(&MockRequest) -> bool + Send + Sync;

/// One condition of a rule.
pub(super) enum Condition {
    /// The provider, such as `tencent`.
    Cloud(String),
    /// The product, such as `cvm`.
    Product(String),
    /// The action, such as `RunInstances`.
    Action(String),
    /// The HTTP method.
    Method(Method),
    /// The path, with placeholders.
    Path(PathPattern),
    /// The host. Without a port, the port of the request does not matter.
    Host(String),
    /// A query parameter and its decoded value.
    Query(String, String),
    /// A header and its value.
    Header(String, String),
    /// The path of a parameter, and its value as text.
    Param(String, String),
    /// A function of the JSON body.
    Body(Box<OfBody>),
    /// A function of the request.
    When(Box<OfRequest>),
}

impl Condition {
    /// The difference between request and condition; `None` if the condition holds.
    ///
    /// The text is a clause: ``the action is `RunInstances`, not `StopInstances` ``. Errors join
    /// several of them.
    pub(super) fn miss(&self, request: &MockRequest) -> Option<String> {
        let differs = |what: &str, wanted: &str, given: &str| {
            (wanted != given).then(|| format!("the {what} is `{given}`, not `{wanted}`"))
        };
        let named = |what: &str, name: &str, wanted: &str, given: Option<&str>| match given {
            Some(given) if given == wanted => None,
            Some(given) => Some(format!(
                "the {what} `{name}` is `{}`, not `{}`",
                shown(name, given),
                shown(name, wanted)
            )),
            None => Some(format!("there is no {what} `{name}`")),
        };
        match self {
            Self::Cloud(cloud) => differs("cloud", cloud, request.provider),
            Self::Product(product) => differs("product", product, &request.product),
            Self::Action(action) => differs("action", action, &request.action),
            Self::Method(method) => differs("method", method.as_str(), request.method.as_str()),
            Self::Path(path) if path.fits(&request.path) => None,
            Self::Path(path) => Some(format!("the path is `{}`, not `{path}`", request.path)),
            Self::Host(host) => {
                let given = request.host();
                let bare = given.rsplit_once(':').map_or(given, |(name, _)| name);
                if host == bare { None } else { differs("host", host, given) }
            }
            Self::Query(name, value) => {
                let given = request.query.iter().find(|(known, _)| known == name);
                named("query parameter", name, value, given.map(|(_, value)| value.as_str()))
            }
            Self::Header(name, value) => named("header", name, value, request.header(name)),
            Self::Param(path, value) => named("parameter", path, value, request.param(path).as_deref()),
            Self::Body(fits) => match request.json() {
                Some(body) if fits(&body) => None,
                Some(_) => Some("the function of `body` returned false".to_owned()),
                None => Some("the body is not JSON".to_owned()),
            },
            Self::When(fits) if fits(request) => None,
            Self::When(_) => Some("the function of `when` returned false".to_owned()),
        }
    }
}

/// The value, masked if its name is that of a secret.
///
/// The name is the last part of a path: `Login.Password` is secret as `Password` is.
fn shown<'a>(name: &str, value: &'a str) -> &'a str {
    let last = name.rsplit('.').next().unwrap_or(name);
    let secret = redact::is_secret_name(last) || redact::is_secret_header(&last.to_ascii_lowercase());
    if secret { redact::MASK } else { value }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cloud(cloud) => write!(f, "cloud {cloud}"),
            Self::Product(product) => write!(f, "product {product}"),
            Self::Action(action) => write!(f, "action {action}"),
            Self::Method(method) => write!(f, "method {method}"),
            Self::Path(path) => write!(f, "path {path}"),
            Self::Host(host) => write!(f, "host {host}"),
            Self::Query(name, value) => write!(f, "query {name}={}", shown(name, value)),
            Self::Header(name, value) => write!(f, "header {name}: {}", shown(name, value)),
            Self::Param(path, value) => write!(f, "parameter {path} = {}", shown(path, value)),
            Self::Body(_) => f.write_str("a body that fits"),
            Self::When(_) => f.write_str("a request that fits"),
        }
    }
}

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

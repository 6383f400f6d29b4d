//! Reads a request as rules and recordings see it.
//!
//! A request of an RPC API names its action, and the vendors of `fake_cloud` can read it. A request of
//! a REST API does not, so the pipeline attaches it ([`CalledAction`]). Rules then match by the same name for
//! both.

use bytes::Bytes;
use http::HeaderValue;
use http::header::HOST;
use serde_json::Value;

use super::MockRequest;
use crate::test_support::fake_cloud::{Label, Received, Vendor, decode_form, of_name, of_shape};
use crate::transport::{CalledAction, HttpRequest};

/// The body of a request.
fn body(request: &HttpRequest) -> Bytes {
    request.body().clone()
}

/// The request, and the vendor that responds to it. The vendor is `None` for a provider outside this
/// crate.
///
/// A request that was not sent by the pipeline, as by a test of a transport, is read by its form.
/// `Host` is added from the URL if it is missing: the transport would add it.
pub(super) fn read(request: &HttpRequest) -> (MockRequest, Option<&'static dyn Vendor>) {
    let called = request.extensions().get::<CalledAction>();
    let mut received = Received {
        method: request.method().clone(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        headers: request.headers().clone(),
        body: body(request),
    };
    let authority = request.uri().authority().map(|authority| authority.as_str());
    if !received.has("host")
        && let Some(host) = authority.and_then(|host| HeaderValue::from_str(host).ok())
    {
        received.headers.insert(HOST, host);
    }
    let vendor = match called {
        Some(called) => of_name(called.provider, &received),
        None => Some(of_shape(&received)),
    };
    let label = vendor.map_or_else(Label::default, |vendor| vendor.label(&received));
    let params = vendor.and_then(|vendor| vendor.params(&received).ok());
    let params = params.or_else(|| serde_json::from_slice(&received.body).ok()).unwrap_or(Value::Null);
    let (provider, product, version, action) = match called {
        Some(called) => {
            (called.provider, called.product.clone(), called.version.clone(), called.action.clone())
        }
        None => (vendor.map_or("", |vendor| vendor.name()), label.product, label.version, label.action),
    };
    let request = MockRequest {
        provider,
        product,
        version,
        action,
        region: label.region,
        account: None,
        query: decode_form(&received.query).unwrap_or_default(),
        method: received.method,
        path: received.path,
        headers: received.headers,
        params,
        body: received.body,
        earlier: 0,
    };
    (request, vendor)
}

/// A short description of a request, without secrets: `tencent RunInstances (POST
/// cvm.tencentcloudapi.com/)`.
pub(super) fn describe(request: &MockRequest) -> String {
    let MockRequest { provider, action, method, path, .. } = request;
    let target = format!("{method} {}{path}", request.host());
    // If requests have no action name, the action is already method and path.
    match action.ends_with(path.as_str()) && path != "/" {
        true => format!("{provider} {target}"),
        false => format!("{provider} {action} ({target})"),
    }
}

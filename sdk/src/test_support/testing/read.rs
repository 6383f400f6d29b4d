//! Reads a body as the response of an action, without a call.
//!
//! It uses the decoder of the pipeline, without its transport, retries and observers.

use http::{HeaderMap, StatusCode};

use bytes::Bytes;

use crate::action::Action;
use crate::action::info::ActionInfo;
use crate::error::{Error, ErrorKind};
use crate::pipeline::sink::Sink;
use crate::provider::{Provider, RawResponse};
use crate::response::decode::{self, Misread, Reading, Seen, Slot};
use crate::response::warning::Warning;

/// Reads a body as a client reads the response of action `A`. Returns the value and its warnings.
///
/// Use it to test that your models read a document, such as one copied from the vendor's API reference.
///
/// ```
/// use cloudcall::testing::read_response;
/// use cloudcall::{cloud_action, cloud_model};
///
/// #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Zones)]
/// pub struct DescribeZones {}
///
/// #[cloud_model(provider = "tencent", response)]
/// pub struct Zones {
///     pub total_count: Option<i64>,
/// }
///
/// let (zones, warnings) = read_response::<DescribeZones>(r#"{"Response": {"TotalCount": "N/A"}}"#)?;
/// assert_eq!((zones.total_count, warnings[0].path()), (None, "TotalCount"));
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// # Errors
///
/// The error of the service, if the body contains one. Kind `Decode` if the body is not JSON, lacks the
/// provider's envelope, or has a required member that cannot be read; the message names the member.
pub fn read_response<A>(body: &str) -> Result<(A::Output, Vec<Warning>), Error>
where
    A: Action,
    A::Provider: Default,
{
    let mut slot = Slot(None);
    let warnings = read(&A::Provider::default(), A::INFO, body, &mut slot)?;
    match slot.0 {
        Some(value) => Ok((value, warnings)),
        None => Err(Error::new(ErrorKind::Decode, "the response was not read")),
    }
}

/// The part that does not depend on the action's types. It follows the order of the pipeline: the
/// value, then the error that the body may contain.
fn read(
    cloud: &dyn Provider,
    info: &ActionInfo,
    body: &str,
    sink: &mut dyn Sink,
) -> Result<Vec<Warning>, Error> {
    let headers = HeaderMap::new();
    let bytes = Bytes::copy_from_slice(body.as_bytes());
    if sink.store_raw(&bytes)? {
        return Ok(Vec::new());
    }
    let mut seen = Seen::default();
    let how =
        Reading { envelope: cloud.envelope_for(info), headers: &headers, shape: info.shape(), strict: false };
    let outcome = decode::read(sink, body, &how, &mut seen);
    if outcome.is_ok() && !seen.failed {
        return Ok(seen.warnings.list().to_vec());
    }
    if let Some(found) = cloud.service_error(&RawResponse::new(StatusCode::OK, &headers, &bytes)) {
        return Err(Error::from_service(found, StatusCode::OK, &bytes));
    }
    Err(match outcome {
        Ok(()) => Error::new(ErrorKind::Service, "the response is an error in an unknown form"),
        Err(Misread { what, source }) => {
            let what = what.unwrap_or_else(|| "the response is not what the API promises".to_owned());
            Error::new(ErrorKind::Decode, what).with_source(source)
        }
    })
}

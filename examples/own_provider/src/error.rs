//! Reads error responses: `{"RetCode": 171, "Message": "…"}`.

use cloudcall::error::{ErrorClass, ServiceError};
use cloudcall::json::{self, Value};
use cloudcall::provider::RawResponse;

pub(crate) fn read(response: &RawResponse<'_>) -> Option<ServiceError> {
    let document: Value = json::from_slice(response.body).ok()?;
    let code = document.get("RetCode")?.as_i64().filter(|code| *code != 0)?;
    let message = document["Message"].as_str().unwrap_or_default().to_owned();
    let class = match code {
        // Missing public key, missing signature, wrong signature, unknown user.
        161 | 170..=172 => ErrorClass::Auth,
        _ => ErrorClass::Other,
    };
    Some(ServiceError::new(code.to_string(), message, class))
}

//! Error responses: `docs/sources.md`, Alibaba Cloud, 7.2 and 8.
//!
//! Most are JSON; some gateways send XML, whatever the call asked for:
//!
//! ```text
//! {"RequestId": "4C467B38-…", "HostId": "ecs.aliyuncs.com", "Code": "InvalidInstanceId.NotFound",
//!  "Message": "The specified InstanceId does not exist.", "Recommend": "https://…"}
//!
//! <?xml version='1.0' encoding='UTF-8'?>
//! <Error><RequestId>…</RequestId><HostId>…</HostId><Code>…</Code><Message>…</Message></Error>
//!
//! {"errorCode": "ProjectNotExist", "errorMessage": "…"}                            the log service
//! ```
//!
//! The names of the members differ in case between products, so all known spellings are read. Other members,
//! such as `Recommend` or `AccessDeniedDetail`, are kept as details. The table in the module above says which
//! code becomes which kind.

use std::time::Duration;

use http::HeaderMap;
use serde_json::{Map, Value};

use super::xml;
use crate::error::{ErrorClass, ServiceError, add_detail};
use crate::provider::RawResponse;
use crate::sign::encode::{members, plain_text};

/// The members of an error document, whatever its format.
#[derive(Debug, Default)]
struct Document {
    code: String,
    message: String,
    request_id: Option<String>,
    details: Map<String, Value>,
}

impl Document {
    /// Takes a member that every error has. Returns false for another member. The first of two spellings
    /// wins.
    fn set(&mut self, name: &str, value: String) -> bool {
        match name {
            "Code" | "code" | "errorCode" if self.code.is_empty() => self.code = value,
            "Message" | "message" | "Msg" | "msg" | "errorMessage" if self.message.is_empty() => {
                self.message = value
            }
            "RequestId" | "requestId" | "requestid" | "request_id" if !value.is_empty() => {
                self.request_id.get_or_insert(value);
            }
            _ => return false,
        }
        true
    }
}

/// The API error in a response. `None` if the body has no error document.
///
/// A success response may have a member `Code` too, such as `200` or `OK`. So with a success status, only
/// another code is an error; with another status, an error document needs some code.
pub(super) fn read(response: &RawResponse<'_>) -> Option<ServiceError> {
    let text = xml::text(response.body)?;
    let text = text.trim_start();
    let mut document = Document::default();
    if text.starts_with('<') {
        for (name, value) in xml::children(text, &["Error", "ErrorResponse"])? {
            if !document.set(&name, value.clone()) {
                document.details.insert(name, Value::from(value));
            }
        }
    } else {
        for (name, value) in members(text.as_bytes()).ok()? {
            if !matches!(value.get(), "null" | "\"\"") {
                let known = document.set(&name, plain_text(value.get().as_bytes()));
                if !known {
                    add_detail(&mut document.details, &name, value.get());
                }
            }
        }
    }
    // A success response may have a `Code`, too.
    let fine = matches!(document.code.to_ascii_lowercase().as_str(), "" | "0" | "200" | "ok" | "success");
    if fine && (response.status.is_success() || document.code.is_empty()) {
        return None;
    }
    let class = match class(&document.code) {
        ErrorClass::Other if retry_after(response.headers).is_some() => ErrorClass::Throttled,
        class => class,
    };
    let Document { code, message, request_id, details } = document;
    Some(ServiceError { code, message, request_id, class, details })
}

/// The class of an error, which decides about retries. A code has the form `Family.Detail`, such as
/// `Throttling.User`.
fn class(code: &str) -> ErrorClass {
    let family = code.split('.').next().unwrap_or(code);
    match (family, code) {
        (_, "InvalidTimeStamp.Expired")
        | ("IllegalTimestamp" | "RequestTimeTooSkewed" | "RequestTimeExpired", _) => ErrorClass::ClockSkew,
        _ if family.starts_with("Throttling") || code.contains("FlowControl") => ErrorClass::Throttled,
        // Of the log service, for a project and for a shard. `ProjectQuotaExceed`, `QuotaExceed` and
        // `ExceedQuota` are limits of an account, which waiting does not raise.
        _ if code.ends_with("WriteQuotaExceed") || code.ends_with("ReadQuotaExceed") => ErrorClass::Throttled,
        ("TooManyRequests" | "RequestLimitExceeded" | "MetaOperationQpsLimitExceeded", _) => {
            ErrorClass::Throttled
        }
        // `Forbidden.…` and `NoPermission` are about permissions: a new key of the same user would not
        // help, so they are not `Auth`.
        (
            "InvalidAccessKeyId"
            | "InvalidAccessKeySecret"
            | "SignatureDoesNotMatch"
            | "SignatureNotMatch"
            | "IncompleteSignature"
            | "InvalidSecurityToken"
            | "MissingSecurityToken"
            | "InvalidBearerToken",
            _,
        ) => ErrorClass::Auth,
        (
            "InternalError" | "InternalServerError" | "UnknownError" | "ServiceUnavailable" | "ServerBusy",
            _,
        ) => ErrorClass::Transient,
        // The gateway does not know the action: a mistake in the program, not a missing resource.
        ("InvalidAction" | "InvalidApi" | "InvalidProduct" | "InvalidVersion", _) => ErrorClass::Other,
        _ if code.contains("NotFound") || code.contains("NotExist") => ErrorClass::NotFound,
        _ => ErrorClass::Other,
    }
}

/// The delay that the header `x-acs-retry-after` asks for, in milliseconds. Zero counts as absent.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get("x-acs-retry-after")?.to_str().ok()?;
    let wait: u64 = text.trim().parse().ok()?;
    (wait > 0).then(|| Duration::from_millis(wait))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::{HeaderValue, StatusCode};

    fn read_text(status: u16, text: &str) -> Option<ServiceError> {
        let body = Bytes::copy_from_slice(text.as_bytes());
        read(&RawResponse::new(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), &body))
    }

    #[test]
    fn either_spelling_and_either_format() {
        for text in [
            r#"{"RequestId":"r","HostId":"h","Code":"Throttling.User","Message":"m","Recommend":"u"}"#,
            r#"{"requestId":"r","code":"Throttling.User","message":"m"}"#,
            r#"{"requestId":"r","errorCode":"Throttling.User","errorMessage":"m"}"#,
            r#"{"Code":"Throttling.User","code":"x","Message":"m","requestid":"r"}"#,
            "\u{feff}<?xml version='1.0'?><Error><RequestId>r</RequestId><Code>Throttling.User</Code><Message>m</Message></Error>",
        ] {
            let error = read_text(400, text).unwrap();
            assert_eq!((error.code.as_str(), error.message.as_str()), ("Throttling.User", "m"), "{text}");
            assert_eq!((error.request_id.as_deref(), error.class), (Some("r"), ErrorClass::Throttled));
        }
        assert_eq!(read_text(502, "<html><body>Bad Gateway</body></html>"), None);
        assert_eq!(read_text(400, "not JSON"), None);
        assert_eq!(read_text(400, "[]"), None);
        assert_eq!(read_text(400, r#"{"RequestId":"r"}"#), None);
    }

    #[test]
    fn the_other_members_are_details() {
        for text in [
            r#"{"RequestId":"r","HostId":"h","Code":"C","Message":"m","Recommend":"u","None":null}"#,
            "<Error><RequestId>r</RequestId><HostId>h</HostId><Code>C</Code><Message>m</Message><Recommend>u</Recommend></Error>",
        ] {
            let details = Value::Object(read_text(400, text).unwrap().details);
            assert_eq!(details, serde_json::json!({"HostId": "h", "Recommend": "u"}), "{text}");
        }
        let numbers = read_text(400, r#"{"Code":4001,"Message":7,"RequestId":17}"#).unwrap();
        assert_eq!((numbers.code.as_str(), numbers.message.as_str()), ("4001", "7"));
        assert_eq!(numbers.request_id.as_deref(), Some("17"));
    }

    #[test]
    fn a_code_of_an_ordinary_answer_is_no_error() {
        for code in ["\"200\"", "200", "\"OK\"", "null", "\"\""] {
            assert_eq!(read_text(200, &format!(r#"{{"Code":{code},"Data":1}}"#)), None);
        }
        assert_eq!(read_text(500, r#"{"code":500,"message":"m"}"#).unwrap().code, "500");
        assert_eq!(read_text(404, r#"{"Code":"200"}"#).unwrap().code, "200");
    }

    #[test]
    fn codes_have_classes() {
        for (code, wanted) in [
            ("Throttling", ErrorClass::Throttled),
            ("Throttling.Api", ErrorClass::Throttled),
            ("ThrottlingUser", ErrorClass::Throttled),
            ("UserFlowControl", ErrorClass::Throttled),
            ("WriteQuotaExceed", ErrorClass::Throttled),
            ("ShardWriteQuotaExceed", ErrorClass::Throttled),
            ("ShardReadQuotaExceed", ErrorClass::Throttled),
            ("ProjectQuotaExceed", ErrorClass::Other),
            ("ExceedQuota", ErrorClass::Other),
            ("InvalidAccessKeyId.NotFound", ErrorClass::Auth),
            ("InvalidAccessKeyId.Inactive", ErrorClass::Auth),
            ("SignatureDoesNotMatch", ErrorClass::Auth),
            ("InvalidSecurityToken.Expired", ErrorClass::Auth),
            ("Forbidden.RAM", ErrorClass::Other),
            ("InvalidTimeStamp.Expired", ErrorClass::ClockSkew),
            ("IllegalTimestamp", ErrorClass::ClockSkew),
            ("InvalidInstanceId.NotFound", ErrorClass::NotFound),
            ("EntityNotExist.User", ErrorClass::NotFound),
            ("ErrorClusterNotFound", ErrorClass::NotFound),
            ("InvalidApi.NotFound", ErrorClass::Other),
            ("ServiceUnavailable", ErrorClass::Transient),
            ("InternalError.Dispatch", ErrorClass::Transient),
            ("SignatureNonceUsed", ErrorClass::Other),
            ("InvalidParameter", ErrorClass::Other),
        ] {
            assert_eq!(class(code), wanted, "{code}");
        }
    }

    #[test]
    fn the_clouds_own_header_asks_to_wait() {
        for (text, wanted) in
            [("2500", Some(2500)), ("30", Some(30)), ("", None), ("0", None), ("-5", None), ("soon", None)]
        {
            let mut headers = HeaderMap::new();
            headers.insert("x-acs-retry-after", HeaderValue::from_static(text));
            assert_eq!(retry_after(&headers), wanted.map(Duration::from_millis));
            let body = Bytes::from_static(br#"{"Code":"Busy","Message":"m"}"#);
            let class = read(&RawResponse::new(StatusCode::BAD_REQUEST, &headers, &body)).unwrap().class;
            assert_eq!(class == ErrorClass::Throttled, wanted.is_some());
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}

//! For every response of a server: no panic, and an unreadable response is never a success.

use std::time::Duration;

use cloudcall::action::{ActionInfo, CallStyle};
use cloudcall::http::header::{DATE, RETRY_AFTER};
use cloudcall::http::{HeaderValue, StatusCode};
use cloudcall::provider::Provider;
use cloudcall::retry::RetryPolicy;
use cloudcall::{Alibaba, Client, Error, Huawei, Qcloud, Tencent, Value, Volcengine};

use super::offline::{Canned, client, run};
use crate::time::FakeTime;

pub(super) const ENVELOPES: &[&str] = &[
    "\0{\"Response\":{\"Zone\":[1,\"z\"],\"RequestId\":\"r\"}}",
    "\0{\"Response\":{\"Error\":{\"Code\":\"a\",\"Message\":\"b\"},\"RequestId\":\"r\"}}",
    "\u{1}{\"code\":0,\"message\":\"\",\"codeDesc\":\"Success\",\"regionSet\":[]}",
    "\u{1}{\"code\":\"4100\",\"message\":\"no\"}",
    "\u{2}{\"vpcs\":[{\"id\":\"1\"}]}",
    "\u{2}",
    "\u{3}{\"RequestId\":\"r\",\"Regions\":{\"Region\":[]}}",
    "\0\u{feff}{\"Response\":{}}",
    "\u{5}{\"ResponseMetadata\":{\"RequestId\":\"r\",\"Error\":{}},\"Result\":{\"A\":[1]}}",
    "\u{5}{\"Result\":null,\"ResponseMetadata\":{\"Error\":{\"CodeN\":100018}}}",
];

pub(super) const ERRORS: &[&str] = &[
    "\0{\"Response\":{\"Error\":{\"Code\":\"InternalError\",\"Message\":\"m\"},\"RequestId\":\"r\"}}",
    "\u{1}{\"code\":4400,\"message\":\"slow\"}",
    "\u{2}{\"error_code\":\"APIGW.0301\",\"error_msg\":\"m\",\"request_id\":\"r\"}",
    "\u{2}{\"error\":{\"code\":\"404\",\"message\":\"m\"}}",
    "\u{3}{\"Code\":\"Throttling\",\"Message\":\"m\",\"RequestId\":\"r\"}",
    "\u{3}<?xml version=\"1.0\"?><Error><Code>a</Code><Message>b &amp; c</Message></Error>",
    "\u{2}<html>502 Bad Gateway</html>",
    "\u{5}{\"ResponseMetadata\":{\"Error\":{\"Code\":\"a\",\"Message\":{\"zh\":\"b\"},\"CodeN\":1}}}",
    "\u{5}{\"error\":{\"code\":\"a\",\"message\":\"b\"}}",
];

pub(super) const TIMES: &[&str] = &[
    "\u{0}120",
    "\u{0}99999999999999999999",
    "\0Wed, 15 Nov 2023 06:13:20 GMT",
    "\u{1}Tue, 14 Nov 2023 23:13:20 GMT",
    "\u{1}Fri, 31 Dec 9999 23:59:59 GMT",
    "\0-1",
    "\u{1}Thu, 01 Jan 1970 00:00:00 GMT",
];

/// A read of the cloud that a number stands for, tried once.
fn call(cloud: u8, server: &Canned) -> Result<Value, Error> {
    fn once<P: Provider + Default>(server: &Canned, info: ActionInfo) -> Result<Value, Error> {
        let client: Client<P> = client(server, &FakeTime::at(1_700_000_000));
        run(client.raw_action(info).with_retry(RetryPolicy::none()).invoke())
            .map(cloudcall::Response::into_inner)
    }
    let info = ActionInfo::new("vpc", "2017-03-12", "ListIt").readonly();
    match cloud % 6 {
        0 => once::<Tencent>(server, info),
        1 => once::<Qcloud>(server, info),
        2 => once::<Huawei>(server, info.with_path("/v1/x")),
        3 => once::<Alibaba>(server, info.with_style(CallStyle::Rpc)),
        4 => once::<Alibaba>(server, info.with_style(CallStyle::Roa).with_path("/x")),
        _ => once::<Volcengine>(server, info),
    }
}

/// Every response of status 200: a success is a whole JSON document without an error in it.
pub fn envelope(data: &[u8]) {
    let Some((cloud, body)) = data.split_first() else { return };
    let server = Canned { body: body.to_vec(), ..Canned::default() };
    let outcome = call(*cloud, &server);
    assert_eq!(server.sent(), 1);
    let text = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let whole = String::from_utf8_lossy(text).parse::<Value>();
    match (outcome, whole) {
        (Ok(response), Ok(whole)) => match cloud % 6 {
            0 => {
                assert!(response.is_object() && whole["Response"].is_object(), "{whole}");
                // Of a member that comes twice, the document keeps only the last.
                assert!(response["Error"].is_null(), "an error is no success: {whole}");
            }
            1 => assert!(whole["code"] == 0 || whole["code"] == "0", "{whole}"),
            5 => assert!(whole["ResponseMetadata"].is_object(), "{whole}"),
            _ => {}
        },
        (Ok(response), Err(error)) => {
            let none = matches!(text.trim_ascii(), b"" | b"null" | b"\"\"");
            assert!(matches!(cloud % 6, 2 | 4) && none, "{error}, but it is a success: {response}");
        }
        (Err(error), _) => describe(&error),
    }
}

/// Every response of another status: always an error.
pub fn error_body(data: &[u8]) {
    let [cloud, status, body @ ..] = data else { return };
    let status = match status % 8 {
        0 => 400 + u16::from(*cloud) % 100,
        1 => 302,
        2 => 403,
        3 => 404,
        4 => 429,
        5 => 500,
        6 => 503,
        _ => 599,
    };
    let status = StatusCode::from_u16(status).unwrap();
    let error = call(*cloud, &Canned { status, body: body.to_vec(), ..Canned::default() }).unwrap_err();
    assert_eq!(error.status(), Some(status), "{error}");
    describe(&error);
}

/// Responses nested by the pattern of the input, hundreds of times for each byte: nesting deeper than 128 is an error.
pub fn nested(data: &[u8]) {
    let Some((cloud, pattern)) = data.split_first() else { return };
    let pattern = pattern.get(..64).unwrap_or(pattern);
    let times = if cloud & 0x80 == 0 { 300 } else { 1 };
    let (mut open, mut close) = (String::new(), String::new());
    for byte in pattern {
        for _ in 0..times {
            let (begin, end) = if byte % 2 == 0 { ("{\"a\":", '}') } else { ("[", ']') };
            open.push_str(begin);
            close.push(end);
            if times > 1 && close.len() > 512 {
                break;
            }
        }
    }
    let close: String = close.chars().rev().collect();
    let inner = format!("{open}1{close}");
    let body = if cloud % 6 == 0 { format!("{{\"Response\":{{\"a\":{inner}}}}}") } else { inner };
    let deep = close.len() > 128;
    let outcome = call(*cloud, &Canned { body: body.into_bytes(), ..Canned::default() });
    assert!(!(deep && outcome.is_ok()), "{} levels", close.len());
}

/// `Retry-After` and `Date`: waits stay within bounds, and a clock that is set right can still sign.
pub fn server_time(data: &[u8]) {
    let Some((which, value)) = data.split_first() else { return };
    let Ok(value) = HeaderValue::from_bytes(value) else { return };
    let body = r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":"m"}}}"#;
    let mut server = match which % 2 {
        0 => Canned { status: StatusCode::TOO_MANY_REQUESTS, ..Canned::default() },
        _ => Canned { body: body.into(), ..Canned::default() },
    };
    server.headers.insert(if which % 2 == 0 { RETRY_AFTER } else { DATE }, value);
    let time = FakeTime::at(1_700_000_000);
    let client: Client<Tencent> = client(&server, &time);
    let error = run(client.raw("cvm", "2017-03-12", "DescribeIt").invoke()).unwrap_err();
    assert!(server.sent() <= 4, "{error}");
    assert!(time.waits().iter().all(|wait| *wait <= Duration::from_secs(20)), "{:?}", time.waits());
    run(client.raw("cvm", "2017-03-12", "DescribeIt").sign_only()).unwrap();
    describe(&error);
}

/// An error can always be shown, in one line and without the secret.
fn describe(error: &Error) {
    let text = error.to_string();
    assert!(!text.contains(['\n', '\r', '\0']), "{text:?}");
    assert!(!format!("{error:?}{text}").contains("fuzz-secret"));
}

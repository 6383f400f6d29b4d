//! Responses that are bytes or text: the body is the value.

use cloudcall::testing::{MockResponse, MockRule, MockTransport};
use cloudcall::{Alibaba, Bytes, ErrorKind, Huawei, Tencent, cloud_action};

/// Runs a function, whose result has any format.
#[cloud_action(provider = "alibaba", product = "FC", version = "2023-03-30", style = "roa", method = "POST",
               path = "/2023-03-30/functions/{functionName}/invocations", response = Bytes)]
struct InvokeFunction {
    #[param(path, name = "functionName")]
    function_name: String,
}

#[cloud_action(provider = "huawei", product = "cce", version = "v3", method = "GET",
               path = "/api/v3/clusters/{cluster_id}/log", response = String)]
struct ShowLog {
    #[param(path)]
    cluster_id: String,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Bytes)]
struct DescribeFile {}

fn mock(status: u16, content_type: &str, body: &[u8]) -> MockTransport {
    let response = MockResponse::raw(status, content_type, body.to_vec());
    MockTransport::builder().rule(MockRule::any().respond(response)).build().unwrap()
}

const BODIES: [(&str, &[u8]); 8] = [
    ("application/octet-stream", b"\x00\xff\x80PK"),
    ("application/json", br#"{"Code":"UserDefined","Message":"what a function returned"}"#),
    ("application/json", b"12.50"),
    ("text/plain", b"\xef\xbb\xbfhello"),
    ("text/event-stream", b"data: 1\n\n"),
    ("text/html", b"<html>"),
    ("", b""),
    ("application/json", b"{\"cut\":"),
];

#[tokio::test]
async fn bytes_are_the_body_as_it_came() {
    for (content_type, body) in BODIES {
        let client = mock(200, content_type, body).client::<Alibaba>().region("cn-hangzhou").build().unwrap();
        let response = client.invoke_function().function_name("f").send().await.unwrap();
        assert_eq!(*response, Bytes::from_static(body), "{content_type}");
        assert_eq!(response.raw_body(), body);
    }
}

#[tokio::test]
async fn a_text_is_the_body_as_it_came() {
    for (content_type, body) in BODIES {
        let client = mock(200, content_type, body).client::<Huawei>().region("cn-north-4").build().unwrap();
        let response = client.show_log().cluster_id("c").send().await;
        match std::str::from_utf8(body) {
            Ok(text) => assert_eq!(*response.unwrap(), *text),
            Err(_) => {
                let error = response.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Decode);
                assert!(error.message().contains("response = cloudcall::Bytes"), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn errors_are_still_errors() {
    let body = br#"{"Code":"FunctionNotFound","Message":"no such function","RequestId":"r-1"}"#;
    let client =
        mock(404, "application/json", body).client::<Alibaba>().region("cn-hangzhou").build().unwrap();
    let error = client.invoke_function().function_name("f").send().await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::NotFound, Some("FunctionNotFound")));
    // Where errors come with status 200, the envelope says so; what only looks like one is the body.
    let body = br#"{"Response":{"Error":{"Code":"AuthFailure.X","Message":"m"},"RequestId":"r-2"}}"#;
    let client =
        mock(200, "application/json", body).client::<Tencent>().region("ap-guangzhou").build().unwrap();
    let error = client.describe_file().send().await.unwrap_err();
    assert_eq!((error.code(), error.request_id()), (Some("AuthFailure.X"), Some("r-2")));
    let body = br#"{"Response":{"RequestId":"r-3"}}"#;
    let client =
        mock(200, "application/json", body).client::<Tencent>().region("ap-guangzhou").build().unwrap();
    assert_eq!(*client.describe_file().send().await.unwrap(), Bytes::from_static(body));
}

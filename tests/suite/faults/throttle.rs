//! Rows 43 to 49: what the services themselves refuse, and how often it is asked again.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, ResponseBody, TransportError};
use cloudcall::{Alibaba, Huawei, Qcloud};
use cloudcall_tests::server::{Reply, Request, Server};

use super::*;

/// One untyped read of a cloud; waits are of two seconds and more, so that every attempt has a second of its own.
pub(super) async fn once(
    cloud: &str,
    server: &Server,
    time: &FakeTime,
) -> Result<Response<cloudcall::Value>, Error> {
    let (url, policy) =
        (server.url(), RetryPolicy::standard().base_delay(Duration::from_secs(2)).without_jitter());
    macro_rules! client {
        ($cloud:ty) => {
            builder_of::<$cloud>(&url).retry(policy).context(time.context()).build().unwrap()
        };
    }
    let empty = cloudcall::json::json!({});
    let get = ActionInfo::dynamic("vpc", "v1", "ListIt")
        .with_method(cloudcall::http::Method::GET)
        .with_path("/v1/x");
    match cloud {
        "tencent" => {
            bounded(client!(Tencent).raw("cvm", "2017-03-12", "DescribeIt").json(empty).send()).await
        }
        "qcloud" => bounded(client!(Qcloud).raw("cvm", "", "DescribeIt").json(empty).send()).await,
        "alibaba" => {
            bounded(client!(Alibaba).raw("Ecs", "2014-05-26", "DescribeIt").json(empty).send()).await
        }
        "huawei" => bounded(client!(Huawei).raw_action(get).send()).await,
        other => panic!("no cloud {other}"),
    }
}

/// An error in the shape of the cloud.
fn refusal(cloud: &str, status: u16, code: &str, headers: &str) -> Reply {
    let body = match cloud {
        "tencent" => {
            format!(r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"m"}},"RequestId":"r-e"}}}}"#)
        }
        "qcloud" => format!(r#"{{"code":{code},"message":"m","codeDesc":"d"}}"#),
        "alibaba" => format!(r#"{{"Code":"{code}","Message":"m","RequestId":"r-e"}}"#),
        "huawei" => format!(r#"{{"error_code":"{code}","error_msg":"m","request_id":"r-e"}}"#),
        other => panic!("no cloud {other}"),
    };
    Reply::status(status, &format!("Content-Type: application/json\r\n{headers}"), &body)
}

fn success(cloud: &str) -> Reply {
    Reply::json(match cloud {
        "tencent" => OK,
        "qcloud" => r#"{"code":0,"message":"","Zone":"z"}"#,
        _ => r#"{"Zone":"z","RequestId":"r-ok"}"#,
    })
}

/// Refused so, and then again, and then not: three requests, of which no two are equal in what `fresh` takes of them.
async fn throttled(cloud: &str, status: u16, code: &str, fresh: impl Fn(&Request) -> String) {
    let refusal = refusal(cloud, status, code, "");
    let server = Server::replies([refusal.clone(), refusal.clone(), success(cloud)]).await;
    let time = FakeTime::at(NOW);
    let response = once(cloud, &server, &time).await.unwrap();
    assert_eq!((&response["Zone"], response.attempts()), (&"z".into(), 3));
    assert_eq!(time.waits(), [Duration::from_secs(2), Duration::from_secs(4)]);
    let requests = server.requests();
    let different: HashSet<_> = requests.iter().map(fresh).collect();
    assert_eq!((requests.len(), different.len()), (3, 3), "signed afresh each time: {different:?}");

    let (server, time) = (Server::replies([refusal]).await, FakeTime::at(NOW));
    let error = once(cloud, &server, &time).await.unwrap_err();
    assert!(error.is_throttled(), "{error}");
    assert_eq!((error.code(), error.attempts(), server.requests().len()), (Some(code), 3, 3));
    assert_eq!(time.waits().len(), 2);
}

fn header(name: &'static str) -> impl Fn(&Request) -> String {
    move |request| request.header(name).unwrap().to_owned()
}

#[tokio::test]
async fn row_43_tencent_request_limit_exceeded() {
    throttled("tencent", 200, "RequestLimitExceeded", header("authorization")).await;
}

#[tokio::test]
async fn row_44_alibaba_throttling_user() {
    throttled("alibaba", 400, "Throttling.User", header("x-acs-signature-nonce")).await;
    throttled("alibaba", 400, "Throttling.User", header("authorization")).await;
}

#[tokio::test]
async fn row_45_huawei_429() {
    throttled("huawei", 429, "APIGW.0308", header("authorization")).await;
}

#[tokio::test]
async fn row_46_legacy_4400() {
    let parameter = |name: &'static str| {
        move |request: &Request| {
            let (_, rest) = request.line().split_once(&format!("{name}=")).unwrap();
            rest.split('&').next().unwrap().to_owned()
        }
    };
    throttled("qcloud", 200, "4400", parameter("Signature")).await;
    throttled("qcloud", 200, "4400", parameter("Nonce")).await;
}

#[tokio::test]
async fn row_47_a_clock_that_is_off() {
    let an_hour_on = "Date: Tue, 14 Nov 2023 23:13:20 GMT\r\n";
    for (cloud, status, code) in [
        ("tencent", 200, "AuthFailure.SignatureExpire"),
        ("qcloud", 200, "4200"),
        ("alibaba", 400, "InvalidTimeStamp.Expired"),
    ] {
        let expired = refusal(cloud, status, code, an_hour_on);
        let server = Server::replies([expired.clone(), success(cloud)]).await;
        let time = FakeTime::at(NOW);
        let response = once(cloud, &server, &time).await.unwrap();
        assert_eq!((response.attempts(), server.requests().len()), (2, 2), "{cloud}");
        assert!(time.waits().is_empty(), "there is nothing to wait for");
        let requests = server.requests();
        let stamp = |request: &Request| match cloud {
            "tencent" => request.header("x-tc-timestamp").unwrap() == "1700003600",
            "qcloud" => request.line().contains("Timestamp=1700003600"),
            _ => request.header("x-acs-date").unwrap() == "2023-11-14T23:13:20Z",
        };
        assert_eq!([stamp(&requests[0]), stamp(&requests[1])], [false, true], "{cloud}");

        let server = Server::replies([expired]).await;
        let error = once(cloud, &server, &FakeTime::at(NOW)).await.unwrap_err();
        let found = (error.kind(), error.code(), error.attempts(), server.requests().len());
        assert_eq!(found, (ErrorKind::Auth, Some(code), 2, 2), "a second such response is final: {error}");
    }
}

#[tokio::test]
async fn row_48_a_bad_signature_a_bad_parameter_an_unknown_id() {
    use ErrorKind::{Auth, NotFound, Service};
    for (cloud, status, code, kind) in [
        ("tencent", 200, "AuthFailure.SignatureFailure", Auth),
        ("tencent", 200, "InvalidParameterValue", Service),
        ("tencent", 200, "AuthFailure.SecretIdNotFound", Auth),
        ("tencent", 200, "ResourceNotFound.Vpc", NotFound),
        ("qcloud", 200, "4100", Auth),
        ("qcloud", 200, "4000", Service),
        ("qcloud", 200, "5000", NotFound),
        ("alibaba", 400, "SignatureDoesNotMatch", Auth),
        ("alibaba", 400, "InvalidParameter", Service),
        ("alibaba", 404, "InvalidAccessKeyId.NotFound", Auth),
        ("alibaba", 404, "InvalidInstanceId.NotFound", NotFound),
        ("huawei", 401, "APIGW.0301", Auth),
        ("huawei", 400, "VPC.0002", Service),
        ("huawei", 404, "VPC.0202", NotFound),
        ("huawei", 404, "APIGW.0101", Service),
    ] {
        let server = Server::replies([refusal(cloud, status, code, ""), success(cloud)]).await;
        let error = once(cloud, &server, &FakeTime::at(NOW)).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (kind, Some(code)), "{cloud}: {error}");
        assert_eq!((error.attempts(), server.requests().len()), (1, 1), "{cloud} {code}");
    }
}

/// A service that is busy each first time, and refuses a nonce that it knows.
#[derive(Debug, Clone, Default)]
struct Strict(Arc<Mutex<HashSet<String>>>);

#[cloudcall::async_trait]
impl HttpSend for Strict {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let nonce = request.headers()["x-acs-signature-nonce"].to_str().unwrap().to_owned();
        let mut known = self.0.lock().unwrap();
        let (status, body) = match (known.insert(nonce), known.len() % 2) {
            (false, _) => (400, r#"{"Code":"SignatureNonceUsed","Message":"m"}"#),
            (true, 1) => (503, r#"{"Code":"ServiceUnavailable","Message":"m"}"#),
            (true, _) => (200, r#"{"RequestId":"r"}"#),
        };
        let body = ResponseBody::whole(body);
        Ok(cloudcall::http::Response::builder().status(status).body(body).unwrap())
    }
}

#[tokio::test]
async fn row_49_no_nonce_is_used_twice() {
    const CALLS: usize = 10_000;
    let (service, time) = (Strict::default(), FakeTime::at(NOW));
    // The waits are of no length; the randomness is the system's.
    let context = cloudcall::context::Context::system().with_clock(time.clone()).with_sleep(time);
    let client = builder_of::<Alibaba>("http://127.0.0.1:1").context(context).transport(service.clone());
    let client = client.build().unwrap();
    for _ in 0..CALLS {
        let call = client.raw("Ecs", "2014-05-26", "DescribeIt").send().await;
        assert_eq!(call.unwrap().attempts(), 2);
    }
    assert_eq!(service.0.lock().unwrap().len(), 2 * CALLS);
}

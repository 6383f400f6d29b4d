//! Rows 22 to 30, 36, 37 and 40: complete responses with errors or unexpected content.

use cloudcall_tests::server::{Reply, Server, http};

use super::*;

const HTML: &str = "<html><body>planted-secret: AKIDfaults is busy</body></html>";

#[tokio::test]
async fn row_22_a_gateway_error_once() {
    for status in [500, 502, 503, 504] {
        let server = Server::replies([Reply::status(status, "", "busy"), Reply::json(OK)]).await;
        let time = FakeTime::at(NOW);
        let response = call(&client(&server, &time), Read).await.unwrap();
        assert_eq!((response.attempts(), server.requests().len()), (2, 2), "{status}");
        let waits = time.waits();
        assert!(waits.len() == 1 && waits[0] <= milliseconds(100), "inside the jitter band: {waits:?}");

        let (error, requests) = failure(&Server::replies([Reply::status(status, "", "")]).await, Write).await;
        assert_eq!((error.kind(), requests), (ErrorKind::Service, 1), "{error}");
    }
}

#[tokio::test]
async fn row_23_503_always() {
    let last = |n| Reply::status(503, "", if n == 2 { "the last" } else { "before" });
    let server = Server::start(move |n, _| last(n)).await;
    let time = FakeTime::at(NOW);
    let error = call(&client(&server, &time), Read).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.attempts(), server.requests().len()),
        (ErrorKind::Service, 3, 3),
        "{error}"
    );
    assert_eq!(error.raw_body(), Some(&b"the last"[..]));
    assert_eq!(time.waits().len(), 2, "no wait after the last");
}

/// The waits before a success, when the first response is a 429 with this `Retry-After`.
async fn waits(asked: &str) -> Vec<Duration> {
    let busy = Reply::status(429, &format!("Retry-After: {asked}\r\n"), "");
    let server = Server::replies([busy, Reply::json(OK)]).await;
    let time = FakeTime::at(NOW);
    // What is throttled was not carried out: even a write is sent again.
    let response = call(&client(&server, &time), Write).await.unwrap();
    assert_eq!((response.attempts(), server.requests().len()), (2, 2), "{asked}");
    let times: Vec<_> =
        server.requests().iter().map(|r| r.header("x-tc-timestamp").unwrap().to_owned()).collect();
    let later: u64 = times[1].parse::<u64>().unwrap() - times[0].parse::<u64>().unwrap();
    assert_eq!(time.waits().iter().sum::<Duration>().as_secs(), later, "signed after the wait");
    time.waits()
}

#[tokio::test]
async fn row_24_429_with_retry_after() {
    assert_eq!(waits("2").await, [Duration::from_secs(2)]);
}

#[tokio::test]
async fn row_25_retry_after_as_a_date_or_absurd() {
    assert_eq!(waits("Tue, 14 Nov 2023 22:13:27 GMT").await, [Duration::from_secs(7)]);
    assert_eq!(waits("1000000000").await, [Duration::from_secs(20)], "capped");
    assert_eq!(waits("Fri, 31 Dec 9999 23:59:59 GMT").await, [Duration::from_secs(20)], "capped");
    let skewed = "Tue, 14 Nov 2023 23:13:27 GMT\r\nDate: Tue, 14 Nov 2023 23:13:22 GMT";
    assert_eq!(waits(skewed).await, [Duration::from_secs(5)], "by the server's clock");
    for nonsense in ["soon", "-5", "99999999999999999999999", ""] {
        let waits = waits(nonsense).await;
        assert!(waits[0] <= milliseconds(100), "as if it were not there: {waits:?}");
    }
    for at_once in ["0", "Tue, 14 Nov 2023 22:13:10 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"] {
        let waits = waits(at_once).await;
        assert!(waits[0] > Duration::ZERO && waits[0] <= milliseconds(100), "the backoff stays: {waits:?}");
    }
}

/// A response that is no use, once: its error, whose texts hold no secret.
async fn useless(reply: Reply) -> Error {
    let (error, requests) = failure(&Server::replies([reply]).await, Read).await;
    assert_eq!((error.kind(), error.attempts(), requests), (ErrorKind::Decode, 1, 1), "{error}");
    assert_eq!(error.status().unwrap().as_u16(), 200);
    let shown =
        format!("{error} {error:?} {}", String::from_utf8_lossy(error.raw_body().unwrap_or_default()));
    assert!(!shown.contains("planted-secret"), "{shown}");
    error
}

#[tokio::test]
async fn row_26_200_with_html() {
    let page = format!("{HTML}{}the end", " ".repeat(300));
    let error = useless(Reply::status(200, "Content-Type: text/html\r\n", &page)).await;
    let shown = error.to_string();
    assert!(shown.contains("status 200") && shown.contains("<html><body>"), "{shown}");
    assert!(!shown.contains("the end"), "only its first 200 bytes: {shown}");
}

#[tokio::test]
async fn row_27_502_with_html() {
    let server = Server::replies([Reply::status(502, "Content-Type: text/html\r\n", HTML)]).await;
    let (error, requests) = failure(&server, Read).await;
    assert_eq!((error.kind(), error.attempts(), requests), (ErrorKind::Service, 3, 3), "{error}");
    assert_eq!(error.status().unwrap().as_u16(), 502);
    assert!(!format!("{error}{error:?}").contains("planted-secret"), "{error}");
}

#[tokio::test]
async fn row_28_empty_200() {
    useless(Reply::json("")).await;
    useless(Reply::RawThenClose(b"HTTP/1.1 200 OK\r\n\r\n".to_vec())).await;
    useless(Reply::json("  \r\n")).await;
}

#[tokio::test]
async fn row_29_text_that_is_not_the_json_that_was_promised() {
    let mut latin = http(200, "", &"x".repeat(OK.len()));
    let start = latin.len() - OK.len();
    latin[start..].copy_from_slice(OK.as_bytes());
    latin[start + 22] = 0xe9;
    useless(Reply::Raw(latin)).await;
    for broken in [
        &OK[..OK.len() - 1],
        "{\"Response\":{\"Zone\":}}",
        "{'Response':{}}",
        "{\"Response\":{}} {}",
        "[]",
        "null",
        "\"Response\"",
        "{\"Other\":{}}",
        "{\"Response\":{\"Zone\":\"\u{0}\"}}",
    ] {
        useless(Reply::json(broken)).await;
    }
    let server = Server::replies([Reply::json(&format!("\u{feff}{OK}"))]).await;
    let response = call(&client(&server, &FakeTime::at(NOW)), Read).await.unwrap();
    assert_eq!((&response["Zone"], response.request_id()), (&"z".into(), Some("r-ok")));
}

#[tokio::test]
async fn row_30_deep_json() {
    let deep = |open: &str, close: &str| {
        let (open, close) = (open.repeat(100_000), close.repeat(100_000));
        format!(r#"{{"Response":{{"RequestId":"r","Deep":{open}1{close}}}}}"#)
    };
    for document in [deep("[", "]"), deep("{\"a\":", "}"), deep("[", ""), deep("[{\"a\":", "}]")] {
        useless(Reply::json(&document)).await;
        // The same below an error: what is found is the error, or nothing, but nothing overflows.
        let server = Server::replies([Reply::status(400, "", &document)]).await;
        let (error, requests) = failure(&server, Read).await;
        assert_eq!((error.kind(), requests), (ErrorKind::Service, 1), "{error}");
    }
    for (cloud, body) in [("huawei", deep("{\"a\":", "}")), ("alibaba", "<a>".repeat(100_000))] {
        let server = Server::replies([Reply::status(400, "", &body), Reply::status(200, "", &body)]).await;
        for expected in [ErrorKind::Service, ErrorKind::Decode] {
            let error = throttle::once(cloud, &server, &FakeTime::at(NOW)).await.unwrap_err();
            assert_eq!(error.kind(), expected, "{cloud}: {error}");
        }
    }
}

#[tokio::test]
async fn row_36_duplicate_and_non_ascii_headers() {
    let headers = "X-Request-Id: one\r\nX-Request-Id: two\r\nDate: no date\r\nDate: \u{e9}\r\nX-Name: 名\r\n\
                   Content-Type: text/html\r\nContent-Type: application/json\r\n";
    let server = Server::replies([Reply::status(200, headers, OK)]).await;
    let response = call(&client(&server, &FakeTime::at(NOW)), Read).await.unwrap();
    assert_eq!((response.request_id(), response.attempts()), (Some("r-ok"), 1));
    assert_eq!(response.headers()["x-name"].as_bytes(), "名".as_bytes());
    // A cloud that has the id in a header.
    for (id, known) in [("one", true), ("\u{e9}", false)] {
        let headers = format!("X-Request-Id: {id}\r\nX-Request-Id: two\r\n");
        let server = Server::replies([Reply::status(400, &headers, "{}")]).await;
        let error = throttle::once("huawei", &server, &FakeTime::at(NOW)).await.unwrap_err();
        assert_eq!(error.request_id(), known.then_some(id), "{error}");
    }
}

#[tokio::test]
async fn row_37_http10_close() {
    let server = Server::replies([Reply::RawThenClose(format!("HTTP/1.0 200 OK\r\n\r\n{OK}").into())]).await;
    let client = client(&server, &FakeTime::at(NOW));
    for calls in 1..=2 {
        assert_eq!(call(&client, Write).await.unwrap()["Zone"], "z");
        assert_eq!((server.requests().len(), server.connections()), (calls, calls));
    }
    // Without a length the end of the connection is the end of the response: half of it is still no success.
    useless(Reply::RawThenClose(format!("HTTP/1.0 200 OK\r\n\r\n{}", &OK[..30]).into())).await;
}

#[tokio::test]
async fn row_40_interim_responses() {
    for interim in [
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n",
    ] {
        let mut bytes = interim.as_bytes().to_vec();
        bytes.extend(http(200, "", OK));
        let server = Server::replies([Reply::Raw(bytes)]).await;
        let client = client(&server, &FakeTime::at(NOW));
        for _ in 0..2 {
            assert_eq!(call(&client, Write).await.unwrap().attempts(), 1, "{interim:?}");
        }
        assert_eq!((server.requests().len(), server.connections()), (2, 1));
    }
}

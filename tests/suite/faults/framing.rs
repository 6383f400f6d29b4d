//! Rows 9 to 16: responses with broken framing.

use cloudcall_tests::server::{Reply, Server};

use super::*;

/// The body ends early: never a success, and a write is not sent again.
async fn incomplete(raw: String) {
    let server = Server::replies([Reply::RawThenClose(raw.into())]).await;
    let (error, requests) = failure(&server, Write).await;
    assert_eq!((error.kind(), requests), (ErrorKind::Io, 1), "{error}");
    assert!(error.message().contains("incomplete body"), "{error}");
    assert!(error.may_have_been_sent());
    let (error, requests) = failure(&server, Read).await;
    assert_eq!((error.kind(), error.attempts(), requests), (ErrorKind::Io, 3, 4), "{error}");
}

const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

#[tokio::test]
async fn row_09_close_mid_body() {
    incomplete(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{}", OK.len(), &OK[..20])).await;
}

#[tokio::test]
async fn row_10_truncated_chunked() {
    incomplete(format!("{CHUNKED}{:x}\r\n{}", OK.len(), &OK[..20])).await;
}

/// All of the document is here, but nobody said that it is.
#[tokio::test]
async fn row_11_missing_last_chunk() {
    incomplete(format!("{CHUNKED}{:x}\r\n{OK}\r\n", OK.len())).await;
}

/// The response is not HTTP.
async fn not_http(raw: &str) {
    let server = Server::replies([Reply::RawThenClose(raw.into())]).await;
    for (number, action) in [(1, "read"), (2, "write")] {
        let (error, requests) = match action {
            "read" => failure(&server, Read).await,
            _ => failure(&server, Write).await,
        };
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Protocol, 1), "{raw:?}: {error}");
        assert_eq!(requests, number);
        assert!(error.may_have_been_sent());
    }
}

#[tokio::test]
async fn row_12_bad_chunk_size() {
    not_http(&format!("{CHUNKED}zz\r\n{OK}\r\n0\r\n\r\n")).await;
    not_http(&format!("{CHUNKED}fffffffffffffffff\r\n{OK}\r\n0\r\n\r\n")).await;
}

#[tokio::test]
async fn row_13_content_length_long() {
    incomplete(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{OK}", OK.len() + 7)).await;
}

/// What is left over looks like a response, and is never read as one.
#[tokio::test]
async fn row_14_content_length_short() {
    let evil = r#"HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{"Response":{"Zone":"x"}}"#;
    let short =
        format!("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{OK}{}", evil.replace("\\r\\n", "\r\n"));
    let server = Server::replies([Reply::Raw(short.into()), Reply::json(OK)]).await;
    let client = client(&server, &FakeTime::at(NOW));
    let error = call(&client, Read).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1), "{error}");
    assert_eq!(error.status().unwrap().as_u16(), 200);
    let response = call(&client, Read).await.unwrap();
    assert_eq!(response["Zone"], "z");
    let requests = server.requests();
    assert!(requests.last().unwrap().connection > 0, "the connection is not used again");
}

#[tokio::test]
async fn row_15_content_length_twice_negative_or_with_chunks() {
    let head = "HTTP/1.1 200 OK\r\n";
    not_http(&format!("{head}Content-Length: {}\r\nContent-Length: 10\r\n\r\n{OK}", OK.len())).await;
    not_http(&format!("{head}Content-Length: -1\r\n\r\n{OK}")).await;
    // The chunks count: the length would end the response in the middle.
    let both = format!(
        "{head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{OK}\r\n0\r\n\r\n",
        OK.len()
    );
    let server = Server::replies([Reply::RawThenClose(both.into())]).await;
    let response = call(&client(&server, &FakeTime::at(NOW)), Read).await.unwrap();
    assert_eq!((&response["Zone"], server.requests().len()), (&"z".into(), 1));
}

#[tokio::test]
async fn row_16_garbage_and_a_bad_status_line() {
    for raw in [
        "garbage garbage garbage\r\n\r\n",
        "\0\u{1}\u{2}\u{3}\r\n\r\n",
        "HTTP/1.1 abc OK\r\n\r\n",
        "HTTP/1.1 99999 OK\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "220 ftp.example ready\r\n\r\n",
    ] {
        not_http(raw).await;
    }
}

/// RFC 9112, section 5.2: a user agent reads a folded line as one line.
#[tokio::test]
async fn row_150_folded_header_lines_and_blanks_before_the_colon() {
    let length = OK.len();
    for (headers, name, value) in [
        ("X-Folded: one\r\n two\r\n", "x-folded", "one"),
        ("X-Folded: one\r\n\t two\r\nX-Next: b\r\n", "x-next", "b"),
        ("X-A : b\r\n", "x-a", "b"),
        ("X-A \t: b\r\nX-Folded: one\r\n  two\r\n", "x-a", "b"),
    ] {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{headers}");
        for end in ["Content-Length: ", "Content-Length : ", "Content-Length:\r\n "] {
            let raw = format!("{head}{end}{length}\r\n\r\n{OK}");
            let server = Server::replies([Reply::Raw(raw.into())]).await;
            let response = call(&client(&server, &FakeTime::at(NOW)), Write).await.unwrap();
            assert_eq!((&response["Zone"], server.requests().len()), (&"z".into(), 1));
            let shown = response.headers()[name].to_str().unwrap();
            assert!(shown.starts_with(value), "{headers}: {shown}");
        }
    }
    // What is no header line stays an error: it may have been the length of the body.
    not_http(&format!("HTTP/1.1 200 OK\r\nno header line\r\nContent-Length: {length}\r\n\r\n{OK}")).await;
}

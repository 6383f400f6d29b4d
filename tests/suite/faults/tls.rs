//! Rows 41 and 42: secure connections that are not. The first runs in a process of its own, whose system trusts an
//! authority that the test makes.

use cloudcall_tests::certificates::{Authority, Flaw};
use cloudcall_tests::server::{Door, Reply, Server};

use super::*;

/// A new name for a file of this process.
pub(super) fn authority_file(name: &str) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("cloudcall-{name}-{}.pem", std::process::id()))
}

/// Only on Linux does a variable name the authorities that the system trusts.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn row_41_bad_certificates() {
    let file = authority_file("row-41");
    if elsewhere(module_path!(), "row_41_bad_certificates", &[("SSL_CERT_FILE", file.to_str().unwrap())]) {
        return;
    }
    let (file, authority) = (std::env::var_os("SSL_CERT_FILE").unwrap(), Authority::new());
    std::fs::write(&file, authority.pem()).unwrap();
    let good = Server::secure(authority.acceptor(Flaw::None), [Reply::json(OK)]).await;
    let trusting = client(&good, &FakeTime::at(NOW));
    assert_eq!(call(&trusting, Write).await.unwrap().attempts(), 1, "the authority is trusted");
    for (acceptor, flaw) in [
        (authority.acceptor(Flaw::Expired), "certificate expired"),
        (authority.acceptor(Flaw::NotYet), "certificate not valid yet"),
        (authority.acceptor(Flaw::WrongHost), "certificate not valid for name \"127.0.0.1\""),
        (authority.acceptor(Flaw::SelfSigned), "UnknownIssuer"),
        // Another authority that has the name of ours.
        (Authority::new().acceptor(Flaw::None), "BadSignature"),
    ] {
        let server = Server::secure(acceptor, [Reply::json(OK)]).await;
        let (error, requests) = failure(&server, Read).await;
        let found = (error.kind(), error.attempts(), server.connections(), requests);
        assert_eq!(found, (ErrorKind::Tls, 1, 1, 0), "{flaw}: {error}");
        assert!(!error.may_have_been_sent());
        assert!(error.to_string().contains(flaw), "{flaw}: {error}");
    }
    std::fs::remove_file(file).unwrap();
}

#[tokio::test]
async fn row_42_tls_stall_and_tls_garbage() {
    let silent = Server::behind(|_| Door::Silent, [Reply::json(OK)]).await;
    let limit = milliseconds(300);
    kept(limit, || async {
        let url = silent.url().replace("http:", "https:");
        let http = http().connect_timeout(limit).build().unwrap();
        let client = builder_of::<Tencent>(&url).http(http).retry(RetryPolicy::none()).build().unwrap();
        let start = Instant::now();
        let error = call(&client, Write).await.unwrap_err();
        assert!(!error.may_have_been_sent(), "{error}");
        (error, start.elapsed())
    })
    .await;
    let connections = silent.connections();
    soon("every connection is given up", || silent.gone() == connections).await;

    for garbage in [
        &b"HTTP/1.1 400 Bad Request\r\n\r\n"[..],
        b"\x16\x03\x03\xff\xff\0\0\0\0",
        b"\x15\x03\x03\0\x02\x02\x28",
    ] {
        let server = Server::behind(move |_| Door::Say(garbage), [Reply::json(OK)]).await;
        let url = server.url().replace("http:", "https:");
        let client = builder_of::<Tencent>(&url).context(FakeTime::at(NOW).context()).build().unwrap();
        let error = call(&client, Read).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1), "{garbage:?}: {error}");
        assert!(!error.may_have_been_sent());
        assert_eq!((server.connections(), server.requests().len()), (1, 0));
    }
}

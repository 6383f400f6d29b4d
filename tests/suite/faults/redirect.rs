//! Row 35: redirects would carry the signature and the token to another host.

use cloudcall_tests::server::{Reply, Server};

use super::*;

#[tokio::test]
async fn row_35_redirect_to_another_host_or_in_a_loop() {
    let other = Server::replies([Reply::json(OK)]).await;
    for status in [301, 302, 303, 307, 308] {
        for target in [other.url(), "/".to_owned(), "//127.0.0.1:1/".to_owned()] {
            let redirect = Reply::status(status, &format!("Location: {target}\r\n"), "");
            let server = Server::replies([redirect]).await;
            let (error, requests) = failure(&server, Read).await;
            assert_eq!(
                (error.kind(), error.attempts(), requests),
                (ErrorKind::Protocol, 1, 1),
                "{status}: {error}"
            );
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert!(error.message().contains(&format!("the server redirects to `{target}`")), "{error}");
        }
    }
    assert_eq!((other.connections(), other.requests().len()), (0, 0));
}

/// The target may hold secrets, and be anything.
#[tokio::test]
async fn row_170_the_target_of_a_refused_redirect_is_named_without_its_secrets() {
    for (location, wanted) in [
        (
            "Location: https://u:planted@h.test/login?token=planted#planted\r\n",
            "the server redirects to `https://h.test/login`",
        ),
        ("Location: \r\n", "the server redirects to ``"),
        ("", "redirects without a target"),
    ] {
        let server = Server::replies([Reply::status(302, location, "<html>moved</html>")]).await;
        let (error, _) = failure(&server, Read).await;
        assert!(error.message().contains(wanted), "{error}");
        assert!(!format!("{error} {error:?}").contains("planted"), "{error:?}");
    }
    let (error, _) = failure(&Server::replies([Reply::status(304, "", "")]).await, Read).await;
    assert!(error.message().contains("the server responded with Not Modified"), "no redirect: {error}");
}

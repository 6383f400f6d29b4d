//! Row 54: proxies that want a password, or refuse.

use cloudcall_tests::certificates::{Authority, Flaw};
use cloudcall_tests::proxy::Proxy;
use cloudcall_tests::server::{Reply, Server};

use super::*;

fn through(proxy: &str, url: &str) -> Client<Tencent> {
    let http = HttpOptions::builder().proxies(Proxies::Url(proxy.to_owned())).build().unwrap();
    builder_of::<Tencent>(url).http(http).context(FakeTime::at(NOW).context()).build().unwrap()
}

fn check_hidden(error: &Error) {
    let shown = format!("{error} {error:?} {:?}", std::error::Error::source(error));
    assert!(!shown.contains("planted") && !shown.contains("cGxhbnRlZ"), "{shown}");
}

/// The password goes to the proxy, and what goes through its tunnel is not seen there.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn row_54_a_proxy_with_a_password() {
    let file = super::tls::authority_file("row-54");
    let env = [("SSL_CERT_FILE", file.to_str().unwrap())];
    if elsewhere(module_path!(), "row_54_a_proxy_with_a_password", &env) {
        return;
    }
    let (file, authority) = (std::env::var_os("SSL_CERT_FILE").unwrap(), Authority::new());
    std::fs::write(&file, authority.pem()).unwrap();
    let target = Server::secure(authority.acceptor(Flaw::None), [Reply::json(OK)]).await;
    let proxy = Proxy::start("planted:planted-pass").await;
    let port = proxy.port();
    let client = through(&format!("http://planted:planted-pass@127.0.0.1:{port}"), &target.url());
    assert_eq!(call(&client, Write).await.unwrap().attempts(), 1);
    assert_eq!((proxy.heads().len(), target.requests().len()), (1, 1));
    let (at_proxy, at_target) = (proxy.heads()[0].to_lowercase(), target.requests()[0].clone());
    assert!(
        at_proxy.starts_with("connect 127.0.0.1:") && at_proxy.contains("proxy-authorization: basic "),
        "{at_proxy}"
    );
    assert!(!at_proxy.contains("\r\nauthorization:") && !at_proxy.contains("x-tc-"), "{at_proxy}");
    assert_eq!(at_target.header("proxy-authorization"), None);
    assert!(at_target.header("authorization").unwrap().starts_with("TC3-"));
    assert!(!format!("{client:?}").contains("planted-pass"));

    // A wrong password, or none: nothing reaches the target.
    for user in ["planted:planted-wrong@", ""] {
        let client = through(&format!("http://{user}127.0.0.1:{port}"), &target.url());
        let error = call(&client, Write).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3), "{error}");
        assert!(!error.may_have_been_sent(), "{error}");
        check_hidden(&error);
    }
    assert_eq!((proxy.heads().len(), target.connections()), (7, 1));
    std::fs::remove_file(file).unwrap();
}

/// Without TLS the proxy itself answers.
#[tokio::test]
async fn row_54_a_proxy_that_refuses() {
    let target = Server::replies([Reply::json(OK)]).await;
    let refusal =
        Reply::status(407, "Proxy-Authenticate: Basic realm=\"p\"\r\n", "<html>who are you?</html>");
    let proxy = Server::replies([refusal]).await;
    let address = proxy.url().replace("http://", "http://planted:planted-pass@");
    let error = call(&through(&address, &target.url()), Read).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 407);
    assert_eq!(
        (error.kind(), error.attempts(), proxy.requests().len()),
        (ErrorKind::Service, 1, 1),
        "{error}"
    );
    assert!(error.message().starts_with("the proxy wants a user and a password"), "{error}");
    check_hidden(&error);
    assert!(proxy.requests()[0].header("proxy-authorization").unwrap().starts_with("Basic "));

    drop(proxy);
    tokio::time::sleep(milliseconds(20)).await;
    let error = call(&through(&address, &target.url()), Write).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3), "{error}");
    check_hidden(&error);
    assert_eq!(target.connections(), 0, "never past the proxy");
}

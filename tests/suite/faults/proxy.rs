//! Row 54: proxies that want a password, or refuse.

use cloudcall_tests::certificates::{Authority, Flaw};
use cloudcall_tests::proxy::Proxy;
use cloudcall_tests::server::{Door, Reply, Server};

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
        assert!(error.message().contains(&format!("the proxy 127.0.0.1:{port} requires a user")), "{error}");
        check_hidden(&error);
    }
    assert_eq!((proxy.heads().len(), target.connections()), (7, 1));
    std::fs::remove_file(file).unwrap();
}

/// Without TLS the proxy itself responds.
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
    let named = format!("the proxy 127.0.0.1:{} requires a user and a password", proxy.port());
    assert!(error.message().starts_with(&named), "{error}");
    check_hidden(&error);
    assert!(proxy.requests()[0].header("proxy-authorization").unwrap().starts_with("Basic "));

    let port = proxy.port();
    drop(proxy);
    tokio::time::sleep(milliseconds(20)).await;
    let error = call(&through(&address, &target.url()), Write).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3), "{error}");
    assert!(error.message().contains(&format!("through the proxy 127.0.0.1:{port}")), "{error}");
    check_hidden(&error);
    assert_eq!(target.connections(), 0, "never past the proxy");
}

/// Whatever the proxy does to a call over TLS, the error names it.
#[tokio::test]
async fn row_171_the_proxy_is_named_in_its_errors() {
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let refused = Server::replies([Reply::status(403, "", "no")]).await;
    let silent = Server::replies([Reply::close()]).await;
    let speaks = Server::behind(|_| Door::Say(b"220 ftp.example ready\r\n"), [Reply::close()]).await;
    for (port, kind, wanted) in [
        (closed, ErrorKind::Connect, "no connection to the proxy 127.0.0.1:"),
        (refused.port(), ErrorKind::Connect, "the proxy 127.0.0.1:"),
        (silent.port(), ErrorKind::Connect, "closed the connection instead of connecting to the host"),
        (speaks.port(), ErrorKind::Connect, "refused to connect to the host"),
    ] {
        let client = through(&format!("http://planted:planted-pass@127.0.0.1:{port}"), "https://h.invalid");
        let error = call(&client, Write).await.unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.message().contains(wanted), "{error}");
        assert!(error.message().contains(&format!("127.0.0.1:{port}")), "{error}");
        assert!(!error.may_have_been_sent(), "{error}");
        check_hidden(&error);
    }
    // A proxy that is called over TLS and speaks none.
    let plain = Server::behind(|_| Door::Say(b"HTTP/1.1 400 Bad Request\r\n\r\n"), [Reply::close()]).await;
    for url in ["https://h.invalid", "http://h.invalid"] {
        let client = through(&format!("https://planted:planted-pass@localhost:{}", plain.port()), url);
        let error = call(&client, Write).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
        assert!(error.message().contains(&format!("the proxy localhost:{}", plain.port())), "{error}");
        check_hidden(&error);
    }
    // In the middle of a response through a proxy.
    let broken = Server::replies([Reply::reset()]).await;
    let error = call(&through(&broken.url(), "http://h.invalid"), Write).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io, "{error}");
    assert!(error.message().contains(&format!("the proxy 127.0.0.1:{}", broken.port())), "{error}");
}

/// What no call could go through is refused when the client is built.
#[tokio::test]
async fn row_172_a_proxy_that_is_not_supported_is_refused_when_the_client_is_built() {
    for (url, why) in [
        ("ftp://planted:planted-pass@127.0.0.1:21", "a `ftp` proxy is not supported"),
        ("socks4://127.0.0.1:1080", "a `socks4` proxy is not supported"),
        ("http://planted:planted-pass@", "not a URL"),
        ("http://127.0.0.1:99999", "not a URL"),
    ] {
        let http = HttpOptions::builder().proxies(Proxies::Url(url.to_owned())).build().unwrap();
        let error = builder_of::<Tencent>("http://h.invalid").http(http).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{error}");
        assert!(error.message().contains(why), "{error}");
        check_hidden(&error);
    }
}

/// A proxy of the environment that is not supported is an error of the calls that would use it; they never go direct.
#[tokio::test]
async fn row_173_a_proxy_of_the_environment_that_is_not_supported_is_never_passed_by() {
    let server = Server::replies([Reply::json(OK)]).await;
    let name = "row_173_a_proxy_of_the_environment_that_is_not_supported_is_never_passed_by";
    if elsewhere(
        module_path!(),
        name,
        &[("http_proxy", "ftp://planted:planted-pass@127.0.0.1:21"), ("no_proxy", "*.direct.test")],
    ) {
        return;
    }
    let http = HttpOptions::default();
    let client = builder_of::<Tencent>(&server.url()).http(http).build().unwrap();
    let error = call(&client, Read).await.unwrap_err();
    assert_eq!((error.kind(), server.connections()), (ErrorKind::Config, 0), "{error}");
    assert!(error.message().contains("`http_proxy`") && error.message().contains("`ftp`"), "{error}");
    check_hidden(&error);
}

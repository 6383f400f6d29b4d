//! Whose certificates are believed, with authorities that are made when a test runs.

use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::context::Env;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::error::SendState;
use cloudcall::retry::RetryPolicy;
use cloudcall::transport::{
    HttpRequest, HttpResponse, HttpSend, ResponseBody, TlsTrust, TlsVersion, TransportError,
};
use cloudcall::{Client, Error, ErrorKind, Huawei, Tencent, async_trait};
use cloudcall_tests::certificates::Authority;
use cloudcall_tests::server::{Reply, Server};
use cloudcall_tests::time::FakeTime;
use cloudcall_tests::transport::Transport;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::version::{TLS12, TLS13};

/// An authority, and a server on loopback that it vouches for.
pub(crate) struct Secure {
    pub(crate) port: u16,
    pem: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Secure {
    pub(crate) async fn start() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let shown = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        let shown = shown.signed_by(&key, &authority).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![shown.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        tokio::spawn(serve(listener, TlsAcceptor::from(Arc::new(config)), seen.clone()));
        Self { port, pem: authority.pem(), seen }
    }

    pub(crate) fn trust(&self) -> TlsTrust {
        TlsTrust::only_pem(&self.pem)
    }

    /// The heads of the requests that came.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    async fn call(&self, trust: TlsTrust) -> Result<(), Error> {
        call(self.port, HttpOptions::builder().trust(trust).proxies(Proxies::None).build().unwrap()).await
    }
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, seen: Arc<Mutex<Vec<String>>>) {
    while let Ok((stream, _)) = listener.accept().await {
        let Ok(mut stream) = acceptor.accept(stream).await else { continue };
        let (mut head, mut piece) = (Vec::new(), [0; 4_096]);
        while !head.windows(2).any(|two| two == b"{}") {
            match stream.read(&mut piece).await {
                Ok(length) if length > 0 => head.extend_from_slice(&piece[..length]),
                _ => break,
            }
        }
        seen.lock().unwrap().push(String::from_utf8_lossy(&head).into_owned());
        let body = r#"{"Response":{"RequestId":"r"}}"#;
        let response =
            format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        let _ = stream.write_all(response.as_bytes()).await;
        let _ = stream.shutdown().await;
    }
}

pub(crate) async fn call(port: u16, http: HttpOptions) -> Result<(), Error> {
    let client = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(format!("https://127.0.0.1:{port}").as_str())
        .credentials(StaticCredentials::new(Credential::new("AKIDplanted", "planted-secret").unwrap()))
        .http(http)
        .build()?;
    client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.map(drop)
}

#[tokio::test]
async fn an_authority_of_ones_own_is_added_or_is_the_only_one() {
    let (server, other) = (Secure::start().await, Secure::start().await);
    server.call(TlsTrust::system().and_pem(&server.pem)).await.unwrap();
    server.call(TlsTrust::only_pem(&server.pem)).await.unwrap();
    server.call(TlsTrust::only_pem(format!("{}\n{}", other.pem, server.pem))).await.unwrap();
    server.call(TlsTrust::only_pem(&other.pem).and_pem(&server.pem)).await.unwrap();
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn whom_nobody_vouches_for_gets_no_request() {
    let (server, other) = (Secure::start().await, Secure::start().await);
    for trust in [TlsTrust::system(), TlsTrust::system().and_pem(&other.pem), TlsTrust::only_pem(&other.pem)]
    {
        let error = server.call(trust).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1), "{error}");
        assert!(!error.may_have_been_sent());
    }
    assert_eq!(server.seen(), [""; 0]);
}

#[tokio::test]
async fn the_check_is_off_only_by_a_call_that_says_so() {
    let server = Secure::start().await;
    super::credentials_log::start();
    server.call(TlsTrust::danger_accept_invalid_certs()).await.unwrap();
    assert_eq!(server.seen().len(), 1);
    assert!(super::credentials_log::holds("certificates are not checked"), "a warning");
    assert_ne!(TlsTrust::default(), TlsTrust::danger_accept_invalid_certs());
}

#[test]
fn what_is_no_certificate_is_refused_before_any_call() {
    let torn = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let bad = "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n";
    let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    for pem in ["", "hello", torn, bad, key] {
        for trust in [TlsTrust::only_pem(pem), TlsTrust::system().and_pem(pem)] {
            let http = HttpOptions::builder().trust(trust).build().unwrap();
            let error = Transport::new(&http).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config, "{pem}");
            assert!(error.to_string().contains("PEM"), "{error}");
        }
    }
}

fn trusting(trust: TlsTrust) -> HttpOptions {
    HttpOptions::builder().trust(trust).proxies(Proxies::None).build().unwrap()
}

const OK: &str = r#"{"Response":{"RequestId":"r"}}"#;

#[tokio::test]
async fn a_server_that_demands_a_client_certificate_is_shown_it() {
    let (servers, clients) = (Authority::new(), Authority::new());
    let ((chain, key), (other, other_key)) = (clients.client(), Authority::new().client());
    let trust = TlsTrust::only_pem(servers.pem());
    for version in [&TLS12, &TLS13] {
        let acceptor = servers.acceptor_demanding(&clients, &[version]);
        let server = Server::secure(acceptor, [Reply::json(OK)]).await;
        call(server.port(), trusting(trust.clone().client_certificate(&chain, &key))).await.unwrap();
        assert_eq!(server.requests().len(), 1, "{version:?}");
    }
    // In TLS 1.2 the refusal is part of the handshake.
    let server = Server::secure(servers.acceptor_demanding(&clients, &[&TLS12]), [Reply::json(OK)]).await;
    for trust in [trust.clone(), trust.clone().client_certificate(&other, &other_key)] {
        let error = call(server.port(), trusting(trust)).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, 1), "{error}");
        assert!(!error.may_have_been_sent(), "{error}");
        assert!(error.message().contains("TlsTrust::client_certificate"), "{error}");
    }
    assert_eq!(server.requests().len(), 0);
}

#[tokio::test]
async fn a_server_of_an_older_version_than_the_minimum_is_refused() {
    let (servers, clients) = (Authority::new(), Authority::new());
    let (chain, key) = clients.client();
    let trust = TlsTrust::only_pem(servers.pem()).client_certificate(chain, key);
    let trust = trust.minimum_version(TlsVersion::V1_3);
    for (version, accepted) in [(&TLS12, false), (&TLS13, true)] {
        let acceptor = servers.acceptor_demanding(&clients, &[version]);
        let server = Server::secure(acceptor, [Reply::json(OK)]).await;
        let outcome = call(server.port(), trusting(trust.clone())).await;
        let kind = outcome.err().map(|error| error.kind());
        assert_eq!(kind, (!accepted).then_some(ErrorKind::Tls), "{version:?}");
        assert_eq!(server.requests().len(), usize::from(accepted));
    }
}

#[test]
fn a_client_certificate_that_cannot_be_used_is_refused_before_any_call() {
    let clients = Authority::new();
    let ((chain, key), (_, other_key)) = (clients.client(), clients.client());
    for (chain, key, why) in [
        ("", key.as_str(), "is not a certificate in PEM"),
        (key.as_str(), key.as_str(), "is not a certificate in PEM"),
        (chain.as_str(), chain.as_str(), "is not a private key in PEM"),
        (chain.as_str(), other_key.as_str(), "cannot be used together"),
    ] {
        let trust = TlsTrust::system().client_certificate(chain, key);
        assert!(!format!("{trust:?}").contains("PRIVATE"), "{trust:?}");
        let error = Transport::new(&trusting(trust)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{error}");
        assert!(error.message().contains(why), "{error}");
    }
}

/// Runs only as a process of its own, where the system has no authorities.
#[tokio::test]
#[ignore = "started by the test below"]
async fn a_system_without_authorities() {
    let server = Secure::start().await;
    let error = server.call(TlsTrust::system()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Tls, "{error}");
    server.call(TlsTrust::system().and_pem(&server.pem)).await.unwrap();
    server.call(TlsTrust::only_pem(&server.pem)).await.unwrap();
}

#[test]
#[cfg(all(unix, not(target_vendor = "apple")))]
fn a_system_without_authorities_is_an_error_and_no_panic() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "tls::a_system_without_authorities", "--ignored"])
        .env("SSL_CERT_FILE", "/nonexistent/file")
        .env("SSL_CERT_DIR", "/nonexistent/folder")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
}

/// No secure connection to the hosts called `first`; all others response.
#[derive(Debug, Clone)]
struct FirstUntrusted(Arc<Mutex<Vec<String>>>);

#[async_trait]
impl HttpSend for FirstUntrusted {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let host = request.uri().host().unwrap().to_owned();
        self.0.lock().unwrap().push(host.clone());
        if host.starts_with("first") {
            return Err(TransportError::new(ErrorKind::Tls, SendState::No, "no secure connection"));
        }
        Ok(HttpResponse::new(ResponseBody::whole("{}")))
    }
}

#[derive(Debug)]
struct Regions(&'static str);

impl Env for Regions {
    fn var(&self, name: &str) -> Option<String> {
        (name == "HUAWEICLOUD_SDK_REGION_VPC_OWN_1").then(|| self.0.to_owned())
    }
}

#[tokio::test]
async fn an_endpoint_that_cannot_be_trusted_hands_over_to_the_next() {
    for (endpoints, wanted, called) in [
        ("https://first.example,https://second.example", None, vec!["first.example", "second.example"]),
        ("https://first.example", Some(ErrorKind::Tls), vec!["first.example"]),
    ] {
        let hosts = FirstUntrusted(Arc::default());
        let client = Client::<Huawei>::builder()
            .region("own-1")
            .credentials(StaticCredentials::new(Credential::new("AK", "SK").unwrap().with_project_id("p")))
            .context(FakeTime::at(1).context().with_env(Regions(endpoints)))
            .retry(RetryPolicy::standard().base_delay(Duration::ZERO))
            .transport(hosts.clone())
            .build()
            .unwrap();
        let info = cloudcall::action::ActionInfo::dynamic("vpc", "v1", "CreateVpc").with_path("/v1/vpcs");
        let outcome = client.raw_action(info).invoke().await;
        assert_eq!(outcome.err().map(|error| error.kind()), wanted);
        assert_eq!(*hosts.0.lock().unwrap(), called);
    }
}

//! Proxies: who is told their password, and what goes past them. Which hosts go past is a table in the transport.

use std::process::Command;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::context::Context;
use cloudcall::credential::{Credential, ProvideCredential, StaticCredentials};
use cloudcall::provider::tencent::credentials::InstanceRole as CvmRole;
use cloudcall::transport::TlsTrust;
use cloudcall::{Client, Error, ErrorKind, Tencent};
use cloudcall_tests::server::{Reply, Server};
use cloudcall_tests::transport::Transport;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::credentials_log;
use super::tls::{Secure, call};

/// `user:planted-password` in base64.
const PASSWORD: &str = "dXNlcjpwbGFudGVkLXBhc3N3b3Jk";

/// A proxy that makes tunnels for whoever knows the password.
async fn tunnels() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, heads) = (listener.local_addr().unwrap().port(), Arc::new(Mutex::new(Vec::new())));
    let log = heads.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(tunnel(stream, log.clone()));
        }
    });
    (port, heads)
}

async fn tunnel(mut client: TcpStream, log: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    log.lock().unwrap().push(head.clone());
    if !head.contains(PASSWORD) {
        client.write_all(b"HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n").await.unwrap();
        return;
    }
    let mut server = TcpStream::connect(head.split(' ').nth(1).unwrap()).await.unwrap();
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
    let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
}

fn through(port: u16, user: &str, trust: TlsTrust) -> HttpOptions {
    let proxy = Proxies::Url(format!("http://{user}127.0.0.1:{port}"));
    HttpOptions::builder().proxies(proxy).trust(trust).build().unwrap()
}

#[tokio::test]
async fn the_password_is_for_the_proxy_alone() {
    credentials_log::start();
    let server = Secure::start().await;
    let (port, heads) = tunnels().await;
    call(server.port, through(port, "user:planted-password@", server.trust())).await.unwrap();
    let asked = heads.lock().unwrap().clone();
    assert_eq!(asked.len(), 1);
    assert!(asked[0].starts_with(&format!("CONNECT 127.0.0.1:{} ", server.port)), "{asked:?}");
    assert!(asked[0].contains(PASSWORD), "{asked:?}");
    assert!(
        !asked[0].contains("x-tc-action") && !asked[0].contains("AKID"),
        "nothing of the call: {asked:?}"
    );
    let seen = server.seen();
    assert_eq!(seen.len(), 1);
    let seen = seen[0].to_ascii_lowercase();
    assert!(seen.contains("x-tc-action") && !seen.contains("proxy-authorization"), "{seen}");
    assert!(!seen.contains(&PASSWORD.to_ascii_lowercase()), "{seen}");
    credentials_log::check();
}

#[tokio::test]
async fn a_proxy_that_refuses_is_an_error_without_the_password() {
    credentials_log::start();
    let server = Secure::start().await;
    let (port, _) = tunnels().await;
    let error = call(server.port, through(port, "user:planted-wrong@", server.trust())).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(!error.may_have_been_sent());
    credentials_log::check_clean("the error", &format!("{error} {error:?}"));
    assert_eq!(server.seen().len(), 0);
    credentials_log::check();
}

#[tokio::test]
async fn plain_calls_go_through_the_proxy_whole() {
    let proxy = Server::replies([Reply::json(r#"{"Response":{"RequestId":"r"}}"#)]).await;
    let http = through(proxy.port(), "user:planted-password@", TlsTrust::system());
    let client = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint("http://cvm.example.invalid")
        .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
        .http(http)
        .build()
        .unwrap();
    client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.unwrap();
    let request = &proxy.requests()[0];
    assert_eq!(request.line(), "POST http://cvm.example.invalid/");
    assert_eq!(request.header("host"), Some("cvm.example.invalid"), "the host that was signed");
    assert_eq!(request.header("proxy-authorization"), Some(format!("Basic {PASSWORD}").as_str()));
}

#[tokio::test]
async fn user_and_password_may_hold_anything() {
    let proxy = Server::replies([Reply::json(r#"{"Response":{"RequestId":"r"}}"#)]).await;
    let (user, password) = ("me@corp", "planted:p@ss/wo%rd? 密码");
    let address = proxy.url();
    for address in [address.as_str(), address.trim_start_matches("http://")] {
        let login = Proxies::with_login(address, user, &password.into());
        credentials_log::check_clean("the options", &format!("{login:?}"));
        let http = HttpOptions::builder().proxies(login).build().unwrap();
        let client = Client::<Tencent>::builder()
            .endpoint("http://cvm.example.invalid")
            .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
            .http(http)
            .build()
            .unwrap();
        client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.unwrap();
    }
    let wanted = format!("Basic {}", STANDARD.encode(format!("{user}:{password}")));
    for request in proxy.requests() {
        assert_eq!(request.header("proxy-authorization"), Some(wanted.as_str()));
    }
    assert_eq!(proxy.requests().len(), 2);
}

#[test]
fn a_proxy_that_is_none_is_refused_without_its_password() {
    for url in ["http://user:planted-password@", "http://user:planted-password@host:port", "::planted-x"] {
        let http = HttpOptions::builder().proxies(Proxies::Url(url.to_owned())).build().unwrap();
        credentials_log::check_clean("the options", &format!("{http:?}"));
        let error: Error = Transport::new(&http).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{url}");
        credentials_log::check_clean("the error", &format!("{error} {error:?}"));
    }
}

const ROLE: &str =
    r#"{"Code":"Success","TmpSecretId":"i","TmpSecretKey":"k","Token":"t","ExpiredTime":4102444800}"#;

/// Runs only as a process of its own, whose environment names a proxy for everything.
#[tokio::test]
#[ignore = "started by the test below"]
async fn in_an_environment_with_a_proxy() {
    let machine = Server::replies([Reply::json(ROLE)]).await;
    let role = CvmRole::new().base(machine.url()).role("own");
    let keys = role.provide(&Context::system()).await.unwrap();
    assert_eq!((keys.id(), machine.requests().len()), ("i", 1));
    for (proxies, target) in [(Proxies::None, 1), (Proxies::Environment, 0)] {
        let server = Server::replies([Reply::json(r#"{"Response":{"RequestId":"r"}}"#)]).await;
        let client = Client::<Tencent>::builder()
            .region("ap-guangzhou")
            .endpoint(server.url().as_str())
            .credentials(StaticCredentials::new(keys.clone()))
            .http(HttpOptions::builder().proxies(proxies).build().unwrap())
            .build()
            .unwrap();
        client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.unwrap();
        assert_eq!(server.requests().len(), target);
    }
}

#[tokio::test]
async fn the_environments_proxy_serves_calls_but_never_the_machines_metadata() {
    let proxy = Server::replies([Reply::json(r#"{"Response":{"RequestId":"r"}}"#)]).await;
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "proxy::in_an_environment_with_a_proxy", "--ignored"]);
    for name in ["no_proxy", "NO_PROXY", "HTTP_PROXY", "REQUEST_METHOD"] {
        child.env_remove(name);
    }
    child.env("http_proxy", proxy.url()).env("all_proxy", proxy.url());
    let output = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    assert_eq!(proxy.requests().len(), 1, "the call with the proxies of the environment, and no other");
}

/// A port in `no_proxy` counts, and so do `*` and addresses.
#[tokio::test]
async fn hosts_of_no_proxy_are_called_directly() {
    let proxy = Server::replies([Reply::json(r#"{"Response":{"RequestId":"proxy"}}"#)]).await;
    let server = Server::replies([Reply::json(r#"{"Response":{"RequestId":"direct"}}"#)]).await;
    let port = server.port();
    for (host, no_proxy, direct) in [
        ("localhost", format!("localhost:{port}"), true),
        ("localhost", format!("localhost:{}", port - 1), false),
        ("127.0.0.1", "*".to_owned(), true),
        ("127.0.0.1", format!("127.0.0.1:{port}"), true),
        ("127.0.0.1", "127.0.0.0/8".to_owned(), true),
        ("127.0.0.1", "localhost".to_owned(), false),
        ("a.localhost.invalid", "*.other.invalid".to_owned(), false),
    ] {
        let proxies = Proxies::Url(proxy.url());
        let http = HttpOptions::builder().proxies(proxies).no_proxy(&*no_proxy).build().unwrap();
        let client = Client::<Tencent>::builder()
            .endpoint(format!("http://{host}:{port}"))
            .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
            .http(http)
            .build()
            .unwrap();
        let response = client.raw("cvm", "2017-03-12", "DescribeZones").send().await.unwrap();
        let wanted = if direct { "direct" } else { "proxy" };
        assert_eq!(response.request_id(), Some(wanted), "{host} {no_proxy}");
    }
}

/// A SOCKS 5 proxy with a login. Gives the host that each connection asked for.
async fn socks(login: &'static str) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, hosts) = (listener.local_addr().unwrap().port(), Arc::new(Mutex::new(Vec::new())));
    let log = hosts.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(socks_tunnel(stream, login, log.clone()));
        }
    });
    (port, hosts)
}

async fn socks_tunnel(
    mut client: TcpStream,
    login: &str,
    log: Arc<Mutex<Vec<String>>>,
) -> std::io::Result<()> {
    assert_eq!(client.read_u8().await?, 5);
    let mut methods = vec![0; client.read_u8().await?.into()];
    client.read_exact(&mut methods).await?;
    assert!(methods.contains(&2), "{methods:?}");
    client.write_all(&[5, 2]).await?;
    assert_eq!(client.read_u8().await?, 1);
    let mut shown = Vec::new();
    for _ in 0..2 {
        let mut text = vec![0; client.read_u8().await?.into()];
        client.read_exact(&mut text).await?;
        shown.push(String::from_utf8(text).unwrap());
    }
    if shown.join(":") != login {
        return client.write_all(&[1, 1]).await;
    }
    client.write_all(&[1, 0]).await?;
    let mut head = [0; 4];
    client.read_exact(&mut head).await?;
    let host = match head[3] {
        1 => {
            let mut ip = [0; 4];
            client.read_exact(&mut ip).await?;
            std::net::Ipv4Addr::from(ip).to_string()
        }
        3 => {
            let mut name = vec![0; client.read_u8().await?.into()];
            client.read_exact(&mut name).await?;
            String::from_utf8(name).unwrap()
        }
        _ => panic!("an address that was not asked for"),
    };
    let port = client.read_u16().await?;
    log.lock().unwrap().push(host);
    let mut server = TcpStream::connect(("127.0.0.1", port)).await?;
    client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    tokio::io::copy_bidirectional(&mut client, &mut server).await.map(drop)
}

#[tokio::test]
async fn socks_proxies_resolve_names_here_or_there() {
    let server = Server::replies([Reply::json(r#"{"Response":{"RequestId":"r"}}"#)]).await;
    let (port, hosts) = socks("me:planted-password").await;
    let client = |url: &str, host: &str| {
        Client::<Tencent>::builder()
            .endpoint(format!("http://{host}:{}", server.port()))
            .credentials(StaticCredentials::new(Credential::new("id", "secret").unwrap()))
            .http(HttpOptions::builder().proxies(Proxies::Url(url.to_owned())).build().unwrap())
            .retry(cloudcall::retry::RetryPolicy::none())
            .build()
            .unwrap()
    };
    for (scheme, host, wanted) in
        [("socks5h", "cvm.example.invalid", "cvm.example.invalid"), ("socks5", "127.0.0.1", "127.0.0.1")]
    {
        let client = client(&format!("{scheme}://me:planted-password@127.0.0.1:{port}"), host);
        client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.unwrap();
        assert_eq!(hosts.lock().unwrap().last().unwrap(), wanted);
    }
    let client = client(&format!("socks5h://me:planted-wrong@127.0.0.1:{port}"), "cvm.example.invalid");
    let error = client.raw("cvm", "2017-03-12", "DescribeZones").invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    assert!(error.message().contains(&format!("through the proxy 127.0.0.1:{port}")), "{error}");
    credentials_log::check_clean("the error", &format!("{error} {error:?}"));
    assert_eq!((hosts.lock().unwrap().len(), server.requests().len()), (2, 2));
}

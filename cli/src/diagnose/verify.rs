//! Verifies a captured request as a vendor would: by a local cloud that knows the credentials, at the time of the signature.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cloudcall::context::{Clock, Context};
use cloudcall::credential::Credential;
use cloudcall::credential::secrecy::ExposeSecret as _;
use cloudcall::local::{LocalCloud, Verdict};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::captured::Captured;
use crate::exit::Result;

/// A clock that stands still.
#[derive(Debug)]
struct At(SystemTime);

impl Clock for At {
    fn now(&self) -> SystemTime {
        self.0
    }

    fn uptime(&self) -> Duration {
        self.0.duration_since(UNIX_EPOCH).unwrap_or_default()
    }
}

/// A local cloud at the time of the request.
pub(super) async fn cloud(credential: &Credential, time: SystemTime) -> Result<LocalCloud> {
    let (id, secret) = (credential.id(), credential.secret().clone());
    let builder = LocalCloud::builder().context(Context::system().with_clock(At(time)));
    let builder = match credential.token() {
        Some(token) => builder.account_with_token(id, secret, token.expose_secret().to_owned()),
        None => builder.account(id, secret),
    };
    Ok(builder.start().await?)
}

/// What the cloud says of a request.
pub(super) async fn verdict(cloud: &LocalCloud, request: &Captured) -> Result<Option<Verdict>> {
    let before = cloud.requests().len();
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.target);
    for (name, value) in &request.headers {
        if !matches!(name.as_str(), "content-length" | "connection" | "transfer-encoding" | "accept-encoding")
        {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    head.push_str(&format!("content-length: {}\r\nconnection: close\r\n\r\n", request.body.len()));
    let mut stream = TcpStream::connect(cloud.address()).await?;
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&request.body).await?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await?;
    Ok(cloud.requests().into_iter().nth(before).map(|record| record.verdict))
}

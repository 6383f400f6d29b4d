//! One of several processes that use the file of a vendor's command line tool at the same time.
//!
//! The arguments are the tool (`aliyun`, `ve` or `tccli`), its file, the address of the service that issues keys, and how
//! often to fetch them. The last keys are printed: id, secret, token.

use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::context::Context;
use cloudcall::credential::ProvideCredential;
use cloudcall::credential::secrecy::ExposeSecret;
use cloudcall::provider::{alibaba, tencent, volcengine};
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, TransportError};
use cloudcall::{Error, ErrorKind, async_trait};
use cloudcall_tests::transport::Transport;

/// Leads every request to one server, whatever host it names.
#[derive(Debug, Clone)]
struct Redirect {
    server: String,
    inner: Transport,
}

#[async_trait]
impl HttpSend for Redirect {
    async fn send(&self, mut request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let target = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
        if let Ok(uri) = format!("{}{target}", self.server).parse() {
            *request.uri_mut() = uri;
        }
        self.inner.send(request).await
    }
}

async fn run(tool: &str, file: &str, server: String, rounds: u32) -> Result<(), Error> {
    let direct = HttpOptions::builder().proxies(Proxies::None).build()?;
    let wire = Redirect { server, inner: Transport::new(&direct)? };
    let provider: Box<dyn ProvideCredential> = match tool {
        "aliyun" => Box::new(alibaba::credentials::CliProfile::new().file(file).transport(wire)),
        "ve" => Box::new(volcengine::credentials::CliProfile::new().file(file).transport(wire)),
        _ => Box::new(tencent::credentials::CliProfile::new().file(file).transport(wire)),
    };
    let context = Context::system();
    let mut last = None;
    for _ in 0..rounds {
        // Without a cache: each round reads the file, and refreshes what has expired.
        let keys = provider.provide(&context).await;
        last = Some(keys.map_err(|error| Error::new(ErrorKind::Credentials, error.to_string()))?);
    }
    if let Some(keys) = last {
        let token = keys.token().map(ExposeSecret::expose_secret).unwrap_or_default();
        println!("{} {} {token}", keys.id(), keys.secret().expose_secret());
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [tool, file, server, rounds] = arguments.as_slice() else {
        return Err(Error::new(ErrorKind::Credentials, "usage: aliyun|ve|tccli FILE SERVER ROUNDS"));
    };
    run(tool, file, server.clone(), rounds.parse().unwrap_or(1)).await
}

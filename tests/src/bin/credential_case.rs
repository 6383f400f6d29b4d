//! One case of credentials with the environment and the files of this process, for `tests/interop/modes.py`.
//!
//! The standard input has the case as JSON: `cloud`, `provider`, `settings` and `server`, the address that
//! every request goes to. The credential, or the error, is printed as JSON. The clock stands at the time of
//! the cases.

use std::io::Read;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use cloudcall::client::{HttpOptions, Proxies};
use cloudcall::context::Context;
use cloudcall::credential::secrecy::ExposeSecret;
use cloudcall::credential::{Credential, CredentialCache};
use cloudcall::json::{Value, json};
use cloudcall::{Error, ErrorKind};
use cloudcall_tests::providers::{Wire, provider};
use cloudcall_tests::time::FakeTime;
use cloudcall_tests::transport::Transport;

/// The time of every case, in seconds since 1970.
const NOW: u64 = 1_700_000_000;

fn shown(given: Result<Credential, Error>) -> Value {
    match given {
        Ok(credential) => json!({
            "id": credential.id(),
            "secret": credential.secret().expose_secret(),
            "token": credential.token().map(ExposeSecret::expose_secret),
            "ends": credential.expiry().and_then(|ends| ends.duration_since(UNIX_EPOCH).ok()).map(|ends| ends.as_secs()),
            "project_id": credential.project_id(),
            "domain_id": credential.domain_id(),
        }),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let wrong = |what: String| Error::new(ErrorKind::Credentials, what);
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(|error| wrong(error.to_string()))?;
    let case: Value = cloudcall::json::from_str(&text).map_err(|error| wrong(error.to_string()))?;
    let of = |name: &str| case[name].as_str().unwrap_or_default();
    let direct = HttpOptions::builder().proxies(Proxies::None).build()?;
    let wire =
        Wire { server: of("server").to_owned(), inner: Transport::new(&direct)?, refused: Arc::default() };
    let provider = provider(of("cloud"), of("provider"), &case["settings"], wire);
    let context = Context::system().with_clock(FakeTime::at(NOW));
    println!("{}", shown(CredentialCache::new(provider).get(&context).await));
    Ok(())
}

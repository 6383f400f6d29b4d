//! Keys from an address that the environment names: `spec/alibaba.md`, section 6.2.

use std::sync::Arc;

use async_trait::async_trait;
use http::{StatusCode, Uri};

use super::session_keys;
use crate::context::Context;
use crate::credential::metadata::Metadata;
use crate::credential::{Credential, CredentialError, ProvideCredential};
use crate::transport::HttpSend;

const NAME: &str = "credentials URI";
const VARIABLE: &str = "ALIBABA_CLOUD_CREDENTIALS_URI";
/// The metadata addresses of the clouds.
const LINK_LOCAL: [&str; 2] = ["100.100.100.200", "169.254.169.254"];

/// Keys from the address in `ALIBABA_CLOUD_CREDENTIALS_URI`, or from the one given.
///
/// The address must be https, loopback or a metadata service's (`100.100.100.200`, `169.254.169.254`): over plain HTTP
/// anyone on the way could read the keys, or lead the request to where it should not go.
///
/// ```
/// use cloudcall::{Alibaba, Client, provider::alibaba::credentials::CredentialsUri};
///
/// let client = Client::<Alibaba>::builder()
///     .credentials(CredentialsUri::new().uri("http://127.0.0.1:6666/keys"))
///     .build()?;
/// # Ok::<(), cloudcall::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct CredentialsUri {
    uri: Option<String>,
    transport: Option<Arc<dyn HttpSend>>,
}

impl std::fmt::Debug for CredentialsUri {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The address may hold a token.
        let given = self.uri.as_ref().map(|_| crate::redact::MASK);
        f.debug_struct("CredentialsUri").field("uri", &given).finish_non_exhaustive()
    }
}

impl CredentialsUri {
    /// The address of the environment.
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the address.
    #[must_use]
    pub fn uri(mut self, uri: impl Into<String>) -> Self {
        self.uri = Some(uri.into());
        self
    }

    /// Asks through a transport of your own.
    #[must_use]
    pub fn transport(mut self, transport: impl HttpSend + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }
}

/// Scheme and host, and what follows them; nothing for an address that keys must not come from.
fn allowed(text: &str) -> Option<(String, String)> {
    let uri: Uri = text.parse().ok()?;
    let authority = uri.authority()?;
    let host = authority.host();
    let loopback = host == "localhost"
        || host.trim_matches(['[', ']']).parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    let safe = match uri.scheme_str()? {
        "https" => true,
        "http" => loopback || LINK_LOCAL.contains(&host),
        _ => false,
    };
    let plain = !authority.as_str().contains('@');
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    (safe && plain)
        .then(|| (format!("{}://{authority}", uri.scheme_str().unwrap_or_default()), path.to_owned()))
}

#[async_trait]
impl ProvideCredential for CredentialsUri {
    fn name(&self) -> &'static str {
        NAME
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let named = || context.env.var(VARIABLE).filter(|uri| !uri.is_empty());
        let Some(uri) = self.uri.clone().or_else(named) else {
            return Err(CredentialError::NotConfigured(format!("{VARIABLE} is not set")));
        };
        let Some((base, path)) = allowed(&uri) else {
            let what = format!(
                "the address is neither https nor loopback nor a metadata service's: check {VARIABLE}, without user \
                 and password"
            );
            return Err(Metadata::new(NAME, "").broken(what).into());
        };
        let mut service = Metadata::new(NAME, &base);
        if let Some(transport) = &self.transport {
            service.set_transport(transport.clone());
        }
        let reply = match service.get(context, &path).await {
            Ok(reply) => reply,
            // Somebody said that it is there.
            Err(CredentialError::NotConfigured(reason)) => return Err(service.broken(reason).into()),
            Err(broken) => return Err(broken),
        };
        if reply.status != StatusCode::OK {
            return Err(service.status(&reply).into());
        }
        let mut answer = service.json(&reply)?;
        if answer["Code"] != "Success" {
            return Err(service.broken(format!("{base} does not say `Success`")).into());
        }
        Ok(session_keys(NAME, &mut answer)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_from_safe_places_alone() {
        for good in [
            "https://keys.example/a?b=c",
            "http://127.0.0.1:80/x",
            "http://127.9.9.9/",
            "http://localhost:1/",
            "http://[::1]:1/",
            "http://100.100.100.200/latest",
            "http://169.254.169.254/latest",
        ] {
            assert!(allowed(good).is_some(), "{good}");
        }
        for bad in [
            "http://keys.example/",
            "http://127.0.0.1.example/",
            "http://169.254.169.253/",
            "http://10.0.0.1/",
            "http://[::2]/",
            "http://localhost@evil.example/",
            "http://user:pw@127.0.0.1/",
            "https://user:pw@keys.example/",
            "file:///etc/passwd",
            "ftp://127.0.0.1/",
            "/only/a/path",
            "127.0.0.1",
            "",
        ] {
            assert!(allowed(bad).is_none(), "{bad}");
        }
        assert_eq!(allowed("https://h:1/p?q").unwrap(), ("https://h:1".to_owned(), "/p?q".to_owned()));
    }
}

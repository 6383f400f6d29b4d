//! TLS by rustls with ring: the system's certificates, verified.

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::error::{Error, ErrorKind};
use crate::options::HttpOptions;

/// The TLS settings of a client.
pub(super) fn config(_options: &HttpOptions) -> Result<ClientConfig, Error> {
    // A provider that the program installed, such as a validated one, goes first.
    let provider = CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(rustls::crypto::ring::default_provider()));
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::new(ErrorKind::Tls, "no common TLS version").with_source(error))?;
    let config = match Verifier::new(provider) {
        Ok(verifier) => {
            builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth()
        }
        Err(error) => {
            // Plain HTTP must work in an image without certificates; HTTPS then fails as untrusted.
            tracing::warn!(%error, "no CA certificates on this system: HTTPS calls will fail (set SSL_CERT_FILE)");
            builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth()
        }
    };
    Ok(config)
}

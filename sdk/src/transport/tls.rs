//! TLS settings for rustls, from [`TlsTrust`].
//!
//! # The crypto provider
//!
//! The provider that the program installed with `CryptoProvider::install_default` takes precedence,
//! for example a FIPS-validated one. Otherwise it is the provider of the cargo feature: aws-lc-rs
//! with `rustls`, ring with `rustls-ring`. With both features it is aws-lc-rs, as in reqwest.
//!
//! # Authorities
//!
//! | [`TlsTrust`] | a certificate is accepted if |
//! | --- | --- |
//! | `system()` | the verifier of the operating system accepts it |
//! | `system().and_pem(…)` | that verifier accepts it, or one of the given authorities signed it |
//! | `only_pem(…)` | one of the given authorities signed it |
//! | `danger_accept_invalid_certs()` | always |
//!
//! A system without CA certificates, such as a minimal container image, is not an error here: plain
//! HTTP works, and HTTPS calls fail with kind `Tls`.

use std::sync::Arc;

use rustls::client::WantsClientCert;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::version::TLS13;
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, SupportedProtocolVersion, WantsVerifier};
use rustls_platform_verifier::Verifier;
use secrecy::ExposeSecret as _;

use super::unverified::Unverified;
use crate::error::{Error, ErrorKind};
use crate::transport::trust::{Identity, TlsTrust, TlsVersion};

/// The settings of a client.
///
/// # Errors
///
/// Kind `Config` if certificates or the key are not in PEM, or do not belong together. Kind `Tls` if
/// the provider supports none of the versions.
pub(super) fn config(trust: &TlsTrust) -> Result<ClientConfig, Error> {
    // A provider that the program installed, such as a validated one, goes first.
    let provider = CryptoProvider::get_default().cloned().unwrap_or_else(|| Arc::new(compiled_in()));
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_protocol_versions(versions(trust.minimum))
        .map_err(|error| Error::new(ErrorKind::Tls, "no common TLS version").with_source(error))?;
    let builder = if !trust.verify {
        builder.dangerous().with_custom_certificate_verifier(Arc::new(Unverified::new(provider)))
    } else if trust.system {
        with_system(builder, provider, certificates(trust)?)?
    } else {
        builder.with_root_certificates(only(certificates(trust)?)?)
    };
    match &trust.identity {
        None => Ok(builder.with_no_client_auth()),
        Some(identity) => with_identity(builder, identity),
    }
}

/// Only TLS 1.3.
static NEWEST: [&SupportedProtocolVersion; 1] = [&TLS13];

/// The versions that may be negotiated.
fn versions(minimum: TlsVersion) -> &'static [&'static SupportedProtocolVersion] {
    match minimum {
        TlsVersion::V1_2 => rustls::DEFAULT_VERSIONS,
        TlsVersion::V1_3 => &NEWEST,
    }
}

/// Adds the certificate of the client and its key (mTLS).
///
/// # Errors
///
/// Kind `Config` if one of them is not in PEM, or if the key is not that of the certificate.
fn with_identity(
    builder: ConfigBuilder<ClientConfig, WantsClientCert>,
    identity: &Identity,
) -> Result<ClientConfig, Error> {
    let chain = CertificateDer::pem_slice_iter(&identity.certificates).collect::<Result<Vec<_>, _>>();
    let chain = chain.map_err(|error| Identity::unreadable().with_source(error))?;
    if chain.is_empty() {
        return Err(Identity::unreadable());
    }
    let key = PrivateKeyDer::from_pem_slice(identity.key.expose_secret()).map_err(|error| {
        let what = "the key of the client certificate is not a private key in PEM without a password";
        Error::config(what).with_source(error)
    })?;
    builder.with_client_auth_cert(chain, key).map_err(|error| {
        let what = "the client certificate and its key cannot be used together";
        Error::config(what).with_source(error)
    })
}

/// The provider of the cargo feature. rustls chooses one by itself only if a single one is compiled
/// in.
#[cfg(feature = "rustls")]
fn compiled_in() -> CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}

/// The provider of the cargo feature `rustls-ring`.
#[cfg(not(feature = "rustls"))]
fn compiled_in() -> CryptoProvider {
    rustls::crypto::ring::default_provider()
}

/// The authorities of the user.
///
/// # Errors
///
/// Kind `Config` for a PEM text without a certificate. It would otherwise be ignored silently, and
/// every call would fail.
fn certificates(trust: &TlsTrust) -> Result<Vec<CertificateDer<'static>>, Error> {
    let mut all = Vec::new();
    for pem in &trust.pem {
        let before = all.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            all.push(certificate.map_err(|error| TlsTrust::unreadable().with_source(error))?);
        }
        if all.len() == before {
            return Err(TlsTrust::unreadable());
        }
    }
    Ok(all)
}

/// A store with these authorities alone.
fn only(certificates: Vec<CertificateDer<'static>>) -> Result<RootCertStore, Error> {
    let mut roots = RootCertStore::empty();
    for certificate in certificates {
        roots.add(certificate).map_err(|error| TlsTrust::unreadable().with_source(error))?;
    }
    Ok(roots)
}

/// Verification by the operating system, with additional authorities.
fn with_system(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    provider: Arc<CryptoProvider>,
    own: Vec<CertificateDer<'static>>,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, Error> {
    // What is wrong with the user's own is told apart from what the system lacks.
    only(own.clone())?;
    match verifier(own, provider) {
        Ok(verifier) => Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier))),
        Err(error) => {
            // Plain HTTP must work in an image without certificates; HTTPS then fails as untrusted.
            tracing::warn!(%error, "no CA certificates on this system: HTTPS calls will fail (set SSL_CERT_FILE)");
            Ok(builder.with_root_certificates(RootCertStore::empty()))
        }
    }
}

/// The verifier of the operating system.
#[cfg(not(target_os = "android"))]
fn verifier(
    own: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, rustls::Error> {
    Verifier::new_with_extra_roots(own, provider)
}

/// The verifier of Android, which takes no additional authorities.
#[cfg(target_os = "android")]
fn verifier(
    own: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Verifier, rustls::Error> {
    if !own.is_empty() {
        return Err(rustls::Error::General("own authorities are added in the system's settings here".into()));
    }
    Verifier::new(provider)
}

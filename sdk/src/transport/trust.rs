//! The servers that a client trusts, and the certificate that it presents itself.

use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretSlice};

use crate::error::Error;

/// The TLS settings of a client: the authorities that it trusts, its own certificate, and the minimum
/// version. Default: the authorities of the operating system, no certificate, TLS 1.2.
///
/// A company's proxy that inspects TLS, or a private cloud, often has a certificate of an internal
/// authority. Add that authority:
///
/// ```no_run
/// use cloudcall::{Client, Huawei};
/// use cloudcall::client::HttpOptions;
/// use cloudcall::transport::TlsTrust;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let own = std::fs::read("company-ca.pem")?;
/// let http = HttpOptions::builder().trust(TlsTrust::system().and_pem(own)).build()?;
/// let client = Client::<Huawei>::builder().region("cn-north-4").http(http).build()?;
/// # Ok(())
/// # }
/// ```
///
/// # Troubleshooting
///
/// - **`tls: no secure connection`**, and the cause mentions `UnknownIssuer`: no trusted authority
///   signed the certificate of the server. Add the authority with [`and_pem`](Self::and_pem). In a
///   container image without CA certificates, install them, or set `SSL_CERT_FILE`.
/// - **`the server refused the client certificate, or demands one`**: the server uses mTLS. Set
///   [`client_certificate`](Self::client_certificate).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsTrust {
    /// Certificates in PEM.
    pub(crate) pem: Vec<Arc<[u8]>>,
    /// Whether the authorities of the system are trusted.
    pub(crate) system: bool,
    /// Whether certificates are verified at all.
    pub(crate) verify: bool,
    /// The certificate of the client.
    pub(crate) identity: Option<Identity>,
    /// The lowest version.
    pub(crate) minimum: TlsVersion,
}

/// A version of TLS. Older versions than these are never used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TlsVersion {
    /// TLS 1.2, RFC 5246.
    #[default]
    V1_2,
    /// TLS 1.3, RFC 8446.
    V1_3,
}

/// The certificate of a client and its key, in PEM.
#[derive(Clone)]
pub(crate) struct Identity {
    /// The certificate, and those of its authorities.
    pub(crate) certificates: Arc<[u8]>,
    /// The private key.
    pub(crate) key: Arc<SecretSlice<u8>>,
}

impl Identity {
    /// The error of PEM text that holds no certificate of a client.
    #[cfg(all(feature = "__rustls", feature = "__http"))]
    pub(crate) fn unreadable() -> Error {
        Error::config("the client certificate is not a certificate in PEM")
    }
}

impl PartialEq for Identity {
    fn eq(&self, other: &Self) -> bool {
        self.certificates == other.certificates && self.key.expose_secret() == other.key.expose_secret()
    }
}

impl Eq for Identity {}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(****)")
    }
}

impl Default for TlsTrust {
    fn default() -> Self {
        Self::system()
    }
}

impl TlsTrust {
    /// Trusts the authorities of the operating system.
    pub fn system() -> Self {
        Self { pem: Vec::new(), system: true, verify: true, identity: None, minimum: TlsVersion::default() }
    }

    /// Trusts only the authorities in this PEM text, and not those of the operating system.
    pub fn only_pem(pem: impl AsRef<[u8]>) -> Self {
        Self { system: false, ..Self::system() }.and_pem(pem)
    }

    /// Also trusts the authorities in this PEM text: one or more certificates.
    ///
    /// # Errors
    ///
    /// Building the client fails with kind `Config` if the text contains no certificate in PEM.
    #[must_use]
    pub fn and_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.pem.push(pem.as_ref().into());
        self
    }

    /// Presents a certificate to the server (mTLS): the certificate and those of its authorities up to
    /// the root, and the private key, both in PEM. The key is PKCS #8, PKCS #1 or SEC 1, without a
    /// password. With the cargo feature `native-tls`, it is PKCS #8. Default: none.
    ///
    /// ```no_run
    /// use cloudcall::client::HttpOptions;
    /// use cloudcall::transport::{TlsTrust, TlsVersion};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let trust = TlsTrust::system()
    ///     .client_certificate(std::fs::read("client.pem")?, std::fs::read("client-key.pem")?)
    ///     .minimum_version(TlsVersion::V1_3);
    /// let http = HttpOptions::builder().trust(trust).build()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Building the client fails with kind `Config` if either is not in PEM, or if they do not belong
    /// together. A call fails with kind `Tls` if the server refuses the certificate.
    #[must_use]
    pub fn client_certificate(mut self, certificates: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Self {
        let key = Arc::new(SecretSlice::from(key.as_ref().to_vec()));
        self.identity = Some(Identity { certificates: certificates.as_ref().into(), key });
        self
    }

    /// Refuses servers that speak only older versions of TLS, with kind `Tls`. Default: TLS 1.2.
    #[must_use]
    pub fn minimum_version(mut self, version: TlsVersion) -> Self {
        self.minimum = version;
        self
    }

    /// Accepts any certificate. Anyone on the network path can then read and change requests and
    /// responses. Use it only for a test server, never for a cloud. The safe alternative is an
    /// authority of your own, see [`and_pem`](Self::and_pem). Building such a client logs a warning.
    pub fn danger_accept_invalid_certs() -> Self {
        Self { verify: false, ..Self::system() }
    }

    /// Logs a warning if certificates are not checked.
    #[cfg(feature = "__http")]
    pub(crate) fn warn(&self) {
        if !self.verify {
            tracing::warn!(
                "certificates are not checked: anyone on the network path can read and change every call"
            );
        }
    }

    /// The error of PEM text that holds no certificate.
    #[cfg_attr(
        not(any(all(feature = "__rustls", feature = "__http"), feature = "native-tls")),
        expect(dead_code, reason = "only a TLS library reads certificates")
    )]
    pub(crate) fn unreadable() -> Error {
        Error::config("the authorities to trust are not certificates in PEM")
    }
}

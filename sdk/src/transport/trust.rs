//! Which servers a secure connection is made with.

use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretSlice};

use crate::error::Error;

/// Whom a client believes that it is the server: by default, who shows a certificate that the system's authorities signed.
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsTrust {
    /// Certificates in PEM.
    pub(crate) pem: Vec<Arc<[u8]>>,
    pub(crate) system: bool,
    pub(crate) verify: bool,
    pub(crate) identity: Option<Identity>,
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
    pub(crate) certificates: Arc<[u8]>,
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
    /// The authorities of the system.
    pub fn system() -> Self {
        Self { pem: Vec::new(), system: true, verify: true, identity: None, minimum: TlsVersion::default() }
    }

    /// The authorities in this PEM text and no others: the system's are not asked.
    pub fn only_pem(pem: impl AsRef<[u8]>) -> Self {
        Self { system: false, ..Self::system() }.and_pem(pem)
    }

    /// Adds the authorities in this PEM text, one or more certificates.
    #[must_use]
    pub fn and_pem(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.pem.push(pem.as_ref().into());
        self
    }

    /// Shows the server a certificate of the client (mTLS): the certificate and those of its authorities up to the root, and the
    /// private key, both in PEM. The key is PKCS #8, PKCS #1 or SEC 1, without a password. With the cargo feature `native-tls`, it is
    /// PKCS #8. Default: none.
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
    /// Building the client fails with kind `Config` if either is not in PEM, or if they do not belong together. A call fails
    /// with kind `Tls` if the server refuses the certificate.
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

    /// Believes anyone, whatever certificate they show: signed requests and their answers can be read and changed on the
    /// way. For a server of your own in a test, never for a cloud; an authority of your own
    /// ([`and_pem`](Self::and_pem)) is the safe way to the same end. Making such a client logs a warning.
    pub fn danger_accept_invalid_certs() -> Self {
        Self { verify: false, ..Self::system() }
    }

    /// Logs a warning if certificates are not checked.
    #[cfg(feature = "__http")]
    pub(crate) fn warn(&self) {
        if !self.verify {
            tracing::warn!(
                "certificates are not checked: whoever is on the way can read and change every call"
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

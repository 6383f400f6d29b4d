//! Which servers a secure connection is made with.

use std::sync::Arc;

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
}

impl Default for TlsTrust {
    fn default() -> Self {
        Self::system()
    }
}

impl TlsTrust {
    /// The authorities of the system.
    pub fn system() -> Self {
        Self { pem: Vec::new(), system: true, verify: true }
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

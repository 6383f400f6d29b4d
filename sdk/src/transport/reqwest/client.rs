//! Configures a reqwest client from the options of a client.
//!
//! Everything that reqwest does beyond one exchange is turned off: redirects, retries, decompression,
//! and its proxy rules. A signed request must not be repeated or sent elsewhere, and both transports
//! share the other parts.

use std::sync::Arc;
use std::time::Duration;

use ::reqwest::{Client, Url, redirect, retry};

use crate::error::Error;
use crate::options::HttpOptions;
use crate::transport::proxy::{Proxy, Rules};
use crate::transport::trust::TlsTrust;

/// Refuses a proxy whose URL reqwest cannot read. The request would bypass the proxy.
pub(super) fn readable(proxy: &Proxy) -> Result<(), String> {
    let url = Url::parse(proxy.text());
    url.map(drop).map_err(|error| format!("the address of the proxy is not a URL ({error})"))
}

/// A hundred years: longer than any connection exists, and short enough for arithmetic with times.
const FOREVER: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// A builder with all settings.
///
/// # Errors
///
/// Kind `Config` if certificates or the key cannot be read, or if no TLS library is compiled in and
/// there are TLS settings.
pub(super) fn builder(
    options: &HttpOptions,
    proxies: &Arc<Rules>,
) -> Result<::reqwest::ClientBuilder, Error> {
    let mut builder = Client::builder()
        .redirect(redirect::Policy::none())
        // `never` alone still copies each request, for retries that it does not make.
        .retry(retry::never().max_retries_per_request(0))
        .referer(false)
        .connect_timeout(options.connect_timeout)
        // No clock reaches a time limit of centuries: such a connection is kept for ever.
        .pool_idle_timeout((options.pool_idle_timeout < FOREVER).then_some(options.pool_idle_timeout))
        .pool_max_idle_per_host(options.pool_max_idle)
        .tcp_nodelay(true)
        .http1_only()
        // RFC 9112, section 5.2: a user agent joins folded header lines. Blanks before the colon harm
        // only proxies. A line that is not a header stays an error: it may be the length of the body.
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .http1_allow_spaces_after_header_name_in_responses(true)
        // Decoded by `coding`. These are on whenever any crate of the program turns the cargo feature on.
        .no_gzip()
        .no_brotli()
        .no_deflate()
        .no_zstd();
    // reqwest's own rules know neither ports nor `*.domain`, and connect directly if they do not know
    // a scheme.
    builder = builder.no_proxy();
    if !proxies.is_empty() {
        let rules = proxies.clone();
        builder = builder.proxy(::reqwest::Proxy::custom(move |url| {
            let proxy = url.as_str().parse().ok().and_then(|uri| rules.of(&uri).ok().flatten());
            proxy.and_then(|proxy| Url::parse(proxy.text()).ok())
        }));
    }
    options.trust.warn();
    tls(builder, &options.trust)
}

/// The TLS settings, for rustls.
#[cfg(feature = "__rustls")]
fn tls(builder: ::reqwest::ClientBuilder, trust: &TlsTrust) -> Result<::reqwest::ClientBuilder, Error> {
    Ok(builder.tls_backend_preconfigured(crate::transport::tls::config(trust)?))
}

/// The TLS settings, for the library of the operating system.
#[cfg(all(feature = "native-tls", not(feature = "__rustls")))]
fn tls(builder: ::reqwest::ClientBuilder, trust: &TlsTrust) -> Result<::reqwest::ClientBuilder, Error> {
    use ::reqwest::Identity;
    use secrecy::ExposeSecret as _;

    use crate::transport::trust::TlsVersion;

    let mut own = Vec::new();
    for pem in &trust.pem {
        let bundle = ::reqwest::Certificate::from_pem_bundle(pem);
        let bundle = bundle.map_err(|error| TlsTrust::unreadable().with_source(error))?;
        if bundle.is_empty() {
            return Err(TlsTrust::unreadable());
        }
        own.extend(bundle);
    }
    let mut builder = builder.tls_version_min(match trust.minimum {
        TlsVersion::V1_2 => ::reqwest::tls::Version::TLS_1_2,
        TlsVersion::V1_3 => ::reqwest::tls::Version::TLS_1_3,
    });
    if let Some(identity) = &trust.identity {
        let own = Identity::from_pkcs8_pem(&identity.certificates, identity.key.expose_secret());
        builder = builder.identity(own.map_err(|error| {
            let what = "the client certificate and its key are not both in PEM, the key as PKCS #8 without a password";
            Error::config(what).with_source(error)
        })?);
    }
    Ok(match (trust.verify, trust.system) {
        (false, _) => builder.tls_danger_accept_invalid_certs(true),
        (true, true) if own.is_empty() => builder,
        (true, true) => builder.tls_certs_merge(own),
        (true, false) => builder.tls_certs_only(own),
    })
}

/// Without a TLS library, TLS settings are an error.
#[cfg(not(any(feature = "native-tls", feature = "__rustls")))]
fn tls(builder: ::reqwest::ClientBuilder, trust: &TlsTrust) -> Result<::reqwest::ClientBuilder, Error> {
    if *trust == TlsTrust::system() {
        Ok(builder)
    } else {
        Err(Error::config("no TLS: turn the cargo feature `rustls`, `rustls-ring` or `native-tls` on"))
    }
}

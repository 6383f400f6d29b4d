//! Building blocks for signers: encoders, dates, and the MACs that several clouds use.
//!
//! A signature is a keyed digest over the text of a request. The service computes it again from the request
//! that it received, so both sides must produce the same bytes. Most failures are a difference in encoding: a
//! space sent as `+` but signed as `%20`, a list that starts at 0 instead of 1, a time in another format. The
//! functions here produce text that is used twice, once in the signature and once on the wire.
//!
//! # For a provider outside this crate
//!
//! [`encode`] and [`time`] are public, so that a [`Provider`](crate::provider::Provider) in another crate
//! encodes as the built-in ones do. The MACs are not public: their types would make the versions of the
//! digest crates a part of this crate's interface. Depend on `hmac` and `sha2` for them.
//! `examples/own_provider` in the repository is a complete provider that uses only the public parts.
//!
//! This example signs the parameters of a call by HMAC, as RPC-style services do:
//!
//! ```
//! use cloudcall::sign::encode::{Flatten, hex, query};
//! use cloudcall::sign::time::Utc;
//! # fn hmac_sha256(_key: &[u8], _text: &[u8]) -> [u8; 32] { [0xab; 32] }
//!
//! // Flatten the parameters, which arrive as JSON text.
//! let flatten = Flatten { first: 1, bools: ["false", "true"], python_floats: false };
//! let mut pairs = vec![("Action".to_owned(), "DescribeDisks".to_owned())];
//! flatten.push("DiskIds", br#"["d-1","d-2"]"#, &mut pairs).unwrap();
//! pairs.push(("Timestamp".to_owned(), Utc::from_unix(1_709_194_530).iso()));
//!
//! // Sort them, and write them once: the same text is signed and sent.
//! pairs.sort();
//! let text = query(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
//! assert_eq!(
//!     text,
//!     "Action=DescribeDisks&DiskIds.1=d-1&DiskIds.2=d-2&Timestamp=2024-02-29T08%3A15%3A30Z"
//! );
//!
//! let signature = hex(&hmac_sha256(b"secret", text.as_bytes()));
//! assert_eq!(signature.len(), 64);
//! ```
//!
//! # Inside this crate
//!
//! A signer is a pure function of request parts, credential, time, nonce and settings. Each provider has its
//! own in `provider/<name>/signer`; it calls the private modules here: `canonical` (the texts that three of
//! the clouds sign), `hmac` (HMAC-SHA256, HMAC-SHA1, SHA-256) and `sha` below it, `recent` (keys
//! that were derived before), `sm3` (cargo feature `sm3`), `rsa` (cargo feature `rsa`), and `finish`, which
//! checks header values and builds the request at the end.

#[cfg(any(feature = "huawei", feature = "alibaba", feature = "volcengine"))]
pub(crate) mod canonical;
pub mod encode;
#[cfg(feature = "__cloud")]
pub(crate) mod finish;
#[cfg(feature = "__cloud")]
pub(crate) mod hmac;
#[cfg(any(feature = "tencent", feature = "alibaba", feature = "volcengine"))]
pub(crate) mod recent;
#[cfg(feature = "rsa")]
pub(crate) mod rsa;
#[cfg(feature = "__cloud")]
pub(crate) mod sha;
#[cfg(all(feature = "sm3", any(feature = "huawei", feature = "alibaba")))]
pub(crate) mod sm3;
pub mod time;

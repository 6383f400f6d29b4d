//! What the signers of several clouds share: encoders, MACs and dates.
//!
//! A signer is a pure function of request parts, credential, time, nonce and settings; each cloud's is in
//! `provider/<cloud>/signer.rs`.

pub mod encode;
#[cfg(feature = "__cloud")]
pub(crate) mod finish;
#[cfg(feature = "__cloud")]
pub(crate) mod hmac;
#[cfg(feature = "rsa")]
pub(crate) mod rsa;
#[cfg(all(feature = "sm3", any(feature = "huawei", feature = "alibaba")))]
pub(crate) mod sm3;
pub mod time;

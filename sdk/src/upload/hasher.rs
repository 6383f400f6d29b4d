//! Digests of bodies that arrive in chunks.

use sha2::{Digest as _, Sha256};

use crate::error::Error;

/// The digest of a body that a signature needs.
///
/// A provider names it in
/// [`Provider::body_digest`](crate::provider::Provider::body_digest), and its signer finds
/// the value in [`StreamedBody`](crate::upload::StreamedBody).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyDigest {
    /// SHA-256.
    Sha256,
    /// SM3. It needs the cargo feature `sm3`.
    Sm3,
}

/// A digest under construction.
pub(super) enum Hasher {
    Sha256(Sha256),
    #[cfg(feature = "sm3")]
    Sm3(sm3::Sm3),
}

impl Hasher {
    /// Starts a digest.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the digest needs a cargo feature that is off.
    pub(super) fn new(kind: BodyDigest) -> Result<Self, Error> {
        match kind {
            BodyDigest::Sha256 => Ok(Self::Sha256(Sha256::new())),
            #[cfg(feature = "sm3")]
            BodyDigest::Sm3 => Ok(Self::Sm3(sm3::Digest::new())),
            #[cfg(not(feature = "sm3"))]
            BodyDigest::Sm3 => Err(Error::config("the digest SM3 needs the cargo feature `sm3`")),
        }
    }

    /// Adds a chunk.
    pub(super) fn update(&mut self, piece: &[u8]) {
        match self {
            Self::Sha256(hasher) => hasher.update(piece),
            #[cfg(feature = "sm3")]
            Self::Sm3(hasher) => sm3::Digest::update(hasher, piece),
        }
    }

    /// The digest of all chunks.
    pub(super) fn finish(self) -> [u8; 32] {
        match self {
            Self::Sha256(hasher) => hasher.finalize().into(),
            #[cfg(feature = "sm3")]
            Self::Sm3(hasher) => sm3::Digest::finalize(hasher).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_hash_as_the_whole() {
        let digest = |kind, pieces: &[&[u8]]| {
            let mut hasher = Hasher::new(kind).unwrap();
            pieces.iter().for_each(|piece| hasher.update(piece));
            crate::sign::encode::hex(&hasher.finish())
        };
        // The empty texts' digests, from the standards.
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(digest(BodyDigest::Sha256, &[]), empty);
        assert_eq!(
            digest(BodyDigest::Sha256, &[b"a", b"", b"bc"]),
            crate::sign::encode::hex(&crate::sign::hmac::sha256(b"abc"))
        );
        #[cfg(feature = "sm3")]
        assert_eq!(
            digest(BodyDigest::Sm3, &[b"a", b"bc"]),
            "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
        );
    }
}

//! Measures a body before the first attempt: its length, and its digest if the signature
//! needs it.
//!
//! A length is always needed, because no documentation of the gateways promises that they
//! accept chunked requests. A digest is needed only if the signature covers the body.
//! Without a digest, a file is not read for the measurement; only its length is looked up.

use std::sync::Arc;

use futures_util::StreamExt as _;

use super::content::Upload;
use super::hasher::{BodyDigest, Hasher};
use super::source::{Source, length};
use crate::error::{Error, ErrorKind, SendState};

/// The facts about a streamed body that a signer gets.
///
/// ```
/// use cloudcall::upload::StreamedBody;
///
/// let body = StreamedBody::new(1_024, None);
/// assert!(body.digest().is_err());
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct StreamedBody {
    /// Length in bytes.
    pub len: u64,
    /// The digest that [`Provider::body_digest`](crate::provider::Provider::body_digest)
    /// requested.
    pub digest: Option<[u8; 32]>,
}

impl StreamedBody {
    /// The facts about a body of `len` bytes.
    pub fn new(len: u64, digest: Option<[u8; 32]>) -> Self {
        Self { len, digest }
    }

    /// The digest of the body.
    ///
    /// # Errors
    ///
    /// Kind `Config` if the provider did not request one.
    pub fn digest(&self) -> Result<[u8; 32], Error> {
        self.digest.ok_or_else(|| {
            Error::config("the body has no digest: the provider must request it with `body_digest`")
        })
    }
}

/// The measurement of a body. All attempts must send exactly this.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    /// Length of each source in bytes.
    pub(super) lengths: Arc<[u64]>,
    /// Length of the body in bytes.
    pub(super) len: u64,
    /// The digest, if one was requested.
    pub(super) digest: Option<(BodyDigest, [u8; 32])>,
}

impl Measured {
    /// The facts that a signer gets. `None` if it needs a digest that was not computed.
    pub(crate) fn streamed(&self, wanted: Option<BodyDigest>) -> Option<StreamedBody> {
        match (wanted, self.digest) {
            (None, _) => Some(StreamedBody::new(self.len, None)),
            (Some(wanted), Some((kind, digest))) if wanted == kind => {
                Some(StreamedBody::new(self.len, Some(digest)))
            }
            _ => None,
        }
    }

    /// Length of the body in bytes.
    pub(crate) fn len(&self) -> u64 {
        self.len
    }
}

/// Checks all files, and reads the sources whose length or digest must be known before
/// signing.
///
/// # Errors
///
/// Kind `Config` for a file that cannot be read, kind `RequestBody` for a source that
/// fails.
pub(crate) async fn measure(upload: &Upload, wanted: Option<BodyDigest>) -> Result<Measured, Error> {
    // Check all files before the first one is read, which can take long.
    let mut known = Vec::with_capacity(upload.sources().len());
    for source in upload.sources() {
        known.push(source.examine().await?);
    }
    let mut hasher = wanted.map(Hasher::new).transpose()?;
    let mut lengths = Vec::with_capacity(known.len());
    for (source, known) in upload.sources().iter().zip(known) {
        // Also read a source that should be empty: sending would never notice that it has
        // bytes.
        let must_read = hasher.is_some() || known.is_none_or(|len| len == 0);
        lengths.push(match (source, known) {
            (Source::Bytes(data), _) => {
                if let Some(hasher) = &mut hasher {
                    hasher.update(data);
                }
                length(data)
            }
            (_, Some(len)) if !must_read => len,
            _ => read(source, known, hasher.as_mut()).await?,
        });
    }
    let len = lengths.iter().try_fold(0_u64, |sum, len| sum.checked_add(*len));
    let len = len.ok_or_else(|| Error::new(ErrorKind::Config, "the body is longer than 2^64 bytes"))?;
    let digest = wanted.zip(hasher.map(Hasher::finish));
    Ok(Measured { lengths: lengths.into(), len, digest })
}

/// Reads a source to its end. Returns its length in bytes.
async fn read(source: &Source, known: Option<u64>, mut hasher: Option<&mut Hasher>) -> Result<u64, Error> {
    let mut pieces = source.pieces(known, SendState::No);
    let mut len = 0_u64;
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        len = len.saturating_add(length(&piece));
        if let Some(hasher) = &mut hasher {
            hasher.update(&piece);
        }
    }
    Ok(len)
}

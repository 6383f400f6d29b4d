//! The first pass: how long a body is, and its digest where the signature needs it.

use std::sync::Arc;

use futures_util::StreamExt as _;

use super::content::Upload;
use super::hasher::{BodyDigest, Hasher};
use super::source::{Source, length};
use crate::error::{Error, ErrorKind, SendState};

/// What a signature is told of a body that is not in memory.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct StreamedBody {
    /// The length in bytes.
    pub len: u64,
    /// The digest that [`Provider::body_digest`](crate::provider::Provider::body_digest) asked for.
    pub digest: Option<[u8; 32]>,
}

impl StreamedBody {
    /// A body of that length.
    pub fn new(len: u64, digest: Option<[u8; 32]>) -> Self {
        Self { len, digest }
    }

    /// The digest: an error of kind `Config` if nobody made it.
    pub fn digest(&self) -> Result<[u8; 32], Error> {
        self.digest
            .ok_or_else(|| Error::config("the body was not hashed: the cloud should ask for its digest"))
    }
}

/// What does not change any more: every attempt sends just this.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub(super) lengths: Arc<[u64]>,
    pub(super) len: u64,
    pub(super) digest: Option<(BodyDigest, [u8; 32])>,
}

impl Measured {
    /// What the signature is told; none if it needs another digest than the measured one.
    pub(crate) fn streamed(&self, wanted: Option<BodyDigest>) -> Option<StreamedBody> {
        match (wanted, self.digest) {
            (None, _) => Some(StreamedBody::new(self.len, None)),
            (Some(wanted), Some((kind, digest))) if wanted == kind => {
                Some(StreamedBody::new(self.len, Some(digest)))
            }
            _ => None,
        }
    }

    pub(crate) fn len(&self) -> u64 {
        self.len
    }
}

/// Looks at every file, and reads what has to be read before the body can be announced and signed.
pub(crate) async fn measure(upload: &Upload, wanted: Option<BodyDigest>) -> Result<Measured, Error> {
    // All files are looked at before the first is read: it may be long.
    let mut known = Vec::with_capacity(upload.sources().len());
    for source in upload.sources() {
        known.push(source.examine().await?);
    }
    let mut hasher = wanted.map(Hasher::new).transpose()?;
    let mut lengths = Vec::with_capacity(known.len());
    for (source, known) in upload.sources().iter().zip(known) {
        // The reading of a source of no bytes tells whether it has any: sending would never ask.
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

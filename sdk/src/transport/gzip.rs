//! Decodes gzip bodies: RFC 1952.
//!
//! A gzip stream is a series of members. Servers that compress in blocks send several, and the
//! decoders of HTTP libraries stop after the first one, which cuts the document off silently. This
//! decoder reads all members.
//!
//! The memory of one step is bounded. A decompression bomb is found by the size limit of the
//! pipeline, which counts decoded bytes.

use std::io::{self, Write as _};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use flate2::write::GzDecoder;
use futures_util::Stream;

use super::{ResponseBody, TransportError};
use crate::error::{ErrorKind, SendState};

/// The number of encoded bytes of one step. One byte decodes to about a thousand at most, so a step
/// gives at most 4 MiB.
const STEP: usize = 4 * 1024;

/// The first bytes of a member: ID1 and ID2 of RFC 1952, section 2.3.1.
const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// A body that is decoded while it arrives.
///
/// As in the gzip tools, members are joined, zeros between and after them are padding, and other
/// bytes after the last member are ignored with a warning. A member that is cut off or corrupt is an
/// error of kind `Decode`.
#[derive(Debug)]
pub(super) struct Gunzip {
    /// The encoded body.
    packed: ResponseBody,
    /// Bytes that were received and not yet decoded.
    input: Bytes,
    stage: GzipStage,
}

/// The position in the stream.
#[derive(Debug)]
enum GzipStage {
    /// No byte has arrived yet.
    Begin,
    /// Within a member.
    Member(Box<GzDecoder<Vec<u8>>>),
    /// After a member.
    Between,
    /// After the first byte of what may be the next member.
    Magic,
    /// After the last member, or after an error. Bytes are ignored.
    Rest,
}

impl Gunzip {
    /// Decodes `packed`.
    pub(super) fn new(packed: ResponseBody) -> Self {
        Self { packed, input: Bytes::new(), stage: GzipStage::Begin }
    }

    /// Decodes a part of the input, which is not empty. The result may be empty.
    ///
    /// # Errors
    ///
    /// The errors of the decoder for corrupt data.
    fn step(&mut self) -> io::Result<Vec<u8>> {
        match &mut self.stage {
            GzipStage::Begin => {
                self.stage = member();
                Ok(Vec::new())
            }
            GzipStage::Member(decoder) => {
                let chunk = self.input.slice(..self.input.len().min(STEP));
                let used = decoder.write(&chunk)?;
                let _ = self.input.split_to(used);
                if used == 0 {
                    decoder.try_finish()?;
                } else {
                    decoder.flush()?;
                }
                let output = std::mem::take(decoder.get_mut());
                if used == 0 {
                    self.stage = GzipStage::Between;
                }
                Ok(output)
            }
            GzipStage::Between => {
                let padding = self.input.iter().take_while(|byte| **byte == 0).count();
                let _ = self.input.split_to(padding);
                if let Some(first) = self.input.first() {
                    self.stage = if *first == MAGIC[0] { GzipStage::Magic } else { GzipStage::Rest };
                    let _ = self.input.split_to(1);
                }
                Ok(Vec::new())
            }
            GzipStage::Magic if self.input.first() == Some(&MAGIC[1]) => {
                self.stage = member();
                if let GzipStage::Member(decoder) = &mut self.stage {
                    decoder.write_all(&MAGIC[..1])?;
                }
                Ok(Vec::new())
            }
            GzipStage::Magic | GzipStage::Rest => {
                if !matches!(self.stage, GzipStage::Rest) || !self.input.is_empty() {
                    tracing::warn!(bytes = self.input.len(), "bytes after the last gzip member are ignored");
                }
                self.stage = GzipStage::Rest;
                self.input = Bytes::new();
                Ok(Vec::new())
            }
        }
    }

    /// Called at the end of the encoded bytes. Returns what the decoder still holds.
    ///
    /// # Errors
    ///
    /// A member that is cut off.
    fn end(&mut self) -> io::Result<Vec<u8>> {
        match std::mem::replace(&mut self.stage, GzipStage::Rest) {
            // An empty body is sent with the header, too.
            GzipStage::Begin | GzipStage::Between | GzipStage::Rest => Ok(Vec::new()),
            GzipStage::Member(mut decoder) => {
                decoder.try_finish()?;
                Ok(std::mem::take(decoder.get_mut()))
            }
            GzipStage::Magic => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

/// The stage at the beginning of a member.
fn member() -> GzipStage {
    GzipStage::Member(Box::new(GzDecoder::new(Vec::new())))
}

/// The error of a body that cannot be decoded.
fn corrupt(error: io::Error) -> TransportError {
    let what = "the gzip compression of the response is corrupt or cut off";
    TransportError::new(ErrorKind::Decode, SendState::Maybe, what).with_source(error)
}

/// The decoded chunks. After an error the body has ended.
impl Stream for Gunzip {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let output = if self.input.is_empty() {
                match ready!(Pin::new(&mut self.packed).poll_next(task)) {
                    Some(Ok(piece)) => {
                        self.input = piece;
                        continue;
                    }
                    Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                    None => {
                        let output = self.end().map_err(corrupt);
                        return Poll::Ready(match output {
                            Ok(output) if output.is_empty() => None,
                            output => Some(output.map(Bytes::from)),
                        });
                    }
                }
            } else {
                self.step()
            };
            match output {
                Ok(output) if output.is_empty() => {}
                Ok(output) => return Poll::Ready(Some(Ok(output.into()))),
                Err(error) => {
                    (self.stage, self.input) = (GzipStage::Rest, Bytes::new());
                    return Poll::Ready(Some(Err(corrupt(error))));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use futures_util::StreamExt as _;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// What comes out of `packed` in pieces of `size`, and the largest piece of it.
    async fn unpack(packed: &[u8], size: usize) -> Result<(Vec<u8>, usize), TransportError> {
        let pieces: Vec<_> = packed.chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        let mut gunzip = Gunzip::new(ResponseBody::new(futures_util::stream::iter(pieces)));
        let (mut all, mut largest) = (Vec::new(), 0);
        while let Some(piece) = gunzip.next().await {
            let piece = piece?;
            largest = largest.max(piece.len());
            all.extend_from_slice(&piece);
        }
        assert!(gunzip.next().await.is_none());
        Ok((all, largest))
    }

    #[tokio::test]
    async fn members_are_joined_and_padding_and_garbage_are_not_read() {
        let (one, two) = (gzip(b"first half\n"), gzip(b"second half\n"));
        let both = b"first half\nsecond half\n".as_slice();
        for (packed, wanted) in [
            (vec![], b"".as_slice()),
            (one.clone(), b"first half\n"),
            ([&one[..], &two].concat(), both),
            ([&one[..], &[0; 512], &two, &[0; 7]].concat(), both),
            ([&one[..], &two, b"garbage"].concat(), both),
            ([&one[..], &two, &[0, 0], b"garbage"].concat(), both),
            ([&one[..], &two, &[0x1f, 0x1f, 0x8b]].concat(), both),
            ([&gzip(b"")[..], &one, &gzip(b""), &two, &gzip(b"")].concat(), both),
        ] {
            for size in [1, 2, 3, 7, 1000] {
                let (found, _) = unpack(&packed, size).await.unwrap();
                assert_eq!(found, wanted, "{size}: {packed:x?}");
            }
        }
    }

    #[tokio::test]
    async fn a_member_that_is_cut_off_or_corrupt_is_an_error() {
        let (one, two) = (gzip(b"first half\n"), gzip(b"second half\n"));
        for packed in [&one[..], &[&one[..], &two].concat()] {
            let begin = packed.len() - if packed.len() == one.len() { one.len() } else { two.len() };
            for cut in begin + 1..packed.len() {
                for size in [1, 1000] {
                    let error = unpack(&packed[..cut], size).await.unwrap_err();
                    assert_eq!(error.kind, ErrorKind::Decode, "{cut}");
                }
            }
        }
        let mut wrong = one.clone();
        let checksum = wrong.len() - 8;
        wrong[checksum] ^= 1;
        for packed in [
            &wrong[..],
            &[&wrong[..], &two].concat(),
            b"plain text",
            &[&one[..], &two[..2], b"xxxxxxxxxx"].concat(),
        ] {
            assert_eq!(unpack(packed, 1000).await.unwrap_err().kind, ErrorKind::Decode);
        }
    }

    #[tokio::test]
    async fn a_bomb_is_unpacked_in_small_steps() {
        let packed = gzip(&vec![0; 64 << 20]);
        let (all, largest) = unpack(&packed, 1 << 20).await.unwrap();
        assert_eq!(all.len(), 64 << 20);
        assert!(largest <= 5 << 20, "{largest}");
    }
}

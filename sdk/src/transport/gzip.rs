//! Decodes gzip bodies: RFC 1952.
//!
//! A gzip stream is a series of members. Servers that compress in blocks send several, and the
//! decoders of HTTP libraries stop after the first one, which cuts the document off silently. This
//! decoder reads all members.
//!
//! The memory of one step is bounded. A decompression bomb is found by the size limit of the
//! pipeline, which counts decoded bytes. Bytes that decode to nothing, such as empty members, are not
//! found by it: they are limited here, and other tasks and time limits get their turn among them.

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

/// The number of steps without a result before other tasks, and the time limits of the call, get their turn.
const STEPS: usize = 32;

/// The number of encoded bytes in a row that may decode to nothing: 1 MiB. Compressed once more, a
/// kilobyte holds that many empty members or blocks.
const EMPTY: usize = 1024 * 1024;

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
    /// The number of encoded bytes since the last decoded byte.
    empty: usize,
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
        Self { packed, input: Bytes::new(), stage: GzipStage::Begin, empty: 0 }
    }

    /// Decodes a part of the input, which is not empty. The result may be empty.
    ///
    /// # Errors
    ///
    /// The errors of the decoder for corrupt data, and too many bytes that decode to nothing.
    fn step(&mut self) -> io::Result<Vec<u8>> {
        let before = self.input.len();
        let output = self.decode()?;
        let used = before.saturating_sub(self.input.len());
        let counts = output.is_empty() && !matches!(self.stage, GzipStage::Rest);
        self.empty = if counts { self.empty.saturating_add(used) } else { 0 };
        if self.empty > EMPTY {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "too many bytes decode to nothing"));
        }
        Ok(output)
    }

    /// Decodes a part of the input without limits.
    fn decode(&mut self) -> io::Result<Vec<u8>> {
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
                match self.input.first() {
                    Some(&first) if first == MAGIC[0] => {
                        self.stage = GzipStage::Magic;
                        let _ = self.input.split_to(1);
                    }
                    Some(_) => self.ignore_rest(),
                    None => {}
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
            GzipStage::Magic => {
                self.ignore_rest();
                Ok(Vec::new())
            }
            GzipStage::Rest => {
                self.input = Bytes::new();
                Ok(Vec::new())
            }
        }
    }

    /// Ignores all bytes from here on.
    fn ignore_rest(&mut self) {
        tracing::warn!("bytes after the last gzip member are ignored");
        (self.stage, self.input) = (GzipStage::Rest, Bytes::new());
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
        for _ in 0..STEPS {
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
        task.waker().wake_by_ref();
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

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

    /// Counts warnings.
    #[derive(Clone, Default)]
    struct Events(Arc<AtomicUsize>);

    impl tracing::Subscriber for Events {
        fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
            *metadata.level() <= tracing::Level::WARN
        }

        fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
            tracing::span::Id::from_u64(1)
        }

        fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

        fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

        fn event(&self, _: &tracing::Event<'_>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }

        fn enter(&self, _: &tracing::span::Id) {}

        fn exit(&self, _: &tracing::span::Id) {}
    }

    /// A member without content, of an empty block that is stored.
    const NOTHING: [u8; 23] =
        [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1, 0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0];

    #[tokio::test]
    async fn time_limits_act_among_empty_members() {
        let (empty, text) = (NOTHING.repeat(20_000), gzip(b"text"));
        let packed = Bytes::from([empty.as_slice(), &text].concat());
        let mut gunzip = Gunzip::new(ResponseBody::new(futures_util::stream::iter([Ok(packed)])));
        let waker = std::task::Waker::noop();
        let first = gunzip.poll_next_unpin(&mut Context::from_waker(waker));
        assert!(first.is_pending(), "one poll does not read all members");
        assert_eq!(gunzip.next().await.unwrap().unwrap(), "text");
        assert!(gunzip.next().await.is_none());
    }

    #[tokio::test]
    async fn endless_bytes_that_decode_to_nothing_are_an_error() {
        let head = &NOTHING[..10];
        let text = gzip(b"text");
        for endless in [
            NOTHING.repeat(50_000),
            [head, &[0, 0, 0, 255, 255].repeat(250_000)].concat(),
            [&text[..], &vec![0; 2 << 20]].concat(),
            [&text[..], &NOTHING.repeat(50_000)].concat(),
        ] {
            // Twice, as a server would send it: each layer is about a thousandth of the next one.
            let twice = gzip(&endless);
            let packed = futures_util::stream::iter([Ok(Bytes::from(twice))]);
            let mut gunzip = Gunzip::new(ResponseBody::new(Gunzip::new(ResponseBody::new(packed))));
            let error = loop {
                if let Err(error) = gunzip.next().await.expect("an error comes before the end") {
                    break error;
                }
            };
            assert_eq!(error.kind, ErrorKind::Decode);
            assert!(gunzip.next().await.is_none());
        }
    }

    #[tokio::test]
    async fn much_garbage_after_the_last_member_is_reported_once_and_ignored() {
        let packed = [&gzip(b"text")[..], &vec![b'x'; 2 << 20]].concat();
        for size in [1 << 10, 1 << 22] {
            let events = Events::default();
            let _guard = tracing::subscriber::set_default(events.clone());
            assert_eq!(unpack(&packed, size).await.unwrap().0, b"text");
            assert_eq!(events.0.load(Ordering::SeqCst), 1);
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

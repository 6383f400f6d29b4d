//! The source of a body, and how it is read in chunks.
//!
//! A source is a recipe and not a stream, so that each attempt can start from the
//! beginning. The closures of the caller must be repeatable; the check against the
//! measurement finds out if they are not.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt as _};

use crate::error::{Error, ErrorKind, SendState};
use crate::transport::TransportError;

/// Size of a chunk in bytes.
const PIECE: usize = 128 * 1024;

/// The reason why a source failed.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A source that was opened.
pub(super) type Opened = Pin<Box<dyn Stream<Item = Result<Bytes, Cause>> + Send>>;

/// The chunks of a source, whose total length is checked.
pub(super) type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// Creates a stream each time it is called.
type OpenStream = dyn Fn() -> Opened + Send + Sync;
/// Opens a reader each time it is called.
type OpenReader = dyn Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync;

/// Something that gives the same bytes each time it is opened.
#[derive(Clone)]
pub(super) enum Source {
    /// Bytes in memory.
    Bytes(Bytes),
    /// A file.
    Path(Arc<Path>),
    /// A stream, and its length in bytes if that is known.
    Stream(Option<u64>, Arc<OpenStream>),
    /// A reader that may block, and its length in bytes if that is known.
    Reader(Option<u64>, Arc<OpenReader>),
}

impl Source {
    /// A source of streams.
    pub(super) fn stream<S, E>(len: Option<u64>, open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Cause>,
    {
        Self::Stream(len, Arc::new(move || Box::pin(open().map(|piece| piece.map_err(Into::into)))))
    }

    /// A source of readers.
    pub(super) fn reader<R: Read + Send + 'static>(
        len: Option<u64>,
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        Self::Reader(len, Arc::new(move || open().map(|reader| Box::new(reader) as _)))
    }

    /// Length in bytes, if it is known without opening the source.
    pub(super) fn len(&self) -> Option<u64> {
        match self {
            Self::Bytes(data) => Some(length(data)),
            Self::Path(_) => None,
            Self::Stream(len, _) | Self::Reader(len, _) => *len,
        }
    }

    /// The name of the source in errors.
    fn label(&self) -> String {
        match self {
            Self::Bytes(_) => "the body in memory".to_owned(),
            Self::Path(path) => format!("the file `{}`", path.display()),
            Self::Stream(..) => "the uploaded stream".to_owned(),
            Self::Reader(..) => "the uploaded reader".to_owned(),
        }
    }

    /// The length, after a file was checked: it must exist, be a regular file and be
    /// readable. Other sources are not opened.
    pub(super) async fn examine(&self) -> Result<Option<u64>, Error> {
        let Self::Path(path) = self else { return Ok(self.len()) };
        let path = path.clone();
        let found = off_thread(move || {
            // Check the metadata first, because opening a FIFO would wait for its other
            // end.
            let meta = std::fs::metadata(&path)?;
            if meta.is_file() {
                File::open(&path)?;
            }
            io::Result::Ok(meta)
        });
        let meta = found
            .await
            .and_then(|meta| meta)
            .map_err(|error| Error::config(format!("{} cannot be read", self.label())).with_source(error))?;
        if meta.is_dir() {
            return Err(Error::config(format!("{} is a directory: pass the path of a file", self.label())));
        }
        if !meta.is_file() {
            let what = format!("{} is not a regular file: pass it with `FilePart::reader`", self.label());
            return Err(Error::config(what));
        }
        Ok(Some(meta.len()))
    }

    /// Opens the source.
    fn open(&self) -> Opened {
        match self {
            Self::Bytes(data) => Box::pin(stream::iter(slices(data.clone()).map(Ok))),
            Self::Path(path) => {
                let path = path.clone();
                blocking(move || File::open(path))
            }
            Self::Stream(_, open) => open(),
            Self::Reader(_, open) => {
                let open = open.clone();
                blocking(move || open())
            }
        }
    }

    /// The chunks of the source. It is an error if they have more or less than `len` bytes,
    /// or cannot be read. `sent` is the send state of such an error.
    pub(super) fn pieces(&self, len: Option<u64>, sent: SendState) -> Pieces {
        let label = self.label();
        let begin = (self.open(), 0_u64, label);
        Box::pin(stream::try_unfold(begin, move |(mut opened, read, label)| async move {
            let failed =
                |what: &str| TransportError::new(ErrorKind::RequestBody, sent, format!("{label} {what}"));
            match (opened.next().await, len) {
                (Some(Err(error)), _) => Err(failed("cannot be read to its end").with_source(error)),
                (Some(Ok(piece)), len) => {
                    let read = read.saturating_add(length(&piece));
                    match len {
                        Some(len) if read > len => Err(failed(&format!(
                            "is longer than the expected {len} bytes; was it changed meanwhile?"
                        ))),
                        _ => Ok(Some((piece, (opened, read, label)))),
                    }
                }
                (None, Some(len)) if read < len => Err(failed(&format!(
                    "ended after {read} of the expected {len} bytes; was it changed meanwhile?"
                ))),
                (None, _) => Ok(None),
            }
        }))
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(data) => write!(f, "{} bytes", data.len()),
            other => f.write_str(&other.label()),
        }
    }
}

/// Length of the data in bytes.
pub(super) fn length(data: &Bytes) -> u64 {
    u64::try_from(data.len()).unwrap_or(u64::MAX)
}

/// Splits data into chunks without copying it.
fn slices(mut data: Bytes) -> impl Iterator<Item = Bytes> + Send {
    std::iter::from_fn(move || {
        let piece = data.split_to(data.len().min(PIECE));
        (!piece.is_empty()).then_some(piece)
    })
}

/// The chunks of a reader, read where blocking is allowed. If it is dropped while a chunk
/// is being read, the reader is closed after that chunk.
fn blocking<R: Read + Send + 'static>(open: impl FnOnce() -> io::Result<R> + Send + 'static) -> Opened {
    enum State<R, F> {
        Closed(F),
        Open(R),
    }
    Box::pin(stream::try_unfold(State::Closed(open), |state| async {
        let read = move || {
            let mut reader = match state {
                State::Closed(open) => open()?,
                State::Open(reader) => reader,
            };
            let mut piece = Vec::with_capacity(PIECE);
            let most = u64::try_from(PIECE).unwrap_or(u64::MAX);
            reader.by_ref().take(most).read_to_end(&mut piece)?;
            io::Result::Ok((piece, reader))
        };
        let (piece, reader) = off_thread(read).await.and_then(|read| read)?;
        Ok((!piece.is_empty()).then(|| (Bytes::from(piece), State::Open(reader))))
    }))
}

/// Runs blocking work on a blocking thread of the tokio runtime. Without a runtime, runs it
/// in place.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> io::Result<T> {
    match tokio::runtime::Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(work).await.map_err(io::Error::other),
        Err(_) => Ok(work()),
    }
}

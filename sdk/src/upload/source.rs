//! What is uploaded, and how it is read piece by piece.

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

/// How much is read at once.
const PIECE: usize = 128 * 1024;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// A source that was opened.
pub(super) type Opened = Pin<Box<dyn Stream<Item = Result<Bytes, Cause>> + Send>>;

/// The same, compared with the length that it should have.
pub(super) type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

type OpenStream = dyn Fn() -> Opened + Send + Sync;
type OpenReader = dyn Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync;

/// Something that gives the same bytes each time it is opened.
#[derive(Clone)]
pub(super) enum Source {
    /// Bytes in memory.
    Bytes(Bytes),
    /// A file.
    Path(Arc<Path>),
    /// Streams, and how long each is if that is known.
    Stream(Option<u64>, Arc<OpenStream>),
    /// Readers that may block, and how long each is if that is known.
    Reader(Option<u64>, Arc<OpenReader>),
}

impl Source {
    pub(super) fn stream<S, E>(len: Option<u64>, open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Cause>,
    {
        Self::Stream(len, Arc::new(move || Box::pin(open().map(|piece| piece.map_err(Into::into)))))
    }

    pub(super) fn reader<R: Read + Send + 'static>(
        len: Option<u64>,
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        Self::Reader(len, Arc::new(move || open().map(|reader| Box::new(reader) as _)))
    }

    /// The length as far as it is known without looking.
    pub(super) fn len(&self) -> Option<u64> {
        match self {
            Self::Bytes(data) => Some(length(data)),
            Self::Path(_) => None,
            Self::Stream(len, _) | Self::Reader(len, _) => *len,
        }
    }

    /// What errors call it.
    fn label(&self) -> String {
        match self {
            Self::Bytes(_) => "the body in memory".to_owned(),
            Self::Path(path) => format!("the file `{}`", path.display()),
            Self::Stream(..) => "the uploaded stream".to_owned(),
            Self::Reader(..) => "the uploaded reader".to_owned(),
        }
    }

    /// Looks whether a file is there, is a file and may be read, and how long it is. Of other sources nothing is asked.
    pub(super) async fn examine(&self) -> Result<Option<u64>, Error> {
        let Self::Path(path) = self else { return Ok(self.len()) };
        let path = path.clone();
        let found = off_thread(move || {
            // Asked first, since opening a pipe would wait for its other end.
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
            return Err(Error::config(format!("{} is a directory: name a file in it", self.label())));
        }
        if !meta.is_file() {
            let what = format!("{} is no ordinary file: give it as `FilePart::reader`", self.label());
            return Err(Error::config(what));
        }
        Ok(Some(meta.len()))
    }

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

    /// The pieces of the source, once; an error if they are more or fewer than `len` bytes, or cannot be read.
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
                            "has more than the {len} bytes that it should have: was it changed meanwhile?"
                        ))),
                        _ => Ok(Some((piece, (opened, read, label)))),
                    }
                }
                (None, Some(len)) if read < len => Err(failed(&format!(
                    "ended after {read} of the {len} bytes that it should have: was it changed meanwhile?"
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

pub(super) fn length(data: &Bytes) -> u64 {
    u64::try_from(data.len()).unwrap_or(u64::MAX)
}

fn slices(mut data: Bytes) -> impl Iterator<Item = Bytes> + Send {
    std::iter::from_fn(move || {
        let piece = data.split_to(data.len().min(PIECE));
        (!piece.is_empty()).then_some(piece)
    })
}

/// The pieces of a reader that may block, read where blocking hurts nobody. Dropped while a piece is being read, it is
/// closed once that piece is there.
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

/// Runs what blocks beside the threads of the tokio runtime; in place where there is none.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> io::Result<T> {
    match tokio::runtime::Handle::try_current() {
        Ok(runtime) => runtime.spawn_blocking(work).await.map_err(io::Error::other),
        Err(_) => Ok(work()),
    }
}

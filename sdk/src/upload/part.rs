//! A file as the caller gives it.

use std::borrow::Cow;
use std::io::{self, Read};
use std::path::PathBuf;

use bytes::Bytes;
use futures_util::Stream;
use http::HeaderValue;

use super::content::Upload;
use super::source::Source;
use crate::action::request::Payload;

/// A file of a multipart form, or the bytes of an octet-stream body: in memory, on disk, or made on demand.
///
/// What is not in memory is read while it is sent, and read anew for each attempt. Where the signature covers the body it is
/// read once more before, to make the digest; so it is where its length is not known, since the server is always told.
/// A file is read beside the threads of the tokio runtime.
///
/// | cloud | the body is signed |
/// | --- | --- |
/// | Tencent Cloud | yes, but with [`unsigned_payload`](crate::client::ClientBuilder::unsigned_payload) |
/// | Huawei Cloud | no, but with [`sign_all_payloads`](crate::client::ClientBuilder::sign_all_payloads) |
/// | Alibaba Cloud | yes by the ACS3 methods, no by the older ones |
///
/// The time limits of [`TimeoutOptions`](crate::client::TimeoutOptions) hold: raise `attempt` and `total` for what takes longer. `read` is how
/// long an upload may stand still.
///
/// ```
/// use cloudcall::upload::FilePart;
///
/// let small = FilePart::new(&b"\x89PNG"[..]).file_name("a.png").content_type("image/png");
/// let large = FilePart::path("/data/video.mp4").content_type("video/mp4");
/// let made = FilePart::reader(None, || Ok(std::io::Cursor::new("line\n".repeat(1_000))));
/// assert_eq!((small.len(), large.name(), made.len()), (Some(4), Some("video.mp4"), None));
/// ```
///
/// # Errors
///
/// A file that is missing, is a directory or may not be read is an error of kind [`Config`](crate::ErrorKind::Config) that names
/// the path, before anything is sent. A source that fails, that is longer or shorter than it should be, or that gives other
/// bytes the second time is one of kind [`RequestBody`](crate::ErrorKind::RequestBody); the connection is closed then, and the server never
/// has a whole request.
#[derive(Debug, Clone)]
pub struct FilePart {
    field: Cow<'static, str>,
    file_name: Option<String>,
    content_type: Option<String>,
    source: Source,
}

impl FilePart {
    /// Bytes in memory, without a file name.
    pub fn new(data: impl Into<Bytes>) -> Self {
        Self::of(Source::Bytes(data.into()))
    }

    /// A file on disk. The server is told the last part of its path as the file name.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { file_name: name, ..Self::of(Source::Path(path.into())) }
    }

    /// Streams that `open` makes, one for each time the bytes are read; they must give the same bytes each time.
    ///
    /// `len` is their length in bytes, if it is known; else a stream is read to its end before the first is sent.
    ///
    /// ```
    /// use cloudcall::Bytes;
    /// use cloudcall::upload::FilePart;
    /// use futures_util::stream;
    ///
    /// let pieces = || stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"ab")), Ok(Bytes::from_static(b"c"))]);
    /// let part = FilePart::stream(3, pieces).file_name("abc.txt");
    /// ```
    pub fn stream<S, E>(len: impl Into<Option<u64>>, open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::of(Source::stream(len.into(), open))
    }

    /// Readers that `open` makes, one for each time the bytes are read; they must give the same bytes each time.
    ///
    /// Opening and reading may block: both are done beside the threads of the tokio runtime. `len` is as in
    /// [`stream`](Self::stream).
    pub fn reader<R: Read + Send + 'static>(
        len: impl Into<Option<u64>>,
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        Self::of(Source::reader(len.into(), open))
    }

    fn of(source: Source) -> Self {
        Self { field: Cow::Borrowed(""), file_name: None, content_type: None, source }
    }

    /// Sets the file name that the server is told.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the content type of the part.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    pub(crate) fn set_field(&mut self, field: Cow<'static, str>) {
        self.field = field;
    }

    /// The name of the form field.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The file name, if one was set or the path has one.
    pub fn name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The content type, if one was set.
    pub fn mime(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The bytes, if they are in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(data) => Some(data),
            _ => None,
        }
    }

    /// The length in bytes, if it is known without looking: never that of a file.
    pub fn len(&self) -> Option<u64> {
        self.source.len()
    }

    /// Whether it is known to have no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// The part as a body of its own.
    pub fn payload(&self, content_type: HeaderValue) -> Payload {
        match &self.source {
            Source::Bytes(data) => Payload::Bytes { content_type, data: data.clone() },
            source => Payload::Stream { content_type, body: Upload::new([source.clone()]) },
        }
    }

    #[cfg(any(feature = "tencent", feature = "huawei"))]
    pub(super) fn source(&self) -> &Source {
        &self.source
    }
}

impl From<Bytes> for FilePart {
    fn from(data: Bytes) -> Self {
        Self::new(data)
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(data: Vec<u8>) -> Self {
        Self::new(data)
    }
}

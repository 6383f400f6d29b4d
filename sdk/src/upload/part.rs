//! A file that the caller wants to upload.

use std::borrow::Cow;
use std::io::{self, Read};
use std::path::PathBuf;

use bytes::Bytes;
use futures_util::Stream;
use http::HeaderValue;

use super::content::Upload;
use super::source::Source;
use crate::action::request::Payload;

/// A file of a multipart form, or the bytes of an octet-stream body: in memory, on disk, or
/// produced on demand.
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
/// A source that is not in memory is read while it is sent, and read again for each
/// attempt. It is read once more before the first attempt if the signature covers the body,
/// for its digest, or if its length is not known, because the server always gets the
/// length. Files are read on the blocking threads of the tokio runtime.
///
/// | cloud | is the body signed? |
/// | --- | --- |
/// | Tencent Cloud | yes, except with [`unsigned_payload`](crate::client::ClientBuilder::unsigned_payload) |
/// | Huawei Cloud | no, except with [`sign_all_payloads`](crate::client::ClientBuilder::sign_all_payloads) |
/// | Alibaba Cloud | yes with the ACS3 methods, no with the older ones |
///
/// # Errors
///
/// A file that is missing, is a directory or cannot be read is an error of kind
/// [`Config`](crate::ErrorKind::Config) that names the path. Nothing is sent then.
///
/// A source that fails, that is longer or shorter than announced, or that gives different
/// bytes when it is read again is an error of kind
/// [`RequestBody`](crate::ErrorKind::RequestBody). The connection is closed then, and the
/// server never receives a complete request.
///
/// # Troubleshooting
///
/// - *A large upload ends with `Timeout`.* The limits of
///   [`TimeoutOptions`](crate::client::TimeoutOptions) apply: raise `attempt`
///   (default: 60 s) and `total` (default: 120 s). `read` limits how long the upload may
///   stand still.
/// - *An upload ends with `RequestBody` and the message asks whether the body was changed.*
///   The file changed between measuring and sending, or the closure returned other bytes
///   than before.
/// - *Uploading takes twice as long as expected.* The source is read twice for the digest
///   or the length. Give the length to [`stream`](Self::stream) or
///   [`reader`](Self::reader), or use an unsigned payload.
/// - *The error says that the server did not receive the whole request body.* The server
///   refused it early, for example because of its size.
#[derive(Debug, Clone)]
pub struct FilePart {
    /// Name of the form field.
    field: Cow<'static, str>,
    /// The file name that is sent.
    file_name: Option<String>,
    /// The content type that is sent.
    content_type: Option<String>,
    /// The bytes.
    source: Source,
}

impl FilePart {
    /// Bytes in memory, without a file name.
    ///
    /// ```
    /// use cloudcall::upload::FilePart;
    ///
    /// let part = FilePart::new(vec![1, 2, 3]).file_name("data.bin");
    /// assert_eq!((part.len(), part.name()), (Some(3), Some("data.bin")));
    /// ```
    pub fn new(data: impl Into<Bytes>) -> Self {
        Self::of(Source::Bytes(data.into()))
    }

    /// A file on disk. Its file name is the last component of the path.
    ///
    /// The file is opened for each attempt. It must be a regular file.
    ///
    /// ```
    /// use cloudcall::upload::FilePart;
    ///
    /// let part = FilePart::path("/etc/hosts").file_name("hosts.txt").content_type("text/plain");
    /// assert_eq!(part.name(), Some("hosts.txt"));
    /// ```
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { file_name: name, ..Self::of(Source::Path(path.into())) }
    }

    /// A stream that `open` creates each time the bytes are read. It must give the same
    /// bytes each time.
    ///
    /// `len` is the length in bytes. If it is `None`, the stream is read to its end once
    /// before the first attempt.
    ///
    /// ```
    /// use cloudcall::Bytes;
    /// use cloudcall::upload::FilePart;
    /// use futures_util::stream;
    ///
    /// let chunks = || {
    ///     stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"ab")), Ok(Bytes::from_static(b"c"))])
    /// };
    /// let part = FilePart::stream(3, chunks).file_name("abc.txt");
    /// assert_eq!(part.len(), Some(3));
    /// ```
    pub fn stream<S, E>(len: impl Into<Option<u64>>, open: impl Fn() -> S + Send + Sync + 'static) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::of(Source::stream(len.into(), open))
    }

    /// A reader that `open` creates each time the bytes are read. It must give the same
    /// bytes each time.
    ///
    /// Opening and reading may block: they run on the blocking threads of the tokio
    /// runtime. `len` is the length in bytes, as in [`stream`](Self::stream).
    ///
    /// ```
    /// use cloudcall::upload::FilePart;
    ///
    /// let part = FilePart::reader(5, || Ok(std::io::Cursor::new("hello"))).file_name("hello.txt");
    /// assert_eq!(part.len(), Some(5));
    /// ```
    pub fn reader<R: Read + Send + 'static>(
        len: impl Into<Option<u64>>,
        open: impl Fn() -> io::Result<R> + Send + Sync + 'static,
    ) -> Self {
        Self::of(Source::reader(len.into(), open))
    }

    /// A part without names.
    fn of(source: Source) -> Self {
        Self { field: Cow::Borrowed(""), file_name: None, content_type: None, source }
    }

    /// Sets the file name that is sent. Default: the last component of the path; none for
    /// other sources.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the content type of the part. Default: none.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Sets the name of the form field.
    pub(crate) fn set_field(&mut self, field: Cow<'static, str>) {
        self.field = field;
    }

    /// The name of the form field. The action sets it.
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

    /// Length in bytes, if it is known without opening the source. The length of a file is
    /// not.
    pub fn len(&self) -> Option<u64> {
        self.source.len()
    }

    /// True if the part is known to be empty.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// The part as the whole body of a request.
    ///
    /// ```
    /// use cloudcall::http::HeaderValue;
    /// use cloudcall::upload::FilePart;
    ///
    /// let payload = FilePart::path("/data/video.mp4").payload(HeaderValue::from_static("video/mp4"));
    /// ```
    pub fn payload(&self, content_type: HeaderValue) -> Payload {
        match &self.source {
            Source::Bytes(data) => Payload::Bytes { content_type, data: data.clone() },
            source => Payload::Stream { content_type, body: Upload::new([source.clone()]) },
        }
    }

    /// The source of the bytes.
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

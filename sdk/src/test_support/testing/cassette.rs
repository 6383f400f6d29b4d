//! Recorded exchanges, and their file format.
//!
//! The file has one JSON document per line. The first line is a header. Members are named as the fields
//! below.
//!
//! ```json
//! {"format":"cloudcall cassette","version":1,"ignore":["EndTime"]}
//! {"cloud":"tencent","product":"cvm","action":"DescribeZones","request":{…},"response":{…}}
//! {"cloud":"tencent","product":"cvm","action":"DescribeZones","request":{…},"failure":{…}}
//! ```
//!
//! Empty lines are skipped. A file of another version is refused; there is no migration, because a
//! recording can be made again.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, SendState};
use crate::transport::TransportError;

/// The member `format` of the header. It tells a cassette from other JSON lines.
const FORMAT: &str = "cloudcall cassette";
/// The version of the format. A change that older readers would misread gets another one.
const VERSION: u32 = 1;

/// Recorded exchanges, and the file that keeps them beside a test.
///
/// The file consists of JSON lines: a header, then one line for each exchange. A body is text if it is
/// UTF-8, so that a diff of a recording can be read, and base64 otherwise.
///
/// ```
/// use cloudcall::testing::Cassette;
///
/// let text = concat!(
///     r#"{"format":"cloudcall cassette","version":1}"#,
///     "\n",
///     r#"{"cloud":"tencent","product":"cvm","action":"DescribeZones","request":{"method":"POST","#,
///     r#""host":"cvm.tencentcloudapi.com","path":"/","query":"","content_type":"application/json","#,
///     r#""body":{"text":"{}"}},"response":{"status":200,"headers":[["x-a","b"]],"#,
///     r#""body":{"text":"{\"Response\":{\"RequestId\":\"r\"}}"},"whole":true}}"#,
///     "\n",
/// );
/// let cassette = Cassette::parse(text)?;
/// assert_eq!((cassette.len(), cassette.to_text()?.as_str()), (1, text));
///
/// let error = Cassette::parse("[]").expect_err("not a cassette");
/// assert!(error.message().starts_with("line 1: "));
/// # Ok::<(), cloudcall::Error>(())
/// ```
///
/// The members of an exchange:
///
/// | member | content |
/// | --- | --- |
/// | `cloud`, `product`, `action` | the call |
/// | `request` | `method`, `host`, `path`, `query`, `content_type`, `body`; secrets are `****` |
/// | `response` | `status`, `headers`, `body`, and `whole`: whether the body was read to its end |
/// | `failure` | in place of a response: `kind`, `sent` (whether it reached the server) and `message` |
///
/// A body is `{"text": "…"}` or `{"base64": "…"}`.
///
/// # Troubleshooting
///
/// **`the version is …, but this cloudcall reads 1: record it again`.** The file was written by another
/// version of this crate. Record it again with [`Recorder`](super::Recorder).
///
/// **`line 3: this is not a recorded exchange`.** The line was edited by hand, or merged badly. The
/// source of the error names the member.
#[derive(Debug, Clone, Default)]
pub struct Cassette {
    /// Names of parameters that a replay does not compare.
    pub(super) ignore: Vec<String>,
    /// The exchanges, in the order in which they were sent.
    pub(super) exchanges: Vec<Exchange>,
}

/// The first line of the file.
#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    version: u32,
    /// Names of parameters that are not compared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ignore: Vec<String>,
}

/// One request and its outcome.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Exchange {
    pub(super) cloud: String,
    pub(super) product: String,
    pub(super) action: String,
    pub(super) request: Request,
    #[serde(flatten)]
    pub(super) outcome: Outcome,
}

/// The parts of a request that are recorded and compared. Of the headers, only the content type is
/// kept: the others are the signature, times and facts about the client.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) host: String,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) content_type: String,
    pub(super) body: Body,
}

/// A response, or the failure of the transport. It is flattened into its exchange.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Outcome {
    Response(RecordedResponse),
    Failure(Failure),
}

/// A response. Headers of the transfer (`Connection`, `Content-Length`, `Transfer-Encoding`) are left
/// out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RecordedResponse {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Body,
    /// Whether the body was read to its end. If not, it breaks off at the same place during replay.
    pub(super) whole: bool,
}

/// A failure of the transport. Kind and send state are kept, because the client decides by them whether
/// it retries.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Failure {
    kind: String,
    sent: String,
    message: String,
}

/// A body: text if it is UTF-8, base64 otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Body {
    Text(String),
    Base64(String),
}

impl Body {
    /// Chooses the form by the bytes.
    pub(super) fn new(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Text(text.to_owned()),
            Err(_) => Self::Base64(STANDARD.encode(bytes)),
        }
    }

    /// The bytes; `None` if the text is not base64.
    pub(super) fn bytes(&self) -> Option<Bytes> {
        match self {
            Self::Text(text) => Some(Bytes::from(text.clone())),
            Self::Base64(text) => STANDARD.decode(text).ok().map(Bytes::from),
        }
    }
}

/// The kinds of errors that a transport gives.
const KINDS: [ErrorKind; 7] = [
    ErrorKind::Connect,
    ErrorKind::Tls,
    ErrorKind::Timeout,
    ErrorKind::Io,
    ErrorKind::Protocol,
    ErrorKind::TooLarge,
    ErrorKind::Config,
];

/// The send states by their names in the file.
const SENT: [(SendState, &str); 3] =
    [(SendState::No, "no"), (SendState::Maybe, "maybe"), (SendState::Answered, "answered")];

impl Failure {
    /// A failure by its kind and send state.
    pub(super) fn new(kind: ErrorKind, sent: SendState, message: String) -> Self {
        let sent = SENT.iter().find(|(known, _)| *known == sent).map_or("maybe", |(_, word)| word);
        Self { kind: kind.as_str().to_owned(), sent: sent.to_owned(), message }
    }

    /// The failure; `None` if its kind or send state is unknown.
    pub(super) fn error(&self) -> Option<TransportError> {
        let kind = KINDS.into_iter().find(|kind| kind.as_str() == self.kind)?;
        let (sent, _) = SENT.iter().find(|(_, word)| *word == self.sent)?;
        Some(TransportError::new(kind, *sent, self.message.clone()))
    }
}

impl Exchange {
    /// The reason why the exchange cannot be played.
    fn defect(&self) -> Option<&'static str> {
        if self.request.body.bytes().is_none() {
            return Some("the request's body is not base64");
        }
        match &self.outcome {
            Outcome::Failure(failure) if failure.error().is_none() => {
                Some("the kind or the send state of the failure is unknown")
            }
            Outcome::Response(response) if response.body.bytes().is_none() => {
                Some("the response's body is not base64")
            }
            Outcome::Response(response) if http::StatusCode::from_u16(response.status).is_err() => {
                Some("the response's status is not one of HTTP")
            }
            _ => None,
        }
    }
}

impl Cassette {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Kind `Io` if the file cannot be read, and the errors of [`parse`](Self::parse). The message names the
    /// file.
    #[allow(
        clippy::disallowed_methods,
        reason = "a recording is the test's file, not one of the process under test"
    )]
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let name = path.display();
        let text = std::fs::read_to_string(path).map_err(|error| {
            let what = format!("cassette {name}: cannot be read; record it with `Recorder::save`");
            Error::new(ErrorKind::Io, what).with_source(error)
        })?;
        Self::parse(&text).map_err(|error| {
            let what = format!("cassette {name}: {}", error.message());
            error.with_message(what)
        })
    }

    /// Reads the text of a cassette.
    ///
    /// # Errors
    ///
    /// Kind `Config` for a line that is not a recorded exchange, and for another version of the format. The
    /// message names the line.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let wrong = |at: usize, what: &str| Error::config(format!("line {}: {what}", at + 1));
        let (at, head) = lines
            .next()
            .ok_or_else(|| Error::config("the file is empty: record it with `Recorder::save`"))?;
        let head: Head = serde_json::from_str(head)
            .map_err(|error| wrong(at, "this is not the header of a cassette").with_source(error))?;
        if head.format != FORMAT {
            return Err(wrong(at, &format!("the format is not `{FORMAT}`")));
        }
        if head.version != VERSION {
            let what = format!(
                "the version is {}, but this cloudcall reads {VERSION}: record it again",
                head.version
            );
            return Err(wrong(at, &what));
        }
        let mut exchanges = Vec::new();
        for (at, line) in lines {
            let exchange: Exchange = serde_json::from_str(line)
                .map_err(|error| wrong(at, "this is not a recorded exchange").with_source(error))?;
            if let Some(defect) = exchange.defect() {
                return Err(wrong(at, defect));
            }
            exchanges.push(exchange);
        }
        Ok(Self { ignore: head.ignore, exchanges })
    }

    /// The text of the cassette.
    ///
    /// # Errors
    ///
    /// Kind `Config` if an exchange cannot be written as JSON.
    pub fn to_text(&self) -> Result<String, Error> {
        let failed = |error: serde_json::Error| {
            Error::config("the cassette cannot be written as JSON").with_source(error)
        };
        let head = Head { format: FORMAT.to_owned(), version: VERSION, ignore: self.ignore.clone() };
        let mut text = serde_json::to_string(&head).map_err(failed)?;
        text.push('\n');
        for exchange in &self.exchanges {
            text.push_str(&serde_json::to_string(exchange).map_err(failed)?);
            text.push('\n');
        }
        Ok(text)
    }

    /// Writes a file. The file is replaced in one step, so a reader sees either the old text or the new one.
    ///
    /// # Errors
    ///
    /// Kind `Io` if the file cannot be written.
    ///
    /// The text is first written to a file with `.new` after the name, in the same folder.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let mut temporary = path.as_os_str().to_owned();
        temporary.push(".new");
        let text = self.to_text()?;
        let written = std::fs::write(&temporary, text).and_then(|()| std::fs::rename(&temporary, path));
        written.map_err(|error| {
            let what = format!("cassette {}: cannot be written", path.display());
            Error::new(ErrorKind::Io, what).with_source(error)
        })
    }

    /// The number of exchanges.
    pub fn len(&self) -> usize {
        self.exchanges.len()
    }

    /// Whether there are no exchanges.
    pub fn is_empty(&self) -> bool {
        self.exchanges.is_empty()
    }
}

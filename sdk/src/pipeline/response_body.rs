//! Reads the body of a response, under the limits of time and size.
//!
//! The file is separate from `receive.rs` because it knows nothing of statuses and sinks:
//! it turns a [`ResponseBody`], which is a stream of chunks, into [`Bytes`].
//!
//! | limit | default | error |
//! | --- | --- | --- |
//! | `TimeoutOptions::read` between two chunks | 30 s | `Timeout` |
//! | `TimeoutOptions::stall`, less than one byte per second | 5 s | `Timeout` |
//! | `TimeoutOptions::attempt` and `total` | 60 s, 120 s | `Timeout` |
//! | `HttpOptions::max_body_bytes` after decompression | 32 MiB | `TooLarge` |

use bytes::{Bytes, BytesMut};

use crate::error::{Error, ErrorKind};
use crate::pipeline::media::may_be_error;
use crate::pipeline::prepare::PreparedCall;
use crate::timing::deadline::End;
use crate::timing::stall::Throughput;
use crate::transport::ResponseBody;

/// A body, and what was received of it so far.
///
/// The received bytes are in exactly one place: `first` while there is at most one chunk,
/// and `more` from the second chunk on. A small body is therefore used without a copy.
pub(crate) struct Body<'a> {
    /// The call, for its limits and its clock.
    prepared: &'a PreparedCall<'a>,
    /// The chunks that have not been received yet.
    pieces: ResponseBody,
    /// Detects a body that arrives too slowly. It starts to measure when the body has no
    /// chunk ready for the first time, so a body that is already here reads no clock.
    throughput: Throughput,
    /// The deadline of the attempt.
    end: End,
    /// The first chunk, as the transport delivered it.
    first: Bytes,
    /// All chunks in one buffer, from the second chunk on.
    more: BytesMut,
    /// The capacity to reserve when a second chunk arrives, in bytes: the `Content-Length`.
    /// It has been compared with the size limit, so a false header cannot reserve more than
    /// that.
    room: usize,
}

impl<'a> Body<'a> {
    /// A body of which nothing was received. Nothing is read and no clock is read here.
    pub(crate) fn new(prepared: &'a PreparedCall<'a>, pieces: ResponseBody, end: End) -> Self {
        let throughput = Throughput::unwatched(prepared.timeouts.stall);
        Self { prepared, pieces, throughput, end, first: Bytes::new(), more: BytesMut::new(), room: 0 }
    }

    /// The bytes received so far.
    pub(crate) fn text(&self) -> &[u8] {
        if self.more.is_empty() { &self.first } else { &self.more }
    }

    /// Reads up to `enough` bytes while they may still be an API error. Returns true if the
    /// body ended.
    ///
    /// Reading stops at the first byte that rules a document out. The chunks stay here, and
    /// [`take_stream`](Self::take_stream) puts them in front of the rest.
    ///
    /// ```text
    /// enough = 65536, body {"Response":{"Error":{…}}}     true: a short document, all of it read
    /// enough = 65536, body PK\x03\x04…                    false, after the first chunk
    /// enough = 1,     body data: {…}                      false, after the first chunk
    /// ```
    pub(crate) async fn begin(&mut self, enough: usize) -> Result<bool, Error> {
        while self.text().len() < enough && (self.text().trim_ascii().is_empty() || may_be_error(self.text()))
        {
            if !self.grow().await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads the body to its end. `announced` is its `Content-Length` in bytes, or 0.
    ///
    /// # Errors
    ///
    /// Kind `TooLarge` if the announced or the received length exceeds the limit, kind
    /// `Timeout` if a time limit passes, and the error of the transport if the connection
    /// breaks.
    pub(crate) async fn whole(&mut self, announced: usize) -> Result<Bytes, Error> {
        self.fits(announced)?;
        self.room = announced;
        while self.grow().await? {}
        Ok(self.take())
    }

    /// Reads as much of the body as arrives. A server that refuses a request early resets
    /// the connection, which may cut off the error that it sent. An error of kind `Io`
    /// therefore ends the body; all other errors are returned as in [`whole`](Self::whole).
    pub(crate) async fn received(&mut self, announced: usize) -> Result<Bytes, Error> {
        self.fits(announced)?;
        self.room = announced;
        loop {
            match self.grow().await {
                Ok(true) => {}
                Err(error) if error.kind() != ErrorKind::Io => return Err(error),
                Ok(false) | Err(_) => return Ok(self.take()),
            }
        }
    }

    /// Takes the whole body, received and not yet received, as a stream. The size limit
    /// does not apply to it, because its reader does not collect it.
    pub(crate) fn take_stream(&mut self) -> ResponseBody {
        let rest = std::mem::replace(&mut self.pieces, ResponseBody::whole(Bytes::new()));
        rejoin(self.take(), rest)
    }

    /// Takes the received bytes out, without a copy.
    fn take(&mut self) -> Bytes {
        let (first, more) = (std::mem::take(&mut self.first), std::mem::take(&mut self.more));
        if more.is_empty() { first } else { more.freeze() }
    }

    /// Reads one more chunk. Returns `false` if the body has ended. It is safe to drop this
    /// future: a chunk is added as soon as it was taken from the transport.
    async fn grow(&mut self) -> Result<bool, Error> {
        let context = &self.prepared.shared.context;
        let read = self.prepared.timeouts.read;
        let Some(piece) = self.throughput.next(context, &mut self.pieces, read, self.end).await? else {
            return Ok(false);
        };
        self.add(piece?)?;
        Ok(true)
    }

    /// Adds a chunk. The first one is kept as it is. The second one moves both into one
    /// buffer with room for the announced length, so that a body with a `Content-Length` is
    /// allocated once.
    fn add(&mut self, piece: Bytes) -> Result<(), Error> {
        let size = self.text().len() + piece.len();
        self.fits(size)?;
        if self.text().is_empty() {
            self.first = piece;
            return Ok(());
        }
        if self.more.is_empty() {
            self.more.reserve(size.max(self.room));
            self.more.extend_from_slice(&self.first);
        }
        self.more.extend_from_slice(&piece);
        Ok(())
    }

    /// Fails with kind `TooLarge` if a body of `size` bytes exceeds the limit of the
    /// client.
    fn fits(&self, size: usize) -> Result<(), Error> {
        let cap = self.prepared.shared.options.http.max_body_bytes;
        if size <= cap {
            return Ok(());
        }
        let what =
            format!("the response is larger than {cap} bytes, the limit `max_body_bytes` of the client");
        Err(Error::new(ErrorKind::TooLarge, what))
    }
}

/// A body whose beginning was already read. Without a beginning it is the rest unchanged,
/// so the usual stream has no extra layer.
fn rejoin(begin: Bytes, rest: ResponseBody) -> ResponseBody {
    use futures_util::StreamExt as _;
    if begin.is_empty() {
        return rest;
    }
    ResponseBody::new(futures_util::stream::iter([Ok(begin)]).chain(rest))
}

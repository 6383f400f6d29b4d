//! Reads the body of a response, under the limits of time and size.

use bytes::{Bytes, BytesMut};

use crate::error::{Error, ErrorKind};
use crate::pipeline::media::may_be_error;
use crate::pipeline::prepare::PreparedCall;
use crate::timing::deadline::End;
use crate::timing::stall::Throughput;
use crate::transport::ResponseBody;

/// A body, and what was received of it so far.
pub(crate) struct Body<'a> {
    prepared: &'a PreparedCall<'a>,
    pieces: ResponseBody,
    throughput: Throughput,
    end: End,
    /// A small body arrives in one chunk, which is used without a copy.
    first: Bytes,
    more: BytesMut,
    /// The capacity to reserve when a second chunk arrives.
    room: usize,
}

impl<'a> Body<'a> {
    pub(crate) fn new(prepared: &'a PreparedCall<'a>, pieces: ResponseBody, end: End) -> Self {
        let throughput = Throughput::unwatched(prepared.timeouts.stall);
        Self { prepared, pieces, throughput, end, first: Bytes::new(), more: BytesMut::new(), room: 0 }
    }

    /// The bytes received so far.
    pub(crate) fn text(&self) -> &[u8] {
        if self.more.is_empty() { &self.first } else { &self.more }
    }

    /// Reads up to `enough` bytes while they may still be an API error. Returns whether the body ended.
    pub(crate) async fn begin(&mut self, enough: usize) -> Result<bool, Error> {
        while self.text().len() < enough && (self.text().trim_ascii().is_empty() || may_be_error(self.text()))
        {
            if !self.grow().await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads the body to its end. `announced` is its `Content-Length`, or 0.
    pub(crate) async fn whole(&mut self, announced: usize) -> Result<Bytes, Error> {
        self.fits(announced)?;
        self.room = announced;
        while self.grow().await? {}
        Ok(self.take())
    }

    /// Reads as much of the body as arrives. A server that refuses a request early resets the connection, which may cut off
    /// the error that it sent.
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

    /// Takes the whole body, received and not yet received, as a stream.
    pub(crate) fn take_stream(&mut self) -> ResponseBody {
        let rest = std::mem::replace(&mut self.pieces, ResponseBody::whole(Bytes::new()));
        rejoin(self.take(), rest)
    }

    fn take(&mut self) -> Bytes {
        let (first, more) = (std::mem::take(&mut self.first), std::mem::take(&mut self.more));
        if more.is_empty() { first } else { more.freeze() }
    }

    /// Reads one more chunk. Returns `false` if the body has ended.
    async fn grow(&mut self) -> Result<bool, Error> {
        let context = &self.prepared.shared.context;
        let read = self.prepared.timeouts.read;
        let Some(piece) = self.throughput.next(context, &mut self.pieces, read, self.end).await? else {
            return Ok(false);
        };
        self.add(piece?)?;
        Ok(true)
    }

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

/// A body whose beginning was already read.
fn rejoin(begin: Bytes, rest: ResponseBody) -> ResponseBody {
    use futures_util::StreamExt as _;
    if begin.is_empty() {
        return rest;
    }
    ResponseBody::new(futures_util::stream::iter([Ok(begin)]).chain(rest))
}

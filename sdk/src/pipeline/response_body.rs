//! The body of an answer while it comes, under the limits of time and size.

use bytes::{Bytes, BytesMut};

use crate::error::{Error, ErrorKind};
use crate::pipeline::prepare::PreparedCall;
use crate::stream::{may_be_error, rejoin};
use crate::timing::deadline::End;
use crate::timing::stall::Throughput;
use crate::transport::ResponseBody;

/// A body, and what came of it so far.
pub(crate) struct Body<'a> {
    prepared: &'a PreparedCall<'a>,
    pieces: ResponseBody,
    pace: Throughput,
    end: End,
    /// A small body comes in one piece, which is then used as it is.
    first: Bytes,
    more: BytesMut,
    /// How much to make room for when a second piece comes.
    room: usize,
}

impl<'a> Body<'a> {
    pub(crate) fn new(prepared: &'a PreparedCall<'a>, pieces: ResponseBody, end: End) -> Self {
        let pace = Throughput::unwatched(prepared.timeouts.stall);
        Self { prepared, pieces, pace, end, first: Bytes::new(), more: BytesMut::new(), room: 0 }
    }

    /// What came so far.
    pub(crate) fn text(&self) -> &[u8] {
        if self.more.is_empty() { &self.first } else { &self.more }
    }

    /// Reads the beginning, as long as it may be an error of the API and up to `enough` bytes. Says whether the body ended.
    pub(crate) async fn begin(&mut self, enough: usize) -> Result<bool, Error> {
        while self.text().len() < enough && (self.text().trim_ascii().is_empty() || may_be_error(self.text()))
        {
            if !self.grow().await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads it to its end, `announced` bytes by its head.
    pub(crate) async fn whole(&mut self, announced: usize) -> Result<Bytes, Error> {
        self.fits(announced)?;
        self.room = announced;
        while self.grow().await? {}
        Ok(self.take())
    }

    /// Reads as much of it as arrives. A server that refuses a request before it has read all of it resets the connection,
    /// which may cut off the error that it sent.
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

    /// What came, and what is still to come. Nothing is left.
    pub(crate) fn take_stream(&mut self) -> ResponseBody {
        let rest = std::mem::replace(&mut self.pieces, ResponseBody::whole(Bytes::new()));
        rejoin(self.take(), rest)
    }

    fn take(&mut self) -> Bytes {
        let (first, more) = (std::mem::take(&mut self.first), std::mem::take(&mut self.more));
        if more.is_empty() { first } else { more.freeze() }
    }

    /// Reads a piece more, unless the body has ended.
    async fn grow(&mut self) -> Result<bool, Error> {
        let context = &self.prepared.shared.context;
        let read = self.prepared.timeouts.read;
        let Some(piece) = self.pace.next(context, &mut self.pieces, read, self.end).await? else {
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
            format!("the answer is larger than the {cap} bytes that the client reads (max_body_bytes)");
        Err(Error::new(ErrorKind::TooLarge, what))
    }
}

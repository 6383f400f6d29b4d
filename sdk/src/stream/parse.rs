//! Parses server-sent events as the HTML standard defines them: lines, fields, and empty
//! lines between events.
//!
//! We have our own parser because the parsers that we found replace bytes that are not
//! UTF-8, which hides the damage, or read events without a size limit.
//!
//! The format, in short: a line is `field: value` and ends with a line feed, a carriage
//! return, or both. The fields are `data` (several lines are joined), `event`, `id` and
//! `retry`. A line that begins with a colon is a comment. An empty line ends the event. The
//! stream may begin with a byte order mark.
//!
//! A line that ends with a carriage return at the end of a chunk is complete. The line feed
//! that may follow in the next chunk is skipped then, so that an event is never held back.

use bytes::{Buf as _, Bytes};

/// One event as it was sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The field `event`. Empty for a plain message.
    pub(crate) name: Vec<u8>,
    /// The lines of the field `data`, joined by line feeds.
    pub(crate) data: Vec<u8>,
    /// The last id that the stream sent.
    pub(crate) id: Vec<u8>,
    /// The delay before a reconnect in milliseconds, if it was sent since the previous
    /// event.
    pub(crate) retry: Option<u64>,
}

/// An event is larger than the limit.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLarge;

/// Receives chunks of any size and returns events.
#[derive(Debug)]
pub(crate) struct Parser {
    /// Maximum size of an event in bytes.
    cap: usize,
    /// Bytes that were received and not parsed yet.
    piece: Bytes,
    /// A line without its end.
    line: Vec<u8>,
    /// True if a carriage return ended the last line. A line feed after it belongs to that
    /// line.
    returned: bool,
    /// True before the end of the first line, which may begin with a byte order mark.
    first: bool,
    /// Data of the current event.
    data: Option<Vec<u8>>,
    /// Name of the current event.
    name: Vec<u8>,
    /// The last id.
    id: Vec<u8>,
    /// Delay before a reconnect that was sent since the last event.
    retry: Option<u64>,
}

impl Parser {
    /// A parser for events of at most `cap` bytes.
    pub(crate) fn new(cap: usize) -> Self {
        Self {
            cap,
            piece: Bytes::new(),
            line: Vec::new(),
            returned: false,
            first: true,
            data: None,
            name: Vec::new(),
            id: Vec::new(),
            retry: None,
        }
    }

    /// Adds a chunk. The previous chunk must have been parsed completely.
    pub(crate) fn feed(&mut self, piece: Bytes) {
        self.piece = piece;
    }

    /// True if an event has begun and not ended.
    pub(crate) fn is_inside(&self) -> bool {
        !self.line.is_empty() || self.data.is_some() || !self.name.is_empty()
    }

    /// The next event of the chunk. `None` if the chunk is used up.
    ///
    /// An event is never returned in parts. The size of the line and the data that was
    /// collected so far count against the limit.
    ///
    /// # Errors
    ///
    /// [`TooLarge`] if the event is larger than the limit. The parser cannot continue then.
    pub(crate) fn next(&mut self) -> Result<Option<Frame>, TooLarge> {
        loop {
            if !self.piece.is_empty() && std::mem::take(&mut self.returned) && self.piece.starts_with(b"\n") {
                self.piece.advance(1);
            }
            let end = self.piece.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let more = self.piece.split_to(end.unwrap_or(self.piece.len()));
            let kept = self.line.len().saturating_add(self.data.as_ref().map_or(0, Vec::len));
            if kept.saturating_add(more.len()) > self.cap {
                return Err(TooLarge);
            }
            self.line.extend_from_slice(&more);
            if end.is_none() {
                return Ok(None);
            }
            self.returned = self.piece.starts_with(b"\r");
            self.piece.advance(1);
            let mut line = std::mem::take(&mut self.line);
            let ended = self.end_line(&line);
            line.clear();
            self.line = line;
            if ended.is_some() {
                return Ok(ended);
            }
        }
    }

    /// The event that the end of the stream completes.
    ///
    /// The standard drops it, because it may be cut off. Here, a stream that is cut off is
    /// an error before this point, and some services leave out the last empty line.
    pub(crate) fn finish(&mut self) -> Option<Frame> {
        let line = std::mem::take(&mut self.line);
        let ended = if line.is_empty() { None } else { self.end_line(&line) };
        ended.or_else(|| self.end_event())
    }

    /// Parses one line. Returns an event if the line ends it.
    fn end_line(&mut self, line: &[u8]) -> Option<Frame> {
        let line =
            if std::mem::take(&mut self.first) { crate::response::decode::without_bom(line) } else { line };
        if line.is_empty() {
            return self.end_event();
        }
        let mut parts = line.splitn(2, |byte| *byte == b':');
        let (name, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match name {
            b"data" => match &mut self.data {
                Some(data) => {
                    data.push(b'\n');
                    data.extend_from_slice(value);
                }
                None => self.data = Some(value.to_vec()),
            },
            b"event" => self.name = value.to_vec(),
            b"id" if !value.contains(&0) => self.id = value.to_vec(),
            b"retry" if value.iter().all(u8::is_ascii_digit) => {
                let number = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok());
                self.retry = number.or(self.retry);
            }
            // A comment, which has an empty name, or an unknown field.
            _ => {}
        }
        None
    }

    /// The completed event. An event with empty data only keeps the connection alive.
    fn end_event(&mut self) -> Option<Frame> {
        let name = std::mem::take(&mut self.name);
        let data = self.data.take().filter(|data| !data.trim_ascii().is_empty())?;
        Some(Frame { name, data, id: self.id.clone(), retry: self.retry.take() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(name: &str, data: &str, id: &str, retry: Option<u64>) -> Frame {
        let [name, data, id] = [name, data, id].map(|text| text.as_bytes().to_vec());
        Frame { name, data, id, retry }
    }

    fn plain(data: &str) -> Frame {
        frame("", data, "", None)
    }

    /// All events of a text that comes in pieces of this size.
    fn read(text: &[u8], size: usize) -> Vec<Frame> {
        let mut parser = Parser::new(1_000);
        let mut frames = Vec::new();
        for piece in text.chunks(size) {
            parser.feed(Bytes::copy_from_slice(piece));
            while let Some(frame) = parser.next().unwrap() {
                frames.push(frame);
            }
        }
        frames.extend(parser.finish());
        frames
    }

    #[test]
    fn however_it_is_cut_it_is_the_same() {
        let cases: &[(&[u8], &[Frame])] = &[
            (b"", &[]),
            (b"\n\n\r\n\r\r", &[]),
            (b"data: a\n\ndata:b\n\n", &[plain("a"), plain("b")]),
            (b"data: a\r\ndata:  b\r\n\r\n", &[plain("a\n b")]),
            (b"data: a\rdata: b\r\rdata: c\r\r", &[plain("a\nb"), plain("c")]),
            (b"\xef\xbb\xbfdata: a\n\n\xef\xbb\xbfdata: b\n\n", &[plain("a")]),
            (b": hello\ndata: a\n:\n\n: bye\n\n", &[plain("a")]),
            (
                b"event: x\nid: 7\nretry: 30\ndata: a\n\ndata: b\n\n",
                &[frame("x", "a", "7", Some(30)), frame("", "b", "7", None)],
            ),
            (b"id: 1\n\nretry: 5\n\ndata: a\n\n", &[frame("", "a", "1", Some(5))]),
            (b"id: 1\nid\ndata: a\n\n", &[plain("a")]),
            (b"id: 1\nid: 2\x003\nretry: 5s\nretry: \nretry: -1\ndata: a\n\n", &[frame("", "a", "1", None)]),
            (b"event: x\n\ndata: a\n\n", &[plain("a")]),
            (b"data\n\ndata: \ndata:\n\ndata: a\n\n", &[plain("a")]),
            (b"DATA: x\ndata : x\nother: x\nno colon\ndata: a:b\n\n", &[plain("a:b")]),
            (b"data: a\n\ndata: tail", &[plain("a"), plain("tail")]),
            (b"data: a\n\ndata: tail\n", &[plain("a"), plain("tail")]),
            (b"data: \xff\n\n", &[Frame { data: b"\xff".to_vec(), ..Frame::default() }]),
        ];
        for (text, wanted) in cases {
            for size in 1..=text.len().max(1) {
                let shown = String::from_utf8_lossy(text);
                assert_eq!(read(text, size), *wanted, "{shown:?} in pieces of {size}");
            }
        }
    }

    #[test]
    fn a_carriage_return_ends_an_event_before_the_line_feed_comes() {
        let mut parser = Parser::new(100);
        parser.feed(Bytes::from_static(b"data: a\r\n\r"));
        assert_eq!(parser.next(), Ok(Some(plain("a"))));
        assert_eq!(parser.next(), Ok(None));
        parser.feed(Bytes::from_static(b"\ndata: b\n\n"));
        assert_eq!(parser.next(), Ok(Some(plain("b"))));
    }

    #[test]
    fn what_never_ends_is_given_up() {
        for endless in ["data: aaaaaaaa\n", "data: aaaaaaaa", ": aaaaaaaa", "event: aaaaaaaa"] {
            let mut parser = Parser::new(64);
            let given_up = (0..64).any(|_| {
                parser.feed(Bytes::from_static(endless.as_bytes()));
                parser.next() == Err(TooLarge)
            });
            assert!(given_up, "{endless:?}");
        }
        let mut parser = Parser::new(64);
        for _ in 0..64 {
            parser.feed(Bytes::from_static(b": alive\n\ndata: a\n\n"));
            assert_eq!(parser.next(), Ok(Some(plain("a"))), "the limit is that of one event");
            assert_eq!(parser.next(), Ok(None));
        }
    }

    #[test]
    fn it_tells_whether_it_waits_inside_of_an_event() {
        let mut parser = Parser::new(100);
        for (piece, inside) in [
            ("da", true),
            ("ta: a\n", true),
            ("\n", false),
            (": alive\n\n", false),
            ("event: x\n", true),
            ("\n", false),
        ] {
            parser.feed(Bytes::from_static(piece.as_bytes()));
            while parser.next().unwrap().is_some() {}
            assert_eq!(parser.is_inside(), inside, "after {piece:?}");
        }
    }
}

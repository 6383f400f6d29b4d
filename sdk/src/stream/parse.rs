//! The text of server-sent events, as the HTML standard has it: lines, fields, and empty lines between events.
//!
//! Own code, since what there is either replaces what is not UTF-8, which would hide it, or reads events without a limit.

use bytes::{Buf as _, Bytes};

/// One event as it stands in the stream.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Frame {
    /// What it is called; empty for a plain message.
    pub(crate) name: Vec<u8>,
    pub(crate) data: Vec<u8>,
    /// The last id that the stream named.
    pub(crate) id: Vec<u8>,
    /// How many milliseconds to wait before connecting again, if it was said since the event before.
    pub(crate) retry: Option<u64>,
}

/// An event is larger than may be kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TooLarge;

/// Takes pieces in, cut anywhere, and gives events out.
#[derive(Debug)]
pub(crate) struct Parser {
    cap: usize,
    /// What came and was not looked at.
    piece: Bytes,
    /// A line whose end has not come.
    line: Vec<u8>,
    /// Whether a carriage return ended the line before: a line feed would be the same line's end.
    returned: bool,
    /// Whether no line has ended yet: a byte order mark may stand there.
    first: bool,
    data: Option<Vec<u8>>,
    name: Vec<u8>,
    id: Vec<u8>,
    retry: Option<u64>,
}

impl Parser {
    /// Keeps no line and no event longer than `cap` bytes.
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

    /// Takes a piece, after all of the one before was used up.
    pub(crate) fn feed(&mut self, piece: Bytes) {
        self.piece = piece;
    }

    /// Whether an event has begun and not ended.
    pub(crate) fn is_inside(&self) -> bool {
        !self.line.is_empty() || self.data.is_some() || !self.name.is_empty()
    }

    /// The next event of the piece; none if the piece is used up.
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

    /// The event that the end of the stream ends. The standard drops it, for it may be cut; here a stream that was cut is an
    /// error before this, and services are known that leave the last empty line out.
    pub(crate) fn finish(&mut self) -> Option<Frame> {
        let line = std::mem::take(&mut self.line);
        let ended = if line.is_empty() { None } else { self.end_line(&line) };
        ended.or_else(|| self.end_event())
    }

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
            // A comment, whose name is empty, or a field that nobody knows.
            _ => {}
        }
        None
    }

    /// An event without data is none; what is blank keeps the connection alive and says nothing.
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

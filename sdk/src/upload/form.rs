//! Multipart forms. See RFC 7578.
//!
//! The text between two streamed parts is collected in memory. A form whose parts are all
//! in memory therefore becomes one block of bytes, which is signed and sent like any other
//! body.

use bytes::Bytes;
use http::HeaderValue;

use super::content::Upload;
use super::part::FilePart;
use super::source::Source;
use crate::action::request::Payload;
use crate::error::Error;

/// A form under construction. It stays in memory if all of its parts are in memory.
#[derive(Debug)]
pub(crate) struct Form {
    /// The text between two parts.
    boundary: String,
    /// The complete text before a streamed part, and the streamed parts, in order.
    before: Vec<Source>,
    /// The text after the last streamed part.
    text: Vec<u8>,
}

impl Form {
    /// An empty form.
    pub(crate) fn new(boundary: String) -> Self {
        Self { boundary, before: Vec::new(), text: Vec::new() }
    }

    /// Adds a field.
    ///
    /// # Errors
    ///
    /// Kind `Config` if a name or the content type has a control character.
    pub(crate) fn field(&mut self, name: &str, mime: Option<&str>, value: &[u8]) -> Result<(), Error> {
        self.head(name, None, mime)?;
        self.text.extend_from_slice(value);
        self.text.extend_from_slice(b"\r\n");
        Ok(())
    }

    /// Adds a file. A file without a name gets the name of its field.
    ///
    /// # Errors
    ///
    /// As for [`field`](Self::field).
    pub(crate) fn file(&mut self, file: &FilePart) -> Result<(), Error> {
        self.head(file.field(), Some(file.name().unwrap_or(file.field())), file.mime())?;
        match file.as_bytes() {
            Some(data) => self.text.extend_from_slice(data),
            None => {
                self.cut();
                self.before.push(file.source().clone());
            }
        }
        self.text.extend_from_slice(b"\r\n");
        Ok(())
    }

    /// Ends the text before a streamed part.
    fn cut(&mut self) {
        self.before.push(Source::Bytes(Bytes::from(std::mem::take(&mut self.text))));
    }

    /// Writes the headers of a part.
    fn head(&mut self, name: &str, file_name: Option<&str>, mime: Option<&str>) -> Result<(), Error> {
        let mut head =
            format!("--{}\r\nContent-Disposition: form-data; name=\"{}\"", self.boundary, quoted(name)?);
        if let Some(file_name) = file_name {
            head.push_str(&format!("; filename=\"{}\"", quoted(file_name)?));
        }
        if let Some(mime) = mime {
            if mime.chars().any(char::is_control) {
                return Err(Error::config("the content type of a file has a control character"));
            }
            head.push_str("\r\nContent-Type: ");
            head.push_str(mime);
        }
        self.text.extend_from_slice(head.as_bytes());
        self.text.extend_from_slice(b"\r\n\r\n");
        Ok(())
    }

    /// The finished body. A form without parts is empty.
    pub(crate) fn finish(mut self) -> Result<Payload, Error> {
        let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={}", self.boundary))
            .map_err(|error| {
                Error::config("the multipart boundary is not a valid header value").with_source(error)
            })?;
        if !self.text.is_empty() {
            self.text.extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        }
        if self.before.is_empty() {
            return Ok(Payload::Bytes { content_type, data: Bytes::from(self.text) });
        }
        self.cut();
        Ok(Payload::Stream { content_type, body: Upload::new(self.before) })
    }
}

/// Escapes quotes and line breaks in a name as browsers do, and rejects other control
/// characters. Other characters stay UTF-8, as the RFC requires.
fn quoted(name: &str) -> Result<String, Error> {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '"' => out.push_str("%22"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            other if other.is_control() => {
                let shown = name.escape_debug();
                let what =
                    format!("`{shown}` is not a valid name of a form part: it has a control character");
                return Err(Error::config(what));
            }
            other => out.push(other),
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_end_their_quotes_or_their_line() {
        let mut form = Form::new("B".to_owned());
        let mut file = FilePart::new("x").file_name("a\"; name=\"b\r\nX: y\u{4e2d}.png");
        file.set_field("f".into());
        form.file(&file).unwrap();
        let Payload::Bytes { data, .. } = form.finish().unwrap() else { panic!("in memory") };
        let wanted = "--B\r\nContent-Disposition: form-data; name=\"f\"; \
                      filename=\"a%22; name=%22b%0D%0AX: y\u{4e2d}.png\"\r\n\r\nx\r\n--B--\r\n";
        assert_eq!(data, wanted);
        for bad in ["\0", "a\tb", "\u{7f}"] {
            let error = Form::new("B".to_owned()).field(bad, None, b"").unwrap_err();
            assert!(error.to_string().contains("control character"), "{error}");
        }
        let mime = file.content_type("text/plain\r\nX: y");
        assert!(Form::new("B".to_owned()).file(&mime).is_err());
        let Payload::Bytes { data, .. } = Form::new("B".to_owned()).finish().unwrap() else { panic!() };
        assert!(data.is_empty());
    }
}

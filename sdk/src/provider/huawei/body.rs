//! Bodies by content type: `docs/sources.md`, Huawei Cloud, 1.5.
//!
//! | format | body |
//! | --- | --- |
//! | JSON | one document of all members, or the text or document of a parameter that is the whole body |
//! | form | `name=value&name=value`, with `+` for a blank |
//! | multipart | fields in their order, then files |
//! | XML | a document without a declaration: see `xml.rs` |
//! | octet stream | the bytes of one file, or of a parameter that is the whole body |
//!
//! `encode.rs` chooses the format. JSON is compact and in UTF-8, unlike that of the vendor's SDK, which has
//! blanks and `\u` escapes: the signature covers the bytes that are sent, so both are valid.

use bytes::Bytes;

use super::xml;
use crate::action::info::{ActionInfo, BodyFormat};
use crate::action::request::{Field, Fields, ParamLocation, Payload};
use crate::error::Error;
use crate::provider::common::{self, FORM, JSON, OCTETS, XML};
use crate::sign::encode::{form, hex, list_texts, members, plain_text};
use crate::upload::Form;

/// The place of parameters that declare none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unplaced {
    /// The query: the call has no body.
    Query,
    /// The body, as a member.
    Member,
}

/// The body of a call. Without members, a JSON call has no body and the default content type, while the other
/// formats have an empty body and their own content type.
///
/// # Errors
///
/// Kind `Config` if the parameters do not fit the format, such as a file in a form.
pub(super) fn payload(
    action: &ActionInfo,
    content: BodyFormat,
    fields: Fields,
    unplaced: Unplaced,
    nonce: [u8; 16],
) -> Result<Payload, Error> {
    let body = RestBody::new(&fields, unplaced)?;
    let bytes = |content_type, data| Ok(Payload::Bytes { content_type, data });
    match content {
        BodyFormat::OctetStream => body.octets(),
        BodyFormat::Form => bytes(FORM, Bytes::from(body.form()?)),
        BodyFormat::Xml => match body.xml(action)? {
            Some(data) => bytes(XML, Bytes::from(data)),
            None => bytes(XML, Bytes::new()),
        },
        BodyFormat::Multipart => body.multipart(hex(&nonce)),
        _ => match body.whole {
            Some(whole) => bytes(JSON, Bytes::from(plain_bytes(whole.json))),
            None if body.members => bytes(JSON, fields.into_document()),
            None => Ok(Payload::Empty),
        },
    }
}

/// The bytes of a whole body: a text is sent without quotes, anything else as JSON. The vendor's SDK does the
/// same with a text, which may be a document of any type.
fn plain_bytes(json: &[u8]) -> Vec<u8> {
    match json.first() {
        Some(b'"') => plain_text(json).into_bytes(),
        _ => json.to_vec(),
    }
}

/// The parameters of a call, as the formats need them.
struct RestBody<'a> {
    /// All parameters.
    fields: &'a Fields,
    /// The place of parameters that declare none.
    unplaced: Unplaced,
    /// The parameter that is the body itself.
    whole: Option<Field<'a>>,
    /// Whether any parameter is a member of the body.
    members: bool,
}

impl<'a> RestBody<'a> {
    /// Sorts the parameters.
    ///
    /// # Errors
    ///
    /// Kind `Config` if there is a whole body and anything else in the body.
    fn new(fields: &'a Fields, unplaced: Unplaced) -> Result<Self, Error> {
        let mut body = Self { fields, unplaced, whole: None, members: false };
        body.members = body.members().next().is_some();
        for field in fields.iter().filter(|field| field.place == ParamLocation::Whole) {
            if body.members || body.whole.is_some() {
                return Err(Error::config(format!(
                    "the parameter `{}` is the body itself, so there cannot be another one in the body",
                    field.name
                )));
            }
            body.whole = Some(field);
        }
        Ok(body)
    }

    /// The parameters that are members of the body, in their order.
    fn members(&self) -> impl Iterator<Item = Field<'a>> + use<'a> {
        let unplaced = self.unplaced;
        self.fields.iter().filter(move |field| match field.place {
            ParamLocation::Body => true,
            ParamLocation::Auto => unplaced == Unplaced::Member,
            _ => false,
        })
    }

    /// Names and JSON texts for a form: the members, or those of the object that is the whole body.
    fn pairs(&self) -> Result<Vec<(String, &'a [u8])>, Error> {
        match self.whole {
            Some(whole) => {
                let found = members(whole.json).map_err(|error| {
                    let what = format!("the body `{}` is not an object, so it cannot be a form", whole.name);
                    Error::config(what).with_source(error)
                })?;
                let texts = found.into_iter().filter(|(_, value)| value.get() != "null");
                Ok(texts.map(|(name, value)| (name, value.get().as_bytes())).collect())
            }
            None => Ok(self.members().map(|field| (field.name.to_owned(), field.json)).collect()),
        }
    }

    /// A form. A list is its name once for each element, and an object is its JSON text.
    fn form(&self) -> Result<String, Error> {
        if !self.fields.files().is_empty() {
            return Err(Error::config("a form has no files: make the action multipart"));
        }
        let mut texts = Vec::new();
        for (name, json) in self.pairs()? {
            texts.extend(list_texts(json).into_iter().map(|value| (name.clone(), value)));
        }
        Ok(form(common::texts(&texts)))
    }

    /// An octet stream: one file, one whole body, or nothing.
    fn octets(&self) -> Result<Payload, Error> {
        let bytes = |data| Ok(Payload::Bytes { content_type: OCTETS, data });
        match (self.fields.files(), self.whole) {
            ([], None) if !self.members => bytes(Bytes::new()),
            ([], Some(whole)) => bytes(Bytes::from(plain_bytes(whole.json))),
            ([file], None) if !self.members => Ok(file.payload(OCTETS)),
            _ => Err(Error::config("an octet-stream body is one file or one whole body, and nothing else")),
        }
    }

    /// An XML document, or `None` without members.
    ///
    /// The root is the name of the parameter that is the whole body. Members have no such name, so the root
    /// is then that of the vendor's class: `CreateBucketRequestBody` for the action `CreateBucket`.
    fn xml(&self, action: &ActionInfo) -> Result<Option<Vec<u8>>, Error> {
        if let Some(whole) = self.whole {
            return xml::document(whole.name, whole.json).map(Some);
        }
        if !self.members {
            return Ok(None);
        }
        let mut object = Vec::new();
        for field in self.members() {
            object.push(if object.is_empty() { b'{' } else { b',' });
            object.extend(serde_json::to_vec(field.name).unwrap_or_default());
            object.push(b':');
            object.extend_from_slice(field.json);
        }
        object.push(b'}');
        xml::document(&format!("{}RequestBody", action.name()), &object).map(Some)
    }

    /// A multipart form: fields in their order, then files. A list or an object is one field with its JSON
    /// text.
    fn multipart(&self, boundary: String) -> Result<Payload, Error> {
        let mut form = Form::new(boundary);
        for (name, json) in self.pairs()? {
            form.field(&name, None, plain_text(json).as_bytes())?;
        }
        for file in self.fields.files() {
            form.file(file)?;
        }
        form.finish()
    }
}

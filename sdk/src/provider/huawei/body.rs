//! Bodies by content type: `docs/sources.md`, Huawei Cloud, 1.5.

use bytes::Bytes;

use super::xml;
use crate::action::info::{ActionInfo, BodyFormat};
use crate::action::request::{Field, Fields, ParamLocation, Payload};
use crate::error::Error;
use crate::provider::common::{self, FORM, JSON, OCTETS, XML};
use crate::sign::encode::{form, hex, list_texts, members, plain_text};
use crate::upload::Form;

/// What a parameter without a place is in this call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unplaced {
    Query,
    Member,
}

/// The body of a call. JSON without a member is no body at all; the other kinds say what they are even when
/// empty.
pub(super) fn payload(
    action: &ActionInfo,
    content: BodyFormat,
    fields: Fields,
    unplaced: Unplaced,
    nonce: [u8; 16],
) -> Result<Payload, Error> {
    let body = Body::new(&fields, unplaced)?;
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

/// A text is sent without quotes, anything else as JSON.
fn plain_bytes(json: &[u8]) -> Vec<u8> {
    match json.first() {
        Some(b'"') => plain_text(json).into_bytes(),
        _ => json.to_vec(),
    }
}

struct Body<'a> {
    fields: &'a Fields,
    unplaced: Unplaced,
    whole: Option<Field<'a>>,
    members: bool,
}

impl<'a> Body<'a> {
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

    fn members(&self) -> impl Iterator<Item = Field<'a>> + use<'a> {
        let unplaced = self.unplaced;
        self.fields.iter().filter(move |field| match field.place {
            ParamLocation::Body => true,
            ParamLocation::Auto => unplaced == Unplaced::Member,
            _ => false,
        })
    }

    /// Names and JSON texts: the members, or those of the one object that is the body.
    fn pairs(&self) -> Result<Vec<(String, &'a [u8])>, Error> {
        match self.whole {
            Some(whole) => {
                let found = members(whole.json).map_err(|error| {
                    let what = format!("the body `{}` is no object, so it cannot be a form", whole.name);
                    Error::config(what).with_source(error)
                })?;
                let texts = found.into_iter().filter(|(_, value)| value.get() != "null");
                Ok(texts.map(|(name, value)| (name, value.get().as_bytes())).collect())
            }
            None => Ok(self.members().map(|field| (field.name.to_owned(), field.json)).collect()),
        }
    }

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

    fn octets(&self) -> Result<Payload, Error> {
        let bytes = |data| Ok(Payload::Bytes { content_type: OCTETS, data });
        match (self.fields.files(), self.whole) {
            ([], None) if !self.members => bytes(Bytes::new()),
            ([], Some(whole)) => bytes(Bytes::from(plain_bytes(whole.json))),
            ([file], None) if !self.members => Ok(file.payload(OCTETS)),
            _ => Err(Error::config("an octet-stream body is one file or one whole body, and nothing else")),
        }
    }

    /// The root is the name of the whole body's parameter, else what the vendor's class would be called.
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

    /// Plain fields in their order, then files.
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

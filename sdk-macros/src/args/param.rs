//! The attribute `#[param(...)]` of a field or variant: place, wire name, and form.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, LitBool, LitStr, Token, parenthesized};

use super::{Entry, each, once, unknown};
use crate::errors::Errors;

/// All keys. Messages list them.
const KEYS: [&str; 13] = [
    "path", "query", "header", "body", "host", "file", "name", "default", "required", "secret", "list",
    "serde", "skip",
];

/// The list styles. Some have two names: ours, and that of the vendors' descriptions.
const LISTS: [&str; 10] =
    ["json", "comma", "simple", "space", "pipe", "repeat", "multi", "csv", "numbered", "flat"];

/// The part of the request that a field is sent in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ParamLocation {
    Path,
    Query,
    Header,
    Body,
    /// The body itself: `body(whole)`.
    Whole,
    Host,
    File,
}

impl ParamLocation {
    /// The variant of the runtime's enum of the same name.
    pub(crate) fn variant(self) -> TokenStream {
        match self {
            Self::Path => quote!(Path),
            Self::Query => quote!(Query),
            Self::Header => quote!(Header),
            Self::Body => quote!(Body),
            Self::Whole => quote!(Whole),
            Self::Host => quote!(Host),
            Self::File => quote!(File),
        }
    }

    /// The word that the user writes.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Body => "body",
            Self::Whole => "body(whole)",
            Self::Host => "host",
            Self::File => "file",
        }
    }

    /// Whether a request with such a field has a body.
    pub(crate) fn is_body(self) -> bool {
        matches!(self, Self::Body | Self::Whole | Self::File)
    }
}

/// All `#[param(...)]` of one field, merged.
#[derive(Default, Clone)]
pub(crate) struct ParamArgs {
    /// The place, and the key that gave it.
    pub(crate) place: Option<(ParamLocation, Ident)>,
    pub(crate) name: Option<LitStr>,
    /// The key `default`, with or without a value.
    pub(crate) default: Option<Ident>,
    /// The value of `default = value`.
    pub(crate) default_value: Option<TokenStream>,
    /// `secret`: masked in `Debug`.
    /// An `Option` of a model that the constructor takes, though a response may leave it out.
    pub(crate) required: Option<Ident>,
    pub(crate) secret: Option<Ident>,
    /// `secret = false`: shown in `Debug`, whatever its name is.
    pub(crate) open: Option<Ident>,
    /// The style, and the text that gave it.
    pub(crate) list: Option<(ListStyle, LitStr)>,
    /// The type has its own `Serialize` and `Deserialize`. It need not be a model.
    pub(crate) serde: Option<Ident>,
    pub(crate) skip: Option<Ident>,
}

/// A variant of the runtime's `ListStyle`.
pub(crate) type ListStyle = &'static str;

impl ParamArgs {
    /// Reads and merges the `#[param(...)]` among a field's attributes; `attribute` is its name.
    pub(crate) fn parse(attrs: &[Attribute], attribute: &str, errors: &mut Errors) -> Self {
        let mut args = Self::default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident(attribute)) {
            match attr.meta.require_list() {
                Ok(list) => each(list.tokens.clone(), errors, |entry, errors| args.read(&entry, errors)),
                Err(_) => {
                    let flag = if attribute == "param" { "path" } else { "secret" };
                    let what = format!(
                        "write `#[{attribute}(...)]`, such as `#[{attribute}({flag})]` or `#[{attribute}(name = \"Id\")]`"
                    );
                    errors.at(attr, what);
                }
            }
        }
        args
    }

    /// Reads one key.
    fn read(&mut self, entry: &Entry<'_>, errors: &mut Errors) -> syn::Result<()> {
        let key = &entry.key;
        match key.to_string().as_str() {
            "path" => self.place(ParamLocation::Path, entry, errors)?,
            "query" => self.place(ParamLocation::Query, entry, errors)?,
            "host" => self.place(ParamLocation::Host, entry, errors)?,
            "file" => self.place(ParamLocation::File, entry, errors)?,
            "header" if entry.input.peek(Token![=]) => {
                let name = entry.text("header = \"X-Language\"")?;
                self.go(ParamLocation::Header, key, errors);
                once(&mut self.name, key, name, errors);
            }
            "header" => self.place(ParamLocation::Header, entry, errors)?,
            "body" if entry.input.peek(syn::token::Paren) => {
                let content;
                parenthesized!(content in entry.input);
                let word: Option<Ident> = content.parse().ok();
                if word.is_none_or(|word| word != "whole") || !content.is_empty() {
                    let what = "`body` makes a member of the body, `body(whole)` the body itself";
                    return Err(syn::Error::new_spanned(key, what));
                }
                self.go(ParamLocation::Whole, key, errors);
            }
            "body" => self.place(ParamLocation::Body, entry, errors)?,
            "name" => once(&mut self.name, key, entry.text("name = \"InstanceIds\"")?, errors),
            "default" => {
                let value = if entry.ends() { None } else { Some(entry.expression("default = 10")?) };
                once(&mut self.default, key, key.clone(), errors);
                self.default_value = self.default_value.take().or(value);
            }
            "required" => once(&mut self.required, key, entry.flag().map(|()| key.clone())?, errors),
            "serde" => once(&mut self.serde, key, entry.flag().map(|()| key.clone())?, errors),
            "secret" if entry.input.peek(Token![=]) => {
                let secret: LitBool = entry.any("secret = false")?;
                let slot = if secret.value() { &mut self.secret } else { &mut self.open };
                once(slot, key, key.clone(), errors);
            }
            "secret" => once(&mut self.secret, key, entry.flag().map(|()| key.clone())?, errors),
            "skip" => once(&mut self.skip, key, entry.flag().map(|()| key.clone())?, errors),
            "list" => {
                let text = entry.text("list = \"comma\"")?;
                let Some(style) = list_style(&text.value()) else {
                    let what = unknown("list style", &text.value(), &LISTS);
                    return Err(syn::Error::new_spanned(text, what));
                };
                once(&mut self.list, key, (style, text), errors);
            }
            other => return Err(syn::Error::new_spanned(key, unknown("key", other, &KEYS))),
        }
        Ok(())
    }

    /// Reads a place that is a flag.
    fn place(&mut self, place: ParamLocation, entry: &Entry<'_>, errors: &mut Errors) -> syn::Result<()> {
        entry.flag()?;
        self.go(place, &entry.key, errors);
        Ok(())
    }

    /// Sets the place. A second one is reported.
    fn go(&mut self, place: ParamLocation, key: &Ident, errors: &mut Errors) {
        match self.place {
            Some((first, _)) if first == place => errors.at(key, format!("`{key}` is given twice; keep one")),
            Some((first, _)) => errors.at(
                key,
                format!("a field goes to one place, and this one already goes to `{}`", first.word()),
            ),
            None => self.place = Some((place, key.clone())),
        }
    }

    /// The place, if one is given.
    pub(crate) fn place_kind(&self) -> Option<ParamLocation> {
        self.place.as_ref().map(|(place, _)| *place)
    }

    /// The tokens to underline for the place.
    pub(crate) fn place_tokens(&self) -> TokenStream {
        self.place.as_ref().map(|(_, key)| key.to_token_stream()).unwrap_or_default()
    }
}

/// The variant of a list style's name.
fn list_style(word: &str) -> Option<ListStyle> {
    Some(match word {
        "json" => "Json",
        "comma" | "simple" => "Comma",
        "space" => "Space",
        "pipe" => "Pipe",
        // The vendor's descriptions say `csv`, but the vendor's SDK repeats the name.
        "repeat" | "multi" | "csv" => "Repeat",
        "numbered" | "flat" => "Numbered",
        _ => return None,
    })
}

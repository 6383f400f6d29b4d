//! The content of the attributes: `#[cloud_action(...)]`, `#[cloud_model(...)]` and `#[param(...)]`.
//!
//! All three are lists of `key`, `key = value` and `key(...)`. [`each`] reads such a list and continues
//! after a mistake, so that one run of the compiler shows all of them. The other files of this folder know
//! the keys of one attribute each, and return what was written; rules across keys are in `check.rs`.

pub(crate) mod action;
pub(crate) mod defaults;
pub(crate) mod model;
pub(crate) mod paginate;
pub(crate) mod param;

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{LitStr, Path, Token};

use crate::errors::{Errors, list, nearest};

/// One key of a list, and the tokens after it.
pub(crate) struct Entry<'a> {
    /// The key, such as `product`.
    pub(crate) key: Ident,
    /// The rest of the list, beginning after the key.
    pub(crate) input: ParseStream<'a>,
}

impl Entry<'_> {
    /// Reads a key without a value.
    pub(crate) fn flag(&self) -> syn::Result<()> {
        if self.ends() {
            return Ok(());
        }
        let key = &self.key;
        Err(self.input.error(format!("`{key}` takes no value: write just `{key}`")))
    }

    /// Whether nothing follows the key.
    pub(crate) fn ends(&self) -> bool {
        self.input.is_empty() || self.input.peek(Token![,])
    }

    /// Reads the `=` before a value. `wanted` is an example of key and value, for the message.
    fn equals(&self, wanted: &str) -> syn::Result<()> {
        if self.ends() {
            return Err(syn::Error::new_spanned(
                &self.key,
                format!("`{}` needs a value, such as `{wanted}`", self.key),
            ));
        }
        if !self.input.peek(Token![=]) {
            return Err(self.input.error(format!("write `{wanted}`")));
        }
        self.input.parse::<Token![=]>()?;
        if self.ends() {
            return Err(syn::Error::new_spanned(&self.key, format!("no value after `=`: write `{wanted}`")));
        }
        Ok(())
    }

    /// Reads a value in quotes. `wanted` is an example of key and value, for the message.
    pub(crate) fn text(&self, wanted: &str) -> syn::Result<LitStr> {
        self.equals(wanted)?;
        self.value(&format!("`{}` needs a text in quotes, such as `{wanted}`", self.key))
    }

    /// Reads a value of any type that can be parsed, such as an identifier or a path.
    pub(crate) fn any<T: Parse>(&self, wanted: &str) -> syn::Result<T> {
        self.equals(wanted)?;
        self.value(&format!("`{}` needs a value such as `{wanted}`", self.key))
    }

    /// Reads an expression: all tokens up to the next comma.
    pub(crate) fn expression(&self, wanted: &str) -> syn::Result<TokenStream> {
        self.equals(wanted)?;
        let mut tokens = TokenStream::new();
        while !self.ends() {
            tokens.extend([self.input.parse::<TokenTree>()?]);
        }
        Ok(tokens)
    }

    /// Parses a value. A parse error of `syn` is replaced by `message`, which has an example.
    fn value<T: Parse>(&self, message: &str) -> syn::Result<T> {
        let ahead = self.input.fork();
        match ahead.parse::<T>() {
            Ok(_) => self.input.parse(),
            Err(_) => Err(syn::Error::new(self.input.span(), message)),
        }
    }
}

/// Reads a list. `read` is called for each key and reads what follows it.
///
/// After a mistake, the rest is skipped up to the next comma. A missing comma is reported once.
pub(crate) fn each(
    tokens: TokenStream,
    errors: &mut Errors,
    mut read: impl FnMut(Entry<'_>, &mut Errors) -> syn::Result<()>,
) {
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            let result = match input.call(Ident::parse_any) {
                Ok(key) => read(Entry { key, input }, errors),
                Err(_) => Err(input.error("expected a key, such as `product = \"cvm\"`")),
            };
            let failed = result.is_err();
            if let Err(error) = result {
                errors.add(error);
            }
            if !failed && !input.is_empty() && !input.peek(Token![,]) {
                errors.add(input.error("expected `,` before this"));
                if input.peek(Ident::peek_any) {
                    continue;
                }
            }
            while !input.is_empty() && !input.peek(Token![,]) {
                input.parse::<TokenTree>()?;
            }
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(tokens) {
        errors.add(error);
    }
}

/// The message for a key that is not in `known`, with the nearest known one.
pub(crate) fn unknown(what: &str, word: &str, known: &[&str]) -> String {
    let meant = nearest(word, known).map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
    let join = if meant.is_empty() { ";" } else { "" };
    format!("unknown {what} `{word}`{meant}{join} allowed are {}", list(known))
}

/// Stores a value. A second value is reported and dropped.
pub(crate) fn once<T>(slot: &mut Option<T>, key: &Ident, value: T, errors: &mut Errors) {
    if slot.is_some() {
        errors.at(key, format!("`{key}` is given twice; keep one"));
    } else {
        *slot = Some(value);
    }
}

/// Finds `crate = path`, whether the rest is right or wrong. The shell needs it before the derive parses
/// the arguments.
pub(crate) fn runtime(tokens: TokenStream) -> Path {
    let mut path = None;
    each(tokens, &mut Errors::default(), |entry, _| {
        if entry.key == "crate" {
            path = entry.any::<ModPath>("crate = ::cloudcall").ok();
        }
        // The values of other keys are skipped up to the next comma.
        Ok(())
    });
    path.map_or_else(default_runtime, |ModPath(path)| path)
}

/// The path of the runtime crate without `crate = path`.
pub(crate) fn default_runtime() -> Path {
    syn::parse_quote!(::cloudcall)
}

/// A path as in `use`: it may begin with keywords such as `crate` and `super`.
pub(crate) struct ModPath(pub(crate) Path);

impl Parse for ModPath {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        input.call(Path::parse_mod_style).map(Self)
    }
}

/// Whether a text is a valid header name.
pub(crate) fn is_header(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

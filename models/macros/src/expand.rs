//! Modules of the products that were named, with the user's spans on the actions.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::path::Path;

use cloudcall_generator::{Description, Emitter, Error, LINTS, Override, names};
use proc_macro::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use crate::errors::Errors;
use crate::files;
use crate::read::{Request, Statement, Wanted};

const RUNTIME: &str = "::cloudcall_models::__private::cloudcall";

/// What is wanted of one product-version, whatever statements it came from.
struct Part<'a> {
    description: Description,
    actions: Vec<&'a Wanted>,
    all: bool,
}

/// What belongs to the user in code of ours.
#[derive(Default)]
struct Users<'a> {
    /// The places of actions.
    spans: HashMap<&'a str, Span>,
    /// What is said of actions, by the word in its place.
    tokens: HashMap<&'a str, TokenStream>,
}

/// How the words begin that stand for what users say; no vendor has such a name.
const SAID: &str = "__cloudcall_said_";

type Product<'a> = BTreeMap<String, Part<'a>>;

/// The modules, cloud by cloud. What is mistaken is left out; all else stands, so that only the mistake is shown.
pub(crate) fn modules(request: &Request, errors: &mut Errors) -> TokenStream {
    let runtime = request.runtime.as_deref().unwrap_or(RUNTIME);
    let mut clouds: BTreeMap<&str, BTreeMap<&str, Product<'_>>> = BTreeMap::new();
    let mut files = files::Files::default();
    for statement in &request.statements {
        let entry = match files.entry(&statement.source) {
            Ok(entry) => entry,
            Err((span, message)) => {
                errors.at(span, &message);
                continue;
            }
        };
        let products = clouds.entry(entry.cloud).or_default();
        let module = names::ident(entry.product);
        let is_other = |known: &&&str| **known != entry.product && names::ident(known) == module;
        if let Some(other) = products.keys().find(is_other) {
            let message = format!(
                "`{}` and `{other}` get the same module `{module}`; give the description another `product`",
                entry.product
            );
            errors.at(statement.source.span(), &message);
            continue;
        }
        let product = products.entry(entry.product).or_default();
        if !product.contains_key(entry.version) {
            match files.open(&entry) {
                Ok(description) => {
                    let part = Part { description, actions: Vec::new(), all: false };
                    product.insert(entry.version.to_owned(), part);
                }
                Err(error) => errors.at(statement.source.span(), &error.to_string()),
            }
        }
        match product.get_mut(entry.version) {
            // Two sources of one module: the actions of the second would not be those that it has.
            Some(part) if !files::is_same(part.description.entry(), &entry) => {
                let message = format!(
                    "`{entry}` is also from {}; give the description another `version`, or name one of the two here",
                    part.description.entry().source
                );
                errors.at(statement.source.span(), &message);
            }
            Some(part) => part.add(statement, errors),
            None => {}
        }
    }
    let allow = format!("#[allow({LINTS})]");
    let mut out = parsed(&files.tracked());
    for (cloud, products) in &clouds {
        let mut inner = TokenStream::new();
        for (product, versions) in products {
            inner.extend(module(
                &names::ident(product),
                &allow,
                versions_of(versions, runtime, request.json, errors),
            ));
        }
        out.extend(module(cloud, &allow, inner));
    }
    out
}

impl<'a> Part<'a> {
    fn add(&mut self, statement: &'a Statement, errors: &mut Errors) {
        if statement.all {
            self.all = true;
        }
        for action in &statement.actions {
            let name = &action.name;
            if self.actions.iter().any(|known| known.name.text == name.text) {
                errors.at(name.span, &format!("`{}` is listed twice; keep one", name.text));
                continue;
            }
            match self.description.callable_action(&name.text) {
                Ok(_) => self.actions.push(action),
                Err(error) => errors.at(name.span, &error.to_string()),
            }
        }
    }

    fn code(&self, runtime: &str, json: bool) -> Result<TokenStream, Error> {
        let names: Vec<&str> = match self.all {
            true => self.description.callable()?,
            false => self.actions.iter().map(|action| action.name.text.as_str()).collect(),
        };
        // What the user says of an action stands in for a word until the code is tokens, so that it keeps its spans.
        let said = self.actions.iter().flat_map(|action| action.said.iter().map(move |said| (action, said)));
        let said: Vec<_> = said.enumerate().map(|(at, said)| (format!("{SAID}{at}"), said)).collect();
        let mut users = Users::default();
        let mut overrides = Vec::new();
        for (word, (action, said)) in &said {
            let text = if said.tokens.is_some() { word.as_str() } else { "" };
            overrides.push(Override { action: &action.name.text, key: said.key, text });
            users.tokens.extend(said.tokens.as_ref().map(|tokens| (word.as_str(), tokens.clone())));
        }
        users.spans =
            self.actions.iter().map(|action| (action.name.text.as_str(), action.name.span)).collect();
        let emitter = Emitter::new(&self.description, runtime).with_overrides(&overrides);
        let emitter = if json { emitter.with_json() } else { emitter };
        let emitter = if is_compiler() { emitter.without_docs() } else { emitter };
        let code = emitter.code(&names)?;
        Ok(respanned(parsed(&code), &users))
    }
}

/// Whether the macro runs for a compiler, which reads no documentation: rustdoc and editors run it in programs of other names.
fn is_compiler() -> bool {
    let program = std::env::current_exe().ok();
    let name = program.as_deref().and_then(Path::file_stem).and_then(OsStr::to_str);
    matches!(name, Some("rustc" | "clippy-driver"))
}

/// A module for each version; the main one, or of others the newest, is also seen from outside.
fn versions_of(versions: &Product<'_>, runtime: &str, json: bool, errors: &mut Errors) -> TokenStream {
    let mut out = TokenStream::new();
    for (version, part) in versions {
        let code = part.code(runtime, json).unwrap_or_else(|error| {
            errors.at(Span::call_site(), &error.to_string());
            TokenStream::new()
        });
        let entry = part.description.entry();
        let docs = match is_compiler() {
            true => String::new(),
            false => format!("/// Actions and types of {entry}, from {}.\n", entry.source),
        };
        out.extend(module(&version_ident(version), &docs, code));
    }
    let short =
        versions.iter().max_by_key(|(version, part)| (part.description.entry().main, number(version)));
    if let Some((version, _)) = short {
        out.extend(parsed(&format!("pub use self::{}::*;", version_ident(version))));
    }
    out
}

/// `2017-03-12` to `v2017_03_12`, `v2.1` to `v2_1`.
fn version_ident(version: &str) -> String {
    format!("v{}", version.trim_start_matches('v').replace(['-', '.'], "_"))
}

/// Its numbers, for comparing: `v10` is newer than `v9`.
fn number(version: &str) -> Vec<u32> {
    let parts = version.trim_start_matches('v').split(['-', '.']);
    parts.map(|part| part.parse().unwrap_or_default()).collect()
}

fn module(name: &str, attributes: &str, inner: TokenStream) -> TokenStream {
    let mut out = parsed(&format!("{attributes} pub mod {name}"));
    out.extend([TokenTree::Group(Group::new(Delimiter::Brace, inner))]);
    out
}

/// Code of our own making. What does not parse would be our mistake, and is shown as one.
fn parsed(code: &str) -> TokenStream {
    doc_attributes(code).parse().unwrap_or_else(|error| {
        let mut errors = Errors::default();
        errors.at(Span::call_site(), &format!("cloudcall-models made code that does not parse: {error}"));
        errors.into_tokens()
    })
}

/// The code with its documentation as `#[doc = "…"]`. The server of rust-analyzer reads `/// text` in a text as documentation that begins with
/// `/ `, and shows it so.
fn doc_attributes(code: &str) -> Cow<'_, str> {
    if !code.contains("///") {
        return Cow::Borrowed(code);
    }
    let attribute = |line| match str::trim_start(line).strip_prefix("///") {
        Some(text) => Cow::Owned(format!("#[doc = {text:?}]")),
        None => Cow::Borrowed(line),
    };
    Cow::Owned(code.lines().map(attribute).collect::<Vec<_>>().join("\n"))
}

/// The same tokens, with the user's span on the names of actions, and with what is said of them.
fn respanned(tokens: TokenStream, users: &Users<'_>) -> TokenStream {
    let mut out = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                let word = ident.to_string();
                match (users.tokens.get(word.as_str()), users.spans.get(word.as_str())) {
                    (Some(tokens), _) => out.extend(tokens.clone()),
                    (_, Some(span)) => out.extend([TokenTree::Ident(Ident::new(&word, *span))]),
                    _ => out.extend([TokenTree::Ident(ident)]),
                }
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), respanned(group.stream(), users));
                inner.set_span(group.span());
                out.extend([TokenTree::Group(inner)]);
            }
            other => out.extend([other]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::doc_attributes;

    #[test]
    fn documentation_becomes_attributes() {
        let code = "/// A \"name\".\n///\npub struct A {\n    /// `B\\C` on the wire.\n    pub b: i64, // no documentation\n}";
        let attributes = "#[doc = \" A \\\"name\\\".\"]\n#[doc = \"\"]\npub struct A {\n\
                          #[doc = \" `B\\\\C` on the wire.\"]\n    pub b: i64, // no documentation\n}";
        assert_eq!(doc_attributes(code), attributes);
        assert_eq!(doc_attributes("pub struct A;\n"), "pub struct A;\n");
    }
}

//! Modules of the products that were named, with the user's spans on the actions.

use std::collections::{BTreeMap, HashMap};

use cloudcall_generator::{Description, Emitter, Error, What, find, names};
use proc_macro::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use crate::errors::Errors;
use crate::read::{Name, Request, Statement};

const RUNTIME: &str = "::cloudcall_models::__private::cloudcall";

/// A vendor's names follow no lint, and its types need no explanations.
const ALLOW: &str = "#[allow(missing_docs, dead_code, unused_imports, unreachable_pub, deprecated, \
    non_camel_case_types, non_snake_case, clippy::all, clippy::pedantic, clippy::restriction)]";

/// What is wanted of one product-version, whatever statements it came from.
struct Part<'a> {
    description: Description,
    actions: Vec<&'a Name>,
    all: bool,
}

type Product<'a> = BTreeMap<String, Part<'a>>;

/// The modules, cloud by cloud. What is mistaken is left out; all else stands, so that only the mistake is shown.
pub(crate) fn modules(request: &Request, errors: &mut Errors) -> TokenStream {
    let runtime = request.runtime.as_deref().unwrap_or(RUNTIME);
    let mut clouds: BTreeMap<&str, BTreeMap<&str, Product<'_>>> = BTreeMap::new();
    for statement in &request.statements {
        let entry = match find(&statement.cloud.text, &statement.product.text, &statement.version.text) {
            Ok(entry) => entry,
            Err(error) => {
                errors.at(span(statement, error.what()), &error.to_string());
                continue;
            }
        };
        let product = clouds.entry(entry.cloud).or_default().entry(entry.product).or_default();
        if !product.contains_key(entry.version) {
            match entry.open() {
                Ok(description) => {
                    let part = Part { description, actions: Vec::new(), all: false };
                    product.insert(entry.version.to_owned(), part);
                }
                Err(error) => errors.at(statement.product.span, &error.to_string()),
            }
        }
        if let Some(part) = product.get_mut(entry.version) {
            part.add(statement, errors);
        }
    }
    let mut out = TokenStream::new();
    for (cloud, products) in &clouds {
        let mut inner = TokenStream::new();
        for (product, versions) in products {
            inner.extend(module(&names::ident(product), ALLOW, versions_of(versions, runtime, errors)));
        }
        out.extend(module(cloud, ALLOW, inner));
    }
    out
}

impl<'a> Part<'a> {
    fn add(&mut self, statement: &'a Statement, errors: &mut Errors) {
        if statement.all {
            self.all = true;
        }
        for name in &statement.actions {
            if self.actions.iter().any(|known| known.text == name.text) {
                errors.at(name.span, &format!("`{}` is listed twice; keep one", name.text));
                continue;
            }
            match self.description.action(&name.text) {
                Ok(_) => self.actions.push(name),
                Err(error) => errors.at(name.span, &error.to_string()),
            }
        }
    }

    fn code(&self, runtime: &str) -> Result<TokenStream, Error> {
        let names: Vec<&str> = match self.all {
            true => self.description.actions().map(|action| action.name).collect(),
            false => self.actions.iter().map(|name| name.text.as_str()).collect(),
        };
        let code = Emitter::new(&self.description, runtime).code(&names)?;
        let spans: HashMap<&str, Span> =
            self.actions.iter().map(|name| (name.text.as_str(), name.span)).collect();
        Ok(respanned(parsed(&code), &spans))
    }
}

/// A module for each version; the newest one is also seen from outside.
fn versions_of(versions: &Product<'_>, runtime: &str, errors: &mut Errors) -> TokenStream {
    let mut out = TokenStream::new();
    for (version, part) in versions {
        let code = part.code(runtime).unwrap_or_else(|error| {
            errors.at(Span::call_site(), &error.to_string());
            TokenStream::new()
        });
        out.extend(module(&version_ident(version), "", code));
    }
    if let Some(newest) = versions.keys().max_by_key(|version| number(version)) {
        out.extend(parsed(&format!("pub use self::{}::*;", version_ident(newest))));
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

fn span(statement: &Statement, what: What) -> Span {
    match what {
        What::Cloud => statement.cloud.span,
        What::Version => statement.version.span,
        _ => statement.product.span,
    }
}

fn module(name: &str, attributes: &str, inner: TokenStream) -> TokenStream {
    let mut out = parsed(&format!("{attributes} pub mod {name}"));
    out.extend([TokenTree::Group(Group::new(Delimiter::Brace, inner))]);
    out
}

/// Code of our own making. What does not parse would be our mistake, and is shown as one.
fn parsed(code: &str) -> TokenStream {
    code.parse().unwrap_or_else(|error| {
        let mut errors = Errors::default();
        errors.at(Span::call_site(), &format!("cloudcall-models made code that does not parse: {error}"));
        errors.into_tokens()
    })
}

/// The same tokens, with the user's span on the names of actions.
fn respanned(tokens: TokenStream, spans: &HashMap<&str, Span>) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Ident(ident) => match spans.get(ident.to_string().as_str()) {
                Some(span) => TokenTree::Ident(Ident::new(&ident.to_string(), *span)),
                None => TokenTree::Ident(ident),
            },
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), respanned(group.stream(), spans));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        })
        .collect()
}

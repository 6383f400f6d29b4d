//! What stands in `actions! { ... }`: `cloud product "version": Action, Action;`, again and again.

use std::iter::Peekable;

use cloudcall_generator::entries;
use proc_macro::token_stream::IntoIter;
use proc_macro::{Delimiter, Span, TokenStream, TokenTree};

use crate::errors::Errors;
use crate::said::{self, Said};

/// A name with the place where it was written.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// An action, with what is said of it.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) name: Name,
    pub(crate) said: Vec<Said>,
}

/// Where a statement finds its actions.
#[derive(Debug)]
pub(crate) enum Source {
    /// In the catalogue.
    Catalogue { cloud: Name, product: Name, version: Name },
    /// In a description file of the user, relative to the folder of the user's `Cargo.toml`.
    File(Name),
}

/// One statement.
#[derive(Debug)]
pub(crate) struct Statement {
    pub(crate) source: Source,
    /// Empty with a star.
    pub(crate) actions: Vec<Wanted>,
    pub(crate) all: bool,
}

/// All of it.
#[derive(Debug, Default)]
pub(crate) struct Request {
    /// Where `cloudcall` is, if it was said.
    pub(crate) runtime: Option<String>,
    /// Actions and types are also written and read as JSON.
    pub(crate) json: bool,
    pub(crate) statements: Vec<Statement>,
}

const SHAPE: &str = "write `cloud product \"version\": Action, Action;`, such as `tencent cvm \"2017-03-12\": DescribeZones;`";

/// Reads what was written; after a mistake it goes on with the next statement.
pub(crate) fn request(input: TokenStream, errors: &mut Errors) -> Request {
    let mut request = Request::default();
    let mut tokens = Reader { tokens: input.into_iter().peekable(), last: Span::call_site() };
    while tokens.tokens.peek().is_some() {
        let result = if tokens.is("crate") {
            tokens.runtime().map(|path| request.runtime = Some(path))
        } else if tokens.is("json") {
            tokens.json().map(|()| request.json = true)
        } else {
            tokens.statement(errors).map(|statement| request.statements.push(statement))
        };
        if let Err((span, message)) = result {
            errors.at(span, &message);
            tokens.skip();
        }
    }
    request
}

type Mistake = (Span, String);

struct Reader {
    tokens: Peekable<IntoIter>,
    last: Span,
}

impl Reader {
    fn next(&mut self) -> Option<TokenTree> {
        let token = plain(self.tokens.next()?);
        self.last = token.span();
        Some(token)
    }

    /// The next token was not what should stand there.
    fn mistake<T>(&mut self, wanted: &str) -> Result<T, Mistake> {
        let span = self.tokens.peek().map_or(self.last, TokenTree::span);
        Err((span, format!("expected {wanted}: {SHAPE}")))
    }

    fn is(&mut self, word: &str) -> bool {
        self.tokens.peek().is_some_and(|token| token.to_string() == word)
    }

    fn eat(&mut self, word: &str) -> bool {
        let is = self.is(word);
        if is {
            self.next();
        }
        is
    }

    /// `crate = ::my::cloudcall;`
    fn runtime(&mut self) -> Result<String, Mistake> {
        self.next();
        if !self.eat("=") {
            return self.mistake("`=` after `crate`");
        }
        let mut path = String::new();
        while !self.is(";") {
            match self.next() {
                Some(token @ (TokenTree::Ident(_) | TokenTree::Punct(_))) => {
                    path.push_str(&token.to_string())
                }
                _ => return self.mistake("a path and `;`"),
            }
        }
        self.next();
        Ok(path)
    }

    /// `json;`
    fn json(&mut self) -> Result<(), Mistake> {
        self.next();
        match self.eat(";") {
            true => Ok(()),
            false => self.mistake("`;` after `json`"),
        }
    }

    fn statement(&mut self, errors: &mut Errors) -> Result<Statement, Mistake> {
        let source = self.source()?;
        if !self.eat(":") {
            return self.mistake("`:` before the actions");
        }
        let mut statement = Statement { source, actions: Vec::new(), all: false };
        if self.eat("*") {
            statement.all = true;
        } else {
            statement.actions.push(self.wanted("the name of an action, or `*` for all", errors)?);
            while self.eat(",") && !self.is(";") && self.tokens.peek().is_some() {
                statement.actions.push(self.wanted("the name of an action", errors)?);
            }
        }
        if self.tokens.peek().is_some() && !self.eat(";") {
            return self.mistake("`,` or `;`");
        }
        Ok(statement)
    }

    /// `cloud product "version"`, or `file "api/my.json"`.
    fn source(&mut self) -> Result<Source, Mistake> {
        let cloud = self.word("a cloud: `tencent`, `huawei`, `alibaba` or `volcengine`")?;
        if cloud.text == "file" {
            return match self.is_text() {
                true => Ok(Source::File(self.text()?)),
                false => {
                    self.mistake("the path of a description file in quotes, such as `file \"api/my.json\"`")
                }
            };
        }
        let product = self.product()?;
        match self.is_text() {
            true => Ok(Source::Catalogue { cloud, product, version: self.text()? }),
            false => self.mistake(&version_wanted(&cloud.text, &product.text)),
        }
    }

    fn is_text(&mut self) -> bool {
        matches!(self.tokens.peek(), Some(TokenTree::Literal(literal)) if literal.to_string().starts_with('"'))
    }

    /// `RunInstances`, or `RunInstances { idempotent }`.
    fn wanted(&mut self, wanted: &str, errors: &mut Errors) -> Result<Wanted, Mistake> {
        let name = self.word(wanted)?;
        let said = self.tokens.peek().and_then(said::braces).map(|group| said::read(group, errors));
        if said.is_some() {
            self.next();
        }
        Ok(Wanted { name, said: said.unwrap_or_default() })
    }

    fn word(&mut self, wanted: &str) -> Result<Name, Mistake> {
        match self.tokens.peek() {
            Some(TokenTree::Ident(word)) => {
                let name = Name { text: word.to_string().replace("r#", ""), span: word.span() };
                self.next();
                Ok(name)
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => {
                let (text, span) = (group.stream().to_string(), group.span());
                self.next();
                Ok(Name { text, span })
            }
            _ => self.mistake(wanted),
        }
    }

    /// `cvm`, `r-kvstore` or, in quotes, any name.
    fn product(&mut self) -> Result<Name, Mistake> {
        const WANTED: &str = "a product, such as `cvm`";
        if matches!(self.tokens.peek(), Some(TokenTree::Literal(_))) {
            return self.text();
        }
        let mut name = self.word(WANTED)?;
        while self.eat("-") {
            let next = match self.tokens.peek() {
                Some(TokenTree::Literal(number)) if !number.to_string().starts_with('"') => {
                    let text = number.to_string();
                    self.next();
                    text
                }
                _ => self.word(WANTED)?.text,
            };
            name.text = format!("{}-{next}", name.text);
        }
        Ok(name)
    }

    fn text(&mut self) -> Result<Name, Mistake> {
        match self.next() {
            Some(token) => {
                Ok(Name { text: token.to_string().trim_matches('"').to_owned(), span: token.span() })
            }
            None => self.mistake("a text"),
        }
    }

    fn skip(&mut self) {
        while self.next().is_some_and(|token| token.to_string() != ";") {}
    }
}

/// What should stand where a version does not.
fn version_wanted(cloud: &str, product: &str) -> String {
    let known = entries().filter(|entry| entry.cloud == cloud && entry.product == product);
    let known: Vec<String> = known.map(|entry| format!("{:?}", entry.version)).collect();
    match known.as_slice() {
        [] => "a version in quotes".to_owned(),
        known => format!("a version in quotes ({cloud} {product} has {})", known.join(", ")),
    }
}

/// The token inside the invisible parentheses of a `macro_rules` fragment.
fn plain(token: TokenTree) -> TokenTree {
    match &token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            let mut inner = group.stream().into_iter();
            match (inner.next(), inner.next()) {
                (Some(only), None) => plain(only),
                _ => token,
            }
        }
        _ => token,
    }
}

//! Every mistake of one use of the macro, so that the user sees them together.

use proc_macro::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};

#[derive(Default)]
pub(crate) struct Errors(TokenStream);

impl Errors {
    /// Adds a mistake that is underlined at `span`.
    pub(crate) fn at(&mut self, span: Span, message: &str) {
        let mut literal = Literal::string(message);
        literal.set_span(span);
        let text = TokenStream::from(TokenTree::Literal(literal));
        let punct = |c, spacing| {
            let mut punct = Punct::new(c, spacing);
            punct.set_span(span);
            TokenTree::Punct(punct)
        };
        let mut group = Group::new(Delimiter::Brace, text);
        group.set_span(span);
        self.0.extend([
            punct(':', Spacing::Joint),
            punct(':', Spacing::Alone),
            TokenTree::Ident(Ident::new("core", span)),
            punct(':', Spacing::Joint),
            punct(':', Spacing::Alone),
            TokenTree::Ident(Ident::new("compile_error", span)),
            punct('!', Spacing::Alone),
            TokenTree::Group(group),
        ]);
    }

    pub(crate) fn into_tokens(self) -> TokenStream {
        self.0
    }
}

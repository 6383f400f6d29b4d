//! The setters of the builder. They are the same for any target and state.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Attribute, Type};

use super::{Context, at};
use crate::above;
use crate::item::{Field, arguments, generic, mentions, name, option};

/// Methods that every builder has. A setter of such a name gets the suffix `_`.
const TAKEN: [&str; 6] = ["build", "send", "invoke", "invoker", "into_future", "wait_until"];

/// Methods that the builder of a list has in addition.
const TAKEN_BY_PAGES: [&str; 2] = ["pages", "items"];

pub(crate) fn expand(context: &Context<'_>) -> TokenStream {
    let required = context.item.required().enumerate().map(|(i, field)| required(context, i, field));
    let others = context.item.others().enumerate().map(|(i, field)| other(context, i, field));
    quote!(#(#required)* #(#others)*)
}

/// A setter of a required field: it changes the field's state to `Given` and keeps the other states.
fn required(context: &Context<'_>, i: usize, field: &Field) -> TokenStream {
    let (private, builder, vis, ty) = (&context.private, &context.builder, &context.item.vis, &field.ty);
    let used = context.parts().used;
    let (docs, method, value) =
        (docs(&field.docs, &field.wire), method(context, field), Value::of_field(context, &field.ty, false));
    let states = context.states();
    let after = states.iter().enumerate().map(|(other, state)| match other == i {
        true => quote!(#private::Given<#ty>),
        false => quote!(#state),
    });
    let (generics, argument, given) = (value.generics(), value.argument, value.given);
    let given = (0..states.len()).map(|other| match other == i {
        true => given.clone(),
        false => {
            let other = syn::Index::from(other);
            quote!(self.1.#other)
        }
    });
    let marked = (!context.parts().is_empty).then(|| quote!(self.3));
    quote! {
        #(#docs)*
        #vis fn #method #generics (self, value: #argument) -> #builder<#used __T, #(#after,)*> {
            #builder(self.0, (#(#given,)*), self.2, #marked)
        }
    }
}

/// A setter of a field that need not be set.
fn other(context: &Context<'_>, i: usize, field: &Field) -> TokenStream {
    let vis = &context.item.vis;
    let (docs, method, i) = (docs(&field.docs, &field.wire), method(context, field), syn::Index::from(i));
    let value = match option(&field.ty) {
        Some(inner) => Value::of_field(context, inner, true),
        None => Value::of_field(context, &field.ty, false),
    };
    let (generics, argument, set) = (value.generics(), value.argument, value.converted);
    quote! {
        #(#docs)*
        #vis fn #method #generics (mut self, value: #argument) -> Self {
            self.2.#i = #set;
            self
        }
    }
}

/// A default value of the user, converted as the setter would convert it.
pub(crate) fn converted(context: &Context<'_>, field: &Field, value: &TokenStream) -> TokenStream {
    let set = match option(&field.ty) {
        Some(inner) => Value::of_field(context, inner, true).converted,
        None => Value::of_field(context, &field.ty, false).converted,
    };
    quote!({ let value = #value; #set })
}

/// The same, as what is in the field's `Option`, if it is one.
pub(crate) fn given(context: &Context<'_>, field: &Field, value: &TokenStream) -> TokenStream {
    let set = Value::of_field(context, option(&field.ty).unwrap_or(&field.ty), false).converted;
    quote!({ let value = #value; #set })
}

/// What a setter takes, and how that becomes the field's value.
pub(super) struct Value {
    /// The argument is a list. Its type has a parameter for the way in which the list is given, which the
    /// compiler infers.
    pub(super) is_list: bool,
    /// The type of the setter's argument.
    pub(super) argument: TokenStream,
    /// The argument `value` as the value of the field.
    pub(super) converted: TokenStream,
    /// The argument as the state of a required field.
    given: TokenStream,
}

impl Value {
    /// By the type of an action's field, or of what its `Option` contains.
    fn of_field(context: &Context<'_>, ty: &Type, optional: bool) -> Self {
        let params: Vec<&Ident> = context.item.generics.type_params().map(|param| &param.ident).collect();
        Self::of(&context.private, &params, ty, optional, &format_ident!("__Way"))
    }

    /// The type parameters of the setter.
    fn generics(&self) -> Option<TokenStream> {
        self.is_list.then(|| quote!(<__Way>))
    }

    /// By the type of a field, or of what its `Option` contains. `params` are the type parameters of the item,
    /// and `way` is that of a list.
    pub(super) fn of(
        private: &TokenStream,
        params: &[&Ident],
        ty: &Type,
        optional: bool,
        way: &Ident,
    ) -> Self {
        let some = |value: TokenStream| match optional {
            true => quote!(#private::Some(#value)),
            false => value,
        };
        let given = |value: &TokenStream| quote!(#private::Given(#value));
        let plain = |argument: TokenStream, value: TokenStream| Self {
            is_list: false,
            argument,
            given: given(&value),
            converted: some(value),
        };
        if is_plain(params, ty) {
            return plain(quote!(#ty), quote!(value));
        }
        // `Vec<u8>` is bytes and not a list, so that it can be set from a text.
        let is_list = |element: &&Type| name(element).as_deref() != Some("u8");
        if let Some(element) = generic(ty, "Vec").filter(is_list) {
            let texts = name(element).as_deref() == Some("String");
            let (argument, convert) = match (texts, optional) {
                (true, true) => (quote!(MaybeTexts<#way>), quote!(MaybeTexts::maybe_texts)),
                (true, false) => (quote!(IntoTexts<#way>), quote!(IntoTexts::into_texts)),
                (false, true) => (quote!(MaybeList<#element, #way>), quote!(MaybeList::maybe_list)),
                (false, false) => (quote!(IntoList<#element, #way>), quote!(IntoList::into_list)),
            };
            let converted = quote!(#private::#convert(value));
            return Self {
                is_list: true,
                argument: quote!(impl #private::#argument),
                given: given(&converted),
                converted,
            };
        }
        if let Some([key, value]) = arguments(ty, "BTreeMap").or_else(|| arguments(ty, "HashMap")).as_deref()
        {
            // The types are given, so that an empty map needs no annotation.
            return plain(
                quote!(impl ::core::iter::IntoIterator<Item = (#key, #value)>),
                quote!(::core::iter::Iterator::collect(::core::iter::IntoIterator::into_iter(value))),
            );
        }
        Self {
            is_list: false,
            argument: quote!(impl #private::Into<#ty>),
            given: quote_spanned!(at(ty)=> #private::given(value)),
            converted: some(quote_spanned!(at(ty)=> #private::Into::into(value))),
        }
    }
}

/// Types that a setter takes unchanged: `impl Into<u64>` would not take the literal `20`, and a type
/// parameter could not be inferred.
fn is_plain(params: &[&Ident], ty: &Type) -> bool {
    const PLAIN: [&str; 16] = [
        "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64",
        "u128", "usize",
    ];
    let is_path = matches!(ty, Type::Path(_) | Type::Group(_) | Type::Paren(_));
    !is_path || name(ty).is_some_and(|name| PLAIN.contains(&name.as_str())) || mentions(quote!(#ty), params)
}

/// The name of the setter: that of the field, with `_` if the builder has such a method.
fn method(context: &Context<'_>, field: &Field) -> Ident {
    let name = field.ident.unraw().to_string();
    let (is_list, is_stream) = (context.args.paginate.is_some(), context.args.stream.is_some());
    let taken = TAKEN.contains(&name.as_str())
        || is_list && TAKEN_BY_PAGES.contains(&name.as_str())
        || is_stream && name == "stream";
    match taken {
        true => format_ident!("{name}_", span = field.ident.span()),
        false => field.ident.clone(),
    }
}

/// The attributes of a setter: those of the field, and a default line if they have no documentation.
///
/// A compiler reads no documentation, and it costs a tenth of the time in which a setter is checked. So it is
/// left out where only a compiler runs.
pub(super) fn docs(attrs: &[Attribute], wire: &str) -> Vec<TokenStream> {
    let is_doc = |attr: &Attribute| attr.path().is_ident("doc");
    let documented = above::is_documented();
    let kept = attrs.iter().filter(|attr| documented || !is_doc(attr));
    let mut docs: Vec<TokenStream> = kept.map(|attr| quote!(#attr)).collect();
    if documented && !attrs.iter().any(is_doc) {
        let line = format!("Sets `{wire}`.");
        docs.push(quote!(#[doc = #line]));
    }
    docs
}

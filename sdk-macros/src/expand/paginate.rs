//! `impl Paginate`: which field selects a page, and where the list is in a response. The runtime does the
//! rest.
//!
//! The macro on the request does not see the fields of the response. So each model implements
//! `Member<HASH>` for its fields that can contain a list, with a hash of the field's name, and the request
//! looks them up by the same hash.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Type, Visibility};

use super::Context;
use super::member::Member;
use crate::args::paginate::{Form, Pagination};
use crate::item::{arguments, generic, name};

/// What is needed, if it is complete. Missing parts were reported already.
fn parts_of<'a>(context: &Context<'a>) -> Option<(&'a Pagination, &'a Type)> {
    let (pagination, output) = (context.args.paginate.as_ref()?, context.args.response.as_ref()?);
    let fields = &context.item.fields;
    let is_field = |wanted: &Ident| fields.iter().any(|field| field.ident.unraw() == wanted.unraw());
    (context.provider.is_some() && pagination.fields().all(is_field)).then_some((pagination, output))
}

/// Whether the action gets its paging. Otherwise the methods that need it are left out, too.
pub(crate) fn is_paged(context: &Context<'_>) -> bool {
    parts_of(context).is_some()
}

pub(crate) fn expand(context: &Context<'_>) -> TokenStream {
    let Some((pagination, output)) = parts_of(context) else { return TokenStream::new() };
    let (private, parts, action) = (&context.private, context.parts(), context.action_type());
    let (declared, bounds, sendable) = (&parts.declared, &parts.bounds, &parts.sendable);
    let form = match pagination.form {
        Form::Offset => quote!(Offset),
        Form::Number => quote!(Number),
        Form::Token => quote!(Token),
    };
    let item = match &pagination.item {
        Some(item) => quote!(#item),
        None => item(private, output, &pagination.items),
    };
    let field = |field: &Ident| quote_spanned!(resolved(field)=> &mut self.#field);
    let cursor = field(&pagination.cursor);
    let size = pagination.size.as_ref().map(|size| {
        let size = field(size);
        quote! {
            fn size(&mut self) -> ::core::option::Option<&mut dyn #private::PageField> {
                ::core::option::Option::Some(#size)
            }
        }
    });
    let token = pagination.token.as_ref().map(|(token, size)| {
        let method = |name: TokenStream, field: TokenStream| {
            quote! {
                fn #name(&mut self) -> ::core::option::Option<&mut dyn #private::PageField> {
                    ::core::option::Option::Some(#field)
                }
            }
        };
        let size = size.as_ref().map(|size| method(quote!(token_size), field(size)));
        let token = method(quote!(token), field(token));
        quote!(#token #size)
    });
    let number = |name: TokenStream, number: Option<u64>| {
        let number = number?;
        Some(quote! {
            const #name: ::core::option::Option<u64> = ::core::option::Option::Some(#number);
        })
    };
    let first = number(quote!(FIRST), pagination.first);
    let default_limit = number(quote!(DEFAULT_SIZE), pagination.default_limit);
    let items = items(context, pagination, output);
    let list = pagination.item.is_none().then(|| {
        let names = names(private, output, &pagination.items);
        quote!(const LIST: &'static [&'static str] = &[#(#names),*];)
    });
    let read =
        |path: &Option<Vec<Ident>>, function: TokenStream, reader: TokenStream, result: TokenStream| {
            let path = path.as_ref()?;
            let (walk, last) = (walk(private, path), path.last()?);
            let value = quote_spanned!(resolved(last)=> #private::member::#reader(at));
            Some(quote! {
                fn #function(at: &mut Self::Output) -> ::core::option::Option<#result> {
                    #walk
                    #value
                }
            })
        };
    let total = read(&pagination.total, quote!(total), quote!(count), quote!(u64));
    let next = read(&pagination.next, quote!(next), quote!(cursor), quote!(#private::Cursor));
    let has_more = read(&pagination.has_more, quote!(has_more), quote!(flag), quote!(bool));
    quote! {
        #[automatically_derived]
        impl<#declared> #private::Paginate for #action where #bounds #sendable {
            type Item = #item;
            const FORM: #private::PageForm = #private::PageForm::#form;
            #first
            #default_limit
            #list

            fn cursor(&mut self) -> &mut dyn #private::PageField {
                #cursor
            }

            #size
            #token

            #items

            #total
            #next
            #has_more
        }
    }
}

/// The type of the items, looked up member by member.
fn item(private: &TokenStream, output: &Type, path: &[Ident]) -> TokenStream {
    let mut ty = quote!(#output);
    let mut span = proc_macro2::Span::call_site();
    for name in path {
        span = name.span();
        let hash = hash(name);
        ty = quote_spanned!(span=> <#ty as #private::member::Member<#hash>>::Inner);
    }
    quote_spanned!(span=> <#ty as #private::member::List>::Item)
}

/// The wire names of the members on the path, looked up like the type of the items.
fn names(private: &TokenStream, output: &Type, path: &[Ident]) -> Vec<TokenStream> {
    let mut ty = quote!(#output);
    let mut names = Vec::new();
    for name in path {
        let (span, hash) = (resolved(name), hash(name));
        names.push(quote_spanned!(span=> <#ty as #private::member::Member<#hash>>::WIRE));
        ty = quote_spanned!(span=> <#ty as #private::member::Member<#hash>>::Inner);
    }
    names
}

/// The method that finds the list. Its span is the end of the path, so a wrong path is one error there.
fn items(context: &Context<'_>, pagination: &Pagination, output: &Type) -> Option<TokenStream> {
    let (private, last) = (&context.private, pagination.items.last()?);
    let span = resolved(last);
    let found = if pagination.item.is_some() {
        let walk = walk(private, &pagination.items);
        quote_spanned!(span=> #walk #private::Some(at))
    } else {
        let (mut ty, mut steps) = (quote!(#output), TokenStream::new());
        for name in &pagination.items {
            let (span, hash) = (resolved(name), hash(name));
            steps.extend(
                quote_spanned!(span=> let at = <#ty as #private::member::Member<#hash>>::member(at)?;),
            );
            ty = quote_spanned!(span=> <#ty as #private::member::Member<#hash>>::Inner);
        }
        quote_spanned!(span=> #steps <#ty as #private::member::List>::list(at))
    };
    Some(quote_spanned! {span=>
        fn items(at: &mut Self::Output) -> #private::Option<&mut #private::Vec<Self::Item>> {
            #found
        }
    })
}

/// Statements after which `at` is the member at the end of the path.
fn walk(private: &TokenStream, path: &[Ident]) -> TokenStream {
    let steps = path
        .iter()
        .map(|name| quote_spanned!(resolved(name)=> let at = #private::member::At(&mut at.#name).member()?;));
    quote! {
        #[allow(unused_imports)]
        use #private::member::Plain as _;
        #(#steps)*
    }
}

/// The span of the user's name, resolved as a name of the expansion.
fn resolved(name: &Ident) -> proc_macro2::Span {
    name.span().resolved_at(proc_macro2::Span::call_site())
}

/// For a model: its members that are lists, or may contain one.
///
/// A public trait must not name a type that is less visible than the model, so only members that are as
/// visible as the model itself are offered.
pub(crate) fn members(
    ident: &Ident,
    generics: &syn::Generics,
    vis: &Visibility,
    fields: &[Member],
    private: &TokenStream,
) -> TokenStream {
    let parts = super::generics::Parts::new(generics, private);
    let (declared, used, bounds) = (&parts.declared, &parts.used, &parts.bounds);
    let vis = vis.to_token_stream().to_string();
    let visible = |member: &&Member| member.vis.to_token_stream().to_string() == vis;
    let members =
        fields.iter().filter(visible).filter_map(|Member { ident: name, ty, cfg, wire, .. }| {
            let (hash, inner) = (hash(name), inner(ty)?);
            // An error about the visibility of the type is shown at the type.
            let inner_type = quote_spanned!(super::at(ty)=> type Inner = #inner;);
            let member = access(ty, quote!(self.#name), private);
            Some(quote! {
                #(#cfg)*
                #[automatically_derived]
                impl<#declared> #private::member::Member<#hash> for #ident<#used> where #bounds {
                    #inner_type
                    const WIRE: &'static str = #wire;

                    fn member(&mut self) -> #private::Option<&mut #inner> {
                        #member
                    }
                }
            })
        });
    quote!(#(#members)*)
}

/// A reference to the value inside the options and boxes at `place`.
fn access(ty: &Type, place: TokenStream, private: &TokenStream) -> TokenStream {
    if let Some(inner) = generic(ty, "Option") {
        return match generic(inner, "Option").or_else(|| generic(inner, "Box")) {
            Some(_) => access(inner, quote!((*#place.as_mut()?)), private),
            None => quote!(#place.as_mut()),
        };
    }
    match generic(ty, "Box") {
        Some(inner) => access(inner, quote!((*#place)), private),
        None => quote!(#private::Some(&mut #place)),
    }
}

/// The type without `Option` and `Box`, unless it is a number or a text.
fn inner(ty: &Type) -> Option<&Type> {
    const PLAIN: [&str; 16] = [
        "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64",
        "usize", "String",
    ];
    if let Some(inside) = generic(ty, "Option").or_else(|| generic(ty, "Box")) {
        return inner(inside);
    }
    let plain = name(ty).is_some_and(|name| PLAIN.contains(&name.as_str()));
    let map = arguments(ty, "HashMap").is_some() || arguments(ty, "BTreeMap").is_some();
    (matches!(ty, Type::Path(_)) && !plain && !map).then_some(ty)
}

/// FNV-1a of a field's name. It stands for the name in a type, because a const generic cannot be a text.
fn hash(name: &Ident) -> u64 {
    let name = name.unraw().to_string();
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

//! `json`: an action is written and read as JSON, by the names on the wire.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Visibility;

use super::member::Member;
use super::{Context, read, setter, shape};
use crate::args::param::ParamArgs;
use crate::item::Field;

pub(crate) fn expand(context: &Context<'_>) -> TokenStream {
    let (private, item) = (&context.private, context.item);
    let is_file = |field: &Field| field.is_file(context.args);
    // What `check` has refused would be refused once more.
    let refused = !item.generics.params.is_empty() || item.required().any(is_file);
    if context.args.json.is_none() || refused {
        return TokenStream::new();
    }
    let (ident, generics) = (&item.ident, &item.generics);
    let members: Vec<Member> = item.fields.iter().map(|field| member(context, field)).collect();
    let forms: Vec<_> =
        members.iter().filter(|member| member.param.skip.is_none()).map(Member::form).collect();
    let read = read::expand(ident, generics, &members, false, private);
    let shape = shape::structure(ident, generics, &forms, (false, true), private);
    quote! {
        #[automatically_derived]
        impl #private::serde::Serialize for #ident {
            fn serialize<__S: #private::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                #private::write_fields(&self.__fields(), serializer)
            }
        }

        #[automatically_derived]
        impl #private::WireValue for #ident {}

        #read
        #shape
    }
}

/// A parameter, as a member of the JSON document.
fn member(context: &Context<'_>, field: &Field) -> Member {
    let mut param: ParamArgs = field.param.clone();
    param.default_value = param.default_value.map(|value| setter::given(context, field, &value));
    if field.is_file(context.args) {
        // A file that may be left out is left out.
        param.skip = param.skip.or_else(|| Some(field.ident.clone()));
    }
    Member::new(field.ident.clone(), field.ty.clone(), Visibility::Inherited, param, field.wire.clone())
}

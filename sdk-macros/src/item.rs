//! The struct under `#[cloud_action(...)]`: its fields with their attributes, and its generics.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Fields, GenericArgument, Generics, PathArguments, Type, Visibility};

use crate::args::action::ActionArgs;
use crate::args::param::{ParamArgs, ParamLocation};
use crate::case::Case;
use crate::errors::Errors;

/// A struct with named fields or without fields.
pub(crate) struct Item {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) generics: Generics,
    pub(crate) docs: Vec<Attribute>,
    pub(crate) fields: Vec<Field>,
}

/// One parameter of the action.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// Doc comments and `#[deprecated]`, which the setter repeats.
    pub(crate) docs: Vec<Attribute>,
    /// The content of `#[param(...)]`.
    pub(crate) param: ParamArgs,
    /// Whether it must be set.
    pub(crate) need: Need,
    /// The wire name.
    pub(crate) wire: String,
}

/// Whether a field must be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Any other type.
    Required,
    /// `Option<T>`
    Optional,
    /// `#[param(default)]`
    Default,
}

impl Item {
    /// Reads the struct. `None`, with a mistake reported, for anything else.
    pub(crate) fn parse(input: DeriveInput, case: Case, path: &str, errors: &mut Errors) -> Option<Self> {
        let fields = match input.data {
            Data::Struct(data) => match data.fields {
                Fields::Named(fields) => fields.named.into_iter().collect(),
                Fields::Unit => Vec::new(),
                Fields::Unnamed(fields) => {
                    errors.at(
                        fields,
                        "`cloud_action` needs a struct with named fields: the names are the parameters",
                    );
                    return None;
                }
            },
            Data::Enum(data) => {
                errors.at(data.enum_token, "`cloud_action` needs a struct with named fields, not an enum");
                return None;
            }
            Data::Union(data) => {
                errors.at(data.union_token, "`cloud_action` needs a struct with named fields, not a union");
                return None;
            }
        };
        let fields = fields.into_iter().filter_map(|field| Field::parse(field, case, path, errors)).collect();
        Some(Self {
            ident: input.ident,
            vis: input.vis,
            generics: input.generics,
            docs: docs(&input.attrs),
            fields,
        })
    }

    /// The fields that must be set. Each one has a state in the builder's type.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.need == Need::Required)
    }

    /// The fields that need not be set.
    pub(crate) fn others(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.need != Need::Required)
    }
}

impl Field {
    /// Whether it is a file, or a whole body of bytes, which are not JSON values.
    pub(crate) fn is_file(&self, args: &ActionArgs) -> bool {
        let octets = args.content.as_ref().is_some_and(|content| content.value() == "octet-stream");
        match self.param.place_kind() {
            Some(ParamLocation::File) => true,
            Some(ParamLocation::Whole) => octets,
            _ => false,
        }
    }

    fn parse(field: syn::Field, case: Case, path: &str, errors: &mut Errors) -> Option<Self> {
        let ident = field.ident?;
        let param = ParamArgs::parse(&field.attrs, "param", errors);
        let need = match (&param.default, option(&field.ty)) {
            (_, Some(_)) => Need::Optional,
            (Some(_), None) => Need::Default,
            (None, None) => Need::Required,
        };
        let wire = wire(&ident, &param, case, path);
        Some(Self { ident, ty: field.ty, docs: docs(&field.attrs), param, need, wire })
    }
}

/// The wire name. A placeholder of the path may be written as the field is, whatever the case of the
/// provider is.
fn wire(ident: &Ident, param: &ParamArgs, case: Case, path: &str) -> String {
    if let Some(name) = &param.name {
        return name.value();
    }
    let wire = case.wire(ident);
    let field = ident.unraw().to_string();
    let is_placeholder = |name: &str| path.contains(&format!("{{{name}}}"));
    if param.place_kind() == Some(ParamLocation::Path) && !is_placeholder(&wire) && is_placeholder(&field) {
        return field;
    }
    wire
}

/// Doc comments and deprecations. Attributes such as `#[doc(hidden)]` are not repeated.
pub(crate) fn docs(attrs: &[Attribute]) -> Vec<Attribute> {
    let keep = |attr: &&Attribute| {
        attr.path().is_ident("deprecated")
            || attr.path().is_ident("doc") && attr.meta.require_name_value().is_ok()
    };
    attrs.iter().filter(keep).cloned().collect()
}

/// The `T` of an `Option<T>`.
pub(crate) fn option(ty: &Type) -> Option<&Type> {
    generic(ty, "Option")
}

/// The `T` of a `Name<T>`, whatever the path before `Name` is.
pub(crate) fn generic<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    match arguments(ty, name)?.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// The types in `Name<A, B>`, whatever the path before `Name` is.
pub(crate) fn arguments<'a>(ty: &'a Type, name: &str) -> Option<Vec<&'a Type>> {
    let Type::Path(path) = plain(ty) else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    if path.qself.is_some() || last.ident != name {
        return None;
    }
    let types = arguments.args.iter().map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// The name of a type without arguments, such as `i64` or `String`.
pub(crate) fn name(ty: &Type) -> Option<String> {
    let Type::Path(path) = plain(ty) else { return None };
    let last = path.path.segments.last()?;
    (path.qself.is_none() && last.arguments.is_none()).then(|| last.ident.to_string())
}

/// The type inside invisible or written parentheses, which `macro_rules` fragments bring along.
fn plain(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => plain(&group.elem),
        Type::Paren(paren) => plain(&paren.elem),
        other => other,
    }
}

/// Whether one of `idents` occurs anywhere in `tokens`.
pub(crate) fn mentions(tokens: TokenStream, idents: &[&Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => idents.iter().any(|known| **known == ident),
        TokenTree::Group(group) => mentions(group.stream(), idents),
        _ => false,
    })
}

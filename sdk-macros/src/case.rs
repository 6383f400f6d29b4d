//! Names: from Rust's case to the wire case of a provider, and from the name of a type to that of a method.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;

pub(crate) use crate::snake::snake;

/// How wire names are made from field names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Case {
    /// `InstanceIds`
    #[default]
    Pascal,
    /// `instance_ids`
    Snake,
    /// `instanceIds`
    Camel,
    /// `instanceIds`, but `Region`: the parameters of Tencent Cloud's legacy API. Its common parameters
    /// begin with a capital, and `Region` is the one that calls set.
    Legacy,
    /// `instance-ids`
    Kebab,
}

impl Case {
    /// The names of the cases, as the user writes them.
    pub(crate) const NAMES: [&str; 4] = ["PascalCase", "snake_case", "camelCase", "kebab-case"];

    /// Reads the name of a case. The names are those of serde.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "PascalCase" => Self::Pascal,
            "snake_case" => Self::Snake,
            "camelCase" => Self::Camel,
            "kebab-case" => Self::Kebab,
            _ => return None,
        })
    }

    /// The name of the case in serde's `rename_all`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Pascal => "PascalCase",
            Self::Snake => "snake_case",
            Self::Camel | Self::Legacy => "camelCase",
            Self::Kebab => "kebab-case",
        }
    }

    /// The wire name of a field. The rule is that of serde's `rename_all`.
    pub(crate) fn wire(self, field: &Ident) -> String {
        let name = field.unraw().to_string();
        match self {
            Self::Pascal => pascal(&name),
            Self::Snake => name,
            Self::Legacy if name == "region" => "Region".to_owned(),
            Self::Camel | Self::Legacy => {
                let name = pascal(&name);
                let mut chars = name.chars();
                chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
            }
            Self::Kebab => name.replace('_', "-"),
        }
    }
}

/// `instance_ids` to `InstanceIds`.
pub(crate) fn pascal(name: &str) -> String {
    let words = name.split('_').filter(|word| !word.is_empty());
    words
        .flat_map(|word| {
            let mut chars = word.chars();
            chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect::<Vec<_>>()
        })
        .collect()
}

/// An identifier for `name`, raw if it is a keyword.
pub(crate) fn ident(name: &str, span: Span) -> Ident {
    // `gen` is a keyword since edition 2024, and the parser does not know it.
    if name != "gen" && syn::parse_str::<Ident>(name).is_ok() {
        Ident::new(name, span)
    } else if matches!(name, "self" | "Self" | "super" | "crate" | "_") {
        Ident::new(&format!("{name}_"), span)
    } else {
        Ident::new_raw(name, span)
    }
}

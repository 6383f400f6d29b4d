//! The arguments of `#[cloud_model(...)]`, as they were written, and those of `#[derive(CloudModel)]` in `#[cloud(...)]`.

use proc_macro2::{Ident, TokenStream};
use syn::{LitBool, Path};

use super::action::{Provider, case_of, provider};
use super::{ModPath, default_runtime, each, once, unknown};
use crate::case::Case;
use crate::errors::Errors;

/// All keys. Messages list them.
const KEYS: [&str; 8] = ["provider", "request", "response", "json", "strict", "setters", "case", "crate"];

/// The two forms in which a model is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Form {
    /// `#[cloud_model(...)]`, with `#[param(...)]` on fields.
    #[default]
    Attribute,
    /// `#[derive(CloudModel)]`, with `#[cloud(...)]` on the item and on fields.
    Derive,
}

impl Form {
    pub(crate) fn is_attribute(self) -> bool {
        self == Self::Attribute
    }

    /// The macro's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Attribute => "cloud_model",
            Self::Derive => "CloudModel",
        }
    }

    /// The attribute of fields and variants.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Attribute => "param",
            Self::Derive => "cloud",
        }
    }

    /// The derives of a struct that the macro writes.
    pub(crate) fn written(self) -> &'static [&'static str] {
        match self {
            Self::Attribute => &["Debug", "Clone", "Serialize", "Deserialize"],
            Self::Derive => &["Debug", "Serialize", "Deserialize"],
        }
    }

    /// How arguments are written.
    pub(crate) fn example(self, arguments: &str) -> String {
        match self {
            Self::Attribute => format!("#[cloud_model({arguments})]"),
            Self::Derive => format!("#[cloud({arguments})]"),
        }
    }
}

/// Everything that is known about a model.
#[derive(Default)]
pub(crate) struct ModelArgs {
    pub(crate) form: Form,
    provider: Option<Provider>,
    case: Option<Case>,
    request: Option<Ident>,
    response: Option<Ident>,
    json: Option<Ident>,
    strict: Option<Ident>,
    /// `setters = false`
    no_setters: Option<Ident>,
    runtime: Option<Path>,
}

impl ModelArgs {
    /// Reads all keys, and checks which ones exclude each other.
    pub(crate) fn parse(form: Form, tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut args = Self { form, ..Self::default() };
        each(tokens, errors, |entry, errors| {
            let key = &entry.key;
            match key.to_string().as_str() {
                "provider" => once(&mut args.provider, key, provider(&entry)?, errors),
                "request" => once(&mut args.request, key, entry.flag().map(|()| key.clone())?, errors),
                "response" => once(&mut args.response, key, entry.flag().map(|()| key.clone())?, errors),
                "json" => once(&mut args.json, key, entry.flag().map(|()| key.clone())?, errors),
                "strict" => once(&mut args.strict, key, entry.flag().map(|()| key.clone())?, errors),
                "setters" => {
                    let setters: LitBool = entry.any("setters = false")?;
                    if setters.value {
                        let what =
                            "a model of requests has setters anyway; `setters = false` leaves them out";
                        return Err(syn::Error::new_spanned(setters, what));
                    }
                    once(&mut args.no_setters, key, key.clone(), errors);
                }
                "case" => once(&mut args.case, key, case_of(&entry)?, errors),
                "crate" => {
                    let ModPath(path) = entry.any("crate = ::cloudcall")?;
                    once(&mut args.runtime, key, path, errors);
                }
                other => return Err(syn::Error::new_spanned(key, unknown("key", other, &KEYS))),
            }
            Ok(())
        });
        if let (Some(_), Some(response)) = (&args.request, &args.response) {
            errors.at(
                response,
                "a model goes both ways when neither `request` nor `response` is given; drop both",
            );
        }
        if let (Some(_), None, Some(strict)) = (&args.request, &args.json, &args.strict) {
            errors.at(strict, "`strict` is about reading: a model of requests is only written");
        }
        args
    }

    /// Whether the provider or the case is given. Without both, the wire names of a struct would be a
    /// guess.
    pub(crate) fn has_case(&self) -> bool {
        self.provider.is_some() || self.case.is_some()
    }

    /// How wire names are made.
    pub(crate) fn case(&self) -> Case {
        let of_cloud = || match self.provider.as_ref().map(Provider::case).unwrap_or_default() {
            // The capital of `Region` is only for parameters, not for members of models.
            Case::Legacy => Case::Camel,
            case => case,
        };
        self.case.unwrap_or_else(of_cloud)
    }

    /// Whether the model is part of requests.
    pub(crate) fn is_sent(&self) -> bool {
        self.request.is_some() || self.response.is_none()
    }

    /// Whether the model is part of requests only.
    pub(crate) fn is_only_sent(&self) -> bool {
        self.request.is_some()
    }

    /// Whether the model is written: into requests, or as JSON.
    pub(crate) fn writes(&self) -> bool {
        self.is_sent() || self.json.is_some()
    }

    /// Whether the model is read: from responses, or from JSON.
    pub(crate) fn reads(&self) -> bool {
        self.response.is_some() || self.request.is_none() || self.json.is_some()
    }

    /// Whether it gets a constructor and setters, if it is part of requests.
    pub(crate) fn has_setters(&self) -> bool {
        self.no_setters.is_none()
    }

    /// Whether tolerant reading is off.
    pub(crate) fn strict(&self) -> bool {
        self.strict.is_some()
    }

    /// The path of the runtime crate.
    pub(crate) fn runtime(&self) -> Path {
        self.runtime.clone().unwrap_or_else(default_runtime)
    }
}

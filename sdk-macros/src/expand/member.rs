//! A member of a model, as all parts of the expansion read it.

use proc_macro2::Ident;
use syn::{Attribute, Type, Visibility};

use super::shape;
use crate::args::param::ParamArgs;

/// A member of a model, with what its attributes say.
pub(crate) struct Member {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) vis: Visibility,
    pub(crate) cfg: Vec<Attribute>,
    /// Doc comments and `#[deprecated]`, which the setter repeats.
    pub(crate) docs: Vec<Attribute>,
    pub(crate) param: ParamArgs,
    /// The name on the wire, with a mark if it is no member of the document.
    pub(crate) wire: String,
    /// The keys of the user's own `#[serde(...)]`.
    pub(super) own: Vec<String>,
    /// An attribute of serde may change its name or its type.
    pub(super) altered: bool,
}

impl Member {
    /// A member without attributes of serde.
    pub(super) fn new(ident: Ident, ty: Type, vis: Visibility, param: ParamArgs, wire: String) -> Self {
        Self {
            ident,
            ty,
            vis,
            cfg: Vec::new(),
            docs: Vec::new(),
            param,
            wire,
            own: Vec::new(),
            altered: false,
        }
    }

    /// Its entry in the shape.
    pub(super) fn form(&self) -> shape::Member<'_> {
        shape::Member {
            wire: &self.wire,
            ty: &self.ty,
            cfg: &self.cfg,
            default: self.param.default.is_some() || self.has(&["default"]),
            by_serde: self.param.serde.is_some(),
        }
    }

    pub(super) fn has(&self, keys: &[&str]) -> bool {
        self.own.iter().any(|own| keys.contains(&own.as_str()))
    }
}

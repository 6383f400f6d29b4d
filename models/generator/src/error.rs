//! What can be wrong with what is asked of the catalogue.

use std::fmt;

use crate::names::{list, nearest};

/// The part of a name that is unknown: what an error underlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// The cloud.
    Cloud,
    /// The product of the cloud.
    Product,
    /// The version of the product.
    Version,
    /// The action of the version.
    Action,
    /// A file of the catalogue.
    File,
}

/// Something that the catalogue does not have, or a file of it that cannot be read.
#[derive(Debug, Clone)]
pub struct Error {
    what: What,
    text: String,
}

impl Error {
    /// Which part is wrong.
    pub fn what(&self) -> What {
        self.what
    }

    /// `name` is none of `known`: the error names those that are near, or all if there are few.
    pub(crate) fn unknown(what: What, of: &str, name: &str, known: &[&str]) -> Self {
        let kind = match what {
            What::Cloud => "cloud",
            What::Product => "product",
            What::Version => "version",
            What::Action | What::File => "action",
        };
        let near = nearest(name, known);
        let hint = match near.as_slice() {
            [near] if what == What::Cloud => format!(", did you mean `{near}`? There {}", are(known)),
            _ if known.len() <= 6 => format!("; there {}", are(known)),
            [] => "; `cloudcall search` finds it by its words".to_owned(),
            near => format!(", did you mean {}?", list(near, "or")),
        };
        Self { what, text: format!("{of} has no {kind} `{name}`{hint}") }
    }

    /// The action is there, but cannot be called.
    pub(crate) fn refused(of: &str, name: &str, reason: impl fmt::Display) -> Self {
        Self { what: What::Action, text: format!("`{name}` of {of} cannot be called: {reason}") }
    }

    /// A description file of the user that cannot be used.
    pub(crate) fn own(text: String) -> Self {
        Self { what: What::File, text }
    }

    pub(crate) fn file(entry: &str, reason: impl fmt::Display) -> Self {
        let text = format!("the catalogue's file of {entry} is damaged: {reason}; install the crate anew");
        Self { what: What::File, text }
    }
}

fn are(known: &[&str]) -> String {
    match known {
        [only] => format!("is `{only}`"),
        all => format!("are {}", list(all, "and")),
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Error {}

//! Where the actions of a statement come from: the catalogue, or a description file of the user.

use std::path::{Path, PathBuf};

use cloudcall_generator::{Description, Entry, Error, What, find, names};
use proc_macro::Span;

use crate::read::{Name, Source};

/// The description files of one use of the macro.
#[derive(Default)]
pub(crate) struct Files(Vec<File>);

struct File {
    /// As the user wrote it.
    name: String,
    path: PathBuf,
    /// The index line of its description, if it has no mistake.
    entry: Option<Entry>,
    /// The description, until a module takes it.
    description: Option<Description>,
}

impl Source {
    /// The word to underline if the source as a whole is wrong.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Catalogue { product, .. } => product.span,
            Self::File(name) => name.span,
        }
    }
}

impl Files {
    /// The product-version that a statement names.
    pub(crate) fn entry(&mut self, source: &Source) -> Result<Entry, (Span, String)> {
        match source {
            Source::Catalogue { cloud, product, version } => find(&cloud.text, &product.text, &version.text)
                .map_err(|error| {
                    let span = match error.what() {
                        What::Cloud => cloud.span,
                        What::Version => version.span,
                        _ => product.span,
                    };
                    (span, error.to_string())
                }),
            Source::File(name) => self.read(name).map_err(|message| (name.span, message)),
        }
    }

    fn read(&mut self, name: &Name) -> Result<Entry, String> {
        if let Some(known) = self.0.iter().find(|file| file.name == name.text) {
            return known
                .entry
                .ok_or_else(|| format!("`{}` has a mistake; see the first use of it", name.text));
        }
        #[allow(clippy::disallowed_methods, reason = "a macro has no context: cargo tells it the folder")]
        let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
        let path = folder.join(&name.text);
        #[allow(clippy::disallowed_methods, reason = "a macro has no context: the file is source code")]
        let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&name.text, &path, &error))?;
        let (description, mistake) = match Description::from_json(&name.text, &text) {
            Ok(description) => (Some(description), String::new()),
            Err(error) => (None, error.to_string()),
        };
        let entry = description.as_ref().map(|description| *description.entry());
        // A file with a mistake is tracked as well: the next build reads it again.
        self.0.push(File { name: name.text.clone(), path, entry, description });
        entry.ok_or(mistake)
    }

    /// The description of a product-version. That of a file can be taken once.
    pub(crate) fn open(&mut self, entry: &Entry) -> Result<Description, Error> {
        let file = self.0.iter_mut().find(|file| file.entry.is_some_and(|of| is_same(&of, entry)));
        match file.and_then(|file| file.description.take()) {
            Some(description) => Ok(description),
            None => entry.open(),
        }
    }

    /// Code that makes the compiler build again when a file changes. It leaves nothing in the program.
    pub(crate) fn tracked(&self) -> String {
        let paths = self.0.iter().filter_map(|file| file.path.to_str());
        paths.map(|path| format!("const _: &[u8] = ::core::include_bytes!({path:?});\n")).collect()
    }
}

/// Why a description file cannot be read. If it is not there, with the most similar ones beside it.
fn unreadable(name: &str, path: &Path, error: &std::io::Error) -> String {
    if error.kind() != std::io::ErrorKind::NotFound {
        return format!("the description file `{name}` cannot be read: {error}");
    }
    #[allow(clippy::disallowed_methods, reason = "a macro has no context: the files are source code")]
    let beside = path.parent().and_then(|folder| std::fs::read_dir(folder).ok());
    let folder = name.rfind('/').and_then(|at| name.get(..=at)).unwrap_or_default();
    let beside = beside.into_iter().flatten().filter_map(|file| file.ok()?.file_name().into_string().ok());
    let beside: Vec<String> =
        beside.filter(|file| file.ends_with(".json")).map(|file| format!("{folder}{file}")).collect();
    let beside: Vec<&str> = beside.iter().map(String::as_str).collect();
    let hint = match names::nearest(name, &beside).as_slice() {
        [] => "; the path is relative to the folder of Cargo.toml".to_owned(),
        near => format!(", did you mean {}?", names::list(near, "or")),
    };
    format!("there is no description file `{name}`{hint}")
}

/// Whether two index lines are of one source: each file has texts of its own, and so has the catalogue.
pub(crate) fn is_same(one: &Entry, other: &Entry) -> bool {
    std::ptr::eq(one.source, other.source)
}

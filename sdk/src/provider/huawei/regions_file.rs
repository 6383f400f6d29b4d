//! The regions file, `~/.huaweicloud/regions.yaml`: `docs/sources.md`, Huawei Cloud, 4.1.
//!
//! It adds regions to the built-in ones, or replaces their endpoints. The format is that of the vendor's SDK:
//! a map from services to lists of regions.
//!
//! ```yaml
//! ECS:
//!   - id: cn-north-1
//!     endpoint: https://ecs.example.com
//!   - id: cn-north-2
//!     endpoints: [https://a.example.com, https://b.example.com]
//! ```
//!
//! - The name of a service may be in any case, the id of a region must be exact.
//! - If a region has both keys, `endpoint` comes after `endpoints`.
//! - A region without an id or without endpoints is skipped.
//! - A missing file is no error, a malformed one is.
//!
//! The YAML is read from the events of a parser into a small tree, [`Node`]. A deserializer with types would
//! turn an id such as `1e3` or `no` into a number or a flag.

use std::path::{Path, PathBuf};

use saphyr_parser::{Event, Parser};

use crate::context::Context;
use crate::credential::file;
use crate::error::Error;

/// Size limit of the file in bytes: 1 MiB. A real one has a few lines.
const SIZE_CAP: usize = 1 << 20;
/// Levels that the file may have: 16. A real one has four.
const DEPTH_CAP: usize = 16;

/// The variable with the path of the file.
const FILE_VARIABLE: &str = "HUAWEICLOUD_SDK_REGIONS_FILE";

/// One region of one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The service in lower case.
    service: String,
    /// The id of the region.
    id: String,
    /// The endpoints as they stand in the file, in order. `endpoint.rs` reads them.
    pub(super) endpoints: Vec<String>,
}

impl Entry {
    /// Whether this is the entry of a service (in lower case) in a region.
    pub(super) fn is(&self, service: &str, region: &str) -> bool {
        self.service == service && self.id == region
    }
}

/// Reads the file of `HUAWEICLOUD_SDK_REGIONS_FILE`, else `~/.huaweicloud/regions.yaml`. A missing file has
/// no entries.
///
/// # Errors
///
/// Kind `Config`, with the path and the reason, if the file cannot be read or is malformed.
pub(super) fn load(context: &Context) -> Result<Vec<Entry>, Error> {
    let named = context.env.var(FILE_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
    let Some(path) = named.or_else(|| Some(context.env.home()?.join(".huaweicloud/regions.yaml"))) else {
        return Ok(Vec::new());
    };
    match context.files.read(&path) {
        Ok(bytes) => parse(&path, &bytes),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(broken(&path, "cannot be read").with_source(error)),
    }
}

/// The error of a file that cannot be used.
fn broken(path: &Path, what: &str) -> Error {
    Error::config(format!("the regions file {} {what}", file::shown(path)))
}

/// The entries of the file, in the order of the file.
fn parse(path: &Path, bytes: &[u8]) -> Result<Vec<Entry>, Error> {
    if bytes.len() > SIZE_CAP {
        return Err(broken(path, "is larger than 1 MiB, so it is no regions file"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| broken(path, "is not UTF-8").with_source(error))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { path, parser: Parser::new_from_str(text) };
    let Node::Map(services) = reader.document()? else {
        return Err(broken(path, "is malformed: it is not a map from services to lists of regions"));
    };
    let mut entries = Vec::new();
    for (service, regions) in services {
        // The vendor's SDK skips such a service, and the user does not learn of the mistake.
        let Node::List(regions) = regions else {
            let what = format!("is malformed: `{service}` is not a list of regions");
            return Err(broken(path, &what));
        };
        for region in regions {
            let Node::Map(members) = region else {
                let what =
                    format!("is malformed: a region of `{service}` is not a map with `id` and `endpoint`");
                return Err(broken(path, &what));
            };
            let service = service.to_lowercase();
            entries.extend(entry(service, members));
        }
    }
    Ok(entries)
}

/// One region, or `None` if it has no id or no endpoints. `endpoint` comes after `endpoints`. Other keys are
/// ignored.
fn entry(service: String, members: Vec<(String, Node)>) -> Option<Entry> {
    let (mut id, mut endpoints, mut last) = (String::new(), Vec::new(), None);
    for (name, value) in members {
        match (name.as_str(), value) {
            ("id", Node::Text(text)) => id = text,
            ("endpoint", Node::Text(text)) => last = Some(text),
            ("endpoints", Node::List(list)) => {
                endpoints = list.into_iter().filter_map(Node::into_text).collect();
            }
            _ => {}
        }
    }
    endpoints.extend(last);
    endpoints.retain(|endpoint| !endpoint.trim().is_empty());
    (!id.is_empty() && !endpoints.is_empty()).then_some(Entry { service, id, endpoints })
}

/// A YAML document without anchors, tags and types: every scalar is its text.
#[derive(Debug)]
enum Node {
    /// A scalar, with or without quotes.
    Text(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the file.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// The text of a scalar. `None` for anything else.
    fn into_text(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Builds the tree from the events of the parser.
struct Reader<'a> {
    /// The path, for errors.
    path: &'a Path,
    /// The events.
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
}

impl<'a> Reader<'a> {
    /// The error of a file that is not a document of the expected shape.
    fn malformed(&self, what: &str) -> Error {
        broken(self.path, &format!("is malformed: {what}"))
    }

    /// The next event. The end of the file is an error, because the parser ends with an event of its own.
    fn next(&mut self) -> Result<Event<'a>, Error> {
        match self.parser.next() {
            Some(Ok((event, _))) => Ok(event),
            Some(Err(error)) => Err(self.malformed("it is not YAML").with_source(error)),
            None => Err(self.malformed("it ends too early")),
        }
    }

    /// Reads the whole file, which must have exactly one document.
    fn document(&mut self) -> Result<Node, Error> {
        let root = loop {
            match self.next()? {
                Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
                Event::StreamEnd => return Err(self.malformed("it is empty")),
                event => break self.node(event, 0)?,
            }
        };
        // Read to the end: the rest must be well formed, and there must not be a second document.
        loop {
            match self.next()? {
                Event::DocumentEnd | Event::Nothing => {}
                Event::StreamEnd => return Ok(root),
                _ => return Err(self.malformed("it has more than one document")),
            }
        }
    }

    /// Reads the node that begins with `event`. Aliases are refused: a few lines of them can describe a
    /// document of gigabytes.
    fn node(&mut self, event: Event<'a>, depth: usize) -> Result<Node, Error> {
        if depth > DEPTH_CAP {
            return Err(self.malformed("it nests too deep"));
        }
        match event {
            Event::Scalar(text, ..) => Ok(Node::Text(text.into_owned())),
            Event::SequenceStart(..) => {
                let mut list = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => return Ok(Node::List(list)),
                        event => list.push(self.node(event, depth + 1)?),
                    }
                }
            }
            Event::MappingStart(..) => {
                let mut members = Vec::new();
                loop {
                    let name = match self.next()? {
                        Event::MappingEnd => return Ok(Node::Map(members)),
                        Event::Scalar(name, ..) => name.into_owned(),
                        _ => return Err(self.malformed("a key is not a plain text")),
                    };
                    let event = self.next()?;
                    members.push((name, self.node(event, depth + 1)?));
                }
            }
            Event::Alias(_) => Err(self.malformed("it has an alias (`*name`): write the value out")),
            _ => Err(self.malformed("it ends too early")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Entry>, Error> {
        parse(Path::new("/r.yaml"), text.as_bytes())
    }

    #[test]
    fn flow_style_comments_and_quotes_are_read() {
        let text =
            "# mine\nECS: [{id: a-1, endpoints: ['https://x', \"y\"], endpoint: z}, {id: b-1}]\nvpc: []\n";
        let entries = read(text).unwrap();
        assert_eq!(entries.len(), 1);
        assert!(entries[0].is("ecs", "a-1"));
        assert_eq!(entries[0].endpoints, ["https://x", "y", "z"]);
    }

    #[test]
    fn a_malformed_file_is_named_with_the_reason() {
        let deep = format!("a: {}{}", "[".repeat(100), "]".repeat(100));
        for (text, reason) in [
            ("", "empty"),
            ("# only a comment\n", "empty"),
            ("- a\n", "not a map"),
            ("ECS: [\n", "not YAML"),
            ("ECS: x\n", "not a list"),
            ("ECS: [x]\n", "not a map with"),
            ("a: &x [1]\nb: *x\n", "alias"),
            ("a: []\n---\nb: []\n", "more than one"),
            (&deep, "too deep"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(reason) && error.contains("/r.yaml"), "{text:.40}: {error}");
        }
        assert!(parse(Path::new("/r"), &[0xff]).is_err());
        assert!(parse(Path::new("/r"), &vec![b' '; SIZE_CAP + 1]).is_err());
    }
}

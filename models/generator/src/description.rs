//! The records of one product-version: see `models/extract/pack.py` for the format.
//!
//! The text is kept as it is, and a record is parsed when it is asked for.

use crate::error::{Error, What};
use crate::index::Entry;

/// All that is known of one version of a product.
#[derive(Debug)]
pub struct Description {
    entry: Entry,
    text: String,
    /// Where the types begin.
    types: usize,
    /// Where it is told where the product is.
    hosts: usize,
}

/// One action.
#[derive(Debug, Clone, Copy)]
pub struct Action<'a> {
    /// On the wire and in Rust.
    pub name: &'a str,
    /// The HTTP method.
    pub method: &'a str,
    /// The path's template.
    pub path: &'a str,
    /// The type of the parameters; empty when there are none.
    pub input: &'a str,
    /// The type of the answer; empty when nothing is said of it.
    pub output: &'a str,
    facts: &'a str,
}

impl<'a> Action<'a> {
    /// A fact such as `content` or `host`.
    pub fn fact(&self, key: &str) -> Option<&'a str> {
        self.facts.split('\t').find_map(|fact| fact.strip_prefix(key)?.strip_prefix('='))
    }

    /// All facts.
    pub(crate) fn facts(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.facts.split('\t').filter_map(|fact| fact.split_once('='))
    }
}

/// One type.
#[derive(Debug)]
pub enum Type<'a> {
    /// A structure.
    Struct(Vec<Field<'a>>),
    /// An enumeration, which the vendor may extend.
    Enum(Vec<&'a str>),
    /// What it is depends on its value.
    Any,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParamLocation {
    /// Where the cloud puts parameters.
    Auto,
    /// The query.
    Query,
    /// The path.
    Path,
    /// A header.
    Header,
    /// The body, or a member of it.
    Body,
    /// In front of the host.
    Host,
    /// The body as a whole.
    Whole,
    /// The body as bytes.
    Stream,
}

/// A field of a structure.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    /// The name on the wire.
    pub wire: &'a str,
    /// The name that is unique in the type, mostly that on the wire.
    pub key: &'a str,
    /// A type expression, such as `[]#Tag`.
    pub ty: &'a str,
    /// The call fails without it.
    pub required: bool,
    /// The vendor has switched it off.
    pub disabled: bool,
    /// A secret.
    pub sensitive: bool,
    /// Where it goes.
    pub place: ParamLocation,
    /// How a list is written.
    pub list: Option<&'a str>,
    /// Bounds and values that the vendor names, each as `key=value`, with commas between.
    pub(crate) hints: &'a str,
}

impl<'a> Field<'a> {
    fn read(column: &'a str) -> Option<Self> {
        let (head, wire) = column.split_once(' ')?;
        let (ty, marks) = head.split_once(':')?;
        let mut marks = marks.split(',');
        let flags = marks.next()?;
        let mut field = Self {
            wire,
            key: wire,
            ty,
            required: flags.contains('r'),
            disabled: flags.contains('d'),
            sensitive: flags.contains('s'),
            place: ParamLocation::Auto,
            list: None,
            hints: head.split_once(',').map_or("", |(_, marks)| marks),
        };
        for flag in flags.chars() {
            field.place = match flag {
                'q' => ParamLocation::Query,
                'p' => ParamLocation::Path,
                'h' => ParamLocation::Header,
                'b' | 'f' => ParamLocation::Body,
                'o' => ParamLocation::Host,
                'w' => ParamLocation::Whole,
                't' => ParamLocation::Stream,
                _ => continue,
            };
        }
        for mark in marks {
            match mark.split_once('=')? {
                ("list", list) => field.list = Some(list),
                ("key", key) => field.key = key,
                ("min" | "max" | "min_len" | "max_len" | "default" | "unit" | "deprecated" | "values", _) => {
                }
                _ => return None,
            }
        }
        Some(field)
    }

    /// All marks of the field, those that are no hints among them.
    pub(crate) fn all_hints(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.hints.split(',').filter_map(|hint| hint.split_once('='))
    }

    /// What the vendor says of the value: `min`, `max`, `min_len` and `max_len` of texts and lists, `default`, `unit`,
    /// `deprecated`, and the `values`, with `|` between. These are hints: the service decides.
    pub fn hint(&self, key: &str) -> Option<&'a str> {
        self.hints.split(',').find_map(|hint| hint.strip_prefix(key)?.strip_prefix('='))
    }
}

impl Entry {
    /// Reads its file.
    ///
    /// # Errors
    ///
    /// If the file of this build is damaged.
    pub fn open(&self) -> Result<Description, Error> {
        Description::new(*self, self.text()?)
    }
}

impl Description {
    pub(crate) fn new(entry: Entry, text: String) -> Result<Self, Error> {
        let types = text
            .find("\n\n")
            .map(|at| at + 2)
            .ok_or_else(|| Error::file(&entry.to_string(), "it has no types"))?;
        let end = text.get(types..).and_then(|rest| rest.find("\n\n")).map(|at| types + at + 2);
        let hosts = end.unwrap_or(text.len());
        Ok(Self { entry, text, types, hosts })
    }

    /// Its line of the index.
    pub fn entry(&self) -> &Entry {
        &self.entry
    }

    /// All actions by name.
    pub fn actions(&self) -> impl Iterator<Item = Action<'_>> {
        self.action_lines().lines().filter_map(action)
    }

    /// The names of all types.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        self.type_lines().lines().filter_map(|line| line.split('\t').next())
    }

    /// The action of this name.
    ///
    /// # Errors
    ///
    /// If there is none: with the names that are near.
    pub fn action(&self, name: &str) -> Result<Action<'_>, Error> {
        find(self.action_lines(), name).and_then(action).ok_or_else(|| {
            let known: Vec<&str> = self.actions().map(|action| action.name).collect();
            Error::unknown(What::Action, &self.entry.to_string(), name, &known)
        })
    }

    /// Whether there is an action of this name.
    pub(crate) fn has_action(&self, name: &str) -> bool {
        find(self.action_lines(), name).is_some()
    }

    /// Whether there is a type of this name.
    pub(crate) fn has_type(&self, name: &str) -> bool {
        find(self.type_lines(), name).is_some()
    }

    /// The type of this name.
    ///
    /// # Errors
    ///
    /// If there is none, or its record cannot be read: the file is damaged.
    pub fn ty(&self, name: &str) -> Result<Type<'_>, Error> {
        let bad = |why: &str| Error::file(&self.entry.to_string(), format!("{why} of the type `{name}`"));
        let line = find(self.type_lines(), name).ok_or_else(|| bad("there is no record"))?;
        let mut columns = line.split('\t').skip(1);
        match columns.next() {
            Some("s") => columns
                .map(Field::read)
                .collect::<Option<Vec<_>>>()
                .map(Type::Struct)
                .ok_or_else(|| bad("a field is not readable")),
            Some("e") => Ok(Type::Enum(columns.collect())),
            Some("p") => Ok(Type::Any),
            _ => Err(bad("the kind is unknown")),
        }
    }

    fn action_lines(&self) -> &str {
        self.text.get(..self.types).unwrap_or_default().trim_end_matches('\n')
    }

    fn type_lines(&self) -> &str {
        self.text.get(self.types..self.hosts).unwrap_or_default().trim_end_matches('\n')
    }

    /// All records.
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn host_lines(&self) -> &str {
        self.text.get(self.hosts..).unwrap_or_default()
    }
}

fn action(line: &str) -> Option<Action<'_>> {
    let mut columns = line.splitn(6, '\t');
    Some(Action {
        name: columns.next()?,
        method: columns.next()?,
        path: columns.next()?,
        input: columns.next()?,
        output: columns.next()?,
        facts: columns.next().unwrap_or_default(),
    })
}

/// The line that begins with `name`, in lines sorted by name: a binary search, so that the text is not read as a whole.
fn find<'a>(lines: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = lines;
    while !rest.is_empty() {
        let middle = (0..=rest.len() / 2).rev().find(|at| rest.is_char_boundary(*at))?;
        let start = rest.get(..middle)?.rfind('\n').map_or(0, |at| at + 1);
        let line = rest.get(start..)?.lines().next().unwrap_or_default();
        match name.cmp(line.split('\t').next().unwrap_or_default()) {
            std::cmp::Ordering::Equal => return Some(line),
            std::cmp::Ordering::Less => rest = rest.get(..start)?,
            std::cmp::Ordering::Greater => rest = rest.get(start + line.len() + 1..).unwrap_or_default(),
        }
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "tests")]
mod tests {
    use super::*;
    use crate::{Emitter, Hosts, find as entry};

    fn text_of(entry: &Entry) -> String {
        entry.open().unwrap().text
    }

    /// Everything that is made of a description.
    fn all(description: &Description) -> Result<String, Error> {
        Hosts::of(description)?;
        let names: Vec<&str> = description.actions().map(|action| action.name).collect();
        Emitter::new(description, "::cloudcall").code(&names)
    }

    #[test]
    fn a_description_that_is_cut_off_is_an_error_or_a_smaller_one() {
        let entry = entry("alibaba", "sts", "2015-04-01").unwrap();
        let text = text_of(&entry);
        let whole = all(&Description::new(entry, text.clone()).unwrap()).unwrap();
        let mut errors = 0;
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            match Description::new(entry, text[..end].to_owned()).and_then(|cut| all(&cut)) {
                Ok(code) => assert!(code.len() <= whole.len(), "{end}"),
                Err(error) => {
                    let message = error.to_string();
                    assert_eq!(error.what(), What::File, "{end}: {message}");
                    assert!(message.contains("alibaba sts 2015-04-01 is damaged"), "{end}: {message}");
                    errors += 1;
                }
            }
        }
        // What is lost at the end is hosts, which nothing misses.
        assert!(errors * 10 > text.len() * 7, "{errors} of {}", text.len());
    }

    #[test]
    fn letters_that_are_wrong_break_no_rule_of_ours() {
        let entry = entry("alibaba", "sts", "2015-04-01").unwrap();
        let text = text_of(&entry);
        for at in (0..text.len()).step_by(41) {
            for wrong in ["\t", "\n", ":", ",", " ", "#", "[", "=", "x"] {
                let text = format!("{}{wrong}{}", &text[..at], &text[at + 1..]);
                if let Err(error) = Description::new(entry, text).and_then(|odd| all(&odd)) {
                    assert!(matches!(error.what(), What::File | What::Action), "{error}");
                }
            }
        }
    }

    /// An action, its builder and its trait have names; so has each type.
    fn rust_names(description: &Description) -> Vec<String> {
        let emitter = Emitter::new(description, "::cloudcall");
        let of = |action: Action<'_>| ["", "Ext", "Builder"].map(|end| format!("{}{end}", action.name));
        let mut names: Vec<String> = description.actions().flat_map(of).collect();
        names.extend(description.types().map(|name| emitter.type_name(name)));
        names
    }

    #[test]
    fn no_two_names_of_a_product_are_the_same() {
        for entry in crate::entries() {
            let mut names = rust_names(&entry.open().unwrap());
            names.sort();
            let twice: Vec<_> =
                names.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
            assert!(twice.is_empty(), "{entry}: {twice:?}");
        }
    }

    #[test]
    fn a_type_that_is_called_like_an_action_gets_a_name_that_is_free() {
        let entry = entry("alibaba", "sts", "2015-04-01").unwrap();
        let actions = "Go\tPOST\t/\t\t#Go\nStop\tPOST\t/\t\t#Stop\nStopModel\tPOST\t/\t\t#Stop";
        let types = "Go\ts\ti64: A\nGoExt\ts\nGoModel\ts\nStop\ts";
        let description = Description::new(entry, format!("{actions}\n\n{types}")).unwrap();
        let emitter = Emitter::new(&description, "::cloudcall");
        let names = ["Go", "GoExt", "GoModel", "Stop"].map(|name| emitter.type_name(name));
        assert_eq!(names, ["GoModel_", "GoExtModel", "GoModel", "StopModel_"]);
        let code = emitter.code(&["Go"]).unwrap();
        assert!(code.contains("pub struct Go {") && code.contains("response = GoModel_"), "{code}");
    }
}

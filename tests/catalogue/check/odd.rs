//! Replaces one member of a response by an odd value, for every response type: reading it is not an error, and all other
//! members are read.
//!
//! The expected value of the member is decided here a second time, independently of the code under test. The response is also
//! written as it would be without the odd value; both texts must read as the same value.

use cloudcall::__private::tolerant::Form;
use cloudcall::action::ActionInfo;

use super::{Action, Compiled};

/// Values that services send in place of the declared type.
const ODD: [&str; 22] = [
    "null",
    "\"\"",
    "\"  \"",
    "\"N/A\"",
    "\"7\"",
    "7",
    "0",
    "1.0",
    "1e3",
    "1.5",
    "2.14E-4",
    "9223372036854775808",
    "12345678901234567890123",
    "1e400",
    "true",
    "[]",
    "{}",
    "[null]",
    "[{}]",
    "{\"Zz\":1}",
    "{\"Zz\":[]}",
    "\"a\\ud83d\"",
];

/// The number of members of one response that are replaced. Of a larger response, a seeded choice is replaced.
const MEMBERS: usize = 40;
/// The number of odd values that each of these members gets.
const VALUES: usize = 3;
/// The depth to which models are filled. Some models contain themselves.
const DEPTH: usize = 5;

/// A response that fits its type.
struct Doc {
    form: Form,
    /// Whether the object or list around it may leave it out.
    optional: bool,
    kind: Kind,
}

enum Kind {
    Leaf(String),
    List(Vec<Doc>),
    Object(Vec<(String, Doc)>),
}

/// The value that an odd value must read as.
enum Wanted {
    /// The same as a missing member.
    Gone,
    /// This value.
    Text(String),
    /// Not known to this test.
    Skip,
}

use Wanted::{Gone, Skip, Text};

struct Filler {
    leaves: usize,
}

impl Filler {
    fn doc(&mut self, form: Form, depth: usize) -> Option<Doc> {
        let kind = match form {
            Form::Same => return None,
            Form::Opt(inner) => {
                let doc = self.doc(*inner, depth)?;
                return Some(Doc { optional: true, ..doc });
            }
            Form::Text => Kind::Leaf(format!("\"t{}x\"", self.leaf())),
            // Small enough for any integer type.
            Form::Int(..) => Kind::Leaf((self.leaf() % 100).to_string()),
            Form::Float => Kind::Leaf(format!("{}.25", self.leaf())),
            Form::Flag => Kind::Leaf("true".into()),
            Form::List(inner) => {
                let items = [self.element(*inner, depth), self.element(*inner, depth)];
                Kind::List(items.into_iter().flatten().collect())
            }
            Form::Map(inner) => Kind::Object(
                self.element(*inner, depth).map(|doc| ("Kk".to_owned(), doc)).into_iter().collect(),
            ),
            Form::Model(model) => {
                let members = model.names.iter().zip((model.members)());
                let members = members.filter(|(name, _)| depth > 0 && !name.contains(':'));
                let docs = members
                    .filter_map(|(name, form)| Some(((*name).to_owned(), self.doc(*form, depth - 1)?)));
                Kind::Object(docs.collect())
            }
        };
        Some(Doc { form, optional: false, kind })
    }

    /// An element can always be left out.
    fn element(&mut self, form: Form, depth: usize) -> Option<Doc> {
        let doc = self.doc(form, depth)?;
        Some(Doc { form, optional: true, ..doc })
    }

    fn leaf(&mut self) -> usize {
        self.leaves += 1;
        self.leaves
    }
}

impl Doc {
    /// Writes the document, with the value at `path` removed or replaced by a text.
    fn write(&self, path: Option<&[usize]>, with: Option<&str>, out: &mut String) {
        match &self.kind {
            Kind::Leaf(text) => out.push_str(text),
            Kind::List(items) => {
                out.push('[');
                let members = items.iter().map(|item| (None, item));
                write_all(members, path, with, out);
                out.push(']');
            }
            Kind::Object(members) => {
                out.push('{');
                let members = members.iter().map(|(name, doc)| (Some(name.as_str()), doc));
                write_all(members, path, with, out);
                out.push('}');
            }
        }
    }

    fn paths(&self, here: &mut Vec<usize>, found: &mut Vec<(Vec<usize>, Form, bool)>) {
        let children: Vec<&Doc> = match &self.kind {
            Kind::Leaf(_) => Vec::new(),
            Kind::List(items) => items.iter().collect(),
            Kind::Object(members) => members.iter().map(|(_, doc)| doc).collect(),
        };
        for (at, child) in children.into_iter().enumerate() {
            here.push(at);
            // A list that loses its only element, and an element that is optional itself, read as `null`. Other tests cover them.
            let in_list = matches!(self.kind, Kind::List(_));
            if !(in_list && matches!(child.form, Form::Opt(_))) {
                found.push((here.clone(), child.form, child.optional));
            }
            child.paths(here, found);
            here.pop();
        }
    }
}

fn write_all<'a>(
    members: impl Iterator<Item = (Option<&'a str>, &'a Doc)>,
    path: Option<&[usize]>,
    with: Option<&str>,
    out: &mut String,
) {
    let mut first = true;
    for (at, (name, doc)) in members.enumerate() {
        let below = path.filter(|path| path.first() == Some(&at)).map(|path| &path[1..]);
        let replaced = below.is_some_and(<[usize]>::is_empty);
        if replaced && with.is_none() {
            continue;
        }
        if !std::mem::take(&mut first) {
            out.push(',');
        }
        if let Some(name) = name {
            out.push_str(&format!("{}:", cloudcall::json::Value::from(name)));
        }
        match with.filter(|_| replaced) {
            Some(text) => out.push_str(text),
            None => doc.write(below, with, out),
        }
    }
}

/// The table of `docs/responses.md`.
fn wanted(form: Form, odd: &str) -> Wanted {
    let is_text = odd.starts_with('"');
    let blank = is_text && odd.trim_matches('"').trim().is_empty();
    if odd == "null" {
        return Gone;
    }
    match form {
        Form::Same => Skip,
        Form::Opt(inner) => wanted(*inner, odd),
        Form::Text if odd.contains("\\ud83d") => Text(odd.replace("\\ud83d", "\u{fffd}")),
        Form::Text if is_text => Text(odd.into()),
        Form::Text => Text(cloudcall::json::Value::from(odd).to_string()),
        Form::Int(signed, bits) => match odd {
            "7" | "\"7\"" => Text("7".into()),
            "1" => Text("1".into()),
            "0" => Text("0".into()),
            "1.0" => Text("1".into()),
            "1e3" if bits > 8 => Text("1000".into()),
            "9223372036854775808" if bits > 64 || (bits == 64 && !signed) => Text(odd.into()),
            "12345678901234567890123" if bits > 64 => Text(odd.into()),
            _ => Gone,
        },
        Form::Float => match odd {
            "\"7\"" => Text("7".into()),
            "1e400" => Gone,
            _ if odd.starts_with(|c: char| c.is_ascii_digit()) => Text(odd.into()),
            _ => Gone,
        },
        Form::Flag => match odd {
            "true" | "1.0" | "1" => Text("true".into()),
            "0" => Text("false".into()),
            _ => Gone,
        },
        Form::List(inner) => list(*inner, odd, blank),
        Form::Map(inner) => match odd {
            "{}" => Text("{}".into()),
            "{\"Zz\":1}" => entry(*inner, "1"),
            "{\"Zz\":[]}" => entry(*inner, "[]"),
            _ => Gone,
        },
        Form::Model(_) => match odd {
            "{}" | "[{}]" | "{\"Zz\":1}" | "{\"Zz\":[]}" => Text("{}".into()),
            _ => Gone,
        },
    }
}

fn entry(inner: Form, odd: &str) -> Wanted {
    match wanted(inner, odd) {
        Text(text) => Text(format!("{{\"Zz\":{text}}}")),
        Gone => Text("{}".into()),
        Skip => Skip,
    }
}

fn list(inner: Form, odd: &str, blank: bool) -> Wanted {
    if let Form::Same | Form::Opt(_) = inner {
        return Skip;
    }
    let scalar = matches!(inner, Form::Text | Form::Int(..) | Form::Float | Form::Flag);
    let one = |odd: &str| match wanted(inner, odd) {
        Text(text) => Text(format!("[{text}]")),
        Gone => Text("[]".into()),
        Skip => Skip,
    };
    match odd {
        "[]" | "{}" | "[null]" | "{\"Zz\":[]}" => Text("[]".into()),
        "[{}]" => one("{}"),
        "{\"Zz\":1}" if scalar => one("1"),
        "{\"Zz\":1}" if matches!(inner, Form::Map(_)) => one(odd),
        "{\"Zz\":1}" => Gone,
        _ if blank => Gone,
        _ if scalar => one(odd),
        _ => Gone,
    }
}

/// Pseudo-random numbers that are the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        // Marsaglia's xorshift.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// The numbers of values that were tried.
#[derive(Debug, Default)]
struct Tried {
    types: usize,
    values: usize,
    leaves: usize,
    seen: usize,
}

/// A test for each share of the actions, so that several cores work.
macro_rules! no_odd_member_costs_the_rest {
    ($($name:ident $share:literal),+; of $shares:literal) => {
        mod no_odd_member_costs_the_rest {
            $(#[test]
            fn $name() {
                crate::check::odd::try_actions(crate::ALL, $share, $shares);
            })+

            #[test]
            fn all_shares_are_tried() {
                assert_eq!([$($share),+].to_vec(), (0..$shares).collect::<Vec<usize>>());
            }
        }
    };
}
pub(crate) use no_odd_member_costs_the_rest;

/// Tries every action of a share. `types` is how many responses have members.
pub(crate) fn try_actions(compiled: &[Compiled], share: usize, shares: usize) {
    let mut tried = Tried::default();
    let mut chance = Chance(0x5eed_0001 + share as u64);
    let all = compiled.iter().flat_map(|(_, actions)| *actions);
    let mut actions = 0;
    for (_, action) in all.enumerate().filter(|(at, _)| at % shares == share) {
        try_action(action, &mut chance, &mut tried);
        actions += 1;
    }
    println!("{tried:?}");
    assert!(
        tried.types * 10 >= actions * 3 && tried.values >= tried.types * 4,
        "{tried:?} of {actions} actions"
    );
    // Most values must be visible in the result. Some are masked, and integers repeat.
    assert!(tried.seen * 10 >= tried.leaves * 8, "{tried:?}");
}

fn try_action(action: &Action, chance: &mut Chance, tried: &mut Tried) {
    let mut filler = Filler { leaves: 0 };
    let Some(doc) = filler.doc(response(action.info), DEPTH) else { return };
    let mut paths = Vec::new();
    doc.paths(&mut Vec::new(), &mut paths);
    if paths.is_empty() {
        return;
    }
    tried.types += 1;
    let read = |path: Option<&[usize]>, with: Option<&str>| {
        let mut text = String::new();
        doc.write(path, with, &mut text);
        let body = if (action.wrapped)() { format!("{{\"Response\":{text}}}") } else { text };
        match (action.read)(&body) {
            Ok(shown) => shown,
            Err(error) => panic!("{}: {body}: {error}", action.info.name()),
        }
    };
    let (whole, warnings) = read(None, Some(""));
    assert_eq!(warnings, 0, "{}: what fits has no warnings", action.info.name());
    tried.leaves += filler.leaves;
    tried.seen += (1..=filler.leaves)
        .filter(|leaf| {
            whole.contains(&format!("\"t{leaf}x\""))
                || whole.contains(&format!("{leaf}.25"))
                || whole.contains(&format!("({})", leaf % 100))
        })
        .count();
    while paths.len() > MEMBERS {
        paths.swap_remove(chance.below(paths.len()));
    }
    for (path, form, optional) in &paths {
        assert!(optional, "{}: a member of the catalogue need not be there", action.info.name());
        for _ in 0..VALUES {
            let odd = ODD[chance.below(ODD.len())];
            let expected = match wanted(*form, odd) {
                Skip => continue,
                Gone => read(Some(path), None).0,
                Text(text) => read(Some(path), Some(&text)).0,
            };
            let (found, _) = read(Some(path), Some(odd));
            assert_eq!(found, expected, "{}: {odd} at {path:?}, {form:?}", action.info.name());
            tried.values += 1;
        }
    }
}

/// The form of the document of a response.
fn response(info: &ActionInfo) -> Form {
    let form = info.shape().form();
    let Form::Model(model) = form else { return form };
    let whole = model.names.iter().position(|name| *name == "body:whole");
    whole.map_or(form, |at| (model.members)()[at])
}

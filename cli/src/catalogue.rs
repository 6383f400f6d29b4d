//! Finds actions of the catalogue, and writes the code that `cloudcall_models::actions!` makes of them.

use std::fmt::Write as _;

use clap::Args;
use cloudcall_generator::{Description, Emitter, LINTS, Names, What, entries, find, sheet};

use crate::actions;
use crate::exit::{Failure, REFUSED, Result, note, print};

/// How many actions a search prints unless all are wanted: a screen.
const SCREEN: usize = 40;

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Print all actions that were found, not the best 40.
    #[arg(long)]
    all: bool,
    /// Words of the cloud, the product and the action, in any order.
    #[arg(required = true)]
    words: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// The cloud: tencent, huawei, alibaba or volcengine.
    cloud: Option<String>,
    /// The product, such as cvm; its actions are listed.
    product: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The cloud: tencent, huawei, alibaba or volcengine. Or the word `file`.
    cloud: String,
    /// The product, such as cvm. After `file`, the path of a description file.
    product: String,
    /// The version, such as 2017-03-12; left out for the main one. After `file`, the action.
    version: String,
    /// The action, such as DescribeZones.
    action: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Emit {
    /// The cloud: tencent, huawei, alibaba or volcengine. Or the word `file`.
    cloud: String,
    /// The product, such as cvm. After `file`, the path of a description file.
    product: String,
    /// The version, such as 2017-03-12; left out for the main one. After `file`, the first action.
    version: String,
    /// The actions; `*` for all.
    actions: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Describe {
    /// The cloud: tencent, huawei, alibaba or volcengine.
    cloud: String,
    /// The product, such as cvm.
    product: String,
    /// The version, such as 2017-03-12.
    version: String,
}

/// Prints the best of what has all the words.
pub(crate) fn search(args: &Search) -> Result<()> {
    let names = Names::open()?;
    // An argument in quotes has several words.
    let words: Vec<&str> = args.words.iter().flat_map(|word| word.split_whitespace()).collect();
    let found = names.search(&words);
    if found.is_empty() {
        let message =
            "nothing found: write what the action does, such as `describe instances`; try fewer words";
        return Err(Failure::new(REFUSED, message));
    }
    let most = if args.all { usize::MAX } else { SCREEN };
    let mut out = String::new();
    for found in found.iter().take(most) {
        let _ = writeln!(out, "{} {}", found.entry, found.name);
    }
    if found.len() > most {
        let _ = writeln!(out, "... and {} more: add a word, or --all", found.len() - most);
    }
    print(&out)
}

/// Prints products, or the actions of one.
pub(crate) fn list(args: &List) -> Result<()> {
    let mut out = String::new();
    match (&args.cloud, &args.product) {
        (Some(cloud), Some(product)) => {
            known(cloud, product, What::Version)?;
            for entry in entries().filter(|entry| entry.cloud == cloud && entry.product == product) {
                for action in entry.open()?.actions() {
                    let (name, method, path) = (action.name, action.method, action.path);
                    let _ = writeln!(out, "{entry} {name:<48} {method:<6} {path}");
                }
            }
        }
        (cloud, _) => {
            if let Some(cloud) = cloud {
                known(cloud, "", What::Product)?;
            }
            for entry in entries().filter(|entry| cloud.as_ref().is_none_or(|cloud| entry.cloud == cloud)) {
                let name = entry.to_string();
                let (actions, types, source) = (entry.actions, entry.types, entry.source);
                let _ = writeln!(out, "{name:<50} {actions:>5} actions {types:>6} types   {source}");
            }
        }
    }
    print(&out)
}

/// An error unless all names up to `unknown`, which was not given, are in the catalogue.
fn known(cloud: &str, product: &str, unknown: What) -> Result<()> {
    match find(cloud, product, "") {
        Err(error) if error.what() != unknown => Err(error.into()),
        _ => Ok(()),
    }
}

/// Prints what to know of one action, and its code. The sheet is a comment, so that all of it is Rust.
pub(crate) fn show(args: &Show) -> Result<()> {
    let given: Vec<&str> = args.action.iter().map(String::as_str).collect();
    let (description, names) = described(&args.cloud, &args.product, &args.version, given)?;
    let [name] = names[..] else { return Err(Failure::usage("usage: `show` takes one action")) };
    let action = description.callable_action(name)?;
    let sheet = sheet(&Emitter::new(&description, "::cloudcall"), &action)?;
    let mut out = String::new();
    for line in sheet.lines() {
        let _ = writeln!(out, "{}", format!("// {line}").trim_end());
    }
    print(&out)?;
    code(&description, &[name])
}

/// Prints the code of actions.
pub(crate) fn emit(args: &Emit) -> Result<()> {
    let given = args.actions.iter().map(String::as_str).collect();
    let (description, names) = described(&args.cloud, &args.product, &args.version, given)?;
    code(&description, &names)
}

/// The description that the first words name, and the actions. After `file` and a path, all words are actions.
fn described<'w>(
    cloud: &str,
    product: &str,
    version: &'w str,
    mut names: Vec<&'w str>,
) -> Result<(Description, Vec<&'w str>)> {
    if cloud == actions::FILE {
        names.insert(0, version);
        return Ok((actions::own(product)?, names));
    }
    // A wrong name tells more than a missing action.
    let entry = match find(cloud, product, version) {
        Ok(entry) => entry,
        // As in a typed call, the version may be left out.
        Err(error) if error.what() == What::Version && !looks_like_version(version) => {
            names.insert(0, version);
            return Ok((actions::resolve(cloud, product, None, version)?, names));
        }
        Err(error) => return Err(error.into()),
    };
    match names.is_empty() {
        true => Err(Failure::usage("usage: the action is missing: CLOUD PRODUCT VERSION ACTION")),
        false => Ok((entry.open()?, names)),
    }
}

/// Whether a word is meant as a version, such as `2017-03-12` or `v3`, and not as an action.
fn looks_like_version(word: &str) -> bool {
    word.trim_start_matches('v').starts_with(|first: char| first.is_ascii_digit())
}

/// Prints the description file of a product-version, to change it or to begin one's own with.
pub(crate) fn describe(args: &Describe) -> Result<()> {
    print(&find(&args.cloud, &args.product, &args.version)?.open()?.to_json()?)
}

fn code(description: &Description, actions: &[&str]) -> Result<()> {
    let entry = description.entry();
    let names: Vec<&str> = match actions {
        ["*"] => description.callable()?,
        named => named.to_vec(),
    };
    let code = Emitter::new(description, "::cloudcall").code(&names)?;
    let left_out = entry.actions - description.callable()?.len();
    let left_out = match actions {
        ["*"] if left_out > 0 => format!("// {left_out} actions cannot be called and are left out.\n"),
        _ => String::new(),
    };
    print(&format!("// {entry}, from {}.\n{left_out}#![allow({LINTS})]\n\n{}", entry.source, code.trim_end()))
}

#[derive(Debug, Args)]
pub(crate) struct Skeleton {
    /// The cloud: tencent, huawei, alibaba or volcengine; or `file`.
    cloud: String,
    /// The product, such as cvm; or the path of a description file.
    product: String,
    /// The action, such as RunInstances.
    action: String,
    /// The API version. Default: the main one.
    #[arg(long)]
    version: Option<String>,
    /// Leave out what the call can do without.
    #[arg(long)]
    required: bool,
}

/// Prints an example input, which `--params` takes.
pub(crate) fn skeleton(args: &Skeleton) -> Result<()> {
    let description = actions::resolve(&args.cloud, &args.product, args.version.as_deref(), &args.action)?;
    let action = description.action(actions::action_name(&description, &args.action)?)?;
    let facts = Emitter::new(&description, "::cloudcall").call(&action)?;
    let text = actions::skeleton(&description, &facts, args.required)?;
    if args.required && text == "{}" {
        let name = action.name;
        note(format_args!(
            "the catalogue knows no required parameter of {name}; without --required, all are printed"
        ));
    }
    print(&text)
}

//! Finds actions of the catalogue, and writes the code that `cloudcall_models::actions!` makes of them.

use std::fmt::Write as _;

use clap::Args;
use cloudcall_generator::{Emitter, Entry, LINTS, Names, What, entries, find, sheet};

use crate::actions;
use crate::exit::{Failure, REFUSED, Result, print};

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
    /// The cloud: tencent, huawei, alibaba or volcengine.
    cloud: String,
    /// The product, such as cvm.
    product: String,
    /// The version, such as 2017-03-12.
    version: String,
    /// The action, such as DescribeZones.
    action: String,
}

#[derive(Debug, Args)]
pub(crate) struct Emit {
    /// The cloud: tencent, huawei, alibaba or volcengine.
    cloud: String,
    /// The product, such as cvm.
    product: String,
    /// The version, such as 2017-03-12.
    version: String,
    /// The actions; `*` for all.
    #[arg(required = true)]
    actions: Vec<String>,
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
        return Err(Failure { code: REFUSED, message: message.to_owned() });
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
    let entry = find(&args.cloud, &args.product, &args.version)?;
    let description = entry.open()?;
    let action = description.callable_action(&args.action)?;
    let sheet = sheet(&Emitter::new(&description, "::cloudcall"), &action)?;
    let mut out = String::new();
    for line in sheet.lines() {
        let _ = writeln!(out, "{}", format!("// {line}").trim_end());
    }
    print(&out)?;
    code(entry, &[&args.action])
}

/// Prints the code of actions.
pub(crate) fn emit(args: &Emit) -> Result<()> {
    let actions: Vec<&str> = args.actions.iter().map(String::as_str).collect();
    code(find(&args.cloud, &args.product, &args.version)?, &actions)
}

fn code(entry: Entry, actions: &[&str]) -> Result<()> {
    let description = entry.open()?;
    let names: Vec<&str> = match actions {
        ["*"] => description.callable()?,
        named => named.to_vec(),
    };
    let code = Emitter::new(&description, "::cloudcall").code(&names)?;
    let left_out = entry.actions - description.callable()?.len();
    let left_out = match actions {
        ["*"] if left_out > 0 => format!("// {left_out} actions cannot be called and are left out.\n"),
        _ => String::new(),
    };
    print(&format!("// {entry}, from {}.\n{left_out}#![allow({LINTS})]\n\n{}", entry.source, code.trim_end()))
}

#[derive(Debug, Args)]
pub(crate) struct Skeleton {
    /// The cloud: tencent, huawei, alibaba or volcengine.
    cloud: String,
    /// The product, such as cvm.
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
    print(&actions::skeleton(&description, &facts, args.required)?)
}

//! What the program `catalogue` does.

use std::error::Error;
use std::io::Write;

use cloudcall_generator::{Emitter, Entry, LINTS, Names, What, entries, find};

const USAGE: &str = "\
usage: catalogue search [--all] WORDS...            actions whose cloud, product and name have all the words
       catalogue list [CLOUD [PRODUCT]]             products, or the actions of one
       catalogue show CLOUD PRODUCT VERSION ACTION  the code that `actions!` makes of an action
       catalogue emit CLOUD PRODUCT VERSION ACTION...
                                                    the code of these actions as a file, which needs only the crate
                                                    cloudcall; '*' for all actions

The catalogue has the actions of tencent, huawei, alibaba and volcengine. Names are as the vendors write them: English
words.";

/// How many actions a search prints unless all are wanted: a screen.
const SCREEN: usize = 40;

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    Found,
    Nothing,
}

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Runs one command; what it prints goes to `out`.
pub fn run(args: &[String], out: &mut impl Write) -> Result<Done> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    if args.iter().any(|arg| matches!(*arg, "-h" | "--help")) {
        writeln!(out, "{USAGE}")?;
        return Ok(Done::Found);
    }
    match args.as_slice() {
        ["search", "--all", words @ ..] if !words.is_empty() => search(words, usize::MAX, out),
        ["search", words @ ..] if !matches!(words, [] | ["--all"]) => search(words, SCREEN, out),
        ["list"] => list(None, out),
        ["list", cloud] => list(Some(cloud), out),
        ["list", cloud, product] => actions(cloud, product, out),
        ["show", cloud, product, version, action] => emit(find(cloud, product, version)?, &[action], out),
        ["emit", cloud, product, version, actions @ ..] if !actions.is_empty() => {
            emit(find(cloud, product, version)?, actions, out)
        }
        _ => Err(USAGE.into()),
    }
}

/// Prints the best of what has all the words.
fn search(words: &[&str], most: usize, out: &mut impl Write) -> Result<Done> {
    let names = Names::open()?;
    // An argument in quotes has several words.
    let words: Vec<&str> = words.iter().flat_map(|word| word.split_whitespace()).collect();
    let found = names.search(&words);
    for found in found.iter().take(most) {
        writeln!(out, "{} {}", found.entry, found.name)?;
    }
    if found.len() > most {
        writeln!(out, "... and {} more: add a word, or --all", found.len() - most)?;
    }
    Ok(if found.is_empty() { Done::Nothing } else { Done::Found })
}

fn list(cloud: Option<&str>, out: &mut impl Write) -> Result<Done> {
    if let Some(cloud) = cloud {
        known(cloud, "", What::Product)?;
    }
    for entry in entries().filter(|entry| cloud.is_none_or(|cloud| entry.cloud == cloud)) {
        let name = entry.to_string();
        writeln!(out, "{name:<50} {:>5} actions {:>6} types   {}", entry.actions, entry.types, entry.source)?;
    }
    Ok(Done::Found)
}

fn actions(cloud: &str, product: &str, out: &mut impl Write) -> Result<Done> {
    known(cloud, product, What::Version)?;
    for entry in entries().filter(|entry| entry.cloud == cloud && entry.product == product) {
        for action in entry.open()?.actions() {
            writeln!(out, "{entry} {:<48} {:<6} {}", action.name, action.method, action.path)?;
        }
    }
    Ok(Done::Found)
}

/// An error unless all names up to `unknown`, which was not given, are in the catalogue.
fn known(cloud: &str, product: &str, unknown: What) -> Result<()> {
    match find(cloud, product, "") {
        Err(error) if error.what() != unknown => Err(error.into()),
        _ => Ok(()),
    }
}

fn emit(entry: Entry, actions: &[&str], out: &mut impl Write) -> Result<Done> {
    let description = entry.open()?;
    let names: Vec<&str> = match actions {
        ["*"] => description.actions().map(|action| action.name).collect(),
        named => named.to_vec(),
    };
    let code = Emitter::new(&description, "::cloudcall").code(&names)?;
    writeln!(out, "// {entry}, from {}.\n#![allow({LINTS})]\n\n{}", entry.source, code.trim_end())?;
    Ok(Done::Found)
}

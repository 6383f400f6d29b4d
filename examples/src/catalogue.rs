//! What the program `catalogue` does.

use std::error::Error;
use std::io::Write;

use cloudcall_generator::{Emitter, Entry, entries, find};

const USAGE: &str = "\
usage: catalogue search WORDS...
       catalogue list [CLOUD [PRODUCT]]
       catalogue show CLOUD PRODUCT VERSION ACTION
       catalogue emit CLOUD PRODUCT VERSION ACTION...     (`*` for all actions; needs only the crate cloudcall)";

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
    match args.as_slice() {
        ["search", words @ ..] if !words.is_empty() => search(words, out),
        ["list"] => list(|_| true, out),
        ["list", cloud] => list(|entry| entry.cloud == *cloud, out),
        ["list", cloud, product] => actions(cloud, product, out),
        ["show", cloud, product, version, action] => emit(find(cloud, product, version)?, &[action], out),
        ["emit", cloud, product, version, actions @ ..] if !actions.is_empty() => {
            emit(find(cloud, product, version)?, actions, out)
        }
        _ => Err(USAGE.into()),
    }
}

/// Actions whose cloud, product and name have all the words, in upper or lower case.
fn search(words: &[&str], out: &mut impl Write) -> Result<Done> {
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let mut done = Done::Nothing;
    for entry in entries() {
        let place = format!("{} {}", entry.cloud, entry.product).to_lowercase();
        for action in entry.open()?.actions() {
            let name = action.name.to_lowercase();
            if words.iter().all(|word| name.contains(word) || place.contains(word)) {
                writeln!(out, "{entry} {}", action.name)?;
                done = Done::Found;
            }
        }
    }
    Ok(done)
}

fn list(wanted: impl Fn(&Entry) -> bool, out: &mut impl Write) -> Result<Done> {
    let mut done = Done::Nothing;
    for entry in entries().filter(|entry| wanted(entry)) {
        let name = entry.to_string();
        writeln!(out, "{name:<50} {:>5} actions {:>6} types   {}", entry.actions, entry.types, entry.source)?;
        done = Done::Found;
    }
    Ok(done)
}

fn actions(cloud: &str, product: &str, out: &mut impl Write) -> Result<Done> {
    let mut done = Done::Nothing;
    for entry in entries().filter(|entry| entry.cloud == cloud && entry.product == product) {
        for action in entry.open()?.actions() {
            writeln!(out, "{entry} {:<48} {:<6} {}", action.name, action.method, action.path)?;
        }
        done = Done::Found;
    }
    Ok(done)
}

fn emit(entry: Entry, actions: &[&str], out: &mut impl Write) -> Result<Done> {
    let description = entry.open()?;
    let names: Vec<&str> = match actions {
        ["*"] => description.actions().map(|action| action.name).collect(),
        named => named.to_vec(),
    };
    let code = Emitter::new(&description, "::cloudcall").code(&names)?;
    writeln!(out, "// {entry}, from {}.\n\n{}", entry.source, code.trim_end())?;
    Ok(Done::Found)
}

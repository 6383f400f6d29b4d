//! The command line as clap knows it, as deep as the words go: for help and for completion.
//!
//! The catalogue has far more actions than a command tree may hold, so only the branch of the words is made.

use std::ffi::OsString;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command};
use cloudcall_generator::names::ident;
use cloudcall_generator::{CallFacts, Description, Emitter, Field, Type, entries};

use crate::actions::{FILE, action_name, own, regions, resolve, versions};
use crate::request::Cloud;
use crate::wait;

use super::check::{fields, kind};
use super::words::OPTIONS;

/// The clouds of the catalogue.
const CLOUDS: [(Cloud, &str); 4] = [
    (Cloud::Tencent, "Tencent Cloud"),
    (Cloud::Huawei, "Huawei Cloud"),
    (Cloud::Alibaba, "Alibaba Cloud"),
    (Cloud::Volcengine, "Volcengine"),
];

/// Whether a word is a cloud of the catalogue.
pub(crate) fn is_cloud(word: &str) -> bool {
    CLOUDS.iter().any(|(cloud, _)| cloud.name() == word)
}

/// Adds the clouds, and below them the products and actions that the words lead to. The first word is the
/// program.
pub(crate) fn add(command: Command, words: &[OsString]) -> Command {
    let words: Vec<&str> = words.iter().skip(1).filter_map(|word| word.to_str()).collect();
    let command = command.subcommand(of_file(&words));
    CLOUDS.iter().fold(command, |command, (cloud, name)| {
        let about = format!("Call an action of {name}: PRODUCT ACTION [--parameter value]...");
        let mut of_cloud = Command::new(cloud.name()).about(about).disable_help_subcommand(true);
        if let [word, rest @ ..] = words.as_slice()
            && *word == cloud.name()
        {
            of_cloud = products(of_cloud, cloud.name(), rest);
        }
        command.subcommand(of_cloud)
    })
}

/// The command for description files, with the actions of the file that the words name.
fn of_file(words: &[&str]) -> Command {
    let about = "Call an action of a description file: PATH ACTION [--parameter value]...";
    let mut command = Command::new(FILE).about(about).disable_help_subcommand(true);
    if let [FILE, path, ..] = words
        && let Ok(description) = own(path)
    {
        let file = Command::new((*path).to_owned()).disable_help_subcommand(true);
        command = command.subcommand(actions(file, FILE, words.get(1..).unwrap_or_default()).about(format!(
            "{} actions of {}",
            description.entry().actions,
            description.entry()
        )));
    }
    command
}

fn products(command: Command, cloud: &'static str, words: &[&str]) -> Command {
    let typed = words.first().copied().unwrap_or_default();
    let mut command = command;
    for entry in entries().filter(|entry| entry.cloud == cloud && entry.main) {
        let mut product = Command::new(entry.product)
            .about(format!("{} actions of {}", entry.actions, entry.version))
            .disable_help_subcommand(true);
        if entry.product.eq_ignore_ascii_case(typed) {
            product = actions(product, cloud, words);
        }
        command = command.subcommand(product);
    }
    command
}

fn actions(command: Command, cloud: &str, words: &[&str]) -> Command {
    let [product, rest @ ..] = words else { return command };
    let version = option(rest, "--version");
    let typed = rest.first().copied().unwrap_or_default();
    let found = match resolve(cloud, product, version, typed) {
        Ok(description) => Some(description),
        Err(_) => versions(cloud, product).first().and_then(|entry| entry.open().ok()),
    };
    let Some(description) = found else { return command };
    let name = action_name(&description, typed).unwrap_or_default();
    let mut command = command;
    for action in description.actions() {
        let about = match action.method {
            "POST" if action.path == "/" => String::new(),
            method => format!("{method} {}", action.path),
        };
        let mut sub = Command::new(action.name.to_owned()).about(about).disable_version_flag(true);
        if action.name == name {
            let entry = description.entry();
            let (version, source) = (entry.version, entry.source);
            sub = sub.about(format!("{name} of {cloud} {} {version}, from {source}", entry.product));
            if let Ok(facts) = Emitter::new(&description, "::cloudcall").call(&action) {
                sub = parameters(sub, &description, &facts).after_help(facts_of_call(&facts));
            }
        }
        command = command.subcommand(sub);
    }
    command
}

/// What to know of a call beside its parameters.
fn facts_of_call(facts: &CallFacts<'_>) -> String {
    let list = facts.paging.as_ref().map(|paging| {
        let items = paging.items.replace('/', ".");
        format!("The response is one page of a list, `{items}`: --all fetches all pages.")
    });
    let effect = match (facts.readonly, facts.token) {
        (true, _) => "The action reads: a call that failed is repeated.".to_owned(),
        (false, Some((token, _))) => {
            format!("The action changes something: `{token}` is set, so that a repeated call has one effect.")
        }
        (false, None) => {
            "The action changes something: a call that may have reached the service is not repeated."
                .to_owned()
        }
    };
    let lines = [
        Some(
            "A LIST is JSON, or the option is repeated. JSON is an object, or its members with dots: --filters.0.name zone."
                .to_owned(),
        ),
        Some(effect),
        list,
        facts.binary.then(|| "The response is a file: it is printed as it is.".to_owned()),
        facts.anonymous.then(|| "The call is sent without a signature.".to_owned()),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The value of an option among words.
fn option<'w>(words: &[&'w str], name: &str) -> Option<&'w str> {
    let at = words.iter().position(|word| *word == name)?;
    words.get(at + 1).copied()
}

fn parameters(command: Command, description: &Description, facts: &CallFacts<'_>) -> Command {
    let mut used: Vec<String> = OPTIONS.iter().map(|(name, ..)| (*name).to_owned()).collect();
    let mut command = command;
    let whole = facts.parameters.iter().map(|member| member.field);
    let mut all: Vec<Field<'_>> = Vec::new();
    for field in whole {
        // The members of a body are parameters, too.
        let inner = match field.place {
            cloudcall_generator::ParamLocation::Whole => {
                fields(description, field.ty).ok().flatten().unwrap_or_default()
            }
            _ => Vec::new(),
        };
        if inner.is_empty() {
            all.push(field);
        }
        all.extend(inner);
    }
    all.sort_by_key(|field| !field.required);
    for field in all {
        let long = dashes(field.wire);
        if used.contains(&long) {
            continue;
        }
        used.push(long.clone());
        command = command.arg(argument(description, &field, long));
    }
    for (name, value, help) in OPTIONS {
        let mut arg = Arg::new(name).long(name).help(help).help_heading("Options of the call");
        arg = match value {
            "" => arg.action(ArgAction::SetTrue),
            "[=curl|rust]" => arg.num_args(0..=1).require_equals(true).value_name("FORM"),
            value => arg.value_name(value),
        };
        arg = match name {
            "output" => arg
                .value_parser(PossibleValuesParser::new(["json", "yaml", "table", "tsv", "csv"]))
                .hide_possible_values(true),
            "region" => match regions(description.entry().cloud, facts) {
                regions if regions.is_empty() => arg,
                regions => arg
                    .value_parser(PossibleValuesParser::new(regions.into_iter().map(str::to_owned)))
                    .hide_possible_values(true),
            },
            "sign-method" => arg
                .value_parser(PossibleValuesParser::new(schemes(description.entry().cloud)))
                .hide_possible_values(true),
            "wait" => waits(arg, description, command.get_name()),
            "verbose" => arg.short('v'),
            "help" => arg.short('h'),
            _ => arg,
        };
        command = command.arg(arg);
    }
    command.disable_help_flag(true)
}

/// `InstanceIds` as `instance-ids`.
pub(crate) fn dashes(wire: &str) -> String {
    ident(wire).trim_start_matches("r#").trim_end_matches('_').replace('_', "-")
}

fn argument(description: &Description, field: &Field<'_>, long: String) -> Arg {
    let hints = [
        ("min", "at least"),
        ("max", "at most"),
        ("min_len", "length at least"),
        ("max_len", "length at most"),
        ("unit", "unit:"),
        ("default", "default:"),
    ];
    let mut help: Vec<String> = vec![if field.required { "Required".to_owned() } else { String::new() }];
    help.extend(hints.iter().filter_map(|(key, words)| Some(format!("{words} {}", field.hint(key)?))));
    if field.hint("deprecated").is_some() {
        help.push("deprecated by the vendor".to_owned());
    }
    if field.sensitive {
        help.push("a secret: use @FILE or -".to_owned());
    }
    help.retain(|part| !part.is_empty());
    let name = type_name(field.ty);
    if help.is_empty() {
        help.push(format!("{} on the wire", field.wire));
    }
    let mut arg = Arg::new(long.clone()).long(long).value_name(name).help(help.join("; ")).num_args(1);
    arg = arg.help_heading(if field.required { "Required parameters" } else { "Parameters" });
    let values = known(description, field);
    if !values.is_empty() {
        arg = arg.value_parser(PossibleValuesParser::new(values));
    }
    arg
}

/// A type as the name of a value: `LIST`, `NUMBER`.
fn type_name(ty: &str) -> &'static str {
    match kind(ty) {
        "a list" => "LIST",
        "an object" => "JSON",
        "a whole number" | "a number" => "NUMBER",
        "true or false" => "true|false",
        _ => "TEXT",
    }
}

/// The values that are known of a parameter.
pub(super) fn known(description: &Description, field: &Field<'_>) -> Vec<String> {
    if let Some(values) = field.hint("values") {
        return values.split('|').map(str::to_owned).collect();
    }
    let ty = field.ty.trim_start_matches("[]");
    match ty.strip_prefix('#').map(|name| description.ty(name)) {
        Some(Ok(Type::Enum(values))) => values.iter().map(|value| (*value).to_owned()).collect(),
        _ if ty == "bool" => vec!["true".to_owned(), "false".to_owned()],
        _ => Vec::new(),
    }
}

/// The signature schemes of a cloud, its default first.
fn schemes(cloud: &str) -> &'static [&'static str] {
    match cloud {
        "tencent" => &["TC3-HMAC-SHA256", "HmacSHA256", "HmacSHA1", "SKIP"],
        "huawei" => {
            &["SDK-HMAC-SHA256", "V11-HMAC-SHA256", "SDK-HMAC-SM3", "SDK-ECDSA-P256-SHA256", "SDK-SM2-SM3"]
        }
        "alibaba" => &[
            "ACS3-HMAC-SHA256",
            "ACS3-HMAC-SM3",
            "ACS3-RSA-SHA256",
            "ACS4-HMAC-SHA256",
            "HMAC-SHA1",
            "SHA256withRSA",
        ],
        _ => &["HMAC-SHA256"],
    }
}

/// The names of the action's states.
fn waits(arg: Arg, description: &Description, action: &str) -> Arg {
    let entry = description.entry();
    match wait::names(entry.cloud, entry.product, action) {
        names if names.is_empty() => arg,
        names => arg.value_parser(PossibleValuesParser::new(names)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use super::*;

    /// The help of one action, as `--help` makes it. clap itself checks that no two options have one name.
    fn help(cloud: &str, product: &str, version: &str, action: &str) -> String {
        let words = ["cloudcall", cloud, product, action, "--version", version].map(OsString::from);
        let mut root = add(Command::new("cloudcall"), &words);
        root.build();
        let mut command = &mut root;
        for name in [cloud, product, action] {
            command = command.find_subcommand_mut(name).unwrap_or_else(|| panic!("{words:?}: no `{name}`"));
        }
        command.render_long_help().to_string()
    }

    #[test]
    fn actions_of_all_clouds_have_help_that_names_every_required_parameter() {
        let mut seen = 0;
        for entry in entries().step_by(29) {
            let description = entry.open().unwrap();
            let names: Vec<&str> = description.actions().map(|action| action.name).collect();
            for name in [names.first(), names.last()].into_iter().flatten() {
                let action = description.action(name).unwrap();
                let Ok(facts) = Emitter::new(&description, "::cloudcall").call(&action) else { continue };
                let shown = help(entry.cloud, entry.product, entry.version, name);
                assert!(shown.contains("The action reads") || shown.contains("changes something"), "{shown}");
                let required = facts.parameters.iter().map(|member| member.field).filter(|field| {
                    field.required && field.place != cloudcall_generator::ParamLocation::Whole
                });
                for field in required {
                    let long = format!("--{}", dashes(field.wire));
                    assert!(shown.contains(&long), "{entry} {name}: {long} is not in {shown}");
                }
                seen += 1;
            }
        }
        assert!(seen > 80, "{seen}");
    }
}

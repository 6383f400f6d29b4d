//! Typed calls: `cloudcall tencent cvm DescribeInstances --limit 20`, checked by the catalogue before
//! anything is sent.

mod build;
mod check;
mod command;
mod curl;
pub(crate) mod inside;
mod names;
mod pages;
mod program;
mod progress;
mod tree;
mod value;
mod waits;
mod words;

use std::ffi::OsString;

use clap::ValueEnum as _;
use cloudcall::Value;
use cloudcall_generator::{CallFacts, Description, Emitter, Entry};

pub(crate) use build::{Input, build};
pub(crate) use check::fields;
pub(crate) use command::{add, is_cloud};
pub(crate) use program::Program;

use words::{DryRun, Words};

use crate::actions::{FILE, action_name, near, regions, resolve};
use crate::exit::{Failure, Result, note, print, print_bytes};
use crate::mask;
use crate::output::{self, Format, Rows};
use crate::query::Query;
use crate::request::{Cloud, Options};
use crate::wait::Until;

/// What has been done.
pub(crate) enum Done {
    /// All of it.
    Printed,
    /// Help is asked for: of the command with these names, of which the first is the program.
    Help(Vec<OsString>),
}

/// The words of a typed call, whose Rust program is wanted.
#[derive(Debug, clap::Args)]
pub(crate) struct RustArgs {
    /// CLOUD PRODUCT ACTION [--parameter value]..., as for the call.
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true, value_name = "WORDS")]
    words: Vec<OsString>,
}

/// Prints the whole program of a typed call.
pub(crate) fn rust(args: &RustArgs) -> Result<()> {
    let (name, rest) =
        args.words.split_first().ok_or_else(|| Failure::usage("usage: the cloud is missing"))?;
    let name = words::unicode(name)?;
    if name != FILE && Cloud::from_str(name, false).is_err() {
        return Err(Failure::usage("usage: the first word is tencent, huawei, alibaba, volcengine or file"));
    }
    let [product, action, rest @ ..] = rest else { return Err(incomplete(name)) };
    let words = Words::read(rest)?;
    let product = words::unicode(product)?;
    let description = resolve(name, product, words.version.as_deref(), words::unicode(action)?)?;
    let cloud = cloud_of(&description)?;
    let file = (name == FILE).then_some(product);
    let action = description.callable_action(action_name(&description, words::unicode(action)?)?)?;
    let facts = Emitter::new(&description, "::cloudcall").call(&action)?;
    let input = Input { params: words.params.as_deref(), given: &words.given, unchecked: words.no_check };
    let built = build(cloud, &description, &action, &facts, &input, options(&words))?;
    let region = words.region.as_deref();
    let (description, action, facts, values) = (&description, &action, &facts, &built.values[..]);
    print(&Program { cloud, description, file, action, facts, values, region }.write()?)
}

/// The cloud whose protocol a description is of.
fn cloud_of(description: &Description) -> Result<Cloud> {
    Cloud::from_str(description.entry().cloud, false).map_err(Failure::usage)
}

fn incomplete(name: &str) -> Failure {
    if name == FILE {
        return Failure::usage("usage: cloudcall file PATH ACTION [--parameter value]...");
    }
    Failure::usage(format!(
        "usage: cloudcall {name} PRODUCT ACTION [--parameter value]...; `cloudcall list {name}` lists products"
    ))
}

/// Makes the call that the words after `name`, a cloud or `file`, describe.
pub(crate) async fn run(name: &str, arguments: &[OsString]) -> Result<Done> {
    if name == Cloud::Qcloud.name() {
        return Err(Failure::usage(
            "usage: the catalogue has no actions of API 2.0: use `cloudcall call --cloud qcloud`",
        ));
    }
    let names = arguments.iter().take_while(|word| !word.to_string_lossy().starts_with('-')).count();
    let [product, action, rest @ ..] = arguments else { return Err(incomplete(name)) };
    if names < 2 {
        return Err(incomplete(name));
    }
    let (product, action) = (words::unicode(product)?, words::unicode(action)?);
    let words = Words::read(rest)?;
    let description = resolve(name, product, words.version.as_deref(), action)?;
    let cloud = cloud_of(&description)?;
    let file = (name == FILE).then_some(product);
    let action = description.callable_action(action_name(&description, action)?)?;
    if words.help {
        let names = ["cloudcall", name, file.unwrap_or(description.entry().product), action.name];
        let version = ["--version", description.entry().version];
        return Ok(Done::Help(names.into_iter().chain(version).map(OsString::from).collect()));
    }
    let facts = Emitter::new(&description, "::cloudcall").call(&action)?;
    let after = After::read(&words, description.entry(), action.name, &facts)?;
    let input = Input { params: words.params.as_deref(), given: &words.given, unchecked: words.no_check };
    let built = build(cloud, &description, &action, &facts, &input, options(&words))?;
    // A private cloud at an endpoint of the user has regions of its own.
    if let (Some(region), None) = (&words.region, &words.endpoint) {
        let known = regions(description.entry().cloud, &facts);
        if !known.is_empty() && !known.contains(&region.as_str()) {
            let near = near(region, &known, "");
            note(format_args!(
                "the region `{region}` is not among those that are known of the product{near}"
            ));
        }
    }
    match words.dry_run {
        None => {}
        Some(DryRun::Rust) => {
            let region = words.region.as_deref();
            let (description, action, facts, values) = (&description, &action, &facts, &built.values[..]);
            print(&Program { cloud, description, file, action, facts, values, region }.write()?)?;
            return Ok(Done::Printed);
        }
        Some(DryRun::Http) if words.unmask => {
            return Err(Failure::usage("usage: --unmask goes with --dry-run=curl"));
        }
        Some(DryRun::Http) => {
            print(&mask::request(&built.request.sign().await?))?;
            return Ok(Done::Printed);
        }
        Some(DryRun::Curl) => {
            print(&curl::command(&built.request.sign().await?, words.unmask))?;
            return Ok(Done::Printed);
        }
    }
    let client = built.request.client()?;
    if facts.binary {
        print_bytes(&client.bytes(&built.request).await?)?;
        return Ok(Done::Printed);
    }
    let rows = match words.all {
        true => Rows::Whole,
        false => Rows::List(facts.paging.as_ref().map(|paging| paging.items)),
    };
    let received = match &after.until {
        Some(until) => waits::wait(&*client, &built.request, until, &words).await,
        None if words.all => {
            let names = pages::item_names(&description, action.output, &facts)?;
            pages::all(&*client, built, &facts, &names, &words).await
        }
        None => Ok(output::parse(&client.send(&built.request).await?)?),
    };
    let (value, failure) = match received {
        Ok(value) => (value, None),
        Err(Incomplete { failure, value: Some(value) }) => (value, Some(failure)),
        Err(Incomplete { failure, value: None }) => return Err(failure),
    };
    let (text, misfit) = after.show(&value, words.output.unwrap_or_default(), rows);
    match failure.or(misfit) {
        Some(failure) => Err(failure.with_received(text)),
        None => print(&text).map(|()| Done::Printed),
    }
}

/// A failure after responses were received: of a wait the last one, of a list the items so far.
struct Incomplete {
    failure: Failure,
    value: Option<Value>,
}

/// What follows the call.
struct After {
    until: Option<Until>,
    query: Option<Query>,
}

impl After {
    /// Reads what follows the call, so that a mistake in it is known before anything is sent.
    fn read(words: &Words, entry: &Entry, action: &str, facts: &CallFacts<'_>) -> Result<Self> {
        let query = words.query.as_deref().map(|text| Query::parse("query", text)).transpose()?;
        let until = words.wait.as_deref().map(|text| Until::parse(text, entry, action)).transpose()?;
        for (given, option) in [(query.is_some(), "query"), (until.is_some(), "wait")] {
            if given && facts.binary {
                return Err(Failure::usage(format!(
                    "usage: --{option}: the response of {action} is a file, not JSON: leave it out"
                )));
            }
        }
        if until.is_some() && words.all {
            return Err(Failure::usage("usage: --all does not go with --wait: leave one out"));
        }
        if until.is_some() && !facts.readonly {
            return Err(Failure::usage(format!(
                "usage: --wait repeats the call, and {action} changes something: wait with the action that reads the state"
            )));
        }
        for (given, option) in [
            (words.ignore_total, "ignore-total"),
            (words.end_at_repeated_token, "end-at-repeated-token"),
            (words.max_empty_pages.is_some(), "max-empty-pages"),
        ] {
            if given && !words.all {
                return Err(Failure::usage(format!("usage: --{option} goes with --all: add it")));
            }
        }
        for (given, option) in [(words.wait_delay, "wait-delay"), (words.wait_timeout, "wait-timeout")] {
            if given.is_some() && until.is_none() {
                return Err(Failure::usage(format!("usage: --{option} goes with --wait: add it")));
            }
        }
        Ok(Self { until, query })
    }

    /// The text of a response. If the query does not fit, it is the text of the whole response.
    fn show(&self, value: &Value, format: Format, rows: Rows<'_>) -> (String, Option<Failure>) {
        match self.query.as_ref().map(|query| query.search(value)) {
            None => (output::render(value, format, rows), None),
            Some(Ok(found)) => (output::render(&found, format, Rows::Whole), None),
            Some(Err(misfit)) => (output::render(value, format, rows), Some(misfit)),
        }
    }
}

fn options(words: &Words) -> Options {
    Options {
        region: words.region.clone(),
        profile: words.profile.clone(),
        keys: None,
        endpoint: words.endpoint.clone(),
        sign_method: words.sign_method.clone(),
        headers: words.headers.clone(),
        retries: words.retries,
        timeout: words.timeout,
        verbose: words.verbose,
    }
}

//! The command line: what subcommands there are, and which module does the work.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum as _};

use crate::actions;
use crate::exit::{Failure, Result, one_line, print};
use crate::request::Cloud;
use crate::{call, catalogue, complete, diagnose, explore, local, mcp, openapi, sign, typed};

/// Finds, checks, signs and sends calls to Tencent Cloud, Huawei Cloud, Alibaba Cloud and Volcengine.
#[derive(Debug, Parser)]
#[command(
    name = "cloudcall",
    version,
    max_term_width = 110,
    args_override_self = true,
    disable_help_subcommand = true,
    after_help = "The first hour: `cloudcall search WORDS` finds an action, `cloudcall CLOUD PRODUCT ACTION --help` prints its\n\
                  parameters, `--dry-run` the signed request, and `cloudcall COMMAND --help` the options of a command."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Call any action with options for everything, without checks.
    Call(Box<call::Args>),
    /// Find actions by words of their cloud, product and name.
    Search(catalogue::Search),
    /// List products, or the actions of one.
    List(catalogue::List),
    /// Show the code that `actions!` makes of an action.
    Show(catalogue::Show),
    /// Write the code of actions as a file that needs only the crate `cloudcall`.
    Emit(catalogue::Emit),
    /// Write the description of a product as a file, to change it or to begin your own with.
    Describe(catalogue::Describe),
    /// Convert an OpenAPI 3 document (JSON) into a description file.
    ImportOpenapi(openapi::Args),
    /// Print an example input of an action, required parameters first.
    Skeleton(catalogue::Skeleton),
    /// Write the whole Rust program of a typed call.
    Rust(typed::RustArgs),
    /// Compute every step of a signature, from cases on stdin.
    Sign,
    /// Say which part of the signature of a captured request differs.
    Why(diagnose::WhyArgs),
    /// Say whose credentials a call would use, and where they come from.
    Whoami(diagnose::WhoamiArgs),
    /// Write credentials into the vendor's own file.
    Configure(diagnose::ConfigureArgs),
    /// Serve a page on 127.0.0.1 that finds actions, fills in their parameters, and shows and makes calls.
    Explore(explore::Args),
    /// Serve the Model Context Protocol on stdio: search, describe, dry_run and call as tools.
    Mcp(mcp::Args),
    /// Print the script that completes the words of this command in a shell.
    Completion(complete::Args),
    /// Run a local cloud that verifies signatures, for clients in any language.
    Local(local::Args),
}

/// Does what the arguments say, of which the first is the name of the program.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// The command line, as deep as the words go.
fn command_line(words: &[OsString]) -> clap::Command {
    typed::add(Cli::command(), words)
}

fn dispatch(arguments: &[OsString]) -> Result<()> {
    // Not a subcommand of clap: it would have to read words that are options of another command.
    if arguments.get(1).is_some_and(|word| word == "complete") {
        return complete::run(arguments.get(2..).unwrap_or_default(), command_line);
    }
    let is_source = |word: &&str| *word == actions::FILE || Cloud::from_str(word, false).is_ok();
    if let Some(cloud) = arguments.get(1).and_then(|word| word.to_str()).filter(is_source) {
        let words = arguments.get(2..).unwrap_or_default();
        // Help of a cloud or a product; that of an action needs the action's name.
        let names = words.iter().take_while(|word| !word.to_string_lossy().starts_with('-')).count();
        if names < 2 && words.get(names).is_some_and(|word| word == "--help" || word == "-h") {
            return help(arguments.get(..names + 2).unwrap_or_default());
        }
        return match block_on(typed::run(cloud, words))? {
            typed::Done::Printed => Ok(()),
            typed::Done::Help(path) => help(&path),
        };
    }
    let parsed = command_line(arguments).try_get_matches_from(arguments);
    match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => command(cli.command),
        Err(error) => refused(&error),
    }
}

fn command(command: Command) -> Result<()> {
    match command {
        Command::Call(args) => block_on(call::run(&args)),
        Command::Search(args) => catalogue::search(&args),
        Command::List(args) => catalogue::list(&args),
        Command::Show(args) => catalogue::show(&args),
        Command::Emit(args) => catalogue::emit(&args),
        Command::Describe(args) => catalogue::describe(&args),
        Command::ImportOpenapi(args) => openapi::run(&args),
        Command::Skeleton(args) => catalogue::skeleton(&args),
        Command::Rust(args) => typed::rust(&args),
        Command::Sign => sign::run(),
        Command::Why(args) => block_on(diagnose::why(&args)),
        Command::Whoami(args) => block_on(diagnose::whoami(&args)),
        Command::Configure(args) => diagnose::configure(&args),
        Command::Explore(args) => block_on(explore::run(args)),
        Command::Mcp(args) => block_on(mcp::run(args)),
        Command::Completion(args) => complete::script(&args),
        Command::Local(args) => block_on(local::run(&args)),
    }
}

/// Runs a future on a runtime of one thread: the command makes one call at a time.
fn block_on<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let done = runtime.block_on(future);
    // A thread that reads stdin cannot be stopped, and must not keep the program.
    runtime.shutdown_background();
    done
}

/// Prints the help of the command that the words lead to. The first word is the program.
fn help(path: &[OsString]) -> Result<()> {
    let mut root = command_line(path);
    root.build();
    let mut command = root;
    let names = path.iter().skip(1).filter_map(|word| word.to_str());
    for word in names.take_while(|word| !word.starts_with('-')) {
        let Some(found) = command.find_subcommand(word).cloned() else {
            let (of, name) = (command.get_name().to_owned(), word);
            return Err(Failure::usage(format!(
                "usage: `{of}` has no `{name}`; `cloudcall search {name}` looks for it"
            )));
        };
        command = found;
    }
    print(&command.render_long_help().to_string())
}

/// Help goes to stdout; a mistake is one line.
fn refused(error: &clap::Error) -> Result<()> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => print(&error.to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            Err(Failure::usage("usage: a subcommand is missing; `cloudcall --help` lists them"))
        }
        _ => Err(Failure::usage(mistake(&error.to_string()))),
    }
}

/// What clap says of a mistake, in one line: without the usage, which `--help` prints.
fn mistake(text: &str) -> String {
    let text = text.split("\n\nUsage:").next().unwrap_or(text);
    let text = text.split("\n\nFor more information").next().unwrap_or(text);
    let text = text.strip_prefix("error: ").unwrap_or(text);
    format!("usage: {}; `--help` shows all options", one_line(text).replace(":;", ":"))
}

//! The command line: what subcommands there are, and which module does the work.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

use crate::exit::{Failure, Result, one_line};
use crate::{call, catalogue, local, sign};

/// Finds, checks, signs and sends calls to Tencent Cloud, Huawei Cloud, Alibaba Cloud and Volcengine.
#[derive(Debug, Parser)]
#[command(
    name = "cloudcall",
    version,
    max_term_width = 110,
    args_override_self = true,
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
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
    /// Compute every step of a signature, from cases on stdin.
    Sign,
    /// Run a local cloud that verifies signatures, for clients in any language.
    Local(local::Args),
}

/// Does what the arguments say, of which the first is the name of the program.
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let done = match Cli::try_parse_from(&arguments) {
        Ok(cli) => command(cli.command),
        Err(error) => parsed(&error),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn command(command: Command) -> Result<()> {
    match command {
        Command::Call(args) => block_on(call::run(&args)),
        Command::Search(args) => catalogue::search(&args),
        Command::List(args) => catalogue::list(&args),
        Command::Show(args) => catalogue::show(&args),
        Command::Emit(args) => catalogue::emit(&args),
        Command::Sign => sign::run(),
        Command::Local(args) => block_on(local::run(&args)),
    }
}

/// Runs a future on a runtime of one thread: the command makes one call at a time.
fn block_on<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(future)
}

/// Help goes to stdout; a mistake is one line.
fn parsed(error: &clap::Error) -> Result<()> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => crate::exit::print(&error.to_string()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
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

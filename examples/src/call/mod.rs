//! One call from the command line: arguments in, JSON or one line of error out.

mod args;
mod clouds;
mod mask;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use cloudcall::{Error, ErrorKind};

/// The service answered with an error.
const REFUSED: u8 = 1;
/// The command line or the configuration is wrong.
const USAGE: u8 = 2;
/// No answer, or one that cannot be used.
const FAILED: u8 = 3;

/// Does what the arguments say.
pub async fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match args::parse(arguments) {
        Ok(Some(args)) => args,
        Ok(None) => return print(args::HELP.trim_start()),
        Err(what) => {
            eprintln!("usage: {what}; `call --help` shows all options");
            return ExitCode::from(USAGE);
        }
    };
    match clouds::call(&args).await {
        Ok(text) => print(&text),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(code(&error))
        }
    }
}

/// Prints with a line end. A closed pipe is no answer given.
fn print(text: &str) -> ExitCode {
    match writeln!(std::io::stdout(), "{}", text.trim_end()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(FAILED),
    }
}

fn code(error: &Error) -> u8 {
    match error.kind() {
        ErrorKind::Config | ErrorKind::Credentials => USAGE,
        ErrorKind::Service | ErrorKind::Throttled | ErrorKind::Auth | ErrorKind::NotFound
            if error.status().is_some() =>
        {
            REFUSED
        }
        _ => FAILED,
    }
}

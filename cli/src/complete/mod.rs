//! Completion: `completion` prints a shell's script, which calls the hidden `complete` for every word.
//!
//! `line` reads a line as bash has it, `engine` finds what fits the current word, `names` has the names of
//! the catalogue.

mod engine;
mod line;
mod names;

use std::ffi::OsString;

use clap::ValueEnum as _;

use crate::exit::{Failure, Result, print};
use engine::candidates;

/// A shell that completion is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Set it up:
  bash        source <(cloudcall completion bash), in ~/.bashrc
  zsh         source <(cloudcall completion zsh), in ~/.zshrc after compinit
  fish        cloudcall completion fish > ~/.config/fish/completions/cloudcall.fish
  powershell  cloudcall completion powershell | Out-String | Invoke-Expression, in $PROFILE")]
pub(crate) struct Args {
    /// The shell.
    shell: Shell,
}

/// Prints the script of a shell.
pub(crate) fn script(args: &Args) -> Result<()> {
    print(match args.shell {
        Shell::Bash => include_str!("../../data/completion/cloudcall.bash"),
        Shell::Zsh => include_str!("../../data/completion/cloudcall.zsh"),
        Shell::Fish => include_str!("../../data/completion/cloudcall.fish"),
        Shell::Powershell => include_str!("../../data/completion/cloudcall.ps1"),
    })
}

/// What can be typed in place of the current word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) value: String,
    pub(super) help: String,
}

/// Makes the command line as deep as the words go.
pub(crate) type CommandLine = fn(&[OsString]) -> clap::Command;

/// Prints a line for each candidate. The arguments are those of the scripts: `bash POINT LINE FRAGMENT`, or
/// `SHELL =CURRENT WORDS...`, in which the current word has a mark because some shells drop empty arguments.
pub(crate) fn run(arguments: &[OsString], command_line: CommandLine) -> Result<()> {
    let texts: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let wrong = || Failure::usage("usage: `complete` is called by the scripts of `cloudcall completion`");
    let [shell, rest @ ..] = texts.as_slice() else { return Err(wrong()) };
    let shell = Shell::from_str(shell, false).map_err(|_| wrong())?;
    let mut out = String::new();
    if shell == Shell::Bash {
        let [point, line, fragment] = rest else { return Err(wrong()) };
        let line = line::read(line, point.parse().unwrap_or(usize::MAX));
        for found in candidates(&line.before, &line.current, command_line) {
            out.push_str(&line.replacement(&found.value, fragment));
            out.push('\n');
        }
    } else {
        let [current, before @ ..] = rest else { return Err(wrong()) };
        let current = current.strip_prefix('=').ok_or_else(wrong)?;
        for found in candidates(before, current, command_line) {
            let help = found.help.replace(['\t', '\n'], " ");
            out.push_str(found.value.trim_end());
            if !help.is_empty() {
                out.push_str(&format!("\t{help}"));
            }
            out.push('\n');
        }
    }
    if out.is_empty() { Ok(()) } else { print(&out) }
}

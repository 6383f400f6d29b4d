//! `configure`: writes credentials into the vendor's own file, which its SDKs and tools read, too.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;

use cloudcall::context::Context;

use super::files::{Keys, file, text};
use crate::exit::{Failure, Result, print};
use crate::request::Cloud;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Asks for the id of the key, the secret and, with --temporary, the token. On a terminal, secrets are not shown. Otherwise they
are lines of stdin in this order. No secret is ever an argument: other users of the machine see those.
Files: ~/.tencentcloud/credentials, ~/.huaweicloud/credentials, ~/.alibabacloud/credentials.ini, ~/.volcengine/config.json.
Only the owner can read a file that is written here.")]
pub(crate) struct Args {
    /// The cloud.
    cloud: Cloud,
    /// The profile. Default: the one that calls use without --profile.
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// The credentials have a token.
    #[arg(long)]
    temporary: bool,
    /// The id of the project (Huawei Cloud).
    #[arg(long, value_name = "ID")]
    project_id: Option<String>,
    /// The region (Volcengine, whose file holds one).
    #[arg(long)]
    region: Option<String>,
}

/// Asks, and writes the file.
pub(crate) fn run(args: &Args) -> Result<()> {
    let (path, usual) = file(args.cloud);
    let context = Context::system();
    let home = context.env.home().ok_or_else(|| Failure::usage("there is no home directory: set HOME"))?;
    let path = home.join(path);
    let profile = args.profile.as_deref().unwrap_or(usual);
    if profile.is_empty() || profile.contains(['[', ']', '\n', '"']) {
        return Err(Failure::usage(format!(
            "usage: --profile `{profile}` has a character that no profile has"
        )));
    }
    let keys = Keys {
        id: ask("Id of the key", false)?,
        secret: ask("Secret", true)?,
        token: args.temporary.then(|| ask("Token", true)).transpose()?,
        region: args.region.clone(),
        project_id: args.project_id.clone(),
    };
    let before = match context.files.read(&path) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| unusable(&path, &"it is not text"))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(unusable(&path, &error)),
    };
    let after = text(args.cloud, &before, profile, &keys)?;
    write(&path, &after).map_err(|error| unusable(&path, &error))?;
    print(&format!("wrote profile `{profile}` into {}", path.display()))
}

fn unusable(path: &Path, why: &dyn std::fmt::Display) -> Failure {
    Failure::failed(format!("{} cannot be used: {why}", path.display()))
}

/// A line from the user.
fn ask(what: &str, secret: bool) -> Result<String> {
    let stdin = std::io::stdin();
    let line = if stdin.is_terminal() {
        let mut err = std::io::stderr();
        write!(err, "{what}: ")?;
        err.flush()?;
        if secret { rpassword::read_password()? } else { next(&stdin)? }
    } else {
        next(&stdin)?
    };
    let line = line.trim().to_owned();
    match line.is_empty() || line.contains(char::is_whitespace) {
        true => Err(Failure::usage(format!(
            "usage: the {} is missing or has blanks: it is one line",
            what.to_lowercase()
        ))),
        false => Ok(line),
    }
}

fn next(stdin: &std::io::Stdin) -> Result<String> {
    let mut line = String::new();
    stdin.lock().read_line(&mut line)?;
    Ok(line)
}

/// Writes a file beside the old one and puts it in its place, so that no one reads half a file.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    // What an earlier run left behind.
    match std::fs::remove_file(&beside) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = options.open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    drop(file);
    std::fs::rename(&beside, path)
}

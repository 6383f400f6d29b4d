//! Programs that print credentials: the trait that runs them, and the implementation for the real process.
//!
//! A program runs on a thread of its own, and each of its two pipes is read by another thread. This works
//! under every runtime, needs no feature of tokio, and no pipe can fill up and block the program. Both
//! limits (time, size of the output) kill the program. Its own child processes are not killed, and nothing
//! waits for them.

use std::future::Future;
use std::io::{Read, Result};
use std::path::PathBuf;
use std::pin::Pin;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use secrecy::zeroize::Zeroizing;
use tokio::sync::oneshot;

/// A program to run, without a shell.
///
/// ```
/// use std::time::Duration;
/// use cloudcall::context::Program;
///
/// let mut program = Program::new("/usr/local/bin/vault-keys", ["--role", "deploy"]);
/// program.time_limit = Duration::from_secs(5);
/// assert_eq!(program.size_limit, 64 * 1024);
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Program {
    /// The file, or a name that is looked up in `PATH`.
    pub file: PathBuf,
    /// The arguments. None of them is interpreted.
    pub args: Vec<String>,
    /// The time limit. A program that runs longer is killed. Default: 20 s.
    pub time_limit: Duration,
    /// The size limit of the standard output, in bytes. A program that prints more is killed. Default: 64
    /// KiB.
    pub size_limit: usize,
}

impl std::fmt::Debug for Program {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // An argument may be a secret.
        f.debug_struct("Program")
            .field("file", &self.file)
            .field("args", &format_args!("{} arguments", self.args.len()))
            .field("time_limit", &self.time_limit)
            .field("size_limit", &self.size_limit)
            .finish()
    }
}

impl Program {
    /// A program with a time limit of 20 s and a size limit of 64 KiB.
    pub fn new(file: impl Into<PathBuf>, args: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let args = args.into_iter().map(Into::into).collect();
        Self { file: file.into(), args, time_limit: Duration::from_secs(20), size_limit: 64 * 1024 }
    }
}

/// How a program ended, and what it printed. The standard output is zeroized when it is dropped.
#[derive(Clone)]
#[non_exhaustive]
pub struct Printed {
    /// How it ended.
    pub end: ProgramEnd,
    /// The standard output, up to the size limit.
    pub stdout: Zeroizing<Vec<u8>>,
    /// The first 4 KiB of the standard error. Errors quote it, with secrets masked.
    pub stderr: Vec<u8>,
}

impl std::fmt::Debug for Printed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Printed").field("end", &self.end).finish_non_exhaustive()
    }
}

impl Printed {
    /// The output of a program that ended by itself.
    pub fn new(success: bool, stdout: Vec<u8>, stderr: Vec<u8>) -> Self {
        let end =
            if success { ProgramEnd::Success } else { ProgramEnd::Failure("exit status: 1".to_owned()) };
        Self { end, stdout: Zeroizing::new(stdout), stderr }
    }
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProgramEnd {
    /// It ended with status 0.
    Success,
    /// It ended with another status, or by a signal. The text names it, such as `exit status: 1`.
    Failure(String),
    /// It was killed at its time limit.
    TooSlow,
    /// It was killed because it printed too much.
    TooLarge,
}

/// The future that [`RunProgram::run`] returns.
pub type RunFuture = Pin<Box<dyn Future<Output = Result<Printed>> + Send>>;

/// Runs programs that print credentials. [`Context::with_programs`](super::Context::with_programs) has an
/// example.
pub trait RunProgram: std::fmt::Debug + Send + Sync {
    /// Runs a program to its end. Its standard input is empty, and it has the environment of this process.
    ///
    /// # Errors
    ///
    /// The error of a program that cannot be started. A program that fails is not an error: see
    /// [`Printed::end`].
    fn run(&self, program: Program) -> RunFuture;
}

/// Size limit of the standard error that is kept, in bytes. The rest is not read.
const STDERR_CAP: usize = 4 * 1024;
/// The interval at which a running program is checked.
const POLL: Duration = Duration::from_millis(5);

/// Runs the program on a thread, so that it works under every runtime and needs no feature of tokio.
pub(super) fn run(program: Program) -> RunFuture {
    let (send, receive) = oneshot::channel();
    let thread = std::thread::Builder::new().name("cloudcall-program".to_owned()).spawn(move || {
        let _ = send.send(run_here(&program));
    });
    Box::pin(async move {
        thread?;
        receive.await.unwrap_or_else(|_| Err(std::io::Error::other("the thread that runs it has ended")))
    })
}

/// Runs the program on the current thread.
fn run_here(program: &Program) -> Result<Printed> {
    let begin = Instant::now();
    let mut child = Command::new(&program.file)
        .args(&program.args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let stdout = collect(child.stdout.take(), program.size_limit.saturating_add(1));
    let stderr = collect(child.stderr.take(), STDERR_CAP);
    let left = || program.time_limit.saturating_sub(begin.elapsed());
    // The output is awaited first: a program that prints much would never end while nobody reads.
    let printed = stdout.recv_timeout(left());
    let end = match &printed {
        Ok(text) if text.len() > program.size_limit => ProgramEnd::TooLarge,
        Ok(_) => wait(&mut child, left)?,
        Err(_) => ProgramEnd::TooSlow,
    };
    if matches!(end, ProgramEnd::TooLarge | ProgramEnd::TooSlow) {
        // It may have ended meanwhile. Its own children may hold the pipes open: nothing waits for them.
        let _ = child.kill();
        let _ = child.wait();
    }
    let mut stdout = printed.unwrap_or_default();
    stdout.truncate(program.size_limit);
    let stderr = stderr.recv_timeout(left().min(Duration::from_millis(200))).unwrap_or_default();
    Ok(Printed { end, stdout, stderr: stderr.to_vec() })
}

/// Waits until the program ends or no time is left.
fn wait(child: &mut Child, left: impl Fn() -> Duration) -> Result<ProgramEnd> {
    loop {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(ProgramEnd::Success),
            Some(status) => return Ok(ProgramEnd::Failure(status.to_string())),
            None if left().is_zero() => return Ok(ProgramEnd::TooSlow),
            None => std::thread::sleep(POLL),
        }
    }
}

/// Reads a pipe on a thread, up to `cap` bytes.
fn collect(pipe: Option<impl Read + Send + 'static>, cap: usize) -> mpsc::Receiver<Zeroizing<Vec<u8>>> {
    let (send, receive) = mpsc::channel();
    // If no thread can be started, the channel closes, which counts as no output.
    let _ = std::thread::Builder::new().name("cloudcall-pipe".to_owned()).spawn(move || {
        let mut text = Zeroizing::new(Vec::with_capacity(4 * 1024));
        if let Some(pipe) = pipe {
            let _ = pipe.take(u64::try_from(cap).unwrap_or(u64::MAX)).read_to_end(&mut text);
        }
        let _ = send.send(text);
    });
    receive
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn sh(script: &str, limit: Duration) -> Printed {
        let program = Program { time_limit: limit, ..Program::new("sh", ["-c", script]) };
        run_here(&program).unwrap()
    }

    #[test]
    fn arguments_are_not_shown() {
        let shown = format!("{:?}", Program::new("/opt/keys", ["--token", "planted"]));
        assert!(shown.contains("/opt/keys") && shown.contains("2 arguments"), "{shown}");
        assert!(!shown.contains("planted") && !shown.contains("--token"), "{shown}");
    }

    #[test]
    fn a_program_is_run_to_its_end_within_its_limits() {
        let long = Duration::from_secs(20);
        let printed = sh("printf out; printf err >&2", long);
        assert_eq!((printed.end, printed.stdout.as_slice()), (ProgramEnd::Success, &b"out"[..]));
        assert_eq!(printed.stderr, b"err");
        // The standard input is empty, so a program that reads it does not hang.
        assert_eq!(sh("cat", long).end, ProgramEnd::Success);
        assert_eq!(sh("exit 3", long).end, ProgramEnd::Failure("exit status: 3".to_owned()));
        let printed = sh("yes", long);
        assert_eq!((printed.end, printed.stdout.len()), (ProgramEnd::TooLarge, 64 * 1024));
        let begin = Instant::now();
        // The shell's child keeps the pipe open after the shell was killed.
        assert_eq!(sh("sleep 30; true", Duration::from_millis(100)).end, ProgramEnd::TooSlow);
        assert_eq!(sh("exec >&-; sleep 30", Duration::from_millis(100)).end, ProgramEnd::TooSlow);
        assert!(begin.elapsed() < Duration::from_secs(10));
        // Arguments are not interpreted.
        let printed = run_here(&Program::new("printf", ["%s", "$HOME; `id` *"])).unwrap();
        assert_eq!(printed.stdout.as_slice(), b"$HOME; `id` *");
        assert!(run_here(&Program::new("/no/such/program", [""; 0])).is_err());
    }
}

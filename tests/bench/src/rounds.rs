//! Runs contenders in turns, each round in a process of its own.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use cloudcall::sign::time::{Utc, unix_seconds};

use crate::measure::Figures;
use crate::server::Server;

pub type Failure = Box<dyn Error + Send + Sync>;

/// A contender, and the part of the calls that it makes: slow ones make fewer.
pub struct Entry {
    pub name: &'static str,
    pub python: bool,
    pub share: usize,
}

/// A contender of this program.
pub const fn rust(name: &'static str) -> Entry {
    Entry { name, python: false, share: 1 }
}

/// A contender of `python.py`.
pub const fn python(name: &'static str) -> Entry {
    Entry { name, python: true, share: 20 }
}

/// What all contenders of a comparison do.
#[derive(Clone, Copy)]
pub struct Scenario {
    pub title: &'static str,
    pub answer: &'static str,
    pub in_flight: usize,
    pub calls: usize,
    /// `flow`, `hold` (no response before all requests are sent), or `threads` (a runtime of many threads).
    pub mode: &'static str,
    pub rounds: usize,
    /// The first is what the others are compared with.
    pub entries: &'static [Entry],
}

impl Scenario {
    /// The figures of each contender, a value for each round.
    pub fn run(&self, programs: &Programs<'_>) -> Result<Vec<Vec<Figures>>, Failure> {
        let server = Server::start()?;
        let entries: Vec<&Entry> = self.entries(programs).collect();
        let mut all: Vec<Vec<Figures>> = entries.iter().map(|_| Vec::new()).collect();
        for _ in 0..self.rounds {
            for (entry, found) in entries.iter().zip(&mut all) {
                found.push(self.round(entry, server.url(), programs)?);
            }
        }
        Ok(all)
    }

    /// The contenders that can run.
    pub fn entries<'a>(&'a self, programs: &Programs<'_>) -> impl Iterator<Item = &'a Entry> {
        let with_python = programs.python.is_some();
        self.entries.iter().filter(move |entry| with_python || !entry.python)
    }

    fn round(&self, entry: &Entry, url: &str, programs: &Programs<'_>) -> Result<Figures, Failure> {
        let mut command = match programs.python {
            Some(python) if entry.python => {
                let mut command = Command::new(python);
                command.arg("-B").arg(concat!(env!("CARGO_MANIFEST_DIR"), "/python.py"));
                command
            }
            _ => Command::new(&programs.rust),
        };
        command.args(self.arguments(entry, url));
        let output = command.output()?;
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr);
            return Err(format!("{}, {}: {why}", entry.name, self.title).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// The arguments of a client process.
    pub fn arguments(&self, entry: &Entry, url: &str) -> [String; 7] {
        let calls = (self.calls / entry.share).max(self.in_flight).to_string();
        let texts = ["--client", entry.name, url, self.answer].map(str::to_owned);
        let [client, name, url, answer] = texts;
        [client, name, url, answer, self.in_flight.to_string(), calls, self.mode.to_owned()]
    }
}

/// The programs that contenders are part of.
pub struct Programs<'a> {
    pub rust: PathBuf,
    pub python: Option<&'a str>,
}

impl<'a> Programs<'a> {
    /// This program, and Python if there is an interpreter that has the vendors' packages.
    pub fn new(python: Option<&'a str>) -> std::io::Result<Self> {
        Ok(Self { rust: std::env::current_exe()?, python })
    }

    /// The program that counts allocations, which is built together with this one.
    pub fn counting() -> std::io::Result<Self> {
        let own = std::env::current_exe()?;
        let folder = own.parent().unwrap_or(Path::new("."));
        Ok(Self { rust: folder.join("cloudcall-bench-allocations"), python: None })
    }
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The median of a figure, and of its ratio to the figure of the first contender in the same round.
pub fn compared(all: &[Vec<Figures>], at: usize, figure: fn(&Figures) -> f64) -> (f64, f64) {
    let (Some(own), Some(first)) = (all.get(at), all.first()) else { return (0.0, 0.0) };
    let ratios = own.iter().zip(first).map(|(own, first)| figure(own) / figure(first)).collect();
    (median(own.iter().map(figure).collect()), median(ratios))
}

/// The least value of a figure: what is left when nothing disturbs.
pub fn least(own: &[Figures], figure: fn(&Figures) -> f64) -> f64 {
    own.iter().map(figure).fold(f64::INFINITY, f64::min)
}

/// When and where the figures are measured: a line for docs/performance.md.
pub fn machine() -> String {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let (processors, memory) = (read("/proc/cpuinfo"), read("/proc/meminfo"));
    let after = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map_or("unknown", |(_, value)| value.trim()).to_owned()
    };
    let memory: f64 = after(&memory, "MemTotal").trim_end_matches(" kB").parse().unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let compiler = Command::new("rustc").arg("-V").output().map(|output| output.stdout).unwrap_or_default();
    let compiler = String::from_utf8_lossy(&compiler);
    format!(
        "Measured on {} with Rust {}: {cores} cores ({}), {:.1} GiB, {}-{}.",
        Utc::from_unix(unix_seconds(SystemTime::now())).date(),
        compiler.split_whitespace().nth(1).unwrap_or("(unknown)"),
        after(&processors, "model name"),
        memory / f64::from(1 << 20),
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

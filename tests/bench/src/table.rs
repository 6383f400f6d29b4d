//! Runs the contenders in turns, and prints what they measured.

use std::error::Error;
use std::process::Command;

use crate::measure::Figures;
use crate::server::Server;

type Failure = Box<dyn Error + Send + Sync>;

/// A contender, and how many of the calls it makes: the slow ones make fewer.
struct Entry {
    name: &'static str,
    python: bool,
    share: usize,
}

const fn rust(name: &'static str) -> Entry {
    Entry { name, python: false, share: 1 }
}

const fn python(name: &'static str) -> Entry {
    Entry { name, python: true, share: 20 }
}

struct Scenario {
    title: &'static str,
    answer: &'static str,
    in_flight: usize,
    calls: usize,
    hold: bool,
    rounds: usize,
    /// The first is what the others are compared with.
    entries: &'static [Entry],
}

const SCENARIOS: &[Scenario] = &[
    Scenario {
        title: "small answer, one at a time",
        answer: "small",
        in_flight: 1,
        calls: 4_000,
        hold: false,
        rounds: 7,
        entries: &[
            rust("reqwest"),
            rust("hyper"),
            rust("cloudcall"),
            rust("aws-sdk-sts"),
            python("tencentcloud-sdk-python"),
        ],
    },
    Scenario {
        title: "small answer, 64 in flight",
        answer: "small",
        in_flight: 64,
        calls: 12_800,
        hold: false,
        rounds: 7,
        entries: &[
            rust("reqwest"),
            rust("hyper"),
            rust("cloudcall"),
            rust("aws-sdk-sts"),
            python("tencentcloud-sdk-python"),
        ],
    },
    Scenario {
        title: "200 KB answer, one at a time",
        answer: "large",
        in_flight: 1,
        calls: 400,
        hold: false,
        rounds: 7,
        entries: &[rust("reqwest"), rust("hyper"), rust("cloudcall"), python("tencentcloud-sdk-python")],
    },
    Scenario {
        title: "200 KB answer, 16 in flight",
        answer: "large",
        in_flight: 16,
        calls: 640,
        hold: false,
        rounds: 7,
        entries: &[rust("reqwest"), rust("hyper"), rust("cloudcall")],
    },
    Scenario {
        title: "Huawei Cloud, small answer, one at a time",
        answer: "small",
        in_flight: 1,
        calls: 4_000,
        hold: false,
        rounds: 3,
        entries: &[rust("cloudcall-huawei"), python("huaweicloud-sdk-python-v3")],
    },
    Scenario {
        title: "Alibaba Cloud, small answer, one at a time",
        answer: "small",
        in_flight: 1,
        calls: 4_000,
        hold: false,
        rounds: 3,
        entries: &[rust("cloudcall-alibaba"), python("aliyun-openapi-python-sdk")],
    },
    Scenario {
        title: "10 000 calls in flight, none answered before all are sent",
        answer: "small",
        in_flight: 1,
        calls: 10_000,
        hold: true,
        rounds: 3,
        entries: &[rust("reqwest"), rust("hyper"), rust("cloudcall"), rust("aws-sdk-sts")],
    },
];

/// Runs everything; the Python packages too, if there is an interpreter that has them.
pub fn print(interpreter: Option<&str>) -> Result<(), Failure> {
    println!("{}\n", machine());
    for scenario in SCENARIOS {
        let server = Server::start()?;
        let entries: Vec<&Entry> =
            scenario.entries.iter().filter(|entry| interpreter.is_some() || !entry.python).collect();
        let mut rounds: Vec<Vec<Figures>> = entries.iter().map(|_| Vec::new()).collect();
        for _ in 0..scenario.rounds {
            for (entry, found) in entries.iter().zip(&mut rounds) {
                found.push(round(scenario, entry, &server.url, interpreter)?);
            }
        }
        section(scenario, &entries, &rounds);
    }
    Ok(())
}

/// One process of one contender.
fn round(
    scenario: &Scenario,
    entry: &Entry,
    url: &str,
    interpreter: Option<&str>,
) -> Result<Figures, Failure> {
    let mut command = match interpreter {
        Some(python) if entry.python => {
            let mut command = Command::new(python);
            command.arg("-B").arg(concat!(env!("CARGO_MANIFEST_DIR"), "/python.py"));
            command
        }
        _ => Command::new(std::env::current_exe()?),
    };
    let calls = (scenario.calls / entry.share).max(scenario.in_flight);
    let hold = if scenario.hold { "hold" } else { "flow" };
    command.args(["--client", entry.name, url, scenario.answer]);
    command.args([&scenario.in_flight.to_string(), &calls.to_string(), hold]);
    let output = command.output()?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{}, {}: {why}", entry.name, scenario.title).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The median of a figure, and of its ratio to the first contender's in the same round.
fn compared(all: &[Vec<Figures>], at: usize, figure: fn(&Figures) -> f64) -> (f64, f64) {
    let (Some(own), Some(first)) = (all.get(at), all.first()) else { return (0.0, 0.0) };
    let ratios = own.iter().zip(first).map(|(own, first)| figure(own) / figure(first)).collect();
    (median(own.iter().map(figure).collect()), median(ratios))
}

fn section(scenario: &Scenario, entries: &[&Entry], rounds: &[Vec<Figures>]) {
    println!("{}, {} rounds\n", scenario.title, scenario.rounds);
    if scenario.hold {
        println!("| client | KiB a call | ratio | CPU µs a call | ratio |\n| --- | --- | --- | --- | --- |");
        for (at, entry) in entries.iter().enumerate() {
            let calls = scenario.calls as f64;
            let grown = |figures: &Figures| figures.peak - figures.idle;
            let (memory, ratio) = compared(rounds, at, grown);
            let (cpu, slower) = compared(rounds, at, |figures| figures.cpu);
            println!("| {} | {:.2} | {ratio:.2} | {cpu:.1} | {slower:.2} |", entry.name, memory / calls);
        }
    } else {
        println!(
            "| client | CPU ms for 1 000 calls | ratio | p50 µs | p99 µs | ratio | allocations a call | peak MiB | new connections |"
        );
        println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (at, entry) in entries.iter().enumerate() {
            let (cpu, ratio) = compared(rounds, at, |figures| figures.cpu);
            let (p50, _) = compared(rounds, at, |figures| figures.p50);
            let (p99, slower) = compared(rounds, at, |figures| figures.p99);
            let (allocations, _) = compared(rounds, at, |figures| figures.allocations);
            let (peak, _) = compared(rounds, at, |figures| figures.peak);
            let (connections, _) = compared(rounds, at, |figures| figures.connections);
            let of_rust = |text: String| if entry.python { "".to_owned() } else { text };
            println!(
                "| {} | {cpu:.1} | {ratio:.2} | {p50:.0} | {p99:.0} | {slower:.2} | {} | {:.1} | {} |",
                entry.name,
                of_rust(format!("{allocations:.0}")),
                peak / 1024.0,
                of_rust(format!("{connections:.0}")),
            );
        }
    }
    println!();
}

/// What the figures were measured on.
fn machine() -> String {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let (processors, memory) = (read("/proc/cpuinfo"), read("/proc/meminfo"));
    let after = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map_or("unknown", |(_, value)| value.trim()).to_owned()
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    format!(
        "{cores} cores, {}, memory {}, {}-{}",
        after(&processors, "model name"),
        after(&memory, "MemTotal"),
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

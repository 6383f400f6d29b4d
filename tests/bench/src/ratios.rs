//! The table of ratios to bare reqwest. Its rows have the form that `tests/bench/sizes --rows` prints, too.

use std::process::Command;

use crate::measure::Figures;
use crate::rounds::{Entry, Failure, Programs, Scenario, compared, least, machine, rust};
use crate::server::Server;

const ENTRIES: &[Entry] = &[rust("reqwest"), rust("hyper"), rust("cloudcall"), rust("cloudcall-hyper")];

const SMALL: Scenario = Scenario {
    title: "small call, one at a time",
    answer: "small",
    in_flight: 1,
    calls: 4_000,
    mode: "flow",
    rounds: 9,
    entries: ENTRIES,
};

const SMALL_64: Scenario =
    Scenario { title: "small call, 64 in flight", in_flight: 64, calls: 12_800, ..SMALL };

const SMALL_THREADS: Scenario =
    Scenario { title: "small call, one at a time, multi-thread runtime", mode: "threads", ..SMALL };

const SMALL_64_THREADS: Scenario =
    Scenario { title: "small call, 64 in flight, multi-thread runtime", mode: "threads", ..SMALL_64 };

const LARGE: Scenario = Scenario { title: "200 KB response", answer: "large", calls: 400, ..SMALL };

const HOLD: Scenario =
    Scenario { title: "10 000 in flight", calls: 10_000, mode: "hold", rounds: 3, ..SMALL };

/// Prints the table. All rounds are repeated `factor` times.
pub fn print(factor: usize) -> Result<(), Failure> {
    println!("{}\n", machine());
    println!("| figure | reqwest | hyper | cloudcall, reqwest | cloudcall, hyper | goals |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let programs = Programs::new(None)?;
    let run = |scenario: Scenario| Scenario { rounds: scenario.rounds * factor, ..scenario }.run(&programs);
    for (scenario, goals) in [
        (SMALL, "1.10, 0.75"),
        (SMALL_THREADS, "1.10, 0.75"),
        (SMALL_64, "1.10, 0.75"),
        (SMALL_64_THREADS, "1.10, 0.75"),
        (LARGE, "0.80"),
    ] {
        let all = run(scenario)?;
        times(&format!("CPU µs, {}", scenario.title), &all, |figures| figures.cpu, goals);
        if scenario.in_flight > 1 {
            times(&format!("p99 µs, {}", scenario.title), &all, |figures| figures.p99, "0.90");
        }
    }
    let all = run(HOLD)?;
    let memory = |figures: &Figures| (figures.peak - figures.idle) / HOLD.calls as f64;
    times(&format!("KiB a call, {}", HOLD.title), &all, memory, "0.90");
    times(&format!("CPU µs, {}", HOLD.title), &all, |figures| figures.cpu, "");
    for (scenario, goals) in [(SMALL, "0.65"), (SMALL_64, "0.65"), (LARGE, "")] {
        instructions(scenario, goals)?;
    }
    let counting = Programs::counting()?;
    let all = Scenario { rounds: 1, ..SMALL }.run(&counting)?;
    times("allocations, small call", &all, |figures| figures.allocations, "");
    Ok(())
}

/// A row: the median of the first contender, then the ratio of each other one: median of the rounds, and least values.
fn times(name: &str, all: &[Vec<Figures>], figure: fn(&Figures) -> f64, goals: &str) {
    let (unit, _) = compared(all, 0, figure);
    let mut row = format!("| {name} | {unit:.1} |");
    let floor = all.first().map_or(0.0, |first| least(first, figure));
    for (at, own) in all.iter().enumerate().skip(1) {
        let (_, ratio) = compared(all, at, figure);
        row += &format!(" {ratio:.2} (least {:.2}) |", least(own, figure) / floor);
    }
    println!("{row} {goals} |");
}

/// A row of instructions, which a busy machine does not change.
fn instructions(scenario: Scenario, goals: &str) -> Result<(), Failure> {
    let server = Server::start()?;
    let mut row = String::new();
    let mut unit = None;
    for entry in scenario.entries {
        let Some(each) = counted(&scenario, entry, server.url())? else {
            println!("| instructions, {} | valgrind is not installed | | | | {goals} |", scenario.title);
            return Ok(());
        };
        match unit {
            None => row += &format!(" {each:.0} |"),
            Some(unit) => row += &format!(" {:.2} |", each / unit),
        }
        unit = unit.or(Some(each));
    }
    println!("| instructions, {} |{row} {goals} |", scenario.title);
    Ok(())
}

/// The instructions of a call by callgrind: what two runs differ in, divided by the difference in calls. A quarter more
/// calls warm up.
fn counted(scenario: &Scenario, entry: &Entry, url: &str) -> Result<Option<f64>, Failure> {
    let base = scenario.calls / 20;
    let (few, many) = (base.max(40), 5 * base.max(40));
    let count = |calls: usize| -> Result<Option<f64>, Failure> {
        let mut command = Command::new("valgrind");
        command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(std::env::current_exe()?);
        let output = match command.args(Scenario { calls, ..*scenario }.arguments(entry, url)).output() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            output => output?,
        };
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        let count = text.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
        count.map(Some).ok_or_else(|| format!("valgrind, {}: {text}", entry.name).into())
    };
    let (Some(few_count), Some(many_count)) = (count(few)?, count(many)?) else { return Ok(None) };
    let calls = (many - few) as f64 * 1.25;
    Ok(Some((many_count - few_count) / calls))
}

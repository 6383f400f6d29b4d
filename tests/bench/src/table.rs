//! Compares cloudcall with other SDKs: prints a table for each scenario.

use crate::measure::Figures;
use crate::rounds::{Entry, Failure, Programs, Scenario, compared, machine, python, rust};

const SCENARIOS: &[Scenario] = &[
    Scenario {
        title: "small response, one at a time",
        answer: "small",
        in_flight: 1,
        calls: 4_000,
        mode: "flow",
        rounds: 7,
        entries: &[
            rust("reqwest"),
            rust("hyper"),
            rust("cloudcall"),
            rust("cloudcall-hyper"),
            rust("aws-sdk-sts"),
            python("tencentcloud-sdk-python"),
        ],
    },
    Scenario {
        title: "small response, 64 in flight",
        answer: "small",
        in_flight: 64,
        calls: 12_800,
        mode: "flow",
        rounds: 7,
        entries: &[
            rust("reqwest"),
            rust("hyper"),
            rust("cloudcall"),
            rust("cloudcall-hyper"),
            rust("aws-sdk-sts"),
            python("tencentcloud-sdk-python"),
        ],
    },
    Scenario {
        title: "200 KB response, one at a time",
        answer: "large",
        in_flight: 1,
        calls: 400,
        mode: "flow",
        rounds: 7,
        entries: &[
            rust("reqwest"),
            rust("hyper"),
            rust("cloudcall"),
            rust("cloudcall-hyper"),
            python("tencentcloud-sdk-python"),
        ],
    },
    Scenario {
        title: "200 KB response, 16 in flight",
        answer: "large",
        in_flight: 16,
        calls: 640,
        mode: "flow",
        rounds: 7,
        entries: &[rust("reqwest"), rust("hyper"), rust("cloudcall"), rust("cloudcall-hyper")],
    },
    Scenario {
        title: "Huawei Cloud, small response, one at a time",
        answer: "small",
        in_flight: 1,
        calls: 4_000,
        mode: "flow",
        rounds: 3,
        entries: &[rust("cloudcall-huawei"), python("huaweicloud-sdk-python-v3")],
    },
    Scenario {
        title: "Alibaba Cloud, small response, one at a time",
        answer: "small",
        in_flight: 1,
        calls: 4_000,
        mode: "flow",
        rounds: 3,
        entries: &[rust("cloudcall-alibaba"), python("aliyun-openapi-python-sdk")],
    },
    Scenario {
        title: "10 000 calls in flight, no response before all are sent",
        answer: "small",
        in_flight: 1,
        calls: 10_000,
        mode: "hold",
        rounds: 3,
        entries: &[
            rust("reqwest"),
            rust("hyper"),
            rust("cloudcall"),
            rust("cloudcall-hyper"),
            rust("aws-sdk-sts"),
        ],
    },
];

/// Runs everything, including the Python packages if there is an interpreter that has them.
pub fn print(interpreter: Option<&str>) -> Result<(), Failure> {
    println!("{}\n", machine());
    let programs = Programs::new(interpreter)?;
    for scenario in SCENARIOS {
        let rounds = scenario.run(&programs)?;
        section(scenario, &scenario.entries(&programs).collect::<Vec<_>>(), &rounds);
    }
    Ok(())
}

fn section(scenario: &Scenario, entries: &[&Entry], rounds: &[Vec<Figures>]) {
    println!("{}, {} rounds\n", scenario.title, scenario.rounds);
    if scenario.mode == "hold" {
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

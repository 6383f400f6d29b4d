//! The simulation of an outage: what it promises of our policy, and that it can tell a bad one.

use std::process::Command;
use std::time::Duration;

use cloudcall_examples::simulation::contenders::{NAIVE, NONE, OURS, OURS_BACKUP, OURS_SMALL, contenders};
use cloudcall_examples::simulation::figures::Figures;
use cloudcall_examples::simulation::fleet::{Scenario, simulate};
use cloudcall_tests::programs;

const SEED: u64 = 7;
/// Calls a second: few, so that the suite is fast.
const RATE: f64 = 20.0;

fn figures(scenario: &Scenario, name: &str) -> Figures {
    let all = contenders().unwrap();
    let (_, policy) = all.into_iter().find(|(known, _)| *known == name).unwrap();
    Figures::of(scenario, &simulate(scenario, &policy, SEED).unwrap())
}

/// One client that calls often: here the quota decides.
fn busy(scenario: Scenario) -> Scenario {
    Scenario { clients: 1, rate: RATE, ..scenario }
}

#[test]
fn a_minute_of_failures_is_not_multiplied() {
    let mut scenario = busy(Scenario::outage());
    scenario.trouble.span.end += Duration::from_secs(30);
    scenario.end += Duration::from_secs(30);
    let ours = figures(&scenario, OURS);
    assert!((1.01..=1.1).contains(&ours.amplification), "{ours:?}");
    assert_eq!((ours.recovery, ours.success_during), (Some(0), 0.0));
    let naive = figures(&scenario, NAIVE);
    assert!(naive.amplification > 3.9, "nothing would stop it: {naive:?}");
}

#[test]
fn the_end_of_an_outage_is_the_end_of_failures() {
    for scenario in [Scenario::outage(), Scenario::partial(), Scenario::overload(RATE)] {
        let scenario = busy(scenario);
        for name in [NONE, OURS, OURS_SMALL, OURS_BACKUP] {
            let row = figures(&scenario, name);
            assert!(row.recovery.is_some_and(|seconds| seconds <= 5), "{name}, {}: {row:?}", scenario.name);
            assert!(row.overshoot <= 1.5, "{name}, {}: {row:?}", scenario.name);
        }
    }
    let naive = figures(&busy(Scenario::overload(RATE)), NAIVE);
    assert_eq!(naive.recovery, None, "retries without a limit keep the server down: {naive:?}");
}

/// Three calls a client in the whole outage: the default quota of each is far from used up, and together they are too
/// much for a server that has little to spare. A small quota is for them.
#[test]
fn seldom_callers_need_a_small_quota_where_the_server_has_little_to_spare() {
    let scenario = Scenario { clients: 200, rate: RATE, ..Scenario::overload(RATE) };
    assert_eq!(figures(&scenario, OURS).recovery, None);
    let small = figures(&scenario, OURS_SMALL);
    assert!(small.recovery.is_some_and(|seconds| seconds <= 5) && small.overshoot <= 1.5, "{small:?}");
    let backup = figures(&busy(Scenario::outage()), OURS_BACKUP);
    assert!(backup.success_during > 0.99, "the breaker moves busy clients at once: {backup:?}");
}

#[test]
fn the_same_seed_gives_the_same_run() {
    let scenario = Scenario { clients: 20, rate: 20.0, ..Scenario::partial() };
    let run = |seed| simulate(&scenario, &Default::default(), seed).unwrap().attempts;
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the file that the program wrote")]
fn the_program_draws_and_says_what_it_does_not_know() {
    let run = |arguments: &[&str]| {
        let output = Command::new(programs::example("simulation")).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let file = std::env::temp_dir().join(format!("cloudcall-outage-{}.svg", std::process::id()));
    let path = file.to_str().unwrap();
    let (code, out) = run(&["--clients", "3", "--rate", "2", "--svg", path]);
    let svg = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(code, Some(0), "{out}");
    assert_eq!(svg.matches("<polyline").count(), 3 * contenders().unwrap().len());
    assert!(contenders().unwrap().iter().all(|(name, _)| out.contains(name)), "{out}");
    assert_eq!(run(&["--help"]).0, Some(0));
    assert_eq!(run(&["--nonsense"]).0, Some(2));
    assert_eq!(run(&["--clients", "1", "--rate", "1", "--svg", "/nonexistent/x"]).0, Some(3));
}

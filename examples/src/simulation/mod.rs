//! Simulates how retries affect a service during an outage and afterwards: many clients, one endpoint,
//! virtual time.
//!
//! | file | content |
//! | --- | --- |
//! | `time.rs` | the virtual clock, seeded randomness, and the loop that runs the calls |
//! | `server.rs` | the endpoint with its outage, behind the transport of real clients |
//! | `contenders.rs` | the policies that are compared |
//! | `fleet.rs` | one run: clients, calls and their outcomes |
//! | `figures.rs` | the figures of a run |
//! | `report.rs`, `plot.rs` | the table and the plot |

mod args;
pub mod contenders;
pub mod figures;
pub mod fleet;
mod plot;
mod report;
pub mod server;
pub mod time;

use std::ffi::OsString;
use std::process::ExitCode;

use cloudcall::Error;

use self::args::{Args, HELP};
use self::contenders::contenders;
use self::figures::Figures;
use self::fleet::{Scenario, simulate};

/// One scenario with all contenders.
#[derive(Debug)]
struct Table {
    scenario: Scenario,
    rows: Vec<(&'static str, Figures)>,
}

/// Runs the program. Exit code: 0 for success, 2 for a wrong command line, 3 if the plot cannot be written.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match args::parse(arguments) {
        Ok(Some(args)) => args,
        Ok(None) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(mistake) => {
            eprintln!("{mistake}\nSee --help.");
            return ExitCode::from(2);
        }
    };
    let tables = match tables(&args) {
        Ok(tables) => tables,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    for table in &tables {
        print!("{}", report::table(table));
    }
    if let Some(path) = &args.svg
        && let Err(error) = std::fs::write(path, plot::svg(&tables))
    {
        eprintln!("{} cannot be written: {error}", path.display());
        return ExitCode::from(3);
    }
    ExitCode::SUCCESS
}

fn tables(args: &Args) -> Result<Vec<Table>, Error> {
    let fleet = |scenario: Scenario| Scenario { clients: args.clients, rate: args.rate, ..scenario };
    let scenarios = [Scenario::outage(), Scenario::partial(), Scenario::overload(args.rate)].map(fleet);
    let table = |scenario: Scenario| {
        let row =
            |(name, policy)| Ok((name, Figures::of(&scenario, &simulate(&scenario, &policy, args.seed)?)));
        let rows = contenders()?.into_iter().map(row).collect::<Result<_, Error>>()?;
        Ok(Table { scenario, rows })
    };
    // The runs are independent, so they can run at the same time.
    std::thread::scope(|scope| {
        let table = &table;
        let started: Vec<_> =
            scenarios.into_iter().map(|scenario| scope.spawn(move || table(scenario))).collect();
        let end = |run: std::thread::ScopedJoinHandle<'_, _>| {
            run.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        started.into_iter().map(end).collect()
    })
}

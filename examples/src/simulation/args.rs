//! The command line of `simulation`.

use std::ffi::OsString;
use std::path::PathBuf;

/// The text of `--help`.
pub(super) const HELP: &str = "\
Shows what retry policies do to an endpoint that is down for 30 seconds, in no real time: attempts per second,
amplification (attempts per call), success and recovery after the end, for a fleet of real clients over a made-up
network. The same seed gives the same figures.

Usage: simulation [OPTIONS]

  --clients N   how many clients there are (default 1000)
  --rate R      calls per second of all clients together (default 50)
  --seed S      where chance begins (default 1)
  --svg PATH    also draw the attempts per second
  --help        print this

Example: simulation --clients 10 --svg outage.svg
";

#[derive(Debug, PartialEq)]
pub(super) struct Args {
    pub(super) clients: usize,
    pub(super) rate: f64,
    pub(super) seed: u64,
    pub(super) svg: Option<PathBuf>,
}

/// The arguments; `None` if help was requested. An error names the wrong argument.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<Args>, String> {
    use lexopt::prelude::{Long, ValueExt};
    let mut parser = lexopt::Parser::from_args(arguments);
    let mut args = Args { clients: 1000, rate: 50.0, seed: 1, svg: None };
    let said = |error: lexopt::Error| error.to_string();
    while let Some(argument) = parser.next().map_err(said)? {
        match argument {
            Long("clients") => args.clients = parser.value().and_then(|value| value.parse()).map_err(said)?,
            Long("rate") => args.rate = parser.value().and_then(|value| value.parse()).map_err(said)?,
            Long("seed") => args.seed = parser.value().and_then(|value| value.parse()).map_err(said)?,
            Long("svg") => args.svg = Some(parser.value().map_err(said)?.into()),
            Long("help") => return Ok(None),
            other => return Err(other.unexpected().to_string()),
        }
    }
    match args {
        Args { clients: 0, .. } => Err("--clients is 0: there would be no call".into()),
        // Fewer than one call per second show nothing, and many more need too much memory.
        Args { rate, .. } if !(1.0..=10_000.0).contains(&rate) => Err("--rate is from 1 to 10000".into()),
        args => Ok(Some(args)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Option<Args>, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn what_makes_no_sense_is_said() {
        let args = parsed("--clients 7 --rate 2.5 --seed 3 --svg x.svg").unwrap().unwrap();
        assert_eq!(args, Args { clients: 7, rate: 2.5, seed: 3, svg: Some("x.svg".into()) });
        assert!(parsed("--help").unwrap().is_none());
        for wrong in
            ["--clients 0", "--clients x", "--rate 0", "--rate nan", "--rate 1e9", "--nonsense", "--seed"]
        {
            assert!(parsed(wrong).is_err(), "{wrong}");
        }
    }
}

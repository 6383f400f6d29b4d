//! The properties of `cloudcall_tests::fuzz` over inputs from a seed: the same in every run, on every toolchain.
//!
//! `CLOUDCALL_CASES=1000000` makes so many inputs for each target, `CLOUDCALL_SEED=7` others.

use std::panic::catch_unwind;

use cloudcall_tests::fuzz::{TARGETS, Target};

/// Inputs for each target, unless the environment says otherwise.
const CASES: u64 = 2000;

/// What makes parsers stumble.
const PIECES: [&str; 36] = [
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "null",
    "true",
    "0",
    "-1",
    "1e999",
    "\\u0000",
    "\\ud800",
    "\u{feff}",
    "\u{e9}",
    "\u{1f600}",
    "\0",
    "\r\n",
    "\n",
    "\t",
    "%",
    "%2F",
    "/",
    "..",
    "=",
    "&",
    "#",
    ";",
    "*a",
    "&a",
    "<",
    "<![CDATA[",
    "Error",
    "99999999999999999999",
];

#[allow(clippy::disallowed_methods, reason = "the suite's own setting")]
fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

/// The generator splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }

    /// A known input with some changes, or, now and then, noise.
    fn input(&mut self, seeds: &[&str]) -> Vec<u8> {
        if self.below(10) == 0 {
            let length = self.below(64);
            return (0..length).map(|_| self.below(256) as u8).collect();
        }
        let mut input = seeds[self.below(seeds.len())].as_bytes().to_vec();
        for _ in 0..self.below(6) {
            let at = self.below(input.len() + 1);
            let to = at + self.below(input.len() - at + 1).min(16);
            match self.below(5) {
                0 => drop(input.drain(at..to)),
                1 => drop(input.splice(at..at, PIECES[self.below(PIECES.len())].bytes())),
                2 => drop(input.splice(at..to, PIECES[self.below(PIECES.len())].bytes())),
                3 => {
                    let copy = input[at..to].to_vec();
                    drop(input.splice(at..at, copy));
                }
                _ => {
                    if let Some(byte) = input.get_mut(at) {
                        *byte = self.below(256) as u8;
                    }
                }
            }
        }
        input
    }
}

fn hold(name: &str) {
    let Target { run, seeds, .. } = TARGETS.iter().find(|target| target.name == name).unwrap();
    seeds.iter().for_each(|seed| run(seed.as_bytes()));
    let mut random = Random(setting("CLOUDCALL_SEED", 1));
    for number in 0..setting("CLOUDCALL_CASES", CASES) {
        let input = random.input(seeds);
        if catch_unwind(|| run(&input)).is_err() {
            panic!("{name} does not hold for input {number}: {:?}", String::from_utf8_lossy(&input));
        }
    }
}

macro_rules! properties {
    ($($name:ident)*) => {
        $(#[test] fn $name() { hold(stringify!($name)); })*

        #[test]
        fn all_are_run() {
            let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

properties! { envelope error_body nested server_time credentials regions query path header }

//! Prints the usage of a program on request and after a wrong command line.

use std::process::exit;

/// Prints `usage` and ends the program, if the first argument is `--help`.
pub fn on_request(usage: &str) {
    if matches!(std::env::args().nth(1).as_deref(), Some("--help" | "-h")) {
        println!("{usage}");
        exit(0);
    }
}

/// Prints what is `wrong` and `usage` on stderr, and ends the program with status 2.
pub fn wrong(wrong: &str, usage: &str) -> ! {
    eprintln!("{wrong}\n{usage}");
    exit(2);
}

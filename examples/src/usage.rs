//! How a program is called: told on request, and when it was called wrongly.

use std::process::exit;

/// Prints `usage` and ends the program, if its first argument asks for that.
pub fn on_request(usage: &str) {
    if matches!(std::env::args().nth(1).as_deref(), Some("--help" | "-h")) {
        println!("{usage}");
        exit(0);
    }
}

/// Says on stderr what is `wrong` and prints `usage` there, and ends the program with status 2.
pub fn wrong(wrong: &str, usage: &str) -> ! {
    eprintln!("{wrong}\n{usage}");
    exit(2);
}

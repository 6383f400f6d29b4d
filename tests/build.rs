//! Takes the programs out of the migration guide, so that they are compiled and run as they are written there.

#![allow(clippy::disallowed_methods, reason = "a build script asks cargo and reads a file of the project")]

use std::path::Path;
use std::{env, fs};

const GUIDE: &str = "../docs/migrating-from-python.md";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed={GUIDE}");
    let guide = fs::read_to_string(GUIDE)?;
    let out = env::var("OUT_DIR")?;
    let mut count = 0;
    for block in guide.split("\n```rust,no_run\n").skip(1) {
        let program = block.split("\n```").next().unwrap_or_default();
        if !program.contains("fn main()") {
            continue;
        }
        // The only line that is added: `main` is private to its module.
        let text = format!("{program}\n\npub(crate) fn run() -> impl crate::Ends {{\n    main()\n}}\n");
        fs::write(Path::new(&out).join(format!("guide_{count}.rs")), text)?;
        count += 1;
    }
    assert_eq!(count, 7, "the programs of {GUIDE} are named in src/bin/guide.rs");
    Ok(())
}

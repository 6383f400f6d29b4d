//! Prints the public API of a crate, one item per line, from the JSON that rustdoc writes.
//!
//! `.ci/public-api` makes the JSON and compares the listing with the one in `docs/public-api`.

use std::error::Error;
use std::io::{self, BufWriter, Write};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("usage: cloudcall-public-api RUSTDOC_JSON")?;
    let api = public_api::Builder::from_rustdoc_json(file)
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()?;
    let mut out = BufWriter::new(io::stdout().lock());
    for item in api.items() {
        writeln!(out, "{item}")?;
    }
    out.flush()?;
    Ok(())
}

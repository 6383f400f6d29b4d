//! Prints the table of queries with what is found: the wanted first hit, its rank, and the share at rank 1.
//!
//! ```text
//! cargo run --release -p cloudcall-generator --example queries
//! ```

use std::time::Instant;

use cloudcall_generator::{Error, Names};

fn main() -> Result<(), Error> {
    let (mut first, mut all, mut slowest) = (0, 0, 0.0_f64);
    for line in include_str!("../queries.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut columns = line.split('\t');
        let query = columns.next().unwrap_or_default();
        let wanted: Vec<&str> = columns.collect();
        #[allow(clippy::disallowed_methods, reason = "a benchmark")]
        let start = Instant::now();
        let names = Names::open()?;
        let found = names.search(&[query]);
        slowest = slowest.max(start.elapsed().as_secs_f64());
        let found: Vec<String> =
            found.iter().map(|found| format!("{} {}", found.entry, found.name)).collect();
        let rank = found.iter().position(|name| wanted.contains(&name.as_str()));
        let rank = rank.map_or("-".to_owned(), |rank| (rank + 1).to_string());
        all += 1;
        first += usize::from(rank == "1");
        let got = found.first().map_or("", String::as_str);
        println!(
            "{rank:>4}  {query:<40} {}",
            if rank == "1" { wanted.join(" | ") } else { format!("{got}, not {}", wanted.join(" | ")) }
        );
    }
    println!(
        "{first} of {all} at rank 1 ({:.1} %); the slowest took {:.0} ms",
        100.0 * f64::from(first as u32) / f64::from(all),
        slowest * 1e3
    );
    Ok(())
}

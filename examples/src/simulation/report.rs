//! The table, in Markdown.

use std::fmt::Write;

use super::Table;

pub(super) fn table(table: &Table) -> String {
    let scenario = &table.scenario;
    let mut out = String::new();
    let _ = write!(
        out,
        "{} clients, {} calls/s in total: {}.\n\n\
         | policy | requests per call | success during | success in the 5 s after | 99 % after | most requests/s during | \
         and after |\n| --- | --- | --- | --- | --- | --- | --- |\n",
        scenario.clients, scenario.rate, scenario.name
    );
    for (name, row) in &table.rows {
        let recovery = row.recovery.map_or("never".to_owned(), |seconds| format!("{seconds} s"));
        let _ = writeln!(
            out,
            "| {name} | {:.2} | {:.1} % | {:.1} % | {recovery} | {:.2} x | {:.2} x |",
            row.amplification,
            row.success_during * 100.0,
            row.success_after * 100.0,
            row.peak,
            row.overshoot
        );
    }
    out.push('\n');
    out
}

//! Requests of the catalogue's actions against those of the vendors' own SDKs: every row of `vectors/wire.jsonl` and
//! `vectors/wire_volcengine.jsonl`.
//!
//! `cases.rs` names the actions of the rows in `actions!` and builds each row's parameters as typed values, as a user would
//! write them. `write.rs` writes it from the rows, and a test compares the two, so that the rows are what is tested. After a wanted change:
//! `WRITE_CASES=1 cargo test -p cloudcall-tests --test wire`.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

#[rustfmt::skip]
mod cases;
mod compare;
mod sign;
mod write;

use cloudcall::json::Value;

/// The rows, in the order of the files.
fn rows() -> Vec<Value> {
    let files = [include_str!("../vectors/wire.jsonl"), include_str!("../vectors/wire_volcengine.jsonl")];
    files.into_iter().flat_map(str::lines).map(|line| cloudcall::json::from_str(line).unwrap()).collect()
}

/// How messages name a row.
fn name(row: &Value) -> String {
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    format!("{} {} {} case {}", text("cloud"), text("product"), text("action"), row["case"])
}

#[test]
#[allow(clippy::disallowed_methods, reason = "whoever runs the test says whether to write")]
fn the_cases_are_those_of_the_rows() {
    let wanted = write::cases(&rows());
    if std::env::var_os("WRITE_CASES").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/wire/cases.rs"), wanted).unwrap();
    } else {
        assert_eq!(include_str!("cases.rs"), wanted, "write them anew: see wire/main.rs");
    }
}

#[tokio::test]
async fn every_row_is_sent_as_the_vendors_sdk_sends_it() {
    let rows = rows();
    assert_eq!((rows.len(), cases::CASES.len()), (250, 250));
    let mut wrong = Vec::new();
    for (row, case) in rows.iter().zip(cases::CASES) {
        let sign = sign::Sign::new(row);
        match case(&sign).await {
            Ok((request, info)) => {
                let found = compare::differences(&request, info, row);
                wrong.extend(found.into_iter().map(|what| format!("{}: {what}", name(row))));
            }
            Err(error) => wrong.push(format!("{}: {error}", name(row))),
        }
    }
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

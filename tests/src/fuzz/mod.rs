//! What must hold whatever bytes come, each a function of the bytes: it panics if it does not hold.
//!
//! `tests/suite/properties.rs` feeds them from a seed, the programs of `fuzz/` from a fuzzer.

mod files;
mod offline;
mod requests;
mod responses;

pub use files::{credentials, regions};
pub use requests::{header, path, query};
pub use responses::{envelope, error_body, nested, server_time};

/// A target by name, with inputs that a generator can begin from.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]),
    pub seeds: &'static [&'static str],
}

/// All targets. The first byte of an input says which cloud, status or file it is for.
pub const TARGETS: &[Target] = &[
    Target { name: "envelope", run: envelope, seeds: responses::ENVELOPES },
    Target { name: "error_body", run: error_body, seeds: responses::ERRORS },
    Target { name: "nested", run: nested, seeds: &["\0[{", "\u{1}[[[[", "\u{2}{"] },
    Target { name: "server_time", run: server_time, seeds: responses::TIMES },
    Target { name: "credentials", run: credentials, seeds: files::CREDENTIALS },
    Target { name: "regions", run: regions, seeds: files::REGIONS },
    Target { name: "query", run: query, seeds: &["\0a=1\nb=%2F +~*\nA=\u{e9}", "\u{1}Tag.1.Key=x\nb=\nc"] },
    Target {
        name: "path",
        run: path,
        seeds: &["\0..\n.", "\u{1}a/b\nc?d#e", "\0%2e%2e\n", "\u{1}\u{e9}\n\\"],
    },
    Target {
        name: "header",
        run: header,
        seeds: &["\0X-A\nb", "\u{1}X-A: b\r\nX-C\nd", "\u{2}ap-guangzhou", "\u{3}DescribeZones\0"],
    },
];

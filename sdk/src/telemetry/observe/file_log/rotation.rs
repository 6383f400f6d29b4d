//! When a log file rotates, and what older files are called.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// When the file of a [`FileLog`](super::FileLog) rotates, and how many older files are kept.
///
/// ```
/// use cloudcall::observe::Rotation;
///
/// let of_huawei_cloud = Rotation::by_size(10 << 20, 5);
/// let daily = Rotation::by_day(30);
/// assert_ne!(of_huawei_cloud, daily);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotation {
    pub(super) rule: Rule,
    /// Number of older files that are kept.
    pub(super) backups: u32,
}

/// What ends a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// A size in bytes.
    Size(u64),
    /// The end of a day.
    Day,
}

impl Rotation {
    /// A new file before a line would make the current one larger than `max_bytes`. `backups` older files are
    /// kept beside the current one, as `sdk.log.1` (the newest) to `sdk.log.5`. Without backups, the file
    /// begins again.
    ///
    /// A single line that is larger than `max_bytes` has a file of its own.
    pub fn by_size(max_bytes: u64, backups: u32) -> Self {
        Self { rule: Rule::Size(max_bytes), backups }
    }

    /// A new file with the first line of a day. `backups` older files are kept beside the current one; a date
    /// is part of their names, as in `sdk.log.2026-11-29`.
    pub fn by_day(backups: u32) -> Self {
        Self { rule: Rule::Day, backups }
    }
}

/// The path of an older file: the path of the log, a dot and `suffix`.
pub(super) fn older(path: &Path, suffix: impl ToString) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".");
    name.push(suffix.to_string());
    PathBuf::from(name)
}

/// True if `suffix` is a date, such as `2026-11-29`.
pub(super) fn is_date(suffix: &str) -> bool {
    let shape: String = suffix.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000-00-00"
}

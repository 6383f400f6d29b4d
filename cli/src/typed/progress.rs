//! The progress of a long operation, on a terminal only.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::exit::one_line;

/// A bar on stderr; nothing if stderr is not a terminal.
#[derive(Debug)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    pub(super) fn new(what: &str, quiet: bool) -> Self {
        if quiet || !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner().with_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    /// Shows what is known.
    pub(super) fn says(&self, what: &str) {
        self.0.set_message(one_line(what));
    }

    /// Shows how many items there are, of how many.
    pub(super) fn at(&self, items: u64, total: Option<u64>) {
        if let Some(total) = total.filter(|total| *total >= items)
            && let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos} of {len}")
        {
            self.0.set_style(style);
            self.0.set_length(total);
        }
        self.0.set_position(items);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

//! Listens to the logs of the whole suite at trace level and to its panics, and looks for planted secrets in them.

use std::fmt::{Debug, Write as _};
use std::sync::{Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// `planted`, a part of every secret of the cases: raw, URL-encoded where letters are too, in hex, and in base64 from each
/// of the three positions that it can begin at.
const PLANTED: [&str; 6] =
    ["planted", "%70%6c%61%6e%74%65%64", "706c616e746564", "cGxhbnRlZ", "BsYW50ZW", "wbGFudGVk"];

static LINES: Mutex<String> = Mutex::new(String::new());

struct Everything;

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

fn add(metadata: &Metadata<'_>, record: impl FnOnce(&mut Line)) {
    let mut line = Line(format!("{} {}", metadata.level(), metadata.target()));
    record(&mut line);
    line.0.push('\n');
    LINES.lock().unwrap().push_str(&line.0);
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        add(span.metadata(), |line| span.record(line));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        add(event.metadata(), |line| event.record(line));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Listens from now on.
pub(crate) fn start() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing::subscriber::set_global_default(Everything).unwrap();
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            LINES.lock().unwrap().push_str(&format!("PANIC {}\n", panic.to_string().replace('\n', " ")));
            before(panic);
        }));
    });
}

/// What `text` holds must hold no secret.
pub(crate) fn check_clean(what: &str, text: &str) {
    for planted in PLANTED {
        assert!(!text.to_ascii_lowercase().contains(&planted.to_ascii_lowercase()), "{what}: {text}");
    }
}

/// Whether a log so far holds `text`.
pub(crate) fn holds(text: &str) -> bool {
    LINES.lock().unwrap().contains(text)
}

/// No log so far may hold a secret.
pub(crate) fn check() {
    let lines = LINES.lock().unwrap().clone();
    assert!(lines.contains("cloudcall"), "nothing was logged");
    for line in lines.lines() {
        check_clean("a log", line);
    }
}

/// The lines of one level so far.
pub(crate) fn lines(level: &str) -> Vec<String> {
    let lines = LINES.lock().unwrap().clone();
    lines.lines().filter(|line| line.starts_with(level)).map(str::to_owned).collect()
}

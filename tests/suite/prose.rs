//! The prose of the runtime in figures: how much documentation there is, in which words, and how wide it is. The limits
//! are asserted.
//!
//! `cargo test -p cloudcall-tests --test suite prose -- --nocapture` prints them.

use std::fs;
use std::path::{Path, PathBuf};

/// The longest comment line, in columns.
const WIDTH: usize = 110;

/// The figures of one file. Unit tests are not counted.
#[derive(Debug, Default)]
struct Figures {
    /// Lines that rustdoc reads: `///` and `//!`.
    docs: usize,
    /// Lines that are neither blank nor a comment.
    code: usize,
    /// Lines of documentation with the word "answer", which is not one of the glossary.
    answers: Vec<usize>,
    /// Lines of comments that are too wide.
    wide: Vec<usize>,
}

impl Figures {
    fn of(text: &str) -> Self {
        let mut figures = Self::default();
        for (number, line) in (1..).zip(text.lines()) {
            if line == "#[cfg(test)]" {
                break;
            }
            let trimmed = line.trim_start();
            if trimmed.starts_with("//") && line.chars().count() > WIDTH {
                figures.wide.push(number);
            }
            if trimmed.starts_with("///") || trimmed.starts_with("//!") {
                figures.docs += 1;
                let mut words = trimmed.split(|char: char| !char.is_alphanumeric());
                if words.any(|word| word.to_ascii_lowercase().starts_with("answer")) {
                    figures.answers.push(number);
                }
            } else if !trimmed.is_empty() && !trimmed.starts_with("//") {
                figures.code += 1;
            }
        }
        figures
    }

    #[expect(clippy::cast_precision_loss, reason = "lines of source")]
    fn ratio(&self) -> f64 {
        self.docs as f64 / self.code.max(1) as f64
    }
}

/// Every source file below a folder, without files of unit tests.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "the sources of the project")]
fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// `file:line` of every line that `lines` chooses.
fn places<'a>(
    files: &'a [(String, Figures)],
    lines: impl Fn(&Figures) -> &[usize] + 'a,
) -> impl Iterator<Item = String> + 'a {
    files.iter().flat_map(move |(name, figures)| {
        lines(figures).iter().map(|line| format!("{name}:{line}")).collect::<Vec<_>>()
    })
}

#[test]
fn the_prose_of_the_runtime_in_figures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("sdk/src");
    let mut paths = Vec::new();
    sources(&folder, &mut paths);
    let mut files: Vec<(String, Figures)> = paths
        .iter()
        .map(|path| (path.strip_prefix(&folder).unwrap().display().to_string(), Figures::of(&read(path))))
        .collect();
    files.sort_by(|(_, one), (_, other)| one.ratio().total_cmp(&other.ratio()));
    let sum = Figures {
        docs: files.iter().map(|(_, figures)| figures.docs).sum(),
        code: files.iter().map(|(_, figures)| figures.code).sum(),
        ..Figures::default()
    };
    let answers: Vec<String> = places(&files, |figures| &figures.answers).collect();
    let wide: Vec<String> = places(&files, |figures| &figures.wide).collect();

    println!(
        "sdk/src: {:.2} lines of documentation per line of code ({} and {})",
        sum.ratio(),
        sum.docs,
        sum.code
    );
    println!("sdk/src: {} lines of documentation with the word \"answer\"", answers.len());
    println!("sdk/src: {} comment lines beyond {WIDTH} columns", wide.len());
    assert!(sum.ratio() >= 0.40, "{:.2} lines of documentation per line of code", sum.ratio());
    assert!(answers.len() <= 20, "{answers:?}");
    assert!(wide.is_empty(), "{wide:?}");

    println!("the ten files of more than 40 lines with the least documentation:");
    for (name, figures) in files.iter().filter(|(_, figures)| figures.code > 40).take(10) {
        println!("  {:.2} {name}", figures.ratio());
    }
}

#[test]
fn the_counter_of_prose_sees_what_it_should() {
    let wide = format!("// {}", "x".repeat(WIDTH));
    let text = format!(
        "//! The answer.\n\n/// Answered, and unanswered.\nfn a() {{}} // no answer\n{wide}\n#[cfg(test)]\n/// answer\n"
    );
    let figures = Figures::of(&text);
    assert_eq!((figures.docs, figures.code), (2, 1));
    assert_eq!((figures.answers, figures.wide), (vec![1, 3], vec![5]));
}

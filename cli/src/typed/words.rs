//! The words after the action: options of the command, and parameters of the action.

use std::ffi::OsString;
use std::time::Duration;

use cloudcall::endpoint::Endpoint;

use crate::call::{endpoint, pair, seconds};
use crate::exit::{Failure, Result};
use crate::output::Format;

/// The options of typed calls, each with its value's name and what it does. An empty value name is a flag.
pub(crate) const OPTIONS: [(&str, &str, &str); 25] = [
    ("version", "VERSION", "The API version. Default: the product's main version that has the action"),
    ("region", "REGION", "The region, such as ap-guangzhou"),
    ("profile", "NAME", "The profile of the vendor's own files. Default: what the environment says"),
    ("endpoint", "URL", "An endpoint in place of the usual one, such as http://127.0.0.1:8080"),
    ("sign-method", "SCHEME", "The signature scheme. Default: the cloud's newest"),
    ("header", "NAME=VALUE", "A header; may be repeated"),
    ("params", "JSON", "Parameters as one object by wire names, or @FILE, or - for stdin"),
    ("param", "NAME=VALUE", "A parameter that has the name of an option; may be repeated"),
    ("retries", "N", "Attempts after the first. Default: 2"),
    ("timeout", "SECONDS", "Time limit of each call. Default: 120"),
    ("output", "FORMAT", "json, yaml, table, tsv or csv. Default: json"),
    ("query", "JMESPATH", "Print what this JMESPath expression selects of the response"),
    ("wait", "STATE", "Repeat the call until a named state is reached, or a JMESPath expression is true"),
    ("wait-delay", "SECONDS", "Delay after the first poll of --wait, which doubles up to 30 s. Default: 2"),
    ("wait-timeout", "SECONDS", "Time limit of all polls of --wait. Default: 600"),
    ("all", "", "Fetch all pages of a list and print its items"),
    ("ignore-total", "", "With --all: do not compare the number of items with the total of the service"),
    ("end-at-repeated-token", "", "With --all: take a repeated token for the end of the list"),
    ("max-empty-pages", "N", "With --all: consecutive pages without items that are an error. Default: 100"),
    ("dry-run", "[=curl|rust]", "Print the signed request with its secrets masked, and send nothing"),
    ("unmask", "", "With --dry-run=curl: show signature and tokens, so that the command can be run"),
    ("verbose", "", "Print attempts and timings on stderr; -v"),
    ("no-check", "", "Send what was given without checking names and types"),
    ("help", "", "Print the parameters of the action; -h"),
    ("quiet", "", "Show no progress bar"),
];

/// How a dry run shows the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DryRun {
    Http,
    Curl,
    Rust,
}

/// What was typed, before anything is looked up.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) version: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) profile: Option<String>,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) sign_method: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) retries: Option<u32>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) output: Option<Format>,
    /// `--query`, as it was typed.
    pub(crate) query: Option<String>,
    /// `--wait`, as it was typed.
    pub(crate) wait: Option<String>,
    pub(crate) wait_delay: Option<Duration>,
    pub(crate) wait_timeout: Option<Duration>,
    pub(crate) all: bool,
    pub(crate) ignore_total: bool,
    pub(crate) end_at_repeated_token: bool,
    pub(crate) max_empty_pages: Option<u32>,
    pub(crate) dry_run: Option<DryRun>,
    pub(crate) unmask: bool,
    pub(crate) verbose: bool,
    pub(crate) quiet: bool,
    pub(crate) no_check: bool,
    pub(crate) help: bool,
    /// `--params`, as it was typed.
    pub(crate) params: Option<String>,
    /// Parameters by the names that were typed; none where a name has no value.
    pub(crate) given: Vec<(String, Option<String>)>,
}

impl Words {
    /// Sorts the words. Whether a parameter exists is not known here.
    pub(crate) fn read(words: &[OsString]) -> Result<Self> {
        let mut read = Self::default();
        let mut words = words.iter().peekable();
        while let Some(word) = words.next() {
            let word = unicode(word)?;
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (word, None),
            };
            let name = match name {
                "-v" => "verbose",
                "-h" => "help",
                name => match name.strip_prefix("--") {
                    Some(name) if !name.is_empty() => name,
                    _ => return Err(stray(word)),
                },
            };
            let option = OPTIONS.iter().find(|(option, ..)| *option == name);
            let takes_value = option.is_none_or(|(_, value, _)| !value.is_empty() && !value.starts_with('['));
            let mut next = || words.next_if(|next| !next.to_string_lossy().starts_with("--"));
            let value = match value {
                None if takes_value => next().map(unicode).transpose()?.map(str::to_owned),
                value => value,
            };
            match option {
                Some(_) => read.option(name, value)?,
                None => read.given.push((name.to_owned(), value)),
            }
        }
        Ok(read)
    }

    fn option(&mut self, name: &str, value: Option<String>) -> Result<()> {
        let flag = OPTIONS.iter().any(|(option, kind, _)| *option == name && kind.is_empty());
        match (flag, &value) {
            (true, Some(_)) => {
                return Err(Failure::usage(format!("usage: --{name} takes no value: leave it out")));
            }
            (true, None) => {
                self.flag(name);
                return Ok(());
            }
            (false, None) if name != "dry-run" => {
                let what =
                    format!("usage: --{name} needs a value; write --{name}=VALUE if it begins with `--`");
                return Err(Failure::usage(what));
            }
            _ => {}
        }
        let text = value.unwrap_or_default();
        let bad = |what: String| Failure::usage(format!("usage: --{name} `{text}`: {what}"));
        match name {
            "version" => self.version = Some(text),
            "region" => self.region = Some(text),
            "profile" => self.profile = Some(text),
            "endpoint" => self.endpoint = Some(endpoint(&text).map_err(bad)?),
            "sign-method" => self.sign_method = Some(text),
            "header" => self.headers.push(pair(&text).map_err(bad)?),
            "retries" => {
                self.retries = Some(text.parse().map_err(|_| bad("it is not a whole number".into()))?);
            }
            "max-empty-pages" => {
                self.max_empty_pages =
                    Some(text.parse().map_err(|_| bad("it is not a whole number".into()))?);
            }
            "timeout" => self.timeout = Some(seconds(&text).map_err(bad)?),
            "query" => self.query = Some(text),
            "wait" => self.wait = Some(text),
            "wait-delay" => self.wait_delay = Some(seconds(&text).map_err(bad)?),
            "wait-timeout" => self.wait_timeout = Some(seconds(&text).map_err(bad)?),
            "output" => self.output = Some(text.parse().map_err(bad)?),
            "params" => self.params = Some(text),
            "param" => {
                let (name, value) = pair(&text).map_err(bad)?;
                self.given.push((name, Some(value)));
            }
            _ => {
                self.dry_run = Some(match text.as_str() {
                    "" => DryRun::Http,
                    "curl" => DryRun::Curl,
                    "rust" => DryRun::Rust,
                    _ => return Err(bad("it is `--dry-run`, `--dry-run=curl` or `--dry-run=rust`".into())),
                });
            }
        }
        Ok(())
    }

    fn flag(&mut self, name: &str) {
        match name {
            "all" => self.all = true,
            "ignore-total" => self.ignore_total = true,
            "end-at-repeated-token" => self.end_at_repeated_token = true,
            "unmask" => self.unmask = true,
            "verbose" => self.verbose = true,
            "quiet" => self.quiet = true,
            "no-check" => self.no_check = true,
            "help" => self.help = true,
            _ => {}
        }
    }
}

pub(crate) fn unicode(word: &OsString) -> Result<&str> {
    word.to_str().ok_or_else(|| {
        let shown = word.to_string_lossy();
        Failure::usage(format!("usage: `{shown}` is not Unicode: write the value into a file and use @FILE"))
    })
}

fn stray(word: &str) -> Failure {
    Failure::usage(format!("usage: `{word}` stands alone: parameters are written `--name value`"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Words> {
        let words: Vec<OsString> = line.split_whitespace().map(OsString::from).collect();
        Words::read(&words)
    }

    #[test]
    fn options_and_parameters_are_told_apart() {
        let words = read("--region r --Region=x --limit 5 --flag --dry-run --all -v --timeout 2").unwrap();
        assert_eq!(words.region.as_deref(), Some("r"));
        let given = [("Region", Some("x")), ("limit", Some("5")), ("flag", None)];
        let given = given.map(|(name, value)| (name.to_owned(), value.map(str::to_owned)));
        assert_eq!(words.given, given);
        assert!(words.all && words.verbose && words.dry_run == Some(DryRun::Http));
        assert_eq!(words.timeout, Some(Duration::from_secs(2)));
    }

    #[test]
    fn mistakes_name_the_word_and_the_remedy() {
        for (line, wanted) in [
            ("stray", "`stray` stands alone"),
            ("--", "stands alone"),
            ("-x", "stands alone"),
            ("--region", "--region needs a value"),
            ("--region --limit 1", "--region needs a value"),
            ("--all=1", "--all takes no value"),
            ("--retries x", "not a whole number"),
            ("--max-empty-pages x", "not a whole number"),
            ("--timeout 0", "above zero"),
            ("--wait-delay 0", "above zero"),
            ("--wait-timeout x", "number of seconds"),
            ("--query", "--query needs a value"),
            ("--output xml", "json, yaml, table, tsv or csv"),
            ("--header x", "NAME=VALUE"),
            ("--dry-run=java", "--dry-run=curl"),
            ("--endpoint ftp://x", "scheme"),
        ] {
            let message = read(line).unwrap_err().message;
            assert!(message.contains(wanted), "{line}: {message}");
        }
    }
}

//! The modes of the command line tool's profiles, and the members that each needs.
//!
//! They are apart from the code that uses them, because the tool's own rules are here: the case of modes, and
//! the mode of a profile that names none.

use std::path::Path;

use serde_json::Value;

use super::NAME;
use crate::credential::CredentialError;
use crate::credential::file;
use crate::credential::take_text;

/// The modes of the tool. It accepts them in any case.
const MODES: [&str; 14] = [
    "AK",
    "StsToken",
    "RamRoleArn",
    "RamRoleArnWithRoleName",
    "ChainableRamRoleArn",
    "EcsRamRole",
    "RsaKeyPair",
    "OIDC",
    "CredentialsURI",
    "External",
    "CloudSSO",
    "OAuth",
    "BearerToken",
    "Anonymous",
];

/// The mode of a profile: one of [`MODES`], `unknown`, or the empty text for an empty profile.
///
/// A profile without a mode has the first one for which its members suffice, in the order of the tool.
pub(super) fn of(profile: &Value) -> &'static str {
    let text = |name: &str| profile.get(name).and_then(Value::as_str).unwrap_or_default();
    let has = |name: &str| !text(name).is_empty();
    let named = text("mode");
    if !named.is_empty() {
        return MODES.into_iter().find(|mode| mode.eq_ignore_ascii_case(named)).unwrap_or("unknown");
    }
    match () {
        () if has("access_key_id") || has("access_key_secret") => match () {
            () if has("sts_token") => "StsToken",
            () if has("ram_role_arn") => "RamRoleArn",
            () => "AK",
        },
        () if has("private_key") && has("key_pair_name") => "RsaKeyPair",
        () if has("ram_role_name") => "EcsRamRole",
        () if has("process_command") => "External",
        () if has("oidc_provider_arn") && has("oidc_token_file") => "OIDC",
        () if has("cloud_sso_sign_in_url") => "CloudSSO",
        () if has("bearer_token") => "BearerToken",
        () => "",
    }
}

/// The program and the arguments of a command line, split into words by the rules of the tool's
/// `config/command_split.go`. Nothing is expanded, there are no comments, and no shell runs.
///
/// Quotes are those of a POSIX shell, and so is `\` if `windows` is false. On Windows, `\` separates folders,
/// and is an escape only before `"` between double quotes. `None` for a quote that is not closed, for a `\`
/// at the end, and if there is no program.
pub(super) fn words(command: &str, windows: bool) -> Option<Vec<String>> {
    let mut words = Vec::new();
    // None between words: two quotes make an empty word.
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = command.trim().chars().peekable();
    while let Some(char) = chars.next() {
        let mut push = |char| word.get_or_insert_with(String::new).push(char);
        match (quote, char) {
            (Some(open), _) if open == char => quote = None,
            (Some('\''), _) => push(char),
            (None, '\'' | '"') => {
                quote = Some(char);
                word.get_or_insert_with(String::new);
            }
            (_, '\\') => {
                let next = chars.peek().copied();
                let escapes = match (windows, quote) {
                    (true, _) => quote.is_some() && next == Some('"'),
                    (false, Some(_)) => matches!(next, Some('"' | '\\' | '$' | '`' | '\n')),
                    (false, None) => true,
                };
                if !escapes {
                    push(char);
                    continue;
                }
                match (chars.next()?, windows) {
                    // The line goes on.
                    ('\n', false) => {}
                    (next, _) => push(next),
                }
            }
            (None, _) if char.is_whitespace() => words.extend(word.take()),
            _ => push(char),
        }
    }
    words.extend(word);
    let is_program = quote.is_none() && words.first().is_some_and(|program| !program.is_empty());
    is_program.then_some(words)
}

/// Takes the members that a mode needs, and knows the file and the mode for messages.
pub(super) struct Needs<'a> {
    pub(super) path: &'a Path,
    pub(super) mode: &'a str,
    pub(super) profile: &'a mut Value,
}

impl Needs<'_> {
    /// Takes the members out. If all are missing or empty, the profile is *not configured*, as in a file that
    /// was just made. If some are, that is an error that names the first one.
    pub(super) fn all<const N: usize>(&mut self, names: [&str; N]) -> Result<[String; N], CredentialError> {
        let values = names.map(|name| take_text(self.profile, name));
        let missing = names.iter().zip(&values).find(|(_, value)| value.is_none()).map(|(name, _)| *name);
        let Some(missing) = missing else { return Ok(values.map(Option::unwrap_or_default)) };
        let what = format!("has no `{missing}` in its profile of mode `{}`", self.mode);
        Err(match values.iter().all(Option::is_none) {
            true => CredentialError::NotConfigured(format!("{} {what}", file::shown(self.path))),
            false => file::broken(NAME, self.path, &what).into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_line_is_split_as_the_tool_does() {
        for (command, unix, windows) in [
            ("  a  b\tc ", Some(&["a", "b", "c"][..]), Some(&["a", "b", "c"][..])),
            ("a #b # c", Some(&["a", "#b", "#", "c"]), Some(&["a", "#b", "#", "c"])),
            ("a '' \"\" b", Some(&["a", "", "", "b"]), Some(&["a", "", "", "b"])),
            ("a'b c'd\"e f\"", Some(&["ab cde f"]), Some(&["ab cde f"])),
            (r"C:\t\k.exe x\ y", Some(&["C:tk.exe", "x y"]), Some(&[r"C:\t\k.exe", r"x\", "y"])),
            (
                r#""C:\Program Files\k" "a\"b""#,
                Some(&[r"C:\Program Files\k", "a\"b"]),
                Some(&[r"C:\Program Files\k", "a\"b"]),
            ),
            (r#"k "a\\b" "c\$d""#, Some(&["k", r"a\b", "c$d"]), Some(&["k", r"a\\b", r"c\$d"])),
            (r"k 'a\b' \\srv\s", Some(&["k", r"a\b", r"\srvs"]), Some(&["k", r"a\b", r"\\srv\s"])),
            ("k a\\\nb \\\n c", Some(&["k", "ab", "c"]), Some(&["k", "a\\", "b", "\\", "c"])),
            (r"k a\", None, Some(&["k", r"a\"])),
            ("k 'a", None, None),
            ("k \"a", None, None),
            ("'' k", None, None),
            ("  ", None, None),
        ] {
            for (is_windows, wanted) in [(false, unix), (true, windows)] {
                let wanted = wanted.map(|words| words.iter().map(|word| (*word).to_owned()).collect());
                assert_eq!(words(command, is_windows), wanted, "{command:?}, Windows: {is_windows}");
            }
        }
    }

    #[test]
    fn a_profile_without_a_mode_has_the_one_of_its_members() {
        for (members, mode) in [
            (r#"{"private_key": "k", "key_pair_name": "n", "ram_role_name": "r"}"#, "RsaKeyPair"),
            (r#"{"private_key": "k", "ram_role_name": "r"}"#, "EcsRamRole"),
            (r#"{"access_key_id": "a", "private_key": "k", "key_pair_name": "n"}"#, "AK"),
            (r#"{"bearer_token": "t"}"#, "BearerToken"),
            (r#"{"bearer_token": "t", "cloud_sso_sign_in_url": "u"}"#, "CloudSSO"),
            (r#"{"bearer_token": "t", "mode": "ak"}"#, "AK"),
            ("{}", ""),
        ] {
            let profile = serde_json::from_str(members).unwrap();
            assert_eq!(of(&profile), mode, "{members}");
        }
    }
}

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

/// The program and the arguments of a command line, split into words as a POSIX shell splits them. Nothing is
/// expanded, and no shell runs. `None` for a quote that is not closed.
pub(super) fn words(command: &str) -> Option<Vec<String>> {
    // On Windows, `\` separates folders.
    if cfg!(windows) { shlex::split(&command.replace('\\', "\\\\")) } else { shlex::split(command) }
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

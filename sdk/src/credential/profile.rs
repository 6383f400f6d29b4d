//! Keys from an INI file in a fixed place.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use configparser::ini::{Ini, IniDefault};

use super::file::{self, SIZE_CAP, SecretFile};
use super::{Credential, CredentialError, ProvideCredential};
use crate::context::Context;
use crate::error::Error;

/// The names in a cloud's credentials file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProfileFormat {
    /// The section.
    pub section: &'static str,
    /// The key of the id.
    pub id: &'static str,
    /// The key of the secret.
    pub secret: &'static str,
    /// The key of the token of temporary keys.
    pub token: &'static str,
}

impl ProfileFormat {
    /// The names of a section and of its three keys.
    pub const fn new(
        section: &'static str,
        id: &'static str,
        secret: &'static str,
        token: &'static str,
    ) -> Self {
        Self { section, id, secret, token }
    }
}

/// Reads a key pair from the first of some files that exists.
///
/// No file, no section or no keys is *not configured*; a file that cannot be read or parsed, or that has half a
/// key pair, is an error that names the file.
#[derive(Debug, Clone)]
pub struct ProfileCredentials {
    format: ProfileFormat,
    /// Relative ones are below the home directory.
    paths: Vec<PathBuf>,
}

impl ProfileCredentials {
    /// Looks at `paths` in order; a relative one is below the home directory.
    pub fn new(format: ProfileFormat, paths: impl IntoIterator<Item = impl Into<PathBuf>>) -> Self {
        Self { format, paths: paths.into_iter().map(Into::into).collect() }
    }

    fn resolve(&self, context: &Context) -> Vec<PathBuf> {
        let home = context.env.home();
        let absolute = |path: &PathBuf| match &home {
            _ if path.is_absolute() => Some(path.clone()),
            Some(home) => Some(home.join(path)),
            None => None,
        };
        self.paths.iter().filter_map(absolute).collect()
    }
}

#[async_trait]
impl ProvideCredential for ProfileCredentials {
    fn name(&self) -> &'static str {
        "profile"
    }

    async fn provide(&self, context: &Context) -> Result<Credential, CredentialError> {
        let paths = self.resolve(context);
        for path in &paths {
            match file::read(context, path) {
                Ok(SecretFile { bytes, watched }) => {
                    return self.parse(path, &bytes).map(|credential| credential.with_file(watched));
                }
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(broken(path, "cannot be read").with_source(error).into()),
            }
        }
        let looked: Vec<_> = paths.iter().map(|path| file::shown(path)).collect();
        let reason = match looked.is_empty() {
            true => "there is no home directory to look in".to_owned(),
            false => format!("no file at {}", looked.join(" or ")),
        };
        Err(CredentialError::NotConfigured(reason))
    }
}

impl ProfileCredentials {
    fn parse(&self, path: &Path, bytes: &[u8]) -> Result<Credential, CredentialError> {
        let section = match read_section(path, bytes, self.format.section)? {
            Some(section) => section,
            None => {
                let reason = format!("{} has no section [{}]", file::shown(path), self.format.section);
                return Err(CredentialError::NotConfigured(reason));
            }
        };
        let key = |name: &str| section.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let given = |name: &str| key(name).filter(|value| !value.is_empty());
        let half = |set: &str, missing: &str| {
            broken(path, &format!("has `{set}` in [{}] but no `{missing}`", self.format.section)).into()
        };
        match (given(self.format.id), given(self.format.secret)) {
            (Some(id), Some(secret)) => {
                let mut credential = Credential::new(id, secret)
                    .map_err(|error| broken(path, &format!("is no use: {}", error.message())))?
                    .with_source(self.name());
                if let Some(token) = given(self.format.token) {
                    credential = credential.with_token(token);
                }
                Ok(credential)
            }
            (None, None) => {
                let ProfileFormat { section, id, secret, .. } = self.format;
                let reason = format!("{} has no `{id}` and `{secret}` in [{section}]", file::shown(path));
                Err(CredentialError::NotConfigured(reason))
            }
            (Some(_), None) => Err(half(self.format.id, self.format.secret)),
            (None, Some(_)) => Err(half(self.format.secret, self.format.id)),
        }
    }
}

fn broken(path: &Path, what: &str) -> Error {
    file::broken("profile", path, what)
}

/// The keys (in lower case) and values of one section, or nothing if the file does not have it.
///
/// The rules are those of the vendors' INI readers: `=` or `:`, values trimmed, quotes and `%` literal, `#` and
/// `;` open a comment only at the start of a line, so that a secret may hold them.
pub(crate) fn read_section(
    path: &Path,
    bytes: &[u8],
    section: &str,
) -> Result<Option<Vec<(String, String)>>, Error> {
    if bytes.len() > SIZE_CAP {
        return Err(broken(path, "is larger than 1 MiB, so it is no credentials file"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| broken(path, "is not UTF-8").with_source(error))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    /// Holds keys that stand before any section.
    const NOWHERE: &str = "\0";
    let mut format = IniDefault::default();
    format.default_section = NOWHERE.to_owned();
    format.comment_symbols = vec!['#', ';'];
    format.inline_comment_symbols = Some(Vec::new());
    format.delimiters = vec!['=', ':'];
    format.case_sensitive = true;
    format.multiline = false;
    let mut ini = Ini::new_from_defaults(format);
    let sections = ini
        .read(text.replace("\r\n", "\n"))
        .map_err(|what| broken(path, &format!("is malformed: {what}")))?;
    if sections.get(NOWHERE).is_some_and(|keys| !keys.is_empty()) {
        return Err(broken(path, "is malformed: it has keys before the first [section]"));
    }
    let Some(keys) = sections.get(section) else { return Ok(None) };
    let mut pairs = Vec::with_capacity(keys.len());
    for (key, value) in keys {
        let Some(value) = value else {
            let line = bare_line(text, section).unwrap_or_default();
            let what = format!(
                "is malformed: line {line}, in [{section}], has no `=`; write `key = value`, each value on one line"
            );
            return Err(broken(path, &what));
        };
        pairs.push((key.to_lowercase(), value.clone()));
    }
    Ok(Some(pairs))
}

/// The number of the first line in `section` that has no delimiter. Its content may be a secret, so that messages name its
/// place alone.
fn bare_line(text: &str, section: &str) -> Option<usize> {
    let mut within = false;
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        if let Some(header) = line.strip_prefix('[') {
            within = header.rsplit_once(']').is_some_and(|(name, _)| name.trim() == section);
        } else if within && !line.is_empty() && !line.starts_with(['#', ';']) && !line.contains(['=', ':']) {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Vec<(String, String)>>, Error> {
        read_section(Path::new("/f"), text.as_bytes(), "default").map(|found| {
            found.map(|mut pairs| {
                pairs.sort();
                pairs
            })
        })
    }

    #[test]
    fn values_are_taken_literally() {
        let text =
            "\u{feff}[other]\r\nx=1\r\n[default]\r\n# no\r\nSecret_Id = a#b;c\r\nsecret_key : \"p%q=r\"\r\n";
        let wanted = vec![("secret_id".into(), "a#b;c".into()), ("secret_key".into(), "\"p%q=r\"".into())];
        assert_eq!(read(text).unwrap(), Some(wanted));
    }

    #[test]
    fn a_missing_section_is_not_an_error_but_a_malformed_file_is() {
        assert_eq!(read("[DEFAULT]\na=1\n").unwrap(), None);
        assert_eq!(read("").unwrap(), None);
        for (text, reason) in [
            ("a=1\n", "before the first"),
            ("[default]\nsecret_id\n", "line 2, in [default], has no `=`"),
            ("[default\na=1\n", "malformed"),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.contains(reason) && error.contains("/f"), "{text:?}: {error}");
        }
        assert!(read_section(Path::new("/f"), &[0xff, 0xfe], "default").is_err());
    }

    #[test]
    fn errors_name_the_line_and_never_its_content() {
        for (text, place) in [
            ("[default]\nsecret_key PLANTED\n", "line 2"),
            ("[x]\nPLANTED\n[default]\n# c\n\nsecret_id=a\nsecret_key=b\n  PLANTED\n", "line 8"),
            ("[default]\n\u{feff}PLANTED\n", "line 2"),
            ("[default]\r\nPLANTED\r\n", "line 2"),
            ("[default]\nsecret_id=a\n= PLANTED\n", "line 3:0"),
            ("[default]\nsecret_id=a\n[PLANTED\n", "line 3"),
            ("PLANTED=1\n[default]\n", "before the first"),
            ("PLANTED\n[default]\n", "before the first"),
        ] {
            let error = read(text).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("PLANTED") && shown.contains(place), "{text:?}: {shown}");
        }
    }
}

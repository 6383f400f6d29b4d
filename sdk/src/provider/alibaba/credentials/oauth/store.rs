//! Writes the profile of a sign-in into the file of the command line tool.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::{NAME, failed};
use crate::context::Context;
use crate::credential::CredentialError;
use crate::credential::file::{self, Named};
use crate::credential::json_file::{lock, read_object, replace};
use crate::error::Error;

/// Checks that the file can be written and read.
pub(super) async fn check(context: &Context, path: &Path) -> Result<(), Error> {
    let lock = locked(context, path).await?;
    context.files.can_replace(path).map_err(|error| unwritable(path, error))?;
    drop(lock);
    document(context, path).await.map(drop)
}

/// Sets the members of a profile. The rest of the file stays as it is.
pub(super) async fn write(
    context: &Context,
    path: &Path,
    name: &str,
    members: Map<String, Value>,
) -> Result<(), Error> {
    let lock = locked(context, path).await?;
    let mut document = document(context, path).await?;
    if document.get("current").and_then(Value::as_str).is_none_or(str::is_empty) {
        document.insert("current".to_owned(), name.into());
    }
    let profiles = document.entry("profiles").or_insert_with(|| json!([]));
    if !profiles.is_array() {
        return Err(file::broken(
            NAME,
            path,
            "has `profiles` that are not a list: repair it, and sign in again",
        ));
    }
    let known = profiles.as_array_mut().and_then(|all| all.iter_mut().find(|one| one["name"] == name));
    match known.and_then(Value::as_object_mut) {
        Some(profile) => profile.extend(members),
        None => {
            let mut profile = Map::from_iter([("name".to_owned(), Value::from(name))]);
            profile.extend(members);
            // The tool expects these in each profile.
            profile.insert("output_format".to_owned(), "json".into());
            profile.insert("language".to_owned(), "en".into());
            if let Some(all) = profiles.as_array_mut() {
                all.push(profile.into());
            }
        }
    }
    replace(context, path, &Value::Object(document), "\t").map_err(|error| unwritable(path, error))?;
    drop(lock);
    Ok(())
}

/// The file, or an empty one.
async fn document(context: &Context, path: &Path) -> Result<Map<String, Value>, Error> {
    match read_object(context, NAME, path, Named::Nowhere).await {
        Ok((Value::Object(document), _)) => Ok(document),
        Ok(_) | Err(CredentialError::NotConfigured(_)) => Ok(Map::new()),
        Err(CredentialError::Broken(error)) => Err(error),
    }
}

async fn locked(context: &Context, path: &Path) -> Result<crate::context::FileLock, Error> {
    lock(context, NAME, path).await?.map_err(|error| unwritable(path, error))
}

fn unwritable(path: &Path, error: std::io::Error) -> Error {
    let what = format!(
        "the file {} cannot be written ({error}): make its directory writable, or set `file`",
        file::shown(path)
    );
    failed(&what).with_source(error)
}

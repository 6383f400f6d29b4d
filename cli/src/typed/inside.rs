//! What can stand inside a parameter, for completion.

use cloudcall_generator::{Description, Emitter, Field};

use super::check::{fields, kind};
use super::command::{dashes, known};
use super::names::find;
use crate::actions::{action_name, resolve};
use crate::exit::Result;

/// The names that can follow a parameter and a dot, each with what it takes.
pub(crate) fn members(
    cloud: &str,
    product: &str,
    version: Option<&str>,
    action: &str,
    name: &str,
) -> Vec<(String, String)> {
    let found = with(cloud, product, version, action, name, |description, ty, _| {
        if ty.starts_with("[]") {
            return Ok(vec![("0".to_owned(), "the first element".to_owned())]);
        }
        let members = fields(description, ty)?.unwrap_or_default();
        Ok(members.iter().map(|field| (dashes(field.wire), kind(field.ty).to_owned())).collect())
    });
    found.unwrap_or_default()
}

/// The values that are known of a parameter, or of a member of one.
pub(crate) fn values(
    cloud: &str,
    product: &str,
    version: Option<&str>,
    action: &str,
    name: &str,
) -> Vec<String> {
    let found = with(cloud, product, version, action, name, |description, _, field| {
        Ok(field.map(|field| known(description, field)).unwrap_or_default())
    });
    found.unwrap_or_default()
}

/// Finds a parameter, and gives its type and its field to `use_it`.
fn with<T>(
    cloud: &str,
    product: &str,
    version: Option<&str>,
    action: &str,
    name: &str,
    use_it: impl FnOnce(&Description, &str, Option<&Field<'_>>) -> Result<T>,
) -> Result<T> {
    let description = resolve(cloud, product, version, action)?;
    let action = description.action(action_name(&description, action)?)?;
    let facts = Emitter::new(&description, "::cloudcall").call(&action)?;
    let place = find(&description, &facts, action.name, name)?;
    use_it(&description, &place.ty, place.field.as_ref())
}

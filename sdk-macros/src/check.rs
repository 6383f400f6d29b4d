//! Rules across arguments and fields. This file only finds mistakes; it changes nothing.

use std::collections::HashMap;

use quote::ToTokens;
use syn::ext::IdentExt;

use crate::args::action::{ActionArgs, Provider};
use crate::args::is_header;
use crate::args::paginate::Pagination;
use crate::args::param::ParamLocation;
use crate::errors::{Errors, list, nearest};
use crate::item::{Field, Item, Need, generic, name, option};
use crate::version;

/// Placeholders that the credential fills.
const FROM_CREDENTIAL: [&str; 2] = ["project_id", "domain_id"];

/// Checks the arguments by themselves: required keys, their form, and keys that exclude each other.
pub(crate) fn arguments(args: &ActionArgs, item: &impl ToTokens, errors: &mut Errors) {
    let mut missing = Vec::new();
    if args.provider.is_none() {
        missing.push("provider");
    }
    if args.product.is_none() {
        missing.push("product");
    }
    if args.version.is_none() && !args.provider.as_ref().is_some_and(Provider::is_unversioned) {
        missing.push("version");
    }
    missing.retain(|key| !args.tried.iter().any(|tried| tried == key));
    if !missing.is_empty() {
        let what = format!(
            "`cloud_action` needs {}: write `#[cloud_action(provider = \"tencent\", product = \"cvm\", version = \"2017-03-12\")]`",
            list(&missing)
        );
        errors.at(item, what);
    }
    let word = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    if let Some(product) = args.product.as_ref().filter(|product| !word(&product.value())) {
        errors.at(
            product,
            "a product is the vendor's short name, such as \"cvm\": letters, digits, `-` and `_`",
        );
    }
    if let Some(action) = args.action.as_ref().filter(|action| action.value().trim().is_empty()) {
        errors.at(
            action,
            "the action's name on the wire is empty; leave `action` out to take the struct's name",
        );
    }
    if let Some(version) = &args.version {
        let provider = args.provider.as_ref();
        let (cloud, is_own) =
            (provider.and_then(Provider::built_in), provider.is_some_and(Provider::is_path));
        if let Some(what) = version::mistake(cloud, is_own, &version.value()) {
            errors.at(version, what);
        }
    }
    if let (Some((_, true)), Some(idempotent)) = (&args.readonly, &args.idempotent) {
        errors.at(idempotent, "`readonly` says more than `idempotent`: keep one");
    }
    let host = |host: &str| {
        let label = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | ':');
        !host.is_empty() && host.chars().all(label)
    };
    if let Some(own) = args.host.as_ref().filter(|own| !host(&own.value())) {
        errors.at(own, "`host` is a host name without scheme and path, such as \"sts.example.com\"");
    }
    if let (Some(style), Some(path)) = (&args.style, &args.path)
        && style.value() == "rpc"
        && path.value() != "/"
    {
        errors.at(path, "the RPC style has no paths; drop `path`, or write `style = \"roa\"`");
    }
}

/// Checks the fields against the arguments and against each other.
pub(crate) fn fields(args: &ActionArgs, item: &Item, errors: &mut Errors) {
    for field in &item.fields {
        one_field(args, field, errors);
    }
    path(args, item, errors);
    bodies(item, errors);
    names(item, errors);
    token(args, item, errors);
    json(args, item, errors);
    if let Some(pagination) = &args.paginate
        && args.response.is_none()
    {
        let what = "the pages of a list have a type: add `response = InstanceList`";
        errors.at(&pagination.key, what);
    }
    for page in args.paginate.iter().flat_map(Pagination::fields) {
        if !item.fields.iter().any(|field| field.ident.unraw() == page.unraw()) {
            errors.at(page, no_field(&page.unraw().to_string(), item));
        }
    }
}

/// Checks one field against the arguments.
fn one_field(args: &ActionArgs, field: &Field, errors: &mut Errors) {
    let param = &field.param;
    if let Some(required) = &param.required {
        errors.at(
            required,
            "a required parameter of an action has a type other than `Option`; drop `required`",
        );
    }
    if let Some(default) = &param.default
        && param.default_value.is_none()
        && option(&field.ty).is_some()
    {
        errors.at(
            default,
            "an `Option` may be left out already; drop `default` or the `Option`, or say which value to send: `default = 10`",
        );
    }
    if let Some(skip) = &param.skip
        && (param.place.is_some() || param.name.is_some() || param.list.is_some() || param.serde.is_some())
    {
        errors.at(skip, "a field that is skipped is not sent: it has no place, name or list style");
    }
    if let Some(name) = param.name.as_ref().filter(|name| name.value().is_empty()) {
        errors.at(name, "the wire name is empty");
        return;
    }
    match param.place_kind() {
        Some(ParamLocation::Path | ParamLocation::Host) if field.need != Need::Required => {
            let word = param.place_kind().map(ParamLocation::word).unwrap_or_default();
            let what = format!(
                "a `{word}` parameter is always sent: give it a type other than `Option`, and no `default`"
            );
            errors.at(&field.ty, what);
        }
        Some(ParamLocation::Header) if !is_header(&field.wire) => {
            let what = format!("`{}` is not a header name: letters, digits and `-` only", field.wire);
            match &param.name {
                Some(name) => errors.at(name, what),
                None => errors.at(&field.ident, what),
            }
        }
        Some(place) if place.is_body() => {
            let bodiless = |method: &String| method == "GET" || method == "HEAD";
            // If the body's kind is named, the body is wanted: a few services read one.
            if let Some(method) = args.method().filter(bodiless)
                && args.content.is_none()
            {
                let what = format!(
                    "a {method} request has no body: send this in the `query`, choose another method, or say the \
                     `content` if the service does read one"
                );
                errors.at(param.place_tokens(), what);
            }
        }
        _ => {}
    }
    if let Some((_, text)) = &param.list
        && matches!(
            param.place_kind(),
            Some(ParamLocation::Whole | ParamLocation::File | ParamLocation::Host)
        )
    {
        errors.at(
            text,
            "`list` says how a list is written in a query, header, path or form; here it has no meaning",
        );
    }
}

/// Checks that each placeholder of the path has a field, and each path field a placeholder. The ids of
/// project and account come from the credential.
fn path(args: &ActionArgs, item: &Item, errors: &mut Errors) {
    let in_path = |field: &&Field| field.param.place_kind() == Some(ParamLocation::Path);
    let placeholders = match &args.path {
        Some(path) => match placeholders(&path.value()) {
            Ok(names) => names,
            Err(what) => return errors.at(path, what),
        },
        None => Vec::new(),
    };
    for field in item.fields.iter().filter(in_path) {
        if !placeholders.contains(&field.wire) {
            let what = match &args.path {
                Some(path) => format!("the path {:?} has no placeholder `{{{}}}`", path.value(), field.wire),
                None => {
                    format!("there is no path to put this into: add `path = \"/.../{{{}}}\"`", field.wire)
                }
            };
            errors.at(&field.ident, what);
        }
    }
    let Some(path) = &args.path else { return };
    for name in placeholders {
        let given = item.fields.iter().filter(in_path).any(|field| field.wire == name);
        if given || FROM_CREDENTIAL.contains(&name.as_str()) {
            continue;
        }
        let near = |field: &&Field| field.wire == name || field.ident.unraw() == name;
        match item.fields.iter().find(near) {
            Some(field) => errors.at(
                &field.ident,
                format!("the path has a placeholder `{{{name}}}`: mark this field `#[param(path)]`"),
            ),
            None => errors.at(
                path,
                format!("no field fills the placeholder `{{{name}}}`: add one with `#[param(path)]`"),
            ),
        }
    }
}

/// The names in braces of a path template.
fn placeholders(path: &str) -> Result<Vec<String>, String> {
    if !path.starts_with('/') {
        return Err("a path starts with `/`".to_owned());
    }
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if query.contains(['{', '}', '?', '#']) || path.contains('#') {
        return Err(
            "after `?` a path may have a constant query only; use `#[param(query)]` fields".to_owned()
        );
    }
    if path.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err("a path has no blanks".to_owned());
    }
    let mut names: Vec<String> = Vec::new();
    let mut rest = path;
    while let Some(at) = rest.find(['{', '}']) {
        let after = rest.get(at..).unwrap_or_default();
        let Some(open) = after.strip_prefix('{') else {
            return Err("a `}` without its `{`".to_owned());
        };
        let Some((name, tail)) = open.split_once('}') else {
            return Err("a `{` without its `}`".to_owned());
        };
        if name.is_empty() {
            return Err("a placeholder without a name: write `{name}`".to_owned());
        }
        if name.contains(['{', '/']) {
            return Err("a `{` without its `}`".to_owned());
        }
        if names.iter().any(|known| known == name) {
            return Err(format!("the placeholder `{{{name}}}` stands twice"));
        }
        names.push(name.to_owned());
        rest = tail;
    }
    Ok(names)
}

/// Checks that a whole body is the only body field.
fn bodies(item: &Item, errors: &mut Errors) {
    let mut whole = item.fields.iter().filter(|field| field.param.place_kind() == Some(ParamLocation::Whole));
    let Some(first) = whole.next() else { return };
    for field in whole {
        let what = format!("the body is already the field `{}`: a request has one body", first.ident);
        errors.at(field.param.place_tokens(), what);
    }
    for field in &item.fields {
        if matches!(field.param.place_kind(), Some(ParamLocation::Body | ParamLocation::File)) {
            let what = format!("the field `{}` is the whole body: nothing can be put beside it", first.ident);
            errors.at(field.param.place_tokens(), what);
        }
    }
}

/// Checks that wire names are unique in each part of the request. Header names have no case.
fn names(item: &Item, errors: &mut Errors) {
    let mut seen: HashMap<(Option<ParamLocation>, String), &Field> = HashMap::new();
    for field in item.fields.iter().filter(|field| field.param.skip.is_none()) {
        let place = field.param.place_kind();
        let name = match place {
            Some(ParamLocation::Whole | ParamLocation::Host) => continue,
            Some(ParamLocation::Header) => field.wire.to_ascii_lowercase(),
            _ => field.wire.clone(),
        };
        match seen.get(&(place, name.clone())) {
            Some(first) => {
                let what =
                    format!("the wire name `{}` belongs to the field `{}` already", field.wire, first.ident);
                match &field.param.name {
                    Some(name) => errors.at(name, what),
                    None => errors.at(&field.ident, what),
                }
            }
            None => {
                seen.insert((place, name), field);
            }
        }
    }
}

/// Checks that the idempotency token is a text field that is sent.
fn token(args: &ActionArgs, item: &Item, errors: &mut Errors) {
    let Some(token) = &args.idempotency_token else { return };
    let Some(field) = item.fields.iter().find(|field| field.ident.unraw() == token.unraw()) else {
        return errors.at(token, no_field(&token.unraw().to_string(), item));
    };
    let text = option(&field.ty).unwrap_or(&field.ty);
    let text = generic(text, "Box").unwrap_or(text);
    if name(text).as_deref() != Some("String") {
        errors
            .at(&field.ty, "the idempotency token is a text: its type must be `Option<String>` or `String`");
    }
    if field.param.skip.is_some() {
        errors.at(token, "the idempotency token must be sent, and this field is skipped");
    }
}

/// A JSON document has each name once, and no files.
fn json(args: &ActionArgs, item: &Item, errors: &mut Errors) {
    let Some(json) = &args.json else { return };
    if !item.generics.params.is_empty() {
        errors.at(json, "an action with generics cannot be read from JSON: drop `json` or the generics");
    }
    let mut seen: HashMap<&str, &Field> = HashMap::new();
    for field in item.fields.iter().filter(|field| field.param.skip.is_none()) {
        if field.is_file(args) {
            if field.need == Need::Required {
                let what = "a file cannot be read from JSON: make it an `Option`, or drop `json`";
                errors.at(&field.ty, what);
            }
        } else if let Some(first) = seen.insert(&field.wire, field) {
            let what = format!(
                "the wire name `{}` belongs to the field `{}`, too: JSON cannot tell them apart, so drop `json`",
                field.wire, first.ident
            );
            errors.at(&field.ident, what);
        }
    }
}

fn no_field(name: &str, item: &Item) -> String {
    let fields: Vec<String> = item.fields.iter().map(|field| field.ident.unraw().to_string()).collect();
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    match nearest(name, &fields) {
        Some(near) => format!("`{}` has no field `{name}`, did you mean `{near}`?", item.ident),
        None => format!("`{}` has no field `{name}`", item.ident),
    }
}

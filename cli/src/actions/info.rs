//! The catalogue's facts of an action as those of the SDK.

use cloudcall::action::{ActionInfo, BodyFormat, CallStyle, ListStyle, Param, ParamLocation};
use cloudcall_generator::{Action, CallFacts, Description, Field, ParamLocation as Place};

use super::hosts::table;

/// What the SDK needs to know of an action.
pub(crate) fn info(description: &Description, action: &Action<'_>, facts: &CallFacts<'_>) -> ActionInfo {
    let entry = description.entry();
    let mut info = ActionInfo::dynamic(entry.service, facts.version, action.name);
    if let Ok(method) = action.method.parse()
        && !(entry.cloud == "tencent" && action.method == "POST")
    {
        info = info.with_method(method);
    }
    info = match facts.style {
        Some("rpc") => info.with_style(CallStyle::Rpc),
        style => {
            if style == Some("roa") {
                info = info.with_style(CallStyle::Roa);
            }
            match entry.cloud {
                "tencent" | "volcengine" => info,
                _ => info.with_dynamic_path(action.path),
            }
        }
    };
    info = match facts.body {
        Some("json") => info.with_body_format(BodyFormat::Json),
        Some("form") => info.with_body_format(BodyFormat::Form),
        Some("multipart") => info.with_body_format(BodyFormat::Multipart),
        Some("xml") => info.with_body_format(BodyFormat::Xml),
        Some("octet-stream") => info.with_body_format(BodyFormat::OctetStream),
        _ => info,
    };
    if let Some(host) = facts.host {
        // One of a few hosts of the catalogue.
        info = info.with_host(Box::leak(host.to_owned().into_boxed_str()));
    }
    if let Some(table) = facts.hosts.as_ref().and_then(|hosts| table(entry, hosts)) {
        info = info.with_endpoint_table(table);
    }
    if facts.anonymous {
        info = info.anonymous();
    }
    if facts.regionless {
        info = info.regionless();
    }
    match facts.readonly {
        true => info.readonly(),
        false => info,
    }
}

/// Name, place and list style of a parameter.
pub(crate) fn param(field: &Field<'_>) -> Param {
    let place = match field.place {
        Place::Auto => ParamLocation::Auto,
        Place::Query => ParamLocation::Query,
        Place::Path => ParamLocation::Path,
        Place::Header => ParamLocation::Header,
        Place::Body => ParamLocation::Body,
        Place::Host => ParamLocation::Host,
        Place::Whole => ParamLocation::Whole,
        Place::Stream => ParamLocation::File,
    };
    let list = match field.list {
        Some("json") => ListStyle::Json,
        Some("comma" | "simple") => ListStyle::Comma,
        Some("space") => ListStyle::Space,
        Some("pipe") => ListStyle::Pipe,
        // Descriptions say `csv`, and the vendor's SDK repeats the name all the same.
        Some("repeat" | "multi" | "csv") => ListStyle::Repeat,
        Some("numbered" | "flat") => ListStyle::Numbered,
        _ => ListStyle::Auto,
    };
    let param = Param::dynamic(field.wire).place(place).list(list);
    if field.sensitive { param.secret() } else { param }
}

/// Whether the value is the bytes of a file.
pub(crate) fn is_file(field: &Field<'_>, facts: &CallFacts<'_>) -> bool {
    field.ty.trim_start_matches("[]") == "file"
        || field.place == Place::Stream
        || field.ty == "binary" && facts.body == Some("multipart")
        || field.place == Place::Whole && facts.body == Some("octet-stream")
}

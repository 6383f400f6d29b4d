//! Code: actions as `#[cloud_action]` structures, the types they reach as `#[cloud_model]`s.
//!
//! Names of the standard library are written as absolute paths, since a vendor's type may be called `Option`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write as _;

use crate::codes::ErrorCodes;
use crate::constants;
use crate::description::{Action, Description, Field, ParamLocation, Type};
use crate::error::Error;
use crate::facts;
use crate::hints;
use crate::hosts::Hosts;
use crate::member::{Member, members};
use crate::names::{Case, type_ident, variant};
use crate::reach::{Direction, Reach, parameters};

/// Writes the code of one product-version.
#[derive(Debug, Clone, Copy)]
pub struct Emitter<'a> {
    description: &'a Description,
    runtime: &'a str,
    overrides: &'a [Override<'a>],
    docs: bool,
    json: bool,
}

/// What the user says of an action, against what is inferred of it.
#[derive(Debug, Clone, Copy)]
pub struct Override<'a> {
    /// The action.
    pub action: &'a str,
    /// `readonly`, `idempotent`, `idempotency_token` or `paginate`.
    pub key: &'a str,
    /// What to write in the attribute; nothing leaves out what is inferred.
    pub text: &'a str,
}

impl<'a> Emitter<'a> {
    /// Writes code that finds the runtime at `runtime`, such as `::cloudcall`.
    pub fn new(description: &'a Description, runtime: &'a str) -> Self {
        Self { description, runtime, overrides: &[], docs: true, json: false }
    }

    /// Writes these facts instead of what is inferred.
    #[must_use]
    pub fn with_overrides(mut self, overrides: &'a [Override<'a>]) -> Self {
        self.overrides = overrides;
        self
    }

    /// Leaves the documentation of fields out: a compiler has to read it, and nobody else does.
    #[must_use]
    pub fn without_docs(mut self) -> Self {
        self.docs = false;
        self
    }

    /// Makes actions and types that are also written and read as JSON. Actions whose parameters a JSON document cannot hold are left out:
    /// those that need a file, or have two parameters of the same name.
    #[must_use]
    pub fn with_json(mut self) -> Self {
        self.json = true;
        self
    }

    /// The code of these actions, and of every type that they need, as the text of a module.
    ///
    /// # Errors
    ///
    /// If there is no action of one of these names, or it cannot be called, or the catalogue's file is damaged.
    pub fn code(&self, names: &[&str]) -> Result<String, Error> {
        let actions =
            names.iter().map(|name| self.description.callable_action(name)).collect::<Result<Vec<_>, _>>()?;
        let reach = Reach::of(self.description, &actions)?;
        let hosts = self.hosts()?;
        let codes = self.description.entry().error_codes()?;
        let mut out = hosts.clone().unwrap_or_default();
        for action in &actions {
            self.action(&mut out, &reach, action, hosts.is_some(), codes.as_ref())?;
        }
        for (name, (direction, ty)) in &reach.types {
            match ty {
                Type::Struct(fields) => self.structure(&mut out, &reach, name, *direction, fields, &actions),
                Type::Enum(values) => self.enumeration(&mut out, name, *direction, values),
                Type::Any => {}
            }
        }
        self.waits(&mut out, &reach, &actions);
        if let Some(codes) = &codes {
            codes.write(&mut out, &actions, self.docs);
        }
        Ok(out)
    }

    /// The parameters of an action with their names in Rust, in the order of its structure.
    ///
    /// # Errors
    ///
    /// If the catalogue's file is damaged.
    pub fn parameters(&self, action: &Action<'a>) -> Result<Vec<Member<'a>>, Error> {
        Ok(members(&parameters(self.description, action)?))
    }

    /// The members of a type with their names in Rust.
    pub fn members(&self, fields: &[Field<'a>]) -> Vec<Member<'a>> {
        members(fields)
    }

    /// The name in Rust of a type: its own, unless that belongs to an action or to what comes with one.
    pub fn type_name(&self, name: &str) -> String {
        let of_action =
            |suffix| name.strip_suffix(suffix).is_some_and(|action| self.description.has_action(action));
        if !(of_action("") || of_action("Ext") || of_action("Builder")) {
            return type_ident(name);
        }
        let mut own = format!("{name}Model");
        while self.description.has_type(&own) || self.description.has_action(&own) {
            own.push('_');
        }
        own
    }

    /// The constant with the product's hosts, if actions need one.
    fn hosts(&self) -> Result<Option<String>, Error> {
        let hosts = Hosts::of(self.description)?;
        Ok(hosts.and_then(|hosts| hosts.code(self.description.entry().product, self.runtime)))
    }

    fn action(
        &self,
        out: &mut String,
        reach: &Reach<'a>,
        action: &Action<'a>,
        hosts: bool,
        codes: Option<&ErrorCodes>,
    ) -> Result<(), Error> {
        let entry = self.description.entry();
        let members = self.parameters(action)?;
        let content = self.content(action, &members);
        let own_type = self.content_type(action, &members);
        let _ = writeln!(out, "/// `{}` of {entry}.", action.name);
        if let Some(page) = entry.page(action).filter(|_| self.docs) {
            let _ = writeln!(out, "///\n/// [The vendor's page](<{page}>).");
        }
        if action.fact("status") == Some("deprecated") {
            out.push_str("///\n/// Deprecated by the vendor.\n");
        }
        if action.fact("schemes") == Some("HTTP") {
            out.push_str("///\n/// The vendor's client calls it over plain `http`.\n");
        }
        if let Some(codes) = codes.filter(|_| self.docs) {
            codes.document(out, action.name);
        }
        if let Some(kind) = own_type {
            let _ = writeln!(out, "///\n/// Its `{}` is `{kind}`.", content_ident(&members));
        }
        let _ = write!(
            out,
            "#[{}::cloud_action({}, product = {:?}, version = {:?}",
            self.runtime,
            self.provider(),
            entry.service,
            action.fact("version").unwrap_or(entry.version)
        );
        let name = type_ident(action.name);
        if name != action.name {
            let _ = write!(out, ", action = {:?}", action.name);
        }
        match self.style(action) {
            Some("rpc") => {
                let _ = write!(out, ", style = \"rpc\"");
                if action.method != "POST" {
                    let _ = write!(out, ", method = {:?}", action.method);
                }
            }
            style => {
                if let Some(style) = style {
                    let _ = write!(out, ", style = {style:?}");
                }
                match entry.cloud {
                    "tencent" => {}
                    // POST at the path `/` is what the runtime does.
                    "volcengine" if action.method == "POST" => {}
                    "volcengine" => {
                        let _ = write!(out, ", method = {:?}", action.method);
                    }
                    _ => {
                        let _ = write!(out, ", method = {:?}, path = {:?}", action.method, action.path);
                    }
                }
            }
        }
        if let Some(content) = content.and_then(BodyFormat::word) {
            let _ = write!(out, ", content = {content:?}");
        }
        if action.output == "binary" || action.fact("response") == Some("binary") {
            let _ = write!(out, ", response = {}::Bytes", self.runtime);
        } else if !matches!(action.output, "" | "any") {
            let _ = write!(out, ", response = {}", self.ty(reach, action.output, false));
        }
        if let Some(host) = action.fact("host") {
            let _ = write!(out, ", host = {host:?}");
        }
        if hosts {
            let _ = write!(out, ", hosts = {}", crate::hosts::NAME);
        }
        if action.fact("anonymous").is_some() {
            out.push_str(", anonymous");
        }
        // Of the catalogue's actions all parameters are known, so one without a region takes none.
        if self.style(action) == Some("rpc") && !members.iter().any(|member| member.field.wire == "RegionId")
        {
            out.push_str(", regionless");
        }
        if action.fact("maybe_sse").or(action.fact("sse")).is_some() {
            out.push_str(", stream = \"sse\"");
        }
        for fact in self.inferred(reach, action, &members) {
            let _ = write!(out, ", {fact}");
        }
        if self.json && is_json(&members, content) {
            out.push_str(", json");
        }
        let _ = writeln!(out, ")]\npub struct {name} {{");
        for member in &members {
            self.parameter(out, reach, member, content);
        }
        if own_type.is_some() {
            let name = content_ident(&members);
            let _ = writeln!(
                out,
                "    #[param(header = \"Content-Type\")]\n    pub {name}: ::std::string::String,"
            );
        }
        out.push_str("}\n\n");
        constants::write(out, &name, &members, self.docs);
        Ok(())
    }

    /// What is inferred of the action, or said by the user instead.
    fn inferred(&self, reach: &Reach<'a>, action: &Action<'a>, members: &[Member<'a>]) -> Vec<String> {
        let said = |key| self.overrides.iter().find(|said| said.action == action.name && said.key == key);
        let idempotent = said("idempotent").is_some();
        let rest = self.description.entry().protocol.ends_with("-rest");
        let facts = [
            ("readonly", (facts::is_readonly(action, rest) && !idempotent).then(|| "readonly".to_owned())),
            ("idempotent", None),
            (
                "idempotency_token",
                facts::token(members).map(|token| format!("idempotency_token = {}", token.ident)),
            ),
            ("paginate", facts::pages(action, members, reach)),
        ];
        let chosen = facts.into_iter().filter_map(|(key, inferred)| match said(key) {
            Some(said) => Some(said.text.to_owned()).filter(|text| !text.is_empty()),
            None => inferred,
        });
        chosen.collect()
    }

    fn parameter(
        &self,
        out: &mut String,
        reach: &Reach<'a>,
        member: &Member<'a>,
        content: Option<BodyFormat>,
    ) {
        let field = &member.field;
        let (is_file, bytes) = (is_file(field, content), is_bytes(field, content));
        let mut keys: Vec<Cow<'_, str>> = Vec::new();
        match field.place {
            _ if is_file => keys.push("file".into()),
            ParamLocation::Auto | ParamLocation::Header => {}
            ParamLocation::Query => keys.push("query".into()),
            ParamLocation::Path => keys.push("path".into()),
            ParamLocation::Body | ParamLocation::Stream => keys.push("body".into()),
            ParamLocation::Host => keys.push("host".into()),
            ParamLocation::Whole => keys.push("body(whole)".into()),
        }
        if field.place == ParamLocation::Header {
            keys.push(format!("header = {:?}", field.wire).into());
        } else if self.default_case().wire(&member.ident) != field.wire {
            keys.push(format!("name = {:?}", field.wire).into());
        }
        if let Some(list) = field.list.filter(|_| !bytes && !is_file) {
            keys.push(format!("list = {list:?}").into());
        }
        if field.sensitive {
            keys.push("secret".into());
        }
        let required = field.required
            || matches!(field.place, ParamLocation::Path | ParamLocation::Host)
            || bytes
            || (is_file && field.ty.starts_with("[]"));
        if self.docs {
            hints::write(out, field, required);
        }
        if !keys.is_empty() {
            let _ = writeln!(out, "    #[param({})]", keys.join(", "));
        }
        let list = field.ty.starts_with("[]");
        let ty = match is_file || bytes {
            true if list => format!("::std::vec::Vec<{}::upload::FilePart>", self.runtime),
            true => format!("{}::upload::FilePart", self.runtime),
            false => self.ty(reach, field.ty, false),
        };
        match required {
            true => {
                let _ = writeln!(out, "    pub {}: {ty},", member.ident);
            }
            false => {
                let _ = writeln!(out, "    pub {}: ::core::option::Option<{ty}>,", member.ident);
            }
        }
    }

    /// Says where a type is used: the vendors' names alone tell little.
    fn type_docs(&self, out: &mut String, direction: Direction) {
        let part = match direction {
            Direction::Request => "requests",
            Direction::Response => "responses",
            Direction::Both => "requests and responses",
        };
        if self.docs {
            let _ = writeln!(out, "/// Part of {part} of {}.", self.description.entry());
        }
    }

    fn structure(
        &self,
        out: &mut String,
        reach: &Reach<'a>,
        name: &str,
        direction: Direction,
        fields: &[Field<'a>],
        actions: &[Action<'a>],
    ) {
        let members = members(fields);
        let case = self.best_case(&members);
        self.type_docs(out, direction);
        let _ = write!(out, "#[{}::cloud_model({}", self.runtime, self.provider());
        if case != self.default_case() {
            let _ = write!(out, ", case = {:?}", case.name());
        }
        out.push_str(word(direction));
        if self.json && direction != Direction::Both {
            out.push_str(", json");
        }
        out.push_str(")]\n");
        // Of a response nothing is required, and its values are what the service says.
        let given = direction != Direction::Response;
        let required = |field: &Field<'_>| given && reach.is_required(name, field);
        // What has required members is made by its constructor.
        if direction == Direction::Both || given && !fields.iter().any(required) {
            out.push_str("#[derive(::core::default::Default)]\n");
        }
        let _ = writeln!(out, "pub struct {} {{", self.type_name(name));
        // Headers and whole documents stand at the top of an answer only.
        let top = direction == Direction::Response
            && actions.iter().any(|a| a.output.strip_prefix('#') == Some(name));
        for Member { field, ident } in &members {
            if self.docs {
                hints::write(out, field, given && field.required);
            }
            let mut keys: Vec<Cow<'_, str>> = Vec::new();
            match field.place {
                ParamLocation::Header if top => keys.push(format!("header = {:?}", field.wire).into()),
                ParamLocation::Whole if top => keys.push("body(whole)".into()),
                _ if case.wire(ident) != field.wire => keys.push(format!("name = {:?}", field.wire).into()),
                _ => {}
            }
            if field.sensitive {
                keys.push("secret".into());
            }
            // A response may lack what a request needs.
            if required(field) && direction == Direction::Both {
                keys.push("required".into());
            }
            if !keys.is_empty() {
                let _ = writeln!(out, "    #[param({})]", keys.join(", "));
            }
            let ty = self.ty(reach, field.ty, reach.is_boxed(name, field));
            let _ = match required(field) && direction == Direction::Request {
                true => writeln!(out, "    pub {ident}: {ty},"),
                false => writeln!(out, "    pub {ident}: ::core::option::Option<{ty}>,"),
            };
        }
        out.push_str("}\n\n");
        constants::write(out, &self.type_name(name), &members, self.docs);
    }

    fn enumeration(&self, out: &mut String, name: &str, direction: Direction, values: &[&str]) {
        let way = if self.json { "" } else { word(direction).trim_start_matches(", ") };
        let crate_ = self.crate_key();
        let args: Vec<&str> = [way, crate_.as_str()].into_iter().filter(|key| !key.is_empty()).collect();
        let name = self.type_name(name);
        self.type_docs(out, direction);
        let _ = writeln!(out, "#[{}::cloud_model({})]\npub enum {name} {{", self.runtime, args.join(", "));
        let mut used: Vec<String> = Vec::new();
        for (at, value) in values.iter().enumerate() {
            if value.is_empty() || values.iter().take(at).any(|before| before == value) {
                continue;
            }
            let plain = variant(value);
            let (mut name, mut number) = (plain.clone(), 1);
            while used.contains(&name) {
                number += 1;
                name = format!("{plain}{number}");
            }
            if name != *value {
                let _ = writeln!(out, "    #[param(name = {value:?})]");
            }
            let _ = writeln!(out, "    {name},");
            used.push(name);
        }
        out.push_str("}\n\n");
    }

    /// A type expression in Rust.
    fn ty(&self, reach: &Reach<'a>, expression: &str, boxed: bool) -> String {
        if let Some(inner) = expression.strip_prefix("[]") {
            return format!("::std::vec::Vec<{}>", self.ty(reach, inner, false));
        }
        if let Some(inner) = expression.strip_prefix("{}") {
            let inner = self.ty(reach, inner, false);
            return format!("::std::collections::BTreeMap<::std::string::String, {inner}>");
        }
        if let Some(name) = expression.strip_prefix('#') {
            return match reach.types.get(name) {
                Some((_, Type::Any)) => format!("{}::json::Value", self.runtime),
                _ if boxed => format!("::std::boxed::Box<{}>", self.type_name(name)),
                _ => self.type_name(name),
            };
        }
        match expression {
            "i64" | "u64" | "f64" | "bool" => expression.to_owned(),
            "number" => format!("{}::json::Number", self.runtime),
            "any" => format!("{}::json::Value", self.runtime),
            // Times are texts of many forms; bytes in JSON are base64.
            _ => "::std::string::String".to_owned(),
        }
    }

    fn provider(&self) -> String {
        let crate_ = self.crate_key();
        let comma = if crate_.is_empty() { "" } else { ", " };
        format!("{crate_}{comma}provider = {:?}", self.description.entry().cloud)
    }

    fn crate_key(&self) -> String {
        match self.runtime {
            "::cloudcall" => String::new(),
            other => format!("crate = {other}"),
        }
    }

    fn default_case(&self) -> Case {
        if self.description.entry().cloud == "huawei" { Case::Snake } else { Case::Pascal }
    }

    /// The rule that names the most fields right; the cloud's own if another is no better.
    fn best_case(&self, members: &[Member<'_>]) -> Case {
        let right = |case: Case| members.iter().filter(|m| case.wire(&m.ident) == m.field.wire).count();
        let own = self.default_case();
        Case::ALL.into_iter().fold(own, |best, case| if right(case) > right(best) { case } else { best })
    }

    pub(crate) fn style(&self, action: &Action<'a>) -> Option<&'a str> {
        let protocol = self.description.entry().protocol;
        match action.fact("style") {
            Some("RPC" | "rpc") => Some("rpc"),
            Some("ROA" | "roa") => Some("roa"),
            _ => protocol.strip_prefix("ali-"),
        }
    }

    pub(crate) fn runtime(&self) -> &'a str {
        self.runtime
    }

    pub(crate) fn description(&self) -> &'a Description {
        self.description
    }

    /// The kind of body that the attribute `content` names.
    pub(crate) fn body(&self, action: &Action<'a>, members: &[Member<'a>]) -> Option<&'static str> {
        self.content(action, members).and_then(BodyFormat::word)
    }

    /// The content type that the caller must name, since the runtime would not know it.
    pub(crate) fn content_type(&self, action: &Action<'a>, members: &[Member<'a>]) -> Option<&'a str> {
        let named = matches!(self.content(action, members), Some(BodyFormat::Bytes | BodyFormat::Named));
        let is_said = members.iter().any(|Member { field, .. }| {
            field.place == ParamLocation::Header && field.wire.eq_ignore_ascii_case("content-type")
        });
        action.fact("content").filter(|_| named && !is_said)
    }

    /// The kind of body, as far as the runtime would not know it.
    fn content(&self, action: &Action<'a>, members: &[Member<'a>]) -> Option<BodyFormat> {
        let has = |place: ParamLocation| members.iter().any(|member| member.field.place == place);
        match action.fact("content") {
            Some("application/x-www-form-urlencoded" | "formData") => Some(BodyFormat::Form),
            Some("multipart/form-data" | "multipart") => Some(BodyFormat::Multipart),
            Some("application/xml") => Some(BodyFormat::Xml),
            Some("application/octet-stream" | "octet-stream") => Some(BodyFormat::Octets),
            Some("none") => None,
            Some(json) if json.contains("json-patch") => Some(BodyFormat::Named),
            Some(_) => Some(BodyFormat::Bytes),
            // Three of Huawei Cloud: the macro wants to hear that a GET with a body is no mistake.
            None if action.method == "GET" && (has(ParamLocation::Body) || has(ParamLocation::Whole)) => {
                Some(BodyFormat::Json)
            }
            None if self.description.entry().cloud != "alibaba" => None,
            None if has(ParamLocation::Body) && self.style(action) == Some("rpc") => Some(BodyFormat::Form),
            None if has(ParamLocation::Body) || has(ParamLocation::Whole) => Some(BodyFormat::Json),
            None => None,
        }
    }
}

/// Kinds of bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BodyFormat {
    Json,
    Form,
    Multipart,
    Xml,
    Octets,
    /// A format that the runtime does not write: the caller gives the bytes, and their type.
    Bytes,
    /// JSON under a content type of its own.
    Named,
}

impl BodyFormat {
    fn word(self) -> Option<&'static str> {
        Some(match self {
            Self::Json => "json",
            Self::Form => "form",
            Self::Multipart => "multipart",
            Self::Xml => "xml",
            Self::Octets | Self::Bytes => "octet-stream",
            Self::Named => return None,
        })
    }
}

/// Whether a parameter is a file of a form, or a stream.
fn is_file(field: &Field<'_>, content: Option<BodyFormat>) -> bool {
    field.ty.trim_start_matches("[]") == "file"
        || field.place == ParamLocation::Stream
        || field.ty == "binary" && content == Some(BodyFormat::Multipart)
}

/// Whether a parameter is the body as bytes.
fn is_bytes(field: &Field<'_>, content: Option<BodyFormat>) -> bool {
    field.place == ParamLocation::Whole && matches!(content, Some(BodyFormat::Bytes | BodyFormat::Octets))
}

/// Whether a JSON document can hold the parameters.
fn is_json(members: &[Member<'_>], content: Option<BodyFormat>) -> bool {
    let mut names = HashSet::new();
    members.iter().all(|Member { field, .. }| match is_file(field, content) || is_bytes(field, content) {
        true => !field.required && !is_bytes(field, content) && !field.ty.starts_with("[]"),
        false => names.insert(field.wire),
    })
}

fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => ", request",
        Direction::Response => ", response",
        Direction::Both => "",
    }
}
/// The field for the content type. A parameter may have the usual name.
fn content_ident(members: &[Member<'_>]) -> &'static str {
    match members.iter().any(|member| member.ident == "content_type") {
        true => "content_type_header",
        false => "content_type",
    }
}

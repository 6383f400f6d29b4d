//! Writes `cases.rs`: each row's parameters as the Rust that a user would write.

use std::collections::{BTreeMap, BTreeSet};

use cloudcall::json::Value;
use cloudcall_generator::{Description, Emitter, Member, ParamLocation, Reach, Type, find, names};

/// The text of `cases.rs`.
pub(crate) fn cases(rows: &[Value]) -> String {
    let mut products: BTreeMap<(String, String, String), (Description, BTreeSet<String>)> = BTreeMap::new();
    let mut out = String::new();
    for row in rows {
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        let key = (text("cloud"), text("product"), text("version"));
        let open = || find(&key.0, &key.1, &key.2).unwrap().open().unwrap();
        let (description, actions) = products.entry(key.clone()).or_insert_with(|| (open(), BTreeSet::new()));
        actions.insert(text("action"));
        out.push_str(&case(description, &text("action"), &row["params"]));
    }
    let named: Vec<String> = products
        .iter()
        .map(|((cloud, product, version), (_, actions))| {
            let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
            format!("    {cloud} {product} {version:?}: {};\n", actions.join(", "))
        })
        .collect();
    format!(
        "//! Written by `write.rs` from the rows: see `main.rs`.\n\nuse super::sign::{{Sign, Signed}};\n\n\
         cloudcall_models::actions! {{\n{}}}\n\n\
         pub(crate) const CASES: &[fn(&Sign) -> Signed] = &[\n{out}];\n",
        named.concat()
    )
}

fn case(description: &Description, action: &str, params: &Value) -> String {
    let entry = description.entry();
    let module = format!(
        "{}::{}::v{}",
        entry.cloud,
        names::ident(entry.product),
        entry.version.trim_start_matches('v').replace(['-', '.'], "_")
    );
    let action = description.action(action).unwrap();
    let reach = Reach::of(description, &[action]).unwrap();
    let write = Write { description, reach, emitter: Emitter::new(description, "::cloudcall"), module };
    let parameters = write.emitter.parameters(&action).unwrap();
    let mut fields: Vec<String> = parameters.iter().map(|member| write.parameter(member, params)).collect();
    if let Some(kind) = action.fact("content").filter(|kind| kind.contains("json-patch")) {
        fields.push(format!("content_type: {kind:?}.to_owned()"));
    }
    format!(
        "    |sign| sign.{}({}::{} {{ {} }}),\n",
        entry.cloud,
        write.module,
        names::type_ident(action.name),
        fields.join(", ")
    )
}

struct Write<'a> {
    description: &'a Description,
    reach: Reach<'a>,
    emitter: Emitter<'a>,
    module: String,
}

impl Write<'_> {
    fn parameter(&self, member: &Member<'_>, params: &Value) -> String {
        let field = &member.field;
        let required = field.required || matches!(field.place, ParamLocation::Path | ParamLocation::Host);
        let value = match (params.get(field.key), required) {
            (Some(value), true) => self.value(field.ty, value),
            (Some(value), false) => format!("Some({})", self.value(field.ty, value)),
            (None, false) => "None".to_owned(),
            (None, true) => panic!("{} is required", field.wire),
        };
        format!("{}: {value}", member.ident)
    }

    fn value(&self, ty: &str, value: &Value) -> String {
        if let Some(inner) = ty.strip_prefix("[]") {
            let items: Vec<String> =
                value.as_array().unwrap().iter().map(|item| self.value(inner, item)).collect();
            // Of an empty list of texts, a setter does not know what kind of texts they are.
            return match (inner, items.as_slice()) {
                ("string", []) => "Vec::<String>::new()".to_owned(),
                _ => format!("vec![{}]", items.join(", ")),
            };
        }
        if let Some(inner) = ty.strip_prefix("{}") {
            let members = value.as_object().unwrap().iter();
            let members: Vec<String> = members
                .map(|(name, value)| format!("({name:?}.to_owned(), {})", self.value(inner, value)))
                .collect();
            return format!("std::collections::BTreeMap::from([{}])", members.join(", "));
        }
        if let Some(name) = ty.strip_prefix('#') {
            return match self.description.ty(name).unwrap() {
                Type::Struct(fields) => self.structure(name, &self.emitter.members(&fields), value),
                Type::Enum(_) => format!("{}::{}::from({value})", self.module, self.emitter.type_name(name)),
                Type::Any => json(value, "Value"),
            };
        }
        match (ty, value) {
            ("number", value) => json(value, "Number"),
            ("any", value) => json(value, "Value"),
            (_, Value::String(text)) => format!("{text:?}.to_owned()"),
            ("f64", value) => format!("{:?}", value.as_f64().unwrap()),
            (_, value) => value.to_string(),
        }
    }

    /// The constructor with the required members, and a setter for each of the others.
    fn structure(&self, name: &str, members: &[Member<'_>], value: &Value) -> String {
        let known = members.iter().map(|member| member.field.key);
        let unknown = value.as_object().unwrap().keys().find(|key| !known.clone().any(|known| known == *key));
        assert_eq!(unknown, None, "{name} has no such member");
        let (mut required, mut setters) = (Vec::new(), String::new());
        for Member { field, ident } in members {
            let value = value.get(field.key).map(|value| self.value(field.ty, value));
            match (self.reach.is_required(name, field), value) {
                (true, Some(value)) => required.push(value),
                (true, None) => panic!("{name} requires {}", field.wire),
                (false, Some(value)) => setters.push_str(&format!(".{ident}({value})")),
                (false, None) => {}
            }
        }
        let name = self.emitter.type_name(name);
        format!("{}::{name}::new({}){setters}", self.module, required.join(", "))
    }
}

fn json(value: &Value, ty: &str) -> String {
    format!("cloudcall::json::from_str::<cloudcall::json::{ty}>({:?}).unwrap()", value.to_string())
}

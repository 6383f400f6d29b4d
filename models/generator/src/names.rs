//! Names: from the wire to Rust, back as the runtime's macros do it, and to the names that are near.

use strsim::levenshtein;

/// Words that are no identifiers, in any edition; those that cannot be raw are in [`ident`].
const KEYWORDS: [&str; 52] = [
    "as", "break", "const", "continue", "else", "enum", "extern", "false", "fn", "for", "if", "impl", "in",
    "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "static", "struct", "trait",
    "true", "type", "unsafe", "use", "where", "while", "async", "await", "dyn", "abstract", "become", "box",
    "do", "final", "macro", "override", "priv", "typeof", "unsized", "virtual", "yield", "try", "gen",
    "Self", "self", "super", "crate",
];

/// The identifier of a field or module that is `wire` on the wire: `InstanceId` to `instance_id`, `type` to `r#type`.
pub fn ident(wire: &str) -> String {
    let mut name = snake(wire);
    if name == "_" {
        return "n_".to_owned();
    }
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert(0, 'n');
    }
    keyword(name)
}

/// The identifier of a type or an action, which keeps its name.
pub fn type_ident(wire: &str) -> String {
    keyword(wire.to_owned())
}

fn keyword(name: String) -> String {
    match name.as_str() {
        "self" | "Self" | "super" | "crate" => format!("{name}_"),
        word if KEYWORDS.contains(&word) => format!("r#{name}"),
        _ => name,
    }
}

/// The identifier of an enum's variant: `not-ready` to `NotReady`.
pub fn variant(wire: &str) -> String {
    let shouted = !wire.contains(|c: char| c.is_ascii_lowercase());
    let words = wire.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in words {
        let mut chars = word.chars();
        name.extend(chars.next().map(|first| first.to_ascii_uppercase()));
        name.extend(chars.map(|c| if shouted { c.to_ascii_lowercase() } else { c }));
    }
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert(0, 'N');
    }
    // `Other` is the variant of what is unknown.
    if name == "Other" { "Other_".to_owned() } else { keyword(name) }
}

/// Any wire name to snake_case. `IPv6` is one word, and the `s` of a plural belongs to its acronym.
pub fn snake(wire: &str) -> String {
    let text = wire.replace("IPv4", "Ipv4").replace("IPv6", "Ipv6");
    let chars: Vec<char> = plurals(&text.chars().collect::<Vec<_>>());
    let mut out = String::new();
    for (i, now) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| chars.get(i));
        let after_lower = before.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        let ends_acronym = before.is_some_and(char::is_ascii_uppercase)
            && chars.get(i + 1).is_some_and(char::is_ascii_lowercase);
        if now.is_ascii_uppercase() && (after_lower || ends_acronym) && !out.ends_with('_') {
            out.push('_');
        }
        let now = if now.is_ascii_alphanumeric() { now.to_ascii_lowercase() } else { '_' };
        if now != '_' || !out.ends_with('_') {
            out.push(now);
        }
    }
    let out = out.trim_matches('_');
    if out.is_empty() { "_".to_owned() } else { out.to_owned() }
}

/// `EIPs` to `Eips`, `VpcIDs` to `VpcIds`: capitals before a last `s` become one word.
fn plurals(chars: &[char]) -> Vec<char> {
    let mut out = chars.to_vec();
    for (i, _) in chars.iter().enumerate().filter(|(_, c)| **c == 's') {
        if chars.get(i + 1).is_some_and(char::is_ascii_lowercase) {
            continue;
        }
        let capitals = chars.iter().take(i).rev().take_while(|c| c.is_ascii_uppercase()).count();
        if capitals < 2 {
            continue;
        }
        for c in out.iter_mut().take(i).skip(i - capitals + 1) {
            c.make_ascii_lowercase();
        }
    }
    out
}

/// How wire names are made of field names: the rules of `#[cloud_model(case = "...")]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// `InstanceIds`
    Pascal,
    /// `instance_ids`
    Snake,
    /// `instanceIds`
    Camel,
    /// `instance-ids`
    Kebab,
}

impl Case {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Pascal, Self::Snake, Self::Camel, Self::Kebab];

    /// The name that the macros have for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pascal => "PascalCase",
            Self::Snake => "snake_case",
            Self::Camel => "camelCase",
            Self::Kebab => "kebab-case",
        }
    }

    /// The wire name that the macros make of an identifier.
    pub fn wire(self, ident: &str) -> String {
        let name = ident.strip_prefix("r#").unwrap_or(ident);
        match self {
            Self::Pascal => pascal(name),
            Self::Snake => name.to_owned(),
            Self::Camel => {
                let name = pascal(name);
                let mut chars = name.chars();
                chars.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(chars).collect()
            }
            Self::Kebab => name.replace('_', "-"),
        }
    }
}

fn pascal(name: &str) -> String {
    let mut out = String::new();
    for word in name.split('_') {
        let mut chars = word.chars();
        out.extend(chars.next().map(|first| first.to_ascii_uppercase()));
        out.extend(chars);
    }
    out
}

/// The names of `known` that were probably meant by `name`, the nearest first, three at most.
pub fn nearest<'a>(name: &str, known: &[&'a str]) -> Vec<&'a str> {
    let lower = name.to_ascii_lowercase();
    let allowed = name.len().div_ceil(3);
    let mut found: Vec<(usize, &str)> = known
        .iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= allowed)
        .map(|candidate| (levenshtein(&lower, &candidate.to_ascii_lowercase()), *candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .collect();
    if found.is_empty() && lower.len() >= 4 {
        found = known
            .iter()
            .filter(|candidate| candidate.to_ascii_lowercase().contains(&lower))
            .map(|candidate| (candidate.len(), *candidate))
            .collect();
    }
    found.sort();
    // Beside one that is a letter off, what is four letters off was not meant.
    let best = found.first().map_or(0, |(distance, _)| *distance);
    found.retain(|(distance, _)| *distance <= best * 2);
    found.truncate(3);
    found.into_iter().map(|(_, name)| name).collect()
}

/// `a`, `b` and `c`, for messages.
pub fn list(words: &[&str], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{} {last} {end}", rest.join(", ")),
        _ => quoted.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_become_identifiers() {
        for (wire, name) in [
            ("InstanceIds", "instance_ids"),
            ("EIPs", "eips"),
            ("VpcIDs", "vpc_ids"),
            ("KMSKeyId", "kms_key_id"),
            ("EnableIPv6", "enable_ipv6"),
            ("Ipv6Address", "ipv6_address"),
            ("hw:passthrough", "hw_passthrough"),
            ("OS-FLV-EXT-DATA:ephemeral", "os_flv_ext_data_ephemeral"),
            ("X-Client-Token", "x_client_token"),
            ("Type", "r#type"),
            ("self", "self_"),
            ("3DModel", "n3_d_model"),
            ("DNSFormat", "dns_format"),
            ("$", "n_"),
        ] {
            assert_eq!(ident(wire), name, "{wire}");
        }
        assert_eq!(variant("not-ready"), "NotReady");
        assert_eq!(variant("PAY_PER_USE"), "PayPerUse");
        assert_eq!(variant("1.0"), "N10");
    }

    #[test]
    fn near_names_are_found() {
        let known = ["DescribeZones", "DescribeRegions", "RunInstances"];
        assert_eq!(nearest("DescribeZone", &known), ["DescribeZones"]);
        assert_eq!(nearest("describezones", &["DescribeZone", "DescribeZones"]), ["DescribeZones"]);
        assert_eq!(nearest("zones", &known), ["DescribeZones"]);
        assert_eq!(nearest("runinstances", &known), ["RunInstances"]);
        assert!(nearest("Xyz", &known).is_empty());
    }
}

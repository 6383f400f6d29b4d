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

/// Any wire name to snake_case, by the rule of the macros.
pub fn snake(wire: &str) -> String {
    crate::snake::snake(wire)
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
            ("3DModel", "n3d_model"),
            ("DNSFormat", "dns_format"),
            ("$", "n_"),
        ] {
            assert_eq!(ident(wire), name, "{wire}");
        }
        assert_eq!(variant("not-ready"), "NotReady");
        assert_eq!(variant("PAY_PER_USE"), "PayPerUse");
        assert_eq!(variant("1.0"), "N10");
    }

    /// Also: no two actions of a product-version share a method, and the letters of a name stay as they are.
    #[test]
    fn acronyms_of_all_actions_are_one_word() {
        let names = crate::index::names().unwrap();
        let mut plurals = 0;
        for line in names.lines() {
            let mut seen = std::collections::HashMap::new();
            for name in line.split_whitespace() {
                let method = snake(name);
                let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
                assert_eq!(method.replace('_', ""), letters.to_ascii_lowercase(), "{name}");
                assert!(
                    !method.contains("__") && !method.starts_with('_') && !method.ends_with('_'),
                    "{name}: {method}"
                );
                assert_eq!(seen.insert(method.clone(), name), None, "{name}: {method}");
                for (i, _) in name.match_indices('s') {
                    let (before, after) = (&name[..i], &name[i + 1..]);
                    let start = before.trim_end_matches(|c: char| c.is_ascii_uppercase()).len();
                    if i - start >= 2 && !after.starts_with(|c: char| c.is_ascii_lowercase()) {
                        plurals += 1;
                        let plural = format!("{}s", name[start..i].to_ascii_lowercase());
                        assert!(method.split('_').any(|word| word.ends_with(&plural)), "{name}: {method}");
                    }
                }
                for version in ["IPv4", "IPv6"] {
                    let is_one_word =
                        !name.contains(version) || method.contains(&version.to_ascii_lowercase());
                    assert!(is_one_word, "{name}: {method}");
                }
            }
        }
        assert!(plurals > 20, "{plurals} plurals of acronyms");
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

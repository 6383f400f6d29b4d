//! Wire names to snake_case: one rule for the client methods that the macros write and for the names in the
//! catalogue.
//!
//! `models/generator/src/snake.rs` is a link to this file, so that the packages cannot differ.

/// Words that vendors write with capitals in the middle.
const WORDS: [&str; 15] = [
    "IPv4", "IPv6", "DDoS", "DDos", "OAuth", "IoT", "HBase", "JMeter", "QoS", "MPaaS", "BaaS", "PaaS",
    "SaaS", "IdP", "IaC",
];

/// Any name to snake_case.
///
/// | name | snake_case |
/// | --- | --- |
/// | `DescribeDBInstances` | `describe_db_instances` |
/// | `ListETLs` | `list_etls` |
/// | `CreateIPv6Gateway` | `create_ipv6_gateway` |
/// | `Query3DTask` | `query3d_task` |
pub(crate) fn snake(name: &str) -> String {
    let mut chars: Vec<char> = name.chars().collect();
    words(&mut chars);
    plurals(&mut chars);
    let mut out = String::new();
    for (i, now) in chars.iter().enumerate() {
        if begins_word(&chars, i) && !out.ends_with('_') {
            out.push('_');
        }
        match now.is_alphabetic() || now.is_ascii_digit() {
            true => out.extend(now.to_lowercase()),
            false if out.ends_with('_') => {}
            false => out.push('_'),
        }
    }
    let out = out.trim_matches('_');
    if out.is_empty() { "_".to_owned() } else { out.to_owned() }
}

/// Whether a word begins at `i`: after a small letter, at the end of an acronym, or after a digit. A single
/// capital after a digit belongs to the digit, as in `3D` and `P2P`.
fn begins_word(chars: &[char], i: usize) -> bool {
    let at = |i: usize| chars.get(i).copied();
    let is_small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let is_capital = |c: Option<char>| c.is_some_and(char::is_uppercase);
    let Some(before) = i.checked_sub(1).and_then(at) else { return false };
    if !is_capital(at(i)) {
        return false;
    }
    if before.is_ascii_digit() {
        let ends_here = !is_small(at(i + 1)) && (!is_capital(at(i + 1)) || is_small(at(i + 2)));
        return !ends_here;
    }
    before.is_lowercase() || (before.is_uppercase() && is_small(at(i + 1)))
}

/// `DDoSPolicy` to `DdosPolicy`: a word with capitals in the middle gets one capital.
fn words(chars: &mut [char]) {
    for word in WORDS {
        let word: Vec<char> = word.chars().collect();
        for start in 0..chars.len() {
            let end = start + word.len();
            let is_whole = start.checked_sub(1).and_then(|i| chars.get(i)).is_none_or(|c| !c.is_uppercase())
                && chars.get(end).is_none_or(|c| !c.is_lowercase());
            if is_whole && chars.get(start..end) == Some(&word) {
                chars.iter_mut().take(end).skip(start + 1).for_each(|c| c.make_ascii_lowercase());
            }
        }
    }
}

/// `EIPs` to `Eips`, `VpcIDs` to `VpcIds`: the `s` of a plural belongs to its acronym.
fn plurals(chars: &mut [char]) {
    for i in 0..chars.len() {
        if chars.get(i) != Some(&'s') || chars.get(i + 1).is_some_and(char::is_ascii_lowercase) {
            continue;
        }
        let capitals = chars.iter().take(i).rev().take_while(|c| c.is_ascii_uppercase()).count();
        if capitals >= 2 {
            chars.iter_mut().take(i).skip(i - capitals + 1).for_each(|c| c.make_ascii_lowercase());
        }
    }
}

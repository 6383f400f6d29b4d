//! The vendors' own credential files: which file, and its text with one profile replaced.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use crate::exit::{Failure, Result};
use crate::request::Cloud;

/// What a profile holds.
#[derive(Debug, Default)]
pub(super) struct Keys {
    pub(super) id: String,
    pub(super) secret: String,
    pub(super) token: Option<String>,
    pub(super) region: Option<String>,
    pub(super) project_id: Option<String>,
}

/// The file of a cloud below the home directory, and the profile that calls use without a name.
pub(super) fn file(cloud: Cloud) -> (PathBuf, &'static str) {
    let (path, profile) = match cloud {
        Cloud::Tencent | Cloud::Qcloud => (".tencentcloud/credentials", "default"),
        Cloud::Huawei => (".huaweicloud/credentials", "basic"),
        Cloud::Alibaba => (".alibabacloud/credentials.ini", "default"),
        Cloud::Volcengine => (".volcengine/config.json", "default"),
    };
    (PathBuf::from(path), profile)
}

/// The text of the file with this profile.
pub(super) fn text(cloud: Cloud, before: &str, profile: &str, keys: &Keys) -> Result<String> {
    let optional = |name: &'static str, value: &Option<String>| value.clone().map(|value| (name, value));
    let pairs: Vec<(&str, String)> = match cloud {
        Cloud::Volcengine => return json_file(before, profile, keys),
        Cloud::Tencent | Cloud::Qcloud => {
            let both = [("secret_id", keys.id.clone()), ("secret_key", keys.secret.clone())];
            both.into_iter().chain(optional("token", &keys.token)).collect()
        }
        Cloud::Huawei => {
            let both = [("ak", keys.id.clone()), ("sk", keys.secret.clone())];
            let more = [optional("security_token", &keys.token), optional("project_id", &keys.project_id)];
            both.into_iter().chain(more.into_iter().flatten()).collect()
        }
        Cloud::Alibaba => {
            let kind = if keys.token.is_some() { "sts" } else { "access_key" };
            let own = [
                ("type", kind.to_owned()),
                ("access_key_id", keys.id.clone()),
                ("access_key_secret", keys.secret.clone()),
            ];
            own.into_iter().chain(optional("security_token", &keys.token)).collect()
        }
    };
    Ok(section(before, profile, &pairs))
}

/// An INI file with one section replaced; the other lines stay as they are.
fn section(before: &str, name: &str, pairs: &[(&str, String)]) -> String {
    let mut out = String::new();
    let mut inside = false;
    for line in before.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with('[') {
            inside = trimmed.trim_start_matches('[').split(']').next().map(str::trim) == Some(name);
        }
        if !inside {
            out.push_str(line);
            out.push('\n');
        }
    }
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
    out.push_str(&format!("[{name}]\n"));
    for (key, value) in pairs {
        out.push_str(&format!("{key} = {value}\n"));
    }
    out
}

fn json_file(before: &str, profile: &str, keys: &Keys) -> Result<String> {
    let mut all: Map<String, Value> = match before.trim() {
        "" => Map::new(),
        text => serde_json::from_str(text).map_err(|error| {
            Failure::usage(format!("the file is not a JSON object: {error}; repair it or move it away"))
        })?,
    };
    let mut held = json!({
        "name": profile, "mode": if keys.token.is_some() { "StsToken" } else { "AK" },
        "access-key": keys.id, "secret-key": keys.secret,
    });
    if let Some(token) = &keys.token {
        held["session-token"] = token.as_str().into();
    }
    if let Some(region) = &keys.region {
        held["region"] = region.as_str().into();
    }
    all.entry("current").or_insert_with(|| profile.into());
    let profiles = all.entry("profiles").or_insert_with(|| json!({}));
    profiles[profile] = held;
    Ok(format!("{:#}\n", Value::Object(all)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn other_sections_stay() {
        let before = "# mine\n[default]\nsecret_id = old\n; more\n[work]\nsecret_id = w\n";
        let keys = Keys { id: "new".into(), secret: "s".into(), ..Keys::default() };
        let after = text(Cloud::Tencent, before, "default", &keys).unwrap();
        assert_eq!(after, "# mine\n[work]\nsecret_id = w\n\n[default]\nsecret_id = new\nsecret_key = s\n");
    }

    #[test]
    fn profiles_of_volcengine_stay() {
        let before = r#"{"current": "work", "profiles": {"work": {"mode": "AK"}}, "x": 1}"#;
        let keys =
            Keys { id: "i".into(), secret: "s".into(), region: Some("cn-beijing".into()), ..Keys::default() };
        let after: Value =
            serde_json::from_str(&text(Cloud::Volcengine, before, "home", &keys).unwrap()).unwrap();
        assert_eq!(
            (&after["current"], &after["x"], &after["profiles"]["work"]["mode"]),
            (&json!("work"), &json!(1), &json!("AK"))
        );
        assert_eq!(after["profiles"]["home"]["access-key"], "i");
        assert!(text(Cloud::Volcengine, "[", "home", &keys).is_err());
    }
}

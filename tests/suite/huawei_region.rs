//! Where calls go: environment, file, table, pattern.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use cloudcall::action::ActionInfo;
use cloudcall::context::{Context, Env, ReadFile};
use cloudcall::json::{Value, json};
use cloudcall::provider::Provider;
use cloudcall::{Error, Huawei};

#[derive(Debug)]
pub(crate) struct Vars(pub(crate) HashMap<String, String>);

impl Env for Vars {
    fn var(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    fn home(&self) -> Option<PathBuf> {
        Some("/home/u".into())
    }
}

/// One file; every other is missing.
#[derive(Debug)]
pub(crate) struct OneFile(pub(crate) &'static str, pub(crate) Option<String>);

impl ReadFile for OneFile {
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        match &self.1 {
            Some(text) if path == Path::new(self.0) => Ok(text.clone().into_bytes()),
            _ => Err(std::io::ErrorKind::NotFound.into()),
        }
    }

    fn modified(&self, _: &Path) -> std::io::Result<SystemTime> {
        Err(std::io::ErrorKind::NotFound.into())
    }

    fn readable_by_others(&self, _: &Path) -> bool {
        false
    }
}

fn endpoints(case: &Value) -> Result<Vec<String>, Error> {
    let vars = case["env"].as_object().unwrap();
    let vars = vars.iter().map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect();
    let file = case["regions_yaml"].as_str().map(str::to_owned);
    let context =
        Context::system().with_env(Vars(vars)).with_files(OneFile("/home/u/.huaweicloud/regions.yaml", file));
    let product = case["service"].as_str().unwrap().to_lowercase();
    let action = ActionInfo::dynamic(product, "v1", "List");
    let found = Huawei::default().endpoints(&context, &action, case["region_id"].as_str())?;
    Ok(found.iter().map(ToString::to_string).collect())
}

/// Rows that the library takes otherwise.
const ODDITIES: [(&str, &[&str]); 5] = [
    // A region that no table knows gets the usual host: regions are newer than releases.
    ("unknown", &["https://vpc.mars-1.myhuaweicloud.com"]),
    ("yaml-no-endpoint-skipped", &["https://vpc.noendpoint-1.myhuaweicloud.com"]),
    // The package keeps blanks and empty pieces, and adds the scheme later.
    ("env-spaces-kept", &["https://e1.example.com", "https://e2.example.com"]),
    ("env-trailing-comma", &["https://e1.example.com"]),
    ("env-no-scheme", &["https://e1.example.com"]),
];

#[test]
fn all_regions_are_found_where_the_vendor_finds_them() {
    let mut count = 0;
    for line in include_str!("../vectors/huawei_region.jsonl").lines() {
        let case: Value = cloudcall::json::from_str(line).unwrap();
        let id = case["id"].as_str().unwrap();
        let found = endpoints(&case);
        count += 1;
        if let Some((_, wanted)) = ODDITIES.iter().find(|(known, _)| *known == id) {
            assert_eq!(found.unwrap(), *wanted, "{id}");
        } else if case["expected"]["error"].is_string() {
            let error = found.unwrap_err();
            assert_eq!(error.kind(), cloudcall::ErrorKind::Config, "{id}");
            if id.starts_with("yaml") {
                assert!(error.message().contains("/home/u/.huaweicloud/regions.yaml"), "{id}: {error}");
            }
        } else {
            assert_eq!(json!(found.unwrap()), case["expected"]["endpoints"], "{id}");
        }
    }
    assert_eq!(count, 25);
}

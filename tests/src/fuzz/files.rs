//! Whatever a file of credentials or regions holds: keys, hosts, or an error.

use cloudcall::Huawei;
use cloudcall::action::ActionInfo;
use cloudcall::credential::secrecy::ExposeSecret;
use cloudcall::credential::{CredentialError, ProvideCredential};
use cloudcall::provider::Provider;
use cloudcall::provider::{alibaba, huawei, tencent};

use super::offline::{Canned, Machine, run};

pub(super) const CREDENTIALS: &[&str] = &[
    "\0[default]\nsecret_id = a\nsecret_key = b\ntoken = c\n",
    "\u{1}{\"secretId\":\"a\",\"secretKey\":\"b\",\"token\":\"t\",\"expiresAt\":1700000100}",
    "\u{2}[default]\ntype = access_key\naccess_key_id = a\naccess_key_secret = b # c\n",
    "\u{3}{\"current\":\"p\",\"profiles\":[{\"name\":\"p\",\"mode\":\"AK\",\"access_key_id\":\"a\",\
     \"access_key_secret\":\"b\"}]}",
    "\u{4}[basic]\nak = a\nsk = b\nproject_id = p\n[global]\nak = a\nsk = b\ndomain_id = d\n",
    "\u{4}; comment\n[basic\nak",
];

pub(super) const REGIONS: &[&str] = &[
    "\0VPC:\n  - id: 'mars-1'\n    endpoint: 'https://vpc.mars-1.x.com'\n",
    "\0VPC:\n  - id: mars-1\n    endpoints: [https://a.x.com, 'b.x.com:8080']\n",
    "\0a: &a [*a, *a]\nb: !!map {}\n",
    "\u{1}https://a.b,c.d, ,http://[::1]:1",
];

/// A key file of the kind that the first byte says.
pub fn credentials(data: &[u8]) {
    let Some((kind, file)) = data.split_first() else { return };
    let context = Machine { file: file.to_vec(), vars: Vec::new() }.context();
    // What a file refers to further is not there.
    let nowhere = Canned { status: cloudcall::http::StatusCode::NOT_FOUND, ..Canned::default() };
    let provider: Box<dyn ProvideCredential> = match kind % 5 {
        0 => Box::new(tencent::credentials::profile()),
        1 => Box::new(tencent::credentials::CliProfile::new().transport(nowhere)),
        2 => Box::new(alibaba::credentials::profile()),
        3 => Box::new(alibaba::credentials::CliProfile::new().transport(nowhere)),
        _ => Box::new(huawei::credentials::profile()),
    };
    match run(provider.provide(&context)) {
        Ok(keys) => {
            assert!(keys.is_bearer() || !(keys.id().is_empty() || keys.secret().expose_secret().is_empty()))
        }
        Err(CredentialError::Broken(error)) => assert!(!error.to_string().contains('\n'), "{error}"),
        Err(_) => {}
    }
}

/// A file, or a variable, of regions.
pub fn regions(data: &[u8]) {
    let Some((kind, file)) = data.split_first() else { return };
    let vars = match (kind % 2, String::from_utf8(file.to_vec())) {
        (1, Ok(text)) => vec![("HUAWEICLOUD_SDK_REGION_VPC_MARS_1", text)],
        _ => Vec::new(),
    };
    let context = Machine { file: file.to_vec(), vars }.context();
    let action = ActionInfo::new("vpc", "v1", "ListIt");
    match Huawei::default().endpoints(&context, &action, Some("mars-1")) {
        Ok(found) => {
            assert!(!found.is_empty());
            assert!(found.iter().all(|endpoint| !endpoint.authority().contains(['/', '@', '\r', '\n', ' '])));
        }
        Err(error) => assert!(!error.to_string().contains(['\n', '\r']), "{error:?}"),
    }
}

//! The providers that the cases of credentials name.

use std::sync::Arc;
use std::time::Duration;

use cloudcall::credential::secrecy::SecretString;
use cloudcall::credential::{Credential, ProvideCredential, StaticCredentials, TokenSource};
use cloudcall::json::Value;
use cloudcall::provider::alibaba::credentials as alibaba;
use cloudcall::provider::huawei::credentials as huawei;
use cloudcall::provider::tencent::credentials as tencent;
use cloudcall::provider::volcengine::{Site, credentials as volcengine};

use crate::credentials::Wire;

pub(crate) fn provider(cloud: &str, kind: &str, settings: &Value, wire: Wire) -> Arc<dyn ProvideCredential> {
    match cloud {
        "tencent" => of_tencent(kind, settings, wire),
        "huawei" => of_huawei(kind, settings, wire),
        "alibaba" => of_alibaba(kind, settings, wire),
        "volcengine" => of_volcengine(kind, settings, wire),
        other => panic!("no cloud {other}"),
    }
}

fn text(settings: &Value, name: &str) -> Option<String> {
    settings[name].as_str().map(str::to_owned)
}

fn keys(settings: &Value) -> StaticCredentials {
    let keys = Credential::new("AKIDsource", "planted-source-secret").unwrap();
    StaticCredentials::new(match text(settings, "source_token") {
        Some(token) => keys.with_token(token),
        None => keys,
    })
}

fn token(settings: &Value) -> TokenSource {
    match text(settings, "token_file") {
        Some(path) => TokenSource::File(path.into()),
        None => TokenSource::Given(SecretString::from("planted-token")),
    }
}

fn of_tencent(kind: &str, settings: &Value, wire: Wire) -> Arc<dyn ProvideCredential> {
    let role = "qcs::cam::uin/1:roleName/r";
    let mut sts = match kind {
        "default" => return Arc::new(tencent::default_chain_over(wire)),
        "cvm_role" => {
            let mut cvm = tencent::CvmRole::new().transport(wire);
            if let Some(role) = text(settings, "role") {
                cvm = cvm.role(role);
            }
            if let Some(base) = text(settings, "base") {
                cvm = cvm.base(base);
            }
            return Arc::new(cvm);
        }
        "profile" => {
            let mut profile = tencent::profile();
            if let Some(path) = text(settings, "file") {
                profile = profile.file(path);
            }
            if let Some(name) = text(settings, "profile") {
                profile = profile.profile(name);
            }
            return Arc::new(profile);
        }
        "tke" => return Arc::new(tencent::TkeOidc::new().transport(wire)),
        "tccli" => {
            let mut file = tencent::TccliFile::new().transport(wire);
            if let Some(path) = text(settings, "file") {
                file = file.file(path);
            }
            return Arc::new(match text(settings, "profile") {
                Some(profile) => file.profile(profile),
                None => file,
            });
        }
        "assume_role" => tencent::StsCredentials::assume_role(keys(settings), role),
        "web_identity" => tencent::StsCredentials::web_identity("idp", role, token(settings)),
        "saml" => tencent::StsCredentials::saml("qcs::cam::uin/1:saml-provider/p", role, token(settings)),
        "federation" => tencent::StsCredentials::federation_token(keys(settings), "bob", r#"{"a":"b c"}"#),
        other => panic!("no provider {other}"),
    };
    sts = sts.transport(wire);
    for (name, set) in [
        ("session_name", tencent::StsCredentials::session_name as fn(_, String) -> _),
        ("policy", tencent::StsCredentials::policy),
        ("external_id", tencent::StsCredentials::external_id),
        ("region", tencent::StsCredentials::region),
        ("endpoint", tencent::StsCredentials::endpoint),
    ] {
        if let Some(value) = text(settings, name) {
            sts = set(sts, value);
        }
    }
    if let Some(seconds) = settings["duration"].as_u64() {
        sts = sts.duration(Duration::from_secs(seconds));
    }
    Arc::new(sts)
}

fn of_huawei(kind: &str, settings: &Value, wire: Wire) -> Arc<dyn ProvideCredential> {
    match kind {
        "default" => Arc::new(huawei::default_chain_over(wire)),
        "profile" => {
            let mut profile = huawei::profile().transport(wire);
            if let Some(path) = text(settings, "file") {
                profile = profile.file(path);
            }
            Arc::new(match text(settings, "section") {
                Some(section) => profile.section(section),
                None => profile,
            })
        }
        "metadata" => Arc::new(huawei::InstanceMetadata::new().transport(wire)),
        "pod" => Arc::new(huawei::PodIdentity::new().transport(wire)),
        "federation" => {
            let mut federation = huawei::Federation::new("idp", token(settings)).transport(wire);
            if let Some(region) = text(settings, "region") {
                federation = federation.region(region);
            }
            if let Some(endpoint) = text(settings, "endpoint") {
                federation = federation.endpoint(endpoint);
            }
            Arc::new(federation)
        }
        "oidc" => {
            let mut agency = huawei::OidcAgency::new("p-urn", "a-urn", token(settings)).transport(wire);
            for (name, set) in [
                ("session_name", huawei::OidcAgency::session_name as fn(_, String) -> _),
                ("policy", huawei::OidcAgency::policy),
                ("region", huawei::OidcAgency::region),
                ("endpoint", huawei::OidcAgency::endpoint),
            ] {
                if let Some(value) = text(settings, name) {
                    agency = set(agency, value);
                }
            }
            if let Some(seconds) = settings["duration"].as_u64() {
                agency = agency.duration(Duration::from_secs(seconds));
            }
            Arc::new(agency)
        }
        other => panic!("no provider {other}"),
    }
}

fn of_alibaba(kind: &str, settings: &Value, wire: Wire) -> Arc<dyn ProvideCredential> {
    let role = "acs:ram::1:role/r";
    let mut sts = match kind {
        "default" => return Arc::new(alibaba::default_chain_over(wire)),
        "ecs_role" => {
            let ecs = alibaba::EcsRamRole::new().transport(wire);
            return Arc::new(match text(settings, "role") {
                Some(role) => ecs.role(role),
                None => ecs,
            });
        }
        "uri" => {
            let uri = alibaba::CredentialsUri::new().transport(wire);
            return Arc::new(match text(settings, "uri") {
                Some(address) => uri.uri(address),
                None => uri,
            });
        }
        "ini" => {
            let mut file = alibaba::ProfileFile::new().transport(wire);
            if let Some(path) = text(settings, "file") {
                file = file.file(path);
            }
            return Arc::new(match text(settings, "profile") {
                Some(profile) => file.profile(profile),
                None => file,
            });
        }
        "cli" => {
            let mut file = alibaba::CliProfile::new().transport(wire);
            if let Some(path) = text(settings, "file") {
                file = file.file(path);
            }
            return Arc::new(match text(settings, "profile") {
                Some(profile) => file.profile(profile),
                None => file,
            });
        }
        "oidc_role" => return Arc::new(alibaba::OidcRole::new().transport(wire)),
        "ram_role" => alibaba::RamRole::assume(keys(settings), role),
        "oidc" => alibaba::RamRole::oidc("idp", role, token(settings)),
        other => panic!("no provider {other}"),
    };
    sts = sts.transport(wire).vpc(settings["vpc"] == true);
    for (name, set) in [
        ("session_name", alibaba::RamRole::session_name as fn(_, String) -> _),
        ("policy", alibaba::RamRole::policy),
        ("external_id", alibaba::RamRole::external_id),
        ("region", alibaba::RamRole::region),
        ("endpoint", alibaba::RamRole::endpoint),
    ] {
        if let Some(value) = text(settings, name) {
            sts = set(sts, value);
        }
    }
    if let Some(seconds) = settings["duration"].as_u64() {
        sts = sts.duration(Duration::from_secs(seconds));
    }
    Arc::new(sts)
}

fn of_volcengine(kind: &str, settings: &Value, wire: Wire) -> Arc<dyn ProvideCredential> {
    let site = if settings["site"] == "byteplus" { Site::Byteplus } else { Site::Volcengine };
    let role = "trn:iam::1:role/r";
    /// The settings that the three exchanges have in common.
    macro_rules! exchange {
        ($provider:expr) => {{
            let mut provider = $provider.site(site).transport(wire);
            if let Some(name) = text(settings, "session_name") {
                provider = provider.session_name(name);
            }
            if let Some(policy) = text(settings, "policy") {
                provider = provider.policy(policy);
            }
            if let Some(endpoint) = text(settings, "endpoint") {
                provider = provider.endpoint(endpoint);
            }
            if let Some(seconds) = settings["duration"].as_u64() {
                provider = provider.duration(Duration::from_secs(seconds));
            }
            Arc::new(provider)
        }};
    }
    match kind {
        "default" => Arc::new(volcengine::default_chain_over(site, wire)),
        "volc" => Arc::new(volcengine::volc_environment()),
        "cli" => {
            let profile = volcengine::CliProfile::new().site(site).transport(wire);
            Arc::new(match text(settings, "profile") {
                Some(name) => profile.profile(name),
                None => profile,
            })
        }
        "instance" => {
            let mut instance = volcengine::InstanceRole::new().site(site).transport(wire);
            if let Some(role) = text(settings, "role") {
                instance = instance.role(role);
            }
            if let Some(base) = text(settings, "base") {
                instance = instance.base(base);
            }
            Arc::new(instance)
        }
        "assume_role" => exchange!(volcengine::AssumeRole::new(keys(settings), role)),
        "oidc" => exchange!(volcengine::WebIdentity::new(role, token(settings))),
        "oidc_environment" => exchange!(volcengine::WebIdentity::from_environment()),
        "saml" => exchange!(volcengine::SamlRole::new("trn:iam::1:saml-provider/p", role, token(settings))),
        "api_key" => {
            let resource = text(settings, "resource").unwrap();
            Arc::new(volcengine::ApiKey::new(keys(settings), resource, "cn-beijing").transport(wire))
        }
        other => panic!("no provider {other}"),
    }
}

//! The providers that the cases of credentials name, and how their requests reach the server of a case.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cloudcall::credential::secrecy::SecretString;
use cloudcall::credential::{Credential, ProvideCredential, StaticCredentials, TokenSource};
use cloudcall::error::SendState;
use cloudcall::json::Value;
use cloudcall::provider::alibaba::credentials as alibaba;
use cloudcall::provider::huawei::credentials as huawei;
use cloudcall::provider::tencent::credentials as tencent;
use cloudcall::provider::volcengine::{Site, credentials as volcengine};
use cloudcall::transport::{HttpRequest, HttpResponse, HttpSend, TransportError};
use cloudcall::{ErrorKind, async_trait};

use crate::transport::Transport;

/// Leads every request to the server of the case, whatever host it names.
#[derive(Debug, Clone)]
pub struct Wire {
    /// `http://` and the address of the server.
    pub server: String,
    /// What sends.
    pub inner: Transport,
    /// Hosts where nothing answers.
    pub refused: Arc<Mutex<Vec<String>>>,
}

#[async_trait]
impl HttpSend for Wire {
    async fn send(&self, mut request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let asked = request.uri().to_string();
        if self.refused.lock().unwrap().iter().any(|host| asked.contains(host)) {
            return Err(TransportError::new(ErrorKind::Connect, SendState::No, "no connection"));
        }
        let target = request.uri().path_and_query().unwrap().to_string();
        *request.uri_mut() = format!("{}{target}", self.server).parse().unwrap();
        request.headers_mut().insert("x-asked", asked.parse().unwrap());
        self.inner.send(request).await
    }
}

/// The provider that a case names, with its settings.
pub fn provider(cloud: &str, kind: &str, settings: &Value, wire: Wire) -> Arc<dyn ProvideCredential> {
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

/// Sets each of these settings that the case has.
macro_rules! set {
    ($settings:ident, $provider:expr, $($name:ident),+) => {{
        let mut provider = $provider;
        $(if let Some(value) = text($settings, stringify!($name)) {
            provider = provider.$name(value);
        })+
        provider
    }};
}

/// The same for an exchange, which also has a lifetime.
macro_rules! exchange {
    ($settings:ident, $provider:expr, $($name:ident),+) => {{
        let mut provider = set!($settings, $provider, $($name),+);
        if let Some(seconds) = $settings["duration"].as_u64() {
            provider = provider.duration(Duration::from_secs(seconds));
        }
        Arc::new(provider)
    }};
}

fn of_tencent(kind: &str, settings: &Value, wire: Wire) -> Arc<dyn ProvideCredential> {
    let role = "qcs::cam::uin/1:roleName/r";
    match kind {
        "default" => Arc::new(tencent::default_chain_over(wire)),
        "cvm_role" => Arc::new(set!(settings, tencent::InstanceRole::new().transport(wire), role, base)),
        "profile" => Arc::new(set!(settings, tencent::profile(), file, profile)),
        "tke" => Arc::new(tencent::WebIdentity::from_environment().transport(wire)),
        "tccli" => {
            Arc::new(set!(settings, tencent::CliProfile::new().transport(wire), file, profile, sts_endpoint))
        }
        "assume_role" => {
            let sts = tencent::AssumeRole::new(keys(settings), role).transport(wire);
            exchange!(settings, sts, session_name, policy, external_id, region, endpoint)
        }
        "web_identity" => {
            let sts = tencent::WebIdentity::new("idp", role, token(settings)).transport(wire);
            exchange!(settings, sts, session_name, policy, region, endpoint)
        }
        "saml" => {
            let idp = "qcs::cam::uin/1:saml-provider/p";
            let sts = tencent::SamlRole::new(idp, role, token(settings)).transport(wire);
            exchange!(settings, sts, session_name, policy, region, endpoint)
        }
        "federation" => {
            let sts = tencent::FederationToken::new(keys(settings), "bob", r#"{"a":"b c"}"#).transport(wire);
            exchange!(settings, sts, region, endpoint)
        }
        other => panic!("no provider {other}"),
    }
}

fn of_huawei(kind: &str, settings: &Value, wire: Wire) -> Arc<dyn ProvideCredential> {
    match kind {
        "default" => Arc::new(huawei::default_chain_over(wire)),
        "profile" => Arc::new(set!(settings, huawei::profile().transport(wire), file, section)),
        "assume_role" => {
            let sts = huawei::AssumeRole::new(keys(settings), "a-urn").transport(wire);
            exchange!(settings, sts, session_name, policy, external_id, region, endpoint)
        }
        "koocli" => Arc::new(set!(settings, huawei::CliProfile::new().transport(wire), file, profile)),
        "metadata" => Arc::new(huawei::InstanceRole::new().transport(wire)),
        "pod" => Arc::new(huawei::PodIdentity::new().transport(wire)),
        "federation" => {
            let federation = huawei::Federation::new("idp", token(settings)).transport(wire);
            Arc::new(set!(settings, federation, region, endpoint))
        }
        "oidc" => {
            let agency = huawei::WebIdentity::new("p-urn", "a-urn", token(settings)).transport(wire);
            exchange!(settings, agency, session_name, policy, region, endpoint)
        }
        "meeting_account" => {
            let name = text(settings, "name").unwrap_or_else(|| "zhang san".to_owned());
            let account = huawei::MeetingAccount::new(name, "planted-password").transport(wire);
            let account = set!(settings, account, region, endpoint);
            Arc::new(account.client_type(client_type(settings)))
        }
        "meeting_app" => {
            let app = huawei::MeetingApp::new("app1", "planted-key").transport(wire);
            let app = set!(settings, app, user_id, corp_id, dept_code, region, endpoint);
            Arc::new(app.client_type(client_type(settings)))
        }
        other => panic!("no provider {other}"),
    }
}

fn client_type(settings: &Value) -> u32 {
    settings["client_type"].as_u64().map_or(72, |kind| kind.try_into().unwrap())
}

fn of_alibaba(kind: &str, settings: &Value, wire: Wire) -> Arc<dyn ProvideCredential> {
    let role = "acs:ram::1:role/r";
    let vpc = settings["vpc"] == true;
    match kind {
        "default" => Arc::new(alibaba::default_chain_over(wire)),
        "ecs_role" => Arc::new(set!(settings, alibaba::InstanceRole::new().transport(wire), role)),
        "uri" => Arc::new(set!(settings, alibaba::CredentialsUri::new().transport(wire), uri)),
        "ini" => {
            Arc::new(set!(settings, alibaba::ProfileFile::new().transport(wire), file, profile, sts_endpoint))
        }
        "cli" => {
            Arc::new(set!(settings, alibaba::CliProfile::new().transport(wire), file, profile, sts_endpoint))
        }
        "oidc_role" => Arc::new(alibaba::WebIdentity::from_environment().transport(wire)),
        "ram_role" => {
            let sts = alibaba::AssumeRole::new(keys(settings), role).transport(wire).vpc(vpc);
            exchange!(settings, sts, session_name, policy, external_id, region, endpoint)
        }
        "oidc" => {
            let sts = alibaba::WebIdentity::new("idp", role, token(settings)).transport(wire).vpc(vpc);
            exchange!(settings, sts, session_name, policy, region, endpoint)
        }
        other => panic!("no provider {other}"),
    }
}

fn of_volcengine(kind: &str, settings: &Value, wire: Wire) -> Arc<dyn ProvideCredential> {
    let site = if settings["site"] == "byteplus" { Site::Byteplus } else { Site::Volcengine };
    let role = "trn:iam::1:role/r";
    match kind {
        "default" => Arc::new(volcengine::default_chain_over(site, wire)),
        "volc" => Arc::new(volcengine::volc_environment()),
        "cli" => {
            let profile_of = volcengine::CliProfile::new().site(site).transport(wire);
            Arc::new(set!(settings, profile_of, file, profile, sts_endpoint))
        }
        "instance" => {
            Arc::new(set!(settings, volcengine::InstanceRole::new().site(site).transport(wire), role, base))
        }
        "assume_role" => {
            let sts = volcengine::AssumeRole::new(keys(settings), role).site(site).transport(wire);
            exchange!(settings, sts, session_name, policy, endpoint)
        }
        "oidc" => {
            let sts = volcengine::WebIdentity::new(role, token(settings)).site(site).transport(wire);
            exchange!(settings, sts, session_name, policy, endpoint)
        }
        "oidc_environment" => {
            let sts = volcengine::WebIdentity::from_environment().site(site).transport(wire);
            exchange!(settings, sts, session_name, policy, endpoint)
        }
        "saml" => {
            let idp = "trn:iam::1:saml-provider/p";
            let sts = volcengine::SamlRole::new(idp, role, token(settings)).site(site).transport(wire);
            exchange!(settings, sts, session_name, policy, endpoint)
        }
        "api_key" => {
            let resource = text(settings, "resource").unwrap();
            Arc::new(volcengine::ApiKey::new(keys(settings), resource, "cn-beijing").transport(wire))
        }
        other => panic!("no provider {other}"),
    }
}

//! Ids of project and account that nobody gave: IAM is asked, once.

use std::collections::HashMap;
use std::sync::Arc;

use cloudcall::action::ActionInfo;
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::context::Context;
use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::provider::huawei::Scope;
use cloudcall::provider::huawei::credentials::Scoped;
use cloudcall::{Client, Error, ErrorKind, Huawei};
use cloudcall_tests::providers::Wire;
use cloudcall_tests::server::{Reply, Server};
use cloudcall_tests::transport::Transport;

use super::huawei_region::{OneFile, Vars};

/// The responses of IAM and STS, by the end of the URL; a service responds `{}`.
type Responses = &'static [(&'static str, u16, &'static str)];

const PROJECT: (&str, u16, &str) = ("/v3/projects?name=cn-north-4", 200, r#"{"projects":[{"id":"p4"}]}"#);

async fn server(responses: Responses) -> Server {
    Server::start(move |_, request| {
        let asked = request.header("x-asked").unwrap();
        let found = responses.iter().find(|(end, ..)| asked.ends_with(end));
        found.map_or_else(
            || Reply::status(200, "", "{}"),
            |(_, status, body)| Reply::status(*status, "", body),
        )
    })
    .await
}

fn client(server: &Server, keys: Credential, env: &[(&str, &str)], scope: Scope) -> Client<Huawei> {
    builder(server, keys, env, scope).build().unwrap()
}

fn builder(server: &Server, keys: Credential, env: &[(&str, &str)], scope: Scope) -> ClientBuilder<Huawei> {
    let direct = HttpOptions::builder().proxies(Proxies::None).build().unwrap();
    let inner = Transport::new(&direct).unwrap();
    let env: HashMap<_, _> = env.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    Client::builder()
        .region("cn-north-4")
        .scope(scope)
        .credentials(StaticCredentials::new(keys))
        .context(Context::system().with_env(Vars(env)).with_files(OneFile("", None)))
        .transport(Wire { server: server.url(), inner, refused: Arc::default() })
}

fn keys() -> Credential {
    Credential::new("AK", "planted").unwrap().with_token("planted-token")
}

fn vpcs() -> ActionInfo {
    ActionInfo::new("vpc", "v1", "ListVpcs").with_method(Method::GET).with_path("/v1/{project_id}/vpcs")
}

fn domain() -> ActionInfo {
    ActionInfo::new("iam", "v3", "ShowDomain").with_method(Method::GET).with_path("/v3/domains/{domain_id}")
}

fn asked(server: &Server) -> Vec<String> {
    server.requests().iter().map(|request| request.header("x-asked").unwrap().to_owned()).collect()
}

const IAM: &str = "https://iam.cn-north-4.myhuaweicloud.com";

/// The file of the vendor, with other keys for the account than for projects.
#[tokio::test]
async fn calls_of_the_account_are_signed_with_the_keys_of_global() {
    const FILE: &str = "[basic]\nak = BASIC\nsk = planted\nproject_id = p1\n[global]\nak = GLOBAL\nsk = planted\ndomain_id = d1\n";
    let server = server(&[]).await;
    let direct = HttpOptions::builder().proxies(Proxies::None).build().unwrap();
    let wire =
        Wire { server: server.url(), inner: Transport::new(&direct).unwrap(), refused: Arc::default() };
    let file = || OneFile("/home/u/.huaweicloud/credentials", Some(FILE.to_owned()));
    let client = |scope: Scope| {
        let context = Context::system().with_env(Vars(HashMap::new())).with_files(file());
        let builder = Client::<Huawei>::builder().region("cn-north-4").scope(scope).context(context);
        let keys = cloudcall::provider::huawei::credentials::profile();
        builder.credentials(keys).transport(wire.clone()).build().unwrap()
    };
    let groups = || {
        ActionInfo::new("iam", "v3", "KeystoneListGroups").with_method(Method::GET).with_path("/v3/groups")
    };
    for (scope, info, keys, header) in [
        (Scope::Auto, vpcs(), "BASIC", ("x-project-id", "p1")),
        (Scope::Auto, groups(), "GLOBAL", ("x-domain-id", "d1")),
        (Scope::Auto, domain(), "GLOBAL", ("x-domain-id", "d1")),
        (Scope::Account, groups(), "GLOBAL", ("x-domain-id", "d1")),
        (Scope::Project, groups(), "BASIC", ("x-project-id", "p1")),
    ] {
        let before = server.requests().len();
        client(scope).raw_action(info).invoke().await.unwrap();
        let requests = server.requests();
        assert_eq!(requests.len(), before + 1, "no id is looked up");
        let request = &requests[before];
        let authorization = request.header("authorization").unwrap();
        assert!(authorization.contains(&format!("Access={keys},")), "{scope:?} {authorization}");
        assert_eq!(request.header(header.0), Some(header.1), "{scope:?} {}", request.head);
    }
}

#[tokio::test]
async fn a_hundred_calls_ask_once_for_the_project_of_a_region() {
    let server =
        server(&[PROJECT, ("/v3/projects?name=cn-east-3", 200, r#"{"projects":[{"id":"p3"}]}"#)]).await;
    let client = client(&server, keys(), &[], Scope::Auto);
    let calls: Vec<_> = (0..100).map(|_| tokio::spawn(client.raw_action(vpcs()).invoke())).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    client.raw_action(vpcs()).with_region("cn-east-3").invoke().await.unwrap();
    client.raw_action(vpcs()).with_region("cn-east-3").invoke().await.unwrap();
    let lookups: Vec<_> = asked(&server).into_iter().filter(|asked| asked.contains("/v3/projects")).collect();
    let east = "https://iam.cn-east-3.myhuaweicloud.com/v3/projects?name=cn-east-3";
    assert_eq!(lookups, [format!("{IAM}/v3/projects?name=cn-north-4"), east.to_owned()]);
    for request in server.requests() {
        let (asked, id) = (request.header("x-asked").unwrap(), request.header("x-project-id"));
        assert!(request.header("authorization").unwrap().starts_with("SDK-HMAC-SHA256 Access=AK,"));
        assert_eq!(request.header("x-security-token"), Some("planted-token"));
        let wanted = match (asked.contains("/v3/projects"), asked.contains("cn-east-3")) {
            (true, _) => None,
            (_, true) => Some("p3"),
            (_, false) => Some("p4"),
        };
        assert_eq!(id, wanted, "{asked}");
        assert!(wanted.is_none_or(|id| asked.ends_with(&format!("/v1/{id}/vpcs"))), "{asked}");
    }
}

#[tokio::test]
async fn nothing_is_asked_that_is_known_or_not_needed() {
    let server = server(&[PROJECT]).await;
    let set = client(&server, keys().with_project_id("own"), &[], Scope::Auto);
    set.raw_action(vpcs()).invoke().await.unwrap();
    // The caller names the scope, the product has none, or nobody shall be asked.
    let none = || ActionInfo::new("vpc", "v1", "ListVersions").with_method(Method::GET).with_path("/");
    let plain = client(&server, keys(), &[], Scope::Auto);
    for header in ["X-Project-Id", "X-Domain-Id"] {
        plain.raw_action(none()).add_header(header, "own").invoke().await.unwrap();
    }
    plain.raw_action(ActionInfo::new("obs", "v1", "List").with_path("/")).invoke().await.unwrap();
    let silent = builder(&server, keys(), &[], Scope::Auto).look_up_ids(false).build().unwrap();
    silent.raw_action(none()).invoke().await.unwrap();
    assert_eq!(silent.raw_action(vpcs()).invoke().await.unwrap_err().kind(), ErrorKind::Config);
    let asked_before = asked(&server).len();
    assert_eq!(asked(&server).iter().filter(|asked| asked.contains("/v3/")).count(), 0);
    // The public IAM is none of the business of a network with endpoints of its own.
    let elsewhere = client(&server, keys(), &[], Scope::Auto);
    let error = elsewhere.raw_action(vpcs()).with_endpoint("vpc.own.example").invoke().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config, "{error}");
    elsewhere.raw_action(none()).with_endpoint("vpc.own.example").invoke().await.unwrap();
    assert_eq!(asked(&server).len(), asked_before + 1);
}

/// Keys and a region are the recommended set-up. The path has no place for an id, so the header is all that names the scope.
#[tokio::test]
async fn the_header_names_what_the_product_s_credential_does() {
    let domains = ("/v3/auth/domains", 200, r#"{"domains":[{"id":"d1"}]}"#);
    let server = server(Box::leak(Box::new([PROJECT, domains]))).await;
    let client = client(&server, keys(), &[], Scope::Auto);
    let zones =
        || ActionInfo::new("dns", "v2", "ListPublicZones").with_method(Method::GET).with_path("/v2/zones");
    let projects = || {
        ActionInfo::new("eps", "v1", "ListEnterpriseProject").with_method(Method::GET).with_path("/v1.0/x")
    };
    let users = || ActionInfo::new("iam", "v3", "ListUsers").with_method(Method::GET).with_path("/v3/users");
    let calls: Vec<_> = (0..60)
        .map(|at| client.raw_action([zones(), projects(), users()][at % 3].clone()).invoke())
        .map(tokio::spawn)
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let lookups = |part: &str| asked(&server).iter().filter(|asked| asked.contains(part)).count();
    assert_eq!((lookups("/v3/projects"), lookups("/v3/auth/domains")), (1, 1));
    // An id that the product does not ask for is no response: the other one is looked up.
    client.raw_action(users()).with_credential(keys().with_project_id("own")).invoke().await.unwrap();
    client.raw_action(zones()).with_credential(keys().with_domain_id("own")).invoke().await.unwrap();
    assert_eq!((lookups("/v3/projects"), lookups("/v3/auth/domains")), (1, 1));
    let mut named = 0;
    for request in server.requests() {
        let asked = request.header("x-asked").unwrap();
        let (project, domain) = (request.header("x-project-id"), request.header("x-domain-id"));
        let wanted = match asked {
            _ if asked.contains("/v3/projects") || asked.contains("/v3/auth/domains") => (None, None),
            _ if asked.contains("//dns.") => (Some("p4"), None),
            _ => (None, Some("d1")),
        };
        assert_eq!((project, domain), wanted, "{asked}");
        let signed = request.header("authorization").unwrap();
        assert!(project.is_none() || signed.contains(";x-project-id;"), "{signed}");
        named += 1;
    }
    assert_eq!(named, 64);
}

#[tokio::test]
async fn a_region_without_an_iam_asks_the_one_for_all_regions() {
    let server = server(&[("/v3/projects?name=cn-north-11", 200, r#"{"projects":[{"id":"p11"}]}"#)]).await;
    let client = builder(&server, keys(), &[], Scope::Auto).region("cn-north-11").build().unwrap();
    client.raw_action(vpcs()).invoke().await.unwrap();
    let wanted = [
        "https://iam.myhuaweicloud.com/v3/projects?name=cn-north-11",
        "https://vpc.cn-north-11.myhuaweicloud.com/v1/p11/vpcs",
    ];
    assert_eq!(asked(&server), wanted);
}

#[tokio::test]
async fn a_region_of_the_program_s_own_has_ids_like_any_other() {
    let server = server(&[("/v3/projects?name=cn-north-9", 200, r#"{"projects":[{"id":"p9"}]}"#)]).await;
    let env = [("HUAWEICLOUD_SDK_REGION_VPC_CN_NORTH_9", "https://vpc.env.example")];
    let client = builder(&server, keys(), &env, Scope::Auto)
        .region("cn-north-9")
        .endpoint_of("cn-north-9", "VPC", "https://vpc.own.example")
        .endpoint_of("cn-north-9", "vpc", "https://vpc.backup.example")
        .build()
        .unwrap();
    client.raw_action(vpcs()).invoke().await.unwrap();
    let wanted = [
        "https://iam.cn-north-9.myhuaweicloud.com/v3/projects?name=cn-north-9",
        "https://vpc.own.example/v1/p9/vpcs",
    ];
    assert_eq!(asked(&server), wanted);
    let hosts: Vec<_> = client.breaker_states().iter().map(|(endpoint, _)| endpoint.to_string()).collect();
    assert_eq!(hosts, ["https://vpc.backup.example", "https://vpc.own.example"], "both may be called");
    // A call that names another region has nothing of it.
    let elsewhere = client.raw_action(vpcs()).with_region("cn-north-4");
    let elsewhere = elsewhere.with_credential(keys().with_project_id("p")).sign_only().await.unwrap();
    assert_eq!(elsewhere.uri().host(), Some("vpc.cn-north-4.myhuaweicloud.com"));
    let wrong = Client::<Huawei>::builder().endpoint_of("a", "vpc", "ftp://x").build().unwrap_err();
    assert_eq!(wrong.kind(), ErrorKind::Config);
}

#[tokio::test]
async fn ids_can_be_given_to_the_keys_of_any_provider() {
    let server = server(&[PROJECT]).await;
    let with = |project: Option<&str>| {
        let keys = Scoped::new(StaticCredentials::new(keys().with_project_id("found"))).domain_id("d9");
        let keys = project.into_iter().fold(keys, Scoped::project_id);
        builder(&server, self::keys(), &[], Scope::Auto).credentials(keys).build().unwrap()
    };
    with(Some("chosen")).raw_action(vpcs()).invoke().await.unwrap();
    with(None).raw_action(vpcs()).invoke().await.unwrap();
    with(None).raw_action(domain()).invoke().await.unwrap();
    let wanted = [
        "https://vpc.cn-north-4.myhuaweicloud.com/v1/chosen/vpcs",
        "https://vpc.cn-north-4.myhuaweicloud.com/v1/found/vpcs",
        "https://iam.cn-north-4.myhuaweicloud.com/v3/domains/d9",
    ];
    assert_eq!(asked(&server), wanted);
}

#[tokio::test]
async fn the_credential_goes_before_the_environment_and_that_before_the_region() {
    let server = server(&[PROJECT]).await;
    let env = [("HUAWEICLOUD_SDK_IAM_ENDPOINT", "https://iam.env.example")];
    client(&server, keys(), &env, Scope::Auto).raw_action(vpcs()).invoke().await.unwrap();
    let own = keys().with_iam_endpoint("iam.own.example");
    let own = client(&server, own, &env, Scope::Auto);
    own.raw_action(vpcs()).with_endpoint("vpc.own.example").invoke().await.unwrap();
    let wanted = [
        "https://iam.env.example/v3/projects?name=cn-north-4",
        "https://vpc.cn-north-4.myhuaweicloud.com/v1/p4/vpcs",
        "https://iam.own.example/v3/projects?name=cn-north-4",
        "https://vpc.own.example/v1/p4/vpcs",
    ];
    assert_eq!(asked(&server), wanted);
}

#[tokio::test]
async fn the_account_is_the_first_domain_or_that_of_the_caller() {
    let domains = server(&[("/v3/auth/domains", 200, r#"{"domains":[{"id":"d1"},{"id":"d2"}]}"#)]).await;
    client(&domains, keys(), &[], Scope::Auto).raw_action(domain()).invoke().await.unwrap();
    assert_eq!(asked(&domains), [format!("{IAM}/v3/auth/domains"), format!("{IAM}/v3/domains/d1")]);
    let caller = server(&[
        ("/v3/auth/domains", 200, r#"{"domains":[]}"#),
        ("/v5/caller-identity", 200, r#"{"account_id":"d3"}"#),
    ])
    .await;
    // Whoever chose the account's scope means it for calls without an id in the path too.
    let users = ActionInfo::new("iam", "v3", "ListUsers").with_method(Method::GET).with_path("/v3/users");
    client(&caller, keys(), &[], Scope::Account).raw_action(users).invoke().await.unwrap();
    let sts = "https://sts.cn-north-4.myhuaweicloud.com/v5/caller-identity";
    assert_eq!(asked(&caller), [format!("{IAM}/v3/auth/domains"), sts.to_owned(), format!("{IAM}/v3/users")]);
    assert_eq!(caller.requests()[2].header("x-domain-id"), Some("d3"));
}

async fn failure(responses: Responses, info: ActionInfo) -> (Error, usize) {
    let server = server(responses).await;
    let client = client(&server, keys(), &[], Scope::Auto);
    let first = client.raw_action(info.clone()).invoke().await.unwrap_err();
    let before = asked(&server).len();
    client.raw_action(info).invoke().await.unwrap_err();
    (first, asked(&server).len() - before)
}

#[tokio::test]
async fn a_failure_says_what_to_do_and_is_not_kept() {
    const REFUSED: &str = r#"{"error":{"code":403,"message":"no right","title":"Forbidden"}}"#;
    let cases: [(Responses, ActionInfo, &[&str]); 5] = [
        (
            &[("name=cn-north-4", 403, REFUSED)],
            vpcs(),
            &["403", "no right", "`iam:projects:listProjects`", "`with_project_id`"],
        ),
        (
            &[("/v3/projects?name=cn-north-4", 200, r#"{"projects":[]}"#)],
            vpcs(),
            &["no project named cn-north-4", "HUAWEICLOUD_SDK_PROJECT_ID"],
        ),
        (&[("name=cn-north-4", 200, "{}")], vpcs(), &["no project named cn-north-4"]),
        (
            &[("name=cn-north-4", 200, r#"{"projects":[{"id":"p1"},{"id":"p2"}]}"#)],
            vpcs(),
            &["several projects", "p1, p2"],
        ),
        (
            &[("/v5/caller-identity", 404, "")],
            domain(),
            &["404", "`with_domain_id`", "HUAWEICLOUD_SDK_DOMAIN_ID", "iam:users:getUser"],
        ),
    ];
    for (responses, info, texts) in cases {
        let (error, again) = failure(responses, info).await;
        assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
        for text in texts {
            assert!(error.to_string().contains(text), "`{text}` is not in: {error}");
        }
        assert!(!format!("{error}{error:?}").contains("planted"), "{error:?}");
        assert!(again > 0, "{error}");
    }
}

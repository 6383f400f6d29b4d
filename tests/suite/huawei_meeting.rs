//! Calls of Huawei Cloud's `meeting`, which carry the token of a sign-in in place of a signature.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use cloudcall::action::{ActionInfo, Param, ParamLocation};
use cloudcall::client::{ClientBuilder, HttpOptions, Proxies};
use cloudcall::context::Context;
use cloudcall::credential::{Credential, ProvideCredential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::provider::huawei::credentials::{MeetingAccount, MeetingApp};
use cloudcall::upload::FilePart;
use cloudcall::{Client, Error, ErrorKind, Huawei};
use cloudcall_tests::providers::Wire;
use cloudcall_tests::server::{Reply, Request, Server};
use cloudcall_tests::time::FakeTime;
use cloudcall_tests::transport::Transport;

use super::huawei_region::{OneFile, Vars};

const NOW: u64 = 1_700_000_000;
const ACCOUNT: &str = "POST https://api.meeting.huaweicloud.com/v1/usg/acs/auth/account";
const APP: &str = "POST https://api.meeting.huaweicloud.com/v2/usg/acs/auth/appauth";
const MEETINGS: &str = "GET https://api.meeting.huaweicloud.com/v1/mmc/management/conferences";

/// A service whose tokens `token-1`, `token-2` and so on last for an hour. It refuses `token-1` if `refuses`.
async fn service(refuses: bool) -> Server {
    let sign_ins = std::sync::atomic::AtomicU64::new(0);
    Server::start(move |_, request| {
        if request.header("x-asked").unwrap().contains("/usg/acs/auth/") {
            let number = sign_ins.fetch_add(1, std::sync::atomic::Ordering::SeqCst) + 1;
            return Reply::status(
                200,
                "",
                &format!(r#"{{"accessToken":"token-{number}","validPeriod":3600}}"#),
            );
        }
        if refuses && request.header("x-access-token") == Some("token-1") {
            return Reply::status(401, "", r#"{"error_code":"USG.000000001","error_msg":"no such token"}"#);
        }
        Reply::status(200, "", r#"{"count":0,"data":[]}"#)
    })
    .await
}

fn wire(server: &Server) -> Wire {
    let direct = HttpOptions::builder().proxies(Proxies::None).build().unwrap();
    Wire { server: server.url(), inner: Transport::new(&direct).unwrap(), refused: Arc::default() }
}

fn builder(server: &Server, time: &FakeTime) -> ClientBuilder<Huawei> {
    let context = Context::system().with_clock(time.clone()).with_env(Vars(HashMap::new()));
    Client::builder()
        .region("cn-north-4")
        .context(context.with_files(OneFile("", None)))
        .transport(wire(server))
}

fn client(server: &Server, credentials: impl ProvideCredential + 'static) -> Client<Huawei> {
    builder(server, &FakeTime::at(NOW)).credentials(credentials).build().unwrap()
}

fn account(server: &Server) -> MeetingAccount {
    MeetingAccount::new("zhangsan", "planted-password").transport(wire(server))
}

fn keys() -> StaticCredentials {
    StaticCredentials::new(Credential::new("AK", "planted").unwrap().with_project_id("p1"))
}

fn meetings() -> ActionInfo {
    let info = ActionInfo::new("meeting", "v1", "SearchMeetings").with_method(Method::GET);
    info.with_path("/v1/mmc/management/conferences")
}

fn vpcs() -> ActionInfo {
    ActionInfo::new("vpc", "v2", "ListVpcs").with_method(Method::GET).with_path("/v1/vpcs")
}

fn asked(server: &Server) -> Vec<String> {
    let asked = |request: &Request| {
        let method = request.line().split(' ').next().unwrap().to_owned();
        format!("{method} {}", request.header("x-asked").unwrap())
    };
    server.requests().iter().map(asked).collect()
}

/// The headers that prove who calls.
fn proof(request: &Request) -> [Option<&str>; 4] {
    ["x-access-token", "authorization", "x-security-token", "x-sdk-date"].map(|name| request.header(name))
}

#[tokio::test]
async fn calls_carry_the_token_of_one_sign_in() {
    let server = service(false).await;
    let client = client(&server, account(&server));
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.raw_action(meetings()).send().await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap()["count"], 0);
    }
    let requests = server.requests();
    let asked = asked(&server);
    assert_eq!(asked[0], ACCOUNT);
    assert_eq!((asked.len(), &asked[1..]), (21, &vec![MEETINGS.to_owned(); 20][..]));
    for request in &requests[1..] {
        assert_eq!(proof(request), [Some("token-1"), None, None, None]);
        assert_eq!(request.header("x-project-id"), None);
    }
}

#[tokio::test]
async fn an_application_signs_in_at_the_site_of_its_region() {
    let server = service(false).await;
    let app = MeetingApp::new("app1", "planted-key").user_id("u1").transport(wire(&server));
    let china = client(&server, app);
    china.raw_action(meetings()).send().await.unwrap();
    let app = MeetingApp::new("app1", "planted-key").region("ap-southeast-1").transport(wire(&server));
    let other =
        builder(&server, &FakeTime::at(NOW)).region("ap-southeast-1").credentials(app).build().unwrap();
    other.raw_action(meetings()).send().await.unwrap();
    let other = |text: &str| text.replace("//api.", "//api-intl.");
    assert_eq!(asked(&server), [APP.to_owned(), MEETINGS.to_owned(), other(APP), other(MEETINGS)]);
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    let server = service(false).await;
    let time = FakeTime::at(NOW);
    let client = builder(&server, &time).credentials(account(&server)).build().unwrap();
    for wait in [0, 1800, 1750] {
        time.advance(Duration::from_secs(wait));
        client.raw_action(meetings()).send().await.unwrap();
    }
    assert_eq!(asked(&server), [ACCOUNT, MEETINGS, MEETINGS, ACCOUNT, MEETINGS]);
    assert_eq!(proof(&server.requests()[4])[0], Some("token-2"));
}

/// As with all other credentials: the call fails, because it may have been refused for another reason, and
/// the next one signs in again.
#[tokio::test]
async fn after_a_refused_token_the_next_call_signs_in_again() {
    let server = service(true).await;
    let client = client(&server, account(&server));
    let error = client.raw_action(meetings()).send().await.unwrap_err();
    let status = error.status().map(|status| status.as_u16());
    assert_eq!((error.kind(), error.code(), status), (ErrorKind::Auth, Some("USG.000000001"), Some(401)));
    assert!(error.to_string().contains("the next call signs in again"), "{error}");
    assert!(!format!("{error} {error:?}").contains("token-1"), "{error:?}");
    client.raw_action(meetings()).send().await.unwrap();
    assert_eq!(asked(&server), [ACCOUNT, MEETINGS, ACCOUNT, MEETINGS]);
}

#[tokio::test]
async fn the_credential_must_be_that_of_the_product() {
    let refused = |error: Error, texts: &[&str]| {
        assert_eq!(error.kind(), ErrorKind::Credentials, "{error}");
        for text in texts {
            assert!(error.to_string().contains(text), "`{text}` is not in: {error}");
        }
    };
    let server = service(false).await;
    let pair = client(&server, keys());
    let error = pair.raw_action(meetings()).send().await.unwrap_err();
    refused(
        error,
        &["a key pair cannot call `meeting`", "MeetingAccount", "MeetingApp", "Credential::bearer"],
    );
    let token = client(&server, StaticCredentials::new(Credential::bearer("planted-token").unwrap()));
    let wanted = ["a token, which cannot sign calls of `vpc`", "another client with a key pair"];
    refused(token.raw_action(vpcs()).send().await.unwrap_err(), &wanted);
    // Not even with a proof of the caller: the token would go along in another header.
    let own = Param::new("Authorization").place(ParamLocation::Header);
    refused(token.raw_action(vpcs()).param(own, "mine").send().await.unwrap_err(), &wanted);
    assert_eq!(asked(&server), [""; 0]);
}

#[tokio::test]
async fn a_token_of_the_program_or_of_one_call_is_sent() {
    let server = service(false).await;
    let token = client(&server, StaticCredentials::new(Credential::bearer("planted-token").unwrap()));
    token.raw_action(meetings()).send().await.unwrap();
    let own = Param::new("X-Access-Token").place(ParamLocation::Header);
    client(&server, keys()).raw_action(meetings()).param(own, "planted-own").send().await.unwrap();
    let anonymous = client(&server, account(&server)).raw_action(meetings().anonymous());
    anonymous.send().await.unwrap();
    let sent: Vec<_> = server.requests().iter().map(|request| proof(request)[0].map(str::to_owned)).collect();
    assert_eq!(sent, [Some("planted-token".to_owned()), Some("planted-own".to_owned()), None]);
    assert_eq!(asked(&server), [MEETINGS; 3]);
}

/// A file is not read for a digest that no signature needs.
#[tokio::test]
async fn a_file_is_sent_without_a_signature() {
    let server = service(false).await;
    let builder = builder(&server, &FakeTime::at(NOW)).sign_all_payloads(true);
    let client = builder.credentials(account(&server)).build().unwrap();
    let info = ActionInfo::new("meeting", "v1", "UploadFile").with_method(Method::POST);
    let call = client.raw_action(info.with_path("/v1/usg/sss/meeting-files"));
    call.file(Param::new("file"), FilePart::new("a picture")).send().await.unwrap();
    let request = &server.requests()[1];
    assert_eq!(proof(request), [Some("token-1"), None, None, None]);
    assert_eq!(request.header("x-sdk-content-sha256"), None);
}

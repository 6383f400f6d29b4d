//! Runs the recipes that need no account: with a mock transport, with the local cloud, or by building a client.

use std::collections::BTreeSet;

use cloudcall::http::Method;
use cloudcall::prelude::*;
use cloudcall::provider::Provider;
use cloudcall::testing::{MockResponse, MockRule, MockTransport};

use super::*;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A client whose transport returns `body` for every request.
fn client<P: Provider + Default>(region: &str, response: MockResponse) -> Result<Client<P>, Error> {
    let mock = MockTransport::builder().rule(MockRule::any().respond(response)).build()?;
    mock.client::<P>().region(region).build()
}

#[tokio::test]
async fn calls_give_what_the_service_returns() -> Outcome {
    let list =
        json!({ "TotalCount": 1, "InstanceSet": [{ "InstanceId": "ins-1", "InstanceState": "RUNNING" }] });
    let tencent = client::<Tencent>("ap-guangzhou", MockResponse::ok(list))?;
    assert_eq!(calls::declare(&tencent).await?, 1);
    assert_eq!(calls::options(&tencent).await?, 1);
    assert_eq!(calls::pages(&tencent).await?, ["ins-1"]);
    assert_eq!(calls::regions(&tencent).await?.len(), 3);
    assert!(calls::sign_only(&tencent).await?.starts_with("POST https://cvm.tencentcloudapi.com/"));
    calls::response(&tencent).await?;
    calls::wait(&tencent).await?;
    resilience::errors(&tencent).await?;

    let huawei =
        client::<Huawei>("cn-north-4", MockResponse::ok(json!({ "vpc": { "name": "front" }, "vpcs": [] })))?;
    assert_eq!(calls::rest(&huawei).await?, "\"front\"");
    assert!(calls::catalogue(&huawei).await?.is_empty());
    data::form(&huawei, vec![1, 2, 3]).await?;

    let alibaba = client::<Alibaba>("cn-hangzhou", MockResponse::ok(json!({})))?;
    assert!(calls::rpc(&alibaba).await?.is_some());
    let volcengine = client::<Volcengine>("cn-beijing", MockResponse::ok(json!({ "List": [] })))?;
    assert_eq!(calls::volcengine(&volcengine).await?, "[]");
    let qcloud = client::<Qcloud>("gz", MockResponse::ok(json!({ "regionSet": [] })))?;
    assert_eq!(calls::legacy(&qcloud).await?, "[]");

    let started = client::<Tencent>("ap-guangzhou", MockResponse::ok(json!({ "InstanceIdSet": ["ins-1"] })))?;
    assert_eq!(resilience::idempotency(&started).await?, "\"ins-1\"");
    Ok(())
}

#[tokio::test]
async fn data_is_sent_and_read() -> Outcome {
    let folder = std::env::temp_dir().join(format!("cloudcall-recipes-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("data");
    std::fs::write(&path, "lines")?;
    data::upload(&client("ap-guangzhou", MockResponse::ok(json!({})))?, &path).await?;
    let report = MockResponse::raw(200, "text/csv", "a,b\n");
    assert_eq!(data::download(&client("cn-north-4", report)?, &path).await?, 4);
    let word = |word: &str| json!({ "Choices": [{ "Delta": { "Content": word } }] });
    let events = MockResponse::events([word("Air "), word("scatters.")]);
    assert_eq!(data::sse(&client("ap-guangzhou", events)?).await?, "Air scatters.");

    let (cloud, tencent) = testing::local_cloud().await?;
    assert_eq!(calls::raw(&tencent).await?, "\"ap-guangzhou-3\"");
    credentials::one_call(&tencent, Credential::new("AKIDtest", "test-secret")?).await?;
    let log = observing::file_log(&path)?;
    drop((log, observing::daily_log(&folder.join("daily"))?, cloud));
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

#[tokio::test]
async fn tests_pass() -> Outcome {
    testing::mock().await?;
    testing::mock_failure().await
}

#[tokio::test]
async fn a_service_responds() -> Outcome {
    let (_cloud, tencent) = testing::local_cloud().await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(async move { axum::serve(listener, service::app(tencent)).await });
    let text = http_get(address, "/zones").await?;
    server.abort();
    assert!(text.starts_with("HTTP/1.1 200 ") && text.contains("ap-guangzhou-3"), "{text}");
    Ok(())
}

/// The whole response to a GET.
async fn http_get(address: std::net::SocketAddr, path: &str) -> std::io::Result<String> {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(address).await?;
    let head = format!("{} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n", Method::GET);
    stream.write_all(head.as_bytes()).await?;
    let mut text = String::new();
    stream.read_to_string(&mut text).await?;
    Ok(text)
}

#[test]
fn clients_can_be_built() -> Outcome {
    credentials::default_chain()?;
    credentials::fixed("AKID", "secret", "token")?;
    credentials::profile()?;
    credentials::sts()?;
    credentials::role_chain()?;
    credentials::web_identity()?;
    credentials::instance_role()?;
    credentials::project("AK", "SK")?;
    credentials::own_chain()?;
    credentials::program()?;
    Client::<Tencent>::builder().region("ap-guangzhou").credentials(credentials::Vault).build()?;
    network::proxy("secret")?;
    network::no_proxy()?;
    network::timeouts()?;
    network::endpoint()?;
    network::vpc()?;
    resilience::no_retry()?;
    resilience::limiter()?;
    resilience::breaker()?;
    observing::listener()?;
    observing::bodies()?;
    observing::metrics(&observing::Failures::default())?;
    observing::interceptor()?;
    Ok(())
}

/// Each recipe is in the book in both languages, and the book names no other.
#[test]
fn the_book_has_every_recipe() -> Outcome {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let wanted: BTreeSet<String> = SOURCES
        .iter()
        .flat_map(|(file, source)| names(source).map(move |name| format!("{file}.rs:{name}")))
        .collect();
    assert!(wanted.len() >= 40, "only {} recipes", wanted.len());
    for book in ["book", "book-zh"] {
        let text = read(&root.join(book).join("src/recipes.md"))?;
        let found: BTreeSet<String> = text
            .split("examples/recipes/")
            .skip(1)
            .filter_map(|rest| rest.split_once("}}").map(|(name, _)| name.to_owned()))
            .collect();
        assert_eq!(found, wanted, "{book}");
    }
    Ok(())
}

#[allow(clippy::disallowed_methods, reason = "documents are files of the project")]
fn read(path: &std::path::Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

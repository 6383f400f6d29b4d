//! Tests of code that calls a cloud.

use cloudcall::client::Proxies;
use cloudcall::local::{LocalCloud, LocalResponse};
use cloudcall::prelude::*;
use cloudcall::testing::{MockResponse, MockRule, MockTransport};

// ANCHOR: mock
pub async fn mock() -> Result<(), Box<dyn std::error::Error>> {
    let rule = MockRule::action("DescribeZones")
        .respond(MockResponse::bare(503))
        .respond(MockResponse::ok(json!({ "TotalCount": 2 })))
        .times(2);
    let mock = MockTransport::builder().rule(rule).build()?;
    let client = mock.client::<Tencent>().region("ap-guangzhou").build()?;

    let zones = client.raw("cvm", "2017-03-12", "DescribeZones").send().await?;
    assert_eq!(zones["TotalCount"], 2);
    assert_eq!(mock.time().waits().len(), 1, "one delay, and no time passed");
    mock.verify()?;
    Ok(())
}
// ANCHOR_END: mock

// ANCHOR: mock_failure
pub async fn mock_failure() -> Result<(), Box<dyn std::error::Error>> {
    let rule = MockRule::action("RunInstances").respond(MockResponse::hang_up());
    let mock = MockTransport::builder().rule(rule).build()?;
    let client = mock.client::<Tencent>().region("ap-guangzhou").build()?;

    let failed = client.raw("cvm", "2017-03-12", "RunInstances").send().await;
    let error = failed.err().ok_or("the call must fail")?;
    assert!(error.may_have_been_sent());
    assert_eq!(error.attempts(), 1, "a write that may have been executed is not repeated");
    Ok(())
}
// ANCHOR_END: mock_failure

// ANCHOR: local_cloud
pub async fn local_cloud() -> Result<(LocalCloud, Client<Tencent>), Error> {
    let cloud = LocalCloud::builder()
        .account("AKIDtest", "test-secret")
        .on("DescribeZones", |_| LocalResponse::ok(json!({ "ZoneSet": [{ "Zone": "ap-guangzhou-3" }] })))
        .start()
        .await?;
    let client = Client::<Tencent>::builder()
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(Credential::new("AKIDtest", "test-secret")?))
        .http(HttpOptions::builder().proxies(Proxies::None).build()?)
        .build()?;
    Ok((cloud, client))
}
// ANCHOR_END: local_cloud

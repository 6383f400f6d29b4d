//! Resilience: retries, limits, failover, errors.

use std::time::Duration;

use cloudcall::prelude::*;
use cloudcall::retry::Backoff;

// ANCHOR: retry
pub fn retry() -> RetryPolicy {
    RetryPolicy::standard()
        .max_attempts(5)
        .backoff(Backoff::equal_jitter(Duration::from_millis(200), Duration::from_secs(30)))
        .when(|failure| match failure.error.code() {
            Some("ResourceBusy") => Some(true),
            Some("QuotaExceeded") => Some(false),
            _ => None,
        })
}
// ANCHOR_END: retry

// ANCHOR: no_retry
pub fn no_retry() -> Result<Client<Tencent>, Error> {
    Client::<Tencent>::builder().region("ap-guangzhou").retry(RetryPolicy::none()).build()
}
// ANCHOR_END: no_retry

// ANCHOR: limiter
pub fn limiter() -> Result<Client<Tencent>, Error> {
    let limits = LimiterOptions::new()
        .each_action(Limit::rate(20.0).burst(20))
        .action("cvm", "RunInstances", Limit::rate(10.0))
        .product("cvm", Limit::at_once(32));
    Client::<Tencent>::builder().region("ap-guangzhou").limiter(limits).build()
}
// ANCHOR_END: limiter

// ANCHOR: breaker
pub fn breaker() -> Result<Client<Tencent>, Error> {
    let breaker = BreakerOptions::builder()
        .backup_endpoint("ap-shanghai.tencentcloudapi.com")
        .max_fail_num(5)
        .failure_ratio(0.75)
        .open_for(Duration::from_secs(60))
        .build()?;
    Client::<Tencent>::builder().region("ap-guangzhou").breaker(breaker).build()
}
// ANCHOR_END: breaker

// ANCHOR: errors
pub async fn errors(client: &Client<Tencent>) -> Result<(), Error> {
    match client.raw("cvm", "2017-03-12", "DescribeZones").send().await {
        Ok(zones) => println!("{}", *zones),
        Err(error) if error.is_throttled() => eprintln!("lower the rate: {error}"),
        Err(error) if error.is_auth() => eprintln!("check keys and permissions: {error}"),
        Err(error) if error.code() == Some("InvalidZone.MismatchRegion") => {
            eprintln!("another region: {error}")
        }
        Err(error) if error.may_have_been_sent() => eprintln!("the service may have acted: {error}"),
        Err(error) => return Err(error),
    }
    Ok(())
}
// ANCHOR_END: errors

// ANCHOR: idempotency
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", idempotency_token = client_token)]
pub struct RunInstances {
    pub image_id: String,
    pub client_token: Option<String>,
}

pub async fn idempotency(client: &Client<Tencent>) -> Result<String, Error> {
    // The client sets the token, so that a repeated request starts no second instance.
    Ok(client.run_instances().image_id("img-1").send().await?["InstanceIdSet"][0].to_string())
}
// ANCHOR_END: idempotency

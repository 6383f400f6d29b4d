//! A function that starts instances in the first zone with capacity, and its tests without network or
//! account.
//!
//! ```text
//! cargo run -p cloudcall-examples --example testing_your_code              # with a local cloud
//! cargo test -p cloudcall-examples --example testing_your_code
//! ```

use cloudcall::json::json;
use cloudcall::local::LocalResponse;
use cloudcall::{Client, Error, Tencent, cloud_action, cloud_model};
use cloudcall_quickstart::target::Target;

/// Starts instances.
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Started,
               idempotency_token = client_token)]
struct RunInstances {
    image_id: String,
    instance_count: Option<i64>,
    placement: Placement,
    client_token: Option<String>,
}

#[cloud_model(provider = "tencent", request)]
struct Placement {
    zone: String,
}

#[cloud_model(provider = "tencent")]
struct Started {
    instance_id_set: Option<Vec<String>>,
}

/// Starts `count` instances in the first of `zones` that has capacity, and returns that zone.
async fn start_somewhere(
    client: &Client<Tencent>,
    zones: &[&str],
    count: i64,
) -> Result<(String, Vec<String>), Error> {
    let mut sold_out = None;
    for zone in zones {
        let placement = Placement::new(*zone);
        match client.run_instances().image_id("img-1").instance_count(count).placement(placement).send().await
        {
            Ok(started) => {
                let ids = started.into_inner().instance_id_set.unwrap_or_default();
                return Ok(((*zone).to_owned(), ids));
            }
            Err(error) if error.code().is_some_and(|code| code.starts_with("ResourceInsufficient")) => {
                sold_out = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    Err(sold_out.unwrap_or_else(|| Error::new(cloudcall::ErrorKind::Config, "give at least one zone")))
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let target = Target::from_args(|cloud| {
        cloud.on("RunInstances", |request| match request.param("Placement.Zone").as_deref() {
            Some("ap-guangzhou-3") => {
                LocalResponse::error("ResourceInsufficient.SpecifiedInstanceType", "sold out")
            }
            _ => LocalResponse::ok(json!({ "InstanceIdSet": ["ins-1", "ins-2"] })),
        })
    })
    .await?;
    let client = target.client::<Tencent>("ap-guangzhou")?;
    let (zone, ids) = start_somewhere(&client, &["ap-guangzhou-3", "ap-guangzhou-6"], 2).await?;
    println!("{} run in {zone}", ids.join(", "));
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::error::Error as StdError;
    use std::time::Duration;

    use cloudcall::Tencent;
    use cloudcall::json::json;
    use cloudcall::testing::{Cassette, MockResponse, MockRule, MockTransport, Replay};

    use super::{Client, Started, start_somewhere};

    type Outcome = Result<(), Box<dyn StdError>>;

    fn client(mock: &MockTransport) -> Result<Client<Tencent>, cloudcall::Error> {
        mock.client().region("ap-guangzhou").build()
    }

    fn in_zone(zone: &str) -> MockRule {
        MockRule::action("RunInstances").param("Placement.Zone", zone)
    }

    #[tokio::test]
    async fn the_next_zone_is_tried_when_one_is_sold_out() -> Outcome {
        let two = Started { instance_id_set: Some(vec!["ins-1".to_owned(), "ins-2".to_owned()]) };
        let mock = MockTransport::builder()
            .rule(in_zone("a").respond(MockResponse::error("ResourceInsufficient", "sold out")).times(1))
            .rule(
                in_zone("b").body(|body| body["InstanceCount"] == 2).respond(MockResponse::ok(two)).times(1),
            )
            .rule(in_zone("c").never())
            .build()?;

        let (zone, ids) = start_somewhere(&client(&mock)?, &["a", "b", "c"], 2).await?;

        assert_eq!((zone.as_str(), ids.len()), ("b", 2));
        mock.verify()?;
        Ok(())
    }

    #[tokio::test]
    async fn a_retry_starts_nothing_twice() -> Outcome {
        let mock = MockTransport::builder()
            .rule(
                in_zone("a")
                    .respond(MockResponse::hang_up())
                    .respond(MockResponse::bare(503))
                    .respond(MockResponse::ok(json!({ "InstanceIdSet": ["ins-1"] })))
                    .times(3),
            )
            .build()?;

        start_somewhere(&client(&mock)?, &["a"], 1).await?;

        mock.verify()?;
        let tokens: Vec<_> = mock.requests().iter().map(|request| request.param("ClientToken")).collect();
        assert!(tokens[0].is_some() && tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
        let waited: Duration = mock.time().waits().iter().sum();
        assert!(waited < Duration::from_secs(1), "{waited:?} of fake time");
        Ok(())
    }

    #[tokio::test]
    async fn other_errors_end_it() -> Outcome {
        let mock = MockTransport::builder()
            .rule(in_zone("a").respond(MockResponse::error("UnauthorizedOperation", "no")).times(1))
            .build()?;

        let error = start_somewhere(&client(&mock)?, &["a", "b"], 1).await.expect_err("not allowed");

        assert_eq!((error.code(), error.attempts()), (Some("UnauthorizedOperation"), 1));
        mock.verify()?;
        Ok(())
    }

    #[tokio::test]
    async fn a_server_that_never_responses_costs_no_time() -> Outcome {
        let mock = MockTransport::builder().otherwise(MockResponse::silence()).build()?;

        let error = start_somewhere(&client(&mock)?, &["a"], 1).await.expect_err("no response");

        assert!(error.is_timeout() && error.may_have_been_sent(), "{error}");
        Ok(())
    }

    #[tokio::test]
    async fn recorded_responses_are_understood() -> Outcome {
        let replay = Replay::new(Cassette::parse(include_str!("testing_your_code.jsonl"))?);
        let client = MockTransport::builder().build()?.client::<Tencent>().region("ap-guangzhou");
        let client = client.transport(replay.clone()).build()?;

        let (zone, ids) = start_somewhere(&client, &["ap-guangzhou-3", "ap-guangzhou-6"], 2).await?;

        assert_eq!((zone.as_str(), ids.join(" ").as_str()), ("ap-guangzhou-6", "ins-1 ins-2"));
        replay.verify()?;
        Ok(())
    }
}

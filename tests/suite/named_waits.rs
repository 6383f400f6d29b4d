//! The states that `actions!` writes beside actions, in `wait_until`.

use cloudcall::credential::{Credential, StaticCredentials};
use cloudcall::http::Method;
use cloudcall::json::json;
use cloudcall::local::{LocalCloud, LocalCloudBuilder, LocalRequest, LocalResponse};
use cloudcall::provider::Provider;
use cloudcall::{Client, ErrorKind, Huawei, Tencent};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

cloudcall_models::actions! {
    tencent cvm "2017-03-12": DescribeInstances;
    huawei ecs "v2": ShowJob;
    alibaba ecs "2014-05-26": DescribeTaskAttribute;
}

/// Gives one response after the other, then the last one again and again.
fn in_turn(
    responses: Vec<serde_json::Value>,
) -> impl Fn(&LocalRequest) -> LocalResponse + Send + Sync + 'static {
    let turn = AtomicUsize::new(0);
    move |_| {
        let at = turn.fetch_add(1, Ordering::SeqCst).min(responses.len() - 1);
        LocalResponse::ok(responses[at].clone())
    }
}

fn client<P: Provider + Default>(cloud: &LocalCloud) -> Client<P> {
    let credential = Credential::new("ID", "SECRET").unwrap().with_project_id("p");
    Client::<P>::builder_for(P::default())
        .region("ap-guangzhou")
        .endpoint(cloud.endpoint())
        .credentials(StaticCredentials::new(credential))
        .build()
        .unwrap()
}

fn cloud() -> LocalCloudBuilder {
    LocalCloud::builder().account("ID", "SECRET")
}

fn instances(states: &[&str]) -> serde_json::Value {
    let all: Vec<_> = states.iter().map(|state| json!({ "InstanceState": state })).collect();
    json!({ "InstanceSet": all, "TotalCount": all.len() })
}

#[tokio::test]
async fn a_list_is_ready_if_all_of_its_items_are() {
    use tencent::cvm::{DescribeInstancesExt as _, wait};
    let turns =
        [&[][..], &["PENDING", "RUNNING"], &["RUNNING", "RUNNING"], &["STOPPED", "LAUNCH_FAILED"], &[]];
    let turns = turns.into_iter().map(instances).collect();
    let cloud = cloud().on("DescribeInstances", in_turn(turns)).start().await.unwrap();
    let client = client::<Tencent>(&cloud);
    let delay = Duration::from_millis(1);
    let found = client.describe_instances().wait_until(wait::instance_running).delay(delay).await.unwrap();
    assert_eq!(found.total_count, Some(2));
    let error =
        client.describe_instances().wait_until(wait::instance_stopped).delay(delay).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitFailed);
    assert!(error.to_string().contains("LAUNCH_FAILED"), "{error}");
    let gone = client.describe_instances().wait_until(wait::instance_terminated).delay(delay).await.unwrap();
    assert_eq!(gone.total_count, Some(0));
}

#[tokio::test]
async fn a_job_has_one_state() {
    use huawei::ecs::{ShowJobExt as _, wait};
    let turns =
        vec![json!({ "status": "RUNNING" }), json!({ "status": "SUCCESS" }), json!({ "status": "FAIL" })];
    let cloud =
        cloud().on_path(Method::GET, "/v1/{project_id}/jobs/{job_id}", in_turn(turns)).start().await.unwrap();
    let client = client::<Huawei>(&cloud);
    let delay = Duration::from_millis(1);
    let call = || client.show_job().job_id("j");
    call().wait_until(wait::job_done).delay(delay).await.unwrap();
    let error = call().wait_until(wait::job_done).delay(delay).await.unwrap_err();
    assert_eq!(error.wait().unwrap().state(), Some("FAIL"));
    assert_eq!(error.kind(), ErrorKind::WaitFailed);
    // The functions of a product that is only named here compile, too.
    let _ = alibaba::ecs::wait::task_attribute_done;
}

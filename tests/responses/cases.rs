//! Responses of actions of the catalogue that are not what its descriptions say.

use cloudcall::Alibaba;

use crate::support::client;

cloudcall_models::actions! {
    alibaba cms "2019-01-01": DescribeSiteMonitorData;
    alibaba dts "2020-01-01": DescribeSynchronizationJobs;
}

use alibaba::cms::v2019_01_01::DescribeSiteMonitorDataExt as _;
use alibaba::dts::v2020_01_01::DescribeSynchronizationJobsExt as _;

/// The description says text, the service sends the list itself.
#[tokio::test]
async fn a_list_that_is_declared_as_text() {
    let body = r#"{"Success":true,"Code":"200","Data":[{"Minimum":244,"Average":244.10,"isp":"465"}],"RequestId":"r"}"#;
    let data = client::<Alibaba>(body)
        .describe_site_monitor_data()
        .task_id("t")
        .metric_name("m")
        .send()
        .await
        .unwrap();
    assert_eq!(data.data.as_deref(), Some(r#"[{"Minimum":244,"Average":244.10,"isp":"465"}]"#));
    assert_eq!(data.warnings()[0].to_string(), "`Data`: found a list, expected a text");
    assert_eq!((data.code.as_deref(), data.success.is_some()), (Some("200"), true));
}

/// The list is declared bare; the service wraps it, or sends an empty object.
#[tokio::test]
async fn a_list_that_comes_as_an_object() {
    let jobs = async |list: &str| {
        let body =
            format!("{{\"SynchronizationInstances\":{list},\"TotalRecordCount\":2,\"RequestId\":\"r\"}}");
        let jobs = client::<Alibaba>(body).describe_synchronization_jobs().send().await.unwrap();
        assert!(jobs.warnings().is_empty(), "{:?}", jobs.warnings());
        let list = jobs.into_inner().synchronization_instances.unwrap_or_default();
        list.into_iter().map(|job| job.synchronization_job_id.unwrap_or_default()).collect::<Vec<_>>()
    };
    assert!(jobs("{}").await.is_empty());
    let two = r#"[{"SynchronizationJobId":"a"},{"SynchronizationJobId":"b"}]"#;
    assert_eq!(jobs(two).await, ["a", "b"]);
    assert_eq!(jobs(&format!("{{\"SynchronizationInstance\":{two}}}")).await, ["a", "b"]);
    assert_eq!(jobs(r#"{"SynchronizationJobId":"a"}"#).await, ["a"]);
}

//! What the service and the log say.

use std::sync::{Arc, Mutex};

use cloudcall::{Tencent, cloud_action, cloud_model};

use crate::support::{client, odd};

#[cloud_model(provider = "tencent", response)]
struct Zones {
    total_count: Option<i64>,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Zones)]
struct DescribeZones {}

const DEPRECATED: &str = r#"{"Response":{"TotalCount":1,"DeprecatedWarning":"DescribeZones ends, use password=planted-9 DescribeZonesV2","RequestId":"r"}}"#;

#[tokio::test]
async fn a_notice_of_the_service_is_a_warning() {
    let typed = client::<Tencent>(DEPRECATED).describe_zones().send().await.unwrap();
    assert_eq!(typed.total_count, Some(1));
    let raw = client::<Tencent>(DEPRECATED).raw("cvm", "2017-03-12", "DescribeZones").send().await.unwrap();
    assert_eq!(raw.warnings(), typed.warnings());
    let [warning] = typed.warnings() else { panic!("{:?}", typed.warnings()) };
    assert_eq!(warning.path(), "DeprecatedWarning");
    assert!(
        warning.found().contains("DescribeZones ends") && !warning.found().contains("planted"),
        "{warning}"
    );
    for nothing in ["null", "\"\""] {
        let body = format!("{{\"Response\":{{\"DeprecatedWarning\":{nothing},\"TotalCount\":\"x\"}}}}");
        let response = client::<Tencent>(body).describe_zones().send().await.unwrap();
        assert_eq!(response.warnings()[0].path(), "TotalCount");
    }
    let both = DEPRECATED.replace("\"TotalCount\":1", "\"TotalCount\":\"x\"");
    assert_eq!(client::<Tencent>(both).describe_zones().send().await.unwrap().warnings().len(), 2);
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn one_event_sums_up_what_was_odd() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::WARN)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    odd(r#"{"Count":"planted-value","Items":[{"Size":"planted-value"}],"RequestId":"r-5"}"#).await.unwrap();
    odd(r#"{"Count":7}"#).await.unwrap();
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert_eq!(text.lines().count(), 1, "{text}");
    for part in [
        "WARN",
        "cloudcall::call",
        "`Count`: found a text, expected an integer",
        "`Items[0].Size`",
        "DescribeOdd",
        "r-5",
        "count=2",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("planted"), "{text}");
}

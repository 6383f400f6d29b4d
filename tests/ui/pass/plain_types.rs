//! Types that write and read themselves, and values of fields that nobody sets.

use cloudcall::response::from_json;
use cloudcall::{cloud_action, cloud_model};
use serde::{Deserialize, Serialize};

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response(serde) = Zones)]
pub struct DescribeZones {
    #[param(default = 20)]
    pub limit: i64,
    #[param(default = 10 + 10)]
    pub offset: Option<u64>,
    #[param(default = "zone")]
    pub order: String,
    #[param(default = ["a", "b"])]
    pub names: Vec<String>,
    #[param(serde)]
    pub window: Option<Window>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Window {
    #[serde(rename = "From")]
    pub from: u32,
}

#[derive(Debug, Deserialize)]
pub struct Zones {}

#[cloud_model(provider = "tencent", response)]
pub struct Zone {
    #[param(default = 7)]
    pub racks: i64,
    #[param(default = "open")]
    pub state: Option<String>,
    #[param(serde)]
    pub window: Option<Window>,
}

fn main() {
    let request = DescribeZones::builder().build();
    assert_eq!((request.limit, request.offset, request.order.as_str()), (20, Some(20), "zone"));
    assert_eq!(request.names, ["a", "b"]);
    assert_eq!(DescribeZones::builder().limit(1).offset(0).build().offset, Some(0));
    let zone: Zone = from_json(r#"{"Window": {"From": 1}}"#).expect("it is sound");
    assert_eq!((zone.racks, zone.state.as_deref()), (7, Some("open")));
    assert_eq!(zone.window.map(|window| window.from), Some(1));
}

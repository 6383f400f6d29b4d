//! A user of cloudcall under another name: nothing here can reach `::cloudcall` or `::serde`.

use sdk::{cloud_action, cloud_model};

/// Lists zones.
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Zones, crate = ::sdk)]
pub struct DescribeZones {
    /// Where.
    pub region: String,
    /// The key.
    #[param(secret)]
    pub key: Option<String>,
}

/// The zones.
#[cloud_model(provider = "tencent", crate = ::sdk)]
pub struct Zones {
    /// Each of them.
    pub zone_set: Option<Vec<Zone>>,
}

/// A zone.
#[cloud_model(provider = "tencent", crate = sdk)]
pub struct Zone {
    /// Its name.
    pub zone: String,
    /// Its state.
    pub zone_state: Option<State>,
}

/// Whether a zone can be used.
#[cloud_model(crate = sdk)]
pub enum State {
    /// It can.
    #[param(name = "AVAILABLE")]
    Available,
}

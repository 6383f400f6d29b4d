use cloudcall::{cloud_action, cloud_model};

#[derive(Clone, Default)]
#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct DescribeKeys {}

/// Derives and the attribute need not stand side by side.
#[derive(PartialEq)]
#[derive(serde::Serialize, Clone)]
#[allow(dead_code)]
#[cloud_model(provider = "tencent")]
pub struct Key {
    pub id: Option<String>,
}

#[derive(Debug, Hash, PartialEq, Eq, PartialOrd)]
#[cloud_model]
pub enum State {
    Enabled,
}

fn main() {
    let _ = (DescribeKeys {}.clone(), State::Enabled.to_string());
}

use cloudcall::{cloud_action, cloud_model};

// Read and written.
#[cloud_model(provider = "tencent")]
pub struct Instance {
    pub disks: Option<Vec<Disk>>,
}

pub struct Disk {
    pub size: i64,
}

// Written only.
#[cloud_model(provider = "tencent", request)]
pub struct Filter {
    pub range: Range,
}

pub struct Range {
    pub from: i64,
}

// Read only, and required.
#[cloud_model(provider = "tencent", response)]
pub struct Zones {
    pub zone: Zone,
}

pub struct Zone {
    pub name: String,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Page)]
pub struct DescribeInstances {
    pub tags: Option<Vec<Tag>>,
}

pub struct Tag {
    pub key: String,
}

pub struct Page {
    pub total: i64,
}

fn main() {}

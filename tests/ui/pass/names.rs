//! Raw identifiers, fields named as the builder's own methods, actions named as keywords.
#![deny(warnings)]

use cloudcall::{Client, Tencent, cloud_action, cloud_model};

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct Move {
    pub r#type: String,
    pub r#in: Option<i32>,
    pub build: Option<String>,
    pub send: Option<String>,
    pub invoker: Option<String>,
    pub builder: Option<String>,
    pub target: Option<String>,
    pub fields: Option<String>,
    pub value: Option<String>,
    pub client: Option<String>,
    pub debug: Option<String>,
    pub f: Option<String>,
}

#[cloud_action(
    provider = "tencent",
    product = "cvm",
    version = "2017-03-12",
    action = "Stay",
    method = "remain"
)]
pub struct r#Static {}

#[cloud_action(
    provider = "tencent",
    product = "cvm",
    version = "2017-03-12",
    method = "POST",
    method = false
)]
pub struct Quiet {}

#[cloud_model(provider = "tencent")]
pub struct Moved {
    pub r#type: Option<String>,
}

#[cloud_model]
pub enum r#Kind {
    r#Static,
    Other(String),
}

// `Quiet` gave the client no method, so this one is free.
trait QuietExt {
    fn quiet(&self) {}
}

impl QuietExt for Client<Tencent> {}

async fn calls(client: Client<Tencent>) {
    let _ = client.r#move().r#type("a").r#in(3).build_("b").send_("c").invoker_("d").builder("e").await;
    let _ = client.remain().await;
    client.quiet();
}

fn main() {
    let _ = calls;
}

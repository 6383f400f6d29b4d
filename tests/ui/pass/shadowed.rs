//! Names of the prelude mean something else here.
#![deny(warnings)]
#![allow(dead_code)]

use cloudcall::{cloud_action, cloud_model};

struct Option;
struct Result;
struct String;
struct Vec;
struct Box;
struct Some;
struct None;
struct Ok;
struct Err;
trait Send {}
trait Sync {}
trait Clone {}
trait Default {}
trait Into {}
trait From {}
trait IntoIterator {}
trait Iterator {}
trait Debug {}
trait Future {}
mod core {}
mod std {}
mod serde {}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", idempotency_token = client_token)]
pub struct RunInstances {
    pub zone: ::std::string::String,
    pub instance_ids: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
    pub client_token: ::core::option::Option<::std::string::String>,
    #[param(default)]
    pub count: u32,
    #[param(secret)]
    pub password: ::core::option::Option<::std::string::String>,
}

#[cloud_model(provider = "tencent")]
pub struct Instance {
    pub id: ::std::string::String,
    pub names: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
    #[param(secret)]
    pub password: ::core::option::Option<::std::string::String>,
    pub state: ::core::option::Option<State>,
}

#[cloud_model]
pub enum State {
    Running,
}

fn main() {
    let _ = RunInstances::builder().zone("z-1").count(3).instance_ids(["a"]).build();
}

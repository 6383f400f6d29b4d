//! A client that gets one response, and a model with a member of each kind.

use std::collections::HashMap;

use cloudcall::client::ClientBuilder;
use cloudcall::provider::Provider;
use cloudcall::testing::{MockResponse, MockRule, MockTransport};
use cloudcall::{Alibaba, Client, Error, Response, cloud_action, cloud_model};

#[cloud_model(provider = "alibaba", response)]
#[derive(Default, PartialEq)]
pub(crate) struct Odd {
    pub(crate) name: Option<String>,
    pub(crate) count: Option<i64>,
    pub(crate) small: Option<u8>,
    pub(crate) big: Option<u64>,
    pub(crate) ratio: Option<f64>,
    pub(crate) ok: Option<bool>,
    pub(crate) state: Option<State>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) numbers: Option<Vec<i64>>,
    pub(crate) item: Option<Item>,
    pub(crate) items: Option<Vec<Item>>,
    pub(crate) maybe: Option<Vec<Option<Item>>>,
    pub(crate) matrix: Option<Vec<Vec<f64>>>,
    pub(crate) map: Option<HashMap<String, i64>>,
    pub(crate) by_name: Option<HashMap<String, Item>>,
    pub(crate) user: Option<User>,
    pub(crate) boxed: Option<Box<Odd>>,
    pub(crate) kept: Option<String>,
}

#[cloud_model(provider = "alibaba", response)]
#[derive(Default, PartialEq)]
pub(crate) struct Item {
    pub(crate) key: Option<String>,
    pub(crate) size: Option<i64>,
    pub(crate) item: Option<Vec<Item>>,
}

/// A model with a member that has to be there.
#[cloud_model(provider = "alibaba", response)]
#[derive(PartialEq)]
pub(crate) struct User {
    pub(crate) id: String,
    #[param(default)]
    pub(crate) level: u32,
    pub(crate) groups: Vec<String>,
}

#[cloud_model(provider = "alibaba")]
pub(crate) enum State {
    Running,
}

#[cloud_action(provider = "alibaba", product = "ecs", version = "2014-05-26", response = Odd)]
pub(crate) struct DescribeOdd {}

pub(crate) fn responses<P: Provider + Default>(status: u16, body: impl Into<Vec<u8>>) -> ClientBuilder<P> {
    let response = MockResponse::raw(status, "application/json", body.into());
    let mock = MockTransport::builder().rule(MockRule::any().respond(response)).build().unwrap();
    mock.client::<P>().region("cn-hangzhou")
}

pub(crate) fn client<P: Provider + Default>(body: impl Into<Vec<u8>>) -> Client<P> {
    responses(200, body).build().unwrap()
}

pub(crate) async fn odd(body: &str) -> Result<Response<Odd>, Error> {
    client::<Alibaba>(body).describe_odd().send().await
}

pub(crate) fn paths<T>(response: &Response<T>) -> Vec<&str> {
    response.warnings().iter().map(|warning| warning.path()).collect()
}

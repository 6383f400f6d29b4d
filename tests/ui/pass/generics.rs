//! Lifetimes, type parameters with bounds and defaults, constants.
#![deny(warnings)]

use cloudcall::{Client, Tencent, cloud_action, cloud_model};
use serde::de::DeserializeOwned;

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12")]
pub struct Tagged<'a, T: Copy = u8, const N: usize = 1>
where
    T: 'static,
{
    pub name: &'a str,
    pub tag: T,
    pub more: Option<Vec<T>>,
    #[param(skip)]
    pub bytes: Option<[u8; N]>,
}

#[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12", response = Page<T>)]
pub struct Listed<T>
where
    T: DeserializeOwned + Send + 'static,
{
    pub filter: Option<T>,
}

#[cloud_model(provider = "tencent")]
pub struct Page<T> {
    pub items: Option<Vec<T>>,
}

#[cloud_model(provider = "tencent", request)]
pub struct Borrowed<'a> {
    pub name: Option<&'a str>,
}

async fn calls(client: &Client<Tencent>, name: &str) {
    let _ = client.listed::<u8>().filter(3).await;
    let _ = client.tagged::<u8, 1>().name(name).tag(3).more(vec![1]).send().await;
}

fn main() {
    let _ = Tagged::<u8>::builder().name("x").tag(3).build();
    let _ = calls;
}

//! In a new package: cargo add cloudcall-models && cargo add tokio --features macros,rt-multi-thread
//! Before the first release: cargo add cloudcall-models --path CLONE/models
use cloudcall_models::cloudcall::{Client, Error, Huawei};

cloudcall_models::actions! {
    huawei vpc "v3": CreateVpc;
}

use huawei::vpc::v3::*;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::<Huawei>::builder().region("cn-north-4").build()?;
    let response = client
        .create_vpc()
        .body(CreateVpcRequestBody::new(CreateVpcOption::new("v", "10.0.0.0/16").tags([Tag::new("k", "v")])))
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}

//! In a new package: cargo add cloudcall-models && cargo add tokio --features macros,rt-multi-thread
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
        .body(CreateVpcRequestBody { vpc: Some(CreateVpcOption { name: Some("v".into()), cidr: Some("10.0.0.0/16".into()), tags: Some(vec![Tag { key: Some("k".into()), value: Some("v".into()), ..Default::default() }]), ..Default::default() }), ..Default::default() })
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}

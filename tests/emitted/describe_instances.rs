//! In a new package: cargo add cloudcall-models && cargo add tokio --features macros,rt-multi-thread
//! Before the first release: cargo add cloudcall-models --path CLONE/models
use cloudcall_models::cloudcall::{Client, Error, Tencent};

cloudcall_models::actions! {
    tencent cvm "2017-03-12": DescribeInstances;
}

use tencent::cvm::v2017_03_12::*;

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::<Tencent>::builder().region("ap-guangzhou").build()?;
    let response = client
        .describe_instances()
        .instance_ids(["ins-1"])
        .filters([Filter::new("zone", ["ap-guangzhou-3"])])
        .limit(20)
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}

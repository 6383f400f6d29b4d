use cloudcall::prelude::*;

#[cloud_action(provider = "huawei", product = "vpc", version = "v2", method = "GET",
               path = "/v1/{project_id}/vpcs", response = Vpcs)]
pub struct ListVpcs {
    #[param(query)]
    pub limit: Option<i64>,
}

#[cloud_model(provider = "huawei", response)]
pub struct Vpcs {
    pub vpcs: Vec<Vpc>,
}

#[cloud_model(provider = "huawei", response)]
pub struct Vpc {
    pub id: String,
    pub name: Option<String>,
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::<Huawei>::builder().region("cn-north-4").build()?;
    for vpc in &client.list_vpcs().limit(10).send().await?.vpcs {
        println!("{} {:?}", vpc.id, vpc.name);
    }
    Ok(())
}

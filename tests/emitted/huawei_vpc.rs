// huawei vpc v3, from huaweicloudsdkvpc 3.1.219.
#![allow(missing_docs, dead_code, unused_imports, unreachable_pub, deprecated, non_camel_case_types, non_snake_case, clippy::all, clippy::pedantic, clippy::restriction)]

/// `ListVpcs` of huawei vpc v3.
#[::cloudcall::cloud_action(provider = "huawei", product = "vpc", version = "v3", method = "GET", path = "/v3/{project_id}/vpc/vpcs", response = ListVpcsResponse, readonly, paginate(marker = marker, limit = limit, next_marker = page_info.next_marker, items = vpcs))]
pub struct ListVpcs {
    #[param(query)]
    pub limit: ::core::option::Option<i64>,
    #[param(query)]
    pub marker: ::core::option::Option<::std::string::String>,
    #[param(query, list = "multi")]
    pub id: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
    #[param(query)]
    pub enterprise_project_id: ::core::option::Option<::std::string::String>,
    #[param(query, list = "multi")]
    pub name: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
    #[param(query, list = "multi")]
    pub description: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
    #[param(query, list = "multi")]
    pub cidr: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
}

/// `CreateVpc` of huawei vpc v3.
#[::cloudcall::cloud_action(provider = "huawei", product = "vpc", version = "v3", method = "POST", path = "/v3/{project_id}/vpc/vpcs", response = CreateVpcResponse)]
pub struct CreateVpc {
    #[param(body(whole))]
    pub body: ::core::option::Option<CreateVpcRequestBody>,
}

#[::cloudcall::cloud_model(provider = "huawei", response)]
pub struct CloudResource {
    pub resource_type: ::core::option::Option<::std::string::String>,
    pub resource_count: ::core::option::Option<i64>,
}

#[::cloudcall::cloud_model(provider = "huawei", request)]
#[derive(::core::default::Default)]
pub struct CreateVpcOption {
    /// Required.
    pub name: ::core::option::Option<::std::string::String>,
    pub description: ::core::option::Option<::std::string::String>,
    /// Required.
    pub cidr: ::core::option::Option<::std::string::String>,
    pub enterprise_project_id: ::core::option::Option<::std::string::String>,
    pub tags: ::core::option::Option<::std::vec::Vec<Tag>>,
}

#[::cloudcall::cloud_model(provider = "huawei", request)]
#[derive(::core::default::Default)]
pub struct CreateVpcRequestBody {
    pub dry_run: ::core::option::Option<bool>,
    /// Required.
    pub vpc: ::core::option::Option<CreateVpcOption>,
}

#[::cloudcall::cloud_model(provider = "huawei", response)]
pub struct CreateVpcResponse {
    pub request_id: ::core::option::Option<::std::string::String>,
    pub error_msg: ::core::option::Option<::std::string::String>,
    pub error_code: ::core::option::Option<::std::string::String>,
}

#[::cloudcall::cloud_model(provider = "huawei", response)]
pub struct ListVpcsResponse {
    pub request_id: ::core::option::Option<::std::string::String>,
    pub vpcs: ::core::option::Option<::std::vec::Vec<Vpc>>,
    pub page_info: ::core::option::Option<PageInfo>,
}

#[::cloudcall::cloud_model(provider = "huawei", response)]
pub struct PageInfo {
    pub previous_marker: ::core::option::Option<::std::string::String>,
    pub current_count: ::core::option::Option<i64>,
    pub next_marker: ::core::option::Option<::std::string::String>,
}

#[::cloudcall::cloud_model(provider = "huawei")]
#[derive(::core::default::Default)]
pub struct Tag {
    /// Required.
    pub key: ::core::option::Option<::std::string::String>,
    /// Required.
    pub value: ::core::option::Option<::std::string::String>,
}

#[::cloudcall::cloud_model(provider = "huawei", response)]
pub struct Vpc {
    pub id: ::core::option::Option<::std::string::String>,
    pub name: ::core::option::Option<::std::string::String>,
    pub description: ::core::option::Option<::std::string::String>,
    pub cidr: ::core::option::Option<::std::string::String>,
    pub extend_cidrs: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
    pub status: ::core::option::Option<::std::string::String>,
    pub project_id: ::core::option::Option<::std::string::String>,
    pub enterprise_project_id: ::core::option::Option<::std::string::String>,
    pub created_at: ::core::option::Option<::std::string::String>,
    pub updated_at: ::core::option::Option<::std::string::String>,
    pub cloud_resources: ::core::option::Option<::std::vec::Vec<CloudResource>>,
    pub tags: ::core::option::Option<::std::vec::Vec<Tag>>,
    pub block_service_endpoint_states: ::core::option::Option<::std::string::String>,
    pub enable_network_address_usage_metrics: ::core::option::Option<bool>,
}

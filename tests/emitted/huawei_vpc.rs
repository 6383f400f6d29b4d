// huawei vpc v3, from huaweicloudsdkvpc 3.1.219.
#![allow(missing_docs, dead_code, unused_imports, unreachable_pub, deprecated, non_camel_case_types, non_snake_case, clippy::all, clippy::pedantic, clippy::restriction)]

/// `ListVpcs` of huawei vpc v3.
///
/// [The vendor's page](<https://apiexplorer.developer.huaweicloud.com/apiexplorer/doc?product=VPC&api=ListVpcs&version=v3>).
#[::cloudcall::cloud_action(provider = "huawei", product = "vpc", version = "v3", method = "GET", path = "/v3/{project_id}/vpc/vpcs", response = ListVpcsResponse, readonly, paginate(marker = marker, limit = limit, next_marker = page_info.next_marker, items = vpcs))]
pub struct ListVpcs {
    /// `limit` on the wire. Range: 0 to 2000.
    #[param(query)]
    pub limit: ::core::option::Option<i64>,
    /// `marker` on the wire.
    #[param(query)]
    pub marker: ::core::option::Option<::std::string::String>,
    /// `id` on the wire.
    #[param(query, list = "multi")]
    pub id: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
    /// `enterprise_project_id` on the wire.
    #[param(query)]
    pub enterprise_project_id: ::core::option::Option<::std::string::String>,
    /// `name` on the wire.
    #[param(query, list = "multi")]
    pub name: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
    /// `description` on the wire.
    #[param(query, list = "multi")]
    pub description: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
    /// `cidr` on the wire.
    #[param(query, list = "multi")]
    pub cidr: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
}

/// `CreateVpc` of huawei vpc v3.
///
/// [The vendor's page](<https://apiexplorer.developer.huaweicloud.com/apiexplorer/doc?product=VPC&api=CreateVpc&version=v3>).
#[::cloudcall::cloud_action(provider = "huawei", product = "vpc", version = "v3", method = "POST", path = "/v3/{project_id}/vpc/vpcs", response = CreateVpcResponse)]
pub struct CreateVpc {
    /// `body` on the wire.
    #[param(body(whole))]
    pub body: ::core::option::Option<CreateVpcRequestBody>,
}

/// Part of responses of huawei vpc v3.
#[::cloudcall::cloud_model(provider = "huawei", response)]
pub struct CloudResource {
    /// `resource_type` on the wire.
    pub resource_type: ::core::option::Option<::std::string::String>,
    /// `resource_count` on the wire.
    pub resource_count: ::core::option::Option<i64>,
}

/// Part of requests of huawei vpc v3.
#[::cloudcall::cloud_model(provider = "huawei", request)]
pub struct CreateVpcOption {
    /// `name` on the wire. Required. Length: 1 to 64.
    pub name: ::std::string::String,
    /// `description` on the wire. Length: 0 to 255.
    pub description: ::core::option::Option<::std::string::String>,
    /// `cidr` on the wire. Required.
    pub cidr: ::std::string::String,
    /// `enterprise_project_id` on the wire.
    pub enterprise_project_id: ::core::option::Option<::std::string::String>,
    /// `tags` on the wire.
    pub tags: ::core::option::Option<::std::vec::Vec<Tag>>,
}

/// Part of requests of huawei vpc v3.
#[::cloudcall::cloud_model(provider = "huawei", request)]
pub struct CreateVpcRequestBody {
    /// `dry_run` on the wire.
    pub dry_run: ::core::option::Option<bool>,
    /// `vpc` on the wire. Required.
    pub vpc: CreateVpcOption,
}

/// Part of responses of huawei vpc v3.
#[::cloudcall::cloud_model(provider = "huawei", response)]
pub struct CreateVpcResponse {
    /// `request_id` on the wire.
    pub request_id: ::core::option::Option<::std::string::String>,
    /// `error_msg` on the wire.
    pub error_msg: ::core::option::Option<::std::string::String>,
    /// `error_code` on the wire.
    pub error_code: ::core::option::Option<::std::string::String>,
}

/// Part of responses of huawei vpc v3.
#[::cloudcall::cloud_model(provider = "huawei", response)]
pub struct ListVpcsResponse {
    /// `request_id` on the wire.
    pub request_id: ::core::option::Option<::std::string::String>,
    /// `vpcs` on the wire.
    pub vpcs: ::core::option::Option<::std::vec::Vec<Vpc>>,
    /// `page_info` on the wire.
    pub page_info: ::core::option::Option<PageInfo>,
}

/// Part of responses of huawei vpc v3.
#[::cloudcall::cloud_model(provider = "huawei", response)]
pub struct PageInfo {
    /// `previous_marker` on the wire.
    pub previous_marker: ::core::option::Option<::std::string::String>,
    /// `current_count` on the wire.
    pub current_count: ::core::option::Option<i64>,
    /// `next_marker` on the wire.
    pub next_marker: ::core::option::Option<::std::string::String>,
}

/// Part of requests and responses of huawei vpc v3.
#[::cloudcall::cloud_model(provider = "huawei")]
#[derive(::core::default::Default)]
pub struct Tag {
    /// `key` on the wire. Required.
    #[param(required)]
    pub key: ::core::option::Option<::std::string::String>,
    /// `value` on the wire. Required.
    #[param(required)]
    pub value: ::core::option::Option<::std::string::String>,
}

/// Part of responses of huawei vpc v3.
#[::cloudcall::cloud_model(provider = "huawei", response)]
pub struct Vpc {
    /// `id` on the wire.
    pub id: ::core::option::Option<::std::string::String>,
    /// `name` on the wire. Length: 1 to 64.
    pub name: ::core::option::Option<::std::string::String>,
    /// `description` on the wire. Length: 0 to 255.
    pub description: ::core::option::Option<::std::string::String>,
    /// `cidr` on the wire.
    pub cidr: ::core::option::Option<::std::string::String>,
    /// `extend_cidrs` on the wire.
    pub extend_cidrs: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
    /// `status` on the wire. Values: `PENDING`, `ACTIVE`.
    pub status: ::core::option::Option<::std::string::String>,
    /// `project_id` on the wire.
    pub project_id: ::core::option::Option<::std::string::String>,
    /// `enterprise_project_id` on the wire.
    pub enterprise_project_id: ::core::option::Option<::std::string::String>,
    /// `created_at` on the wire. Format: `YYYY-MM-DD hh:mm:ss`, or as the vendor's page says.
    pub created_at: ::core::option::Option<::std::string::String>,
    /// `updated_at` on the wire. Format: `YYYY-MM-DD hh:mm:ss`, or as the vendor's page says.
    pub updated_at: ::core::option::Option<::std::string::String>,
    /// `cloud_resources` on the wire.
    pub cloud_resources: ::core::option::Option<::std::vec::Vec<CloudResource>>,
    /// `tags` on the wire.
    pub tags: ::core::option::Option<::std::vec::Vec<Tag>>,
    /// `block_service_endpoint_states` on the wire.
    pub block_service_endpoint_states: ::core::option::Option<::std::string::String>,
    /// `enable_network_address_usage_metrics` on the wire.
    pub enable_network_address_usage_metrics: ::core::option::Option<bool>,
}

impl Vpc {
    /// `PENDING`, a value of `status`.
    pub const STATUS_PENDING: &'static ::core::primitive::str = "PENDING";
    /// `ACTIVE`, a value of `status`.
    pub const STATUS_ACTIVE: &'static ::core::primitive::str = "ACTIVE";
}

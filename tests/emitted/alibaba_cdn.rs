// alibaba cdn 2018-05-10, from alibabacloud_cdn20180510 9.2.0.
#![allow(missing_docs, dead_code, unused_imports, unreachable_pub, deprecated, non_camel_case_types, non_snake_case, clippy::all, clippy::pedantic, clippy::restriction)]

/// Where `cdn` is.
const HOSTS: ::cloudcall::endpoint::EndpointTable = ::cloudcall::endpoint::EndpointTable::central(&[
    ("cdn.*.aliyuncs.com", "ap-southeast-1"),
    ("cdn.ap-southeast-1.aliyuncs.com", "ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 eu-central-1 eu-west-1 me-east-1 us-east-1 us-west-1"),
]);

/// `DescribeCdnService` of alibaba cdn 2018-05-10.
#[::cloudcall::cloud_action(provider = "alibaba", product = "cdn", version = "2018-05-10", style = "rpc", response = DescribeCdnServiceResponseBody, hosts = HOSTS, regionless, readonly)]
pub struct DescribeCdnService {
    #[param(query)]
    pub owner_id: ::core::option::Option<i64>,
    #[param(query)]
    pub security_token: ::core::option::Option<::std::string::String>,
}

/// `AddCdnDomain` of alibaba cdn 2018-05-10.
#[::cloudcall::cloud_action(provider = "alibaba", product = "cdn", version = "2018-05-10", style = "rpc", response = AddCdnDomainResponseBody, hosts = HOSTS, regionless)]
pub struct AddCdnDomain {
    #[param(query)]
    pub cdn_type: ::std::string::String,
    #[param(query)]
    pub check_url: ::core::option::Option<::std::string::String>,
    #[param(query)]
    pub domain_name: ::std::string::String,
    #[param(query)]
    pub owner_account: ::core::option::Option<::std::string::String>,
    #[param(query)]
    pub owner_id: ::core::option::Option<i64>,
    #[param(query)]
    pub resource_group_id: ::core::option::Option<::std::string::String>,
    #[param(query)]
    pub scope: ::core::option::Option<::std::string::String>,
    #[param(query)]
    pub security_token: ::core::option::Option<::std::string::String>,
    #[param(query)]
    pub sources: ::std::string::String,
    #[param(query)]
    pub tag: ::core::option::Option<::std::vec::Vec<AddCdnDomainRequestTag>>,
    #[param(query)]
    pub top_level_domain: ::core::option::Option<::std::string::String>,
}

#[::cloudcall::cloud_model(provider = "alibaba", request)]
#[derive(::core::default::Default)]
pub struct AddCdnDomainRequestTag {
    pub key: ::core::option::Option<::std::string::String>,
    pub value: ::core::option::Option<::std::string::String>,
}

#[::cloudcall::cloud_model(provider = "alibaba", response)]
pub struct AddCdnDomainResponseBody {
    pub request_id: ::core::option::Option<::std::string::String>,
}

#[::cloudcall::cloud_model(provider = "alibaba", response)]
pub struct DescribeCdnServiceResponseBody {
    pub changing_affect_time: ::core::option::Option<::std::string::String>,
    pub changing_charge_type: ::core::option::Option<::std::string::String>,
    pub changing_dynamic_billing_type: ::core::option::Option<::std::string::String>,
    pub dynamic_billing_type: ::core::option::Option<::std::string::String>,
    pub instance_id: ::core::option::Option<::std::string::String>,
    pub internet_charge_type: ::core::option::Option<::std::string::String>,
    pub opening_time: ::core::option::Option<::std::string::String>,
    pub operation_locks: ::core::option::Option<DescribeCdnServiceResponseBodyOperationLocks>,
    pub request_id: ::core::option::Option<::std::string::String>,
}

#[::cloudcall::cloud_model(provider = "alibaba", response)]
pub struct DescribeCdnServiceResponseBodyOperationLocks {
    pub lock_reason: ::core::option::Option<::std::vec::Vec<DescribeCdnServiceResponseBodyOperationLocksLockReason>>,
}

#[::cloudcall::cloud_model(provider = "alibaba", response)]
pub struct DescribeCdnServiceResponseBodyOperationLocksLockReason {
    pub lock_reason: ::core::option::Option<::std::string::String>,
}

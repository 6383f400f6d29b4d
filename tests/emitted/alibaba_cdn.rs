// alibaba cdn 2018-05-10, from alibabacloud_cdn20180510 9.2.0.
#![allow(missing_docs, dead_code, unused_imports, unreachable_pub, deprecated, non_camel_case_types, non_snake_case, clippy::all, clippy::pedantic, clippy::restriction)]

/// Where `cdn` is.
const HOSTS: ::cloudcall::endpoint::EndpointTable = ::cloudcall::endpoint::EndpointTable::central(&[
    ("cdn.*.aliyuncs.com", "ap-southeast-1"),
    ("cdn.ap-southeast-1.aliyuncs.com", "ap-northeast-1 ap-south-1 ap-southeast-2 ap-southeast-3 ap-southeast-5 eu-central-1 eu-west-1 me-east-1 us-east-1 us-west-1"),
]);

/// `DescribeCdnService` of alibaba cdn 2018-05-10.
///
/// [The vendor's page](<https://api.aliyun.com/api/cdn/2018-05-10/DescribeCdnService>).
#[::cloudcall::cloud_action(provider = "alibaba", product = "cdn", version = "2018-05-10", style = "rpc", response = DescribeCdnServiceResponseBody, hosts = HOSTS, regionless, readonly)]
pub struct DescribeCdnService {
    /// `OwnerId` on the wire.
    #[param(query)]
    pub owner_id: ::core::option::Option<i64>,
    /// `SecurityToken` on the wire.
    #[param(query)]
    pub security_token: ::core::option::Option<::std::string::String>,
}

/// `AddCdnDomain` of alibaba cdn 2018-05-10.
///
/// [The vendor's page](<https://api.aliyun.com/api/cdn/2018-05-10/AddCdnDomain>).
#[::cloudcall::cloud_action(provider = "alibaba", product = "cdn", version = "2018-05-10", style = "rpc", response = AddCdnDomainResponseBody, hosts = HOSTS, regionless)]
pub struct AddCdnDomain {
    /// `CdnType` on the wire. Required. Values: `web`, `download`, `video`.
    #[param(query)]
    pub cdn_type: ::std::string::String,
    /// `CheckUrl` on the wire.
    #[param(query)]
    pub check_url: ::core::option::Option<::std::string::String>,
    /// `DomainName` on the wire. Required.
    #[param(query)]
    pub domain_name: ::std::string::String,
    /// `OwnerAccount` on the wire.
    #[param(query)]
    pub owner_account: ::core::option::Option<::std::string::String>,
    /// `OwnerId` on the wire.
    #[param(query)]
    pub owner_id: ::core::option::Option<i64>,
    /// `ResourceGroupId` on the wire.
    #[param(query)]
    pub resource_group_id: ::core::option::Option<::std::string::String>,
    /// `Scope` on the wire. Values: `domestic`, `overseas`, `global`. Default: `domestic`.
    #[param(query)]
    pub scope: ::core::option::Option<::std::string::String>,
    /// `SecurityToken` on the wire.
    #[param(query)]
    pub security_token: ::core::option::Option<::std::string::String>,
    /// `Sources` on the wire. Required.
    #[param(query)]
    pub sources: ::std::string::String,
    /// `Tag` on the wire.
    #[param(query)]
    pub tag: ::core::option::Option<::std::vec::Vec<AddCdnDomainRequestTag>>,
    /// `TopLevelDomain` on the wire.
    #[param(query)]
    pub top_level_domain: ::core::option::Option<::std::string::String>,
}

impl AddCdnDomain {
    /// `web`, a value of `CdnType`.
    pub const CDN_TYPE_WEB: &'static ::core::primitive::str = "web";
    /// `download`, a value of `CdnType`.
    pub const CDN_TYPE_DOWNLOAD: &'static ::core::primitive::str = "download";
    /// `video`, a value of `CdnType`.
    pub const CDN_TYPE_VIDEO: &'static ::core::primitive::str = "video";
    /// `domestic`, a value of `Scope`.
    pub const SCOPE_DOMESTIC: &'static ::core::primitive::str = "domestic";
    /// `overseas`, a value of `Scope`.
    pub const SCOPE_OVERSEAS: &'static ::core::primitive::str = "overseas";
    /// `global`, a value of `Scope`.
    pub const SCOPE_GLOBAL: &'static ::core::primitive::str = "global";
}

#[::cloudcall::cloud_model(provider = "alibaba", request)]
#[derive(::core::default::Default)]
pub struct AddCdnDomainRequestTag {
    /// `Key` on the wire.
    pub key: ::core::option::Option<::std::string::String>,
    /// `Value` on the wire.
    pub value: ::core::option::Option<::std::string::String>,
}

#[::cloudcall::cloud_model(provider = "alibaba", response)]
pub struct AddCdnDomainResponseBody {
    /// `RequestId` on the wire.
    pub request_id: ::core::option::Option<::std::string::String>,
}

#[::cloudcall::cloud_model(provider = "alibaba", response)]
pub struct DescribeCdnServiceResponseBody {
    /// `ChangingAffectTime` on the wire.
    pub changing_affect_time: ::core::option::Option<::std::string::String>,
    /// `ChangingChargeType` on the wire. Values: `PayByTraffic`, `PayByBandwidth`.
    pub changing_charge_type: ::core::option::Option<::std::string::String>,
    /// `ChangingDynamicBillingType` on the wire.
    pub changing_dynamic_billing_type: ::core::option::Option<::std::string::String>,
    /// `DynamicBillingType` on the wire.
    pub dynamic_billing_type: ::core::option::Option<::std::string::String>,
    /// `InstanceId` on the wire.
    pub instance_id: ::core::option::Option<::std::string::String>,
    /// `InternetChargeType` on the wire. Values: `PayByTraffic`, `PayByBandwidth`.
    pub internet_charge_type: ::core::option::Option<::std::string::String>,
    /// `OpeningTime` on the wire.
    pub opening_time: ::core::option::Option<::std::string::String>,
    /// `OperationLocks` on the wire.
    pub operation_locks: ::core::option::Option<DescribeCdnServiceResponseBodyOperationLocks>,
    /// `RequestId` on the wire.
    pub request_id: ::core::option::Option<::std::string::String>,
}

impl DescribeCdnServiceResponseBody {
    /// `PayByTraffic`, a value of `ChangingChargeType`.
    pub const CHANGING_CHARGE_TYPE_PAY_BY_TRAFFIC: &'static ::core::primitive::str = "PayByTraffic";
    /// `PayByBandwidth`, a value of `ChangingChargeType`.
    pub const CHANGING_CHARGE_TYPE_PAY_BY_BANDWIDTH: &'static ::core::primitive::str = "PayByBandwidth";
    /// `PayByTraffic`, a value of `InternetChargeType`.
    pub const INTERNET_CHARGE_TYPE_PAY_BY_TRAFFIC: &'static ::core::primitive::str = "PayByTraffic";
    /// `PayByBandwidth`, a value of `InternetChargeType`.
    pub const INTERNET_CHARGE_TYPE_PAY_BY_BANDWIDTH: &'static ::core::primitive::str = "PayByBandwidth";
}

#[::cloudcall::cloud_model(provider = "alibaba", response)]
pub struct DescribeCdnServiceResponseBodyOperationLocks {
    /// `LockReason` on the wire.
    pub lock_reason: ::core::option::Option<::std::vec::Vec<DescribeCdnServiceResponseBodyOperationLocksLockReason>>,
}

#[::cloudcall::cloud_model(provider = "alibaba", response)]
pub struct DescribeCdnServiceResponseBodyOperationLocksLockReason {
    /// `LockReason` on the wire.
    pub lock_reason: ::core::option::Option<::std::string::String>,
}

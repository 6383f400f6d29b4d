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
///
/// Error codes: [`InternetChargeTypeInvalid`](error_codes::INTERNET_CHARGE_TYPE_INVALID), [`UnsupportedParameter`](error_codes::UNSUPPORTED_PARAMETER).
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
///
/// Error codes: [`Abs.CheckUrl.Malformed`](error_codes::ABS_CHECK_URL_MALFORMED), [`AccountException`](error_codes::ACCOUNT_EXCEPTION), [`CdnTypeNotSupportExtensiveDomain`](error_codes::CDN_TYPE_NOT_SUPPORT_EXTENSIVE_DOMAIN), [`CheckSourceHealthFailed`](error_codes::CHECK_SOURCE_HEALTH_FAILED), [`DomainInBlacklist`](error_codes::DOMAIN_IN_BLACKLIST), [`DomainOverLimit`](error_codes::DOMAIN_OVER_LIMIT), [`DomainOwnerVerifyFail`](error_codes::DOMAIN_OWNER_VERIFY_FAIL), [`DomainReserved`](error_codes::DOMAIN_RESERVED), [`EntityNotExist.ResourceGroup`](error_codes::ENTITY_NOT_EXIST_RESOURCE_GROUP), [`EntityNotExists.ResourceGroup`](error_codes::ENTITY_NOT_EXISTS_RESOURCE_GROUP), [`ExtensiveAndAllBothExist`](error_codes::EXTENSIVE_AND_ALL_BOTH_EXIST), [`ExtensiveAndSpecificDomainConflict`](error_codes::EXTENSIVE_AND_SPECIFIC_DOMAIN_CONFLICT), [`IcpBlack`](error_codes::ICP_BLACK), [`InnerAddDomainDenied`](error_codes::INNER_ADD_DOMAIN_DENIED), [`InvalidCdnType.Malformed`](error_codes::INVALID_CDN_TYPE_MALFORMED), [`InvalidCertificate`](error_codes::INVALID_CERTIFICATE), [`InvalidCertificate.TooLong`](error_codes::INVALID_CERTIFICATE_TOO_LONG), [`InvalidDomainName.Malformed`](error_codes::INVALID_DOMAIN_NAME_MALFORMED), [`InvalidDomainNameLevel`](error_codes::INVALID_DOMAIN_NAME_LEVEL), [`InvalidResourceGroupId.Malformed`](error_codes::INVALID_RESOURCE_GROUP_ID_MALFORMED), and 21 more of [`error_codes`].
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

/// Part of requests of alibaba cdn 2018-05-10.
#[::cloudcall::cloud_model(provider = "alibaba", request)]
#[derive(::core::default::Default)]
pub struct AddCdnDomainRequestTag {
    /// `Key` on the wire.
    pub key: ::core::option::Option<::std::string::String>,
    /// `Value` on the wire.
    pub value: ::core::option::Option<::std::string::String>,
}

/// Part of responses of alibaba cdn 2018-05-10.
#[::cloudcall::cloud_model(provider = "alibaba", response)]
pub struct AddCdnDomainResponseBody {
    /// `RequestId` on the wire.
    pub request_id: ::core::option::Option<::std::string::String>,
}

/// Part of responses of alibaba cdn 2018-05-10.
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

/// Part of responses of alibaba cdn 2018-05-10.
#[::cloudcall::cloud_model(provider = "alibaba", response)]
pub struct DescribeCdnServiceResponseBodyOperationLocks {
    /// `LockReason` on the wire.
    pub lock_reason: ::core::option::Option<::std::vec::Vec<DescribeCdnServiceResponseBodyOperationLocksLockReason>>,
}

/// Part of responses of alibaba cdn 2018-05-10.
#[::cloudcall::cloud_model(provider = "alibaba", response)]
pub struct DescribeCdnServiceResponseBodyOperationLocksLockReason {
    /// `LockReason` on the wire.
    pub lock_reason: ::core::option::Option<::std::string::String>,
}

/// The error codes that the vendor lists for the actions of this module: see `Error::code`. A service may respond with others, too.
pub mod error_codes {
    /// `Abs.CheckUrl.Malformed`, listed for `AddCdnDomain`.
    pub const ABS_CHECK_URL_MALFORMED: &::core::primitive::str = "Abs.CheckUrl.Malformed";
    /// `AccountException`, listed for `AddCdnDomain`.
    pub const ACCOUNT_EXCEPTION: &::core::primitive::str = "AccountException";
    /// `CdnTypeNotSupportExtensiveDomain`, listed for `AddCdnDomain`.
    pub const CDN_TYPE_NOT_SUPPORT_EXTENSIVE_DOMAIN: &::core::primitive::str = "CdnTypeNotSupportExtensiveDomain";
    /// `CheckSourceHealthFailed`, listed for `AddCdnDomain`.
    pub const CHECK_SOURCE_HEALTH_FAILED: &::core::primitive::str = "CheckSourceHealthFailed";
    /// `DomainInBlacklist`, listed for `AddCdnDomain`.
    pub const DOMAIN_IN_BLACKLIST: &::core::primitive::str = "DomainInBlacklist";
    /// `DomainOverLimit`, listed for `AddCdnDomain`.
    pub const DOMAIN_OVER_LIMIT: &::core::primitive::str = "DomainOverLimit";
    /// `DomainOwnerVerifyFail`, listed for `AddCdnDomain`.
    pub const DOMAIN_OWNER_VERIFY_FAIL: &::core::primitive::str = "DomainOwnerVerifyFail";
    /// `DomainReserved`, listed for `AddCdnDomain`.
    pub const DOMAIN_RESERVED: &::core::primitive::str = "DomainReserved";
    /// `EntityNotExist.ResourceGroup`, listed for `AddCdnDomain`.
    pub const ENTITY_NOT_EXIST_RESOURCE_GROUP: &::core::primitive::str = "EntityNotExist.ResourceGroup";
    /// `EntityNotExists.ResourceGroup`, listed for `AddCdnDomain`.
    pub const ENTITY_NOT_EXISTS_RESOURCE_GROUP: &::core::primitive::str = "EntityNotExists.ResourceGroup";
    /// `ExtensiveAndAllBothExist`, listed for `AddCdnDomain`.
    pub const EXTENSIVE_AND_ALL_BOTH_EXIST: &::core::primitive::str = "ExtensiveAndAllBothExist";
    /// `ExtensiveAndSpecificDomainConflict`, listed for `AddCdnDomain`.
    pub const EXTENSIVE_AND_SPECIFIC_DOMAIN_CONFLICT: &::core::primitive::str = "ExtensiveAndSpecificDomainConflict";
    /// `IcpBlack`, listed for `AddCdnDomain`.
    pub const ICP_BLACK: &::core::primitive::str = "IcpBlack";
    /// `InnerAddDomainDenied`, listed for `AddCdnDomain`.
    pub const INNER_ADD_DOMAIN_DENIED: &::core::primitive::str = "InnerAddDomainDenied";
    /// `InternetChargeTypeInvalid`, listed for `DescribeCdnService`.
    pub const INTERNET_CHARGE_TYPE_INVALID: &::core::primitive::str = "InternetChargeTypeInvalid";
    /// `InvalidCdnType.Malformed`, listed for `AddCdnDomain`.
    pub const INVALID_CDN_TYPE_MALFORMED: &::core::primitive::str = "InvalidCdnType.Malformed";
    /// `InvalidCertificate`, listed for `AddCdnDomain`.
    pub const INVALID_CERTIFICATE: &::core::primitive::str = "InvalidCertificate";
    /// `InvalidCertificate.TooLong`, listed for `AddCdnDomain`.
    pub const INVALID_CERTIFICATE_TOO_LONG: &::core::primitive::str = "InvalidCertificate.TooLong";
    /// `InvalidDomainName.Malformed`, listed for `AddCdnDomain`.
    pub const INVALID_DOMAIN_NAME_MALFORMED: &::core::primitive::str = "InvalidDomainName.Malformed";
    /// `InvalidDomainNameLevel`, listed for `AddCdnDomain`.
    pub const INVALID_DOMAIN_NAME_LEVEL: &::core::primitive::str = "InvalidDomainNameLevel";
    /// `InvalidResourceGroupId.Malformed`, listed for `AddCdnDomain`.
    pub const INVALID_RESOURCE_GROUP_ID_MALFORMED: &::core::primitive::str = "InvalidResourceGroupId.Malformed";
    /// `InvalidScope.Malformed`, listed for `AddCdnDomain`.
    pub const INVALID_SCOPE_MALFORMED: &::core::primitive::str = "InvalidScope.Malformed";
    /// `InvalidSource.Priority.Malformed`, listed for `AddCdnDomain`.
    pub const INVALID_SOURCE_PRIORITY_MALFORMED: &::core::primitive::str = "InvalidSource.Priority.Malformed";
    /// `InvalidSourceType.Malformed`, listed for `AddCdnDomain`.
    pub const INVALID_SOURCE_TYPE_MALFORMED_2: &::core::primitive::str = "InvalidSourceType.Malformed";
    /// `InvalidSources.Malformed`, listed for `AddCdnDomain`.
    pub const INVALID_SOURCES_MALFORMED: &::core::primitive::str = "InvalidSources.Malformed";
    /// `InvalidStatus.ResourceGroup`, listed for `AddCdnDomain`.
    pub const INVALID_STATUS_RESOURCE_GROUP: &::core::primitive::str = "InvalidStatus.ResourceGroup";
    /// `InvalidTag`, listed for `AddCdnDomain`.
    pub const INVALID_TAG: &::core::primitive::str = "InvalidTag";
    /// `InvalidTagKey`, listed for `AddCdnDomain`.
    pub const INVALID_TAG_KEY: &::core::primitive::str = "InvalidTagKey";
    /// `InvalidTagKey.OverLimit`, listed for `AddCdnDomain`.
    pub const INVALID_TAG_KEY_OVER_LIMIT: &::core::primitive::str = "InvalidTagKey.OverLimit";
    /// `InvalidTagKey.Repeated`, listed for `AddCdnDomain`.
    pub const INVALID_TAG_KEY_REPEATED: &::core::primitive::str = "InvalidTagKey.Repeated";
    /// `InvalidTagValue`, listed for `AddCdnDomain`.
    pub const INVALID_TAG_VALUE: &::core::primitive::str = "InvalidTagValue";
    /// `InvalidTopLevelDomain.Malformed`, listed for `AddCdnDomain`.
    pub const INVALID_TOP_LEVEL_DOMAIN_MALFORMED: &::core::primitive::str = "InvalidTopLevelDomain.Malformed";
    /// `InvalidTypeAndContent.MissMatch`, listed for `AddCdnDomain`.
    pub const INVALID_TYPE_AND_CONTENT_MISS_MATCH: &::core::primitive::str = "InvalidTypeAndContent.MissMatch";
    /// `IspBlack`, listed for `AddCdnDomain`.
    pub const ISP_BLACK: &::core::primitive::str = "IspBlack";
    /// `MissingParameter`, listed for `AddCdnDomain`.
    pub const MISSING_PARAMETER: &::core::primitive::str = "MissingParameter";
    /// `NotInternationRealIdentity`, listed for `AddCdnDomain`.
    pub const NOT_INTERNATION_REAL_IDENTITY: &::core::primitive::str = "NotInternationRealIdentity";
    /// `RecordCheckNotAvailable`, listed for `AddCdnDomain`.
    pub const RECORD_CHECK_NOT_AVAILABLE: &::core::primitive::str = "RecordCheckNotAvailable";
    /// `ReservedTagKey`, listed for `AddCdnDomain`.
    pub const RESERVED_TAG_KEY: &::core::primitive::str = "ReservedTagKey";
    /// `SourceInBlacklist`, listed for `AddCdnDomain`.
    pub const SOURCE_IN_BLACKLIST: &::core::primitive::str = "SourceInBlacklist";
    /// `SourceIp.Exceed`, listed for `AddCdnDomain`.
    pub const SOURCE_IP_EXCEED: &::core::primitive::str = "SourceIp.Exceed";
    /// `TopLevelDomain.Mismatch`, listed for `AddCdnDomain`.
    pub const TOP_LEVEL_DOMAIN_MISMATCH: &::core::primitive::str = "TopLevelDomain.Mismatch";
    /// `TopLevelDomain.NotFound`, listed for `AddCdnDomain`.
    pub const TOP_LEVEL_DOMAIN_NOT_FOUND: &::core::primitive::str = "TopLevelDomain.NotFound";
    /// `UnsupportedParameter`, listed for `DescribeCdnService`.
    pub const UNSUPPORTED_PARAMETER: &::core::primitive::str = "UnsupportedParameter";
}

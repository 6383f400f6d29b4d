//! Every action of 8 product-versions: 491 actions, 1340 types. Written by `models/catalogue-tests`.
//!
//! Clippy would read it a second time, and is not meant for what the macro makes.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;
mod odd;
mod paging;

cloudcall_models::actions! {
    tencent cam "2019-01-16": *;
    tencent cbs "2017-03-12": *;
    tencent clb "2018-03-17": *;
    tencent cvm "2017-03-12": *;
    tencent hunyuan "2023-09-01": *;
    tencent region "2022-06-27": *;
    tencent sts "2018-08-13": *;
    tencent tag "2018-08-13": *;
}

#[rustfmt::skip]
check::product_versions! {
    "tencent cam 2019-01-16" in tencent::cam::v2019_01_16:
        AddUser, AddUserToGroup, AttachGroupPolicy, AttachRolePolicy, AttachUserPolicy, BuildDataFlowAuthToken,
        ConsumeCustomMFAToken, CreateAccessKey, CreateGroup, CreateMessageReceiver, CreateOIDCConfig, CreatePolicy,
        CreatePolicyVersion, CreateRole, CreateSAMLProvider, CreateServiceLinkedRole, CreateSubAccountLoginIpPolicy,
        CreateUserOIDCConfig, CreateUserSAMLConfig, DeleteAccessKey, DeleteGroup, DeleteMessageReceiver,
        DeleteOIDCConfig, DeletePolicy, DeletePolicyVersion, DeleteRole, DeleteRolePermissionsBoundary,
        DeleteSAMLProvider, DeleteServiceLinkedRole, DeleteUser, DeleteUserPermissionsBoundary, DescribeOIDCConfig,
        DescribeRoleList, DescribeSafeAuthFlag, DescribeSafeAuthFlagColl, DescribeSafeAuthFlagIntl, DescribeSubAccounts,
        DescribeUserOIDCConfig, DescribeUserSAMLConfig, DetachGroupPolicy, DetachRolePolicy, DetachUserPolicy,
        DisableUserSSO, GetAccountSummary, GetCustomMFATokenInfo, GetGroup, GetPasswordRules, GetPolicy,
        GetPolicyVersion, GetRole, GetRolePermissionBoundary, GetSAMLProvider, GetSecurityLastUsed,
        GetServiceLinkedRoleDeletionStatus, GetUser, GetUserAppId, GetUserPermissionBoundary, ListAccessKeys,
        ListAccounts, ListAttachedGroupPolicies, ListAttachedRolePolicies, ListAttachedUserAllPolicies,
        ListAttachedUserPolicies, ListCollaborators, ListEntitiesForPolicy, ListGroups, ListGroupsForUser, ListPolicies,
        ListPoliciesGrantingServiceAccess, ListPolicyVersions, ListReceiver, ListSAMLProviders, ListUsers,
        ListUsersForGroup, ListWeChatWorkSubAccounts, PutRolePermissionsBoundary, PutUserPermissionsBoundary,
        RemoveUserFromGroup, SetDefaultPolicyVersion, SetMfaFlag, TagRole, UntagRole, UpdateAccessKey,
        UpdateAssumeRolePolicy, UpdateGroup, UpdateOIDCConfig, UpdatePasswordRules, UpdatePolicy,
        UpdateRoleConsoleLogin, UpdateRoleDescription, UpdateRoleSessionDuration, UpdateSAMLProvider, UpdateUser,
        UpdateUserOIDCConfig, UpdateUserSAMLConfig;
    "tencent cbs 2017-03-12" in tencent::cbs::v2017_03_12:
        ApplyDiskBackup, ApplySnapshot, ApplySnapshotGroup, AttachDisks, AttachRemoteDisks, BindAutoSnapshotPolicy,
        CopyAutoSnapshotPolicyCrossAccount, CopySnapshotCrossRegions, CreateAutoSnapshotPolicy, CreateDiskBackup,
        CreateDisks, CreateRemoteDisks, CreateSnapshot, CreateSnapshotGroup, DeleteAutoSnapshotPolicies,
        DeleteDiskBackups, DeleteSnapshotGroup, DeleteSnapshots, DescribeAutoSnapshotPolicies,
        DescribeDedicatedClusterDiskStatistics, DescribeDiskAssociatedAutoSnapshotPolicy, DescribeDiskBackups,
        DescribeDiskConfigQuota, DescribeDiskStoragePool, DescribeDisks, DescribeInstancesDiskNum,
        DescribeRemoteDiskConfigQuota, DescribeRemoteDisks, DescribeRemoteDisksDeniedActions, DescribeSnapshotGroups,
        DescribeSnapshotOverview, DescribeSnapshotSharePermission, DescribeSnapshots, DetachDisks, DetachRemoteDisks,
        GetSnapOverview, InitializeDisks, InquirePriceCreateRemoteDisks, InquirePriceModifyDiskBackupQuota,
        InquirePriceModifyDiskExtraPerformance, InquirePriceRenewRemoteDisks, InquiryPriceCreateDisks,
        InquiryPriceRenewDisks, InquiryPriceResizeDisk, ModifyAutoSnapshotPolicyAttribute, ModifyDiskAttributes,
        ModifyDiskBackupQuota, ModifyDiskExtraPerformance, ModifyDisksChargeType, ModifyDisksRenewFlag,
        ModifyRemoteDiskAttributes, ModifySnapshotAttribute, ModifySnapshotsSharePermission, RenewDisk, RenewRemoteDisk,
        ResizeDisk, SwitchParameterCreateRemoteDisks, SwitchParameterRenewRemoteDisks, TerminateDisks,
        TerminateRemoteDisks, UnbindAutoSnapshotPolicy;
    "tencent clb 2018-03-17" in tencent::clb::v2018_03_17:
        AddModelKey, AddModelRewrite, AssociateBudget, AssociateCustomizedConfig, AssociateModelRouterGuardrails,
        AssociateModelsToModelRouter, AssociateTargetGroups, AutoRewrite, BatchDeregisterTargets, BatchModifyTargetTag,
        BatchModifyTargetWeight, BatchRegisterTargets, ChatCompletions, CloneLoadBalancer, CreateBYOKNetwork,
        CreateBudget, CreateClsLogSet, CreateIntentRouter, CreateKey, CreateKeys, CreateListener, CreateLoadBalancer,
        CreateLoadBalancerSnatIps, CreateModel, CreateModelRouter, CreateModelRouterResourcePackage, CreateRule,
        CreateTargetGroup, CreateTopic, CreateUserGroup, DeleteBudgets, DeleteIntentRouter, DeleteKeys, DeleteListener,
        DeleteLoadBalancer, DeleteLoadBalancerListeners, DeleteLoadBalancerSnatIps, DeleteModel, DeleteModelRouters,
        DeleteRewrite, DeleteRule, DeleteTargetGroups, DeleteUserGroups, DeregisterFunctionTargets,
        DeregisterModelsFromServiceProvider, DeregisterTargetGroupInstances, DeregisterTargets,
        DeregisterTargetsFromClassicalLB, DescribeAssociatedModelAvailability, DescribeAsyncJobs, DescribeBlockIPList,
        DescribeBlockIPTask, DescribeBudgetAssociations, DescribeBudgets, DescribeClassicalLBByInstanceId,
        DescribeClassicalLBHealthStatus, DescribeClassicalLBListeners, DescribeClassicalLBTargets, DescribeClsLogSet,
        DescribeClusterResources, DescribeCrossTargets, DescribeCustomizedConfigAssociateList,
        DescribeCustomizedConfigList, DescribeExclusiveClusters, DescribeIdleLoadBalancers, DescribeIntentRouterTiers,
        DescribeIntentRouters, DescribeKeys, DescribeLBListeners, DescribeLBOperateProtect, DescribeListeners,
        DescribeLoadBalancerListByCertId, DescribeLoadBalancerOverview, DescribeLoadBalancerTraffic,
        DescribeLoadBalancers, DescribeLoadBalancersDetail, DescribeModelAliases, DescribeModelAssociations,
        DescribeModelKeys, DescribeModelNames, DescribeModelRewrite, DescribeModelRouterDetail,
        DescribeModelRouterGuardrails, DescribeModelRouterLogs, DescribeModelRouterQuota,
        DescribeModelRouterResourcePackageDeduction, DescribeModelRouterResourcePackages, DescribeModelRouters,
        DescribeQuota, DescribeResources, DescribeRewrite, DescribeServiceProviderHealthStatus,
        DescribeSupportedProviders, DescribeTargetGroupInstanceStatus, DescribeTargetGroupInstances,
        DescribeTargetGroupList, DescribeTargetGroups, DescribeTargetHealth, DescribeTargets, DescribeTaskStatus,
        DescribeUpperModels, DescribeUserGroups, DisassociateBudget, DisassociateCustomizedConfig,
        DisassociateModelRouterGuardrails, DisassociateModelsFromModelRouter, DisassociateTargetGroups,
        InquirePriceCreateModelRouterResourcePackage, InquirePriceRefundModelRouterResourcePackage,
        InquiryPriceCreateLoadBalancer, InquiryPriceModifyLoadBalancer, InquiryPriceRefundLoadBalancer,
        InquiryPriceRenewLoadBalancer, ManualRewrite, MigrateClassicalLoadBalancers, ModifyBlockIPList,
        ModifyBudgetAttributes, ModifyDomain, ModifyDomainAttributes, ModifyFunctionTargets,
        ModifyIntentRouterAttribute, ModifyKeyAttributes, ModifyKeysBlockStatus, ModifyKeysUserGroup, ModifyListener,
        ModifyLoadBalancerAttributes, ModifyLoadBalancerMixIpTarget, ModifyLoadBalancerSla, ModifyLoadBalancersProject,
        ModifyModelAliasAttributes, ModifyModelAttributes, ModifyModelRouterAttributes, ModifyModelRouterGuardrails,
        ModifyModelRouterSecurityGroups, ModifyRule, ModifyServiceProviderModelAttributes, ModifyTargetGroupAttribute,
        ModifyTargetGroupInstancesPort, ModifyTargetGroupInstancesWeight, ModifyTargetPort, ModifyTargetWeight,
        ModifyUserGroupAttributes, RefundModelRouterResourcePackage, RegenerateKeys, RegisterFunctionTargets,
        RegisterModelsToServiceProvider, RegisterTargetGroupInstances, RegisterTargets, RegisterTargetsWithClassicalLB,
        RemoveModelKey, RemoveModelRewrite, RenewLoadBalancers, ReplaceCertForLoadBalancers,
        SetCustomizedConfigForLoadBalancer, SetLoadBalancerClsLog, SetLoadBalancerSecurityGroups,
        SetLoadBalancerStartStatus, SetSecurityGroupForLoadbalancers, TestModelInputModalities,
        TestServiceProviderConnection;
    "tencent cvm 2017-03-12" in tencent::cvm::v2017_03_12:
        AllocateHosts, AssociateInstancesKeyPairs, AssociateSecurityGroups, ConfigureChcAssistVpc,
        ConfigureChcDeployVpc, ConvertOperatingSystems, CreateDisasterRecoverGroup, CreateHpcCluster, CreateImage,
        CreateKeyPair, CreateLaunchTemplate, CreateLaunchTemplateVersion, DeleteDisasterRecoverGroups,
        DeleteHpcClusters, DeleteImages, DeleteInstancesActionTimer, DeleteInstancesDisasterRecoverGroups,
        DeleteKeyPairs, DeleteLaunchTemplate, DeleteLaunchTemplateVersions, DescribeAccountQuota,
        DescribeChcDeniedActions, DescribeChcHosts, DescribeDisasterRecoverGroupQuota, DescribeDisasterRecoverGroups,
        DescribeHosts, DescribeHpcClusters, DescribeImageFromFamily, DescribeImageQuota, DescribeImageSharePermission,
        DescribeImages, DescribeImportImageOs, DescribeInstanceFamilyConfigs, DescribeInstanceInternetBandwidthConfigs,
        DescribeInstanceTypeConfigs, DescribeInstanceVncUrl, DescribeInstances, DescribeInstancesActionTimer,
        DescribeInstancesAttributes, DescribeInstancesModification, DescribeInstancesOperationLimit,
        DescribeInstancesStatus, DescribeInternetChargeTypeConfigs, DescribeKeyPairs, DescribeLaunchTemplateVersions,
        DescribeLaunchTemplates, DescribeRegions, DescribeResourcePoolPackInstances,
        DescribeResourcePoolPackTypeConfigs, DescribeResourcePoolPacks, DescribeTaskInfo,
        DescribeZoneInstanceConfigInfos, DescribeZones, DisassociateInstancesKeyPairs, DisassociateSecurityGroups,
        EnterRescueMode, ExitRescueMode, ExportImages, ImportImage, ImportInstancesActionTimer, ImportKeyPair,
        InquirePricePurchaseResourcePoolPacks, InquiryPriceModifyInstancesChargeType, InquiryPriceRenewHosts,
        InquiryPriceRenewInstances, InquiryPriceResetInstance, InquiryPriceResetInstancesInternetMaxBandwidth,
        InquiryPriceResetInstancesType, InquiryPriceResizeInstanceDisks, InquiryPriceRunInstances,
        InquiryPriceTerminateInstances, ModifyChcAttribute, ModifyChcNetworkMode, ModifyDisasterRecoverGroupAttribute,
        ModifyHostsAttribute, ModifyHpcClusterAttribute, ModifyImageAttribute, ModifyImageSharePermission,
        ModifyInstanceDiskType, ModifyInstancesAttribute, ModifyInstancesChargeType,
        ModifyInstancesDisasterRecoverGroup, ModifyInstancesProject, ModifyInstancesRenewFlag,
        ModifyInstancesVpcAttribute, ModifyKeyPairAttribute, ModifyLaunchTemplateDefaultVersion, ProgramFpgaImage,
        PurchaseResourcePoolPacks, RebootInstances, RemoveChcAssistVpc, RemoveChcDeployVpc, RenewHosts, RenewInstances,
        RepairTaskControl, ResetInstance, ResetInstancesInternetMaxBandwidth, ResetInstancesPassword,
        ResetInstancesType, ResizeInstanceDisks, RunInstances, StartInstances, StopInstances, SyncImages,
        TerminateInstances, TerminateResourcePoolPacks;
    "tencent hunyuan 2023-09-01" in tencent::hunyuan::v2023_09_01:
        ActivateService, ChatCompletions, ChatTranslations, CreateGlossary, CreateGlossaryEntry, CreateThread,
        DeleteGlossary, DeleteGlossaryEntry, FilesDeletions, FilesList, FilesUploads, GetEmbedding, GetThread,
        GetThreadMessage, GetThreadMessageList, GetTokenCount, GroupChatCompletions, ImageQuestion, ListGlossary,
        ListGlossaryEntry, QueryHunyuanImageChatJob, QueryHunyuanImageJob, RunThread, SetPayMode,
        SubmitHunyuanImageChatJob, SubmitHunyuanImageJob, TextToImageLite, UpdateGlossaryEntry;
    "tencent region 2022-06-27" in tencent::region::v2022_06_27:
        DescribeProducts, DescribeRegions, DescribeZones;
    "tencent sts 2018-08-13" in tencent::sts::v2018_08_13:
        AssumeRole, AssumeRoleWithSAML, AssumeRoleWithWebIdentity, GetCallerIdentity, GetFederationToken,
        GetSessionToken, QueryApiKey;
    "tencent tag 2018-08-13" in tencent::tag::v2018_08_13:
        AddProject, AddResourceTag, AttachResourcesTag, CreateTag, CreateTags, DeleteResourceTag, DeleteTag, DeleteTags,
        DescribeProjects, DescribeResourceTags, DescribeResourceTagsByResourceIds, DescribeResourceTagsByResourceIdsSeq,
        DescribeResourceTagsByTagKeys, DescribeResourcesByTags, DescribeResourcesByTagsUnion, DescribeTagKeys,
        DescribeTagValues, DescribeTagValuesSeq, DescribeTags, DescribeTagsSeq, DetachResourcesTag, GetResources,
        GetTagKeys, GetTagValues, GetTags, ModifyResourceTags, ModifyResourcesTagValue, TagResources, UnTagResources,
        UpdateProject, UpdateResourceTagValue;
}

#[test]
fn every_action_compiles() {
    check::all_is_there(ALL, 491);
}

odd::no_odd_member_costs_the_rest!(first 0, second 1, third 2, fourth 3; of 4);

/// Every list is walked.
#[rustfmt::skip]
mod lists {
    #[test]
    fn tencent_cam_2019_01_16() {
        use super::tencent::cam::v2019_01_16::*;
        crate::paging::walk("tencent cam 2019-01-16", || ListAccounts::builder().build());
        crate::paging::walk("tencent cam 2019-01-16", || ListCollaborators::builder().build());
        crate::paging::walk("tencent cam 2019-01-16", || ListReceiver::builder().build());
        crate::paging::walk("tencent cam 2019-01-16", || ListWeChatWorkSubAccounts::builder().offset(0).limit(10).build());
    }

    #[test]
    fn tencent_cbs_2017_03_12() {
        use super::tencent::cbs::v2017_03_12::*;
        crate::paging::walk("tencent cbs 2017-03-12", || DescribeAutoSnapshotPolicies::builder().build());
        crate::paging::walk("tencent cbs 2017-03-12", || DescribeDiskBackups::builder().build());
        crate::paging::walk("tencent cbs 2017-03-12", || DescribeDisks::builder().build());
        crate::paging::walk("tencent cbs 2017-03-12", || DescribeSnapshotGroups::builder().build());
        crate::paging::walk("tencent cbs 2017-03-12", || DescribeSnapshots::builder().build());
    }

    #[test]
    fn tencent_clb_2018_03_17() {
        use super::tencent::clb::v2018_03_17::*;
        crate::paging::walk("tencent clb 2018-03-17", || DescribeAsyncJobs::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeBlockIPList::builder().load_balancer_id("x").build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeBudgetAssociations::builder().budget_id("x").build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeBudgets::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeClusterResources::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeCrossTargets::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeCustomizedConfigAssociateList::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeCustomizedConfigList::builder().config_type("x").build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeExclusiveClusters::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeIdleLoadBalancers::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeKeys::builder().model_router_id("x").build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeLoadBalancers::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeLoadBalancersDetail::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeModelAliases::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeModelAssociations::builder().model_router_id("x").build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeModelKeys::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeModelNames::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeModelRouterLogs::builder().model_router_id("x").build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeModelRouterResourcePackageDeduction::builder().deduction_time_begin("x").deduction_time_end("x").model_router_resource_package_id("x").build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeModelRouterResourcePackages::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeModelRouters::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeResources::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeServiceProviderHealthStatus::builder().service_provider_id("x").build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeTargetGroupInstances::builder().filters(vec![]).build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeTargetGroupList::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeTargetGroups::builder().build());
        crate::paging::walk("tencent clb 2018-03-17", || DescribeUserGroups::builder().model_router_id("x").build());
    }

    #[test]
    fn tencent_cvm_2017_03_12() {
        use super::tencent::cvm::v2017_03_12::*;
        crate::paging::walk("tencent cvm 2017-03-12", || DescribeChcHosts::builder().build());
        crate::paging::walk("tencent cvm 2017-03-12", || DescribeDisasterRecoverGroups::builder().build());
        crate::paging::walk("tencent cvm 2017-03-12", || DescribeHosts::builder().build());
        crate::paging::walk("tencent cvm 2017-03-12", || DescribeHpcClusters::builder().build());
        crate::paging::walk("tencent cvm 2017-03-12", || DescribeImages::builder().build());
        crate::paging::walk("tencent cvm 2017-03-12", || DescribeInstances::builder().build());
        crate::paging::walk("tencent cvm 2017-03-12", || DescribeInstancesStatus::builder().build());
        crate::paging::walk("tencent cvm 2017-03-12", || DescribeKeyPairs::builder().build());
        crate::paging::walk("tencent cvm 2017-03-12", || DescribeLaunchTemplateVersions::builder().launch_template_id("x").build());
        crate::paging::walk("tencent cvm 2017-03-12", || DescribeLaunchTemplates::builder().build());
        crate::paging::walk("tencent cvm 2017-03-12", || DescribeResourcePoolPacks::builder().build());
        crate::paging::walk("tencent cvm 2017-03-12", || DescribeTaskInfo::builder().limit(10).offset(0).build());
    }

    #[test]
    fn tencent_hunyuan_2023_09_01() {
        use super::tencent::hunyuan::v2023_09_01::*;
        crate::paging::walk("tencent hunyuan 2023-09-01", || FilesList::builder().build());
        crate::paging::walk("tencent hunyuan 2023-09-01", || ListGlossary::builder().build());
        crate::paging::walk("tencent hunyuan 2023-09-01", || ListGlossaryEntry::builder().glossary_id("x").build());
    }

    #[test]
    fn tencent_region_2022_06_27() {
        use super::tencent::region::v2022_06_27::*;
        crate::paging::walk("tencent region 2022-06-27", || DescribeProducts::builder().build());
    }

    #[test]
    fn tencent_tag_2018_08_13() {
        use super::tencent::tag::v2018_08_13::*;
        crate::paging::walk("tencent tag 2018-08-13", || DescribeProjects::builder().all_list(1).limit(10).offset(0).build());
        crate::paging::walk("tencent tag 2018-08-13", || DescribeResourceTags::builder().build());
        crate::paging::walk("tencent tag 2018-08-13", || DescribeResourceTagsByResourceIds::builder().service_type("x").resource_prefix("x").resource_ids(["x"]).resource_region("x").build());
        crate::paging::walk("tencent tag 2018-08-13", || DescribeResourceTagsByResourceIdsSeq::builder().service_type("x").resource_prefix("x").resource_ids(["x"]).resource_region("x").build());
        crate::paging::walk("tencent tag 2018-08-13", || DescribeResourceTagsByTagKeys::builder().service_type("x").resource_prefix("x").resource_region("x").resource_ids(["x"]).tag_keys(["x"]).build());
        crate::paging::walk("tencent tag 2018-08-13", || DescribeResourcesByTags::builder().tag_filters(vec![]).build());
        crate::paging::walk("tencent tag 2018-08-13", || DescribeResourcesByTagsUnion::builder().tag_filters(vec![]).build());
        crate::paging::walk("tencent tag 2018-08-13", || DescribeTagKeys::builder().build());
        crate::paging::walk("tencent tag 2018-08-13", || DescribeTagValues::builder().tag_keys(["x"]).build());
        crate::paging::walk("tencent tag 2018-08-13", || DescribeTagValuesSeq::builder().tag_keys(["x"]).build());
        crate::paging::walk("tencent tag 2018-08-13", || DescribeTags::builder().build());
        crate::paging::walk("tencent tag 2018-08-13", || DescribeTagsSeq::builder().build());
    }
}

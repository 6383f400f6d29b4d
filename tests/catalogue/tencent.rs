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
mod compiled {
    use crate::check::action;

    pub(crate) static ALL: &[crate::check::Compiled] = &[
        ("tencent cam 2019-01-16", {
            use super::tencent::cam::v2019_01_16::*;
            &[
            action::<AddUser>(),
            action::<AddUserToGroup>(),
            action::<AttachGroupPolicy>(),
            action::<AttachRolePolicy>(),
            action::<AttachUserPolicy>(),
            action::<BuildDataFlowAuthToken>(),
            action::<ConsumeCustomMFAToken>(),
            action::<CreateAccessKey>(),
            action::<CreateGroup>(),
            action::<CreateMessageReceiver>(),
            action::<CreateOIDCConfig>(),
            action::<CreatePolicy>(),
            action::<CreatePolicyVersion>(),
            action::<CreateRole>(),
            action::<CreateSAMLProvider>(),
            action::<CreateServiceLinkedRole>(),
            action::<CreateSubAccountLoginIpPolicy>(),
            action::<CreateUserOIDCConfig>(),
            action::<CreateUserSAMLConfig>(),
            action::<DeleteAccessKey>(),
            action::<DeleteGroup>(),
            action::<DeleteMessageReceiver>(),
            action::<DeleteOIDCConfig>(),
            action::<DeletePolicy>(),
            action::<DeletePolicyVersion>(),
            action::<DeleteRole>(),
            action::<DeleteRolePermissionsBoundary>(),
            action::<DeleteSAMLProvider>(),
            action::<DeleteServiceLinkedRole>(),
            action::<DeleteUser>(),
            action::<DeleteUserPermissionsBoundary>(),
            action::<DescribeOIDCConfig>(),
            action::<DescribeRoleList>(),
            action::<DescribeSafeAuthFlag>(),
            action::<DescribeSafeAuthFlagColl>(),
            action::<DescribeSafeAuthFlagIntl>(),
            action::<DescribeSubAccounts>(),
            action::<DescribeUserOIDCConfig>(),
            action::<DescribeUserSAMLConfig>(),
            action::<DetachGroupPolicy>(),
            action::<DetachRolePolicy>(),
            action::<DetachUserPolicy>(),
            action::<DisableUserSSO>(),
            action::<GetAccountSummary>(),
            action::<GetCustomMFATokenInfo>(),
            action::<GetGroup>(),
            action::<GetPasswordRules>(),
            action::<GetPolicy>(),
            action::<GetPolicyVersion>(),
            action::<GetRole>(),
            action::<GetRolePermissionBoundary>(),
            action::<GetSAMLProvider>(),
            action::<GetSecurityLastUsed>(),
            action::<GetServiceLinkedRoleDeletionStatus>(),
            action::<GetUser>(),
            action::<GetUserAppId>(),
            action::<GetUserPermissionBoundary>(),
            action::<ListAccessKeys>(),
            action::<ListAccounts>(),
            action::<ListAttachedGroupPolicies>(),
            action::<ListAttachedRolePolicies>(),
            action::<ListAttachedUserAllPolicies>(),
            action::<ListAttachedUserPolicies>(),
            action::<ListCollaborators>(),
            action::<ListEntitiesForPolicy>(),
            action::<ListGroups>(),
            action::<ListGroupsForUser>(),
            action::<ListPolicies>(),
            action::<ListPoliciesGrantingServiceAccess>(),
            action::<ListPolicyVersions>(),
            action::<ListReceiver>(),
            action::<ListSAMLProviders>(),
            action::<ListUsers>(),
            action::<ListUsersForGroup>(),
            action::<ListWeChatWorkSubAccounts>(),
            action::<PutRolePermissionsBoundary>(),
            action::<PutUserPermissionsBoundary>(),
            action::<RemoveUserFromGroup>(),
            action::<SetDefaultPolicyVersion>(),
            action::<SetMfaFlag>(),
            action::<TagRole>(),
            action::<UntagRole>(),
            action::<UpdateAccessKey>(),
            action::<UpdateAssumeRolePolicy>(),
            action::<UpdateGroup>(),
            action::<UpdateOIDCConfig>(),
            action::<UpdatePasswordRules>(),
            action::<UpdatePolicy>(),
            action::<UpdateRoleConsoleLogin>(),
            action::<UpdateRoleDescription>(),
            action::<UpdateRoleSessionDuration>(),
            action::<UpdateSAMLProvider>(),
            action::<UpdateUser>(),
            action::<UpdateUserOIDCConfig>(),
            action::<UpdateUserSAMLConfig>(),
            ]
        }),
        ("tencent cbs 2017-03-12", {
            use super::tencent::cbs::v2017_03_12::*;
            &[
            action::<ApplyDiskBackup>(),
            action::<ApplySnapshot>(),
            action::<ApplySnapshotGroup>(),
            action::<AttachDisks>(),
            action::<AttachRemoteDisks>(),
            action::<BindAutoSnapshotPolicy>(),
            action::<CopyAutoSnapshotPolicyCrossAccount>(),
            action::<CopySnapshotCrossRegions>(),
            action::<CreateAutoSnapshotPolicy>(),
            action::<CreateDiskBackup>(),
            action::<CreateDisks>(),
            action::<CreateRemoteDisks>(),
            action::<CreateSnapshot>(),
            action::<CreateSnapshotGroup>(),
            action::<DeleteAutoSnapshotPolicies>(),
            action::<DeleteDiskBackups>(),
            action::<DeleteSnapshotGroup>(),
            action::<DeleteSnapshots>(),
            action::<DescribeAutoSnapshotPolicies>(),
            action::<DescribeDedicatedClusterDiskStatistics>(),
            action::<DescribeDiskAssociatedAutoSnapshotPolicy>(),
            action::<DescribeDiskBackups>(),
            action::<DescribeDiskConfigQuota>(),
            action::<DescribeDiskStoragePool>(),
            action::<DescribeDisks>(),
            action::<DescribeInstancesDiskNum>(),
            action::<DescribeRemoteDiskConfigQuota>(),
            action::<DescribeRemoteDisks>(),
            action::<DescribeRemoteDisksDeniedActions>(),
            action::<DescribeSnapshotGroups>(),
            action::<DescribeSnapshotOverview>(),
            action::<DescribeSnapshotSharePermission>(),
            action::<DescribeSnapshots>(),
            action::<DetachDisks>(),
            action::<DetachRemoteDisks>(),
            action::<GetSnapOverview>(),
            action::<InitializeDisks>(),
            action::<InquirePriceCreateRemoteDisks>(),
            action::<InquirePriceModifyDiskBackupQuota>(),
            action::<InquirePriceModifyDiskExtraPerformance>(),
            action::<InquirePriceRenewRemoteDisks>(),
            action::<InquiryPriceCreateDisks>(),
            action::<InquiryPriceRenewDisks>(),
            action::<InquiryPriceResizeDisk>(),
            action::<ModifyAutoSnapshotPolicyAttribute>(),
            action::<ModifyDiskAttributes>(),
            action::<ModifyDiskBackupQuota>(),
            action::<ModifyDiskExtraPerformance>(),
            action::<ModifyDisksChargeType>(),
            action::<ModifyDisksRenewFlag>(),
            action::<ModifyRemoteDiskAttributes>(),
            action::<ModifySnapshotAttribute>(),
            action::<ModifySnapshotsSharePermission>(),
            action::<RenewDisk>(),
            action::<RenewRemoteDisk>(),
            action::<ResizeDisk>(),
            action::<SwitchParameterCreateRemoteDisks>(),
            action::<SwitchParameterRenewRemoteDisks>(),
            action::<TerminateDisks>(),
            action::<TerminateRemoteDisks>(),
            action::<UnbindAutoSnapshotPolicy>(),
            ]
        }),
        ("tencent clb 2018-03-17", {
            use super::tencent::clb::v2018_03_17::*;
            &[
            action::<AddModelKey>(),
            action::<AddModelRewrite>(),
            action::<AssociateBudget>(),
            action::<AssociateCustomizedConfig>(),
            action::<AssociateModelRouterGuardrails>(),
            action::<AssociateModelsToModelRouter>(),
            action::<AssociateTargetGroups>(),
            action::<AutoRewrite>(),
            action::<BatchDeregisterTargets>(),
            action::<BatchModifyTargetTag>(),
            action::<BatchModifyTargetWeight>(),
            action::<BatchRegisterTargets>(),
            action::<ChatCompletions>(),
            action::<CloneLoadBalancer>(),
            action::<CreateBYOKNetwork>(),
            action::<CreateBudget>(),
            action::<CreateClsLogSet>(),
            action::<CreateIntentRouter>(),
            action::<CreateKey>(),
            action::<CreateKeys>(),
            action::<CreateListener>(),
            action::<CreateLoadBalancer>(),
            action::<CreateLoadBalancerSnatIps>(),
            action::<CreateModel>(),
            action::<CreateModelRouter>(),
            action::<CreateModelRouterResourcePackage>(),
            action::<CreateRule>(),
            action::<CreateTargetGroup>(),
            action::<CreateTopic>(),
            action::<CreateUserGroup>(),
            action::<DeleteBudgets>(),
            action::<DeleteIntentRouter>(),
            action::<DeleteKeys>(),
            action::<DeleteListener>(),
            action::<DeleteLoadBalancer>(),
            action::<DeleteLoadBalancerListeners>(),
            action::<DeleteLoadBalancerSnatIps>(),
            action::<DeleteModel>(),
            action::<DeleteModelRouters>(),
            action::<DeleteRewrite>(),
            action::<DeleteRule>(),
            action::<DeleteTargetGroups>(),
            action::<DeleteUserGroups>(),
            action::<DeregisterFunctionTargets>(),
            action::<DeregisterModelsFromServiceProvider>(),
            action::<DeregisterTargetGroupInstances>(),
            action::<DeregisterTargets>(),
            action::<DeregisterTargetsFromClassicalLB>(),
            action::<DescribeAssociatedModelAvailability>(),
            action::<DescribeAsyncJobs>(),
            action::<DescribeBlockIPList>(),
            action::<DescribeBlockIPTask>(),
            action::<DescribeBudgetAssociations>(),
            action::<DescribeBudgets>(),
            action::<DescribeClassicalLBByInstanceId>(),
            action::<DescribeClassicalLBHealthStatus>(),
            action::<DescribeClassicalLBListeners>(),
            action::<DescribeClassicalLBTargets>(),
            action::<DescribeClsLogSet>(),
            action::<DescribeClusterResources>(),
            action::<DescribeCrossTargets>(),
            action::<DescribeCustomizedConfigAssociateList>(),
            action::<DescribeCustomizedConfigList>(),
            action::<DescribeExclusiveClusters>(),
            action::<DescribeIdleLoadBalancers>(),
            action::<DescribeIntentRouterTiers>(),
            action::<DescribeIntentRouters>(),
            action::<DescribeKeys>(),
            action::<DescribeLBListeners>(),
            action::<DescribeLBOperateProtect>(),
            action::<DescribeListeners>(),
            action::<DescribeLoadBalancerListByCertId>(),
            action::<DescribeLoadBalancerOverview>(),
            action::<DescribeLoadBalancerTraffic>(),
            action::<DescribeLoadBalancers>(),
            action::<DescribeLoadBalancersDetail>(),
            action::<DescribeModelAliases>(),
            action::<DescribeModelAssociations>(),
            action::<DescribeModelKeys>(),
            action::<DescribeModelNames>(),
            action::<DescribeModelRewrite>(),
            action::<DescribeModelRouterDetail>(),
            action::<DescribeModelRouterGuardrails>(),
            action::<DescribeModelRouterLogs>(),
            action::<DescribeModelRouterQuota>(),
            action::<DescribeModelRouterResourcePackageDeduction>(),
            action::<DescribeModelRouterResourcePackages>(),
            action::<DescribeModelRouters>(),
            action::<DescribeQuota>(),
            action::<DescribeResources>(),
            action::<DescribeRewrite>(),
            action::<DescribeServiceProviderHealthStatus>(),
            action::<DescribeSupportedProviders>(),
            action::<DescribeTargetGroupInstanceStatus>(),
            action::<DescribeTargetGroupInstances>(),
            action::<DescribeTargetGroupList>(),
            action::<DescribeTargetGroups>(),
            action::<DescribeTargetHealth>(),
            action::<DescribeTargets>(),
            action::<DescribeTaskStatus>(),
            action::<DescribeUpperModels>(),
            action::<DescribeUserGroups>(),
            action::<DisassociateBudget>(),
            action::<DisassociateCustomizedConfig>(),
            action::<DisassociateModelRouterGuardrails>(),
            action::<DisassociateModelsFromModelRouter>(),
            action::<DisassociateTargetGroups>(),
            action::<InquirePriceCreateModelRouterResourcePackage>(),
            action::<InquirePriceRefundModelRouterResourcePackage>(),
            action::<InquiryPriceCreateLoadBalancer>(),
            action::<InquiryPriceModifyLoadBalancer>(),
            action::<InquiryPriceRefundLoadBalancer>(),
            action::<InquiryPriceRenewLoadBalancer>(),
            action::<ManualRewrite>(),
            action::<MigrateClassicalLoadBalancers>(),
            action::<ModifyBlockIPList>(),
            action::<ModifyBudgetAttributes>(),
            action::<ModifyDomain>(),
            action::<ModifyDomainAttributes>(),
            action::<ModifyFunctionTargets>(),
            action::<ModifyIntentRouterAttribute>(),
            action::<ModifyKeyAttributes>(),
            action::<ModifyKeysBlockStatus>(),
            action::<ModifyKeysUserGroup>(),
            action::<ModifyListener>(),
            action::<ModifyLoadBalancerAttributes>(),
            action::<ModifyLoadBalancerMixIpTarget>(),
            action::<ModifyLoadBalancerSla>(),
            action::<ModifyLoadBalancersProject>(),
            action::<ModifyModelAliasAttributes>(),
            action::<ModifyModelAttributes>(),
            action::<ModifyModelRouterAttributes>(),
            action::<ModifyModelRouterGuardrails>(),
            action::<ModifyModelRouterSecurityGroups>(),
            action::<ModifyRule>(),
            action::<ModifyServiceProviderModelAttributes>(),
            action::<ModifyTargetGroupAttribute>(),
            action::<ModifyTargetGroupInstancesPort>(),
            action::<ModifyTargetGroupInstancesWeight>(),
            action::<ModifyTargetPort>(),
            action::<ModifyTargetWeight>(),
            action::<ModifyUserGroupAttributes>(),
            action::<RefundModelRouterResourcePackage>(),
            action::<RegenerateKeys>(),
            action::<RegisterFunctionTargets>(),
            action::<RegisterModelsToServiceProvider>(),
            action::<RegisterTargetGroupInstances>(),
            action::<RegisterTargets>(),
            action::<RegisterTargetsWithClassicalLB>(),
            action::<RemoveModelKey>(),
            action::<RemoveModelRewrite>(),
            action::<RenewLoadBalancers>(),
            action::<ReplaceCertForLoadBalancers>(),
            action::<SetCustomizedConfigForLoadBalancer>(),
            action::<SetLoadBalancerClsLog>(),
            action::<SetLoadBalancerSecurityGroups>(),
            action::<SetLoadBalancerStartStatus>(),
            action::<SetSecurityGroupForLoadbalancers>(),
            action::<TestModelInputModalities>(),
            action::<TestServiceProviderConnection>(),
            ]
        }),
        ("tencent cvm 2017-03-12", {
            use super::tencent::cvm::v2017_03_12::*;
            &[
            action::<AllocateHosts>(),
            action::<AssociateInstancesKeyPairs>(),
            action::<AssociateSecurityGroups>(),
            action::<ConfigureChcAssistVpc>(),
            action::<ConfigureChcDeployVpc>(),
            action::<ConvertOperatingSystems>(),
            action::<CreateDisasterRecoverGroup>(),
            action::<CreateHpcCluster>(),
            action::<CreateImage>(),
            action::<CreateKeyPair>(),
            action::<CreateLaunchTemplate>(),
            action::<CreateLaunchTemplateVersion>(),
            action::<DeleteDisasterRecoverGroups>(),
            action::<DeleteHpcClusters>(),
            action::<DeleteImages>(),
            action::<DeleteInstancesActionTimer>(),
            action::<DeleteInstancesDisasterRecoverGroups>(),
            action::<DeleteKeyPairs>(),
            action::<DeleteLaunchTemplate>(),
            action::<DeleteLaunchTemplateVersions>(),
            action::<DescribeAccountQuota>(),
            action::<DescribeChcDeniedActions>(),
            action::<DescribeChcHosts>(),
            action::<DescribeDisasterRecoverGroupQuota>(),
            action::<DescribeDisasterRecoverGroups>(),
            action::<DescribeHosts>(),
            action::<DescribeHpcClusters>(),
            action::<DescribeImageFromFamily>(),
            action::<DescribeImageQuota>(),
            action::<DescribeImageSharePermission>(),
            action::<DescribeImages>(),
            action::<DescribeImportImageOs>(),
            action::<DescribeInstanceFamilyConfigs>(),
            action::<DescribeInstanceInternetBandwidthConfigs>(),
            action::<DescribeInstanceTypeConfigs>(),
            action::<DescribeInstanceVncUrl>(),
            action::<DescribeInstances>(),
            action::<DescribeInstancesActionTimer>(),
            action::<DescribeInstancesAttributes>(),
            action::<DescribeInstancesModification>(),
            action::<DescribeInstancesOperationLimit>(),
            action::<DescribeInstancesStatus>(),
            action::<DescribeInternetChargeTypeConfigs>(),
            action::<DescribeKeyPairs>(),
            action::<DescribeLaunchTemplateVersions>(),
            action::<DescribeLaunchTemplates>(),
            action::<DescribeRegions>(),
            action::<DescribeResourcePoolPackInstances>(),
            action::<DescribeResourcePoolPackTypeConfigs>(),
            action::<DescribeResourcePoolPacks>(),
            action::<DescribeTaskInfo>(),
            action::<DescribeZoneInstanceConfigInfos>(),
            action::<DescribeZones>(),
            action::<DisassociateInstancesKeyPairs>(),
            action::<DisassociateSecurityGroups>(),
            action::<EnterRescueMode>(),
            action::<ExitRescueMode>(),
            action::<ExportImages>(),
            action::<ImportImage>(),
            action::<ImportInstancesActionTimer>(),
            action::<ImportKeyPair>(),
            action::<InquirePricePurchaseResourcePoolPacks>(),
            action::<InquiryPriceModifyInstancesChargeType>(),
            action::<InquiryPriceRenewHosts>(),
            action::<InquiryPriceRenewInstances>(),
            action::<InquiryPriceResetInstance>(),
            action::<InquiryPriceResetInstancesInternetMaxBandwidth>(),
            action::<InquiryPriceResetInstancesType>(),
            action::<InquiryPriceResizeInstanceDisks>(),
            action::<InquiryPriceRunInstances>(),
            action::<InquiryPriceTerminateInstances>(),
            action::<ModifyChcAttribute>(),
            action::<ModifyChcNetworkMode>(),
            action::<ModifyDisasterRecoverGroupAttribute>(),
            action::<ModifyHostsAttribute>(),
            action::<ModifyHpcClusterAttribute>(),
            action::<ModifyImageAttribute>(),
            action::<ModifyImageSharePermission>(),
            action::<ModifyInstanceDiskType>(),
            action::<ModifyInstancesAttribute>(),
            action::<ModifyInstancesChargeType>(),
            action::<ModifyInstancesDisasterRecoverGroup>(),
            action::<ModifyInstancesProject>(),
            action::<ModifyInstancesRenewFlag>(),
            action::<ModifyInstancesVpcAttribute>(),
            action::<ModifyKeyPairAttribute>(),
            action::<ModifyLaunchTemplateDefaultVersion>(),
            action::<ProgramFpgaImage>(),
            action::<PurchaseResourcePoolPacks>(),
            action::<RebootInstances>(),
            action::<RemoveChcAssistVpc>(),
            action::<RemoveChcDeployVpc>(),
            action::<RenewHosts>(),
            action::<RenewInstances>(),
            action::<RepairTaskControl>(),
            action::<ResetInstance>(),
            action::<ResetInstancesInternetMaxBandwidth>(),
            action::<ResetInstancesPassword>(),
            action::<ResetInstancesType>(),
            action::<ResizeInstanceDisks>(),
            action::<RunInstances>(),
            action::<StartInstances>(),
            action::<StopInstances>(),
            action::<SyncImages>(),
            action::<TerminateInstances>(),
            action::<TerminateResourcePoolPacks>(),
            ]
        }),
        ("tencent hunyuan 2023-09-01", {
            use super::tencent::hunyuan::v2023_09_01::*;
            &[
            action::<ActivateService>(),
            action::<ChatCompletions>(),
            action::<ChatTranslations>(),
            action::<CreateGlossary>(),
            action::<CreateGlossaryEntry>(),
            action::<CreateThread>(),
            action::<DeleteGlossary>(),
            action::<DeleteGlossaryEntry>(),
            action::<FilesDeletions>(),
            action::<FilesList>(),
            action::<FilesUploads>(),
            action::<GetEmbedding>(),
            action::<GetThread>(),
            action::<GetThreadMessage>(),
            action::<GetThreadMessageList>(),
            action::<GetTokenCount>(),
            action::<GroupChatCompletions>(),
            action::<ImageQuestion>(),
            action::<ListGlossary>(),
            action::<ListGlossaryEntry>(),
            action::<QueryHunyuanImageChatJob>(),
            action::<QueryHunyuanImageJob>(),
            action::<RunThread>(),
            action::<SetPayMode>(),
            action::<SubmitHunyuanImageChatJob>(),
            action::<SubmitHunyuanImageJob>(),
            action::<TextToImageLite>(),
            action::<UpdateGlossaryEntry>(),
            ]
        }),
        ("tencent region 2022-06-27", {
            use super::tencent::region::v2022_06_27::*;
            &[
            action::<DescribeProducts>(),
            action::<DescribeRegions>(),
            action::<DescribeZones>(),
            ]
        }),
        ("tencent sts 2018-08-13", {
            use super::tencent::sts::v2018_08_13::*;
            &[
            action::<AssumeRole>(),
            action::<AssumeRoleWithSAML>(),
            action::<AssumeRoleWithWebIdentity>(),
            action::<GetCallerIdentity>(),
            action::<GetFederationToken>(),
            action::<GetSessionToken>(),
            action::<QueryApiKey>(),
            ]
        }),
        ("tencent tag 2018-08-13", {
            use super::tencent::tag::v2018_08_13::*;
            &[
            action::<AddProject>(),
            action::<AddResourceTag>(),
            action::<AttachResourcesTag>(),
            action::<CreateTag>(),
            action::<CreateTags>(),
            action::<DeleteResourceTag>(),
            action::<DeleteTag>(),
            action::<DeleteTags>(),
            action::<DescribeProjects>(),
            action::<DescribeResourceTags>(),
            action::<DescribeResourceTagsByResourceIds>(),
            action::<DescribeResourceTagsByResourceIdsSeq>(),
            action::<DescribeResourceTagsByTagKeys>(),
            action::<DescribeResourcesByTags>(),
            action::<DescribeResourcesByTagsUnion>(),
            action::<DescribeTagKeys>(),
            action::<DescribeTagValues>(),
            action::<DescribeTagValuesSeq>(),
            action::<DescribeTags>(),
            action::<DescribeTagsSeq>(),
            action::<DetachResourcesTag>(),
            action::<GetResources>(),
            action::<GetTagKeys>(),
            action::<GetTagValues>(),
            action::<GetTags>(),
            action::<ModifyResourceTags>(),
            action::<ModifyResourcesTagValue>(),
            action::<TagResources>(),
            action::<UnTagResources>(),
            action::<UpdateProject>(),
            action::<UpdateResourceTagValue>(),
            ]
        }),
    ];
}

#[test]
fn every_action_compiles() {
    check::all_is_there(compiled::ALL, 491);
}

#[test]
fn no_odd_member_costs_the_rest() {
    odd::no_odd_member_costs_the_rest(compiled::ALL);
}

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

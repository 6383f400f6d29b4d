//! Every action of 4 product-versions: 314 actions, 1124 types. Written by `models/catalogue-tests`.
//!
//! Clippy would read it a second time, and is not meant for what the macro makes.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;
mod odd;
mod paging;

cloudcall_models::actions! {
    alibaba cs "2015-12-15": *;
    alibaba ram "2015-05-01": *;
    alibaba slb "2014-05-15": *;
    alibaba sts "2015-04-01": *;
}

#[rustfmt::skip]
mod compiled {
    use crate::check::action;

    pub(crate) static ALL: &[crate::check::Compiled] = &[
        ("alibaba cs 2015-12-15", {
            use super::alibaba::cs::v2015_12_15::*;
            &[
            action::<AttachInstances>(),
            action::<AttachInstancesToNodePool>(),
            action::<CancelClusterUpgrade>(),
            action::<CancelComponentUpgrade>(),
            action::<CancelOperationPlan>(),
            action::<CancelTask>(),
            action::<CheckControlPlaneLogEnable>(),
            action::<CheckServiceRole>(),
            action::<CleanClusterUserPermissions>(),
            action::<CleanUserPermissions>(),
            action::<CreateAutoRepairPolicy>(),
            action::<CreateAutoscalingConfig>(),
            action::<CreateCluster>(),
            action::<CreateClusterDiagnosis>(),
            action::<CreateClusterInspectConfig>(),
            action::<CreateClusterNodePool>(),
            action::<CreateKubernetesTrigger>(),
            action::<CreateNodePoolComponentInstances>(),
            action::<CreateTemplate>(),
            action::<CreateTrigger>(),
            action::<DeleteAlertContact>(),
            action::<DeleteAlertContactGroup>(),
            action::<DeleteAutoRepairPolicy>(),
            action::<DeleteCluster>(),
            action::<DeleteClusterInspectConfig>(),
            action::<DeleteClusterNodepool>(),
            action::<DeleteClusterNodes>(),
            action::<DeleteKubernetesTrigger>(),
            action::<DeleteNodePoolComponentInstance>(),
            action::<DeletePolicyInstance>(),
            action::<DeleteTemplate>(),
            action::<DeleteTrigger>(),
            action::<DeployPolicyInstance>(),
            action::<DescribeAddon>(),
            action::<DescribeAddons>(),
            action::<DescribeAutoRepairPolicy>(),
            action::<DescribeClusterAddonInstance>(),
            action::<DescribeClusterAddonMetadata>(),
            action::<DescribeClusterAddonUpgradeStatus>(),
            action::<DescribeClusterAddonsUpgradeStatus>(),
            action::<DescribeClusterAddonsVersion>(),
            action::<DescribeClusterAttachScripts>(),
            action::<DescribeClusterDetail>(),
            action::<DescribeClusterEvents>(),
            action::<DescribeClusterLogs>(),
            action::<DescribeClusterNodePoolDetail>(),
            action::<DescribeClusterNodePools>(),
            action::<DescribeClusterNodes>(),
            action::<DescribeClusterResources>(),
            action::<DescribeClusterTasks>(),
            action::<DescribeClusterUserKubeconfig>(),
            action::<DescribeClusterV2UserKubeconfig>(),
            action::<DescribeClusterVuls>(),
            action::<DescribeClusters>(),
            action::<DescribeClustersForRegion>(),
            action::<DescribeClustersV1>(),
            action::<DescribeEvents>(),
            action::<DescribeEventsForRegion>(),
            action::<DescribeExternalAgent>(),
            action::<DescribeKubernetesVersionMetadata>(),
            action::<DescribeNodePoolVuls>(),
            action::<DescribePolicies>(),
            action::<DescribePolicyDetails>(),
            action::<DescribePolicyGovernanceInCluster>(),
            action::<DescribePolicyInstances>(),
            action::<DescribePolicyInstancesStatus>(),
            action::<DescribeRegions>(),
            action::<DescribeResourcesDeleteProtection>(),
            action::<DescribeSubaccountK8sClusterUserConfig>(),
            action::<DescribeTaskInfo>(),
            action::<DescribeTemplateAttribute>(),
            action::<DescribeTemplates>(),
            action::<DescribeTrigger>(),
            action::<DescribeUserClusterNamespaces>(),
            action::<DescribeUserPermission>(),
            action::<DescribeUserQuota>(),
            action::<FixNodePoolVuls>(),
            action::<GetClusterAddonInstance>(),
            action::<GetClusterAuditProject>(),
            action::<GetClusterCheck>(),
            action::<GetClusterDiagnosisCheckItems>(),
            action::<GetClusterDiagnosisResult>(),
            action::<GetClusterInspectConfig>(),
            action::<GetClusterInspectReportDetail>(),
            action::<GetKubernetesTrigger>(),
            action::<GetUpgradeStatus>(),
            action::<GrantPermissions>(),
            action::<InstallClusterAddons>(),
            action::<InstallNodePoolComponents>(),
            action::<ListAddons>(),
            action::<ListAutoRepairPolicies>(),
            action::<ListClusterAddonInstanceResources>(),
            action::<ListClusterAddonInstances>(),
            action::<ListClusterChecks>(),
            action::<ListClusterInspectReports>(),
            action::<ListClusterKubeconfigStates>(),
            action::<ListNodePoolComponentInstanceNodes>(),
            action::<ListNodePoolComponentInstances>(),
            action::<ListNodePoolComponents>(),
            action::<ListOperationPlans>(),
            action::<ListOperationPlansForRegion>(),
            action::<ListTagResources>(),
            action::<ListUserKubeConfigStates>(),
            action::<MigrateCluster>(),
            action::<ModifyAutoRepairPolicy>(),
            action::<ModifyCluster>(),
            action::<ModifyClusterAddon>(),
            action::<ModifyClusterNodePool>(),
            action::<ModifyClusterTags>(),
            action::<ModifyNodePoolNodeConfig>(),
            action::<ModifyPolicyInstance>(),
            action::<OpenAckService>(),
            action::<PauseClusterUpgrade>(),
            action::<PauseComponentUpgrade>(),
            action::<PauseTask>(),
            action::<RemoveClusterNodes>(),
            action::<RemoveNodePoolNodes>(),
            action::<RepairClusterNodePool>(),
            action::<ResumeComponentUpgrade>(),
            action::<ResumeTask>(),
            action::<ResumeUpgradeCluster>(),
            action::<RevokeK8sClusterKubeConfig>(),
            action::<RunClusterCheck>(),
            action::<RunClusterInspect>(),
            action::<RunNodeOperation>(),
            action::<ScaleClusterNodePool>(),
            action::<ScaleOutCluster>(),
            action::<ScanClusterVuls>(),
            action::<StartAlert>(),
            action::<StopAlert>(),
            action::<SyncClusterNodePool>(),
            action::<TagResources>(),
            action::<UnInstallClusterAddons>(),
            action::<UntagResources>(),
            action::<UpdateClusterAuditLogConfig>(),
            action::<UpdateClusterInspectConfig>(),
            action::<UpdateContactGroupForAlert>(),
            action::<UpdateControlPlaneLog>(),
            action::<UpdateK8sClusterUserConfigExpire>(),
            action::<UpdateKMSEncryption>(),
            action::<UpdateNodePoolComponent>(),
            action::<UpdateNodePoolComponentInstance>(),
            action::<UpdateResourcesDeleteProtection>(),
            action::<UpdateTemplate>(),
            action::<UpdateUserPermissions>(),
            action::<UpgradeCluster>(),
            action::<UpgradeClusterAddons>(),
            action::<UpgradeClusterNodepool>(),
            ]
        }),
        ("alibaba ram 2015-05-01", {
            use super::alibaba::ram::v2015_05_01::*;
            &[
            action::<AddUserToGroup>(),
            action::<AttachPolicyToGroup>(),
            action::<AttachPolicyToRole>(),
            action::<AttachPolicyToUser>(),
            action::<BindMFADevice>(),
            action::<ChangePassword>(),
            action::<ClearAccountAlias>(),
            action::<CreateAccessKey>(),
            action::<CreateGroup>(),
            action::<CreateLoginProfile>(),
            action::<CreatePolicy>(),
            action::<CreatePolicyVersion>(),
            action::<CreateRole>(),
            action::<CreateServiceLinkedRole>(),
            action::<CreateUser>(),
            action::<CreateVirtualMFADevice>(),
            action::<DecodeDiagnosticMessage>(),
            action::<DeleteAccessKey>(),
            action::<DeleteGroup>(),
            action::<DeleteLoginProfile>(),
            action::<DeletePolicy>(),
            action::<DeletePolicyVersion>(),
            action::<DeleteRole>(),
            action::<DeleteServiceLinkedRole>(),
            action::<DeleteUser>(),
            action::<DeleteVirtualMFADevice>(),
            action::<DetachPolicyFromGroup>(),
            action::<DetachPolicyFromRole>(),
            action::<DetachPolicyFromUser>(),
            action::<GetAccessKeyLastUsed>(),
            action::<GetAccountAlias>(),
            action::<GetGroup>(),
            action::<GetLoginProfile>(),
            action::<GetPasswordPolicy>(),
            action::<GetPolicy>(),
            action::<GetPolicyVersion>(),
            action::<GetRole>(),
            action::<GetSecurityPreference>(),
            action::<GetServiceLinkedRoleTemplate>(),
            action::<GetUser>(),
            action::<GetUserMFAInfo>(),
            action::<ListAccessKeys>(),
            action::<ListEntitiesForPolicy>(),
            action::<ListGroups>(),
            action::<ListGroupsForUser>(),
            action::<ListPolicies>(),
            action::<ListPoliciesForGroup>(),
            action::<ListPoliciesForRole>(),
            action::<ListPoliciesForUser>(),
            action::<ListPolicyVersions>(),
            action::<ListRoles>(),
            action::<ListTagResources>(),
            action::<ListUsers>(),
            action::<ListUsersForGroup>(),
            action::<ListVirtualMFADevices>(),
            action::<RemoveUserFromGroup>(),
            action::<SetAccountAlias>(),
            action::<SetDefaultPolicyVersion>(),
            action::<SetPasswordPolicy>(),
            action::<SetSecurityPreference>(),
            action::<TagResources>(),
            action::<UnbindMFADevice>(),
            action::<UntagResources>(),
            action::<UpdateAccessKey>(),
            action::<UpdateGroup>(),
            action::<UpdateLoginProfile>(),
            action::<UpdatePolicyDescription>(),
            action::<UpdateRole>(),
            action::<UpdateUser>(),
            ]
        }),
        ("alibaba slb 2014-05-15", {
            use super::alibaba::slb::v2014_05_15::*;
            &[
            action::<AddAccessControlListEntry>(),
            action::<AddBackendServers>(),
            action::<AddListenerWhiteListItem>(),
            action::<AddTags>(),
            action::<AddVServerGroupBackendServers>(),
            action::<CreateAccessControlList>(),
            action::<CreateDomainExtension>(),
            action::<CreateLoadBalancer>(),
            action::<CreateLoadBalancerHTTPListener>(),
            action::<CreateLoadBalancerHTTPSListener>(),
            action::<CreateLoadBalancerTCPListener>(),
            action::<CreateLoadBalancerUDPListener>(),
            action::<CreateMasterSlaveServerGroup>(),
            action::<CreateRules>(),
            action::<CreateTLSCipherPolicy>(),
            action::<CreateVServerGroup>(),
            action::<DeleteAccessControlList>(),
            action::<DeleteAccessLogsDownloadAttribute>(),
            action::<DeleteCACertificate>(),
            action::<DeleteDomainExtension>(),
            action::<DeleteLoadBalancer>(),
            action::<DeleteLoadBalancerListener>(),
            action::<DeleteMasterSlaveServerGroup>(),
            action::<DeleteRules>(),
            action::<DeleteServerCertificate>(),
            action::<DeleteTLSCipherPolicy>(),
            action::<DeleteVServerGroup>(),
            action::<DescribeAccessControlListAttribute>(),
            action::<DescribeAccessControlLists>(),
            action::<DescribeAccessLogsDownloadAttribute>(),
            action::<DescribeAvailableResource>(),
            action::<DescribeCACertificates>(),
            action::<DescribeDomainExtensionAttribute>(),
            action::<DescribeDomainExtensions>(),
            action::<DescribeHealthStatus>(),
            action::<DescribeHighDefinationMonitor>(),
            action::<DescribeListenerAccessControlAttribute>(),
            action::<DescribeLoadBalancerAttribute>(),
            action::<DescribeLoadBalancerHTTPListenerAttribute>(),
            action::<DescribeLoadBalancerHTTPSListenerAttribute>(),
            action::<DescribeLoadBalancerListeners>(),
            action::<DescribeLoadBalancerTCPListenerAttribute>(),
            action::<DescribeLoadBalancerUDPListenerAttribute>(),
            action::<DescribeLoadBalancers>(),
            action::<DescribeMasterSlaveServerGroupAttribute>(),
            action::<DescribeMasterSlaveServerGroups>(),
            action::<DescribeRegions>(),
            action::<DescribeRuleAttribute>(),
            action::<DescribeRules>(),
            action::<DescribeServerCertificates>(),
            action::<DescribeTags>(),
            action::<DescribeVServerGroupAttribute>(),
            action::<DescribeVServerGroups>(),
            action::<DescribeZones>(),
            action::<EnableHighDefinationMonitor>(),
            action::<ListTLSCipherPolicies>(),
            action::<ListTagResources>(),
            action::<ModifyHighDefinationMonitor>(),
            action::<ModifyLoadBalancerInstanceChargeType>(),
            action::<ModifyLoadBalancerInstanceSpec>(),
            action::<ModifyLoadBalancerInternetSpec>(),
            action::<ModifyLoadBalancerPayType>(),
            action::<ModifyVServerGroupBackendServers>(),
            action::<MoveResourceGroup>(),
            action::<RemoveAccessControlListEntry>(),
            action::<RemoveBackendServers>(),
            action::<RemoveListenerWhiteListItem>(),
            action::<RemoveTags>(),
            action::<RemoveVServerGroupBackendServers>(),
            action::<SetAccessControlListAttribute>(),
            action::<SetAccessLogsDownloadAttribute>(),
            action::<SetBackendServers>(),
            action::<SetCACertificateName>(),
            action::<SetDomainExtensionAttribute>(),
            action::<SetListenerAccessControlStatus>(),
            action::<SetLoadBalancerDeleteProtection>(),
            action::<SetLoadBalancerHTTPListenerAttribute>(),
            action::<SetLoadBalancerHTTPSListenerAttribute>(),
            action::<SetLoadBalancerModificationProtection>(),
            action::<SetLoadBalancerName>(),
            action::<SetLoadBalancerStatus>(),
            action::<SetLoadBalancerTCPListenerAttribute>(),
            action::<SetLoadBalancerUDPListenerAttribute>(),
            action::<SetRule>(),
            action::<SetServerCertificateName>(),
            action::<SetTLSCipherPolicyAttribute>(),
            action::<SetVServerGroupAttribute>(),
            action::<StartLoadBalancerListener>(),
            action::<StopLoadBalancerListener>(),
            action::<TagResources>(),
            action::<UntagResources>(),
            action::<UploadCACertificate>(),
            action::<UploadServerCertificate>(),
            ]
        }),
        ("alibaba sts 2015-04-01", {
            use super::alibaba::sts::v2015_04_01::*;
            &[
            action::<AssumeRole>(),
            action::<AssumeRoleWithOIDC>(),
            action::<AssumeRoleWithSAML>(),
            action::<GetCallerIdentity>(),
            ]
        }),
    ];
}

#[test]
fn every_action_compiles() {
    check::all_is_there(compiled::ALL, 314);
}

#[test]
fn no_odd_member_costs_the_rest() {
    odd::no_odd_member_costs_the_rest(compiled::ALL);
}

/// Every list is walked.
#[rustfmt::skip]
mod lists {
    #[test]
    fn alibaba_cs_2015_12_15() {
        use super::alibaba::cs::v2015_12_15::*;
        crate::paging::walk("alibaba cs 2015-12-15", || DescribeClusterEvents::builder().cluster_id("x").build());
        crate::paging::walk("alibaba cs 2015-12-15", || DescribeClusterTasks::builder().cluster_id("x").build());
        crate::paging::walk("alibaba cs 2015-12-15", || DescribeClustersForRegion::builder().region_id("x").build());
        crate::paging::walk("alibaba cs 2015-12-15", || DescribeClustersV1::builder().build());
        crate::paging::walk("alibaba cs 2015-12-15", || DescribeEvents::builder().build());
        crate::paging::walk("alibaba cs 2015-12-15", || DescribeEventsForRegion::builder().region_id("x").build());
        crate::paging::walk("alibaba cs 2015-12-15", || DescribeTemplates::builder().build());
        crate::paging::walk("alibaba cs 2015-12-15", || GetClusterInspectReportDetail::builder().cluster_id("x").report_id("x").build());
        crate::paging::walk("alibaba cs 2015-12-15", || ListClusterInspectReports::builder().cluster_id("x").build());
        crate::paging::walk("alibaba cs 2015-12-15", || ListClusterKubeconfigStates::builder().cluster_id("x").build());
        crate::paging::walk("alibaba cs 2015-12-15", || ListNodePoolComponentInstanceNodes::builder().cluster_id("x").nodepool_id("x").name("x").build());
        crate::paging::walk("alibaba cs 2015-12-15", || ListNodePoolComponentInstances::builder().cluster_id("x").nodepool_id("x").build());
        crate::paging::walk("alibaba cs 2015-12-15", || ListNodePoolComponents::builder().cluster_id("x").build());
        crate::paging::walk("alibaba cs 2015-12-15", || ListTagResources::builder().region_id("x").resource_ids(["x"]).resource_type("x").build());
        crate::paging::walk("alibaba cs 2015-12-15", || ListUserKubeConfigStates::builder().uid("x").build());
    }

    #[test]
    fn alibaba_ram_2015_05_01() {
        use super::alibaba::ram::v2015_05_01::*;
        crate::paging::walk("alibaba ram 2015-05-01", || ListGroups::builder().build());
        crate::paging::walk("alibaba ram 2015-05-01", || ListPolicies::builder().build());
        crate::paging::walk("alibaba ram 2015-05-01", || ListRoles::builder().build());
        crate::paging::walk("alibaba ram 2015-05-01", || ListTagResources::builder().build());
        crate::paging::walk("alibaba ram 2015-05-01", || ListUsers::builder().build());
        crate::paging::walk("alibaba ram 2015-05-01", || ListUsersForGroup::builder().build());
    }

    #[test]
    fn alibaba_slb_2014_05_15() {
        use super::alibaba::slb::v2014_05_15::*;
        crate::paging::walk("alibaba slb 2014-05-15", || DescribeAccessControlLists::builder().region_id("x").build());
        crate::paging::walk("alibaba slb 2014-05-15", || DescribeAccessLogsDownloadAttribute::builder().region_id("x").build());
        crate::paging::walk("alibaba slb 2014-05-15", || DescribeLoadBalancerListeners::builder().build());
        crate::paging::walk("alibaba slb 2014-05-15", || DescribeLoadBalancers::builder().region_id("x").build());
        crate::paging::walk("alibaba slb 2014-05-15", || DescribeTags::builder().region_id("x").build());
        crate::paging::walk("alibaba slb 2014-05-15", || ListTLSCipherPolicies::builder().region_id("x").build());
        crate::paging::walk("alibaba slb 2014-05-15", || ListTagResources::builder().region_id("x").resource_type("x").build());
    }
}

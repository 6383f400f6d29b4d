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
check::product_versions! {
    "alibaba cs 2015-12-15" in alibaba::cs::v2015_12_15:
        AttachInstances, AttachInstancesToNodePool, CancelClusterUpgrade, CancelComponentUpgrade, CancelOperationPlan,
        CancelTask, CheckControlPlaneLogEnable, CheckServiceRole, CleanClusterUserPermissions, CleanUserPermissions,
        CreateAutoRepairPolicy, CreateAutoscalingConfig, CreateCluster, CreateClusterDiagnosis,
        CreateClusterInspectConfig, CreateClusterNodePool, CreateKubernetesTrigger, CreateNodePoolComponentInstances,
        CreateTemplate, CreateTrigger, DeleteAlertContact, DeleteAlertContactGroup, DeleteAutoRepairPolicy,
        DeleteCluster, DeleteClusterInspectConfig, DeleteClusterNodepool, DeleteClusterNodes, DeleteKubernetesTrigger,
        DeleteNodePoolComponentInstance, DeletePolicyInstance, DeleteTemplate, DeleteTrigger, DeployPolicyInstance,
        DescribeAddon, DescribeAddons, DescribeAutoRepairPolicy, DescribeClusterAddonInstance,
        DescribeClusterAddonMetadata, DescribeClusterAddonUpgradeStatus, DescribeClusterAddonsUpgradeStatus,
        DescribeClusterAddonsVersion, DescribeClusterAttachScripts, DescribeClusterDetail, DescribeClusterEvents,
        DescribeClusterLogs, DescribeClusterNodePoolDetail, DescribeClusterNodePools, DescribeClusterNodes,
        DescribeClusterResources, DescribeClusterTasks, DescribeClusterUserKubeconfig, DescribeClusterV2UserKubeconfig,
        DescribeClusterVuls, DescribeClusters, DescribeClustersForRegion, DescribeClustersV1, DescribeEvents,
        DescribeEventsForRegion, DescribeExternalAgent, DescribeKubernetesVersionMetadata, DescribeNodePoolVuls,
        DescribePolicies, DescribePolicyDetails, DescribePolicyGovernanceInCluster, DescribePolicyInstances,
        DescribePolicyInstancesStatus, DescribeRegions, DescribeResourcesDeleteProtection,
        DescribeSubaccountK8sClusterUserConfig, DescribeTaskInfo, DescribeTemplateAttribute, DescribeTemplates,
        DescribeTrigger, DescribeUserClusterNamespaces, DescribeUserPermission, DescribeUserQuota, FixNodePoolVuls,
        GetClusterAddonInstance, GetClusterAuditProject, GetClusterCheck, GetClusterDiagnosisCheckItems,
        GetClusterDiagnosisResult, GetClusterInspectConfig, GetClusterInspectReportDetail, GetKubernetesTrigger,
        GetUpgradeStatus, GrantPermissions, InstallClusterAddons, InstallNodePoolComponents, ListAddons,
        ListAutoRepairPolicies, ListClusterAddonInstanceResources, ListClusterAddonInstances, ListClusterChecks,
        ListClusterInspectReports, ListClusterKubeconfigStates, ListNodePoolComponentInstanceNodes,
        ListNodePoolComponentInstances, ListNodePoolComponents, ListOperationPlans, ListOperationPlansForRegion,
        ListTagResources, ListUserKubeConfigStates, MigrateCluster, ModifyAutoRepairPolicy, ModifyCluster,
        ModifyClusterAddon, ModifyClusterNodePool, ModifyClusterTags, ModifyNodePoolNodeConfig, ModifyPolicyInstance,
        OpenAckService, PauseClusterUpgrade, PauseComponentUpgrade, PauseTask, RemoveClusterNodes, RemoveNodePoolNodes,
        RepairClusterNodePool, ResumeComponentUpgrade, ResumeTask, ResumeUpgradeCluster, RevokeK8sClusterKubeConfig,
        RunClusterCheck, RunClusterInspect, RunNodeOperation, ScaleClusterNodePool, ScaleOutCluster, ScanClusterVuls,
        StartAlert, StopAlert, SyncClusterNodePool, TagResources, UnInstallClusterAddons, UntagResources,
        UpdateClusterAuditLogConfig, UpdateClusterInspectConfig, UpdateContactGroupForAlert, UpdateControlPlaneLog,
        UpdateK8sClusterUserConfigExpire, UpdateKMSEncryption, UpdateNodePoolComponent, UpdateNodePoolComponentInstance,
        UpdateResourcesDeleteProtection, UpdateTemplate, UpdateUserPermissions, UpgradeCluster, UpgradeClusterAddons,
        UpgradeClusterNodepool;
    "alibaba ram 2015-05-01" in alibaba::ram::v2015_05_01:
        AddUserToGroup, AttachPolicyToGroup, AttachPolicyToRole, AttachPolicyToUser, BindMFADevice, ChangePassword,
        ClearAccountAlias, CreateAccessKey, CreateGroup, CreateLoginProfile, CreatePolicy, CreatePolicyVersion,
        CreateRole, CreateServiceLinkedRole, CreateUser, CreateVirtualMFADevice, DecodeDiagnosticMessage,
        DeleteAccessKey, DeleteGroup, DeleteLoginProfile, DeletePolicy, DeletePolicyVersion, DeleteRole,
        DeleteServiceLinkedRole, DeleteUser, DeleteVirtualMFADevice, DetachPolicyFromGroup, DetachPolicyFromRole,
        DetachPolicyFromUser, GetAccessKeyLastUsed, GetAccountAlias, GetGroup, GetLoginProfile, GetPasswordPolicy,
        GetPolicy, GetPolicyVersion, GetRole, GetSecurityPreference, GetServiceLinkedRoleTemplate, GetUser,
        GetUserMFAInfo, ListAccessKeys, ListEntitiesForPolicy, ListGroups, ListGroupsForUser, ListPolicies,
        ListPoliciesForGroup, ListPoliciesForRole, ListPoliciesForUser, ListPolicyVersions, ListRoles, ListTagResources,
        ListUsers, ListUsersForGroup, ListVirtualMFADevices, RemoveUserFromGroup, SetAccountAlias,
        SetDefaultPolicyVersion, SetPasswordPolicy, SetSecurityPreference, TagResources, UnbindMFADevice,
        UntagResources, UpdateAccessKey, UpdateGroup, UpdateLoginProfile, UpdatePolicyDescription, UpdateRole,
        UpdateUser;
    "alibaba slb 2014-05-15" in alibaba::slb::v2014_05_15:
        AddAccessControlListEntry, AddBackendServers, AddListenerWhiteListItem, AddTags, AddVServerGroupBackendServers,
        CreateAccessControlList, CreateDomainExtension, CreateLoadBalancer, CreateLoadBalancerHTTPListener,
        CreateLoadBalancerHTTPSListener, CreateLoadBalancerTCPListener, CreateLoadBalancerUDPListener,
        CreateMasterSlaveServerGroup, CreateRules, CreateTLSCipherPolicy, CreateVServerGroup, DeleteAccessControlList,
        DeleteAccessLogsDownloadAttribute, DeleteCACertificate, DeleteDomainExtension, DeleteLoadBalancer,
        DeleteLoadBalancerListener, DeleteMasterSlaveServerGroup, DeleteRules, DeleteServerCertificate,
        DeleteTLSCipherPolicy, DeleteVServerGroup, DescribeAccessControlListAttribute, DescribeAccessControlLists,
        DescribeAccessLogsDownloadAttribute, DescribeAvailableResource, DescribeCACertificates,
        DescribeDomainExtensionAttribute, DescribeDomainExtensions, DescribeHealthStatus, DescribeHighDefinationMonitor,
        DescribeListenerAccessControlAttribute, DescribeLoadBalancerAttribute,
        DescribeLoadBalancerHTTPListenerAttribute, DescribeLoadBalancerHTTPSListenerAttribute,
        DescribeLoadBalancerListeners, DescribeLoadBalancerTCPListenerAttribute,
        DescribeLoadBalancerUDPListenerAttribute, DescribeLoadBalancers, DescribeMasterSlaveServerGroupAttribute,
        DescribeMasterSlaveServerGroups, DescribeRegions, DescribeRuleAttribute, DescribeRules,
        DescribeServerCertificates, DescribeTags, DescribeVServerGroupAttribute, DescribeVServerGroups, DescribeZones,
        EnableHighDefinationMonitor, ListTLSCipherPolicies, ListTagResources, ModifyHighDefinationMonitor,
        ModifyLoadBalancerInstanceChargeType, ModifyLoadBalancerInstanceSpec, ModifyLoadBalancerInternetSpec,
        ModifyLoadBalancerPayType, ModifyVServerGroupBackendServers, MoveResourceGroup, RemoveAccessControlListEntry,
        RemoveBackendServers, RemoveListenerWhiteListItem, RemoveTags, RemoveVServerGroupBackendServers,
        SetAccessControlListAttribute, SetAccessLogsDownloadAttribute, SetBackendServers, SetCACertificateName,
        SetDomainExtensionAttribute, SetListenerAccessControlStatus, SetLoadBalancerDeleteProtection,
        SetLoadBalancerHTTPListenerAttribute, SetLoadBalancerHTTPSListenerAttribute,
        SetLoadBalancerModificationProtection, SetLoadBalancerName, SetLoadBalancerStatus,
        SetLoadBalancerTCPListenerAttribute, SetLoadBalancerUDPListenerAttribute, SetRule, SetServerCertificateName,
        SetTLSCipherPolicyAttribute, SetVServerGroupAttribute, StartLoadBalancerListener, StopLoadBalancerListener,
        TagResources, UntagResources, UploadCACertificate, UploadServerCertificate;
    "alibaba sts 2015-04-01" in alibaba::sts::v2015_04_01:
        AssumeRole, AssumeRoleWithOIDC, AssumeRoleWithSAML, GetCallerIdentity;
}

#[test]
fn every_action_compiles() {
    check::all_is_there(ALL, 314);
}

odd::no_odd_member_costs_the_rest!(first 0, second 1, third 2, fourth 3; of 4);

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

//! Every action of 4 product-versions: 314 actions, 1124 types. Written by `models/catalogue-tests`.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;

#[rustfmt::skip]
check::target! {
    314 actions;

    alibaba cs "2015-12-15" in v2015_12_15 as alibaba_cs_2015_12_15 {
        actions {
            AttachInstances, AttachInstancesToNodePool, CancelClusterUpgrade, CancelComponentUpgrade,
            CancelOperationPlan, CancelTask, CheckControlPlaneLogEnable, CheckServiceRole, CleanClusterUserPermissions,
            CleanUserPermissions, CreateAutoRepairPolicy, CreateAutoscalingConfig, CreateCluster,
            CreateClusterDiagnosis, CreateClusterInspectConfig, CreateClusterNodePool, CreateKubernetesTrigger,
            CreateNodePoolComponentInstances, CreateTemplate, CreateTrigger, DeleteAlertContact,
            DeleteAlertContactGroup, DeleteAutoRepairPolicy, DeleteCluster, DeleteClusterInspectConfig,
            DeleteClusterNodepool, DeleteClusterNodes, DeleteKubernetesTrigger, DeleteNodePoolComponentInstance,
            DeletePolicyInstance, DeleteTemplate, DeleteTrigger, DeployPolicyInstance, DescribeAddon, DescribeAddons,
            DescribeAutoRepairPolicy, DescribeClusterAddonInstance, DescribeClusterAddonMetadata,
            DescribeClusterAddonUpgradeStatus, DescribeClusterAddonsUpgradeStatus, DescribeClusterAddonsVersion,
            DescribeClusterAttachScripts, DescribeClusterDetail, DescribeClusterEvents, DescribeClusterLogs,
            DescribeClusterNodePoolDetail, DescribeClusterNodePools, DescribeClusterNodes, DescribeClusterResources,
            DescribeClusterTasks, DescribeClusterUserKubeconfig, DescribeClusterV2UserKubeconfig, DescribeClusterVuls,
            DescribeClusters, DescribeClustersForRegion, DescribeClustersV1, DescribeEvents, DescribeEventsForRegion,
            DescribeExternalAgent, DescribeKubernetesVersionMetadata, DescribeNodePoolVuls, DescribePolicies,
            DescribePolicyDetails, DescribePolicyGovernanceInCluster, DescribePolicyInstances,
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
            ModifyClusterAddon, ModifyClusterNodePool, ModifyClusterTags, ModifyNodePoolNodeConfig,
            ModifyPolicyInstance, OpenAckService, PauseClusterUpgrade, PauseComponentUpgrade, PauseTask,
            RemoveClusterNodes, RemoveNodePoolNodes, RepairClusterNodePool, ResumeComponentUpgrade, ResumeTask,
            ResumeUpgradeCluster, RevokeK8sClusterKubeConfig, RunClusterCheck, RunClusterInspect, RunNodeOperation,
            ScaleClusterNodePool, ScaleOutCluster, ScanClusterVuls, StartAlert, StopAlert, SyncClusterNodePool,
            TagResources, UnInstallClusterAddons, UntagResources, UpdateClusterAuditLogConfig,
            UpdateClusterInspectConfig, UpdateContactGroupForAlert, UpdateControlPlaneLog,
            UpdateK8sClusterUserConfigExpire, UpdateKMSEncryption, UpdateNodePoolComponent,
            UpdateNodePoolComponentInstance, UpdateResourcesDeleteProtection, UpdateTemplate, UpdateUserPermissions,
            UpgradeCluster, UpgradeClusterAddons, UpgradeClusterNodepool
        }
        lists {
            DescribeClusterEvents.cluster_id("x");
            DescribeClusterTasks.cluster_id("x");
            DescribeClustersForRegion.region_id("x");
            DescribeClustersV1;
            DescribeEvents;
            DescribeEventsForRegion.region_id("x");
            DescribeTemplates;
            GetClusterInspectReportDetail.cluster_id("x").report_id("x");
            ListClusterInspectReports.cluster_id("x");
            ListClusterKubeconfigStates.cluster_id("x");
            ListNodePoolComponentInstanceNodes.cluster_id("x").nodepool_id("x").name("x");
            ListNodePoolComponentInstances.cluster_id("x").nodepool_id("x");
            ListNodePoolComponents.cluster_id("x");
            ListTagResources.region_id("x").resource_ids(["x"]).resource_type("x");
            ListUserKubeConfigStates.uid("x");
        }
    }

    alibaba ram "2015-05-01" in v2015_05_01 as alibaba_ram_2015_05_01 {
        actions {
            AddUserToGroup, AttachPolicyToGroup, AttachPolicyToRole, AttachPolicyToUser, BindMFADevice, ChangePassword,
            ClearAccountAlias, CreateAccessKey, CreateGroup, CreateLoginProfile, CreatePolicy, CreatePolicyVersion,
            CreateRole, CreateServiceLinkedRole, CreateUser, CreateVirtualMFADevice, DecodeDiagnosticMessage,
            DeleteAccessKey, DeleteGroup, DeleteLoginProfile, DeletePolicy, DeletePolicyVersion, DeleteRole,
            DeleteServiceLinkedRole, DeleteUser, DeleteVirtualMFADevice, DetachPolicyFromGroup, DetachPolicyFromRole,
            DetachPolicyFromUser, GetAccessKeyLastUsed, GetAccountAlias, GetGroup, GetLoginProfile, GetPasswordPolicy,
            GetPolicy, GetPolicyVersion, GetRole, GetSecurityPreference, GetServiceLinkedRoleTemplate, GetUser,
            GetUserMFAInfo, ListAccessKeys, ListEntitiesForPolicy, ListGroups, ListGroupsForUser, ListPolicies,
            ListPoliciesForGroup, ListPoliciesForRole, ListPoliciesForUser, ListPolicyVersions, ListRoles,
            ListTagResources, ListUsers, ListUsersForGroup, ListVirtualMFADevices, RemoveUserFromGroup, SetAccountAlias,
            SetDefaultPolicyVersion, SetPasswordPolicy, SetSecurityPreference, TagResources, UnbindMFADevice,
            UntagResources, UpdateAccessKey, UpdateGroup, UpdateLoginProfile, UpdatePolicyDescription, UpdateRole,
            UpdateUser
        }
        lists {
            ListGroups;
            ListPolicies;
            ListRoles;
            ListTagResources;
            ListUsers;
            ListUsersForGroup;
        }
    }

    alibaba slb "2014-05-15" in v2014_05_15 as alibaba_slb_2014_05_15 {
        actions {
            AddAccessControlListEntry, AddBackendServers, AddListenerWhiteListItem, AddTags,
            AddVServerGroupBackendServers, CreateAccessControlList, CreateDomainExtension, CreateLoadBalancer,
            CreateLoadBalancerHTTPListener, CreateLoadBalancerHTTPSListener, CreateLoadBalancerTCPListener,
            CreateLoadBalancerUDPListener, CreateMasterSlaveServerGroup, CreateRules, CreateTLSCipherPolicy,
            CreateVServerGroup, DeleteAccessControlList, DeleteAccessLogsDownloadAttribute, DeleteCACertificate,
            DeleteDomainExtension, DeleteLoadBalancer, DeleteLoadBalancerListener, DeleteMasterSlaveServerGroup,
            DeleteRules, DeleteServerCertificate, DeleteTLSCipherPolicy, DeleteVServerGroup,
            DescribeAccessControlListAttribute, DescribeAccessControlLists, DescribeAccessLogsDownloadAttribute,
            DescribeAvailableResource, DescribeCACertificates, DescribeDomainExtensionAttribute,
            DescribeDomainExtensions, DescribeHealthStatus, DescribeHighDefinationMonitor,
            DescribeListenerAccessControlAttribute, DescribeLoadBalancerAttribute,
            DescribeLoadBalancerHTTPListenerAttribute, DescribeLoadBalancerHTTPSListenerAttribute,
            DescribeLoadBalancerListeners, DescribeLoadBalancerTCPListenerAttribute,
            DescribeLoadBalancerUDPListenerAttribute, DescribeLoadBalancers, DescribeMasterSlaveServerGroupAttribute,
            DescribeMasterSlaveServerGroups, DescribeRegions, DescribeRuleAttribute, DescribeRules,
            DescribeServerCertificates, DescribeTags, DescribeVServerGroupAttribute, DescribeVServerGroups,
            DescribeZones, EnableHighDefinationMonitor, ListTLSCipherPolicies, ListTagResources,
            ModifyHighDefinationMonitor, ModifyLoadBalancerInstanceChargeType, ModifyLoadBalancerInstanceSpec,
            ModifyLoadBalancerInternetSpec, ModifyLoadBalancerPayType, ModifyVServerGroupBackendServers,
            MoveResourceGroup, RemoveAccessControlListEntry, RemoveBackendServers, RemoveListenerWhiteListItem,
            RemoveTags, RemoveVServerGroupBackendServers, SetAccessControlListAttribute, SetAccessLogsDownloadAttribute,
            SetBackendServers, SetCACertificateName, SetDomainExtensionAttribute, SetListenerAccessControlStatus,
            SetLoadBalancerDeleteProtection, SetLoadBalancerHTTPListenerAttribute,
            SetLoadBalancerHTTPSListenerAttribute, SetLoadBalancerModificationProtection, SetLoadBalancerName,
            SetLoadBalancerStatus, SetLoadBalancerTCPListenerAttribute, SetLoadBalancerUDPListenerAttribute, SetRule,
            SetServerCertificateName, SetTLSCipherPolicyAttribute, SetVServerGroupAttribute, StartLoadBalancerListener,
            StopLoadBalancerListener, TagResources, UntagResources, UploadCACertificate, UploadServerCertificate
        }
        lists {
            DescribeAccessControlLists.region_id("x");
            DescribeAccessLogsDownloadAttribute.region_id("x");
            DescribeLoadBalancerListeners;
            DescribeLoadBalancers.region_id("x");
            DescribeTags.region_id("x");
            ListTLSCipherPolicies.region_id("x");
            ListTagResources.region_id("x").resource_type("x");
        }
    }

    alibaba sts "2015-04-01" in v2015_04_01 as alibaba_sts_2015_04_01 {
        actions {
            AssumeRole, AssumeRoleWithOIDC, AssumeRoleWithSAML, GetCallerIdentity
        }
    }
}

//! Every action of 8 product-versions: 491 actions, 1340 types. Written by `models/catalogue-tests`.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;

#[rustfmt::skip]
check::target! {
    491 actions;

    tencent cam "2019-01-16" in v2019_01_16 as tencent_cam_2019_01_16 {
        actions {
            AddUser, AddUserToGroup, AttachGroupPolicy, AttachRolePolicy, AttachUserPolicy, BuildDataFlowAuthToken,
            ConsumeCustomMFAToken, CreateAccessKey, CreateGroup, CreateMessageReceiver, CreateOIDCConfig, CreatePolicy,
            CreatePolicyVersion, CreateRole, CreateSAMLProvider, CreateServiceLinkedRole, CreateSubAccountLoginIpPolicy,
            CreateUserOIDCConfig, CreateUserSAMLConfig, DeleteAccessKey, DeleteGroup, DeleteMessageReceiver,
            DeleteOIDCConfig, DeletePolicy, DeletePolicyVersion, DeleteRole, DeleteRolePermissionsBoundary,
            DeleteSAMLProvider, DeleteServiceLinkedRole, DeleteUser, DeleteUserPermissionsBoundary, DescribeOIDCConfig,
            DescribeRoleList, DescribeSafeAuthFlag, DescribeSafeAuthFlagColl, DescribeSafeAuthFlagIntl,
            DescribeSubAccounts, DescribeUserOIDCConfig, DescribeUserSAMLConfig, DetachGroupPolicy, DetachRolePolicy,
            DetachUserPolicy, DisableUserSSO, GetAccountSummary, GetCustomMFATokenInfo, GetGroup, GetPasswordRules,
            GetPolicy, GetPolicyVersion, GetRole, GetRolePermissionBoundary, GetSAMLProvider, GetSecurityLastUsed,
            GetServiceLinkedRoleDeletionStatus, GetUser, GetUserAppId, GetUserPermissionBoundary, ListAccessKeys,
            ListAccounts, ListAttachedGroupPolicies, ListAttachedRolePolicies, ListAttachedUserAllPolicies,
            ListAttachedUserPolicies, ListCollaborators, ListEntitiesForPolicy, ListGroups, ListGroupsForUser,
            ListPolicies, ListPoliciesGrantingServiceAccess, ListPolicyVersions, ListReceiver, ListSAMLProviders,
            ListUsers, ListUsersForGroup, ListWeChatWorkSubAccounts, PutRolePermissionsBoundary,
            PutUserPermissionsBoundary, RemoveUserFromGroup, SetDefaultPolicyVersion, SetMfaFlag, TagRole, UntagRole,
            UpdateAccessKey, UpdateAssumeRolePolicy, UpdateGroup, UpdateOIDCConfig, UpdatePasswordRules, UpdatePolicy,
            UpdateRoleConsoleLogin, UpdateRoleDescription, UpdateRoleSessionDuration, UpdateSAMLProvider, UpdateUser,
            UpdateUserOIDCConfig, UpdateUserSAMLConfig
        }
        lists {
            ListAccounts;
            ListCollaborators;
            ListReceiver;
            ListWeChatWorkSubAccounts.offset(0).limit(10);
        }
    }

    tencent cbs "2017-03-12" in v2017_03_12 as tencent_cbs_2017_03_12 {
        actions {
            ApplyDiskBackup, ApplySnapshot, ApplySnapshotGroup, AttachDisks, AttachRemoteDisks, BindAutoSnapshotPolicy,
            CopyAutoSnapshotPolicyCrossAccount, CopySnapshotCrossRegions, CreateAutoSnapshotPolicy, CreateDiskBackup,
            CreateDisks, CreateRemoteDisks, CreateSnapshot, CreateSnapshotGroup, DeleteAutoSnapshotPolicies,
            DeleteDiskBackups, DeleteSnapshotGroup, DeleteSnapshots, DescribeAutoSnapshotPolicies,
            DescribeDedicatedClusterDiskStatistics, DescribeDiskAssociatedAutoSnapshotPolicy, DescribeDiskBackups,
            DescribeDiskConfigQuota, DescribeDiskStoragePool, DescribeDisks, DescribeInstancesDiskNum,
            DescribeRemoteDiskConfigQuota, DescribeRemoteDisks, DescribeRemoteDisksDeniedActions,
            DescribeSnapshotGroups, DescribeSnapshotOverview, DescribeSnapshotSharePermission, DescribeSnapshots,
            DetachDisks, DetachRemoteDisks, GetSnapOverview, InitializeDisks, InquirePriceCreateRemoteDisks,
            InquirePriceModifyDiskBackupQuota, InquirePriceModifyDiskExtraPerformance, InquirePriceRenewRemoteDisks,
            InquiryPriceCreateDisks, InquiryPriceRenewDisks, InquiryPriceResizeDisk, ModifyAutoSnapshotPolicyAttribute,
            ModifyDiskAttributes, ModifyDiskBackupQuota, ModifyDiskExtraPerformance, ModifyDisksChargeType,
            ModifyDisksRenewFlag, ModifyRemoteDiskAttributes, ModifySnapshotAttribute, ModifySnapshotsSharePermission,
            RenewDisk, RenewRemoteDisk, ResizeDisk, SwitchParameterCreateRemoteDisks, SwitchParameterRenewRemoteDisks,
            TerminateDisks, TerminateRemoteDisks, UnbindAutoSnapshotPolicy
        }
        lists {
            DescribeAutoSnapshotPolicies;
            DescribeDiskBackups;
            DescribeDisks;
            DescribeSnapshotGroups;
            DescribeSnapshots;
        }
    }

    tencent clb "2018-03-17" in v2018_03_17 as tencent_clb_2018_03_17 {
        actions {
            AddModelKey, AddModelRewrite, AssociateBudget, AssociateCustomizedConfig, AssociateModelRouterGuardrails,
            AssociateModelsToModelRouter, AssociateTargetGroups, AutoRewrite, BatchDeregisterTargets,
            BatchModifyTargetTag, BatchModifyTargetWeight, BatchRegisterTargets, ChatCompletions, CloneLoadBalancer,
            CreateBYOKNetwork, CreateBudget, CreateClsLogSet, CreateIntentRouter, CreateKey, CreateKeys, CreateListener,
            CreateLoadBalancer, CreateLoadBalancerSnatIps, CreateModel, CreateModelRouter,
            CreateModelRouterResourcePackage, CreateRule, CreateTargetGroup, CreateTopic, CreateUserGroup,
            DeleteBudgets, DeleteIntentRouter, DeleteKeys, DeleteListener, DeleteLoadBalancer,
            DeleteLoadBalancerListeners, DeleteLoadBalancerSnatIps, DeleteModel, DeleteModelRouters, DeleteRewrite,
            DeleteRule, DeleteTargetGroups, DeleteUserGroups, DeregisterFunctionTargets,
            DeregisterModelsFromServiceProvider, DeregisterTargetGroupInstances, DeregisterTargets,
            DeregisterTargetsFromClassicalLB, DescribeAssociatedModelAvailability, DescribeAsyncJobs,
            DescribeBlockIPList, DescribeBlockIPTask, DescribeBudgetAssociations, DescribeBudgets,
            DescribeClassicalLBByInstanceId, DescribeClassicalLBHealthStatus, DescribeClassicalLBListeners,
            DescribeClassicalLBTargets, DescribeClsLogSet, DescribeClusterResources, DescribeCrossTargets,
            DescribeCustomizedConfigAssociateList, DescribeCustomizedConfigList, DescribeExclusiveClusters,
            DescribeIdleLoadBalancers, DescribeIntentRouterTiers, DescribeIntentRouters, DescribeKeys,
            DescribeLBListeners, DescribeLBOperateProtect, DescribeListeners, DescribeLoadBalancerListByCertId,
            DescribeLoadBalancerOverview, DescribeLoadBalancerTraffic, DescribeLoadBalancers,
            DescribeLoadBalancersDetail, DescribeModelAliases, DescribeModelAssociations, DescribeModelKeys,
            DescribeModelNames, DescribeModelRewrite, DescribeModelRouterDetail, DescribeModelRouterGuardrails,
            DescribeModelRouterLogs, DescribeModelRouterQuota, DescribeModelRouterResourcePackageDeduction,
            DescribeModelRouterResourcePackages, DescribeModelRouters, DescribeQuota, DescribeResources,
            DescribeRewrite, DescribeServiceProviderHealthStatus, DescribeSupportedProviders,
            DescribeTargetGroupInstanceStatus, DescribeTargetGroupInstances, DescribeTargetGroupList,
            DescribeTargetGroups, DescribeTargetHealth, DescribeTargets, DescribeTaskStatus, DescribeUpperModels,
            DescribeUserGroups, DisassociateBudget, DisassociateCustomizedConfig, DisassociateModelRouterGuardrails,
            DisassociateModelsFromModelRouter, DisassociateTargetGroups, InquirePriceCreateModelRouterResourcePackage,
            InquirePriceRefundModelRouterResourcePackage, InquiryPriceCreateLoadBalancer,
            InquiryPriceModifyLoadBalancer, InquiryPriceRefundLoadBalancer, InquiryPriceRenewLoadBalancer,
            ManualRewrite, MigrateClassicalLoadBalancers, ModifyBlockIPList, ModifyBudgetAttributes, ModifyDomain,
            ModifyDomainAttributes, ModifyFunctionTargets, ModifyIntentRouterAttribute, ModifyKeyAttributes,
            ModifyKeysBlockStatus, ModifyKeysUserGroup, ModifyListener, ModifyLoadBalancerAttributes,
            ModifyLoadBalancerMixIpTarget, ModifyLoadBalancerSla, ModifyLoadBalancersProject,
            ModifyModelAliasAttributes, ModifyModelAttributes, ModifyModelRouterAttributes, ModifyModelRouterGuardrails,
            ModifyModelRouterSecurityGroups, ModifyRule, ModifyServiceProviderModelAttributes,
            ModifyTargetGroupAttribute, ModifyTargetGroupInstancesPort, ModifyTargetGroupInstancesWeight,
            ModifyTargetPort, ModifyTargetWeight, ModifyUserGroupAttributes, RefundModelRouterResourcePackage,
            RegenerateKeys, RegisterFunctionTargets, RegisterModelsToServiceProvider, RegisterTargetGroupInstances,
            RegisterTargets, RegisterTargetsWithClassicalLB, RemoveModelKey, RemoveModelRewrite, RenewLoadBalancers,
            ReplaceCertForLoadBalancers, SetCustomizedConfigForLoadBalancer, SetLoadBalancerClsLog,
            SetLoadBalancerSecurityGroups, SetLoadBalancerStartStatus, SetSecurityGroupForLoadbalancers,
            TestModelInputModalities, TestServiceProviderConnection
        }
        lists {
            DescribeAsyncJobs;
            DescribeBlockIPList.load_balancer_id("x");
            DescribeBudgetAssociations.budget_id("x");
            DescribeBudgets;
            DescribeClusterResources;
            DescribeCrossTargets;
            DescribeCustomizedConfigAssociateList;
            DescribeCustomizedConfigList.config_type("x");
            DescribeExclusiveClusters;
            DescribeIdleLoadBalancers;
            DescribeKeys.model_router_id("x");
            DescribeLoadBalancers;
            DescribeLoadBalancersDetail;
            DescribeModelAliases;
            DescribeModelAssociations.model_router_id("x");
            DescribeModelKeys;
            DescribeModelNames;
            DescribeModelRouterLogs.model_router_id("x");
            DescribeModelRouterResourcePackageDeduction.deduction_time_begin("x").deduction_time_end("x").model_router_resource_package_id("x");
            DescribeModelRouterResourcePackages;
            DescribeModelRouters;
            DescribeResources;
            DescribeServiceProviderHealthStatus.service_provider_id("x");
            DescribeTargetGroupInstances.filters(vec![]);
            DescribeTargetGroupList;
            DescribeTargetGroups;
            DescribeUserGroups.model_router_id("x");
        }
    }

    tencent cvm "2017-03-12" in v2017_03_12 as tencent_cvm_2017_03_12 {
        actions {
            AllocateHosts, AssociateInstancesKeyPairs, AssociateSecurityGroups, ConfigureChcAssistVpc,
            ConfigureChcDeployVpc, ConvertOperatingSystems, CreateDisasterRecoverGroup, CreateHpcCluster, CreateImage,
            CreateKeyPair, CreateLaunchTemplate, CreateLaunchTemplateVersion, DeleteDisasterRecoverGroups,
            DeleteHpcClusters, DeleteImages, DeleteInstancesActionTimer, DeleteInstancesDisasterRecoverGroups,
            DeleteKeyPairs, DeleteLaunchTemplate, DeleteLaunchTemplateVersions, DescribeAccountQuota,
            DescribeChcDeniedActions, DescribeChcHosts, DescribeDisasterRecoverGroupQuota,
            DescribeDisasterRecoverGroups, DescribeHosts, DescribeHpcClusters, DescribeImageFromFamily,
            DescribeImageQuota, DescribeImageSharePermission, DescribeImages, DescribeImportImageOs,
            DescribeInstanceFamilyConfigs, DescribeInstanceInternetBandwidthConfigs, DescribeInstanceTypeConfigs,
            DescribeInstanceVncUrl, DescribeInstances, DescribeInstancesActionTimer, DescribeInstancesAttributes,
            DescribeInstancesModification, DescribeInstancesOperationLimit, DescribeInstancesStatus,
            DescribeInternetChargeTypeConfigs, DescribeKeyPairs, DescribeLaunchTemplateVersions,
            DescribeLaunchTemplates, DescribeRegions, DescribeResourcePoolPackInstances,
            DescribeResourcePoolPackTypeConfigs, DescribeResourcePoolPacks, DescribeTaskInfo,
            DescribeZoneInstanceConfigInfos, DescribeZones, DisassociateInstancesKeyPairs, DisassociateSecurityGroups,
            EnterRescueMode, ExitRescueMode, ExportImages, ImportImage, ImportInstancesActionTimer, ImportKeyPair,
            InquirePricePurchaseResourcePoolPacks, InquiryPriceModifyInstancesChargeType, InquiryPriceRenewHosts,
            InquiryPriceRenewInstances, InquiryPriceResetInstance, InquiryPriceResetInstancesInternetMaxBandwidth,
            InquiryPriceResetInstancesType, InquiryPriceResizeInstanceDisks, InquiryPriceRunInstances,
            InquiryPriceTerminateInstances, ModifyChcAttribute, ModifyChcNetworkMode,
            ModifyDisasterRecoverGroupAttribute, ModifyHostsAttribute, ModifyHpcClusterAttribute, ModifyImageAttribute,
            ModifyImageSharePermission, ModifyInstanceDiskType, ModifyInstancesAttribute, ModifyInstancesChargeType,
            ModifyInstancesDisasterRecoverGroup, ModifyInstancesProject, ModifyInstancesRenewFlag,
            ModifyInstancesVpcAttribute, ModifyKeyPairAttribute, ModifyLaunchTemplateDefaultVersion, ProgramFpgaImage,
            PurchaseResourcePoolPacks, RebootInstances, RemoveChcAssistVpc, RemoveChcDeployVpc, RenewHosts,
            RenewInstances, RepairTaskControl, ResetInstance, ResetInstancesInternetMaxBandwidth,
            ResetInstancesPassword, ResetInstancesType, ResizeInstanceDisks, RunInstances, StartInstances,
            StopInstances, SyncImages, TerminateInstances, TerminateResourcePoolPacks
        }
        lists {
            DescribeChcHosts;
            DescribeDisasterRecoverGroups;
            DescribeHosts;
            DescribeHpcClusters;
            DescribeImages;
            DescribeInstances;
            DescribeInstancesStatus;
            DescribeKeyPairs;
            DescribeLaunchTemplateVersions.launch_template_id("x");
            DescribeLaunchTemplates;
            DescribeResourcePoolPacks;
            DescribeTaskInfo.limit(10).offset(0);
        }
    }

    tencent hunyuan "2023-09-01" in v2023_09_01 as tencent_hunyuan_2023_09_01 {
        actions {
            ActivateService, ChatCompletions, ChatTranslations, CreateGlossary, CreateGlossaryEntry, CreateThread,
            DeleteGlossary, DeleteGlossaryEntry, FilesDeletions, FilesList, FilesUploads, GetEmbedding, GetThread,
            GetThreadMessage, GetThreadMessageList, GetTokenCount, GroupChatCompletions, ImageQuestion, ListGlossary,
            ListGlossaryEntry, QueryHunyuanImageChatJob, QueryHunyuanImageJob, RunThread, SetPayMode,
            SubmitHunyuanImageChatJob, SubmitHunyuanImageJob, TextToImageLite, UpdateGlossaryEntry
        }
        lists {
            FilesList;
            ListGlossary;
            ListGlossaryEntry.glossary_id("x");
        }
    }

    tencent region "2022-06-27" in v2022_06_27 as tencent_region_2022_06_27 {
        actions {
            DescribeProducts, DescribeRegions, DescribeZones
        }
        lists {
            DescribeProducts;
        }
    }

    tencent sts "2018-08-13" in v2018_08_13 as tencent_sts_2018_08_13 {
        actions {
            AssumeRole, AssumeRoleWithSAML, AssumeRoleWithWebIdentity, GetCallerIdentity, GetFederationToken,
            GetSessionToken, QueryApiKey
        }
    }

    tencent tag "2018-08-13" in v2018_08_13 as tencent_tag_2018_08_13 {
        actions {
            AddProject, AddResourceTag, AttachResourcesTag, CreateTag, CreateTags, DeleteResourceTag, DeleteTag,
            DeleteTags, DescribeProjects, DescribeResourceTags, DescribeResourceTagsByResourceIds,
            DescribeResourceTagsByResourceIdsSeq, DescribeResourceTagsByTagKeys, DescribeResourcesByTags,
            DescribeResourcesByTagsUnion, DescribeTagKeys, DescribeTagValues, DescribeTagValuesSeq, DescribeTags,
            DescribeTagsSeq, DetachResourcesTag, GetResources, GetTagKeys, GetTagValues, GetTags, ModifyResourceTags,
            ModifyResourcesTagValue, TagResources, UnTagResources, UpdateProject, UpdateResourceTagValue
        }
        lists {
            DescribeProjects.all_list(1).limit(10).offset(0);
            DescribeResourceTags;
            DescribeResourceTagsByResourceIds.service_type("x").resource_prefix("x").resource_ids(["x"]).resource_region("x");
            DescribeResourceTagsByResourceIdsSeq.service_type("x").resource_prefix("x").resource_ids(["x"]).resource_region("x");
            DescribeResourceTagsByTagKeys.service_type("x").resource_prefix("x").resource_region("x").resource_ids(["x"]).tag_keys(["x"]);
            DescribeResourcesByTags.tag_filters(vec![]);
            DescribeResourcesByTagsUnion.tag_filters(vec![]);
            DescribeTagKeys;
            DescribeTagValues.tag_keys(["x"]);
            DescribeTagValuesSeq.tag_keys(["x"]);
            DescribeTags;
            DescribeTagsSeq;
        }
    }
}

//! Every action of 2 product-versions: 720 actions, 1834 types. Written by `models/catalogue-tests`.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;

#[rustfmt::skip]
check::target! {
    720 actions;

    tencent tke "2018-05-25" in v2018_05_25 as tencent_tke_2018_05_25 {
        actions {
            AcquireClusterAdminRole, AddClusterCIDR, AddExistedInstances, AddNodeToNodePool, AddVpcCniSubnets,
            CancelClusterRelease, CancelUpgradePlan, CheckEdgeClusterCIDR, CheckInstancesUpgradeAble,
            CreateBackupStorageLocation, CreateCLSLogConfig, CreateCluster, CreateClusterEndpoint,
            CreateClusterEndpointVip, CreateClusterInstances, CreateClusterMaintenanceWindowAndExclusions,
            CreateClusterNodePool, CreateClusterRelease, CreateClusterRoute, CreateClusterRouteTable,
            CreateClusterVirtualNode, CreateClusterVirtualNodePool, CreateECMInstances, CreateEKSCluster,
            CreateEKSContainerInstances, CreateEdgeCVMInstances, CreateEdgeLogConfig, CreateEksLogConfig,
            CreateExternalNodePool, CreateGlobalMaintenanceWindowAndExclusions, CreateImageCache,
            CreatePrometheusAlertPolicy, CreatePrometheusAlertRule, CreatePrometheusClusterAgent,
            CreatePrometheusConfig, CreatePrometheusDashboard, CreatePrometheusGlobalNotification,
            CreatePrometheusRecordRuleYaml, CreatePrometheusTemp, CreatePrometheusTemplate, CreateReservedInstances,
            CreateRollOutSequence, CreateTKEEdgeCluster, DeleteAddon, DeleteBackupStorageLocation, DeleteCluster,
            DeleteClusterAsGroups, DeleteClusterEndpoint, DeleteClusterEndpointVip, DeleteClusterInstances,
            DeleteClusterMaintenanceWindowAndExclusion, DeleteClusterNodePool, DeleteClusterRoute,
            DeleteClusterRouteTable, DeleteClusterVirtualNode, DeleteClusterVirtualNodePool, DeleteECMInstances,
            DeleteEKSCluster, DeleteEKSContainerInstances, DeleteEdgeCVMInstances, DeleteEdgeClusterInstances,
            DeleteExternalNode, DeleteExternalNodePool, DeleteGlobalMaintenanceWindowAndExclusion, DeleteImageCaches,
            DeleteLogConfigs, DeletePrometheusAlertPolicy, DeletePrometheusAlertRule, DeletePrometheusClusterAgent,
            DeletePrometheusConfig, DeletePrometheusRecordRuleYaml, DeletePrometheusTemp, DeletePrometheusTempSync,
            DeletePrometheusTemplate, DeletePrometheusTemplateSync, DeleteReservedInstances, DeleteRollOutSequence,
            DeleteTKEEdgeCluster, DeleteUserPermissions, DescribeAddon, DescribeAddonValues,
            DescribeAvailableClusterVersion, DescribeAvailableTKEEdgeVersion, DescribeBackupStorageLocations,
            DescribeBatchModifyTagsStatus, DescribeClusterAsGroupOption, DescribeClusterAsGroups,
            DescribeClusterAuthenticationOptions, DescribeClusterAvailableExtraArgs, DescribeClusterCommonNames,
            DescribeClusterControllers, DescribeClusterEndpointStatus, DescribeClusterEndpointVipStatus,
            DescribeClusterEndpoints, DescribeClusterExtraArgs, DescribeClusterInspectionResultsOverview,
            DescribeClusterInstances, DescribeClusterKubeconfig, DescribeClusterLevelAttribute,
            DescribeClusterLevelChangeRecords, DescribeClusterMaintenanceWindowAndExclusions,
            DescribeClusterNodePoolDetail, DescribeClusterNodePools, DescribeClusterPendingReleases,
            DescribeClusterReleaseDetails, DescribeClusterReleaseHistory, DescribeClusterReleases,
            DescribeClusterRollOutSequenceTags, DescribeClusterRouteTables, DescribeClusterRoutes,
            DescribeClusterSchedulerPolicy, DescribeClusterSecurity, DescribeClusterStatus, DescribeClusterVirtualNode,
            DescribeClusterVirtualNodePools, DescribeClusters, DescribeControlPlaneLogs, DescribeECMInstances,
            DescribeEKSClusterCredential, DescribeEKSClusters, DescribeEKSContainerInstanceEvent,
            DescribeEKSContainerInstanceRegions, DescribeEKSContainerInstances, DescribeEdgeAvailableExtraArgs,
            DescribeEdgeCVMInstances, DescribeEdgeClusterExtraArgs, DescribeEdgeClusterInstances,
            DescribeEdgeClusterUpgradeInfo, DescribeEdgeLogSwitches, DescribeEksContainerInstanceLog,
            DescribeEnableVpcCniProgress, DescribeEncryptionStatus, DescribeExistedInstances, DescribeExternalNode,
            DescribeExternalNodePools, DescribeExternalNodeScript, DescribeExternalNodeSupportConfig,
            DescribeGlobalMaintenanceWindowAndExclusions, DescribeIPAMD, DescribeImageCaches, DescribeImages,
            DescribeLogConfigs, DescribeLogSwitches, DescribeMasterComponent, DescribeOSImages, DescribeOpenPolicyList,
            DescribePodChargeInfo, DescribePodDeductionRate, DescribePodsBySpec, DescribePostNodeResources,
            DescribePrometheusAgentInstances, DescribePrometheusAgents, DescribePrometheusAlertHistory,
            DescribePrometheusAlertPolicy, DescribePrometheusAlertRule, DescribePrometheusClusterAgents,
            DescribePrometheusConfig, DescribePrometheusGlobalConfig, DescribePrometheusGlobalNotification,
            DescribePrometheusInstance, DescribePrometheusInstanceInitStatus, DescribePrometheusInstancesOverview,
            DescribePrometheusOverviews, DescribePrometheusRecordRules, DescribePrometheusTargets,
            DescribePrometheusTemp, DescribePrometheusTempSync, DescribePrometheusTemplateSync,
            DescribePrometheusTemplates, DescribeRIUtilizationDetail, DescribeRegions,
            DescribeReservedInstanceUtilizationRate, DescribeReservedInstances, DescribeResourceUsage,
            DescribeRollOutSequences, DescribeRouteTableConflicts, DescribeSupportedRuntime,
            DescribeTKEEdgeClusterCredential, DescribeTKEEdgeClusterStatus, DescribeTKEEdgeClusters,
            DescribeTKEEdgeExternalKubeconfig, DescribeTKEEdgeScript, DescribeTasks, DescribeUpgradeTaskDetail,
            DescribeUpgradeTasks, DescribeUserPermissions, DescribeVersions, DescribeVpcCniPodLimits,
            DisableClusterAudit, DisableClusterDeletionProtection, DisableControlPlaneLogs, DisableEncryptionProtection,
            DisableEventPersistence, DisableVpcCniNetworkType, DrainClusterVirtualNode, DrainExternalNode,
            EnableClusterAudit, EnableClusterDeletionProtection, EnableControlPlaneLogs, EnableEksEventPersistence,
            EnableEncryptionProtection, EnableEventPersistence, EnableExternalNodeSupport, EnableVpcCniNetworkType,
            ForwardTKEEdgeApplicationRequestV3, GetClusterLevelPrice, GetMostSuitableImageCache, GetTkeAppChartList,
            GetUpgradeInstanceProgress, GrantUserPermissions, InstallAddon, InstallEdgeLogAgent, InstallLogAgent,
            ListClusterInspectionResults, ListClusterInspectionResultsItems, ModifyClusterAsGroupAttribute,
            ModifyClusterAsGroupOptionAttribute, ModifyClusterAttribute, ModifyClusterAuthenticationOptions,
            ModifyClusterEndpointSP, ModifyClusterExtraArgs, ModifyClusterExtraArgsTaskState, ModifyClusterImage,
            ModifyClusterMaintenanceWindowAndExclusions, ModifyClusterNodePool, ModifyClusterRollOutSequenceTags,
            ModifyClusterRuntimeConfig, ModifyClusterSchedulerPolicy, ModifyClusterTags, ModifyClusterVirtualNodePool,
            ModifyExternalNodePool, ModifyGlobalMaintenanceWindowAndExclusions, ModifyLogConfig, ModifyMasterComponent,
            ModifyNodePoolDesiredCapacityAboutAsg, ModifyNodePoolInstanceTypes, ModifyOpenPolicyList,
            ModifyPrometheusAgentExternalLabels, ModifyPrometheusAlertPolicy, ModifyPrometheusAlertRule,
            ModifyPrometheusConfig, ModifyPrometheusGlobalNotification, ModifyPrometheusRecordRuleYaml,
            ModifyPrometheusTemp, ModifyPrometheusTemplate, ModifyReservedInstanceScope, ModifyRollOutSequence,
            RemoveNodeFromNodePool, RenewReservedInstances, RestartEKSContainerInstances, RollbackClusterRelease,
            RotateClusterToken, RunPrometheusInstance, ScaleInClusterMaster, ScaleOutClusterMaster,
            SetNodePoolNodeProtection, SwitchClusterEndpoint, SyncPrometheusTemp, SyncPrometheusTemplate,
            UninstallClusterRelease, UninstallEdgeLogAgent, UninstallLogAgent, UpdateAddon, UpdateClusterKubeconfig,
            UpdateClusterVersion, UpdateEKSCluster, UpdateEKSContainerInstance, UpdateEdgeClusterVersion,
            UpdateImageCache, UpdateTKEEdgeCluster, UpgradeClusterInstances, UpgradeClusterRelease
        }
        lists {
            DescribeClusterAsGroups.cluster_id("x");
            DescribeClusterInstances.cluster_id("x");
            DescribeClusterLevelChangeRecords.cluster_id("x");
            DescribeClusterMaintenanceWindowAndExclusions;
            DescribeClusterPendingReleases.cluster_id("x");
            DescribeClusterReleases.cluster_id("x");
            DescribeClusterRollOutSequenceTags;
            DescribeClusters;
            DescribeEKSClusters;
            DescribeEKSContainerInstances;
            DescribeExistedInstances;
            DescribeGlobalMaintenanceWindowAndExclusions;
            DescribeImageCaches;
            DescribePodsBySpec.cpu(1.0).memory(1.0);
            DescribePrometheusAgents.instance_id("x");
            DescribePrometheusAlertHistory.instance_id("x");
            DescribePrometheusAlertPolicy.instance_id("x");
            DescribePrometheusAlertRule.instance_id("x");
            DescribePrometheusClusterAgents.instance_id("x");
            DescribePrometheusInstancesOverview;
            DescribePrometheusOverviews;
            DescribePrometheusRecordRules.instance_id("x");
            DescribePrometheusTemp;
            DescribePrometheusTemplates;
            DescribeRIUtilizationDetail;
            DescribeReservedInstances;
            DescribeRollOutSequences;
            DescribeTKEEdgeClusters;
            DescribeUpgradeTaskDetail.id(1);
            DescribeUpgradeTasks;
            GetUpgradeInstanceProgress.cluster_id("x");
        }
    }

    tencent vpc "2017-03-12" in v2017_03_12 as tencent_vpc_2017_03_12 {
        actions {
            AcceptAttachCcnInstances, AcceptVpcPeeringConnection, AddBandwidthPackageResources, AddIp6Rules,
            AddTemplateMember, AdjustPublicAddress, AllocateAddresses, AllocateIPv6Addresses,
            AllocateIp6AddressesBandwidth, AssignIpv6Addresses, AssignIpv6CidrBlock, AssignIpv6SubnetCidrBlock,
            AssignPrivateIpAddresses, AssociateAddress, AssociateDhcpIpWithAddressIp,
            AssociateDirectConnectGatewayNatGateway, AssociateHaVipInstance, AssociateIPv6Address,
            AssociateInstancesToCcnRouteTable, AssociateNatGatewayAddress, AssociateNetworkAclSubnets,
            AssociateNetworkInterfaceSecurityGroups, AttachCcnInstances, AttachClassicLinkVpc, AttachNetworkInterface,
            AttachSnapshotInstances, AuditCrossBorderCompliance, CheckAssistantCidr, CheckDefaultSubnet,
            CheckGatewayFlowMonitor, CheckNetDetectState, CheckTrafficMirror, ClearRouteTableSelectionPolicies,
            CloneSecurityGroup, CreateAddressTemplate, CreateAddressTemplateGroup, CreateAndAttachNetworkInterface,
            CreateAssistantCidr, CreateBandwidthPackage, CreateCcn, CreateCcnPolicyBasedRoutingNextHop,
            CreateCcnPolicyBasedRoutingRules, CreateCcnRouteTables, CreateCdcLDCXList, CreateCdcNetPlanes,
            CreateCustomerGateway, CreateDefaultSecurityGroup, CreateDefaultVpc, CreateDhcpIp,
            CreateDirectConnectGateway, CreateDirectConnectGatewayCcnRoutes, CreateFlowLog, CreateGlobalRoutes,
            CreateHaVip, CreateHighPriorityRouteTable, CreateHighPriorityRoutes, CreateIp6Translators,
            CreateLocalGateway, CreateNatGateway, CreateNatGatewayDestinationIpPortTranslationNatRule,
            CreateNatGatewaySourceIpTranslationNatRule, CreateNetDetect, CreateNetworkAcl, CreateNetworkAclEntries,
            CreateNetworkAclQuintupleEntries, CreateNetworkInterface, CreatePrivateNatGateway,
            CreatePrivateNatGatewayDestinationIpPortTranslationNatRule, CreatePrivateNatGatewayTranslationAclRule,
            CreatePrivateNatGatewayTranslationNatRule, CreateReserveIpAddresses, CreateRoutePolicy,
            CreateRoutePolicyAssociations, CreateRoutePolicyEntries, CreateRouteTable, CreateRoutes,
            CreateSecurityGroup, CreateSecurityGroupPolicies, CreateSecurityGroupWithPolicies, CreateServiceTemplate,
            CreateServiceTemplateGroup, CreateSnapshotPolicies, CreateSubnet, CreateSubnets, CreateTrafficMirror,
            CreateTrafficMirrorFilterRules, CreateTrafficPackages, CreateVpc, CreateVpcEndPoint,
            CreateVpcEndPointService, CreateVpcEndPointServiceWhiteList, CreateVpcPeeringConnection,
            CreateVpnConnection, CreateVpnGateway, CreateVpnGatewayRoutes, CreateVpnGatewaySslClient,
            CreateVpnGatewaySslServer, DeleteAddressTemplate, DeleteAddressTemplateGroup, DeleteAssistantCidr,
            DeleteBandwidthPackage, DeleteCcn, DeleteCcnPolicyBasedRoutingNextHop, DeleteCcnPolicyBasedRoutingRule,
            DeleteCcnRouteTables, DeleteCdcLDCXList, DeleteCdcNetPlanes, DeleteCustomerGateway, DeleteDhcpIp,
            DeleteDirectConnectGateway, DeleteDirectConnectGatewayCcnRoutes, DeleteFlowLog, DeleteGlobalRoutes,
            DeleteHaVip, DeleteHighPriorityRouteTables, DeleteHighPriorityRoutes, DeleteIp6Translators,
            DeleteLocalGateway, DeleteNatGateway, DeleteNatGatewayDestinationIpPortTranslationNatRule,
            DeleteNatGatewaySourceIpTranslationNatRule, DeleteNetDetect, DeleteNetworkAcl, DeleteNetworkAclEntries,
            DeleteNetworkAclQuintupleEntries, DeleteNetworkInterface, DeletePrivateNatGateway,
            DeletePrivateNatGatewayDestinationIpPortTranslationNatRule, DeletePrivateNatGatewayTranslationAclRule,
            DeletePrivateNatGatewayTranslationNatRule, DeleteReserveIpAddresses, DeleteRoutePolicy,
            DeleteRoutePolicyAssociations, DeleteRoutePolicyEntries, DeleteRouteTable, DeleteRoutes,
            DeleteSecurityGroup, DeleteSecurityGroupPolicies, DeleteServiceTemplate, DeleteServiceTemplateGroup,
            DeleteSnapshotPolicies, DeleteSubnet, DeleteTemplateMember, DeleteTrafficMirror,
            DeleteTrafficMirrorFilterRules, DeleteTrafficPackages, DeleteVpc, DeleteVpcEndPoint,
            DeleteVpcEndPointService, DeleteVpcEndPointServiceWhiteList, DeleteVpcPeeringConnection,
            DeleteVpnConnection, DeleteVpnGateway, DeleteVpnGatewayRoutes, DeleteVpnGatewaySslClient,
            DeleteVpnGatewaySslServer, DescribeAccountAttributes, DescribeAddressBandwidthRange, DescribeAddressQuota,
            DescribeAddressTemplateGroupInstances, DescribeAddressTemplateGroups, DescribeAddressTemplateInstances,
            DescribeAddressTemplates, DescribeAddresses, DescribeAssistantCidr, DescribeBandwidthPackageBandwidthRange,
            DescribeBandwidthPackageBillUsage, DescribeBandwidthPackageQuota, DescribeBandwidthPackageResources,
            DescribeBandwidthPackages, DescribeCcnAttachedInstances, DescribeCcnPolicyBasedRoutingNextHop,
            DescribeCcnPolicyBasedRoutingRule, DescribeCcnRegionBandwidthLimits, DescribeCcnRouteTableBroadcastPolicys,
            DescribeCcnRouteTableInputPolicys, DescribeCcnRouteTables, DescribeCcnRoutes, DescribeCcns,
            DescribeCdcLDCXList, DescribeCdcNetPlanes, DescribeCdcUsedIdcVlan, DescribeClassicLinkInstances,
            DescribeCrossBorderCcnRegionBandwidthLimits, DescribeCrossBorderCompliance, DescribeCrossBorderFlowMonitor,
            DescribeCustomerGatewayVendors, DescribeCustomerGateways, DescribeDesignatedZones, DescribeDhcpIps,
            DescribeDirectConnectGatewayCcnRoutes, DescribeDirectConnectGateways, DescribeFlowLog, DescribeFlowLogs,
            DescribeGatewayFlowMonitorDetail, DescribeGatewayFlowQos, DescribeGlobalRoutes, DescribeHaVips,
            DescribeHighPriorityRouteTables, DescribeHighPriorityRoutes, DescribeIPv6Addresses, DescribeInstanceJumbo,
            DescribeIp6Addresses, DescribeIp6TranslatorQuota, DescribeIp6Translators, DescribeIpGeolocationDatabaseUrl,
            DescribeIpGeolocationInfos, DescribeLocalGateway, DescribeNatGatewayDestinationIpPortTranslationNatRules,
            DescribeNatGatewayDirectConnectGatewayRoute, DescribeNatGatewayFlowMonitorDetail,
            DescribeNatGatewaySourceIpTranslationNatRules, DescribeNatGatewayZones, DescribeNatGateways,
            DescribeNetDetectStates, DescribeNetDetects, DescribeNetworkAccountType, DescribeNetworkAclQuintupleEntries,
            DescribeNetworkAcls, DescribeNetworkInterfaceLimit, DescribeNetworkInterfaces,
            DescribePrivateNatGatewayDestinationIpPortTranslationNatRules, DescribePrivateNatGatewayLimits,
            DescribePrivateNatGatewayRegions, DescribePrivateNatGatewayTranslationAclRules,
            DescribePrivateNatGatewayTranslationNatRules, DescribePrivateNatGateways, DescribeProductQuota,
            DescribeReserveIpAddresses, DescribeRouteConflicts, DescribeRouteList, DescribeRoutePolicies,
            DescribeRoutePolicyEntries, DescribeRouteTableAssociatedInstances, DescribeRouteTableSelectionPolicies,
            DescribeRouteTables, DescribeRoutes, DescribeSecurityGroupAssociationStatistics,
            DescribeSecurityGroupExpandedPolicies, DescribeSecurityGroupLimits, DescribeSecurityGroupPolicies,
            DescribeSecurityGroupReferences, DescribeSecurityGroups, DescribeServiceTemplateGroupInstances,
            DescribeServiceTemplateGroups, DescribeServiceTemplateInstances, DescribeServiceTemplates,
            DescribeSgSnapshotFileContent, DescribeSnapshotAttachedInstances, DescribeSnapshotFiles,
            DescribeSnapshotPolicies, DescribeSpecificTrafficPackageUsedDetails, DescribeSubnetResourceDashboard,
            DescribeSubnets, DescribeTaskResult, DescribeTemplateLimits, DescribeTenantCcns,
            DescribeTrafficMirrorFilterRules, DescribeTrafficMirrors, DescribeTrafficPackages, DescribeTrafficQosPolicy,
            DescribeUsedIpAddress, DescribeVpcEndPoint, DescribeVpcEndPointService, DescribeVpcEndPointServiceWhiteList,
            DescribeVpcInstances, DescribeVpcIpv6Addresses, DescribeVpcLimits, DescribeVpcPeeringConnections,
            DescribeVpcPrivateIpAddresses, DescribeVpcResourceDashboard, DescribeVpcTaskResult, DescribeVpcs,
            DescribeVpnConnections, DescribeVpnGatewayCcnRoutes, DescribeVpnGatewayRoutes, DescribeVpnGatewaySslClients,
            DescribeVpnGatewaySslServers, DescribeVpnGateways, DetachCcnInstances, DetachClassicLinkVpc,
            DetachNetworkInterface, DetachSnapshotInstances, DisableCcnRoutes, DisableFlowLogs,
            DisableGatewayFlowMonitor, DisableRoutes, DisableSnapshotPolicies, DisableVpnGatewaySslClientCert,
            DisassociateAddress, DisassociateDhcpIpWithAddressIp, DisassociateDirectConnectGatewayNatGateway,
            DisassociateHaVipInstance, DisassociateIPv6Address, DisassociateNatGatewayAddress,
            DisassociateNetworkAclSubnets, DisassociateNetworkInterfaceSecurityGroups,
            DisassociateVpcEndPointSecurityGroups, DownloadCustomerGatewayConfiguration,
            DownloadVpnGatewaySslClientCert, EnableCcnRoutes, EnableFlowLogs, EnableGatewayFlowMonitor, EnableRoutes,
            EnableSnapshotPolicies, EnableVpcEndPointConnect, EnableVpnGatewaySslClientCert,
            GenerateVpnConnectionDefaultHealthCheckIp, GetCcnRegionBandwidthLimits, HaVipAssociateAddressIp,
            HaVipDisassociateAddressIp, InquirePriceCreateDirectConnectGateway, InquiryPriceAllocateAddresses,
            InquiryPriceCreateVpnGateway, InquiryPriceModifyAddressesBandwidth, InquiryPriceRenewAddresses,
            InquiryPriceRenewVpnGateway, InquiryPriceResetVpnGatewayInternetMaxBandwidth, LockCcnBandwidths, LockCcns,
            MigrateBandwidthPackageResources, MigrateNetworkInterface, MigratePrivateIpAddress, ModifyAddressAttribute,
            ModifyAddressInternetChargeType, ModifyAddressTemplateAttribute, ModifyAddressTemplateGroupAttribute,
            ModifyAddressesBandwidth, ModifyAddressesRenewFlag, ModifyAssistantCidr, ModifyBandwidthPackageAttribute,
            ModifyBandwidthPackageBandwidth, ModifyCcnAttachedInstancesAttribute, ModifyCcnAttribute,
            ModifyCcnPolicyBasedRoutingNextHopAttribute, ModifyCcnPolicyBasedRoutingRuleAttribute,
            ModifyCcnRegionBandwidthLimitsType, ModifyCcnRouteTables, ModifyCdcLDCXAttribute,
            ModifyCdcNetPlaneAttribute, ModifyCustomerGatewayAttribute, ModifyDhcpIpAttribute,
            ModifyDirectConnectGatewayAttribute, ModifyFlowLogAttribute, ModifyGatewayFlowQos,
            ModifyGlobalRouteECMPAlgorithm, ModifyGlobalRoutes, ModifyHaVipAttribute, ModifyHighPriorityRouteAttribute,
            ModifyHighPriorityRouteECMPAlgorithm, ModifyHighPriorityRouteTableAttribute, ModifyIPv6AddressesAttributes,
            ModifyIPv6AddressesBandwidth, ModifyIp6AddressesBandwidth, ModifyIp6Rule, ModifyIp6Translator,
            ModifyIpv6AddressesAttribute, ModifyLocalGateway, ModifyNatGatewayAdvancedAttribute,
            ModifyNatGatewayAttribute, ModifyNatGatewayDestinationIpPortTranslationNatRule,
            ModifyNatGatewaySourceIpTranslationNatRule, ModifyNetDetect, ModifyNetworkAclAttribute,
            ModifyNetworkAclEntries, ModifyNetworkAclQuintupleEntries, ModifyNetworkInterfaceAttribute,
            ModifyNetworkInterfaceQos, ModifyPrivateIpAddressesAttribute, ModifyPrivateNatGatewayAttribute,
            ModifyPrivateNatGatewayDestinationIpPortTranslationNatRule, ModifyPrivateNatGatewayTranslationAclRule,
            ModifyPrivateNatGatewayTranslationNatRule, ModifyReserveIpAddress, ModifyRoutePolicyAttribute,
            ModifyRouteTableAttribute, ModifyRouteTableSelectionPolicies, ModifySecurityGroupAttribute,
            ModifySecurityGroupPolicies, ModifyServiceTemplateAttribute, ModifyServiceTemplateGroupAttribute,
            ModifySnapshotPolicies, ModifySubnetAttribute, ModifyTemplateMember, ModifyTrafficMirrorAttribute,
            ModifyTrafficMirrorFilterRules, ModifyVpcAttribute, ModifyVpcEndPointAttribute,
            ModifyVpcEndPointServiceAttribute, ModifyVpcEndPointServiceWhiteList, ModifyVpcPeeringConnection,
            ModifyVpnConnectionAttribute, ModifyVpnGatewayAttribute, ModifyVpnGatewayCcnRoutes, ModifyVpnGatewayRoutes,
            ModifyVpnGatewaySslClientCert, ModifyVpnGatewaySslServer, NotifyRoutes,
            RefreshDirectConnectGatewayRouteToNatGateway, RejectAttachCcnInstances, RejectVpcPeeringConnection,
            ReleaseAddresses, ReleaseIPv6Addresses, ReleaseIp6AddressesBandwidth, RemoveBandwidthPackageResources,
            RemoveIp6Rules, RenewAddresses, RenewVpnGateway, ReplaceCcnRouteTableBroadcastPolicys,
            ReplaceCcnRouteTableInputPolicys, ReplaceDirectConnectGatewayCcnRoutes,
            ReplaceHighPriorityRouteTableAssociation, ReplaceHighPriorityRoutes, ReplaceRoutePolicyAssociations,
            ReplaceRoutePolicyEntries, ReplaceRouteTableAssociation, ReplaceRoutes, ReplaceRoutesWithRoutePolicy,
            ReplaceSecurityGroupPolicies, ReplaceSecurityGroupPolicy, ResetAttachCcnInstances, ResetHighPriorityRoutes,
            ResetNatGatewayConnection, ResetRoutePolicyAssociations, ResetRoutePolicyEntries, ResetRoutes,
            ResetTrafficMirrorFilter, ResetTrafficMirrorSrcs, ResetTrafficMirrorTarget, ResetVpnConnection,
            ResetVpnGatewayInternetMaxBandwidth, ResumeSnapshotInstance, ReturnNormalAddresses,
            SetCcnRegionBandwidthLimits, SetVpnGatewaysRenewFlag, StartTrafficMirror, StopTrafficMirror,
            TransformAddress, UnassignIpv6Addresses, UnassignIpv6CidrBlock, UnassignIpv6SubnetCidrBlock,
            UnassignPrivateIpAddresses, UnlockCcnBandwidths, UnlockCcns, UpdateTrafficMirrorAllFilter,
            UpdateTrafficMirrorDirection, UpgradeNatGatewayProductVersion, WithdrawNotifyRoutes
        }
        lists {
            DescribeAddressTemplateGroups;
            DescribeAddressTemplates;
            DescribeAddresses;
            DescribeAssistantCidr;
            DescribeBandwidthPackageResources.bandwidth_package_id("x");
            DescribeBandwidthPackages;
            DescribeCcnAttachedInstances;
            DescribeCcnPolicyBasedRoutingNextHop.ccn_id("x");
            DescribeCcnPolicyBasedRoutingRule.ccn_id("x");
            DescribeCcnRouteTables;
            DescribeCcnRoutes.ccn_id("x");
            DescribeCcns;
            DescribeClassicLinkInstances;
            DescribeCrossBorderCcnRegionBandwidthLimits;
            DescribeCrossBorderCompliance;
            DescribeCustomerGateways;
            DescribeDhcpIps;
            DescribeDirectConnectGatewayCcnRoutes.direct_connect_gateway_id("x");
            DescribeDirectConnectGateways;
            DescribeFlowLogs;
            DescribeGatewayFlowMonitorDetail.time_point("x");
            DescribeGatewayFlowQos.gateway_id("x");
            DescribeGlobalRoutes;
            DescribeHaVips;
            DescribeHighPriorityRouteTables;
            DescribeHighPriorityRoutes.high_priority_route_table_id("x");
            DescribeIPv6Addresses;
            DescribeIp6Addresses;
            DescribeIp6Translators;
            DescribeLocalGateway;
            DescribeNatGatewayDestinationIpPortTranslationNatRules;
            DescribeNatGatewayDirectConnectGatewayRoute.nat_gateway_id("x").vpc_id("x");
            DescribeNatGatewaySourceIpTranslationNatRules.nat_gateway_id("x");
            DescribeNatGateways;
            DescribeNetDetectStates;
            DescribeNetDetects;
            DescribeNetworkAclQuintupleEntries.network_acl_id("x");
            DescribeNetworkAcls;
            DescribeNetworkInterfaces;
            DescribePrivateNatGatewayDestinationIpPortTranslationNatRules.nat_gateway_id("x");
            DescribePrivateNatGatewayLimits;
            DescribePrivateNatGatewayTranslationAclRules.nat_gateway_id("x").translation_direction("x").translation_type("x").translation_ip("x");
            DescribePrivateNatGatewayTranslationNatRules.nat_gateway_id("x");
            DescribePrivateNatGateways;
            DescribeReserveIpAddresses;
            DescribeRouteList;
            DescribeRoutePolicies;
            DescribeRoutePolicyEntries;
            DescribeRouteTableAssociatedInstances;
            DescribeRouteTableSelectionPolicies;
            DescribeRouteTables;
            DescribeRoutes;
            DescribeSecurityGroups;
            DescribeServiceTemplateGroups;
            DescribeServiceTemplates;
            DescribeSnapshotAttachedInstances.snapshot_policy_id("x");
            DescribeSnapshotFiles.business_type("x").instance_id("x").start_date("x").end_date("x");
            DescribeSnapshotPolicies;
            DescribeSpecificTrafficPackageUsedDetails.traffic_package_id("x");
            DescribeSubnets;
            DescribeTenantCcns;
            DescribeTrafficMirrors;
            DescribeTrafficPackages;
            DescribeUsedIpAddress.vpc_id("x");
            DescribeVpcEndPoint;
            DescribeVpcEndPointService;
            DescribeVpcInstances.filters(vec![]);
            DescribeVpcIpv6Addresses.vpc_id("x");
            DescribeVpcPeeringConnections;
            DescribeVpcs;
            DescribeVpnConnections;
            DescribeVpnGatewayCcnRoutes.vpn_gateway_id("x");
            DescribeVpnGatewayRoutes.vpn_gateway_id("x");
            DescribeVpnGatewaySslClients;
            DescribeVpnGatewaySslServers;
            DescribeVpnGateways;
            GetCcnRegionBandwidthLimits.ccn_id("x");
        }
    }
}

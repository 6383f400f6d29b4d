//! Every action of 2 product-versions: 720 actions, 1834 types. Written by `models/catalogue-tests`.
//!
//! Clippy would read it a second time, and is not meant for what the macro makes.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;
mod odd;
mod paging;

cloudcall_models::actions! {
    tencent tke "2018-05-25": *;
    tencent vpc "2017-03-12": *;
}

#[rustfmt::skip]
check::product_versions! {
    "tencent tke 2018-05-25" in tencent::tke::v2018_05_25:
        AcquireClusterAdminRole, AddClusterCIDR, AddExistedInstances, AddNodeToNodePool, AddVpcCniSubnets,
        CancelClusterRelease, CancelUpgradePlan, CheckEdgeClusterCIDR, CheckInstancesUpgradeAble,
        CreateBackupStorageLocation, CreateCLSLogConfig, CreateCluster, CreateClusterEndpoint, CreateClusterEndpointVip,
        CreateClusterInstances, CreateClusterMaintenanceWindowAndExclusions, CreateClusterNodePool,
        CreateClusterRelease, CreateClusterRoute, CreateClusterRouteTable, CreateClusterVirtualNode,
        CreateClusterVirtualNodePool, CreateECMInstances, CreateEKSCluster, CreateEKSContainerInstances,
        CreateEdgeCVMInstances, CreateEdgeLogConfig, CreateEksLogConfig, CreateExternalNodePool,
        CreateGlobalMaintenanceWindowAndExclusions, CreateImageCache, CreatePrometheusAlertPolicy,
        CreatePrometheusAlertRule, CreatePrometheusClusterAgent, CreatePrometheusConfig, CreatePrometheusDashboard,
        CreatePrometheusGlobalNotification, CreatePrometheusRecordRuleYaml, CreatePrometheusTemp,
        CreatePrometheusTemplate, CreateReservedInstances, CreateRollOutSequence, CreateTKEEdgeCluster, DeleteAddon,
        DeleteBackupStorageLocation, DeleteCluster, DeleteClusterAsGroups, DeleteClusterEndpoint,
        DeleteClusterEndpointVip, DeleteClusterInstances, DeleteClusterMaintenanceWindowAndExclusion,
        DeleteClusterNodePool, DeleteClusterRoute, DeleteClusterRouteTable, DeleteClusterVirtualNode,
        DeleteClusterVirtualNodePool, DeleteECMInstances, DeleteEKSCluster, DeleteEKSContainerInstances,
        DeleteEdgeCVMInstances, DeleteEdgeClusterInstances, DeleteExternalNode, DeleteExternalNodePool,
        DeleteGlobalMaintenanceWindowAndExclusion, DeleteImageCaches, DeleteLogConfigs, DeletePrometheusAlertPolicy,
        DeletePrometheusAlertRule, DeletePrometheusClusterAgent, DeletePrometheusConfig, DeletePrometheusRecordRuleYaml,
        DeletePrometheusTemp, DeletePrometheusTempSync, DeletePrometheusTemplate, DeletePrometheusTemplateSync,
        DeleteReservedInstances, DeleteRollOutSequence, DeleteTKEEdgeCluster, DeleteUserPermissions, DescribeAddon,
        DescribeAddonValues, DescribeAvailableClusterVersion, DescribeAvailableTKEEdgeVersion,
        DescribeBackupStorageLocations, DescribeBatchModifyTagsStatus, DescribeClusterAsGroupOption,
        DescribeClusterAsGroups, DescribeClusterAuthenticationOptions, DescribeClusterAvailableExtraArgs,
        DescribeClusterCommonNames, DescribeClusterControllers, DescribeClusterEndpointStatus,
        DescribeClusterEndpointVipStatus, DescribeClusterEndpoints, DescribeClusterExtraArgs,
        DescribeClusterInspectionResultsOverview, DescribeClusterInstances, DescribeClusterKubeconfig,
        DescribeClusterLevelAttribute, DescribeClusterLevelChangeRecords, DescribeClusterMaintenanceWindowAndExclusions,
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
        DescribePrometheusOverviews, DescribePrometheusRecordRules, DescribePrometheusTargets, DescribePrometheusTemp,
        DescribePrometheusTempSync, DescribePrometheusTemplateSync, DescribePrometheusTemplates,
        DescribeRIUtilizationDetail, DescribeRegions, DescribeReservedInstanceUtilizationRate,
        DescribeReservedInstances, DescribeResourceUsage, DescribeRollOutSequences, DescribeRouteTableConflicts,
        DescribeSupportedRuntime, DescribeTKEEdgeClusterCredential, DescribeTKEEdgeClusterStatus,
        DescribeTKEEdgeClusters, DescribeTKEEdgeExternalKubeconfig, DescribeTKEEdgeScript, DescribeTasks,
        DescribeUpgradeTaskDetail, DescribeUpgradeTasks, DescribeUserPermissions, DescribeVersions,
        DescribeVpcCniPodLimits, DisableClusterAudit, DisableClusterDeletionProtection, DisableControlPlaneLogs,
        DisableEncryptionProtection, DisableEventPersistence, DisableVpcCniNetworkType, DrainClusterVirtualNode,
        DrainExternalNode, EnableClusterAudit, EnableClusterDeletionProtection, EnableControlPlaneLogs,
        EnableEksEventPersistence, EnableEncryptionProtection, EnableEventPersistence, EnableExternalNodeSupport,
        EnableVpcCniNetworkType, ForwardTKEEdgeApplicationRequestV3, GetClusterLevelPrice, GetMostSuitableImageCache,
        GetTkeAppChartList, GetUpgradeInstanceProgress, GrantUserPermissions, InstallAddon, InstallEdgeLogAgent,
        InstallLogAgent, ListClusterInspectionResults, ListClusterInspectionResultsItems, ModifyClusterAsGroupAttribute,
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
        UpdateClusterVersion, UpdateEKSCluster, UpdateEKSContainerInstance, UpdateEdgeClusterVersion, UpdateImageCache,
        UpdateTKEEdgeCluster, UpgradeClusterInstances, UpgradeClusterRelease;
    "tencent vpc 2017-03-12" in tencent::vpc::v2017_03_12:
        AcceptAttachCcnInstances, AcceptVpcPeeringConnection, AddBandwidthPackageResources, AddIp6Rules,
        AddTemplateMember, AdjustPublicAddress, AllocateAddresses, AllocateIPv6Addresses, AllocateIp6AddressesBandwidth,
        AssignIpv6Addresses, AssignIpv6CidrBlock, AssignIpv6SubnetCidrBlock, AssignPrivateIpAddresses, AssociateAddress,
        AssociateDhcpIpWithAddressIp, AssociateDirectConnectGatewayNatGateway, AssociateHaVipInstance,
        AssociateIPv6Address, AssociateInstancesToCcnRouteTable, AssociateNatGatewayAddress, AssociateNetworkAclSubnets,
        AssociateNetworkInterfaceSecurityGroups, AttachCcnInstances, AttachClassicLinkVpc, AttachNetworkInterface,
        AttachSnapshotInstances, AuditCrossBorderCompliance, CheckAssistantCidr, CheckDefaultSubnet,
        CheckGatewayFlowMonitor, CheckNetDetectState, CheckTrafficMirror, ClearRouteTableSelectionPolicies,
        CloneSecurityGroup, CreateAddressTemplate, CreateAddressTemplateGroup, CreateAndAttachNetworkInterface,
        CreateAssistantCidr, CreateBandwidthPackage, CreateCcn, CreateCcnPolicyBasedRoutingNextHop,
        CreateCcnPolicyBasedRoutingRules, CreateCcnRouteTables, CreateCdcLDCXList, CreateCdcNetPlanes,
        CreateCustomerGateway, CreateDefaultSecurityGroup, CreateDefaultVpc, CreateDhcpIp, CreateDirectConnectGateway,
        CreateDirectConnectGatewayCcnRoutes, CreateFlowLog, CreateGlobalRoutes, CreateHaVip,
        CreateHighPriorityRouteTable, CreateHighPriorityRoutes, CreateIp6Translators, CreateLocalGateway,
        CreateNatGateway, CreateNatGatewayDestinationIpPortTranslationNatRule,
        CreateNatGatewaySourceIpTranslationNatRule, CreateNetDetect, CreateNetworkAcl, CreateNetworkAclEntries,
        CreateNetworkAclQuintupleEntries, CreateNetworkInterface, CreatePrivateNatGateway,
        CreatePrivateNatGatewayDestinationIpPortTranslationNatRule, CreatePrivateNatGatewayTranslationAclRule,
        CreatePrivateNatGatewayTranslationNatRule, CreateReserveIpAddresses, CreateRoutePolicy,
        CreateRoutePolicyAssociations, CreateRoutePolicyEntries, CreateRouteTable, CreateRoutes, CreateSecurityGroup,
        CreateSecurityGroupPolicies, CreateSecurityGroupWithPolicies, CreateServiceTemplate, CreateServiceTemplateGroup,
        CreateSnapshotPolicies, CreateSubnet, CreateSubnets, CreateTrafficMirror, CreateTrafficMirrorFilterRules,
        CreateTrafficPackages, CreateVpc, CreateVpcEndPoint, CreateVpcEndPointService,
        CreateVpcEndPointServiceWhiteList, CreateVpcPeeringConnection, CreateVpnConnection, CreateVpnGateway,
        CreateVpnGatewayRoutes, CreateVpnGatewaySslClient, CreateVpnGatewaySslServer, DeleteAddressTemplate,
        DeleteAddressTemplateGroup, DeleteAssistantCidr, DeleteBandwidthPackage, DeleteCcn,
        DeleteCcnPolicyBasedRoutingNextHop, DeleteCcnPolicyBasedRoutingRule, DeleteCcnRouteTables, DeleteCdcLDCXList,
        DeleteCdcNetPlanes, DeleteCustomerGateway, DeleteDhcpIp, DeleteDirectConnectGateway,
        DeleteDirectConnectGatewayCcnRoutes, DeleteFlowLog, DeleteGlobalRoutes, DeleteHaVip,
        DeleteHighPriorityRouteTables, DeleteHighPriorityRoutes, DeleteIp6Translators, DeleteLocalGateway,
        DeleteNatGateway, DeleteNatGatewayDestinationIpPortTranslationNatRule,
        DeleteNatGatewaySourceIpTranslationNatRule, DeleteNetDetect, DeleteNetworkAcl, DeleteNetworkAclEntries,
        DeleteNetworkAclQuintupleEntries, DeleteNetworkInterface, DeletePrivateNatGateway,
        DeletePrivateNatGatewayDestinationIpPortTranslationNatRule, DeletePrivateNatGatewayTranslationAclRule,
        DeletePrivateNatGatewayTranslationNatRule, DeleteReserveIpAddresses, DeleteRoutePolicy,
        DeleteRoutePolicyAssociations, DeleteRoutePolicyEntries, DeleteRouteTable, DeleteRoutes, DeleteSecurityGroup,
        DeleteSecurityGroupPolicies, DeleteServiceTemplate, DeleteServiceTemplateGroup, DeleteSnapshotPolicies,
        DeleteSubnet, DeleteTemplateMember, DeleteTrafficMirror, DeleteTrafficMirrorFilterRules, DeleteTrafficPackages,
        DeleteVpc, DeleteVpcEndPoint, DeleteVpcEndPointService, DeleteVpcEndPointServiceWhiteList,
        DeleteVpcPeeringConnection, DeleteVpnConnection, DeleteVpnGateway, DeleteVpnGatewayRoutes,
        DeleteVpnGatewaySslClient, DeleteVpnGatewaySslServer, DescribeAccountAttributes, DescribeAddressBandwidthRange,
        DescribeAddressQuota, DescribeAddressTemplateGroupInstances, DescribeAddressTemplateGroups,
        DescribeAddressTemplateInstances, DescribeAddressTemplates, DescribeAddresses, DescribeAssistantCidr,
        DescribeBandwidthPackageBandwidthRange, DescribeBandwidthPackageBillUsage, DescribeBandwidthPackageQuota,
        DescribeBandwidthPackageResources, DescribeBandwidthPackages, DescribeCcnAttachedInstances,
        DescribeCcnPolicyBasedRoutingNextHop, DescribeCcnPolicyBasedRoutingRule, DescribeCcnRegionBandwidthLimits,
        DescribeCcnRouteTableBroadcastPolicys, DescribeCcnRouteTableInputPolicys, DescribeCcnRouteTables,
        DescribeCcnRoutes, DescribeCcns, DescribeCdcLDCXList, DescribeCdcNetPlanes, DescribeCdcUsedIdcVlan,
        DescribeClassicLinkInstances, DescribeCrossBorderCcnRegionBandwidthLimits, DescribeCrossBorderCompliance,
        DescribeCrossBorderFlowMonitor, DescribeCustomerGatewayVendors, DescribeCustomerGateways,
        DescribeDesignatedZones, DescribeDhcpIps, DescribeDirectConnectGatewayCcnRoutes, DescribeDirectConnectGateways,
        DescribeFlowLog, DescribeFlowLogs, DescribeGatewayFlowMonitorDetail, DescribeGatewayFlowQos,
        DescribeGlobalRoutes, DescribeHaVips, DescribeHighPriorityRouteTables, DescribeHighPriorityRoutes,
        DescribeIPv6Addresses, DescribeInstanceJumbo, DescribeIp6Addresses, DescribeIp6TranslatorQuota,
        DescribeIp6Translators, DescribeIpGeolocationDatabaseUrl, DescribeIpGeolocationInfos, DescribeLocalGateway,
        DescribeNatGatewayDestinationIpPortTranslationNatRules, DescribeNatGatewayDirectConnectGatewayRoute,
        DescribeNatGatewayFlowMonitorDetail, DescribeNatGatewaySourceIpTranslationNatRules, DescribeNatGatewayZones,
        DescribeNatGateways, DescribeNetDetectStates, DescribeNetDetects, DescribeNetworkAccountType,
        DescribeNetworkAclQuintupleEntries, DescribeNetworkAcls, DescribeNetworkInterfaceLimit,
        DescribeNetworkInterfaces, DescribePrivateNatGatewayDestinationIpPortTranslationNatRules,
        DescribePrivateNatGatewayLimits, DescribePrivateNatGatewayRegions, DescribePrivateNatGatewayTranslationAclRules,
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
        DetachNetworkInterface, DetachSnapshotInstances, DisableCcnRoutes, DisableFlowLogs, DisableGatewayFlowMonitor,
        DisableRoutes, DisableSnapshotPolicies, DisableVpnGatewaySslClientCert, DisassociateAddress,
        DisassociateDhcpIpWithAddressIp, DisassociateDirectConnectGatewayNatGateway, DisassociateHaVipInstance,
        DisassociateIPv6Address, DisassociateNatGatewayAddress, DisassociateNetworkAclSubnets,
        DisassociateNetworkInterfaceSecurityGroups, DisassociateVpcEndPointSecurityGroups,
        DownloadCustomerGatewayConfiguration, DownloadVpnGatewaySslClientCert, EnableCcnRoutes, EnableFlowLogs,
        EnableGatewayFlowMonitor, EnableRoutes, EnableSnapshotPolicies, EnableVpcEndPointConnect,
        EnableVpnGatewaySslClientCert, GenerateVpnConnectionDefaultHealthCheckIp, GetCcnRegionBandwidthLimits,
        HaVipAssociateAddressIp, HaVipDisassociateAddressIp, InquirePriceCreateDirectConnectGateway,
        InquiryPriceAllocateAddresses, InquiryPriceCreateVpnGateway, InquiryPriceModifyAddressesBandwidth,
        InquiryPriceRenewAddresses, InquiryPriceRenewVpnGateway, InquiryPriceResetVpnGatewayInternetMaxBandwidth,
        LockCcnBandwidths, LockCcns, MigrateBandwidthPackageResources, MigrateNetworkInterface, MigratePrivateIpAddress,
        ModifyAddressAttribute, ModifyAddressInternetChargeType, ModifyAddressTemplateAttribute,
        ModifyAddressTemplateGroupAttribute, ModifyAddressesBandwidth, ModifyAddressesRenewFlag, ModifyAssistantCidr,
        ModifyBandwidthPackageAttribute, ModifyBandwidthPackageBandwidth, ModifyCcnAttachedInstancesAttribute,
        ModifyCcnAttribute, ModifyCcnPolicyBasedRoutingNextHopAttribute, ModifyCcnPolicyBasedRoutingRuleAttribute,
        ModifyCcnRegionBandwidthLimitsType, ModifyCcnRouteTables, ModifyCdcLDCXAttribute, ModifyCdcNetPlaneAttribute,
        ModifyCustomerGatewayAttribute, ModifyDhcpIpAttribute, ModifyDirectConnectGatewayAttribute,
        ModifyFlowLogAttribute, ModifyGatewayFlowQos, ModifyGlobalRouteECMPAlgorithm, ModifyGlobalRoutes,
        ModifyHaVipAttribute, ModifyHighPriorityRouteAttribute, ModifyHighPriorityRouteECMPAlgorithm,
        ModifyHighPriorityRouteTableAttribute, ModifyIPv6AddressesAttributes, ModifyIPv6AddressesBandwidth,
        ModifyIp6AddressesBandwidth, ModifyIp6Rule, ModifyIp6Translator, ModifyIpv6AddressesAttribute,
        ModifyLocalGateway, ModifyNatGatewayAdvancedAttribute, ModifyNatGatewayAttribute,
        ModifyNatGatewayDestinationIpPortTranslationNatRule, ModifyNatGatewaySourceIpTranslationNatRule,
        ModifyNetDetect, ModifyNetworkAclAttribute, ModifyNetworkAclEntries, ModifyNetworkAclQuintupleEntries,
        ModifyNetworkInterfaceAttribute, ModifyNetworkInterfaceQos, ModifyPrivateIpAddressesAttribute,
        ModifyPrivateNatGatewayAttribute, ModifyPrivateNatGatewayDestinationIpPortTranslationNatRule,
        ModifyPrivateNatGatewayTranslationAclRule, ModifyPrivateNatGatewayTranslationNatRule, ModifyReserveIpAddress,
        ModifyRoutePolicyAttribute, ModifyRouteTableAttribute, ModifyRouteTableSelectionPolicies,
        ModifySecurityGroupAttribute, ModifySecurityGroupPolicies, ModifyServiceTemplateAttribute,
        ModifyServiceTemplateGroupAttribute, ModifySnapshotPolicies, ModifySubnetAttribute, ModifyTemplateMember,
        ModifyTrafficMirrorAttribute, ModifyTrafficMirrorFilterRules, ModifyVpcAttribute, ModifyVpcEndPointAttribute,
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
        ResetVpnGatewayInternetMaxBandwidth, ResumeSnapshotInstance, ReturnNormalAddresses, SetCcnRegionBandwidthLimits,
        SetVpnGatewaysRenewFlag, StartTrafficMirror, StopTrafficMirror, TransformAddress, UnassignIpv6Addresses,
        UnassignIpv6CidrBlock, UnassignIpv6SubnetCidrBlock, UnassignPrivateIpAddresses, UnlockCcnBandwidths, UnlockCcns,
        UpdateTrafficMirrorAllFilter, UpdateTrafficMirrorDirection, UpgradeNatGatewayProductVersion,
        WithdrawNotifyRoutes;
}

#[test]
fn every_action_compiles() {
    check::all_is_there(ALL, 720);
}

odd::no_odd_member_costs_the_rest!(first 0, second 1, third 2, fourth 3; of 4);

/// Every list is walked.
#[rustfmt::skip]
mod lists {
    #[test]
    fn tencent_tke_2018_05_25() {
        use super::tencent::tke::v2018_05_25::*;
        crate::paging::walk("tencent tke 2018-05-25", || DescribeClusterAsGroups::builder().cluster_id("x").build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeClusterInstances::builder().cluster_id("x").build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeClusterLevelChangeRecords::builder().cluster_id("x").build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeClusterMaintenanceWindowAndExclusions::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeClusterPendingReleases::builder().cluster_id("x").build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeClusterReleases::builder().cluster_id("x").build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeClusterRollOutSequenceTags::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeClusters::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeEKSClusters::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeEKSContainerInstances::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeExistedInstances::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeGlobalMaintenanceWindowAndExclusions::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeImageCaches::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribePodsBySpec::builder().cpu(1.0).memory(1.0).build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribePrometheusAgents::builder().instance_id("x").build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribePrometheusAlertHistory::builder().instance_id("x").build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribePrometheusAlertPolicy::builder().instance_id("x").build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribePrometheusAlertRule::builder().instance_id("x").build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribePrometheusClusterAgents::builder().instance_id("x").build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribePrometheusInstancesOverview::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribePrometheusOverviews::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribePrometheusRecordRules::builder().instance_id("x").build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribePrometheusTemp::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribePrometheusTemplates::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeRIUtilizationDetail::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeReservedInstances::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeRollOutSequences::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeTKEEdgeClusters::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeUpgradeTaskDetail::builder().id(1).build());
        crate::paging::walk("tencent tke 2018-05-25", || DescribeUpgradeTasks::builder().build());
        crate::paging::walk("tencent tke 2018-05-25", || GetUpgradeInstanceProgress::builder().cluster_id("x").build());
    }

    #[test]
    fn tencent_vpc_2017_03_12() {
        use super::tencent::vpc::v2017_03_12::*;
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeAddressTemplateGroups::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeAddressTemplates::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeAddresses::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeAssistantCidr::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeBandwidthPackageResources::builder().bandwidth_package_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeBandwidthPackages::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeCcnAttachedInstances::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeCcnPolicyBasedRoutingNextHop::builder().ccn_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeCcnPolicyBasedRoutingRule::builder().ccn_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeCcnRouteTables::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeCcnRoutes::builder().ccn_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeCcns::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeClassicLinkInstances::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeCrossBorderCcnRegionBandwidthLimits::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeCrossBorderCompliance::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeCustomerGateways::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeDhcpIps::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeDirectConnectGatewayCcnRoutes::builder().direct_connect_gateway_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeDirectConnectGateways::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeFlowLogs::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeGatewayFlowMonitorDetail::builder().time_point("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeGatewayFlowQos::builder().gateway_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeGlobalRoutes::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeHaVips::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeHighPriorityRouteTables::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeHighPriorityRoutes::builder().high_priority_route_table_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeIPv6Addresses::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeIp6Addresses::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeIp6Translators::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeLocalGateway::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeNatGatewayDestinationIpPortTranslationNatRules::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeNatGatewayDirectConnectGatewayRoute::builder().nat_gateway_id("x").vpc_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeNatGatewaySourceIpTranslationNatRules::builder().nat_gateway_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeNatGateways::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeNetDetectStates::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeNetDetects::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeNetworkAclQuintupleEntries::builder().network_acl_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeNetworkAcls::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeNetworkInterfaces::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribePrivateNatGatewayDestinationIpPortTranslationNatRules::builder().nat_gateway_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribePrivateNatGatewayLimits::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribePrivateNatGatewayTranslationAclRules::builder().nat_gateway_id("x").translation_direction("x").translation_type("x").translation_ip("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribePrivateNatGatewayTranslationNatRules::builder().nat_gateway_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribePrivateNatGateways::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeReserveIpAddresses::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeRouteList::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeRoutePolicies::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeRoutePolicyEntries::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeRouteTableAssociatedInstances::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeRouteTableSelectionPolicies::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeRouteTables::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeRoutes::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeSecurityGroups::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeServiceTemplateGroups::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeServiceTemplates::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeSnapshotAttachedInstances::builder().snapshot_policy_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeSnapshotFiles::builder().business_type("x").instance_id("x").start_date("x").end_date("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeSnapshotPolicies::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeSpecificTrafficPackageUsedDetails::builder().traffic_package_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeSubnets::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeTenantCcns::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeTrafficMirrors::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeTrafficPackages::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeUsedIpAddress::builder().vpc_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeVpcEndPoint::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeVpcEndPointService::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeVpcInstances::builder().filters(vec![]).build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeVpcIpv6Addresses::builder().vpc_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeVpcPeeringConnections::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeVpcs::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeVpnConnections::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeVpnGatewayCcnRoutes::builder().vpn_gateway_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeVpnGatewayRoutes::builder().vpn_gateway_id("x").build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeVpnGatewaySslClients::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeVpnGatewaySslServers::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || DescribeVpnGateways::builder().build());
        crate::paging::walk("tencent vpc 2017-03-12", || GetCcnRegionBandwidthLimits::builder().ccn_id("x").build());
    }
}

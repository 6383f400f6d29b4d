//! Every action of 1 product-version: 381 actions, 1678 types. Written by `models/catalogue-tests`.
//!
//! Clippy would read it a second time, and is not meant for what the macro makes.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;
mod odd;
mod paging;

cloudcall_models::actions! {
    alibaba ecs "2014-05-26": *;
}

#[rustfmt::skip]
check::product_versions! {
    "alibaba ecs 2014-05-26" in alibaba::ecs::v2014_05_26:
        AcceptInquiredSystemEvent, ActivateRouterInterface, AddBandwidthPackageIps, AddTags, AllocateDedicatedHosts,
        AllocateEipAddress, AllocatePublicIpAddress, ApplyAutoSnapshotPolicy, AssignIpv6Addresses,
        AssignPrivateIpAddresses, AssociateEipAddress, AssociateHaVip, AttachClassicLinkVpc, AttachDisk,
        AttachInstanceRamRole, AttachKeyPair, AttachNetworkInterface, AuthorizeSecurityGroup,
        AuthorizeSecurityGroupEgress, CancelAutoSnapshotPolicy, CancelCopyImage, CancelImagePipelineExecution,
        CancelPhysicalConnection, CancelSimulatedSystemEvents, CancelTask, CloneDisks, ConnectRouterInterface,
        ConvertNatPublicIpToEip, CopyImage, CopySnapshot, CreateActivation, CreateAutoProvisioningGroup,
        CreateAutoSnapshotPolicy, CreateCapacityReservation, CreateCommand, CreateDedicatedHostCluster,
        CreateDeploymentSet, CreateDiagnosticMetricSet, CreateDiagnosticReport, CreateDisk, CreateElasticityAssurance,
        CreateForwardEntry, CreateHaVip, CreateHpcCluster, CreateImage, CreateImageComponent, CreateImagePipeline,
        CreateInstance, CreateKeyPair, CreateLaunchTemplate, CreateLaunchTemplateVersion, CreateNatGateway,
        CreateNetworkInterface, CreateNetworkInterfacePermission, CreatePhysicalConnection, CreatePlanMaintenanceWindow,
        CreatePortRangeList, CreatePrefixList, CreateRouteEntry, CreateRouterInterface, CreateSavingsPlan,
        CreateSecurityGroup, CreateSimulatedSystemEvents, CreateSnapshot, CreateSnapshotGroup, CreateStorageSet,
        CreateVSwitch, CreateVirtualBorderRouter, CreateVpc, CreateVsc, DeactivateRouterInterface, DeleteActivation,
        DeleteAutoProvisioningGroup, DeleteAutoSnapshotPolicy, DeleteBandwidthPackage, DeleteCommand,
        DeleteDedicatedHostCluster, DeleteDeploymentSet, DeleteDiagnosticMetricSets, DeleteDiagnosticReports,
        DeleteDisk, DeleteForwardEntry, DeleteHaVip, DeleteHpcCluster, DeleteImage, DeleteImageComponent,
        DeleteImagePipeline, DeleteInstance, DeleteInstances, DeleteKeyPairs, DeleteLaunchTemplate,
        DeleteLaunchTemplateVersion, DeleteNatGateway, DeleteNetworkInterface, DeleteNetworkInterfacePermission,
        DeletePhysicalConnection, DeletePlanMaintenanceWindow, DeletePortRangeList, DeletePrefixList, DeleteRouteEntry,
        DeleteRouterInterface, DeleteSecurityGroup, DeleteSnapshot, DeleteSnapshotGroup, DeleteStorageSet,
        DeleteVSwitch, DeleteVirtualBorderRouter, DeleteVpc, DeleteVsc, DeregisterManagedInstance, DescribeAccessPoints,
        DescribeAccountAttributes, DescribeActivations, DescribeAutoProvisioningGroupHistory,
        DescribeAutoProvisioningGroupInstances, DescribeAutoProvisioningGroups, DescribeAutoSnapshotPolicyAssociations,
        DescribeAutoSnapshotPolicyEx, DescribeAvailableResource, DescribeBandwidthLimitation, DescribeBandwidthPackages,
        DescribeCapacityReservationInstances, DescribeCapacityReservations, DescribeClassicLinkInstances,
        DescribeCloudAssistantSettings, DescribeCloudAssistantStatus, DescribeClusters, DescribeCommands,
        DescribeDedicatedHostAutoRenew, DescribeDedicatedHostClusters, DescribeDedicatedHostTypes,
        DescribeDedicatedHosts, DescribeDeploymentSetSupportedInstanceTypeFamily, DescribeDeploymentSets,
        DescribeDiagnosticMetricSets, DescribeDiagnosticMetrics, DescribeDiagnosticReportAttributes,
        DescribeDiagnosticReports, DescribeDiskDefaultKMSKeyId, DescribeDiskEncryptionByDefaultStatus,
        DescribeDiskMonitorData, DescribeDisks, DescribeDisksFullStatus, DescribeEipAddresses, DescribeEipMonitorData,
        DescribeElasticityAssuranceAutoRenewAttribute, DescribeElasticityAssuranceInstances,
        DescribeElasticityAssurances, DescribeEniMonitorData, DescribeForwardTableEntries, DescribeHaVips,
        DescribeHpcClusters, DescribeImageComponents, DescribeImageFromFamily, DescribeImagePipelineExecutions,
        DescribeImagePipelines, DescribeImageSharePermission, DescribeImageSupportInstanceTypes, DescribeImages,
        DescribeInstanceAttachmentAttributes, DescribeInstanceAttribute, DescribeInstanceAutoRenewAttribute,
        DescribeInstanceHistoryEvents, DescribeInstanceMaintenanceAttributes, DescribeInstanceModificationPrice,
        DescribeInstanceMonitorData, DescribeInstanceRamRole, DescribeInstanceStatus, DescribeInstanceTopology,
        DescribeInstanceTypeFamilies, DescribeInstanceTypes, DescribeInstanceVncUrl, DescribeInstances,
        DescribeInstancesFullStatus, DescribeInvocationResults, DescribeInvocations, DescribeKeyPairs,
        DescribeLaunchTemplateVersions, DescribeLaunchTemplates, DescribeLimitation, DescribeLockedSnapshots,
        DescribeManagedInstances, DescribeNatGateways, DescribeNetworkInterfaceAttribute,
        DescribeNetworkInterfacePermissions, DescribeNetworkInterfaces, DescribeNewProjectEipMonitorData,
        DescribePhysicalConnections, DescribePlanMaintenanceWindows, DescribePortRangeListAssociations,
        DescribePortRangeListEntries, DescribePortRangeLists, DescribePrefixListAssociations,
        DescribePrefixListAttributes, DescribePrefixLists, DescribePrice, DescribeRecommendInstanceType,
        DescribeRegions, DescribeRenewalPrice, DescribeReservedInstanceAutoRenewAttribute, DescribeReservedInstances,
        DescribeResourceByTags, DescribeResourcesModification, DescribeRouteTables, DescribeRouterInterfaces,
        DescribeSavingsPlanEstimation, DescribeSavingsPlanPrice, DescribeSecurityGroupAttribute,
        DescribeSecurityGroupReferences, DescribeSecurityGroups, DescribeSendFileResults, DescribeSnapshotGroups,
        DescribeSnapshotLinks, DescribeSnapshotMonitorData, DescribeSnapshotPackage, DescribeSnapshots,
        DescribeSnapshotsUsage, DescribeSpotAdvice, DescribeSpotPriceHistory, DescribeStorageCapacityUnits,
        DescribeStorageSetDetails, DescribeStorageSets, DescribeTags, DescribeTaskAttribute, DescribeTasks,
        DescribeTerminalSessions, DescribeUserBusinessBehavior, DescribeUserData, DescribeVRouters, DescribeVSwitches,
        DescribeVirtualBorderRouters, DescribeVirtualBorderRoutersForPhysicalConnection, DescribeVpcs, DescribeVscs,
        DescribeZones, DetachClassicLinkVpc, DetachDisk, DetachInstanceRamRole, DetachKeyPair, DetachNetworkInterface,
        DisableActivation, DisableDiskEncryptionByDefault, DisableNetworkInterfaceQoS, EnableDiskEncryptionByDefault,
        EnableNetworkInterfaceQoS, EnablePhysicalConnection, EndTerminalSession, ExportImage, ExportSnapshot,
        GetInstanceConsoleOutput, GetInstanceScreenshot, ImportImage, ImportKeyPair, InstallCloudAssistant,
        InvokeCommand, JoinResourceGroup, JoinSecurityGroup, LeaveSecurityGroup, ListPluginStatus, ListTagResources,
        LockSnapshot, ModifyAutoProvisioningGroup, ModifyAutoSnapshotPolicyEx, ModifyBandwidthPackageSpec,
        ModifyCapacityReservation, ModifyCloudAssistantSettings, ModifyCommand, ModifyDedicatedHostAttribute,
        ModifyDedicatedHostAutoReleaseTime, ModifyDedicatedHostAutoRenewAttribute, ModifyDedicatedHostClusterAttribute,
        ModifyDedicatedHostsChargeType, ModifyDeploymentSetAttribute, ModifyDiagnosticMetricSet, ModifyDiskAttribute,
        ModifyDiskChargeType, ModifyDiskDefaultKMSKeyId, ModifyDiskDeployment, ModifyDiskSpec,
        ModifyEipAddressAttribute, ModifyElasticityAssurance, ModifyElasticityAssuranceAutoRenewAttribute,
        ModifyForwardEntry, ModifyHaVipAttribute, ModifyHpcClusterAttribute, ModifyImageAttribute,
        ModifyImageShareGroupPermission, ModifyImageSharePermission, ModifyInstanceAttachmentAttributes,
        ModifyInstanceAttribute, ModifyInstanceAutoReleaseTime, ModifyInstanceAutoRenewAttribute,
        ModifyInstanceChargeType, ModifyInstanceClockOptions, ModifyInstanceDeployment,
        ModifyInstanceMaintenanceAttributes, ModifyInstanceMetadataOptions, ModifyInstanceNetworkOptions,
        ModifyInstanceNetworkSpec, ModifyInstanceSecurityOptions, ModifyInstanceSpec, ModifyInstanceVncPasswd,
        ModifyInstanceVpcAttribute, ModifyInvocationAttribute, ModifyLaunchTemplateDefaultVersion,
        ModifyManagedInstance, ModifyNetworkInterfaceAttribute, ModifyPhysicalConnectionAttribute,
        ModifyPlanMaintenanceWindow, ModifyPortRangeList, ModifyPrefixList, ModifyPrepayInstanceSpec,
        ModifyReservedInstanceAttribute, ModifyReservedInstanceAutoRenewAttribute, ModifyReservedInstances,
        ModifyRouterInterfaceAttribute, ModifyRouterInterfaceSpec, ModifySecurityGroupAttribute,
        ModifySecurityGroupEgressRule, ModifySecurityGroupPolicy, ModifySecurityGroupRule, ModifySnapshotAttribute,
        ModifySnapshotCategory, ModifySnapshotGroup, ModifyStorageCapacityUnitAttribute, ModifyStorageSetAttribute,
        ModifySystemEventAttribute, ModifyUserBusinessBehavior, ModifyVRouterAttribute, ModifyVSwitchAttribute,
        ModifyVirtualBorderRouterAttribute, ModifyVpcAttribute, OpenSnapshotService, PurchaseElasticityAssurance,
        PurchaseReservedInstancesOffering, PurchaseStorageCapacityUnit, ReActivateInstances, ReInitDisk, RebootInstance,
        RebootInstances, RecoverVirtualBorderRouter, RedeployDedicatedHost, RedeployInstance,
        ReleaseCapacityReservation, ReleaseDedicatedHost, ReleaseEipAddress, ReleasePublicIpAddress,
        RemoveBandwidthPackageIps, RemoveTags, RenewDedicatedHosts, RenewElasticityAssurances, RenewInstance,
        RenewReservedInstances, ReplaceSystemDisk, ReportInstancesStatus, ResetDisk, ResetDiskDefaultKMSKeyId,
        ResetDisks, ResizeDisk, RevokeSecurityGroup, RevokeSecurityGroupEgress, RunCommand, RunInstances,
        SendDiagnosticInterrupt, SendFile, StartImagePipelineExecution, StartInstance, StartInstances,
        StartTerminalSession, StopInstance, StopInstances, StopInvocation, TagResources, TerminatePhysicalConnection,
        TerminateVirtualBorderRouter, UnassignIpv6Addresses, UnassignPrivateIpAddresses, UnassociateEipAddress,
        UnassociateHaVip, UnlockSnapshot, UntagResources;
}

#[test]
fn every_action_compiles() {
    check::all_is_there(ALL, 381);
}

odd::no_odd_member_costs_the_rest!(first 0, second 1, third 2, fourth 3; of 4);

/// Every list is walked.
#[rustfmt::skip]
mod lists {
    #[test]
    fn alibaba_ecs_2014_05_26() {
        use super::alibaba::ecs::v2014_05_26::*;
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeAccessPoints::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeActivations::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeAutoProvisioningGroupHistory::builder().auto_provisioning_group_id("x").region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeAutoProvisioningGroupInstances::builder().auto_provisioning_group_id("x").region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeAutoProvisioningGroups::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeAutoSnapshotPolicyAssociations::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeAutoSnapshotPolicyEx::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeBandwidthPackages::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeCapacityReservationInstances::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeCapacityReservations::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeCloudAssistantStatus::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeCommands::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeDedicatedHostClusters::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeDedicatedHosts::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeDeploymentSets::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeDiagnosticMetricSets::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeDiagnosticMetrics::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeDiagnosticReports::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeDisks::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeDisksFullStatus::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeEipAddresses::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeElasticityAssuranceInstances::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeElasticityAssurances::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeForwardTableEntries::builder().forward_table_id("x").region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeHaVips::builder().filter(vec![]).region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeHpcClusters::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeImageComponents::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeImagePipelineExecutions::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeImagePipelines::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeImages::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeInstanceAttachmentAttributes::builder().instance_ids("x").region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeInstanceHistoryEvents::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeInstanceMaintenanceAttributes::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeInstanceRamRole::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeInstanceStatus::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeInstanceTypes::builder().build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeInstances::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeInstancesFullStatus::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeInvocations::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeKeyPairs::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeLaunchTemplateVersions::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeLaunchTemplates::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeLockedSnapshots::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeManagedInstances::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeNatGateways::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeNetworkInterfacePermissions::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeNetworkInterfaces::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribePhysicalConnections::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribePlanMaintenanceWindows::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribePortRangeListAssociations::builder().port_range_list_id("x").region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribePortRangeLists::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribePrefixListAssociations::builder().prefix_list_id("x").region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribePrefixLists::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeReservedInstances::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeResourceByTags::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeRouteTables::builder().build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeRouterInterfaces::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeSecurityGroups::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeSendFileResults::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeSnapshotGroups::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeSnapshotLinks::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeSnapshotPackage::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeSnapshots::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeStorageCapacityUnits::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeStorageSetDetails::builder().region_id("x").storage_set_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeStorageSets::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeTags::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeTasks::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeTerminalSessions::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeVRouters::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeVSwitches::builder().build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeVirtualBorderRouters::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeVirtualBorderRoutersForPhysicalConnection::builder().physical_connection_id("x").region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeVpcs::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || DescribeVscs::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || ListPluginStatus::builder().region_id("x").build());
        crate::paging::walk("alibaba ecs 2014-05-26", || ListTagResources::builder().region_id("x").resource_type("x").build());
    }
}

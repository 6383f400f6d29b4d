//! Every action of 1 product-version: 381 actions, 1678 types. Written by `models/catalogue-tests`.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;

#[rustfmt::skip]
check::target! {
    381 actions;

    alibaba ecs "2014-05-26" in v2014_05_26 as alibaba_ecs_2014_05_26 {
        actions {
            AcceptInquiredSystemEvent, ActivateRouterInterface, AddBandwidthPackageIps, AddTags, AllocateDedicatedHosts,
            AllocateEipAddress, AllocatePublicIpAddress, ApplyAutoSnapshotPolicy, AssignIpv6Addresses,
            AssignPrivateIpAddresses, AssociateEipAddress, AssociateHaVip, AttachClassicLinkVpc, AttachDisk,
            AttachInstanceRamRole, AttachKeyPair, AttachNetworkInterface, AuthorizeSecurityGroup,
            AuthorizeSecurityGroupEgress, CancelAutoSnapshotPolicy, CancelCopyImage, CancelImagePipelineExecution,
            CancelPhysicalConnection, CancelSimulatedSystemEvents, CancelTask, CloneDisks, ConnectRouterInterface,
            ConvertNatPublicIpToEip, CopyImage, CopySnapshot, CreateActivation, CreateAutoProvisioningGroup,
            CreateAutoSnapshotPolicy, CreateCapacityReservation, CreateCommand, CreateDedicatedHostCluster,
            CreateDeploymentSet, CreateDiagnosticMetricSet, CreateDiagnosticReport, CreateDisk,
            CreateElasticityAssurance, CreateForwardEntry, CreateHaVip, CreateHpcCluster, CreateImage,
            CreateImageComponent, CreateImagePipeline, CreateInstance, CreateKeyPair, CreateLaunchTemplate,
            CreateLaunchTemplateVersion, CreateNatGateway, CreateNetworkInterface, CreateNetworkInterfacePermission,
            CreatePhysicalConnection, CreatePlanMaintenanceWindow, CreatePortRangeList, CreatePrefixList,
            CreateRouteEntry, CreateRouterInterface, CreateSavingsPlan, CreateSecurityGroup,
            CreateSimulatedSystemEvents, CreateSnapshot, CreateSnapshotGroup, CreateStorageSet, CreateVSwitch,
            CreateVirtualBorderRouter, CreateVpc, CreateVsc, DeactivateRouterInterface, DeleteActivation,
            DeleteAutoProvisioningGroup, DeleteAutoSnapshotPolicy, DeleteBandwidthPackage, DeleteCommand,
            DeleteDedicatedHostCluster, DeleteDeploymentSet, DeleteDiagnosticMetricSets, DeleteDiagnosticReports,
            DeleteDisk, DeleteForwardEntry, DeleteHaVip, DeleteHpcCluster, DeleteImage, DeleteImageComponent,
            DeleteImagePipeline, DeleteInstance, DeleteInstances, DeleteKeyPairs, DeleteLaunchTemplate,
            DeleteLaunchTemplateVersion, DeleteNatGateway, DeleteNetworkInterface, DeleteNetworkInterfacePermission,
            DeletePhysicalConnection, DeletePlanMaintenanceWindow, DeletePortRangeList, DeletePrefixList,
            DeleteRouteEntry, DeleteRouterInterface, DeleteSecurityGroup, DeleteSnapshot, DeleteSnapshotGroup,
            DeleteStorageSet, DeleteVSwitch, DeleteVirtualBorderRouter, DeleteVpc, DeleteVsc, DeregisterManagedInstance,
            DescribeAccessPoints, DescribeAccountAttributes, DescribeActivations, DescribeAutoProvisioningGroupHistory,
            DescribeAutoProvisioningGroupInstances, DescribeAutoProvisioningGroups,
            DescribeAutoSnapshotPolicyAssociations, DescribeAutoSnapshotPolicyEx, DescribeAvailableResource,
            DescribeBandwidthLimitation, DescribeBandwidthPackages, DescribeCapacityReservationInstances,
            DescribeCapacityReservations, DescribeClassicLinkInstances, DescribeCloudAssistantSettings,
            DescribeCloudAssistantStatus, DescribeClusters, DescribeCommands, DescribeDedicatedHostAutoRenew,
            DescribeDedicatedHostClusters, DescribeDedicatedHostTypes, DescribeDedicatedHosts,
            DescribeDeploymentSetSupportedInstanceTypeFamily, DescribeDeploymentSets, DescribeDiagnosticMetricSets,
            DescribeDiagnosticMetrics, DescribeDiagnosticReportAttributes, DescribeDiagnosticReports,
            DescribeDiskDefaultKMSKeyId, DescribeDiskEncryptionByDefaultStatus, DescribeDiskMonitorData, DescribeDisks,
            DescribeDisksFullStatus, DescribeEipAddresses, DescribeEipMonitorData,
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
            DescribeRegions, DescribeRenewalPrice, DescribeReservedInstanceAutoRenewAttribute,
            DescribeReservedInstances, DescribeResourceByTags, DescribeResourcesModification, DescribeRouteTables,
            DescribeRouterInterfaces, DescribeSavingsPlanEstimation, DescribeSavingsPlanPrice,
            DescribeSecurityGroupAttribute, DescribeSecurityGroupReferences, DescribeSecurityGroups,
            DescribeSendFileResults, DescribeSnapshotGroups, DescribeSnapshotLinks, DescribeSnapshotMonitorData,
            DescribeSnapshotPackage, DescribeSnapshots, DescribeSnapshotsUsage, DescribeSpotAdvice,
            DescribeSpotPriceHistory, DescribeStorageCapacityUnits, DescribeStorageSetDetails, DescribeStorageSets,
            DescribeTags, DescribeTaskAttribute, DescribeTasks, DescribeTerminalSessions, DescribeUserBusinessBehavior,
            DescribeUserData, DescribeVRouters, DescribeVSwitches, DescribeVirtualBorderRouters,
            DescribeVirtualBorderRoutersForPhysicalConnection, DescribeVpcs, DescribeVscs, DescribeZones,
            DetachClassicLinkVpc, DetachDisk, DetachInstanceRamRole, DetachKeyPair, DetachNetworkInterface,
            DisableActivation, DisableDiskEncryptionByDefault, DisableNetworkInterfaceQoS,
            EnableDiskEncryptionByDefault, EnableNetworkInterfaceQoS, EnablePhysicalConnection, EndTerminalSession,
            ExportImage, ExportSnapshot, GetInstanceConsoleOutput, GetInstanceScreenshot, ImportImage, ImportKeyPair,
            InstallCloudAssistant, InvokeCommand, JoinResourceGroup, JoinSecurityGroup, LeaveSecurityGroup,
            ListPluginStatus, ListTagResources, LockSnapshot, ModifyAutoProvisioningGroup, ModifyAutoSnapshotPolicyEx,
            ModifyBandwidthPackageSpec, ModifyCapacityReservation, ModifyCloudAssistantSettings, ModifyCommand,
            ModifyDedicatedHostAttribute, ModifyDedicatedHostAutoReleaseTime, ModifyDedicatedHostAutoRenewAttribute,
            ModifyDedicatedHostClusterAttribute, ModifyDedicatedHostsChargeType, ModifyDeploymentSetAttribute,
            ModifyDiagnosticMetricSet, ModifyDiskAttribute, ModifyDiskChargeType, ModifyDiskDefaultKMSKeyId,
            ModifyDiskDeployment, ModifyDiskSpec, ModifyEipAddressAttribute, ModifyElasticityAssurance,
            ModifyElasticityAssuranceAutoRenewAttribute, ModifyForwardEntry, ModifyHaVipAttribute,
            ModifyHpcClusterAttribute, ModifyImageAttribute, ModifyImageShareGroupPermission,
            ModifyImageSharePermission, ModifyInstanceAttachmentAttributes, ModifyInstanceAttribute,
            ModifyInstanceAutoReleaseTime, ModifyInstanceAutoRenewAttribute, ModifyInstanceChargeType,
            ModifyInstanceClockOptions, ModifyInstanceDeployment, ModifyInstanceMaintenanceAttributes,
            ModifyInstanceMetadataOptions, ModifyInstanceNetworkOptions, ModifyInstanceNetworkSpec,
            ModifyInstanceSecurityOptions, ModifyInstanceSpec, ModifyInstanceVncPasswd, ModifyInstanceVpcAttribute,
            ModifyInvocationAttribute, ModifyLaunchTemplateDefaultVersion, ModifyManagedInstance,
            ModifyNetworkInterfaceAttribute, ModifyPhysicalConnectionAttribute, ModifyPlanMaintenanceWindow,
            ModifyPortRangeList, ModifyPrefixList, ModifyPrepayInstanceSpec, ModifyReservedInstanceAttribute,
            ModifyReservedInstanceAutoRenewAttribute, ModifyReservedInstances, ModifyRouterInterfaceAttribute,
            ModifyRouterInterfaceSpec, ModifySecurityGroupAttribute, ModifySecurityGroupEgressRule,
            ModifySecurityGroupPolicy, ModifySecurityGroupRule, ModifySnapshotAttribute, ModifySnapshotCategory,
            ModifySnapshotGroup, ModifyStorageCapacityUnitAttribute, ModifyStorageSetAttribute,
            ModifySystemEventAttribute, ModifyUserBusinessBehavior, ModifyVRouterAttribute, ModifyVSwitchAttribute,
            ModifyVirtualBorderRouterAttribute, ModifyVpcAttribute, OpenSnapshotService, PurchaseElasticityAssurance,
            PurchaseReservedInstancesOffering, PurchaseStorageCapacityUnit, ReActivateInstances, ReInitDisk,
            RebootInstance, RebootInstances, RecoverVirtualBorderRouter, RedeployDedicatedHost, RedeployInstance,
            ReleaseCapacityReservation, ReleaseDedicatedHost, ReleaseEipAddress, ReleasePublicIpAddress,
            RemoveBandwidthPackageIps, RemoveTags, RenewDedicatedHosts, RenewElasticityAssurances, RenewInstance,
            RenewReservedInstances, ReplaceSystemDisk, ReportInstancesStatus, ResetDisk, ResetDiskDefaultKMSKeyId,
            ResetDisks, ResizeDisk, RevokeSecurityGroup, RevokeSecurityGroupEgress, RunCommand, RunInstances,
            SendDiagnosticInterrupt, SendFile, StartImagePipelineExecution, StartInstance, StartInstances,
            StartTerminalSession, StopInstance, StopInstances, StopInvocation, TagResources,
            TerminatePhysicalConnection, TerminateVirtualBorderRouter, UnassignIpv6Addresses,
            UnassignPrivateIpAddresses, UnassociateEipAddress, UnassociateHaVip, UnlockSnapshot, UntagResources
        }
        lists {
            DescribeAccessPoints.region_id("x");
            DescribeActivations.region_id("x");
            DescribeAutoProvisioningGroupHistory.auto_provisioning_group_id("x").region_id("x");
            DescribeAutoProvisioningGroupInstances.auto_provisioning_group_id("x").region_id("x");
            DescribeAutoProvisioningGroups.region_id("x");
            DescribeAutoSnapshotPolicyAssociations.region_id("x");
            DescribeAutoSnapshotPolicyEx.region_id("x");
            DescribeBandwidthPackages.region_id("x");
            DescribeCapacityReservationInstances.region_id("x");
            DescribeCapacityReservations.region_id("x");
            DescribeCloudAssistantStatus.region_id("x");
            DescribeCommands.region_id("x");
            DescribeDedicatedHostClusters.region_id("x");
            DescribeDedicatedHosts.region_id("x");
            DescribeDeploymentSets.region_id("x");
            DescribeDiagnosticMetricSets.region_id("x");
            DescribeDiagnosticMetrics.region_id("x");
            DescribeDiagnosticReports.region_id("x");
            DescribeDisks.region_id("x");
            DescribeDisksFullStatus.region_id("x");
            DescribeEipAddresses.region_id("x");
            DescribeElasticityAssuranceInstances.region_id("x");
            DescribeElasticityAssurances.region_id("x");
            DescribeForwardTableEntries.forward_table_id("x").region_id("x");
            DescribeHaVips.filter(vec![]).region_id("x");
            DescribeHpcClusters.region_id("x");
            DescribeImageComponents.region_id("x");
            DescribeImagePipelineExecutions.region_id("x");
            DescribeImagePipelines.region_id("x");
            DescribeImages.region_id("x");
            DescribeInstanceAttachmentAttributes.instance_ids("x").region_id("x");
            DescribeInstanceHistoryEvents.region_id("x");
            DescribeInstanceMaintenanceAttributes.region_id("x");
            DescribeInstanceRamRole.region_id("x");
            DescribeInstanceStatus.region_id("x");
            DescribeInstanceTypes;
            DescribeInstances.region_id("x");
            DescribeInstancesFullStatus.region_id("x");
            DescribeInvocations.region_id("x");
            DescribeKeyPairs.region_id("x");
            DescribeLaunchTemplateVersions.region_id("x");
            DescribeLaunchTemplates.region_id("x");
            DescribeLockedSnapshots.region_id("x");
            DescribeManagedInstances.region_id("x");
            DescribeNatGateways.region_id("x");
            DescribeNetworkInterfacePermissions.region_id("x");
            DescribeNetworkInterfaces.region_id("x");
            DescribePhysicalConnections.region_id("x");
            DescribePlanMaintenanceWindows.region_id("x");
            DescribePortRangeListAssociations.port_range_list_id("x").region_id("x");
            DescribePortRangeLists.region_id("x");
            DescribePrefixListAssociations.prefix_list_id("x").region_id("x");
            DescribePrefixLists.region_id("x");
            DescribeReservedInstances.region_id("x");
            DescribeResourceByTags.region_id("x");
            DescribeRouteTables;
            DescribeRouterInterfaces.region_id("x");
            DescribeSecurityGroups.region_id("x");
            DescribeSendFileResults.region_id("x");
            DescribeSnapshotGroups.region_id("x");
            DescribeSnapshotLinks.region_id("x");
            DescribeSnapshotPackage.region_id("x");
            DescribeSnapshots.region_id("x");
            DescribeStorageCapacityUnits.region_id("x");
            DescribeStorageSetDetails.region_id("x").storage_set_id("x");
            DescribeStorageSets.region_id("x");
            DescribeTags.region_id("x");
            DescribeTasks.region_id("x");
            DescribeTerminalSessions.region_id("x");
            DescribeVRouters.region_id("x");
            DescribeVSwitches;
            DescribeVirtualBorderRouters.region_id("x");
            DescribeVirtualBorderRoutersForPhysicalConnection.physical_connection_id("x").region_id("x");
            DescribeVpcs.region_id("x");
            DescribeVscs.region_id("x");
            ListPluginStatus.region_id("x");
            ListTagResources.region_id("x").resource_type("x");
        }
    }
}

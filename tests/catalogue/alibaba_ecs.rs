//! Every action of 1 product-version: 380 actions, 1675 types. Written by `models/catalogue-tests`.
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
mod compiled {
    use crate::check::action;

    pub(crate) static ALL: &[crate::check::Compiled] = &[
        ("alibaba ecs 2014-05-26", {
            use super::alibaba::ecs::v2014_05_26::*;
            &[
            action::<AcceptInquiredSystemEvent>(),
            action::<ActivateRouterInterface>(),
            action::<AddBandwidthPackageIps>(),
            action::<AddTags>(),
            action::<AllocateDedicatedHosts>(),
            action::<AllocateEipAddress>(),
            action::<AllocatePublicIpAddress>(),
            action::<ApplyAutoSnapshotPolicy>(),
            action::<AssignIpv6Addresses>(),
            action::<AssignPrivateIpAddresses>(),
            action::<AssociateEipAddress>(),
            action::<AssociateHaVip>(),
            action::<AttachClassicLinkVpc>(),
            action::<AttachDisk>(),
            action::<AttachInstanceRamRole>(),
            action::<AttachKeyPair>(),
            action::<AttachNetworkInterface>(),
            action::<AuthorizeSecurityGroup>(),
            action::<AuthorizeSecurityGroupEgress>(),
            action::<CancelAutoSnapshotPolicy>(),
            action::<CancelCopyImage>(),
            action::<CancelImagePipelineExecution>(),
            action::<CancelPhysicalConnection>(),
            action::<CancelSimulatedSystemEvents>(),
            action::<CancelTask>(),
            action::<CloneDisks>(),
            action::<ConnectRouterInterface>(),
            action::<ConvertNatPublicIpToEip>(),
            action::<CopyImage>(),
            action::<CopySnapshot>(),
            action::<CreateActivation>(),
            action::<CreateAutoProvisioningGroup>(),
            action::<CreateAutoSnapshotPolicy>(),
            action::<CreateCapacityReservation>(),
            action::<CreateCommand>(),
            action::<CreateDedicatedHostCluster>(),
            action::<CreateDeploymentSet>(),
            action::<CreateDiagnosticMetricSet>(),
            action::<CreateDiagnosticReport>(),
            action::<CreateDisk>(),
            action::<CreateElasticityAssurance>(),
            action::<CreateForwardEntry>(),
            action::<CreateHaVip>(),
            action::<CreateHpcCluster>(),
            action::<CreateImage>(),
            action::<CreateImageComponent>(),
            action::<CreateImagePipeline>(),
            action::<CreateInstance>(),
            action::<CreateKeyPair>(),
            action::<CreateLaunchTemplate>(),
            action::<CreateLaunchTemplateVersion>(),
            action::<CreateNatGateway>(),
            action::<CreateNetworkInterface>(),
            action::<CreateNetworkInterfacePermission>(),
            action::<CreatePhysicalConnection>(),
            action::<CreatePlanMaintenanceWindow>(),
            action::<CreatePortRangeList>(),
            action::<CreatePrefixList>(),
            action::<CreateRouteEntry>(),
            action::<CreateRouterInterface>(),
            action::<CreateSavingsPlan>(),
            action::<CreateSecurityGroup>(),
            action::<CreateSimulatedSystemEvents>(),
            action::<CreateSnapshot>(),
            action::<CreateSnapshotGroup>(),
            action::<CreateStorageSet>(),
            action::<CreateVSwitch>(),
            action::<CreateVirtualBorderRouter>(),
            action::<CreateVpc>(),
            action::<CreateVsc>(),
            action::<DeactivateRouterInterface>(),
            action::<DeleteActivation>(),
            action::<DeleteAutoProvisioningGroup>(),
            action::<DeleteAutoSnapshotPolicy>(),
            action::<DeleteBandwidthPackage>(),
            action::<DeleteCommand>(),
            action::<DeleteDedicatedHostCluster>(),
            action::<DeleteDeploymentSet>(),
            action::<DeleteDiagnosticMetricSets>(),
            action::<DeleteDiagnosticReports>(),
            action::<DeleteDisk>(),
            action::<DeleteForwardEntry>(),
            action::<DeleteHaVip>(),
            action::<DeleteHpcCluster>(),
            action::<DeleteImage>(),
            action::<DeleteImageComponent>(),
            action::<DeleteImagePipeline>(),
            action::<DeleteInstance>(),
            action::<DeleteInstances>(),
            action::<DeleteKeyPairs>(),
            action::<DeleteLaunchTemplate>(),
            action::<DeleteLaunchTemplateVersion>(),
            action::<DeleteNatGateway>(),
            action::<DeleteNetworkInterface>(),
            action::<DeleteNetworkInterfacePermission>(),
            action::<DeletePhysicalConnection>(),
            action::<DeletePlanMaintenanceWindow>(),
            action::<DeletePortRangeList>(),
            action::<DeletePrefixList>(),
            action::<DeleteRouteEntry>(),
            action::<DeleteRouterInterface>(),
            action::<DeleteSecurityGroup>(),
            action::<DeleteSnapshot>(),
            action::<DeleteSnapshotGroup>(),
            action::<DeleteStorageSet>(),
            action::<DeleteVSwitch>(),
            action::<DeleteVirtualBorderRouter>(),
            action::<DeleteVpc>(),
            action::<DeleteVsc>(),
            action::<DeregisterManagedInstance>(),
            action::<DescribeAccessPoints>(),
            action::<DescribeAccountAttributes>(),
            action::<DescribeActivations>(),
            action::<DescribeAutoProvisioningGroupHistory>(),
            action::<DescribeAutoProvisioningGroupInstances>(),
            action::<DescribeAutoProvisioningGroups>(),
            action::<DescribeAutoSnapshotPolicyAssociations>(),
            action::<DescribeAutoSnapshotPolicyEx>(),
            action::<DescribeAvailableResource>(),
            action::<DescribeBandwidthLimitation>(),
            action::<DescribeBandwidthPackages>(),
            action::<DescribeCapacityReservationInstances>(),
            action::<DescribeCapacityReservations>(),
            action::<DescribeClassicLinkInstances>(),
            action::<DescribeCloudAssistantSettings>(),
            action::<DescribeCloudAssistantStatus>(),
            action::<DescribeClusters>(),
            action::<DescribeCommands>(),
            action::<DescribeDedicatedHostAutoRenew>(),
            action::<DescribeDedicatedHostClusters>(),
            action::<DescribeDedicatedHostTypes>(),
            action::<DescribeDedicatedHosts>(),
            action::<DescribeDeploymentSetSupportedInstanceTypeFamily>(),
            action::<DescribeDeploymentSets>(),
            action::<DescribeDiagnosticMetricSets>(),
            action::<DescribeDiagnosticMetrics>(),
            action::<DescribeDiagnosticReportAttributes>(),
            action::<DescribeDiagnosticReports>(),
            action::<DescribeDiskDefaultKMSKeyId>(),
            action::<DescribeDiskEncryptionByDefaultStatus>(),
            action::<DescribeDiskMonitorData>(),
            action::<DescribeDisks>(),
            action::<DescribeDisksFullStatus>(),
            action::<DescribeEipAddresses>(),
            action::<DescribeEipMonitorData>(),
            action::<DescribeElasticityAssuranceAutoRenewAttribute>(),
            action::<DescribeElasticityAssuranceInstances>(),
            action::<DescribeElasticityAssurances>(),
            action::<DescribeEniMonitorData>(),
            action::<DescribeForwardTableEntries>(),
            action::<DescribeHaVips>(),
            action::<DescribeHpcClusters>(),
            action::<DescribeImageComponents>(),
            action::<DescribeImageFromFamily>(),
            action::<DescribeImagePipelineExecutions>(),
            action::<DescribeImagePipelines>(),
            action::<DescribeImageSharePermission>(),
            action::<DescribeImageSupportInstanceTypes>(),
            action::<DescribeImages>(),
            action::<DescribeInstanceAttachmentAttributes>(),
            action::<DescribeInstanceAttribute>(),
            action::<DescribeInstanceAutoRenewAttribute>(),
            action::<DescribeInstanceHistoryEvents>(),
            action::<DescribeInstanceMaintenanceAttributes>(),
            action::<DescribeInstanceModificationPrice>(),
            action::<DescribeInstanceMonitorData>(),
            action::<DescribeInstanceRamRole>(),
            action::<DescribeInstanceStatus>(),
            action::<DescribeInstanceTopology>(),
            action::<DescribeInstanceTypeFamilies>(),
            action::<DescribeInstanceTypes>(),
            action::<DescribeInstanceVncUrl>(),
            action::<DescribeInstances>(),
            action::<DescribeInstancesFullStatus>(),
            action::<DescribeInvocationResults>(),
            action::<DescribeInvocations>(),
            action::<DescribeKeyPairs>(),
            action::<DescribeLaunchTemplateVersions>(),
            action::<DescribeLaunchTemplates>(),
            action::<DescribeLimitation>(),
            action::<DescribeLockedSnapshots>(),
            action::<DescribeManagedInstances>(),
            action::<DescribeNatGateways>(),
            action::<DescribeNetworkInterfaceAttribute>(),
            action::<DescribeNetworkInterfacePermissions>(),
            action::<DescribeNetworkInterfaces>(),
            action::<DescribeNewProjectEipMonitorData>(),
            action::<DescribePhysicalConnections>(),
            action::<DescribePlanMaintenanceWindows>(),
            action::<DescribePortRangeListAssociations>(),
            action::<DescribePortRangeListEntries>(),
            action::<DescribePortRangeLists>(),
            action::<DescribePrefixListAssociations>(),
            action::<DescribePrefixListAttributes>(),
            action::<DescribePrefixLists>(),
            action::<DescribePrice>(),
            action::<DescribeRecommendInstanceType>(),
            action::<DescribeRegions>(),
            action::<DescribeRenewalPrice>(),
            action::<DescribeReservedInstanceAutoRenewAttribute>(),
            action::<DescribeReservedInstances>(),
            action::<DescribeResourceByTags>(),
            action::<DescribeResourcesModification>(),
            action::<DescribeRouteTables>(),
            action::<DescribeRouterInterfaces>(),
            action::<DescribeSavingsPlanEstimation>(),
            action::<DescribeSavingsPlanPrice>(),
            action::<DescribeSecurityGroupAttribute>(),
            action::<DescribeSecurityGroupReferences>(),
            action::<DescribeSecurityGroups>(),
            action::<DescribeSendFileResults>(),
            action::<DescribeSnapshotGroups>(),
            action::<DescribeSnapshotLinks>(),
            action::<DescribeSnapshotMonitorData>(),
            action::<DescribeSnapshotPackage>(),
            action::<DescribeSnapshots>(),
            action::<DescribeSnapshotsUsage>(),
            action::<DescribeSpotAdvice>(),
            action::<DescribeSpotPriceHistory>(),
            action::<DescribeStorageCapacityUnits>(),
            action::<DescribeStorageSetDetails>(),
            action::<DescribeStorageSets>(),
            action::<DescribeTags>(),
            action::<DescribeTaskAttribute>(),
            action::<DescribeTasks>(),
            action::<DescribeTerminalSessions>(),
            action::<DescribeUserBusinessBehavior>(),
            action::<DescribeUserData>(),
            action::<DescribeVRouters>(),
            action::<DescribeVSwitches>(),
            action::<DescribeVirtualBorderRouters>(),
            action::<DescribeVirtualBorderRoutersForPhysicalConnection>(),
            action::<DescribeVpcs>(),
            action::<DescribeVscs>(),
            action::<DescribeZones>(),
            action::<DetachClassicLinkVpc>(),
            action::<DetachDisk>(),
            action::<DetachInstanceRamRole>(),
            action::<DetachKeyPair>(),
            action::<DetachNetworkInterface>(),
            action::<DisableActivation>(),
            action::<DisableDiskEncryptionByDefault>(),
            action::<DisableNetworkInterfaceQoS>(),
            action::<EnableDiskEncryptionByDefault>(),
            action::<EnableNetworkInterfaceQoS>(),
            action::<EnablePhysicalConnection>(),
            action::<EndTerminalSession>(),
            action::<ExportImage>(),
            action::<ExportSnapshot>(),
            action::<GetInstanceConsoleOutput>(),
            action::<GetInstanceScreenshot>(),
            action::<ImportImage>(),
            action::<ImportKeyPair>(),
            action::<InstallCloudAssistant>(),
            action::<InvokeCommand>(),
            action::<JoinResourceGroup>(),
            action::<JoinSecurityGroup>(),
            action::<LeaveSecurityGroup>(),
            action::<ListPluginStatus>(),
            action::<ListTagResources>(),
            action::<LockSnapshot>(),
            action::<ModifyAutoProvisioningGroup>(),
            action::<ModifyAutoSnapshotPolicyEx>(),
            action::<ModifyBandwidthPackageSpec>(),
            action::<ModifyCapacityReservation>(),
            action::<ModifyCloudAssistantSettings>(),
            action::<ModifyCommand>(),
            action::<ModifyDedicatedHostAttribute>(),
            action::<ModifyDedicatedHostAutoReleaseTime>(),
            action::<ModifyDedicatedHostAutoRenewAttribute>(),
            action::<ModifyDedicatedHostClusterAttribute>(),
            action::<ModifyDedicatedHostsChargeType>(),
            action::<ModifyDeploymentSetAttribute>(),
            action::<ModifyDiagnosticMetricSet>(),
            action::<ModifyDiskAttribute>(),
            action::<ModifyDiskChargeType>(),
            action::<ModifyDiskDefaultKMSKeyId>(),
            action::<ModifyDiskDeployment>(),
            action::<ModifyDiskSpec>(),
            action::<ModifyEipAddressAttribute>(),
            action::<ModifyElasticityAssurance>(),
            action::<ModifyElasticityAssuranceAutoRenewAttribute>(),
            action::<ModifyForwardEntry>(),
            action::<ModifyHaVipAttribute>(),
            action::<ModifyHpcClusterAttribute>(),
            action::<ModifyImageAttribute>(),
            action::<ModifyImageShareGroupPermission>(),
            action::<ModifyImageSharePermission>(),
            action::<ModifyInstanceAttachmentAttributes>(),
            action::<ModifyInstanceAttribute>(),
            action::<ModifyInstanceAutoReleaseTime>(),
            action::<ModifyInstanceAutoRenewAttribute>(),
            action::<ModifyInstanceChargeType>(),
            action::<ModifyInstanceClockOptions>(),
            action::<ModifyInstanceDeployment>(),
            action::<ModifyInstanceMaintenanceAttributes>(),
            action::<ModifyInstanceMetadataOptions>(),
            action::<ModifyInstanceNetworkOptions>(),
            action::<ModifyInstanceNetworkSpec>(),
            action::<ModifyInstanceSecurityOptions>(),
            action::<ModifyInstanceSpec>(),
            action::<ModifyInstanceVncPasswd>(),
            action::<ModifyInstanceVpcAttribute>(),
            action::<ModifyInvocationAttribute>(),
            action::<ModifyLaunchTemplateDefaultVersion>(),
            action::<ModifyManagedInstance>(),
            action::<ModifyNetworkInterfaceAttribute>(),
            action::<ModifyPhysicalConnectionAttribute>(),
            action::<ModifyPlanMaintenanceWindow>(),
            action::<ModifyPortRangeList>(),
            action::<ModifyPrefixList>(),
            action::<ModifyPrepayInstanceSpec>(),
            action::<ModifyReservedInstanceAttribute>(),
            action::<ModifyReservedInstanceAutoRenewAttribute>(),
            action::<ModifyReservedInstances>(),
            action::<ModifyRouterInterfaceAttribute>(),
            action::<ModifyRouterInterfaceSpec>(),
            action::<ModifySecurityGroupAttribute>(),
            action::<ModifySecurityGroupEgressRule>(),
            action::<ModifySecurityGroupPolicy>(),
            action::<ModifySecurityGroupRule>(),
            action::<ModifySnapshotAttribute>(),
            action::<ModifySnapshotCategory>(),
            action::<ModifySnapshotGroup>(),
            action::<ModifyStorageCapacityUnitAttribute>(),
            action::<ModifyStorageSetAttribute>(),
            action::<ModifySystemEventAttribute>(),
            action::<ModifyUserBusinessBehavior>(),
            action::<ModifyVRouterAttribute>(),
            action::<ModifyVSwitchAttribute>(),
            action::<ModifyVirtualBorderRouterAttribute>(),
            action::<ModifyVpcAttribute>(),
            action::<OpenSnapshotService>(),
            action::<PurchaseReservedInstancesOffering>(),
            action::<PurchaseStorageCapacityUnit>(),
            action::<ReActivateInstances>(),
            action::<ReInitDisk>(),
            action::<RebootInstance>(),
            action::<RebootInstances>(),
            action::<RecoverVirtualBorderRouter>(),
            action::<RedeployDedicatedHost>(),
            action::<RedeployInstance>(),
            action::<ReleaseCapacityReservation>(),
            action::<ReleaseDedicatedHost>(),
            action::<ReleaseEipAddress>(),
            action::<ReleasePublicIpAddress>(),
            action::<RemoveBandwidthPackageIps>(),
            action::<RemoveTags>(),
            action::<RenewDedicatedHosts>(),
            action::<RenewElasticityAssurances>(),
            action::<RenewInstance>(),
            action::<RenewReservedInstances>(),
            action::<ReplaceSystemDisk>(),
            action::<ReportInstancesStatus>(),
            action::<ResetDisk>(),
            action::<ResetDiskDefaultKMSKeyId>(),
            action::<ResetDisks>(),
            action::<ResizeDisk>(),
            action::<RevokeSecurityGroup>(),
            action::<RevokeSecurityGroupEgress>(),
            action::<RunCommand>(),
            action::<RunInstances>(),
            action::<SendDiagnosticInterrupt>(),
            action::<SendFile>(),
            action::<StartImagePipelineExecution>(),
            action::<StartInstance>(),
            action::<StartInstances>(),
            action::<StartTerminalSession>(),
            action::<StopInstance>(),
            action::<StopInstances>(),
            action::<StopInvocation>(),
            action::<TagResources>(),
            action::<TerminatePhysicalConnection>(),
            action::<TerminateVirtualBorderRouter>(),
            action::<UnassignIpv6Addresses>(),
            action::<UnassignPrivateIpAddresses>(),
            action::<UnassociateEipAddress>(),
            action::<UnassociateHaVip>(),
            action::<UnlockSnapshot>(),
            action::<UntagResources>(),
            ]
        }),
    ];
}

#[test]
fn every_action_compiles() {
    check::all_is_there(compiled::ALL, 380);
}

#[test]
fn no_odd_member_costs_the_rest() {
    odd::no_odd_member_costs_the_rest(compiled::ALL);
}

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

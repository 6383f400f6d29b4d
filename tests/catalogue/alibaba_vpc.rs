//! Every action of 1 product-version: 403 actions, 1326 types. Written by `models/catalogue-tests`.
//!
//! Clippy would read it a second time, and is not meant for what the macro makes.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;
mod odd;
mod paging;

cloudcall_models::actions! {
    alibaba vpc "2016-04-28": *;
}

#[rustfmt::skip]
check::product_versions! {
    "alibaba vpc 2016-04-28" in alibaba::vpc::v2016_04_28:
        ActivateRouterInterface, ActiveFlowLog, AddBgpNetwork, AddCommonBandwidthPackageIp,
        AddCommonBandwidthPackageIps, AddGlobalAccelerationInstanceIp, AddIPv6TranslatorAclListEntry,
        AddPublicIpAddressPoolCidrBlock, AddSourcesToTrafficMirrorSession, AllocateEipAddress, AllocateEipAddressPro,
        AllocateEipSegmentAddress, AllocateIpv6Address, AllocateIpv6InternetBandwidth, AllocateVpcIpv6Cidr,
        ApplyPhysicalConnectionLOA, AssociateEipAddress, AssociateEipAddressBatch, AssociateHaVip, AssociateMacSecKey,
        AssociateNetworkAcl, AssociatePhysicalConnectionToVirtualBorderRouter, AssociateRouteTable,
        AssociateRouteTableWithGateway, AssociateRouteTablesWithVpcGatewayEndpoint, AssociateVpcCidrBlock,
        AssociateVpnGatewayWithCertificate, AttachDhcpOptionsSetToVpc, AttachVbrToVpconn,
        CancelCommonBandwidthPackageIpBandwidth, CancelPhysicalConnection, ChangeResourceGroup,
        CheckCanAllocateVpcPrivateIpAddress, CheckVpnBgpEnabled, CompletePhysicalConnectionLOA,
        ConfirmPhysicalConnection, ConnectRouterInterface, CopyNetworkAclEntries, CreateBgpGroup, CreateBgpPeer,
        CreateCommonBandwidthPackage, CreateCustomerGateway, CreateDefaultVSwitch, CreateDefaultVpc,
        CreateDhcpOptionsSet, CreateEnhancedVpnGateway, CreateExpressCloudConnection, CreateExpressConnectTrafficQos,
        CreateExpressConnectTrafficQosQueue, CreateExpressConnectTrafficQosRule, CreateFailoverTestJob, CreateFlowLog,
        CreateForwardEntry, CreateFullNatEntry, CreateGlobalAccelerationInstance, CreateHaVip,
        CreateHighReliablePhysicalConnection, CreateIPv6Translator, CreateIPv6TranslatorAclList,
        CreateIPv6TranslatorEntry, CreateIpsecServer, CreateIpv4Gateway, CreateIpv6EgressOnlyRule, CreateIpv6Gateway,
        CreateNatGateway, CreateNatIp, CreateNatIpCidr, CreateNetworkAcl, CreatePhysicalConnection,
        CreatePhysicalConnectionOccupancyOrder, CreatePhysicalConnectionSetupOrder, CreatePublicIpAddressPool,
        CreateRouteEntries, CreateRouteEntry, CreateRouteTable, CreateRouteTargetGroup, CreateRouterInterface,
        CreateSnatEntry, CreateSslVpnClientCert, CreateSslVpnServer, CreateTrafficMirrorFilter,
        CreateTrafficMirrorFilterRules, CreateTrafficMirrorSession, CreateVSwitch, CreateVSwitchCidrReservation,
        CreateVbrHa, CreateVcoRouteEntry, CreateVirtualBorderRouter, CreateVirtualPhysicalConnection, CreateVpc,
        CreateVpcGatewayEndpoint, CreateVpcPrefixList, CreateVpconnFromVbr, CreateVpnAttachment, CreateVpnConnection,
        CreateVpnGateway, CreateVpnPbrRouteEntry, CreateVpnRouteEntry, DeactivateRouterInterface, DeactiveFlowLog,
        DeleteBgpGroup, DeleteBgpNetwork, DeleteBgpPeer, DeleteCommonBandwidthPackage, DeleteCustomerGateway,
        DeleteDhcpOptionsSet, DeleteEnhancedVpnGateway, DeleteExpressConnect, DeleteExpressConnectTrafficQos,
        DeleteExpressConnectTrafficQosQueue, DeleteExpressConnectTrafficQosRule, DeleteFailoverTestJob, DeleteFlowLog,
        DeleteForwardEntry, DeleteFullNatEntry, DeleteGlobalAccelerationInstance, DeleteHaVip, DeleteIPv6Translator,
        DeleteIPv6TranslatorAclList, DeleteIPv6TranslatorEntry, DeleteIpsecServer, DeleteIpv4Gateway,
        DeleteIpv6EgressOnlyRule, DeleteIpv6Gateway, DeleteIpv6InternetBandwidth, DeleteNatGateway, DeleteNatIp,
        DeleteNatIpCidr, DeleteNetworkAcl, DeletePhysicalConnection, DeletePublicIpAddressPool,
        DeletePublicIpAddressPoolCidrBlock, DeleteRouteEntries, DeleteRouteEntry, DeleteRouteTable,
        DeleteRouteTargetGroup, DeleteRouterInterface, DeleteSnatEntry, DeleteSslVpnClientCert, DeleteSslVpnServer,
        DeleteTrafficMirrorFilter, DeleteTrafficMirrorFilterRules, DeleteTrafficMirrorSession, DeleteVSwitch,
        DeleteVSwitchCidrReservation, DeleteVbrHa, DeleteVcoRouteEntry, DeleteVirtualBorderRouter, DeleteVpc,
        DeleteVpcGatewayEndpoint, DeleteVpcPrefixList, DeleteVpnAttachment, DeleteVpnConnection, DeleteVpnGateway,
        DeleteVpnPbrRouteEntry, DeleteVpnRouteEntry, DeletionProtection, Describe95Traffic, DescribeAccessPoints,
        DescribeBgpGroups, DescribeBgpNetworks, DescribeBgpPeers, DescribeCommonBandwidthPackages,
        DescribeCustomerGateway, DescribeCustomerGateways, DescribeEcGrantRelation, DescribeEipAddresses,
        DescribeEipGatewayInfo, DescribeEipMonitorData, DescribeEipSegment, DescribeExpressConnectTrafficQos,
        DescribeExpressConnectTrafficQosQueue, DescribeExpressConnectTrafficQosRule, DescribeFailoverTestJob,
        DescribeFailoverTestJobs, DescribeFlowLogs, DescribeForwardTableEntries, DescribeGlobalAccelerationInstances,
        DescribeGrantRulesToCen, DescribeGrantRulesToEcr, DescribeHaVips, DescribeHighDefinitionMonitorLogAttribute,
        DescribeIPv6TranslatorAclListAttributes, DescribeIPv6TranslatorAclLists, DescribeIPv6TranslatorEntries,
        DescribeIPv6Translators, DescribeIpv6Addresses, DescribeIpv6EgressOnlyRules, DescribeIpv6GatewayAttribute,
        DescribeIpv6Gateways, DescribeNatGatewayAssociateNetworkInterfaces, DescribeNatGateways,
        DescribeNetworkAclAttributes, DescribeNetworkAcls, DescribePhysicalConnectionLOA, DescribePhysicalConnections,
        DescribePublicIpAddress, DescribeRegions, DescribeRouteEntryList, DescribeRouteTableList, DescribeRouteTables,
        DescribeRouterInterfaceAttribute, DescribeRouterInterfaces, DescribeServerRelatedGlobalAccelerationInstances,
        DescribeSnatTableEntries, DescribeSslVpnClientCert, DescribeSslVpnClientCerts, DescribeSslVpnClients,
        DescribeSslVpnServers, DescribeTagKeys, DescribeTagKeysForExpressConnect, DescribeTags, DescribeVRouters,
        DescribeVSwitchAttributes, DescribeVSwitches, DescribeVbrHa, DescribeVcoRouteEntries,
        DescribeVirtualBorderRouters, DescribeVirtualBorderRoutersForPhysicalConnection, DescribeVpcAttribute,
        DescribeVpcGrantRulesToEcr, DescribeVpcs, DescribeVpnAttachments, DescribeVpnConnection,
        DescribeVpnConnectionLogs, DescribeVpnConnections, DescribeVpnCrossAccountAuthorizations, DescribeVpnGateway,
        DescribeVpnGatewayAvailableZones, DescribeVpnGateways, DescribeVpnPbrRouteEntries, DescribeVpnRouteEntries,
        DescribeVpnSslServerLogs, DescribeZones, DetachDhcpOptionsSetFromVpc, DiagnoseVpnConnections,
        DiagnoseVpnGateway, DisableVpcClassicLink, DisassociateMacSecKey, DissociateRouteTableFromGateway,
        DissociateRouteTablesFromVpcGatewayEndpoint, DissociateVpnGatewayWithCertificate, DownloadVpnConnectionConfig,
        EnablePhysicalConnection, EnableVpcClassicLink, EnableVpcIpv4Gateway, GetDhcpOptionsSet,
        GetFlowLogServiceStatus, GetIpv4GatewayAttribute, GetNatGatewayAttribute, GetPhysicalConnectionServiceStatus,
        GetPublicIpAddressPoolServiceStatus, GetRouteTargetGroup, GetTrafficMirrorServiceStatus,
        GetVSwitchCidrReservationUsage, GetVpcGatewayEndpointAttribute, GetVpcPrefixListAssociations,
        GetVpcPrefixListEntries, GetVpcRouteEntrySummary, GetVpnGatewayDiagnoseResult, GrantInstanceToCen,
        GrantInstanceToVbr, ListBusinessAccessPoints, ListBusinessRegions, ListDhcpOptionsSets,
        ListEnhanhcedNatGatewayAvailableZones, ListFullNatEntries, ListGatewayRouteTableEntries,
        ListGeographicSubRegions, ListIpsecServerLogs, ListIpsecServers, ListIpv4Gateways, ListNatIpCidrs, ListNatIps,
        ListPhysicalConnectionFeatures, ListPrefixLists, ListPublicIpAddressPoolCidrBlocks, ListPublicIpAddressPools,
        ListRouteTargetGroups, ListTagResources, ListTagResourcesForExpressConnect, ListTrafficMirrorFilters,
        ListTrafficMirrorSessions, ListVSwitchCidrReservations, ListVirtualPhysicalConnections,
        ListVpcEndpointServicesByEndUser, ListVpcGatewayEndpoints, ListVpcPublishedRouteEntries,
        ListVpnCertificateAssociations, ModifyBgpGroupAttribute, ModifyBgpPeerAttribute,
        ModifyCommonBandwidthPackageAttribute, ModifyCommonBandwidthPackageIpBandwidth,
        ModifyCommonBandwidthPackageSpec, ModifyCustomerGatewayAttribute, ModifyEipAddressAttribute,
        ModifyEipForwardMode, ModifyExpressCloudConnectionAttribute, ModifyExpressCloudConnectionBandwidth,
        ModifyExpressConnectTrafficQos, ModifyExpressConnectTrafficQosQueue, ModifyExpressConnectTrafficQosRule,
        ModifyFlowLogAttribute, ModifyForwardEntry, ModifyFullNatEntryAttribute,
        ModifyGlobalAccelerationInstanceAttributes, ModifyGlobalAccelerationInstanceSpec, ModifyHaVipAttribute,
        ModifyIPv6TranslatorAclAttribute, ModifyIPv6TranslatorAclListEntry, ModifyIPv6TranslatorAttribute,
        ModifyIPv6TranslatorBandwidth, ModifyIPv6TranslatorEntry, ModifyIpv6AddressAttribute,
        ModifyIpv6GatewayAttribute, ModifyIpv6InternetBandwidth, ModifyNatGatewayAttribute, ModifyNatGatewaySpec,
        ModifyNatIpAttribute, ModifyNatIpCidrAttribute, ModifyNetworkAclAttributes, ModifyPhysicalConnectionAttribute,
        ModifyRouteEntry, ModifyRouteTableAttributes, ModifyRouterInterfaceAttribute, ModifyRouterInterfaceSpec,
        ModifySnatEntry, ModifySslVpnClientCert, ModifySslVpnServer, ModifyTunnelAttribute, ModifyVRouterAttribute,
        ModifyVSwitchAttribute, ModifyVSwitchCidrReservationAttribute, ModifyVcoRouteEntryWeight,
        ModifyVirtualBorderRouterAttribute, ModifyVpcAttribute, ModifyVpcCidrBlock, ModifyVpcPrefixList,
        ModifyVpnAttachmentAttribute, ModifyVpnConnectionAttribute, ModifyVpnGatewayAttribute,
        ModifyVpnPbrRouteEntryAttribute, ModifyVpnPbrRouteEntryPriority, ModifyVpnPbrRouteEntryWeight,
        ModifyVpnRouteEntryWeight, MoveResourceGroup, MoveVpnResourceGroup, OpenFlowLogService,
        OpenPhysicalConnectionService, OpenPublicIpAddressPoolService, OpenTrafficMirrorService, PublishVpcRouteEntries,
        PublishVpnRouteEntry, RecoverPhysicalConnection, RecoverVirtualBorderRouter, ReleaseEipAddress,
        ReleaseEipSegmentAddress, ReleaseIpv6Address, RemoveCommonBandwidthPackageIp,
        RemoveGlobalAccelerationInstanceIp, RemoveIPv6TranslatorAclListEntry, RemoveSourcesFromTrafficMirrorSession,
        ReplaceVpcDhcpOptionsSet, RetryVpcPrefixListAssociation, RevokeInstanceFromCen, RevokeInstanceFromVbr,
        SecondApplyPhysicalConnectionLOA, SetHighDefinitionMonitorLogStatus, StartFailoverTestJob, StopFailoverTestJob,
        SwitchActiveRouteTarget, TagResources, TagResourcesForExpressConnect, TerminatePhysicalConnection,
        TerminateVirtualBorderRouter, TransformEipSegmentToPublicIpAddressPool, UnTagResources, UnassociateEipAddress,
        UnassociateGlobalAccelerationInstance, UnassociateHaVip, UnassociateNetworkAcl,
        UnassociatePhysicalConnectionFromVirtualBorderRouter, UnassociateRouteTable, UnassociateVpcCidrBlock,
        UntagResourcesForExpressConnect, UpdateDhcpOptionsSetAttribute, UpdateEnhancedVpnGateway, UpdateFailoverTestJob,
        UpdateGatewayRouteTableEntryAttribute, UpdateIpsecServer, UpdateIpv4GatewayAttribute, UpdateNatGatewayNatType,
        UpdateNetworkAclEntries, UpdatePublicIpAddressPoolAttribute, UpdateRouteTargetGroup,
        UpdateTrafficMirrorFilterAttribute, UpdateTrafficMirrorFilterRuleAttribute, UpdateTrafficMirrorSessionAttribute,
        UpdateVirtualBorderBandwidth, UpdateVirtualPhysicalConnection, UpdateVpcGatewayEndpointAttribute,
        VpcDescribeVpcNatGatewayNetworkInterfaceQuota, WithdrawVpcPublishedRouteEntries;
}

#[test]
fn every_action_compiles() {
    check::all_is_there(ALL, 403);
}

odd::no_odd_member_costs_the_rest!(first 0, second 1, third 2, fourth 3; of 4);

/// Every list is walked.
#[rustfmt::skip]
mod lists {
    #[test]
    fn alibaba_vpc_2016_04_28() {
        use super::alibaba::vpc::v2016_04_28::*;
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeAccessPoints::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeBgpGroups::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeBgpNetworks::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeBgpPeers::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeCommonBandwidthPackages::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeCustomerGateways::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeEcGrantRelation::builder().instance_id("x").instance_type("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeEipAddresses::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeEipSegment::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeExpressConnectTrafficQos::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeFailoverTestJobs::builder().build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeFlowLogs::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeForwardTableEntries::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeGlobalAccelerationInstances::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeGrantRulesToCen::builder().instance_id("x").instance_type("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeGrantRulesToEcr::builder().instance_id("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeHaVips::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeIPv6TranslatorAclListAttributes::builder().acl_id("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeIPv6TranslatorAclLists::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeIPv6TranslatorEntries::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeIPv6Translators::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeIpv6Addresses::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeIpv6EgressOnlyRules::builder().ipv6_gateway_id("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeIpv6Gateways::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeNatGatewayAssociateNetworkInterfaces::builder().nat_gateway_id("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeNatGateways::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeNetworkAcls::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribePhysicalConnections::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribePublicIpAddress::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeRouteEntryList::builder().region_id("x").route_table_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeRouteTableList::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeRouteTables::builder().build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeRouterInterfaces::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeSnatTableEntries::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeSslVpnClientCerts::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeSslVpnClients::builder().region_id("x").vpn_gateway_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeSslVpnServers::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeTagKeys::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeTagKeysForExpressConnect::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeTags::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVRouters::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVSwitches::builder().build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVirtualBorderRouters::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVirtualBorderRoutersForPhysicalConnection::builder().physical_connection_id("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVpcGrantRulesToEcr::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVpcs::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVpnAttachments::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVpnConnectionLogs::builder().region_id("x").vpn_connection_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVpnConnections::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVpnCrossAccountAuthorizations::builder().region_id("x").vpn_connection_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVpnGateways::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVpnPbrRouteEntries::builder().region_id("x").vpn_gateway_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DescribeVpnSslServerLogs::builder().region_id("x").vpn_ssl_server_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || DiagnoseVpnConnections::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || GetVSwitchCidrReservationUsage::builder().region_id("x").v_switch_cidr_reservation_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || GetVpcPrefixListAssociations::builder().prefix_list_id("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || GetVpcPrefixListEntries::builder().prefix_list_id("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListDhcpOptionsSets::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListFullNatEntries::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListGatewayRouteTableEntries::builder().gateway_route_table_id("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListIpsecServerLogs::builder().ipsec_server_id("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListIpsecServers::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListIpv4Gateways::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListNatIpCidrs::builder().nat_gateway_id("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListNatIps::builder().nat_gateway_id("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListPrefixLists::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListPublicIpAddressPoolCidrBlocks::builder().public_ip_address_pool_id("x").region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListPublicIpAddressPools::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListRouteTargetGroups::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListTagResources::builder().region_id("x").resource_type("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListTagResourcesForExpressConnect::builder().region_id("x").resource_type("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListTrafficMirrorFilters::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListTrafficMirrorSessions::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListVSwitchCidrReservations::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListVirtualPhysicalConnections::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListVpcEndpointServicesByEndUser::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListVpcGatewayEndpoints::builder().region_id("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListVpcPublishedRouteEntries::builder().route_table_id("x").target_type("x").build());
        crate::paging::walk("alibaba vpc 2016-04-28", || ListVpnCertificateAssociations::builder().region_id("x").build());
    }
}

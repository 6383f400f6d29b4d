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
mod compiled {
    use crate::check::action;

    pub(crate) static ALL: &[crate::check::Compiled] = &[
        ("alibaba vpc 2016-04-28", {
            use super::alibaba::vpc::v2016_04_28::*;
            &[
            action::<ActivateRouterInterface>(),
            action::<ActiveFlowLog>(),
            action::<AddBgpNetwork>(),
            action::<AddCommonBandwidthPackageIp>(),
            action::<AddCommonBandwidthPackageIps>(),
            action::<AddGlobalAccelerationInstanceIp>(),
            action::<AddIPv6TranslatorAclListEntry>(),
            action::<AddPublicIpAddressPoolCidrBlock>(),
            action::<AddSourcesToTrafficMirrorSession>(),
            action::<AllocateEipAddress>(),
            action::<AllocateEipAddressPro>(),
            action::<AllocateEipSegmentAddress>(),
            action::<AllocateIpv6Address>(),
            action::<AllocateIpv6InternetBandwidth>(),
            action::<AllocateVpcIpv6Cidr>(),
            action::<ApplyPhysicalConnectionLOA>(),
            action::<AssociateEipAddress>(),
            action::<AssociateEipAddressBatch>(),
            action::<AssociateHaVip>(),
            action::<AssociateMacSecKey>(),
            action::<AssociateNetworkAcl>(),
            action::<AssociatePhysicalConnectionToVirtualBorderRouter>(),
            action::<AssociateRouteTable>(),
            action::<AssociateRouteTableWithGateway>(),
            action::<AssociateRouteTablesWithVpcGatewayEndpoint>(),
            action::<AssociateVpcCidrBlock>(),
            action::<AssociateVpnGatewayWithCertificate>(),
            action::<AttachDhcpOptionsSetToVpc>(),
            action::<AttachVbrToVpconn>(),
            action::<CancelCommonBandwidthPackageIpBandwidth>(),
            action::<CancelPhysicalConnection>(),
            action::<ChangeResourceGroup>(),
            action::<CheckCanAllocateVpcPrivateIpAddress>(),
            action::<CheckVpnBgpEnabled>(),
            action::<CompletePhysicalConnectionLOA>(),
            action::<ConfirmPhysicalConnection>(),
            action::<ConnectRouterInterface>(),
            action::<CopyNetworkAclEntries>(),
            action::<CreateBgpGroup>(),
            action::<CreateBgpPeer>(),
            action::<CreateCommonBandwidthPackage>(),
            action::<CreateCustomerGateway>(),
            action::<CreateDefaultVSwitch>(),
            action::<CreateDefaultVpc>(),
            action::<CreateDhcpOptionsSet>(),
            action::<CreateEnhancedVpnGateway>(),
            action::<CreateExpressCloudConnection>(),
            action::<CreateExpressConnectTrafficQos>(),
            action::<CreateExpressConnectTrafficQosQueue>(),
            action::<CreateExpressConnectTrafficQosRule>(),
            action::<CreateFailoverTestJob>(),
            action::<CreateFlowLog>(),
            action::<CreateForwardEntry>(),
            action::<CreateFullNatEntry>(),
            action::<CreateGlobalAccelerationInstance>(),
            action::<CreateHaVip>(),
            action::<CreateHighReliablePhysicalConnection>(),
            action::<CreateIPv6Translator>(),
            action::<CreateIPv6TranslatorAclList>(),
            action::<CreateIPv6TranslatorEntry>(),
            action::<CreateIpsecServer>(),
            action::<CreateIpv4Gateway>(),
            action::<CreateIpv6EgressOnlyRule>(),
            action::<CreateIpv6Gateway>(),
            action::<CreateNatGateway>(),
            action::<CreateNatIp>(),
            action::<CreateNatIpCidr>(),
            action::<CreateNetworkAcl>(),
            action::<CreatePhysicalConnection>(),
            action::<CreatePhysicalConnectionOccupancyOrder>(),
            action::<CreatePhysicalConnectionSetupOrder>(),
            action::<CreatePublicIpAddressPool>(),
            action::<CreateRouteEntries>(),
            action::<CreateRouteEntry>(),
            action::<CreateRouteTable>(),
            action::<CreateRouteTargetGroup>(),
            action::<CreateRouterInterface>(),
            action::<CreateSnatEntry>(),
            action::<CreateSslVpnClientCert>(),
            action::<CreateSslVpnServer>(),
            action::<CreateTrafficMirrorFilter>(),
            action::<CreateTrafficMirrorFilterRules>(),
            action::<CreateTrafficMirrorSession>(),
            action::<CreateVSwitch>(),
            action::<CreateVSwitchCidrReservation>(),
            action::<CreateVbrHa>(),
            action::<CreateVcoRouteEntry>(),
            action::<CreateVirtualBorderRouter>(),
            action::<CreateVirtualPhysicalConnection>(),
            action::<CreateVpc>(),
            action::<CreateVpcGatewayEndpoint>(),
            action::<CreateVpcPrefixList>(),
            action::<CreateVpconnFromVbr>(),
            action::<CreateVpnAttachment>(),
            action::<CreateVpnConnection>(),
            action::<CreateVpnGateway>(),
            action::<CreateVpnPbrRouteEntry>(),
            action::<CreateVpnRouteEntry>(),
            action::<DeactivateRouterInterface>(),
            action::<DeactiveFlowLog>(),
            action::<DeleteBgpGroup>(),
            action::<DeleteBgpNetwork>(),
            action::<DeleteBgpPeer>(),
            action::<DeleteCommonBandwidthPackage>(),
            action::<DeleteCustomerGateway>(),
            action::<DeleteDhcpOptionsSet>(),
            action::<DeleteEnhancedVpnGateway>(),
            action::<DeleteExpressConnect>(),
            action::<DeleteExpressConnectTrafficQos>(),
            action::<DeleteExpressConnectTrafficQosQueue>(),
            action::<DeleteExpressConnectTrafficQosRule>(),
            action::<DeleteFailoverTestJob>(),
            action::<DeleteFlowLog>(),
            action::<DeleteForwardEntry>(),
            action::<DeleteFullNatEntry>(),
            action::<DeleteGlobalAccelerationInstance>(),
            action::<DeleteHaVip>(),
            action::<DeleteIPv6Translator>(),
            action::<DeleteIPv6TranslatorAclList>(),
            action::<DeleteIPv6TranslatorEntry>(),
            action::<DeleteIpsecServer>(),
            action::<DeleteIpv4Gateway>(),
            action::<DeleteIpv6EgressOnlyRule>(),
            action::<DeleteIpv6Gateway>(),
            action::<DeleteIpv6InternetBandwidth>(),
            action::<DeleteNatGateway>(),
            action::<DeleteNatIp>(),
            action::<DeleteNatIpCidr>(),
            action::<DeleteNetworkAcl>(),
            action::<DeletePhysicalConnection>(),
            action::<DeletePublicIpAddressPool>(),
            action::<DeletePublicIpAddressPoolCidrBlock>(),
            action::<DeleteRouteEntries>(),
            action::<DeleteRouteEntry>(),
            action::<DeleteRouteTable>(),
            action::<DeleteRouteTargetGroup>(),
            action::<DeleteRouterInterface>(),
            action::<DeleteSnatEntry>(),
            action::<DeleteSslVpnClientCert>(),
            action::<DeleteSslVpnServer>(),
            action::<DeleteTrafficMirrorFilter>(),
            action::<DeleteTrafficMirrorFilterRules>(),
            action::<DeleteTrafficMirrorSession>(),
            action::<DeleteVSwitch>(),
            action::<DeleteVSwitchCidrReservation>(),
            action::<DeleteVbrHa>(),
            action::<DeleteVcoRouteEntry>(),
            action::<DeleteVirtualBorderRouter>(),
            action::<DeleteVpc>(),
            action::<DeleteVpcGatewayEndpoint>(),
            action::<DeleteVpcPrefixList>(),
            action::<DeleteVpnAttachment>(),
            action::<DeleteVpnConnection>(),
            action::<DeleteVpnGateway>(),
            action::<DeleteVpnPbrRouteEntry>(),
            action::<DeleteVpnRouteEntry>(),
            action::<DeletionProtection>(),
            action::<Describe95Traffic>(),
            action::<DescribeAccessPoints>(),
            action::<DescribeBgpGroups>(),
            action::<DescribeBgpNetworks>(),
            action::<DescribeBgpPeers>(),
            action::<DescribeCommonBandwidthPackages>(),
            action::<DescribeCustomerGateway>(),
            action::<DescribeCustomerGateways>(),
            action::<DescribeEcGrantRelation>(),
            action::<DescribeEipAddresses>(),
            action::<DescribeEipGatewayInfo>(),
            action::<DescribeEipMonitorData>(),
            action::<DescribeEipSegment>(),
            action::<DescribeExpressConnectTrafficQos>(),
            action::<DescribeExpressConnectTrafficQosQueue>(),
            action::<DescribeExpressConnectTrafficQosRule>(),
            action::<DescribeFailoverTestJob>(),
            action::<DescribeFailoverTestJobs>(),
            action::<DescribeFlowLogs>(),
            action::<DescribeForwardTableEntries>(),
            action::<DescribeGlobalAccelerationInstances>(),
            action::<DescribeGrantRulesToCen>(),
            action::<DescribeGrantRulesToEcr>(),
            action::<DescribeHaVips>(),
            action::<DescribeHighDefinitionMonitorLogAttribute>(),
            action::<DescribeIPv6TranslatorAclListAttributes>(),
            action::<DescribeIPv6TranslatorAclLists>(),
            action::<DescribeIPv6TranslatorEntries>(),
            action::<DescribeIPv6Translators>(),
            action::<DescribeIpv6Addresses>(),
            action::<DescribeIpv6EgressOnlyRules>(),
            action::<DescribeIpv6GatewayAttribute>(),
            action::<DescribeIpv6Gateways>(),
            action::<DescribeNatGatewayAssociateNetworkInterfaces>(),
            action::<DescribeNatGateways>(),
            action::<DescribeNetworkAclAttributes>(),
            action::<DescribeNetworkAcls>(),
            action::<DescribePhysicalConnectionLOA>(),
            action::<DescribePhysicalConnections>(),
            action::<DescribePublicIpAddress>(),
            action::<DescribeRegions>(),
            action::<DescribeRouteEntryList>(),
            action::<DescribeRouteTableList>(),
            action::<DescribeRouteTables>(),
            action::<DescribeRouterInterfaceAttribute>(),
            action::<DescribeRouterInterfaces>(),
            action::<DescribeServerRelatedGlobalAccelerationInstances>(),
            action::<DescribeSnatTableEntries>(),
            action::<DescribeSslVpnClientCert>(),
            action::<DescribeSslVpnClientCerts>(),
            action::<DescribeSslVpnClients>(),
            action::<DescribeSslVpnServers>(),
            action::<DescribeTagKeys>(),
            action::<DescribeTagKeysForExpressConnect>(),
            action::<DescribeTags>(),
            action::<DescribeVRouters>(),
            action::<DescribeVSwitchAttributes>(),
            action::<DescribeVSwitches>(),
            action::<DescribeVbrHa>(),
            action::<DescribeVcoRouteEntries>(),
            action::<DescribeVirtualBorderRouters>(),
            action::<DescribeVirtualBorderRoutersForPhysicalConnection>(),
            action::<DescribeVpcAttribute>(),
            action::<DescribeVpcGrantRulesToEcr>(),
            action::<DescribeVpcs>(),
            action::<DescribeVpnAttachments>(),
            action::<DescribeVpnConnection>(),
            action::<DescribeVpnConnectionLogs>(),
            action::<DescribeVpnConnections>(),
            action::<DescribeVpnCrossAccountAuthorizations>(),
            action::<DescribeVpnGateway>(),
            action::<DescribeVpnGatewayAvailableZones>(),
            action::<DescribeVpnGateways>(),
            action::<DescribeVpnPbrRouteEntries>(),
            action::<DescribeVpnRouteEntries>(),
            action::<DescribeVpnSslServerLogs>(),
            action::<DescribeZones>(),
            action::<DetachDhcpOptionsSetFromVpc>(),
            action::<DiagnoseVpnConnections>(),
            action::<DiagnoseVpnGateway>(),
            action::<DisableVpcClassicLink>(),
            action::<DisassociateMacSecKey>(),
            action::<DissociateRouteTableFromGateway>(),
            action::<DissociateRouteTablesFromVpcGatewayEndpoint>(),
            action::<DissociateVpnGatewayWithCertificate>(),
            action::<DownloadVpnConnectionConfig>(),
            action::<EnablePhysicalConnection>(),
            action::<EnableVpcClassicLink>(),
            action::<EnableVpcIpv4Gateway>(),
            action::<GetDhcpOptionsSet>(),
            action::<GetFlowLogServiceStatus>(),
            action::<GetIpv4GatewayAttribute>(),
            action::<GetNatGatewayAttribute>(),
            action::<GetPhysicalConnectionServiceStatus>(),
            action::<GetPublicIpAddressPoolServiceStatus>(),
            action::<GetRouteTargetGroup>(),
            action::<GetTrafficMirrorServiceStatus>(),
            action::<GetVSwitchCidrReservationUsage>(),
            action::<GetVpcGatewayEndpointAttribute>(),
            action::<GetVpcPrefixListAssociations>(),
            action::<GetVpcPrefixListEntries>(),
            action::<GetVpcRouteEntrySummary>(),
            action::<GetVpnGatewayDiagnoseResult>(),
            action::<GrantInstanceToCen>(),
            action::<GrantInstanceToVbr>(),
            action::<ListBusinessAccessPoints>(),
            action::<ListBusinessRegions>(),
            action::<ListDhcpOptionsSets>(),
            action::<ListEnhanhcedNatGatewayAvailableZones>(),
            action::<ListFullNatEntries>(),
            action::<ListGatewayRouteTableEntries>(),
            action::<ListGeographicSubRegions>(),
            action::<ListIpsecServerLogs>(),
            action::<ListIpsecServers>(),
            action::<ListIpv4Gateways>(),
            action::<ListNatIpCidrs>(),
            action::<ListNatIps>(),
            action::<ListPhysicalConnectionFeatures>(),
            action::<ListPrefixLists>(),
            action::<ListPublicIpAddressPoolCidrBlocks>(),
            action::<ListPublicIpAddressPools>(),
            action::<ListRouteTargetGroups>(),
            action::<ListTagResources>(),
            action::<ListTagResourcesForExpressConnect>(),
            action::<ListTrafficMirrorFilters>(),
            action::<ListTrafficMirrorSessions>(),
            action::<ListVSwitchCidrReservations>(),
            action::<ListVirtualPhysicalConnections>(),
            action::<ListVpcEndpointServicesByEndUser>(),
            action::<ListVpcGatewayEndpoints>(),
            action::<ListVpcPublishedRouteEntries>(),
            action::<ListVpnCertificateAssociations>(),
            action::<ModifyBgpGroupAttribute>(),
            action::<ModifyBgpPeerAttribute>(),
            action::<ModifyCommonBandwidthPackageAttribute>(),
            action::<ModifyCommonBandwidthPackageIpBandwidth>(),
            action::<ModifyCommonBandwidthPackageSpec>(),
            action::<ModifyCustomerGatewayAttribute>(),
            action::<ModifyEipAddressAttribute>(),
            action::<ModifyEipForwardMode>(),
            action::<ModifyExpressCloudConnectionAttribute>(),
            action::<ModifyExpressCloudConnectionBandwidth>(),
            action::<ModifyExpressConnectTrafficQos>(),
            action::<ModifyExpressConnectTrafficQosQueue>(),
            action::<ModifyExpressConnectTrafficQosRule>(),
            action::<ModifyFlowLogAttribute>(),
            action::<ModifyForwardEntry>(),
            action::<ModifyFullNatEntryAttribute>(),
            action::<ModifyGlobalAccelerationInstanceAttributes>(),
            action::<ModifyGlobalAccelerationInstanceSpec>(),
            action::<ModifyHaVipAttribute>(),
            action::<ModifyIPv6TranslatorAclAttribute>(),
            action::<ModifyIPv6TranslatorAclListEntry>(),
            action::<ModifyIPv6TranslatorAttribute>(),
            action::<ModifyIPv6TranslatorBandwidth>(),
            action::<ModifyIPv6TranslatorEntry>(),
            action::<ModifyIpv6AddressAttribute>(),
            action::<ModifyIpv6GatewayAttribute>(),
            action::<ModifyIpv6InternetBandwidth>(),
            action::<ModifyNatGatewayAttribute>(),
            action::<ModifyNatGatewaySpec>(),
            action::<ModifyNatIpAttribute>(),
            action::<ModifyNatIpCidrAttribute>(),
            action::<ModifyNetworkAclAttributes>(),
            action::<ModifyPhysicalConnectionAttribute>(),
            action::<ModifyRouteEntry>(),
            action::<ModifyRouteTableAttributes>(),
            action::<ModifyRouterInterfaceAttribute>(),
            action::<ModifyRouterInterfaceSpec>(),
            action::<ModifySnatEntry>(),
            action::<ModifySslVpnClientCert>(),
            action::<ModifySslVpnServer>(),
            action::<ModifyTunnelAttribute>(),
            action::<ModifyVRouterAttribute>(),
            action::<ModifyVSwitchAttribute>(),
            action::<ModifyVSwitchCidrReservationAttribute>(),
            action::<ModifyVcoRouteEntryWeight>(),
            action::<ModifyVirtualBorderRouterAttribute>(),
            action::<ModifyVpcAttribute>(),
            action::<ModifyVpcCidrBlock>(),
            action::<ModifyVpcPrefixList>(),
            action::<ModifyVpnAttachmentAttribute>(),
            action::<ModifyVpnConnectionAttribute>(),
            action::<ModifyVpnGatewayAttribute>(),
            action::<ModifyVpnPbrRouteEntryAttribute>(),
            action::<ModifyVpnPbrRouteEntryPriority>(),
            action::<ModifyVpnPbrRouteEntryWeight>(),
            action::<ModifyVpnRouteEntryWeight>(),
            action::<MoveResourceGroup>(),
            action::<MoveVpnResourceGroup>(),
            action::<OpenFlowLogService>(),
            action::<OpenPhysicalConnectionService>(),
            action::<OpenPublicIpAddressPoolService>(),
            action::<OpenTrafficMirrorService>(),
            action::<PublishVpcRouteEntries>(),
            action::<PublishVpnRouteEntry>(),
            action::<RecoverPhysicalConnection>(),
            action::<RecoverVirtualBorderRouter>(),
            action::<ReleaseEipAddress>(),
            action::<ReleaseEipSegmentAddress>(),
            action::<ReleaseIpv6Address>(),
            action::<RemoveCommonBandwidthPackageIp>(),
            action::<RemoveGlobalAccelerationInstanceIp>(),
            action::<RemoveIPv6TranslatorAclListEntry>(),
            action::<RemoveSourcesFromTrafficMirrorSession>(),
            action::<ReplaceVpcDhcpOptionsSet>(),
            action::<RetryVpcPrefixListAssociation>(),
            action::<RevokeInstanceFromCen>(),
            action::<RevokeInstanceFromVbr>(),
            action::<SecondApplyPhysicalConnectionLOA>(),
            action::<SetHighDefinitionMonitorLogStatus>(),
            action::<StartFailoverTestJob>(),
            action::<StopFailoverTestJob>(),
            action::<SwitchActiveRouteTarget>(),
            action::<TagResources>(),
            action::<TagResourcesForExpressConnect>(),
            action::<TerminatePhysicalConnection>(),
            action::<TerminateVirtualBorderRouter>(),
            action::<TransformEipSegmentToPublicIpAddressPool>(),
            action::<UnTagResources>(),
            action::<UnassociateEipAddress>(),
            action::<UnassociateGlobalAccelerationInstance>(),
            action::<UnassociateHaVip>(),
            action::<UnassociateNetworkAcl>(),
            action::<UnassociatePhysicalConnectionFromVirtualBorderRouter>(),
            action::<UnassociateRouteTable>(),
            action::<UnassociateVpcCidrBlock>(),
            action::<UntagResourcesForExpressConnect>(),
            action::<UpdateDhcpOptionsSetAttribute>(),
            action::<UpdateEnhancedVpnGateway>(),
            action::<UpdateFailoverTestJob>(),
            action::<UpdateGatewayRouteTableEntryAttribute>(),
            action::<UpdateIpsecServer>(),
            action::<UpdateIpv4GatewayAttribute>(),
            action::<UpdateNatGatewayNatType>(),
            action::<UpdateNetworkAclEntries>(),
            action::<UpdatePublicIpAddressPoolAttribute>(),
            action::<UpdateRouteTargetGroup>(),
            action::<UpdateTrafficMirrorFilterAttribute>(),
            action::<UpdateTrafficMirrorFilterRuleAttribute>(),
            action::<UpdateTrafficMirrorSessionAttribute>(),
            action::<UpdateVirtualBorderBandwidth>(),
            action::<UpdateVirtualPhysicalConnection>(),
            action::<UpdateVpcGatewayEndpointAttribute>(),
            action::<VpcDescribeVpcNatGatewayNetworkInterfaceQuota>(),
            action::<WithdrawVpcPublishedRouteEntries>(),
            ]
        }),
    ];
}

#[test]
fn every_action_compiles() {
    check::all_is_there(compiled::ALL, 403);
}

#[test]
fn no_odd_member_costs_the_rest() {
    odd::no_odd_member_costs_the_rest(compiled::ALL);
}

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

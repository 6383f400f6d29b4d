//! Every action of 1 product-version: 403 actions, 1326 types. Written by `models/catalogue-tests`.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;

#[rustfmt::skip]
check::target! {
    403 actions;

    alibaba vpc "2016-04-28" in v2016_04_28 as alibaba_vpc_2016_04_28 {
        actions {
            ActivateRouterInterface, ActiveFlowLog, AddBgpNetwork, AddCommonBandwidthPackageIp,
            AddCommonBandwidthPackageIps, AddGlobalAccelerationInstanceIp, AddIPv6TranslatorAclListEntry,
            AddPublicIpAddressPoolCidrBlock, AddSourcesToTrafficMirrorSession, AllocateEipAddress,
            AllocateEipAddressPro, AllocateEipSegmentAddress, AllocateIpv6Address, AllocateIpv6InternetBandwidth,
            AllocateVpcIpv6Cidr, ApplyPhysicalConnectionLOA, AssociateEipAddress, AssociateEipAddressBatch,
            AssociateHaVip, AssociateMacSecKey, AssociateNetworkAcl, AssociatePhysicalConnectionToVirtualBorderRouter,
            AssociateRouteTable, AssociateRouteTableWithGateway, AssociateRouteTablesWithVpcGatewayEndpoint,
            AssociateVpcCidrBlock, AssociateVpnGatewayWithCertificate, AttachDhcpOptionsSetToVpc, AttachVbrToVpconn,
            CancelCommonBandwidthPackageIpBandwidth, CancelPhysicalConnection, ChangeResourceGroup,
            CheckCanAllocateVpcPrivateIpAddress, CheckVpnBgpEnabled, CompletePhysicalConnectionLOA,
            ConfirmPhysicalConnection, ConnectRouterInterface, CopyNetworkAclEntries, CreateBgpGroup, CreateBgpPeer,
            CreateCommonBandwidthPackage, CreateCustomerGateway, CreateDefaultVSwitch, CreateDefaultVpc,
            CreateDhcpOptionsSet, CreateEnhancedVpnGateway, CreateExpressCloudConnection,
            CreateExpressConnectTrafficQos, CreateExpressConnectTrafficQosQueue, CreateExpressConnectTrafficQosRule,
            CreateFailoverTestJob, CreateFlowLog, CreateForwardEntry, CreateFullNatEntry,
            CreateGlobalAccelerationInstance, CreateHaVip, CreateHighReliablePhysicalConnection, CreateIPv6Translator,
            CreateIPv6TranslatorAclList, CreateIPv6TranslatorEntry, CreateIpsecServer, CreateIpv4Gateway,
            CreateIpv6EgressOnlyRule, CreateIpv6Gateway, CreateNatGateway, CreateNatIp, CreateNatIpCidr,
            CreateNetworkAcl, CreatePhysicalConnection, CreatePhysicalConnectionOccupancyOrder,
            CreatePhysicalConnectionSetupOrder, CreatePublicIpAddressPool, CreateRouteEntries, CreateRouteEntry,
            CreateRouteTable, CreateRouteTargetGroup, CreateRouterInterface, CreateSnatEntry, CreateSslVpnClientCert,
            CreateSslVpnServer, CreateTrafficMirrorFilter, CreateTrafficMirrorFilterRules, CreateTrafficMirrorSession,
            CreateVSwitch, CreateVSwitchCidrReservation, CreateVbrHa, CreateVcoRouteEntry, CreateVirtualBorderRouter,
            CreateVirtualPhysicalConnection, CreateVpc, CreateVpcGatewayEndpoint, CreateVpcPrefixList,
            CreateVpconnFromVbr, CreateVpnAttachment, CreateVpnConnection, CreateVpnGateway, CreateVpnPbrRouteEntry,
            CreateVpnRouteEntry, DeactivateRouterInterface, DeactiveFlowLog, DeleteBgpGroup, DeleteBgpNetwork,
            DeleteBgpPeer, DeleteCommonBandwidthPackage, DeleteCustomerGateway, DeleteDhcpOptionsSet,
            DeleteEnhancedVpnGateway, DeleteExpressConnect, DeleteExpressConnectTrafficQos,
            DeleteExpressConnectTrafficQosQueue, DeleteExpressConnectTrafficQosRule, DeleteFailoverTestJob,
            DeleteFlowLog, DeleteForwardEntry, DeleteFullNatEntry, DeleteGlobalAccelerationInstance, DeleteHaVip,
            DeleteIPv6Translator, DeleteIPv6TranslatorAclList, DeleteIPv6TranslatorEntry, DeleteIpsecServer,
            DeleteIpv4Gateway, DeleteIpv6EgressOnlyRule, DeleteIpv6Gateway, DeleteIpv6InternetBandwidth,
            DeleteNatGateway, DeleteNatIp, DeleteNatIpCidr, DeleteNetworkAcl, DeletePhysicalConnection,
            DeletePublicIpAddressPool, DeletePublicIpAddressPoolCidrBlock, DeleteRouteEntries, DeleteRouteEntry,
            DeleteRouteTable, DeleteRouteTargetGroup, DeleteRouterInterface, DeleteSnatEntry, DeleteSslVpnClientCert,
            DeleteSslVpnServer, DeleteTrafficMirrorFilter, DeleteTrafficMirrorFilterRules, DeleteTrafficMirrorSession,
            DeleteVSwitch, DeleteVSwitchCidrReservation, DeleteVbrHa, DeleteVcoRouteEntry, DeleteVirtualBorderRouter,
            DeleteVpc, DeleteVpcGatewayEndpoint, DeleteVpcPrefixList, DeleteVpnAttachment, DeleteVpnConnection,
            DeleteVpnGateway, DeleteVpnPbrRouteEntry, DeleteVpnRouteEntry, DeletionProtection, Describe95Traffic,
            DescribeAccessPoints, DescribeBgpGroups, DescribeBgpNetworks, DescribeBgpPeers,
            DescribeCommonBandwidthPackages, DescribeCustomerGateway, DescribeCustomerGateways, DescribeEcGrantRelation,
            DescribeEipAddresses, DescribeEipGatewayInfo, DescribeEipMonitorData, DescribeEipSegment,
            DescribeExpressConnectTrafficQos, DescribeExpressConnectTrafficQosQueue,
            DescribeExpressConnectTrafficQosRule, DescribeFailoverTestJob, DescribeFailoverTestJobs, DescribeFlowLogs,
            DescribeForwardTableEntries, DescribeGlobalAccelerationInstances, DescribeGrantRulesToCen,
            DescribeGrantRulesToEcr, DescribeHaVips, DescribeHighDefinitionMonitorLogAttribute,
            DescribeIPv6TranslatorAclListAttributes, DescribeIPv6TranslatorAclLists, DescribeIPv6TranslatorEntries,
            DescribeIPv6Translators, DescribeIpv6Addresses, DescribeIpv6EgressOnlyRules, DescribeIpv6GatewayAttribute,
            DescribeIpv6Gateways, DescribeNatGatewayAssociateNetworkInterfaces, DescribeNatGateways,
            DescribeNetworkAclAttributes, DescribeNetworkAcls, DescribePhysicalConnectionLOA,
            DescribePhysicalConnections, DescribePublicIpAddress, DescribeRegions, DescribeRouteEntryList,
            DescribeRouteTableList, DescribeRouteTables, DescribeRouterInterfaceAttribute, DescribeRouterInterfaces,
            DescribeServerRelatedGlobalAccelerationInstances, DescribeSnatTableEntries, DescribeSslVpnClientCert,
            DescribeSslVpnClientCerts, DescribeSslVpnClients, DescribeSslVpnServers, DescribeTagKeys,
            DescribeTagKeysForExpressConnect, DescribeTags, DescribeVRouters, DescribeVSwitchAttributes,
            DescribeVSwitches, DescribeVbrHa, DescribeVcoRouteEntries, DescribeVirtualBorderRouters,
            DescribeVirtualBorderRoutersForPhysicalConnection, DescribeVpcAttribute, DescribeVpcGrantRulesToEcr,
            DescribeVpcs, DescribeVpnAttachments, DescribeVpnConnection, DescribeVpnConnectionLogs,
            DescribeVpnConnections, DescribeVpnCrossAccountAuthorizations, DescribeVpnGateway,
            DescribeVpnGatewayAvailableZones, DescribeVpnGateways, DescribeVpnPbrRouteEntries, DescribeVpnRouteEntries,
            DescribeVpnSslServerLogs, DescribeZones, DetachDhcpOptionsSetFromVpc, DiagnoseVpnConnections,
            DiagnoseVpnGateway, DisableVpcClassicLink, DisassociateMacSecKey, DissociateRouteTableFromGateway,
            DissociateRouteTablesFromVpcGatewayEndpoint, DissociateVpnGatewayWithCertificate,
            DownloadVpnConnectionConfig, EnablePhysicalConnection, EnableVpcClassicLink, EnableVpcIpv4Gateway,
            GetDhcpOptionsSet, GetFlowLogServiceStatus, GetIpv4GatewayAttribute, GetNatGatewayAttribute,
            GetPhysicalConnectionServiceStatus, GetPublicIpAddressPoolServiceStatus, GetRouteTargetGroup,
            GetTrafficMirrorServiceStatus, GetVSwitchCidrReservationUsage, GetVpcGatewayEndpointAttribute,
            GetVpcPrefixListAssociations, GetVpcPrefixListEntries, GetVpcRouteEntrySummary, GetVpnGatewayDiagnoseResult,
            GrantInstanceToCen, GrantInstanceToVbr, ListBusinessAccessPoints, ListBusinessRegions, ListDhcpOptionsSets,
            ListEnhanhcedNatGatewayAvailableZones, ListFullNatEntries, ListGatewayRouteTableEntries,
            ListGeographicSubRegions, ListIpsecServerLogs, ListIpsecServers, ListIpv4Gateways, ListNatIpCidrs,
            ListNatIps, ListPhysicalConnectionFeatures, ListPrefixLists, ListPublicIpAddressPoolCidrBlocks,
            ListPublicIpAddressPools, ListRouteTargetGroups, ListTagResources, ListTagResourcesForExpressConnect,
            ListTrafficMirrorFilters, ListTrafficMirrorSessions, ListVSwitchCidrReservations,
            ListVirtualPhysicalConnections, ListVpcEndpointServicesByEndUser, ListVpcGatewayEndpoints,
            ListVpcPublishedRouteEntries, ListVpnCertificateAssociations, ModifyBgpGroupAttribute,
            ModifyBgpPeerAttribute, ModifyCommonBandwidthPackageAttribute, ModifyCommonBandwidthPackageIpBandwidth,
            ModifyCommonBandwidthPackageSpec, ModifyCustomerGatewayAttribute, ModifyEipAddressAttribute,
            ModifyEipForwardMode, ModifyExpressCloudConnectionAttribute, ModifyExpressCloudConnectionBandwidth,
            ModifyExpressConnectTrafficQos, ModifyExpressConnectTrafficQosQueue, ModifyExpressConnectTrafficQosRule,
            ModifyFlowLogAttribute, ModifyForwardEntry, ModifyFullNatEntryAttribute,
            ModifyGlobalAccelerationInstanceAttributes, ModifyGlobalAccelerationInstanceSpec, ModifyHaVipAttribute,
            ModifyIPv6TranslatorAclAttribute, ModifyIPv6TranslatorAclListEntry, ModifyIPv6TranslatorAttribute,
            ModifyIPv6TranslatorBandwidth, ModifyIPv6TranslatorEntry, ModifyIpv6AddressAttribute,
            ModifyIpv6GatewayAttribute, ModifyIpv6InternetBandwidth, ModifyNatGatewayAttribute, ModifyNatGatewaySpec,
            ModifyNatIpAttribute, ModifyNatIpCidrAttribute, ModifyNetworkAclAttributes,
            ModifyPhysicalConnectionAttribute, ModifyRouteEntry, ModifyRouteTableAttributes,
            ModifyRouterInterfaceAttribute, ModifyRouterInterfaceSpec, ModifySnatEntry, ModifySslVpnClientCert,
            ModifySslVpnServer, ModifyTunnelAttribute, ModifyVRouterAttribute, ModifyVSwitchAttribute,
            ModifyVSwitchCidrReservationAttribute, ModifyVcoRouteEntryWeight, ModifyVirtualBorderRouterAttribute,
            ModifyVpcAttribute, ModifyVpcCidrBlock, ModifyVpcPrefixList, ModifyVpnAttachmentAttribute,
            ModifyVpnConnectionAttribute, ModifyVpnGatewayAttribute, ModifyVpnPbrRouteEntryAttribute,
            ModifyVpnPbrRouteEntryPriority, ModifyVpnPbrRouteEntryWeight, ModifyVpnRouteEntryWeight, MoveResourceGroup,
            MoveVpnResourceGroup, OpenFlowLogService, OpenPhysicalConnectionService, OpenPublicIpAddressPoolService,
            OpenTrafficMirrorService, PublishVpcRouteEntries, PublishVpnRouteEntry, RecoverPhysicalConnection,
            RecoverVirtualBorderRouter, ReleaseEipAddress, ReleaseEipSegmentAddress, ReleaseIpv6Address,
            RemoveCommonBandwidthPackageIp, RemoveGlobalAccelerationInstanceIp, RemoveIPv6TranslatorAclListEntry,
            RemoveSourcesFromTrafficMirrorSession, ReplaceVpcDhcpOptionsSet, RetryVpcPrefixListAssociation,
            RevokeInstanceFromCen, RevokeInstanceFromVbr, SecondApplyPhysicalConnectionLOA,
            SetHighDefinitionMonitorLogStatus, StartFailoverTestJob, StopFailoverTestJob, SwitchActiveRouteTarget,
            TagResources, TagResourcesForExpressConnect, TerminatePhysicalConnection, TerminateVirtualBorderRouter,
            TransformEipSegmentToPublicIpAddressPool, UnTagResources, UnassociateEipAddress,
            UnassociateGlobalAccelerationInstance, UnassociateHaVip, UnassociateNetworkAcl,
            UnassociatePhysicalConnectionFromVirtualBorderRouter, UnassociateRouteTable, UnassociateVpcCidrBlock,
            UntagResourcesForExpressConnect, UpdateDhcpOptionsSetAttribute, UpdateEnhancedVpnGateway,
            UpdateFailoverTestJob, UpdateGatewayRouteTableEntryAttribute, UpdateIpsecServer, UpdateIpv4GatewayAttribute,
            UpdateNatGatewayNatType, UpdateNetworkAclEntries, UpdatePublicIpAddressPoolAttribute,
            UpdateRouteTargetGroup, UpdateTrafficMirrorFilterAttribute, UpdateTrafficMirrorFilterRuleAttribute,
            UpdateTrafficMirrorSessionAttribute, UpdateVirtualBorderBandwidth, UpdateVirtualPhysicalConnection,
            UpdateVpcGatewayEndpointAttribute, VpcDescribeVpcNatGatewayNetworkInterfaceQuota,
            WithdrawVpcPublishedRouteEntries
        }
        lists {
            DescribeAccessPoints.region_id("x");
            DescribeBgpGroups.region_id("x");
            DescribeBgpNetworks.region_id("x");
            DescribeBgpPeers.region_id("x");
            DescribeCommonBandwidthPackages.region_id("x");
            DescribeCustomerGateways.region_id("x");
            DescribeEcGrantRelation.instance_id("x").instance_type("x");
            DescribeEipAddresses.region_id("x");
            DescribeEipSegment.region_id("x");
            DescribeExpressConnectTrafficQos.region_id("x");
            DescribeFailoverTestJobs;
            DescribeFlowLogs.region_id("x");
            DescribeForwardTableEntries.region_id("x");
            DescribeGlobalAccelerationInstances.region_id("x");
            DescribeGrantRulesToCen.instance_id("x").instance_type("x").region_id("x");
            DescribeGrantRulesToEcr.instance_id("x").region_id("x");
            DescribeHaVips.region_id("x");
            DescribeIPv6TranslatorAclListAttributes.acl_id("x").region_id("x");
            DescribeIPv6TranslatorAclLists.region_id("x");
            DescribeIPv6TranslatorEntries.region_id("x");
            DescribeIPv6Translators.region_id("x");
            DescribeIpv6Addresses.region_id("x");
            DescribeIpv6EgressOnlyRules.ipv6_gateway_id("x").region_id("x");
            DescribeIpv6Gateways.region_id("x");
            DescribeNatGatewayAssociateNetworkInterfaces.nat_gateway_id("x").region_id("x");
            DescribeNatGateways.region_id("x");
            DescribeNetworkAcls.region_id("x");
            DescribePhysicalConnections.region_id("x");
            DescribePublicIpAddress.region_id("x");
            DescribeRouteEntryList.region_id("x").route_table_id("x");
            DescribeRouteTableList.region_id("x");
            DescribeRouteTables;
            DescribeRouterInterfaces.region_id("x");
            DescribeSnatTableEntries.region_id("x");
            DescribeSslVpnClientCerts.region_id("x");
            DescribeSslVpnClients.region_id("x").vpn_gateway_id("x");
            DescribeSslVpnServers.region_id("x");
            DescribeTagKeys.region_id("x");
            DescribeTagKeysForExpressConnect.region_id("x");
            DescribeTags.region_id("x");
            DescribeVRouters.region_id("x");
            DescribeVSwitches;
            DescribeVirtualBorderRouters.region_id("x");
            DescribeVirtualBorderRoutersForPhysicalConnection.physical_connection_id("x").region_id("x");
            DescribeVpcGrantRulesToEcr.region_id("x");
            DescribeVpcs.region_id("x");
            DescribeVpnAttachments.region_id("x");
            DescribeVpnConnectionLogs.region_id("x").vpn_connection_id("x");
            DescribeVpnConnections.region_id("x");
            DescribeVpnCrossAccountAuthorizations.region_id("x").vpn_connection_id("x");
            DescribeVpnGateways.region_id("x");
            DescribeVpnPbrRouteEntries.region_id("x").vpn_gateway_id("x");
            DescribeVpnSslServerLogs.region_id("x").vpn_ssl_server_id("x");
            DiagnoseVpnConnections.region_id("x");
            GetVSwitchCidrReservationUsage.region_id("x").v_switch_cidr_reservation_id("x");
            GetVpcPrefixListAssociations.prefix_list_id("x").region_id("x");
            GetVpcPrefixListEntries.prefix_list_id("x").region_id("x");
            ListDhcpOptionsSets.region_id("x");
            ListFullNatEntries.region_id("x");
            ListGatewayRouteTableEntries.gateway_route_table_id("x").region_id("x");
            ListIpsecServerLogs.ipsec_server_id("x").region_id("x");
            ListIpsecServers.region_id("x");
            ListIpv4Gateways.region_id("x");
            ListNatIpCidrs.nat_gateway_id("x").region_id("x");
            ListNatIps.nat_gateway_id("x").region_id("x");
            ListPrefixLists.region_id("x");
            ListPublicIpAddressPoolCidrBlocks.public_ip_address_pool_id("x").region_id("x");
            ListPublicIpAddressPools.region_id("x");
            ListRouteTargetGroups.region_id("x");
            ListTagResources.region_id("x").resource_type("x");
            ListTagResourcesForExpressConnect.region_id("x").resource_type("x");
            ListTrafficMirrorFilters.region_id("x");
            ListTrafficMirrorSessions.region_id("x");
            ListVSwitchCidrReservations.region_id("x");
            ListVirtualPhysicalConnections.region_id("x");
            ListVpcEndpointServicesByEndUser.region_id("x");
            ListVpcGatewayEndpoints.region_id("x");
            ListVpcPublishedRouteEntries.route_table_id("x").target_type("x");
            ListVpnCertificateAssociations.region_id("x");
        }
    }
}

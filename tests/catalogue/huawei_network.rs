//! Every action of 3 product-versions: 271 actions, 877 types. Written by `models/catalogue-tests`.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;

#[rustfmt::skip]
check::target! {
    271 actions;

    huawei eip "v2" in v2 as huawei_eip_v2 {
        actions {
            AddPublicipsIntoSharedBandwidth, BatchCreatePublicipTags, BatchCreatePublicips, BatchCreateSharedBandwidths,
            BatchDeletePublicIp, BatchDeletePublicipTags, BatchDisassociatePublicips, BatchModifyBandwidth,
            ChangeBandwidthToPeriod, ChangePublicipToPeriod, CountPublicIp, CountPublicIpInstance,
            CreatePrePaidPublicip, CreatePublicip, CreatePublicipTag, CreateSharedBandwidth, DeletePublicip,
            DeletePublicipTag, DeleteSharedBandwidth, ListBandwidthPkg, ListBandwidths, ListPublicipTags, ListPublicips,
            ListPublicipsByTags, ListQuotas, NeutronCreateFloatingIp, NeutronDeleteFloatingIp, NeutronListFloatingIps,
            NeutronShowFloatingIp, NeutronUpdateFloatingIp, RemovePublicipsFromSharedBandwidth, ShowBandwidth,
            ShowPublicIpType, ShowPublicip, ShowPublicipTags, ShowResourcesJobDetail, UpdateBandwidth,
            UpdatePrePaidBandwidth, UpdatePublicip
        }
    }

    huawei vpc "v2" in v2 as huawei_vpc_v2 {
        actions {
            AcceptVpcPeering, AssociateRouteTable, BatchCreateSecurityGroupTags, BatchCreateSubnetTags,
            BatchCreateVpcTags, BatchDeleteSecurityGroupTags, BatchDeleteSubnetTags, BatchDeleteVpcTags, CreateFlowLog,
            CreatePort, CreatePrivateip, CreateRouteTable, CreateSecurityGroup, CreateSecurityGroupRule,
            CreateSecurityGroupTag, CreateSubnet, CreateSubnetTag, CreateVpc, CreateVpcPeering, CreateVpcResourceTag,
            CreateVpcRoute, DeleteFlowLog, DeletePort, DeletePrivateip, DeleteRouteTable, DeleteSecurityGroup,
            DeleteSecurityGroupRule, DeleteSecurityGroupTag, DeleteSubnet, DeleteSubnetTag, DeleteVpc, DeleteVpcPeering,
            DeleteVpcRoute, DeleteVpcTag, DisassociateRouteTable, ListApiVersion, ListFlowLogs, ListPorts,
            ListPrivateips, ListRouteTables, ListSecurityGroupRules, ListSecurityGroupTags, ListSecurityGroups,
            ListSecurityGroupsByTags, ListSubnetTags, ListSubnets, ListSubnetsByTags, ListVpcPeerings, ListVpcRoutes,
            ListVpcTags, ListVpcs, ListVpcsByTags, NeutronAddFirewallRule, NeutronAddRouterInterface,
            NeutronCreateFirewallGroup, NeutronCreateFirewallPolicy, NeutronCreateFirewallRule, NeutronCreateNetwork,
            NeutronCreatePort, NeutronCreateRouter, NeutronCreateSecurityGroup, NeutronCreateSecurityGroupRule,
            NeutronCreateSubnet, NeutronDeleteFirewallGroup, NeutronDeleteFirewallPolicy, NeutronDeleteFirewallRule,
            NeutronDeleteNetwork, NeutronDeletePort, NeutronDeleteRouter, NeutronDeleteSecurityGroup,
            NeutronDeleteSecurityGroupRule, NeutronDeleteSubnet, NeutronListFirewallGroups, NeutronListFirewallPolicies,
            NeutronListFirewallRules, NeutronListNetworks, NeutronListPorts, NeutronListRouters,
            NeutronListSecurityGroupRules, NeutronListSecurityGroups, NeutronListSubnets, NeutronRemoveFirewallRule,
            NeutronRemoveRouterInterface, NeutronShowFirewallGroup, NeutronShowFirewallPolicy, NeutronShowFirewallRule,
            NeutronShowNetwork, NeutronShowPort, NeutronShowRouter, NeutronShowSecurityGroup,
            NeutronShowSecurityGroupRule, NeutronShowSubnet, NeutronUpdateFirewallGroup, NeutronUpdateFirewallPolicy,
            NeutronUpdateFirewallRule, NeutronUpdateNetwork, NeutronUpdatePort, NeutronUpdateRouter,
            NeutronUpdateSecurityGroup, NeutronUpdateSubnet, RejectVpcPeering, ShowFlowLog, ShowNetworkIpAvailabilities,
            ShowPort, ShowPrivateip, ShowQuota, ShowRouteTable, ShowSecurityGroup, ShowSecurityGroupRule,
            ShowSecurityGroupTags, ShowSubnet, ShowSubnetTags, ShowVpc, ShowVpcPeering, ShowVpcRoute, ShowVpcTags,
            UpdateFlowLog, UpdatePort, UpdateRouteTable, UpdateSubnet, UpdateVpc, UpdateVpcPeering
        }
    }

    huawei vpc "v3" in v3 as huawei_vpc_v3 {
        actions {
            AddClouddcnSubnetsTags, AddFirewallRules, AddSecurityGroups, AddSourcesToTrafficMirrorSession,
            AddVpcExtendCidr, AssociateSubnetFirewall, AttachSubNetworkInterface, BatchCreateClouddcnSubnetsTags,
            BatchCreateFirewallTags, BatchCreatePortTags, BatchCreateSecurityGroupRules, BatchCreateSubNetworkInterface,
            BatchCreateSubNetworkInterfaceTags, BatchDeleteClouddcnSubnetsTags, BatchDeleteFirewallTags,
            BatchDeletePortTags, BatchDeleteSubNetworkInterfaceTags, CountFirewallsByTags, CountPortsByTags,
            CountSubNetworkInterfacesByTags, CreateAddressGroup, CreateClouddcnSubnet, CreateFirewall,
            CreateFirewallTag, CreatePortTag, CreateSecurityGroup, CreateSecurityGroupRule, CreateSubNetworkInterface,
            CreateSubNetworkInterfaceTag, CreateTrafficMirrorFilter, CreateTrafficMirrorFilterRule,
            CreateTrafficMirrorSession, CreateVirsubnetCidrReservation, CreateVpc, DeleteAddressGroup,
            DeleteClouddcnSubnet, DeleteClouddcnSubnetsTag, DeleteFirewall, DeleteFirewallTag,
            DeleteIpAddressGroupForce, DeletePortTag, DeleteSecurityGroup, DeleteSecurityGroupRule,
            DeleteSubNetworkInterface, DeleteSubNetworkInterfaceTag, DeleteTrafficMirrorFilter,
            DeleteTrafficMirrorFilterRule, DeleteTrafficMirrorSession, DeleteVirsubnetCidrReservation, DeleteVpc,
            DetachSubNetworkInterface, DisassociateSubnetFirewall, ListAddressGroup, ListAddressGroupsDependency,
            ListClouddcnSubnets, ListClouddcnSubnetsCountFilterTags, ListClouddcnSubnetsFilterTags,
            ListClouddcnSubnetsTags, ListFirewall, ListFirewallTags, ListFirewallsByTags, ListPortTags, ListPorts,
            ListPortsByTags, ListSecurityGroupRules, ListSecurityGroups, ListSubNetworkInterfaceTags,
            ListSubNetworkInterfaces, ListSubNetworkInterfacesByTags, ListTrafficMirrorFilterRules,
            ListTrafficMirrorFilters, ListTrafficMirrorSessions, ListVirsubnetCidrReservations, ListVirsubnets,
            ListVpcs, MigrateSubNetworkInterface, RemoveFirewallRules, RemoveSecurityGroups,
            RemoveSourcesFromTrafficMirrorSession, RemoveVpcExtendCidr, ShowAddressGroup, ShowClouddcnSubnet,
            ShowClouddcnSubnetsTags, ShowFirewall, ShowFirewallTags, ShowPort, ShowPortTags, ShowQuota,
            ShowSecurityGroup, ShowSecurityGroupRule, ShowSubNetworkInterface, ShowSubNetworkInterfaceTags,
            ShowSubNetworkInterfacesQuantity, ShowTrafficMirrorFilter, ShowTrafficMirrorFilterRule,
            ShowTrafficMirrorSession, ShowVirsubnet, ShowVirsubnetCidrReservation, ShowVpc, UpdateAddressGroup,
            UpdateClouddcnSubnet, UpdateFirewall, UpdateFirewallRules, UpdateSecurityGroup, UpdateSubNetworkInterface,
            UpdateTrafficMirrorFilter, UpdateTrafficMirrorFilterRule, UpdateTrafficMirrorSession,
            UpdateVirsubnetCidrReservation, UpdateVpc
        }
        lists {
            ListAddressGroup;
            ListClouddcnSubnetsFilterTags;
            ListFirewall;
            ListFirewallTags;
            ListFirewallsByTags;
            ListPortTags;
            ListPorts;
            ListPortsByTags;
            ListSecurityGroupRules;
            ListSecurityGroups;
            ListSubNetworkInterfaces;
            ListSubNetworkInterfacesByTags;
            ListTrafficMirrorFilterRules;
            ListTrafficMirrorFilters;
            ListTrafficMirrorSessions;
            ListVirsubnetCidrReservations;
            ListVirsubnets;
            ListVpcs;
        }
    }
}

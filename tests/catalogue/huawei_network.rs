//! Every action of 3 product-versions: 271 actions, 877 types. Written by `models/catalogue-tests`.
//!
//! Clippy would read it a second time, and is not meant for what the macro makes.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;
mod odd;
mod paging;

cloudcall_models::actions! {
    huawei eip "v2": *;
    huawei vpc "v2": *;
    huawei vpc "v3": *;
}

#[rustfmt::skip]
check::product_versions! {
    "huawei eip v2" in huawei::eip::v2:
        AddPublicipsIntoSharedBandwidth, BatchCreatePublicipTags, BatchCreatePublicips, BatchCreateSharedBandwidths,
        BatchDeletePublicIp, BatchDeletePublicipTags, BatchDisassociatePublicips, BatchModifyBandwidth,
        ChangeBandwidthToPeriod, ChangePublicipToPeriod, CountPublicIp, CountPublicIpInstance, CreatePrePaidPublicip,
        CreatePublicip, CreatePublicipTag, CreateSharedBandwidth, DeletePublicip, DeletePublicipTag,
        DeleteSharedBandwidth, ListBandwidthPkg, ListBandwidths, ListPublicipTags, ListPublicips, ListPublicipsByTags,
        ListQuotas, NeutronCreateFloatingIp, NeutronDeleteFloatingIp, NeutronListFloatingIps, NeutronShowFloatingIp,
        NeutronUpdateFloatingIp, RemovePublicipsFromSharedBandwidth, ShowBandwidth, ShowPublicIpType, ShowPublicip,
        ShowPublicipTags, ShowResourcesJobDetail, UpdateBandwidth, UpdatePrePaidBandwidth, UpdatePublicip;
    "huawei vpc v2" in huawei::vpc::v2:
        AcceptVpcPeering, AssociateRouteTable, BatchCreateSecurityGroupTags, BatchCreateSubnetTags, BatchCreateVpcTags,
        BatchDeleteSecurityGroupTags, BatchDeleteSubnetTags, BatchDeleteVpcTags, CreateFlowLog, CreatePort,
        CreatePrivateip, CreateRouteTable, CreateSecurityGroup, CreateSecurityGroupRule, CreateSecurityGroupTag,
        CreateSubnet, CreateSubnetTag, CreateVpc, CreateVpcPeering, CreateVpcResourceTag, CreateVpcRoute, DeleteFlowLog,
        DeletePort, DeletePrivateip, DeleteRouteTable, DeleteSecurityGroup, DeleteSecurityGroupRule,
        DeleteSecurityGroupTag, DeleteSubnet, DeleteSubnetTag, DeleteVpc, DeleteVpcPeering, DeleteVpcRoute,
        DeleteVpcTag, DisassociateRouteTable, ListApiVersion, ListFlowLogs, ListPorts, ListPrivateips, ListRouteTables,
        ListSecurityGroupRules, ListSecurityGroupTags, ListSecurityGroups, ListSecurityGroupsByTags, ListSubnetTags,
        ListSubnets, ListSubnetsByTags, ListVpcPeerings, ListVpcRoutes, ListVpcTags, ListVpcs, ListVpcsByTags,
        NeutronAddFirewallRule, NeutronAddRouterInterface, NeutronCreateFirewallGroup, NeutronCreateFirewallPolicy,
        NeutronCreateFirewallRule, NeutronCreateNetwork, NeutronCreatePort, NeutronCreateRouter,
        NeutronCreateSecurityGroup, NeutronCreateSecurityGroupRule, NeutronCreateSubnet, NeutronDeleteFirewallGroup,
        NeutronDeleteFirewallPolicy, NeutronDeleteFirewallRule, NeutronDeleteNetwork, NeutronDeletePort,
        NeutronDeleteRouter, NeutronDeleteSecurityGroup, NeutronDeleteSecurityGroupRule, NeutronDeleteSubnet,
        NeutronListFirewallGroups, NeutronListFirewallPolicies, NeutronListFirewallRules, NeutronListNetworks,
        NeutronListPorts, NeutronListRouters, NeutronListSecurityGroupRules, NeutronListSecurityGroups,
        NeutronListSubnets, NeutronRemoveFirewallRule, NeutronRemoveRouterInterface, NeutronShowFirewallGroup,
        NeutronShowFirewallPolicy, NeutronShowFirewallRule, NeutronShowNetwork, NeutronShowPort, NeutronShowRouter,
        NeutronShowSecurityGroup, NeutronShowSecurityGroupRule, NeutronShowSubnet, NeutronUpdateFirewallGroup,
        NeutronUpdateFirewallPolicy, NeutronUpdateFirewallRule, NeutronUpdateNetwork, NeutronUpdatePort,
        NeutronUpdateRouter, NeutronUpdateSecurityGroup, NeutronUpdateSubnet, RejectVpcPeering, ShowFlowLog,
        ShowNetworkIpAvailabilities, ShowPort, ShowPrivateip, ShowQuota, ShowRouteTable, ShowSecurityGroup,
        ShowSecurityGroupRule, ShowSecurityGroupTags, ShowSubnet, ShowSubnetTags, ShowVpc, ShowVpcPeering, ShowVpcRoute,
        ShowVpcTags, UpdateFlowLog, UpdatePort, UpdateRouteTable, UpdateSubnet, UpdateVpc, UpdateVpcPeering;
    "huawei vpc v3" in huawei::vpc::v3:
        AddClouddcnSubnetsTags, AddFirewallRules, AddSecurityGroups, AddSourcesToTrafficMirrorSession, AddVpcExtendCidr,
        AssociateSubnetFirewall, AttachSubNetworkInterface, BatchCreateClouddcnSubnetsTags, BatchCreateFirewallTags,
        BatchCreatePortTags, BatchCreateSecurityGroupRules, BatchCreateSubNetworkInterface,
        BatchCreateSubNetworkInterfaceTags, BatchDeleteClouddcnSubnetsTags, BatchDeleteFirewallTags,
        BatchDeletePortTags, BatchDeleteSubNetworkInterfaceTags, CountFirewallsByTags, CountPortsByTags,
        CountSubNetworkInterfacesByTags, CreateAddressGroup, CreateClouddcnSubnet, CreateFirewall, CreateFirewallTag,
        CreatePortTag, CreateSecurityGroup, CreateSecurityGroupRule, CreateSubNetworkInterface,
        CreateSubNetworkInterfaceTag, CreateTrafficMirrorFilter, CreateTrafficMirrorFilterRule,
        CreateTrafficMirrorSession, CreateVirsubnetCidrReservation, CreateVpc, DeleteAddressGroup, DeleteClouddcnSubnet,
        DeleteClouddcnSubnetsTag, DeleteFirewall, DeleteFirewallTag, DeleteIpAddressGroupForce, DeletePortTag,
        DeleteSecurityGroup, DeleteSecurityGroupRule, DeleteSubNetworkInterface, DeleteSubNetworkInterfaceTag,
        DeleteTrafficMirrorFilter, DeleteTrafficMirrorFilterRule, DeleteTrafficMirrorSession,
        DeleteVirsubnetCidrReservation, DeleteVpc, DetachSubNetworkInterface, DisassociateSubnetFirewall,
        ListAddressGroup, ListAddressGroupsDependency, ListClouddcnSubnets, ListClouddcnSubnetsCountFilterTags,
        ListClouddcnSubnetsFilterTags, ListClouddcnSubnetsTags, ListFirewall, ListFirewallTags, ListFirewallsByTags,
        ListPortTags, ListPorts, ListPortsByTags, ListSecurityGroupRules, ListSecurityGroups,
        ListSubNetworkInterfaceTags, ListSubNetworkInterfaces, ListSubNetworkInterfacesByTags,
        ListTrafficMirrorFilterRules, ListTrafficMirrorFilters, ListTrafficMirrorSessions,
        ListVirsubnetCidrReservations, ListVirsubnets, ListVpcs, MigrateSubNetworkInterface, RemoveFirewallRules,
        RemoveSecurityGroups, RemoveSourcesFromTrafficMirrorSession, RemoveVpcExtendCidr, ShowAddressGroup,
        ShowClouddcnSubnet, ShowClouddcnSubnetsTags, ShowFirewall, ShowFirewallTags, ShowPort, ShowPortTags, ShowQuota,
        ShowSecurityGroup, ShowSecurityGroupRule, ShowSubNetworkInterface, ShowSubNetworkInterfaceTags,
        ShowSubNetworkInterfacesQuantity, ShowTrafficMirrorFilter, ShowTrafficMirrorFilterRule,
        ShowTrafficMirrorSession, ShowVirsubnet, ShowVirsubnetCidrReservation, ShowVpc, UpdateAddressGroup,
        UpdateClouddcnSubnet, UpdateFirewall, UpdateFirewallRules, UpdateSecurityGroup, UpdateSubNetworkInterface,
        UpdateTrafficMirrorFilter, UpdateTrafficMirrorFilterRule, UpdateTrafficMirrorSession,
        UpdateVirsubnetCidrReservation, UpdateVpc;
}

#[test]
fn every_action_compiles() {
    check::all_is_there(ALL, 271);
}

odd::no_odd_member_costs_the_rest!(first 0, second 1, third 2, fourth 3; of 4);

/// Every list is walked.
#[rustfmt::skip]
mod lists {
    #[test]
    fn huawei_vpc_v3() {
        use super::huawei::vpc::v3::*;
        crate::paging::walk("huawei vpc v3", || ListAddressGroup::builder().build());
        crate::paging::walk("huawei vpc v3", || ListClouddcnSubnetsFilterTags::builder().build());
        crate::paging::walk("huawei vpc v3", || ListFirewall::builder().build());
        crate::paging::walk("huawei vpc v3", || ListFirewallTags::builder().build());
        crate::paging::walk("huawei vpc v3", || ListFirewallsByTags::builder().build());
        crate::paging::walk("huawei vpc v3", || ListPortTags::builder().build());
        crate::paging::walk("huawei vpc v3", || ListPorts::builder().build());
        crate::paging::walk("huawei vpc v3", || ListPortsByTags::builder().build());
        crate::paging::walk("huawei vpc v3", || ListSecurityGroupRules::builder().build());
        crate::paging::walk("huawei vpc v3", || ListSecurityGroups::builder().build());
        crate::paging::walk("huawei vpc v3", || ListSubNetworkInterfaces::builder().build());
        crate::paging::walk("huawei vpc v3", || ListSubNetworkInterfacesByTags::builder().build());
        crate::paging::walk("huawei vpc v3", || ListTrafficMirrorFilterRules::builder().build());
        crate::paging::walk("huawei vpc v3", || ListTrafficMirrorFilters::builder().build());
        crate::paging::walk("huawei vpc v3", || ListTrafficMirrorSessions::builder().build());
        crate::paging::walk("huawei vpc v3", || ListVirsubnetCidrReservations::builder().build());
        crate::paging::walk("huawei vpc v3", || ListVirsubnets::builder().build());
        crate::paging::walk("huawei vpc v3", || ListVpcs::builder().build());
    }
}

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
mod compiled {
    use crate::check::action;

    pub(crate) static ALL: &[crate::check::Compiled] = &[
        ("huawei eip v2", {
            use super::huawei::eip::v2::*;
            &[
            action::<AddPublicipsIntoSharedBandwidth>(),
            action::<BatchCreatePublicipTags>(),
            action::<BatchCreatePublicips>(),
            action::<BatchCreateSharedBandwidths>(),
            action::<BatchDeletePublicIp>(),
            action::<BatchDeletePublicipTags>(),
            action::<BatchDisassociatePublicips>(),
            action::<BatchModifyBandwidth>(),
            action::<ChangeBandwidthToPeriod>(),
            action::<ChangePublicipToPeriod>(),
            action::<CountPublicIp>(),
            action::<CountPublicIpInstance>(),
            action::<CreatePrePaidPublicip>(),
            action::<CreatePublicip>(),
            action::<CreatePublicipTag>(),
            action::<CreateSharedBandwidth>(),
            action::<DeletePublicip>(),
            action::<DeletePublicipTag>(),
            action::<DeleteSharedBandwidth>(),
            action::<ListBandwidthPkg>(),
            action::<ListBandwidths>(),
            action::<ListPublicipTags>(),
            action::<ListPublicips>(),
            action::<ListPublicipsByTags>(),
            action::<ListQuotas>(),
            action::<NeutronCreateFloatingIp>(),
            action::<NeutronDeleteFloatingIp>(),
            action::<NeutronListFloatingIps>(),
            action::<NeutronShowFloatingIp>(),
            action::<NeutronUpdateFloatingIp>(),
            action::<RemovePublicipsFromSharedBandwidth>(),
            action::<ShowBandwidth>(),
            action::<ShowPublicIpType>(),
            action::<ShowPublicip>(),
            action::<ShowPublicipTags>(),
            action::<ShowResourcesJobDetail>(),
            action::<UpdateBandwidth>(),
            action::<UpdatePrePaidBandwidth>(),
            action::<UpdatePublicip>(),
            ]
        }),
        ("huawei vpc v2", {
            use super::huawei::vpc::v2::*;
            &[
            action::<AcceptVpcPeering>(),
            action::<AssociateRouteTable>(),
            action::<BatchCreateSecurityGroupTags>(),
            action::<BatchCreateSubnetTags>(),
            action::<BatchCreateVpcTags>(),
            action::<BatchDeleteSecurityGroupTags>(),
            action::<BatchDeleteSubnetTags>(),
            action::<BatchDeleteVpcTags>(),
            action::<CreateFlowLog>(),
            action::<CreatePort>(),
            action::<CreatePrivateip>(),
            action::<CreateRouteTable>(),
            action::<CreateSecurityGroup>(),
            action::<CreateSecurityGroupRule>(),
            action::<CreateSecurityGroupTag>(),
            action::<CreateSubnet>(),
            action::<CreateSubnetTag>(),
            action::<CreateVpc>(),
            action::<CreateVpcPeering>(),
            action::<CreateVpcResourceTag>(),
            action::<CreateVpcRoute>(),
            action::<DeleteFlowLog>(),
            action::<DeletePort>(),
            action::<DeletePrivateip>(),
            action::<DeleteRouteTable>(),
            action::<DeleteSecurityGroup>(),
            action::<DeleteSecurityGroupRule>(),
            action::<DeleteSecurityGroupTag>(),
            action::<DeleteSubnet>(),
            action::<DeleteSubnetTag>(),
            action::<DeleteVpc>(),
            action::<DeleteVpcPeering>(),
            action::<DeleteVpcRoute>(),
            action::<DeleteVpcTag>(),
            action::<DisassociateRouteTable>(),
            action::<ListApiVersion>(),
            action::<ListFlowLogs>(),
            action::<ListPorts>(),
            action::<ListPrivateips>(),
            action::<ListRouteTables>(),
            action::<ListSecurityGroupRules>(),
            action::<ListSecurityGroupTags>(),
            action::<ListSecurityGroups>(),
            action::<ListSecurityGroupsByTags>(),
            action::<ListSubnetTags>(),
            action::<ListSubnets>(),
            action::<ListSubnetsByTags>(),
            action::<ListVpcPeerings>(),
            action::<ListVpcRoutes>(),
            action::<ListVpcTags>(),
            action::<ListVpcs>(),
            action::<ListVpcsByTags>(),
            action::<NeutronAddFirewallRule>(),
            action::<NeutronAddRouterInterface>(),
            action::<NeutronCreateFirewallGroup>(),
            action::<NeutronCreateFirewallPolicy>(),
            action::<NeutronCreateFirewallRule>(),
            action::<NeutronCreateNetwork>(),
            action::<NeutronCreatePort>(),
            action::<NeutronCreateRouter>(),
            action::<NeutronCreateSecurityGroup>(),
            action::<NeutronCreateSecurityGroupRule>(),
            action::<NeutronCreateSubnet>(),
            action::<NeutronDeleteFirewallGroup>(),
            action::<NeutronDeleteFirewallPolicy>(),
            action::<NeutronDeleteFirewallRule>(),
            action::<NeutronDeleteNetwork>(),
            action::<NeutronDeletePort>(),
            action::<NeutronDeleteRouter>(),
            action::<NeutronDeleteSecurityGroup>(),
            action::<NeutronDeleteSecurityGroupRule>(),
            action::<NeutronDeleteSubnet>(),
            action::<NeutronListFirewallGroups>(),
            action::<NeutronListFirewallPolicies>(),
            action::<NeutronListFirewallRules>(),
            action::<NeutronListNetworks>(),
            action::<NeutronListPorts>(),
            action::<NeutronListRouters>(),
            action::<NeutronListSecurityGroupRules>(),
            action::<NeutronListSecurityGroups>(),
            action::<NeutronListSubnets>(),
            action::<NeutronRemoveFirewallRule>(),
            action::<NeutronRemoveRouterInterface>(),
            action::<NeutronShowFirewallGroup>(),
            action::<NeutronShowFirewallPolicy>(),
            action::<NeutronShowFirewallRule>(),
            action::<NeutronShowNetwork>(),
            action::<NeutronShowPort>(),
            action::<NeutronShowRouter>(),
            action::<NeutronShowSecurityGroup>(),
            action::<NeutronShowSecurityGroupRule>(),
            action::<NeutronShowSubnet>(),
            action::<NeutronUpdateFirewallGroup>(),
            action::<NeutronUpdateFirewallPolicy>(),
            action::<NeutronUpdateFirewallRule>(),
            action::<NeutronUpdateNetwork>(),
            action::<NeutronUpdatePort>(),
            action::<NeutronUpdateRouter>(),
            action::<NeutronUpdateSecurityGroup>(),
            action::<NeutronUpdateSubnet>(),
            action::<RejectVpcPeering>(),
            action::<ShowFlowLog>(),
            action::<ShowNetworkIpAvailabilities>(),
            action::<ShowPort>(),
            action::<ShowPrivateip>(),
            action::<ShowQuota>(),
            action::<ShowRouteTable>(),
            action::<ShowSecurityGroup>(),
            action::<ShowSecurityGroupRule>(),
            action::<ShowSecurityGroupTags>(),
            action::<ShowSubnet>(),
            action::<ShowSubnetTags>(),
            action::<ShowVpc>(),
            action::<ShowVpcPeering>(),
            action::<ShowVpcRoute>(),
            action::<ShowVpcTags>(),
            action::<UpdateFlowLog>(),
            action::<UpdatePort>(),
            action::<UpdateRouteTable>(),
            action::<UpdateSubnet>(),
            action::<UpdateVpc>(),
            action::<UpdateVpcPeering>(),
            ]
        }),
        ("huawei vpc v3", {
            use super::huawei::vpc::v3::*;
            &[
            action::<AddClouddcnSubnetsTags>(),
            action::<AddFirewallRules>(),
            action::<AddSecurityGroups>(),
            action::<AddSourcesToTrafficMirrorSession>(),
            action::<AddVpcExtendCidr>(),
            action::<AssociateSubnetFirewall>(),
            action::<AttachSubNetworkInterface>(),
            action::<BatchCreateClouddcnSubnetsTags>(),
            action::<BatchCreateFirewallTags>(),
            action::<BatchCreatePortTags>(),
            action::<BatchCreateSecurityGroupRules>(),
            action::<BatchCreateSubNetworkInterface>(),
            action::<BatchCreateSubNetworkInterfaceTags>(),
            action::<BatchDeleteClouddcnSubnetsTags>(),
            action::<BatchDeleteFirewallTags>(),
            action::<BatchDeletePortTags>(),
            action::<BatchDeleteSubNetworkInterfaceTags>(),
            action::<CountFirewallsByTags>(),
            action::<CountPortsByTags>(),
            action::<CountSubNetworkInterfacesByTags>(),
            action::<CreateAddressGroup>(),
            action::<CreateClouddcnSubnet>(),
            action::<CreateFirewall>(),
            action::<CreateFirewallTag>(),
            action::<CreatePortTag>(),
            action::<CreateSecurityGroup>(),
            action::<CreateSecurityGroupRule>(),
            action::<CreateSubNetworkInterface>(),
            action::<CreateSubNetworkInterfaceTag>(),
            action::<CreateTrafficMirrorFilter>(),
            action::<CreateTrafficMirrorFilterRule>(),
            action::<CreateTrafficMirrorSession>(),
            action::<CreateVirsubnetCidrReservation>(),
            action::<CreateVpc>(),
            action::<DeleteAddressGroup>(),
            action::<DeleteClouddcnSubnet>(),
            action::<DeleteClouddcnSubnetsTag>(),
            action::<DeleteFirewall>(),
            action::<DeleteFirewallTag>(),
            action::<DeleteIpAddressGroupForce>(),
            action::<DeletePortTag>(),
            action::<DeleteSecurityGroup>(),
            action::<DeleteSecurityGroupRule>(),
            action::<DeleteSubNetworkInterface>(),
            action::<DeleteSubNetworkInterfaceTag>(),
            action::<DeleteTrafficMirrorFilter>(),
            action::<DeleteTrafficMirrorFilterRule>(),
            action::<DeleteTrafficMirrorSession>(),
            action::<DeleteVirsubnetCidrReservation>(),
            action::<DeleteVpc>(),
            action::<DetachSubNetworkInterface>(),
            action::<DisassociateSubnetFirewall>(),
            action::<ListAddressGroup>(),
            action::<ListAddressGroupsDependency>(),
            action::<ListClouddcnSubnets>(),
            action::<ListClouddcnSubnetsCountFilterTags>(),
            action::<ListClouddcnSubnetsFilterTags>(),
            action::<ListClouddcnSubnetsTags>(),
            action::<ListFirewall>(),
            action::<ListFirewallTags>(),
            action::<ListFirewallsByTags>(),
            action::<ListPortTags>(),
            action::<ListPorts>(),
            action::<ListPortsByTags>(),
            action::<ListSecurityGroupRules>(),
            action::<ListSecurityGroups>(),
            action::<ListSubNetworkInterfaceTags>(),
            action::<ListSubNetworkInterfaces>(),
            action::<ListSubNetworkInterfacesByTags>(),
            action::<ListTrafficMirrorFilterRules>(),
            action::<ListTrafficMirrorFilters>(),
            action::<ListTrafficMirrorSessions>(),
            action::<ListVirsubnetCidrReservations>(),
            action::<ListVirsubnets>(),
            action::<ListVpcs>(),
            action::<MigrateSubNetworkInterface>(),
            action::<RemoveFirewallRules>(),
            action::<RemoveSecurityGroups>(),
            action::<RemoveSourcesFromTrafficMirrorSession>(),
            action::<RemoveVpcExtendCidr>(),
            action::<ShowAddressGroup>(),
            action::<ShowClouddcnSubnet>(),
            action::<ShowClouddcnSubnetsTags>(),
            action::<ShowFirewall>(),
            action::<ShowFirewallTags>(),
            action::<ShowPort>(),
            action::<ShowPortTags>(),
            action::<ShowQuota>(),
            action::<ShowSecurityGroup>(),
            action::<ShowSecurityGroupRule>(),
            action::<ShowSubNetworkInterface>(),
            action::<ShowSubNetworkInterfaceTags>(),
            action::<ShowSubNetworkInterfacesQuantity>(),
            action::<ShowTrafficMirrorFilter>(),
            action::<ShowTrafficMirrorFilterRule>(),
            action::<ShowTrafficMirrorSession>(),
            action::<ShowVirsubnet>(),
            action::<ShowVirsubnetCidrReservation>(),
            action::<ShowVpc>(),
            action::<UpdateAddressGroup>(),
            action::<UpdateClouddcnSubnet>(),
            action::<UpdateFirewall>(),
            action::<UpdateFirewallRules>(),
            action::<UpdateSecurityGroup>(),
            action::<UpdateSubNetworkInterface>(),
            action::<UpdateTrafficMirrorFilter>(),
            action::<UpdateTrafficMirrorFilterRule>(),
            action::<UpdateTrafficMirrorSession>(),
            action::<UpdateVirsubnetCidrReservation>(),
            action::<UpdateVpc>(),
            ]
        }),
    ];
}

#[test]
fn every_action_compiles() {
    check::all_is_there(compiled::ALL, 271);
}

#[test]
fn no_odd_member_costs_the_rest() {
    odd::no_odd_member_costs_the_rest(compiled::ALL);
}

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

//! The parameter `RegionId`, which some services of Alibaba Cloud require.
//!
//! ECS, VPC and SLB refuse most actions without it, although a client has chosen the region already by
//! the host. The local cloud refuses them, too, so that a test finds an action whose model lacks the
//! parameter. The list is separate from `alibaba.rs` because it describes services, not the gateway.

use serde_json::Value;

use super::refusal::Refusal;
use super::vendor::Label;

/// Product-versions whose actions need `RegionId`, and those of their actions that do not.
///
/// A signed RPC call does not name its product. The API version does: these three versions belong to
/// ECS, VPC and SLB only.
const NEED_IT: [(&str, &str); 3] = [
    (
        "2014-05-26",
        "AllocatePublicIpAddress ApplyAutoSnapshotPolicy AssociateEipAddress AttachDisk CancelAutoSnapshotPolicy \
         CreateAutoSnapshotPolicy CreateRouteEntry CreateSavingsPlan CreateSnapshot CreateVSwitch \
         DeleteAutoSnapshotPolicy DeleteDisk DeleteInstance DeleteRouteEntry DeleteSnapshot DeleteVSwitch DeleteVpc \
         DescribeDiskMonitorData DescribeEipMonitorData DescribeInstanceAttribute DescribeInstanceMonitorData \
         DescribeInstanceTypes DescribeLimitation DescribeNewProjectEipMonitorData DescribeRegions \
         DescribeRouteTables DescribeSavingsPlanEstimation DescribeSavingsPlanPrice DescribeUserBusinessBehavior \
         DescribeVSwitches DetachDisk JoinResourceGroup JoinSecurityGroup LeaveSecurityGroup \
         ModifyAutoSnapshotPolicyEx ModifyDiskAttribute ModifyDiskDeployment ModifyDiskSpec \
         ModifyEipAddressAttribute ModifyInstanceAttribute ModifyInstanceAutoReleaseTime \
         ModifyInstanceNetworkOptions ModifyInstanceNetworkSpec ModifyInstanceSecurityOptions ModifyInstanceSpec \
         ModifyInstanceVpcAttribute ModifySnapshotAttribute ModifySnapshotCategory ModifyUserBusinessBehavior \
         ModifyVRouterAttribute ModifyVSwitchAttribute ModifyVpcAttribute ReActivateInstances ReInitDisk \
         RebootInstance RedeployInstance ReleaseEipAddress ReleasePublicIpAddress RenewElasticityAssurances \
         RenewInstance RenewReservedInstances ReplaceSystemDisk ResetDisk ResizeDisk SendDiagnosticInterrupt \
         StartInstance StopInstance UnassociateEipAddress",
    ),
    (
        "2016-04-28",
        "AssociateEipAddress AssociateVpcCidrBlock CreateFailoverTestJob CreateHighReliablePhysicalConnection \
         CreateRouteEntry CreateVSwitch DeleteFailoverTestJob DeleteRouteEntry DeleteVSwitch DeleteVpc \
         DescribeEcGrantRelation DescribeEipMonitorData DescribeFailoverTestJob DescribeFailoverTestJobs \
         DescribeRegions DescribeRouteTables DescribeVSwitchAttributes DescribeVSwitches \
         GetTrafficMirrorServiceStatus ListBusinessAccessPoints ListBusinessRegions ListGeographicSubRegions \
         ListVpcPublishedRouteEntries ModifyEipAddressAttribute ModifyTunnelAttribute ModifyVRouterAttribute \
         ModifyVSwitchAttribute ModifyVpcAttribute OpenTrafficMirrorService PublishVpcRouteEntries \
         ReleaseEipAddress StartFailoverTestJob StopFailoverTestJob UnassociateEipAddress UpdateFailoverTestJob \
         VpcDescribeVpcNatGatewayNetworkInterfaceQuota WithdrawVpcPublishedRouteEntries",
    ),
    (
        "2014-05-15",
        "AddBackendServers AddListenerWhiteListItem CreateLoadBalancerHTTPListener \
         CreateLoadBalancerHTTPSListener CreateLoadBalancerTCPListener CreateLoadBalancerUDPListener \
         DeleteLoadBalancer DeleteLoadBalancerListener DeleteServerCertificate DescribeHealthStatus \
         DescribeListenerAccessControlAttribute DescribeLoadBalancerAttribute \
         DescribeLoadBalancerHTTPListenerAttribute DescribeLoadBalancerHTTPSListenerAttribute \
         DescribeLoadBalancerListeners DescribeLoadBalancerTCPListenerAttribute \
         DescribeLoadBalancerUDPListenerAttribute DescribeRegions DescribeServerCertificates \
         ModifyLoadBalancerInstanceSpec ModifyLoadBalancerInternetSpec RemoveBackendServers \
         RemoveListenerWhiteListItem SetBackendServers SetListenerAccessControlStatus \
         SetLoadBalancerHTTPListenerAttribute SetLoadBalancerHTTPSListenerAttribute SetLoadBalancerName \
         SetLoadBalancerStatus SetLoadBalancerTCPListenerAttribute SetLoadBalancerUDPListenerAttribute \
         StartLoadBalancerListener StopLoadBalancerListener",
    ),
];

/// Refuses a call that lacks a required `RegionId`, with the code and message of the services:
///
/// ```json
/// { "Code": "MissingParameter", "Message": "The input parameter \"RegionId\" that is mandatory …" }
/// ```
///
/// Product-versions that are not in the list need none.
pub(super) fn insist(label: &Label, params: &Value) -> Result<(), Refusal> {
    let Some((_, free)) = NEED_IT.iter().find(|(version, _)| *version == label.version) else {
        return Ok(());
    };
    let given = params.get("RegionId").and_then(Value::as_str).is_some_and(|region| !region.is_empty());
    if given || free.split_ascii_whitespace().any(|action| action == label.action) {
        return Ok(());
    }
    let what =
        "The input parameter \"RegionId\" that is mandatory for processing this request is not supplied.";
    Err(Refusal::new("MissingParameter", what))
}

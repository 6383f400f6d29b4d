//! Every action of 4 product-versions: 375 actions, 1412 types. Written by `models/catalogue-tests`.
//!
//! Clippy would read it a second time, and is not meant for what the macro makes.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;
mod odd;
mod paging;

cloudcall_models::actions! {
    huawei ecs "v2": *;
    huawei evs "v2": *;
    huawei iam "v3": *;
    huawei ims "v2": *;
}

#[rustfmt::skip]
check::product_versions! {
    "huawei ecs v2" in huawei::ecs::v2:
        AcceptScheduledEvent, AddServerGroupMember, AssociateServerVirtualIp, AttachServerVolume,
        BatchAddServerGroupMember, BatchAddServerNics, BatchAttachSharableVolumes, BatchCreateServerTags,
        BatchDeleteServerGroupMember, BatchDeleteServerNics, BatchDeleteServerTags, BatchDetachVolumes,
        BatchRebootServers, BatchResetServersPassword, BatchResizeServers, BatchStartServers, BatchStopServers,
        BatchUpdateServersName, ChangeServerChargeMode, ChangeServerNetworkInterface, ChangeServerOsWithCloudInit,
        ChangeServerOsWithoutCloudInit, ChangeVpc, CreateLaunchTemplate, CreatePostPaidServers, CreateServerGroup,
        CreateServers, DeleteLaunchTemplates, DeleteRecycleBinServer, DeleteServerGroup, DeleteServerGroupMember,
        DeleteServerMetadata, DeleteServerPassword, DeleteServers, DetachServerVolume, DisassociateServerVirtualIp,
        ExecuteServerDump, ExecuteServerRedeploy, ListCloudServers, ListFlavorSellPolicies, ListFlavors,
        ListLaunchTemplateVersions, ListRecycleBinServers, ListResizeFlavors, ListScheduledEvents, ListServerAzInfo,
        ListServerBlockDevices, ListServerGroups, ListServerInterfaces, ListServerTags, ListServerVolumeAttachments,
        ListServersByTag, ListServersDetails, ListTemplates, MigrateServer, NovaAssociateSecurityGroup,
        NovaAttachInterface, NovaCreateKeypair, NovaCreateServers, NovaDeleteKeypair, NovaDeleteServer,
        NovaDisassociateSecurityGroup, NovaListAvailabilityZones, NovaListKeypairs, NovaListServerSecurityGroups,
        NovaListServers, NovaListServersDetails, NovaListVersions, NovaShowFlavorExtraSpecs, NovaShowKeypair,
        NovaShowServer, NovaShowServerInterface, NovaShowVersion, RegisterServerMonitor, ReinstallServerWithCloudInit,
        ReinstallServerWithoutCloudInit, ResetServerPassword, ResizePostPaidServer, ResizeServer,
        RevertRecycleBinServer, ShowAppendableVolumeQuota, ShowFlavorCapacity, ShowJob, ShowMetadataOptions,
        ShowRecycleBin, ShowResetPasswordFlag, ShowSerialConsoleActions, ShowServer, ShowServerAttachableNicNum,
        ShowServerBlockDevice, ShowServerConsoleOutput, ShowServerGroup, ShowServerLimits, ShowServerPassword,
        ShowServerRemoteConsole, ShowServerTags, UpdateMetadataOptions, UpdateRecycleBin, UpdateRecycleBinPolicy,
        UpdateScheduledEvent, UpdateSerialConsoleOptions, UpdateServer, UpdateServerAutoTerminateTime,
        UpdateServerBlockDevice, UpdateServerInterface, UpdateServerMetadata;
    "huawei evs v2" in huawei::evs::v2:
        AssociateAutoSnapshotPolicy, BatchCreateSnapshotGroupTag, BatchCreateSnapshotTags, BatchCreateVolumeTags,
        BatchDeleteSnapshotGroupTag, BatchDeleteSnapshotTags, BatchDeleteVolumeTags, BatchResizeVolumes,
        ChangeVolumeChargeMode, CinderAcceptVolumeTransfer, CinderCreateVolumeTransfer, CinderDeleteVolumeTransfer,
        CinderListAvailabilityZones, CinderListQuotas, CinderListVolumeTransfers, CinderListVolumeTypes,
        CinderShowVolumeTransfer, CountAutoSnapshotPolicies, CountSnapshotChains, CountSnapshots, CountSnapshotsGroup,
        CreateAutoSnapshotPolicy, CreateSnapshot, CreateSnapshotGroup, CreateStandardSnapshot, CreateVolume,
        DeleteAutoSnapshotPolicy, DeleteSnapshot, DeleteSnapshotGroup, DeleteStandardSnapshot, DeleteVolume,
        DeleteVolumeInRecycle, DisassociateAutoSnapshotPolicy, ListAutoSnapshotPolicy, ListSnapshotChains,
        ListSnapshotGroup, ListSnapshotGroupTags, ListSnapshotTags, ListSnapshots, ListSnapshotsDetails, ListVersions,
        ListVolumeTags, ListVolumes, ListVolumesByTags, ListVolumesInRecycle, ModifyVolumeQoS, ResizeVolume,
        RetypeVolume, RevertVolumeInRecycle, RollbackSnapshot, RollbackStandardSnapshot, ShowAutoSnapshotPolicy,
        ShowJob, ShowRecyclePolicy, ShowSnapshot, ShowSnapshotGroup, ShowStandardSnapshot, ShowVersion, ShowVolume,
        ShowVolumeInRecycle, ShowVolumeTags, UnsubscribePostpaidVolume, UpdateAutoSnapshotPolicy, UpdateRecyclePolicy,
        UpdateSnapshot, UpdateSnapshotGroup, UpdateStandardSnapshot, UpdateVolume;
    "huawei iam v3" in huawei::iam::v3:
        AssociateAgencyWithAllProjectsPermission, AssociateAgencyWithDomainPermission,
        AssociateAgencyWithProjectPermission, AssociateRoleToAgencyOnEnterpriseProject,
        AssociateRoleToGroupOnEnterpriseProject, AssociateRoleToUserOnEnterpriseProject,
        CheckAllProjectsPermissionForAgency, CheckDomainPermissionForAgency, CheckProjectPermissionForAgency,
        CreateAgency, CreateAgencyCustomPolicy, CreateBindingDevice, CreateCloudServiceCustomPolicy, CreateLoginToken,
        CreateMetadata, CreateMfaDevice, CreateOpenIdConnectConfig, CreatePermanentAccessKey,
        CreateTemporaryAccessKeyByAgency, CreateTemporaryAccessKeyByToken, CreateTokenWithIdToken,
        CreateUnscopeTokenByIdpInitiated, CreateUnscopedTokenWithIdToken, CreateUser, DeleteAgency, DeleteBindingDevice,
        DeleteCustomPolicy, DeleteDomainGroupInheritedRole, DeleteMfaDevice, DeletePermanentAccessKey,
        KeystoneAddUserToGroup, KeystoneAssociateGroupWithDomainPermission, KeystoneAssociateGroupWithProjectPermission,
        KeystoneCheckDomainPermissionForGroup, KeystoneCheckProjectPermissionForGroup, KeystoneCheckUserInGroup,
        KeystoneCheckroleForGroup, KeystoneCreateAgencyToken, KeystoneCreateGroup, KeystoneCreateIdentityProvider,
        KeystoneCreateMapping, KeystoneCreateProject, KeystoneCreateProtocol, KeystoneCreateScopedToken,
        KeystoneCreateUser, KeystoneCreateUserTokenByPassword, KeystoneCreateUserTokenByPasswordAndMfa,
        KeystoneDeleteGroup, KeystoneDeleteIdentityProvider, KeystoneDeleteMapping, KeystoneDeleteProtocol,
        KeystoneDeleteUser, KeystoneListAllProjectPermissionsForGroup, KeystoneListAuthDomains,
        KeystoneListAuthProjects, KeystoneListDomainPermissionsForGroup, KeystoneListEndpoints,
        KeystoneListFederationDomains, KeystoneListFederationProjects, KeystoneListGroups, KeystoneListGroupsForUser,
        KeystoneListIdentityProviders, KeystoneListMappings, KeystoneListPermissions,
        KeystoneListProjectPermissionsForGroup, KeystoneListProjects, KeystoneListProjectsForUser,
        KeystoneListProtocols, KeystoneListRegions, KeystoneListServices, KeystoneListUsers,
        KeystoneListUsersForGroupByAdmin, KeystoneListVersions, KeystoneRemoveDomainPermissionFromGroup,
        KeystoneRemoveProjectPermissionFromGroup, KeystoneRemoveUserFromGroup, KeystoneShowCatalog,
        KeystoneShowEndpoint, KeystoneShowGroup, KeystoneShowIdentityProvider, KeystoneShowMapping,
        KeystoneShowPermission, KeystoneShowProject, KeystoneShowProtocol, KeystoneShowRegion,
        KeystoneShowSecurityCompliance, KeystoneShowSecurityComplianceByOption, KeystoneShowService, KeystoneShowUser,
        KeystoneShowVersion, KeystoneUpdateGroup, KeystoneUpdateIdentityProvider, KeystoneUpdateMapping,
        KeystoneUpdateProject, KeystoneUpdateProtocol, KeystoneUpdateUserByAdmin, KeystoneUpdateUserPassword,
        KeystoneValidateToken, ListAgencies, ListAllProjectsPermissionsForAgency, ListCustomPolicies,
        ListDomainPermissionsForAgency, ListEnterpriseProjectsForGroup, ListEnterpriseProjectsForUser,
        ListGroupsForEnterpriseProject, ListPermanentAccessKeys, ListProjectPermissionsForAgency,
        ListRolesForGroupOnEnterpriseProject, ListRolesForUserOnEnterpriseProject, ListUserLoginProtects,
        ListUserMfaDevices, ListUsersForEnterpriseProject, RemoveAllProjectsPermissionFromAgency,
        RemoveDomainPermissionFromAgency, RemoveProjectPermissionFromAgency, RevokeRoleFromAgencyOnEnterpriseProject,
        RevokeRoleFromGroupOnEnterpriseProject, RevokeRoleFromUserOnEnterpriseProject, ShowAgency, ShowCustomPolicy,
        ShowDomainApiAclPolicy, ShowDomainConsoleAclPolicy, ShowDomainLoginPolicy, ShowDomainPasswordPolicy,
        ShowDomainProtectPolicy, ShowDomainQuota, ShowDomainRoleAssignments, ShowMetadata, ShowOpenIdConnectConfig,
        ShowPermanentAccessKey, ShowProjectDetailsAndStatus, ShowProjectQuota, ShowUser, ShowUserLoginProtect,
        ShowUserMfaDevice, UpdateAgency, UpdateAgencyCustomPolicy, UpdateCloudServiceCustomPolicy,
        UpdateDomainApiAclPolicy, UpdateDomainConsoleAclPolicy, UpdateDomainGroupInheritRole, UpdateDomainLoginPolicy,
        UpdateDomainPasswordPolicy, UpdateDomainProtectPolicy, UpdateLoginProtect, UpdateOpenIdConnectConfig,
        UpdatePermanentAccessKey, UpdateProjectStatus, UpdateUser, UpdateUserInformation;
    "huawei ims v2" in huawei::ims::v2:
        AddImageTag, BatchAddMembers, BatchAddOrDeleteTags, BatchDeleteMembers, BatchDeleteTags, BatchUpdateMembers,
        CopyImageCrossRegion, CopyImageInRegion, CopyImageInRegionInSafeMode, CreateDataImage,
        CreateDataImageInSafeMode, CreateImage, CreateImageInSafeMode, CreateOrUpdateTags, CreateWholeImage,
        DeleteImageTag, ExportImage, ExportImageInSafeMode, GlanceAddImageMember, GlanceCreateImageMetadata,
        GlanceCreateTag, GlanceDeleteImage, GlanceDeleteImageMember, GlanceDeleteTag, GlanceListImageMemberSchemas,
        GlanceListImageMembers, GlanceListImageSchemas, GlanceListImages, GlanceShowImage, GlanceShowImageMember,
        GlanceShowImageMemberSchemas, GlanceShowImageSchemas, GlanceUpdateImage, GlanceUpdateImageMember,
        ImportImageQuick, ImportImageQuickInSafeMode, ListImageByTags, ListImageMembers, ListImageTags, ListImages,
        ListImagesTags, ListOsVersions, ListTags, ListVersions, RegisterImage, ShowImageMember, ShowImageQuota, ShowJob,
        ShowJobProgress, ShowVersion, UpdateImage;
}

#[test]
fn every_action_compiles() {
    check::all_is_there(ALL, 375);
}

odd::no_odd_member_costs_the_rest!(first 0, second 1, third 2, fourth 3; of 4);

/// Every list is walked.
#[rustfmt::skip]
mod lists {
    #[test]
    fn huawei_ecs_v2() {
        use super::huawei::ecs::v2::*;
        crate::paging::walk("huawei ecs v2", || ListLaunchTemplateVersions::builder().build());
        crate::paging::walk("huawei ecs v2", || ListScheduledEvents::builder().build());
        crate::paging::walk("huawei ecs v2", || ListServerGroups::builder().build());
        crate::paging::walk("huawei ecs v2", || ListServersDetails::builder().build());
        crate::paging::walk("huawei ecs v2", || ListTemplates::builder().build());
    }

    #[test]
    fn huawei_evs_v2() {
        use super::huawei::evs::v2::*;
        crate::paging::walk("huawei evs v2", || CinderListVolumeTransfers::builder().build());
        crate::paging::walk("huawei evs v2", || ListAutoSnapshotPolicy::builder().build());
        crate::paging::walk("huawei evs v2", || ListSnapshotGroup::builder().build());
        crate::paging::walk("huawei evs v2", || ListSnapshotsDetails::builder().build());
        crate::paging::walk("huawei evs v2", || ListVolumesInRecycle::builder().build());
    }

    #[test]
    fn huawei_iam_v3() {
        use super::huawei::iam::v3::*;
        crate::paging::walk("huawei iam v3", || KeystoneListPermissions::builder().build());
        crate::paging::walk("huawei iam v3", || KeystoneListProjects::builder().build());
        crate::paging::walk("huawei iam v3", || ListAgencies::builder().domain_id("x").build());
        crate::paging::walk("huawei iam v3", || ListCustomPolicies::builder().build());
        crate::paging::walk("huawei iam v3", || ShowDomainRoleAssignments::builder().domain_id("x").build());
    }

    #[test]
    fn huawei_ims_v2() {
        use super::huawei::ims::v2::*;
        crate::paging::walk("huawei ims v2", || GlanceListImageMembers::builder().image_id("x").build());
        crate::paging::walk("huawei ims v2", || ListImageMembers::builder().image_id("x").build());
        crate::paging::walk("huawei ims v2", || ListImages::builder().build());
        crate::paging::walk("huawei ims v2", || ListTags::builder().build());
    }
}

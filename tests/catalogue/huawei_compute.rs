//! Every action of 4 product-versions: 375 actions, 1412 types. Written by `models/catalogue-tests`.
#![cfg(not(clippy))]
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "tests")]

mod check;

#[rustfmt::skip]
check::target! {
    375 actions;

    huawei ecs "v2" in v2 as huawei_ecs_v2 {
        actions {
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
            NovaShowServer, NovaShowServerInterface, NovaShowVersion, RegisterServerMonitor,
            ReinstallServerWithCloudInit, ReinstallServerWithoutCloudInit, ResetServerPassword, ResizePostPaidServer,
            ResizeServer, RevertRecycleBinServer, ShowAppendableVolumeQuota, ShowFlavorCapacity, ShowJob,
            ShowMetadataOptions, ShowRecycleBin, ShowResetPasswordFlag, ShowSerialConsoleActions, ShowServer,
            ShowServerAttachableNicNum, ShowServerBlockDevice, ShowServerConsoleOutput, ShowServerGroup,
            ShowServerLimits, ShowServerPassword, ShowServerRemoteConsole, ShowServerTags, UpdateMetadataOptions,
            UpdateRecycleBin, UpdateRecycleBinPolicy, UpdateScheduledEvent, UpdateSerialConsoleOptions, UpdateServer,
            UpdateServerAutoTerminateTime, UpdateServerBlockDevice, UpdateServerInterface, UpdateServerMetadata
        }
        lists {
            ListLaunchTemplateVersions;
            ListScheduledEvents;
            ListServerGroups;
            ListServersDetails;
            ListTemplates;
        }
    }

    huawei evs "v2" in v2 as huawei_evs_v2 {
        actions {
            AssociateAutoSnapshotPolicy, BatchCreateSnapshotGroupTag, BatchCreateSnapshotTags, BatchCreateVolumeTags,
            BatchDeleteSnapshotGroupTag, BatchDeleteSnapshotTags, BatchDeleteVolumeTags, BatchResizeVolumes,
            ChangeVolumeChargeMode, CinderAcceptVolumeTransfer, CinderCreateVolumeTransfer, CinderDeleteVolumeTransfer,
            CinderListAvailabilityZones, CinderListQuotas, CinderListVolumeTransfers, CinderListVolumeTypes,
            CinderShowVolumeTransfer, CountAutoSnapshotPolicies, CountSnapshotChains, CountSnapshots,
            CountSnapshotsGroup, CreateAutoSnapshotPolicy, CreateSnapshot, CreateSnapshotGroup, CreateStandardSnapshot,
            CreateVolume, DeleteAutoSnapshotPolicy, DeleteSnapshot, DeleteSnapshotGroup, DeleteStandardSnapshot,
            DeleteVolume, DeleteVolumeInRecycle, DisassociateAutoSnapshotPolicy, ListAutoSnapshotPolicy,
            ListSnapshotChains, ListSnapshotGroup, ListSnapshotGroupTags, ListSnapshotTags, ListSnapshots,
            ListSnapshotsDetails, ListVersions, ListVolumeTags, ListVolumes, ListVolumesByTags, ListVolumesInRecycle,
            ModifyVolumeQoS, ResizeVolume, RetypeVolume, RevertVolumeInRecycle, RollbackSnapshot,
            RollbackStandardSnapshot, ShowAutoSnapshotPolicy, ShowJob, ShowRecyclePolicy, ShowSnapshot,
            ShowSnapshotGroup, ShowStandardSnapshot, ShowVersion, ShowVolume, ShowVolumeInRecycle, ShowVolumeTags,
            UnsubscribePostpaidVolume, UpdateAutoSnapshotPolicy, UpdateRecyclePolicy, UpdateSnapshot,
            UpdateSnapshotGroup, UpdateStandardSnapshot, UpdateVolume
        }
        lists {
            CinderListVolumeTransfers;
            ListAutoSnapshotPolicy;
            ListSnapshotGroup;
            ListSnapshotsDetails;
            ListVolumesInRecycle;
        }
    }

    huawei iam "v3" in v3 as huawei_iam_v3 {
        actions {
            AssociateAgencyWithAllProjectsPermission, AssociateAgencyWithDomainPermission,
            AssociateAgencyWithProjectPermission, AssociateRoleToAgencyOnEnterpriseProject,
            AssociateRoleToGroupOnEnterpriseProject, AssociateRoleToUserOnEnterpriseProject,
            CheckAllProjectsPermissionForAgency, CheckDomainPermissionForAgency, CheckProjectPermissionForAgency,
            CreateAgency, CreateAgencyCustomPolicy, CreateBindingDevice, CreateCloudServiceCustomPolicy,
            CreateLoginToken, CreateMetadata, CreateMfaDevice, CreateOpenIdConnectConfig, CreatePermanentAccessKey,
            CreateTemporaryAccessKeyByAgency, CreateTemporaryAccessKeyByToken, CreateTokenWithIdToken,
            CreateUnscopeTokenByIdpInitiated, CreateUnscopedTokenWithIdToken, CreateUser, DeleteAgency,
            DeleteBindingDevice, DeleteCustomPolicy, DeleteDomainGroupInheritedRole, DeleteMfaDevice,
            DeletePermanentAccessKey, KeystoneAddUserToGroup, KeystoneAssociateGroupWithDomainPermission,
            KeystoneAssociateGroupWithProjectPermission, KeystoneCheckDomainPermissionForGroup,
            KeystoneCheckProjectPermissionForGroup, KeystoneCheckUserInGroup, KeystoneCheckroleForGroup,
            KeystoneCreateAgencyToken, KeystoneCreateGroup, KeystoneCreateIdentityProvider, KeystoneCreateMapping,
            KeystoneCreateProject, KeystoneCreateProtocol, KeystoneCreateScopedToken, KeystoneCreateUser,
            KeystoneCreateUserTokenByPassword, KeystoneCreateUserTokenByPasswordAndMfa, KeystoneDeleteGroup,
            KeystoneDeleteIdentityProvider, KeystoneDeleteMapping, KeystoneDeleteProtocol, KeystoneDeleteUser,
            KeystoneListAllProjectPermissionsForGroup, KeystoneListAuthDomains, KeystoneListAuthProjects,
            KeystoneListDomainPermissionsForGroup, KeystoneListEndpoints, KeystoneListFederationDomains,
            KeystoneListFederationProjects, KeystoneListGroups, KeystoneListGroupsForUser,
            KeystoneListIdentityProviders, KeystoneListMappings, KeystoneListPermissions,
            KeystoneListProjectPermissionsForGroup, KeystoneListProjects, KeystoneListProjectsForUser,
            KeystoneListProtocols, KeystoneListRegions, KeystoneListServices, KeystoneListUsers,
            KeystoneListUsersForGroupByAdmin, KeystoneListVersions, KeystoneRemoveDomainPermissionFromGroup,
            KeystoneRemoveProjectPermissionFromGroup, KeystoneRemoveUserFromGroup, KeystoneShowCatalog,
            KeystoneShowEndpoint, KeystoneShowGroup, KeystoneShowIdentityProvider, KeystoneShowMapping,
            KeystoneShowPermission, KeystoneShowProject, KeystoneShowProtocol, KeystoneShowRegion,
            KeystoneShowSecurityCompliance, KeystoneShowSecurityComplianceByOption, KeystoneShowService,
            KeystoneShowUser, KeystoneShowVersion, KeystoneUpdateGroup, KeystoneUpdateIdentityProvider,
            KeystoneUpdateMapping, KeystoneUpdateProject, KeystoneUpdateProtocol, KeystoneUpdateUserByAdmin,
            KeystoneUpdateUserPassword, KeystoneValidateToken, ListAgencies, ListAllProjectsPermissionsForAgency,
            ListCustomPolicies, ListDomainPermissionsForAgency, ListEnterpriseProjectsForGroup,
            ListEnterpriseProjectsForUser, ListGroupsForEnterpriseProject, ListPermanentAccessKeys,
            ListProjectPermissionsForAgency, ListRolesForGroupOnEnterpriseProject, ListRolesForUserOnEnterpriseProject,
            ListUserLoginProtects, ListUserMfaDevices, ListUsersForEnterpriseProject,
            RemoveAllProjectsPermissionFromAgency, RemoveDomainPermissionFromAgency, RemoveProjectPermissionFromAgency,
            RevokeRoleFromAgencyOnEnterpriseProject, RevokeRoleFromGroupOnEnterpriseProject,
            RevokeRoleFromUserOnEnterpriseProject, ShowAgency, ShowCustomPolicy, ShowDomainApiAclPolicy,
            ShowDomainConsoleAclPolicy, ShowDomainLoginPolicy, ShowDomainPasswordPolicy, ShowDomainProtectPolicy,
            ShowDomainQuota, ShowDomainRoleAssignments, ShowMetadata, ShowOpenIdConnectConfig, ShowPermanentAccessKey,
            ShowProjectDetailsAndStatus, ShowProjectQuota, ShowUser, ShowUserLoginProtect, ShowUserMfaDevice,
            UpdateAgency, UpdateAgencyCustomPolicy, UpdateCloudServiceCustomPolicy, UpdateDomainApiAclPolicy,
            UpdateDomainConsoleAclPolicy, UpdateDomainGroupInheritRole, UpdateDomainLoginPolicy,
            UpdateDomainPasswordPolicy, UpdateDomainProtectPolicy, UpdateLoginProtect, UpdateOpenIdConnectConfig,
            UpdatePermanentAccessKey, UpdateProjectStatus, UpdateUser, UpdateUserInformation
        }
        lists {
            KeystoneListPermissions;
            KeystoneListProjects;
            ListAgencies.domain_id("x");
            ListCustomPolicies;
            ShowDomainRoleAssignments.domain_id("x");
        }
    }

    huawei ims "v2" in v2 as huawei_ims_v2 {
        actions {
            AddImageTag, BatchAddMembers, BatchAddOrDeleteTags, BatchDeleteMembers, BatchDeleteTags, BatchUpdateMembers,
            CopyImageCrossRegion, CopyImageInRegion, CopyImageInRegionInSafeMode, CreateDataImage,
            CreateDataImageInSafeMode, CreateImage, CreateImageInSafeMode, CreateOrUpdateTags, CreateWholeImage,
            DeleteImageTag, ExportImage, ExportImageInSafeMode, GlanceAddImageMember, GlanceCreateImageMetadata,
            GlanceCreateTag, GlanceDeleteImage, GlanceDeleteImageMember, GlanceDeleteTag, GlanceListImageMemberSchemas,
            GlanceListImageMembers, GlanceListImageSchemas, GlanceListImages, GlanceShowImage, GlanceShowImageMember,
            GlanceShowImageMemberSchemas, GlanceShowImageSchemas, GlanceUpdateImage, GlanceUpdateImageMember,
            ImportImageQuick, ImportImageQuickInSafeMode, ListImageByTags, ListImageMembers, ListImageTags, ListImages,
            ListImagesTags, ListOsVersions, ListTags, ListVersions, RegisterImage, ShowImageMember, ShowImageQuota,
            ShowJob, ShowJobProgress, ShowVersion, UpdateImage
        }
        lists {
            GlanceListImageMembers.image_id("x");
            ListImageMembers.image_id("x");
            ListImages;
            ListTags;
        }
    }
}

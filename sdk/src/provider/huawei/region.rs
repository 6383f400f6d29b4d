//! The built-in table of hosts: `docs/sources.md`, Huawei Cloud, 4.2 and 4.5; the packages of all products.
//!
//! Nearly every host is `{product}.{region}.myhuaweicloud.com`. The tables here hold what is not: products
//! whose host has another label, and regions where a product lives elsewhere or at several hosts.

/// The products that work in the scope of an account (`X-Domain-Id`), not of a project.
const GLOBAL: [&str; 25] = [
    "aad",
    "bss",
    "bssintl",
    "cc",
    "ccm",
    "cdn",
    "cloudpond",
    "config",
    "devstar",
    "ec",
    "eps",
    "geip",
    "iam",
    "identitycenter",
    "iec",
    "organizations",
    "orgid",
    "osm",
    "ram",
    "rc",
    "rms",
    "scm",
    "smnglobal",
    "tms",
    "ucs",
];

/// The products whose packages have credentials of their own kind: neither a project nor an account is named.
const UNSCOPED: [&str; 6] =
    ["identitycenteroidc", "identitycenterportalapi", "identitycenterscim", "meeting", "obs", "smsapi"];

/// The regions that have an IAM. Requests of the others go to the one that serves all regions.
const IAM_REGIONS: [&str; 28] = [
    "ae-ad-1",
    "af-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "cn-east-2",
    "cn-east-3",
    "cn-east-4",
    "cn-east-5",
    "cn-north-1",
    "cn-north-12",
    "cn-north-2",
    "cn-north-4",
    "cn-north-9",
    "cn-south-1",
    "cn-south-2",
    "cn-southwest-2",
    "eu-west-0",
    "eu-west-101",
    "la-north-2",
    "la-south-2",
    "me-east-1",
    "my-kualalumpur-1",
    "na-mexico-1",
    "ru-moscow-1",
    "sa-brazil-1",
    "tr-west-1",
];

/// Product, and the label that its hosts begin with.
const LABELS: &[(&str, &str)] = &[
    ("agentidentity", "agent-identity"),
    ("aidatalake", "fabric"),
    ("aos", "rfs"),
    ("apm", "apm2"),
    ("astrozero", "appcube-external"),
    ("campusgo", "iva"),
    ("cbs", "cbs-ext"),
    ("classroom", "classroom-ext"),
    ("cloudtest", "cloudtest-ext"),
    ("codeartsartifact", "cloudartifacts-ext"),
    ("codeartsbuild", "cloudbuild-ext"),
    ("codeartscheck", "codearts-check"),
    ("codeartsdeploy", "codearts-deploy"),
    ("codeartsgovernance", "devsecurity"),
    ("codeartside", "ide"),
    ("codeartspipeline", "cloudpipeline-ext"),
    ("codeartsrepo", "codehub-ext"),
    ("config", "rms"),
    ("cpcs", "kms"),
    ("csms", "kms"),
    ("dataartsfabric", "fabric"),
    ("dataartsfabricep", "fabric-ep"),
    ("dataartsstudio", "dayu"),
    ("dc", "dcaas"),
    ("dgc", "dayu-dlf"),
    ("dlf", "dayu-dlf"),
    ("dris", "ocv2x-api"),
    ("dsc", "sdg"),
    ("dwr", "dwr-lms"),
    ("edgesec", "esa"),
    ("eihealth", "ai4sservice"),
    ("eip", "vpc"),
    ("frs", "face"),
    ("gaussdbfornosql", "gaussdb-nosql"),
    ("gaussdbforopengauss", "gaussdb-opengauss"),
    ("iamaccessanalyzer", "access-analyzer"),
    ("identitycenteroidc", "oidc"),
    ("identitycenterscim", "scim"),
    ("identitycenterstore", "identitystore"),
    ("idme", "dme"),
    ("imagesearch", "mms"),
    ("iotanalytics", "iota"),
    ("iotdm", "iotda-mgmt"),
    ("iotedge", "iotedge-api"),
    ("kafka", "dms"),
    ("kps", "kms"),
    ("nlp", "nlp-ext"),
    ("orgid", "orgid-external"),
    ("pangulargemodels", "pangu"),
    ("projectman", "projectman-ext"),
    ("rabbitmq", "dms"),
    ("rocketmq", "dms"),
    ("sa", "secmaster"),
    ("sfsturbo", "sfs-turbo"),
    ("sis", "sis-ext"),
    ("swr", "swr-api"),
    ("vas", "iva"),
    ("vcm", "iva"),
    ("workspaceapp", "workspace"),
];

/// Product, regions, and hosts in the order they are tried; `*` stands for the region.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("aad", "ap-southeast-1 cn-north-4", "aad.myhuaweicloud.com"),
    ("aidatalake", "cn-east-4 cn-southwest-2", "fabric-serverless.*.myhuaweicloud.com"),
    ("aos", "eu-west-101", "aos.myhuaweicloud.eu"),
    ("apig", "eu-west-101", "apig.*.myhuaweicloud.eu"),
    ("as", "ap-southeast-1", "as.*.myhwclouds.com"),
    ("bcs", "cn-east-2 cn-north-1 cn-north-4 cn-south-1", "bcs.*.myhuaweicloud.com bcs.*.myhuaweicloud.cn"),
    ("bss", "cn-north-1", "bss.myhuaweicloud.com"),
    ("bssintl", "ap-southeast-1", "bss-intl.myhuaweicloud.com"),
    ("bssintl", "eu-west-101", "bss.myhuaweicloud.eu"),
    (
        "cae",
        "af-south-1 ap-southeast-3 cn-east-3 cn-north-4 cn-south-1 la-north-2 me-east-1 tr-west-1",
        "cae.*.myhuaweicloud.com cae.*.myhuaweicloud.cn",
    ),
    ("cc", "cn-north-4", "cc.myhuaweicloud.com"),
    ("cce", "eu-west-101", "cce.*.myhuaweicloud.eu"),
    ("ccm", "sa-brazil-1", "ccm.myhuaweicloud.com"),
    ("cdn", "ap-southeast-1 cn-north-1", "cdn.myhuaweicloud.com"),
    ("cdn", "eu-west-101", "cdn.myhuaweicloud.eu"),
    ("cfw", "eu-west-101", "cfw.*.myhuaweicloud.eu"),
    ("cfw", "my-kualalumpur-1", "cfw.*.myhuaweicloud.com cfw.*.myhuaweicloud.cn"),
    ("cloudpond", "cn-north-4", "ies.myhuaweicloud.com"),
    ("cloudrtc", "cn-north-4", "rtc-api.myhuaweicloud.com"),
    ("cloudtest", "cn-east-2", "cloudtest-ext.*.myhuaweicloud.cn"),
    ("coc", "ap-southeast-3", "coc-intl.myhuaweicloud.com"),
    ("coc", "cn-north-4", "coc.myhuaweicloud.com"),
    ("coc", "eu-west-101", "coc-eu-west-101-open-api.myhuaweicloud.eu"),
    (
        "codeartsartifact",
        "af-north-1 af-south-1 ap-southeast-3 cn-south-1 me-east-1",
        "artifact.*.myhuaweicloud.com",
    ),
    (
        "codeartscheck",
        "cn-east-2 cn-east-3 cn-north-1 cn-north-4 cn-south-1",
        "codearts-check.*.myhuaweicloud.com codearts-check.*.myhuaweicloud.cn",
    ),
    ("codeartsinspector", "cn-north-4", "vss.myhuaweicloud.com"),
    ("codeartspipeline", "af-north-1 af-south-1 me-east-1", "pipeline.*.myhuaweicloud.com"),
    ("codeartspipeline", "la-south-2 tr-west-1", "pipeline-external.*.myhuaweicloud.com"),
    ("codeartsrepo", "af-north-1 af-south-1 me-east-1", "repo.*.myhuaweicloud.com"),
    ("codeartsrepo", "eu-west-101 la-south-2 tr-west-1", "codeartsrepo-ext.*.myhuaweicloud.com"),
    ("config", "cn-north-4", "rms.myhuaweicloud.com rms.myhuaweicloud.cn"),
    ("config", "eu-west-101 my-kualalumpur-1 ru-moscow-1", "rms.*.myhuaweicloud.com rms.*.myhuaweicloud.cn"),
    ("css", "cn-east-2 cn-north-1", "es.*.myhuaweicloud.com"),
    ("cts", "af-north-1", "cts.*.myhuaweicloud.com cts.*.myhuaweicloud.africa"),
    (
        "cts",
        "af-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 cn-east-2 cn-east-3 cn-east-4 cn-east-5 cn-north-1 cn-north-11 cn-north-12 cn-north-2 cn-north-4 cn-north-9 cn-south-1 cn-south-2 cn-south-4 cn-southwest-2 cn-southwest-3 la-north-2 la-south-2 na-mexico-1 ru-northwest-2 sa-brazil-1 tr-west-1",
        "cts.*.myhuaweicloud.com cts.*.myhuaweicloud.cn",
    ),
    ("cts", "ap-southeast-5", "cts.*.myhuaweicloud.com cts.*.myhuaweicloud.asia"),
    ("cts", "eu-west-101", "cts.*.myhuaweicloud.eu"),
    ("das", "na-mexico-1", "das.la-south-2.myhuaweicloud.com"),
    ("ddm", "eu-west-101", "ddm.*.myhuaweicloud.eu"),
    ("dds", "eu-west-101", "dds.*.myhuaweicloud.eu"),
    ("dgc", "cn-east-4", "dayu.*.myhuaweicloud.com"),
    ("dli", "eu-west-101", "dli.*.myhuaweicloud.eu"),
    ("drs", "eu-west-101", "drs.*.myhuaweicloud.eu"),
    ("dwr", "cn-south-1", "dwr.*.myhuaweicloud.com"),
    ("dws", "ap-southeast-4 cn-east-4 cn-north-12 cn-south-4 tr-west-1", "dws.*.myhuaweicloud.cn"),
    ("dws", "eu-west-101", "dws.*.myhuaweicloud.eu"),
    ("ec", "cn-north-4", "ec.myhuaweicloud.com"),
    (
        "edgesec",
        "af-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 cn-east-2 cn-east-3 cn-north-1 cn-north-2 cn-north-9 cn-south-1 cn-south-2 cn-south-4 cn-southwest-2 la-north-2 la-south-2 na-mexico-1 ru-northwest-2 sa-brazil-1 tr-west-1",
        "esa.cn-north-4.myhuaweicloud.com",
    ),
    ("eg", "eu-west-101", "eg.*.myhuaweicloud.eu"),
    ("eps", "cn-north-4", "eps.myhuaweicloud.com eps.myhuaweicloud.cn"),
    ("eps", "eu-west-101", "eps.*.myhuaweicloud.eu"),
    ("eps", "my-kualalumpur-1 ru-moscow-1", "eps.*.myhuaweicloud.com eps.*.myhuaweicloud.cn"),
    ("ga", "cn-east-3 cn-southwest-2", "ga.myhuaweicloud.com"),
    ("gaussdb", "af-south-1 cn-east-5 cn-southwest-3 la-north-2", "gaussdb-mysql.*.myhuaweicloud.com"),
    (
        "gaussdb",
        "ap-southeast-1 ap-southeast-2 cn-north-11 me-east-1 tr-west-1",
        "gaussdbformysql.*.myhuaweicloud.com",
    ),
    ("gaussdbfornosql", "eu-west-101", "gaussdb-nosql.*.myhuaweicloud.eu"),
    (
        "gaussdbforopengauss",
        "af-north-1 ap-southeast-5 cn-east-2 cn-east-4 cn-east-5 cn-north-12 me-east-1 tr-west-1",
        "gaussdb.*.myhuaweicloud.com",
    ),
    ("geip", "cn-north-4", "eip.myhuaweicloud.com"),
    ("ges", "eu-west-101", "ges.*.myhuaweicloud.eu"),
    ("hss", "eu-west-101", "hss.*.myhuaweicloud.eu"),
    ("iam", "eu-west-101", "iam.*.myhuaweicloud.eu"),
    ("identitycenter", "cn-north-4 cn-south-1", "identitycenter.myhuaweicloud.com"),
    ("identitycenterportalapi", "cn-north-4 cn-south-1", "portal-identitycenter.myhuaweicloud.com"),
    ("idmeclassicapi", "cn-north-4", "dme.*.huaweicloud.com"),
    ("iec", "cn-north-4", "iecs.myhuaweicloud.com"),
    (
        "image",
        "ap-southeast-1 ap-southeast-3 cn-east-3 cn-north-1 cn-north-4",
        "image.*.myhuaweicloud.com image.*.myhuaweicloud.cn",
    ),
    ("imagesearch", "cn-north-4", "mms.*.myhuaweicloud.com mms.*.myhuaweicloud.cn"),
    ("kafka", "eu-west-101", "dms.*.myhuaweicloud.eu"),
    ("kms", "eu-west-101", "kms.*.myhuaweicloud.eu"),
    ("koomessage", "cn-north-4", "koomessage.myhuaweicloud.cn"),
    ("lts", "eu-west-101", "lts.*.myhuaweicloud.eu"),
    ("mapds", "ap-southeast-3 cn-north-4", "mapds.myhuaweicloud.com"),
    ("meeting", "ap-southeast-1", "api-intl.meeting.huaweicloud.com"),
    ("meeting", "cn-north-4", "api.meeting.huaweicloud.com"),
    ("modelarts", "ap-southeast-1", "modelarts.*.myhuaweicloud.cn"),
    (
        "moderation",
        "ap-southeast-3 cn-east-3 cn-north-1 cn-north-4 cn-southwest-2",
        "moderation.*.myhuaweicloud.com moderation.*.myhuaweicloud.cn",
    ),
    ("mpc", "cn-north-1", "mts.*.myhuaweicloud.com"),
    ("mrs", "ap-southeast-1 ap-southeast-4 ru-northwest-2", "mrs.*.myhuaweicloud.cn"),
    ("mrs", "eu-west-101", "mrs.*.myhuaweicloud.eu"),
    ("nat", "ap-southeast-4", "nat.*.myhuaweicloud.cn"),
    ("nat", "eu-west-101", "nat.*.myhuaweicloud.eu"),
    ("obs", "eu-west-101", "obs.*.myhuaweicloud.eu"),
    (
        "ocr",
        "af-south-1 ap-southeast-1 ap-southeast-2 ap-southeast-3 cn-east-3 cn-north-1 cn-north-4 cn-south-1 cn-southwest-2 la-south-2",
        "ocr.*.myhuaweicloud.com ocr.*.myhuaweicloud.cn",
    ),
    ("organizations", "cn-north-4", "organizations.myhuaweicloud.com"),
    ("oroas", "cn-north-4", "oroas.cn-north-7.huaweicloud.com"),
    ("osm", "cn-south-1", "osm.*.myhuaweicloud.cn"),
    ("rabbitmq", "eu-west-101", "dms.*.myhuaweicloud.eu"),
    ("ram", "cn-north-4", "ram.myhuaweicloud.com"),
    ("rc", "cn-north-4", "rc.myhuaweicloud.com"),
    ("rds", "eu-west-101", "rds.*.myhuaweicloud.eu"),
    ("rfs", "eu-west-101", "aos.myhuaweicloud.eu"),
    ("rms", "cn-north-4", "rms.myhuaweicloud.com"),
    ("rocketmq", "eu-west-101", "dms.*.myhuaweicloud.eu"),
    ("sa", "cn-north-4", "sa.myhuaweicloud.com"),
    ("sdrs", "ap-southeast-2", "sdrs.ap-southeast-3.myhuaweicloud.com"),
    ("sfsturbo", "eu-west-101", "sfs-turbo.*.myhuaweicloud.eu"),
    ("smn", "cn-north-2", "smn.*.myhuaweicloud.cn"),
    ("smn", "eu-west-101", "smn.*.myhuaweicloud.eu"),
    ("smnglobal", "cn-north-4", "smn-global.myhuaweicloud.com"),
    ("sms", "ru-moscow-1", "sms-api.*.myhuaweicloud.com"),
    ("swr", "eu-west-101", "swr-api.*.myhuaweicloud.eu"),
    ("tms", "ap-southeast-1", "tms-intl.myhuaweicloud.com tms.*.myhuaweicloud.com tms.*.myhuaweicloud.cn"),
    ("tms", "cn-north-4", "tms.myhuaweicloud.com tms.myhuaweicloud.cn"),
    ("tms", "eu-west-101", "tms.*.myhuaweicloud.eu"),
    ("tms", "my-kualalumpur-1 ru-moscow-1", "tms.*.myhuaweicloud.com tms.*.myhuaweicloud.cn"),
    ("ucs", "cn-north-4", "ucs.myhuaweicloud.com"),
    ("vpcep", "eu-west-101", "vpcep.*.myhuaweicloud.eu"),
    ("waf", "cn-north-9", "waf.*.myhuaweicloud.cn"),
    (
        "workspaceapp",
        "cn-east-3 cn-north-4 cn-north-9 cn-south-1 cn-southwest-2",
        "appstream.*.myhuaweicloud.com",
    ),
];

/// The hosts of a product in a region, the first choice first. A region that no table knows gets the usual
/// pattern: new regions come more often than versions of this crate, and an error of a failed call names the
/// host. IAM has a host for such regions.
pub(super) fn hosts(product: &str, region: &str) -> Vec<String> {
    let known = ELSEWHERE
        .iter()
        .find(|(name, regions, _)| *name == product && regions.split(' ').any(|one| one == region));
    if let Some((_, _, hosts)) = known {
        return hosts.split(' ').map(|host| host.replace('*', region)).collect();
    }
    if product == "iam" && !IAM_REGIONS.contains(&region) {
        return vec!["iam.myhuaweicloud.com".to_owned()];
    }
    let label = LABELS.iter().find(|(name, _)| *name == product).map_or(product, |(_, label)| label);
    vec![format!("{label}.{region}.myhuaweicloud.com")]
}

/// Whether a product works in the scope of an account.
pub(super) fn is_global(product: &str) -> bool {
    GLOBAL.contains(&product)
}

/// Whether a product's requests name neither a project nor an account.
pub(super) fn is_unscoped(product: &str) -> bool {
    UNSCOPED.contains(&product)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_exceptions_and_the_pattern() {
        assert_eq!(hosts("vpc", "cn-north-4"), ["vpc.cn-north-4.myhuaweicloud.com"]);
        assert_eq!(hosts("dsc", "cn-north-4"), ["sdg.cn-north-4.myhuaweicloud.com"]);
        assert_eq!(hosts("iam", "eu-west-101"), ["iam.eu-west-101.myhuaweicloud.eu"]);
        assert_eq!(hosts("eps", "cn-north-4"), ["eps.myhuaweicloud.com", "eps.myhuaweicloud.cn"]);
        assert_eq!(hosts("vpc", "mars-1"), ["vpc.mars-1.myhuaweicloud.com"]);
        assert_eq!(hosts("iam", "cn-north-4"), ["iam.cn-north-4.myhuaweicloud.com"]);
        for region in ["mars-1", "cn-north-11", "af-north-1", "ap-southeast-5", "ru-northwest-2"] {
            assert_eq!(hosts("iam", region), ["iam.myhuaweicloud.com"], "{region}");
        }
    }
}

//! Where credentials come from: the default chain of the cloud, or a named profile of the vendor's own files.

use cloudcall::credential::CredentialChain;
use cloudcall::provider::{alibaba, huawei, tencent, volcengine};

use super::Cloud;

/// The chain of a cloud. With a profile, only the vendor's files are read.
pub(crate) fn chain(cloud: Cloud, profile: Option<&str>) -> CredentialChain {
    let Some(name) = profile else {
        return match cloud {
            Cloud::Tencent | Cloud::Qcloud => tencent::credentials::default_chain(),
            Cloud::Huawei => huawei::credentials::default_chain(),
            Cloud::Alibaba => alibaba::credentials::default_chain(),
            Cloud::Volcengine => volcengine::credentials::default_chain(),
        };
    };
    let chain = CredentialChain::new();
    match cloud {
        Cloud::Tencent | Cloud::Qcloud => chain
            .then(tencent::credentials::profile().profile(name))
            .then(tencent::credentials::CliProfile::new().profile(name)),
        Cloud::Huawei => chain
            .then(huawei::credentials::profile().section(name))
            .then(huawei::credentials::CliProfile::new().profile(name)),
        Cloud::Alibaba => chain
            .then(alibaba::credentials::ProfileFile::new().profile(name))
            .then(alibaba::credentials::CliProfile::new().profile(name)),
        Cloud::Volcengine => chain.then(volcengine::credentials::CliProfile::new().profile(name)),
    }
}

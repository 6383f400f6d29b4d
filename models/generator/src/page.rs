//! The vendor's page of an action, in its API explorer: the address follows from product, version and action.

use crate::description::Action;
use crate::index::Entry;

impl Entry {
    /// The address of the vendor's page of an action. The catalogue does not know those of a description file of the user.
    pub fn page(&self, action: &Action<'_>) -> Option<String> {
        if self.is_own() {
            return None;
        }
        let (product, name) = (self.product, action.name);
        let version = action.fact("version").unwrap_or(self.version);
        Some(match self.cloud {
            "tencent" => {
                let service = self.service;
                format!(
                    "https://console.cloud.tencent.com/api/explorer?Product={service}&Version={version}&Action={name}"
                )
            }
            "huawei" => {
                let product = product.to_ascii_uppercase();
                format!(
                    "https://apiexplorer.developer.huaweicloud.com/apiexplorer/doc?product={product}&api={name}&version={version}"
                )
            }
            "volcengine" => {
                format!(
                    "https://api.volcengine.com/api-explorer/?action={name}&serviceCode={product}&version={version}"
                )
            }
            _ => format!("https://api.aliyun.com/api/{product}/{version}/{name}"),
        })
    }
}

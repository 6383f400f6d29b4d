//! The replies of the location service, as data. `location.rs` makes the call, and [`Lookup`](super::Lookup)
//! takes a reply as input, so that the vendor's chain can be tested without a request.

use serde_json::Value;

/// Which interface of a product is called. It is the parameter `Type` of the location service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum EndpointType {
    /// `openAPI`: the interface for customers. The default.
    #[default]
    Open,
    /// `innerAPI`: the interface for the vendor's other services.
    Inner,
}

impl EndpointType {
    /// The vendor's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "openAPI",
            Self::Inner => "innerAPI",
        }
    }
}

/// The reply of the location service about a product in a region.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LocationReply {
    /// The product is in the region, at this host.
    Host(String),
    /// The product is not in this region, or not with this endpoint type.
    NoHost,
    /// There is no such region.
    NoRegion,
    /// There is no such product.
    NoProduct,
}

impl LocationReply {
    /// Reads a response: the first endpoint of this type.
    ///
    /// ```
    /// use cloudcall::json::json;
    /// use cloudcall::provider::alibaba::endpoint::{EndpointType, LocationReply};
    ///
    /// let response = json!({ "Endpoints": { "Endpoint": [
    ///     { "Type": "openAPI", "SerivceCode": "ecs", "Endpoint": "ecs.cn-beijing.aliyuncs.com" },
    /// ] } });
    /// let reply = LocationReply::read(&response, EndpointType::Open);
    /// assert_eq!(reply, LocationReply::Host("ecs.cn-beijing.aliyuncs.com".to_owned()));
    /// ```
    pub fn read(response: &Value, endpoint_type: EndpointType) -> Self {
        let items = response
            .pointer("/Endpoints/Endpoint")
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        // The service misspells the name of this member.
        let named = |item: &&Value| {
            ["ServiceCode", "SerivceCode"]
                .into_iter()
                .any(|name| item.get(name).and_then(Value::as_str).is_some_and(|code| !code.is_empty()))
        };
        let typed = |item: &&Value| item["Type"] == endpoint_type.as_str();
        let found = items.iter().filter(named).find(typed).and_then(|item| item["Endpoint"].as_str());
        found.map_or(Self::NoHost, |host| Self::Host(host.to_owned()))
    }

    /// The reply that an API error stands for: an unknown region, or an unknown product. `None` for other
    /// errors, which the caller should report.
    pub fn of_error(code: &str, message: &str) -> Option<Self> {
        match (code, message) {
            ("InvalidRegionId", "The specified region does not exist.") => Some(Self::NoRegion),
            ("Illegal Parameter", "Please check the parameters") => Some(Self::NoProduct),
            _ => None,
        }
    }
}

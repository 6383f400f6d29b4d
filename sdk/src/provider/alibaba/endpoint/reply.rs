//! What the location service replies.

use serde_json::Value;

/// Which of a product's interfaces is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum EndpointType {
    /// `openAPI`: the one for customers.
    #[default]
    Open,
    /// `innerAPI`: the one for the vendor's other services.
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

/// What the location service says of a product in a region.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LocationReply {
    /// The product is there, at this host.
    Host(String),
    /// The product is not in this region.
    NoHost,
    /// There is no such region.
    NoRegion,
    /// There is no such product.
    NoProduct,
}

impl LocationReply {
    /// Reads a response: the first endpoint of this type.
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

    /// The reply that an error stands for; other errors are no reply.
    pub fn of_error(code: &str, message: &str) -> Option<Self> {
        match (code, message) {
            ("InvalidRegionId", "The specified region does not exist.") => Some(Self::NoRegion),
            ("Illegal Parameter", "Please check the parameters") => Some(Self::NoProduct),
            _ => None,
        }
    }
}

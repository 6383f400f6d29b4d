//! The clouds that the command knows.

use cloudcall::action::ParamLocation;

/// A provider of the SDK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
pub(crate) enum Cloud {
    Tencent,
    /// Tencent Cloud's legacy API 2.0.
    Qcloud,
    Huawei,
    Alibaba,
    Volcengine,
}

impl Cloud {
    /// The name in commands and in the catalogue.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tencent => "tencent",
            Self::Qcloud => "qcloud",
            Self::Huawei => "huawei",
            Self::Alibaba => "alibaba",
            Self::Volcengine => "volcengine",
        }
    }

    /// Where `call --query` goes: some clouds have one set of parameters, whatever carries them.
    pub(crate) fn query(self) -> ParamLocation {
        match self {
            Self::Tencent | Self::Qcloud => ParamLocation::Auto,
            _ => ParamLocation::Query,
        }
    }

    /// Where `call --body` goes.
    pub(crate) fn body(self) -> ParamLocation {
        match self {
            Self::Huawei | Self::Alibaba => ParamLocation::Whole,
            _ => ParamLocation::Auto,
        }
    }

    /// The member of a response body that holds the response itself.
    pub(crate) fn envelope(self) -> Option<&'static str> {
        match self {
            Self::Tencent | Self::Qcloud => Some("Response"),
            Self::Volcengine => Some("Result"),
            _ => None,
        }
    }
}

//! The fake cloud: reads requests and writes responses as each vendor does.
//!
//! The local cloud adds a server and the verification of signatures. The mock transport uses it without
//! either.
#![cfg_attr(
    not(feature = "local-cloud"),
    allow(
        dead_code,
        unreachable_pub,
        reason = "only the local cloud checks signatures, and makes its responses public"
    )
)]

mod alibaba;
mod alibaba_region;
mod hash;
mod huawei;
mod path;
mod pieces;
mod qcloud;
mod received;
mod refusal;
mod request;
mod response;
mod state;
mod tencent;
mod vendor;
mod vendors;
mod volcengine;
mod wire;
mod wrap;

pub use request::{LocalFile, LocalRequest};
pub use response::LocalResponse;

pub(crate) use path::PathPattern;
pub(crate) use pieces::Pieces;
pub(crate) use received::Received;
pub(crate) use vendor::{Label, Vendor};
pub(crate) use vendors::of_shape;
pub(crate) use wire::decode_form;
pub(crate) use wrap::scripted;

#[cfg(feature = "local-cloud")]
pub(crate) use self::{
    refusal::Refusal,
    state::{Account, State},
    wrap::refused,
};
#[cfg(feature = "testing")]
pub(crate) use self::{vendors::of_name, wire::multipart};

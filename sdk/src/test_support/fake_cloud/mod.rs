//! What stands in for a cloud in tests: how each vendor's requests are read and its answers written.
//!
//! The local cloud puts a server and a check of signatures around it, the mock transport neither.
#![cfg_attr(
    not(feature = "local-cloud"),
    allow(
        dead_code,
        unreachable_pub,
        reason = "only the local cloud checks signatures, and makes its answers public"
    )
)]

mod alibaba;
mod alibaba_region;
mod answer;
mod hash;
mod huawei;
mod path;
mod pieces;
mod qcloud;
mod received;
mod refusal;
mod request;
mod state;
mod tencent;
mod vendor;
mod vendors;
mod volcengine;
mod wire;
mod wrap;

pub use answer::LocalResponse;
pub use request::{LocalFile, LocalRequest};

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

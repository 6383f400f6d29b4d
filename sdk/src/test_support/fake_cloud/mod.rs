//! The fake cloud: reads requests and writes responses as each vendor does.
//!
//! The local cloud adds a server and the verification of signatures. The mock transport uses it without
//! either.
//!
//! # The way of a request
//!
//! ```text
//!                  received.rs    the bytes that arrived, not decoded
//!                       |
//!  vendors.rs      of_shape       which vendor's form is it?
//!                       |
//!  tencent.rs ...  label          product, version, action, region, as the request claims them
//!                       |
//!                  check          envelope, time, credentials, signature, nonce     (local cloud only)
//!                       |
//!                  params         the parameters of the action as a tree
//!                       |
//!  request.rs      LocalRequest   what handlers and rules see
//!                       |
//!                  insist         parameters that the service requires              (local cloud only)
//!                       |
//!  response.rs     LocalResponse  what the handler returned
//!                       |
//!  wrap.rs         success, failure   the vendor's envelope, headers and status
//! ```
//!
//! A check that fails ends this path with a `Refusal`, which is written in the form of the vendor.
//!
//! # Rules for this folder
//!
//! - **It shares no encoder with `sdk/src/provider/`.** Canonical requests are built a second time
//!   here, from the received bytes. If both sides used one function, a mistake in it would cancel out,
//!   and no test would fail. Only primitives are shared: digests, percent-encoding and time formats of
//!   `sdk/src/sign/`.
//! - **It is as strict as the vendor's server,** and stricter where a lenient server would hide a
//!   mistake of a client: a parameter that is given twice is refused, for example.
//! - **It has no I/O and no clock.** Time is read through `State`, which the local cloud fills.
//! - **A vendor is one file** that implements `Vendor`, and one line in `vendors.rs`.
#![cfg_attr(
    not(feature = "local-cloud"),
    allow(
        dead_code,
        unreachable_pub,
        reason = "only the local cloud checks signatures, and makes its responses public"
    )
)]

mod alibaba;
mod alibaba_log;
mod alibaba_region;
mod hash;
mod huawei;
mod huawei_meeting;
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

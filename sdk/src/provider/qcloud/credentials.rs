//! Credential providers of API 2.0: those of API 3.0, with the same variables and files.
//!
//! Keys belong to the account, and not to a version of the API. The vendor's package for API 2.0 reads
//! neither environment nor files. This module re-exports the three functions that a program needs most; all
//! other providers, such as [`AssumeRole`](crate::provider::tencent::credentials::AssumeRole), work here,
//! too:
//!
//! ```
//! use cloudcall::provider::tencent::credentials::{self, AssumeRole};
//! use cloudcall::{Client, Qcloud};
//!
//! let role = AssumeRole::new(credentials::environment(), "qcs::cam::uin/1:roleName/deploy");
//! let client = Client::<Qcloud>::builder().region("ap-guangzhou").credentials(role).build()?;
//! # Ok::<(), cloudcall::Error>(())
//! ```
//!
//! The token of temporary keys is the parameter `Token`.

pub use crate::provider::tencent::credentials::{default_chain, environment, profile};

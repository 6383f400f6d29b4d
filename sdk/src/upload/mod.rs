//! Uploads: request bodies from files, streams and readers that are read while they are
//! sent.
//!
//! A file does not have to fit into memory. Give an action a [`FilePart`]:
//!
//! ```
//! use cloudcall::upload::FilePart;
//!
//! let video = FilePart::path("/data/video.mp4").content_type("video/mp4");
//! assert_eq!(video.name(), Some("video.mp4"));
//! ```
//!
//! [`Invoker::with_upload_progress`](crate::call::Invoker::with_upload_progress) reports
//! the progress as [`UploadProgress`]. The other types of this module are for transports
//! and providers: a transport sends a [`RequestBody`], and a signer gets a
//! [`StreamedBody`].
//!
//! # How a body is sent
//!
//! A source can be opened several times. Before the first attempt it is measured: its
//! length, and its digest if the signature covers the body. Each attempt opens the source
//! again. The bytes are compared with the measurement, and the last chunk is held back
//! until they match. If they differ, the connection is closed, so the server never receives
//! a complete request with the wrong body.

mod body;
mod content;
mod feed;
#[cfg(any(feature = "tencent", feature = "huawei"))]
mod form;
mod hasher;
mod measure;
mod outgoing;
mod part;
mod progress;
mod source;

pub use body::RequestBody;
pub use content::Upload;
pub use hasher::BodyDigest;
pub use measure::StreamedBody;
pub use part::FilePart;
pub use progress::UploadProgress;

#[cfg(any(feature = "tencent", feature = "huawei"))]
pub(crate) use form::Form;
pub(crate) use measure::{Measured, measure};
pub(crate) use outgoing::Outgoing;
pub(crate) use progress::Progress;

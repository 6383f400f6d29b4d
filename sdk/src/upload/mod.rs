//! Bodies that are read while they are sent: files, streams and readers, so that none of them has to fit into memory.
//!
//! A source can be opened again and again. Before the first attempt it is measured: its length becomes fixed, and
//! where the signature covers the body, its digest. Each attempt opens it anew, and what comes is compared with what was
//! measured before its last piece leaves: the server never gets a whole request with another body than the announced one.

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

//! A body that consists of several sources, one after the other.

use std::sync::Arc;

use futures_util::stream::{self, StreamExt as _};

use super::source::{Pieces, Source};
use crate::error::SendState;

/// A request body that is read while it is sent.
/// [`FilePart::payload`](crate::upload::FilePart::payload) creates it. Clones are cheap.
#[derive(Debug, Clone)]
pub struct Upload(Arc<[Source]>);

impl Upload {
    /// A body of these sources, in order.
    pub(super) fn new(sources: impl IntoIterator<Item = Source>) -> Self {
        Self(sources.into_iter().collect())
    }

    /// The sources, in order.
    pub(super) fn sources(&self) -> &[Source] {
        &self.0
    }

    /// The chunks of all sources. Each source is opened when the one before it has ended,
    /// and must have the measured length.
    pub(super) fn pieces(&self, lengths: Arc<[u64]>) -> Pieces {
        let sources = self.0.clone();
        let numbers = 0..sources.len();
        let each = stream::iter(numbers).filter_map(move |at| {
            let source = sources.get(at).zip(lengths.get(at));
            std::future::ready(source.map(|(source, length)| source.pieces(Some(*length), SendState::Maybe)))
        });
        Box::pin(each.flatten())
    }
}

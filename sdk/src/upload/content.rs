//! A body made of sources, one after the other.

use std::sync::Arc;

use futures_util::stream::{self, StreamExt as _};

use super::source::{Pieces, Source};
use crate::error::SendState;

/// A request body that is read while it is sent. Made by [`FilePart::payload`](crate::upload::FilePart::payload); cheap to clone.
#[derive(Debug, Clone)]
pub struct Upload(Arc<[Source]>);

impl Upload {
    pub(super) fn new(sources: impl IntoIterator<Item = Source>) -> Self {
        Self(sources.into_iter().collect())
    }

    pub(super) fn sources(&self) -> &[Source] {
        &self.0
    }

    /// All sources, each opened when its turn comes, each of the length that was measured.
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

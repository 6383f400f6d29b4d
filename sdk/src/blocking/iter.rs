//! A stream as an iterator.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::{Stream, StreamExt};

use super::driver::Driver;

/// Gives the items of a stream, and waits for each. See [`Client::iter`](super::Client::iter).
///
/// Nothing is fetched ahead: what the stream does, it does while an item is waited for. Dropping it ends the stream.
#[must_use = "an iterator does nothing until it is used"]
pub struct Iter<S> {
    stream: Pin<Box<S>>,
    driver: Arc<Driver>,
}

impl<S> Iter<S> {
    pub(super) fn new(stream: S, driver: Arc<Driver>) -> Self {
        Self { stream: Box::pin(stream), driver }
    }
}

impl<S> fmt::Debug for Iter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iter(..)")
    }
}

impl<S: Stream> Iterator for Iter<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let Self { stream, driver } = self;
        driver.block_on(stream.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.stream.size_hint()
    }
}

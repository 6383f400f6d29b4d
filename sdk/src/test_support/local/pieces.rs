//! Response bodies that are sent in pieces: events, and downloads with pauses or a broken end.
//!
//! It is separate from `server.rs` because it is the only part that builds hyper bodies.

use std::io;

use bytes::Bytes;
use futures_util::StreamExt as _;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::Frame;

use crate::context::Context;
use crate::test_support::fake_cloud::Pieces;

/// The body of a response. An error in it closes the connection, which the client sees as a body that
/// breaks off.
pub(super) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// The response with a body of the pieces in its extensions, or with its whole body.
pub(super) fn body(mut response: http::Response<Bytes>, context: &Context) -> http::Response<Body> {
    match response.extensions_mut().remove::<Pieces>() {
        None => response.map(|whole| Full::new(whole).map_err(|never| match never {}).boxed_unsync()),
        Some(pieces) => response.map(|_| stream(pieces, context.clone()).boxed_unsync()),
    }
}

/// A body of the pieces, with a pause between two of them, and an error at the end if `cut` is set. Its
/// length is not known, so hyper sends it in chunks, unless the handler set `Content-Length`.
fn stream(
    pieces: Pieces,
    context: Context,
) -> impl hyper::body::Body<Data = Bytes, Error = io::Error> + Send + 'static {
    let Pieces { list, pause, cut } = pieces;
    // hyper drops buffered data if the body fails at once. Yielding lets it send the last piece first.
    let end = futures_util::stream::iter(cut.then_some(())).then(|()| async {
        tokio::task::yield_now().await;
        Err(io::Error::other("the handler breaks the body off"))
    });
    let frames = futures_util::stream::unfold(0, move |at| {
        let (piece, sleep) = (list.get(at).cloned(), context.sleep.clone());
        async move {
            let piece = piece?;
            if at > 0 && !pause.is_zero() {
                sleep.sleep(pause).await;
            }
            Some((Ok(Frame::data(piece)), at.saturating_add(1)))
        }
    });
    StreamBody::new(frames.chain(end))
}

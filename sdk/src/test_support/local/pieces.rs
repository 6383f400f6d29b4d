//! Bodies that leave piece by piece.

use std::io;

use bytes::Bytes;
use futures_util::StreamExt as _;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Full, StreamBody};
use hyper::body::Frame;

use crate::context::Context;
use crate::test_support::fake_cloud::Pieces;

pub(super) type Body = UnsyncBoxBody<Bytes, io::Error>;

/// Gives an answer the body that it carries, or keeps its whole one.
pub(super) fn body(mut answer: http::Response<Bytes>, context: &Context) -> http::Response<Body> {
    match answer.extensions_mut().remove::<Pieces>() {
        None => answer.map(|whole| Full::new(whole).map_err(|never| match never {}).boxed_unsync()),
        Some(pieces) => answer.map(|_| stream(pieces, context.clone()).boxed_unsync()),
    }
}

fn stream(
    pieces: Pieces,
    context: Context,
) -> impl hyper::body::Body<Data = Bytes, Error = io::Error> + Send + 'static {
    let Pieces { list, pause, cut } = pieces;
    // What was written leaves while the body has nothing: an error at once would take it along.
    let end = futures_util::stream::iter(cut.then_some(())).then(|()| async {
        tokio::task::yield_now().await;
        Err(io::Error::other("the script cuts the body off"))
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

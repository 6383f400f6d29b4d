//! The only path that generated code names. Not part of the public interface.

pub use crate::action::{Action, ActionInfo, Content, Repeat, Style};
pub use crate::client::Client;
pub use crate::error::Error;
pub use crate::invoker::Invoker;
pub use crate::lenient;
pub use crate::paginate::{Cursor, Items, PageField, PageForm, Pages, Paginate, member};
pub use crate::provider::Provider;
pub use crate::request::{Fields, ListStyle, Param, Place};
pub use crate::response::Response;
pub use crate::stream::{Events, StreamAction};
pub use crate::upload::FilePart;
pub use crate::wait::{Wait, Waiter};
pub use cloudcall_macros::CloudActionDerive;
pub use http::Method;
pub use serde;

/// Builder state of a required field that was set.
#[derive(Clone)]
pub struct Given<T>(pub T);

impl<T> std::fmt::Debug for Given<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Given(..)")
    }
}

/// Builder target that makes a plain request value.
#[derive(Debug, Clone, Copy)]
pub struct Unbound;

/// Builder target that sends the request through a client.
pub struct Bound<P: Provider>(pub Client<P>);

impl<P: Provider> Clone for Bound<P> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<P: Provider> std::fmt::Debug for Bound<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Bound").field(&self.0).finish()
    }
}

/// What `.await` on a bound builder or an invoker waits for.
pub type CallFuture<T> = std::pin::Pin<Box<dyn Future<Output = Result<Response<T>, Error>> + Send>>;

/// What a masked field shows in `Debug`.
#[derive(Clone, Copy)]
pub struct Masked;

impl std::fmt::Debug for Masked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(crate::redact::MASK)
    }
}

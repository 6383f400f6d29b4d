//! What a builder of an action is bound to: an async client, or a blocking one.
//!
//! Generated code has one set of call methods, and this trait decides what they return. So
//! a blocking client costs an action nothing.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use super::typed::Invoker;
use super::{Call, CallFuture};
use crate::action::Action;
use crate::error::Error;
use crate::paginate::{Items, Pages, Paginate};
use crate::provider::Provider;
use crate::stream::{Events, StreamAction};
use crate::wait::{Check, Waiter};

/// What a builder is bound to, and what its methods return.
#[diagnostic::on_unimplemented(
    message = "this builder is not bound to a client",
    label = "begin with the client's method, or `build()` the action and give it to `client.invoker(...)`"
)]
pub trait Target<P: Provider>: Sized {
    /// The result of `invoker`.
    type Invoker<A: Action<Provider = P>>;
    /// The result of `send`.
    type Sent<A: Action<Provider = P>>;
    /// The result of `stream`.
    type Events<A: StreamAction<Provider = P>>;
    /// The result of `pages`.
    type Pages<A: Paginate<Provider = P>>;
    /// The result of `items`.
    type Items<A: Paginate<Provider = P>>;
    /// The result of `wait_until`.
    type Waiter<'a, A: Action<Provider = P> + 'a>;

    /// The call that the builder makes.
    fn call(&mut self) -> &mut Call<P>;
    /// The call with its action.
    fn invoker<A: Action<Provider = P>>(self, action: A) -> Self::Invoker<A>;
    /// Sends the request.
    fn send<A: Action<Provider = P>>(self, action: A) -> Self::Sent<A>;
    /// Sends the request, and gives the events of the response.
    fn stream<A: StreamAction<Provider = P>>(self, action: A) -> Self::Events<A>;
    /// The pages of the list.
    fn pages<A: Paginate<Provider = P>>(self, action: A) -> Self::Pages<A>;
    /// The items of the list.
    fn items<A: Paginate<Provider = P>>(self, action: A) -> Self::Items<A>;
    /// Repeats the call until a state is reached.
    fn wait_until<'a, A: Action<Provider = P> + 'a>(
        self,
        action: A,
        check: impl Check<A::Output> + 'a,
    ) -> Self::Waiter<'a, A>;
}

/// A builder whose required fields are set. Generated code implements it, so that the call
/// methods of a builder are one line each.
#[diagnostic::on_unimplemented(
    message = "this builder is bound to a client",
    label = "send it; a value to keep is built by the action's own `builder()`"
)]
pub trait Ready<T, A> {
    /// Takes the builder apart.
    fn finish(self) -> (T, A);
}

/// Finishes a builder, and returns the call as a value.
pub fn invoker<T: Target<A::Provider>, A: Action>(builder: impl Ready<T, A>) -> T::Invoker<A> {
    let (target, action) = builder.finish();
    target.invoker(action)
}

/// Finishes a builder, and sends the request.
pub fn send<T: Target<A::Provider>, A: Action>(builder: impl Ready<T, A>) -> T::Sent<A> {
    let (target, action) = builder.finish();
    target.send(action)
}

pub use send as invoke;

/// Finishes a builder, sends the request, and gives the events of the response.
pub fn stream<T: Target<A::Provider>, A: StreamAction>(builder: impl Ready<T, A>) -> T::Events<A> {
    let (target, action) = builder.finish();
    target.stream(action)
}

/// Finishes a builder, and gives the pages of the list.
pub fn pages<T: Target<A::Provider>, A: Paginate>(builder: impl Ready<T, A>) -> T::Pages<A> {
    let (target, action) = builder.finish();
    target.pages(action)
}

/// Finishes a builder, and gives the items of the list.
pub fn items<T: Target<A::Provider>, A: Paginate>(builder: impl Ready<T, A>) -> T::Items<A> {
    let (target, action) = builder.finish();
    target.items(action)
}

/// Finishes a builder, and repeats the call until a state is reached.
pub fn wait_until<'a, T: Target<A::Provider>, A: Action + 'a>(
    builder: impl Ready<T, A>,
    check: impl Check<A::Output> + 'a,
) -> T::Waiter<'a, A> {
    let (target, action) = builder.finish();
    target.wait_until(action, check)
}

/// What `invoker` of a builder returns.
pub type InvokerOf<T, A> = <T as Target<<A as Action>::Provider>>::Invoker<A>;
/// What `send` of a builder returns.
pub type SentOf<T, A> = <T as Target<<A as Action>::Provider>>::Sent<A>;
/// What `stream` of a builder returns.
pub type EventsOf<T, A> = <T as Target<<A as Action>::Provider>>::Events<A>;
/// What `pages` of a builder returns.
pub type PagesOf<T, A> = <T as Target<<A as Action>::Provider>>::Pages<A>;
/// What `items` of a builder returns.
pub type ItemsOf<T, A> = <T as Target<<A as Action>::Provider>>::Items<A>;
/// What `wait_until` of a builder returns.
pub type WaiterOf<'a, T, A> = <T as Target<<A as Action>::Provider>>::Waiter<'a, A>;

/// The target of a builder that makes a plain request value.
#[derive(Debug, Clone, Copy)]
pub struct Unbound;

/// The target of a builder that an async client began.
pub struct Bound<P: Provider>(Call<P>);

impl<P: Provider> Bound<P> {
    pub(crate) fn new(call: Call<P>) -> Self {
        Self(call)
    }
}

impl<P: Provider> fmt::Debug for Bound<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Bound").field(&self.0).finish()
    }
}

impl<P: Provider> Target<P> for Bound<P> {
    type Invoker<A: Action<Provider = P>> = Invoker<A>;
    type Sent<A: Action<Provider = P>> = CallFuture<A::Output>;
    type Events<A: StreamAction<Provider = P>> =
        Pin<Box<dyn Future<Output = Result<Events<A::Output>, Error>> + Send>>;
    type Pages<A: Paginate<Provider = P>> = Pages<A>;
    type Items<A: Paginate<Provider = P>> = Items<A>;
    type Waiter<'a, A: Action<Provider = P> + 'a> = Waiter<'a, A>;

    fn call(&mut self) -> &mut Call<P> {
        &mut self.0
    }

    fn invoker<A: Action<Provider = P>>(self, action: A) -> Invoker<A> {
        Invoker::from_parts(self.0, action)
    }

    fn send<A: Action<Provider = P>>(self, action: A) -> Self::Sent<A> {
        self.invoker(action).into_future()
    }

    fn stream<A: StreamAction<Provider = P>>(self, action: A) -> Self::Events<A> {
        self.invoker(action).stream_boxed()
    }

    fn pages<A: Paginate<Provider = P>>(self, action: A) -> Pages<A> {
        self.invoker(action).pages()
    }

    fn items<A: Paginate<Provider = P>>(self, action: A) -> Items<A> {
        self.invoker(action).items()
    }

    fn wait_until<'a, A: Action<Provider = P> + 'a>(
        self,
        action: A,
        check: impl Check<A::Output> + 'a,
    ) -> Waiter<'a, A> {
        self.invoker(action).wait_until(check)
    }
}

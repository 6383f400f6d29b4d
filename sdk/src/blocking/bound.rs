//! The target of action builders that a blocking client starts.

use std::sync::Arc;

use super::call::Invoker;
use super::client::Client;
use super::driver::Driver;
use super::iter::{Events, Items, Pages};
use super::wait::Waiter;
use crate::__private::Caller;
use crate::action::Action;
use crate::call::Call;
use crate::call::bound::Target;
use crate::error::Error;
use crate::paginate::Paginate;
use crate::provider::Provider;
use crate::response::Response;
use crate::stream::StreamAction;
use crate::wait::Check;

/// The target of action builders that a blocking client starts. Not part of the public interface.
#[doc(hidden)]
#[derive(Debug)]
pub struct Bound<P: Provider> {
    call: Call<P>,
    driver: Arc<Driver>,
}

impl<P: Provider> Caller<P> for Client<P> {
    type Target = Bound<P>;

    fn __target(&self) -> Bound<P> {
        Bound { call: self.inner.call(), driver: self.driver.clone() }
    }
}

impl<P: Provider> Target<P> for Bound<P> {
    type Invoker<A: Action<Provider = P>> = Invoker<A>;
    type Sent<A: Action<Provider = P>> = Result<Response<A::Output>, Error>;
    type Events<A: StreamAction<Provider = P>> = Result<Events<A::Output>, Error>;
    type Pages<A: Paginate<Provider = P>> = Pages<A>;
    type Items<A: Paginate<Provider = P>> = Items<A>;
    type Waiter<'a, A: Action<Provider = P> + 'a> = Waiter<'a, A>;

    fn call(&mut self) -> &mut Call<P> {
        &mut self.call
    }

    fn invoker<A: Action<Provider = P>>(self, action: A) -> Invoker<A> {
        Invoker { inner: crate::call::Invoker::from_parts(self.call, action), driver: self.driver }
    }

    fn send<A: Action<Provider = P>>(self, action: A) -> Self::Sent<A> {
        self.invoker(action).send()
    }

    fn stream<A: StreamAction<Provider = P>>(self, action: A) -> Self::Events<A> {
        self.invoker(action).stream()
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

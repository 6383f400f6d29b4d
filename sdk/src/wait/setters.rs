//! The settings of waiters as methods, which typed and raw waiters share.

/// Writes the setters into an `impl` of a type with a field `poller`. `$output` is the type of its responses.
macro_rules! wait_setters {
    ($life:lifetime, $output:ty, $this:ident) => {
        /// Sets the delay after the first poll. It doubles after each further poll.
        /// Default: 2 s.
        pub fn delay(mut $this, delay: std::time::Duration) -> Self {
            let cap = $this.poller.settings.backoff.cap().max(delay);
            $this.poller.settings.backoff = $this.poller.settings.backoff.with_first(delay).with_cap(cap);
            $this
        }

        /// Sets the longest delay between two polls. Default: 30 s.
        pub fn max_delay(mut $this, delay: std::time::Duration) -> Self {
            $this.poller.settings.backoff = $this.poller.settings.backoff.with_cap(delay);
            $this
        }

        /// Sets the strategy of the delays. It replaces [`delay`](Self::delay) and
        /// [`max_delay`](Self::max_delay). Default: exponential, from 2 s to 30 s.
        ///
        /// ```no_run
        /// # use std::time::Duration;
        /// # use cloudcall::{Client, Tencent, Value, cloud_action, retry::Backoff};
        /// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12",
        /// #                response = Value, readonly)]
        /// # pub struct DescribeImages {}
        /// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
        /// // A poll every 3 s.
        /// client
        ///     .describe_images()
        ///     .wait_until(|images| images["TotalCount"] == 1)
        ///     .backoff(Backoff::fixed(Duration::from_secs(3)))
        ///     .await?;
        /// # Ok(())
        /// # }
        /// ```
        pub fn backoff(mut $this, backoff: crate::retry::backoff::Backoff) -> Self {
            $this.poller.settings.backoff = backoff;
            $this
        }

        /// Sets the delay before the first poll. Default: none.
        pub fn initial_delay(mut $this, delay: std::time::Duration) -> Self {
            $this.poller.settings.initial = delay;
            $this
        }

        /// Sets the longest duration of the whole wait. `Duration::MAX` means no limit.
        /// Default: 10 min.
        pub fn deadline(mut $this, time: std::time::Duration) -> Self {
            $this.poller.settings.deadline = time;
            $this
        }

        /// Sets the maximum number of polls. 0 counts as 1. Default: no limit.
        pub fn max_attempts(mut $this, attempts: u32) -> Self {
            $this.poller.settings.max_attempts = attempts.max(1);
            $this
        }

        /// Treats errors of this kind as "not reached yet", for example
        /// [`NotFound`](crate::ErrorKind::NotFound) for a resource that was just created. Default:
        /// none.
        pub fn tolerate(mut $this, kind: crate::error::ErrorKind) -> Self {
            $this.poller.settings.tolerated.push(kind);
            $this
        }

        /// Treats errors for which `condition` returns true as "not reached yet", for example
        /// those with a certain code. Default: none.
        ///
        /// ```no_run
        /// # use cloudcall::{Client, Tencent, Value, cloud_action};
        /// # #[cloud_action(provider = "tencent", product = "cvm", version = "2017-03-12",
        /// #                response = Value, readonly)]
        /// # pub struct DescribeImages {}
        /// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
        /// client
        ///     .describe_images()
        ///     .wait_until(|images| images["TotalCount"] == 1)
        ///     .tolerate_if(|error| error.code() == Some("InvalidImageId.NotFound"))
        ///     .await?;
        /// # Ok(())
        /// # }
        /// ```
        pub fn tolerate_if(mut $this, condition: impl FnMut(&crate::error::Error) -> bool + Send + $life) -> Self {
            $this.poller.tolerate = Some(Box::new(condition));
            $this
        }

        /// Calls `progress` after each poll that was not the last one, before the delay that
        /// follows.
        pub fn on_progress(mut $this, progress: impl FnMut(&crate::wait::WaitProgress<'_, $output>) + Send + $life) -> Self {
            $this.poller.progress = Some(Box::new(progress));
            $this
        }
    };
}

pub(super) use wait_setters;

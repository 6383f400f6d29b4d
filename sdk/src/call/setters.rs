//! Setters that stand in many places: the options of one call, typed or raw, and what providers of credentials are told.

/// Writes the setters of a call's options into an `impl` or a trait. `$this => $call` says where the `Call<$cloud>` of `self` is.
macro_rules! call_setters {
    ($vis:vis $cloud:ty, $this:ident => $call:expr) => {
        /// Adds a header to this call. A header of the same name from the client is replaced.
        $vis fn add_header(mut $this, name: &str, value: &str) -> Self {
            $call.options.add_header(name, value);
            $this
        }

        /// Sets what is retried in this call, and when.
        $vis fn with_retry(mut $this, policy: crate::retry::RetryPolicy) -> Self {
            $call.options.retry = Some(policy);
            $this
        }

        /// Says whether this call may be sent again after a failure that may have reached the server, against what its action
        /// says or what was inferred from its name.
        ///
        /// ```no_run
        /// # use cloudcall::{Client, Tencent};
        /// # use cloudcall::action::Idempotency;
        /// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
        /// // Deleting what is deleted does no harm.
        /// client.raw("cvm", "2017-03-12", "DeleteKeyPairs").with_idempotency(Idempotency::Idempotent).invoke().await?;
        /// # Ok(())
        /// # }
        /// ```
        $vis fn with_idempotency(mut $this, idempotency: crate::action::info::Idempotency) -> Self {
            $call.options.idempotency = Some(idempotency);
            $this
        }

        /// Sets the time limits of this call.
        $vis fn with_timeouts(mut $this, timeouts: crate::options::TimeoutOptions) -> Self {
            $call.options.timeouts = Some(timeouts);
            $this
        }

        /// Sets how long this call may take, with all attempts and the waits between them.
        $vis fn with_timeout(mut $this, total: std::time::Duration) -> Self {
            $call.timeouts_mut().total = total;
            $this
        }

        /// Signs this call with other keys than the client's.
        $vis fn with_credential(mut $this, credential: crate::credential::Credential) -> Self {
            $call.options.credential = Some(credential);
            $this
        }

        /// Calls `tell` whenever a piece of the request's body was handed to the connection: from the thread that sends, so
        /// it should be quick. Each attempt begins again.
        ///
        /// ```no_run
        /// # use cloudcall::{Client, Tencent};
        /// # use cloudcall::action::{ActionInfo, BodyFormat, Param};
        /// # use cloudcall::upload::FilePart;
        /// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
        /// let info = ActionInfo::new("cls", "2020-10-16", "UploadLog").with_body_format(BodyFormat::OctetStream);
        /// client
        ///     .raw_action(info)
        ///     .file(Param::new("Body"), FilePart::path("log.pb"))
        ///     .with_upload_progress(|at| println!("attempt {}: {} of {} bytes", at.attempt, at.done, at.total))
        ///     .invoke()
        ///     .await?;
        /// # Ok(())
        /// # }
        /// ```
        $vis fn with_upload_progress(
            mut $this,
            tell: impl Fn(crate::upload::UploadProgress) + Send + Sync + 'static,
        ) -> Self {
            $call.options.upload = Some(crate::upload::Progress::new(tell));
            $this
        }

        /// Sends this call to another region than the client's. An empty text sends it without a region.
        $vis fn with_region(mut $this, region: impl Into<String>) -> Self {
            $call.options.region = Some(region.into());
            $this
        }

        /// Sends this call to another endpoint than the client's.
        $vis fn with_endpoint<E>(mut $this, endpoint: E) -> Self
        where
            E: TryInto<crate::endpoint::Endpoint>,
            E::Error: Into<crate::error::Error>,
        {
            match endpoint.try_into() {
                Ok(endpoint) => $call.options.endpoint = Some(endpoint),
                Err(error) => $call.options.fail(error.into()),
            }
            $this
        }

        /// Changes the cloud's own settings for this call alone, such as language, method and signature.
        ///
        /// ```no_run
        /// # use cloudcall::{Client, Tencent, provider::tencent::Language};
        /// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
        /// client
        ///     .raw("cvm", "2017-03-12", "DescribeZones")
        ///     .with_cloud(|cloud| cloud.language = Language::English)
        ///     .invoke()
        ///     .await?;
        /// # Ok(())
        /// # }
        /// ```
        $vis fn with_cloud(mut $this, change: impl FnOnce(&mut $cloud)) -> Self
        where
            $cloud: Clone,
        {
            change($call.cloud_mut());
            $this
        }
    };
}
pub(crate) use call_setters;

/// Writes the setters of a provider of credentials, each as `name: kind => field;`. A `text` is anything that becomes a
/// `String`, a `transport` anything that sends; fields may be options.
#[cfg(feature = "__cloud")]
macro_rules! provider_setters {
    ($($(#[$doc:meta])+ $name:ident: $kind:tt => $($field:ident).+;)+) => {
        $($crate::call::setters::provider_setters!(@ $kind [$(#[$doc])+] $name $($field).+);)+
    };
    (@ text [$($doc:tt)+] $name:ident $($field:ident).+) => {
        $($doc)+
        #[must_use]
        pub fn $name(mut self, $name: impl Into<String>) -> Self {
            let text: String = $name.into();
            self.$($field).+ = text.into();
            self
        }
    };
    (@ path [$($doc:tt)+] $name:ident $($field:ident).+) => {
        $($doc)+
        #[must_use]
        pub fn $name(mut self, $name: impl Into<std::path::PathBuf>) -> Self {
            self.$($field).+ = Some($name.into());
            self
        }
    };
    (@ transport [$($doc:tt)+] $name:ident $($field:ident).+) => {
        $($doc)+
        #[must_use]
        pub fn $name(mut self, $name: impl $crate::transport::HttpSend + 'static) -> Self {
            self.$($field).+ = Some(std::sync::Arc::new($name));
            self
        }
    };
    (@ $kind:ident [$($doc:tt)+] $name:ident $($field:ident).+) => {
        $($doc)+
        #[must_use]
        pub fn $name(mut self, $name: $kind) -> Self {
            self.$($field).+ = $name.into();
            self
        }
    };
}
#[cfg(feature = "__cloud")]
pub(crate) use provider_setters;

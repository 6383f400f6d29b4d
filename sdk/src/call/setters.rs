//! Macros for setters that several types share: the options of a call, and the options of
//! credential providers.

/// Writes the setters of the call options into an `impl` or a trait. `$this => $call` is
/// the path from `self` to its `Call<$cloud>`.
macro_rules! call_setters {
    ($vis:vis $cloud:ty, $this:ident => $call:expr) => {
        /// Adds a header to this call. It replaces a header of the client with the same
        /// name.
        ///
        /// Headers that the provider sets itself, such as `Host` and `Authorization`, are
        /// refused with kind `Config` when the call is sent.
        $vis fn add_header(mut $this, name: &str, value: &str) -> Self {
            $call.options.add_header(name, value);
            $this
        }

        /// Sets the retry policy of this call. Default: that of the action, then that of
        /// the client.
        $vis fn with_retry(mut $this, policy: crate::retry::RetryPolicy) -> Self {
            $call.options.retry = Some(policy);
            $this
        }

        /// Sets whether this call may be repeated after a failure that may have reached the
        /// server. It overrides the declaration of the action, and what its name suggests.
        ///
        /// ```no_run
        /// # use cloudcall::{Client, Tencent};
        /// # use cloudcall::action::Idempotency;
        /// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
        /// // Deleting a deleted key pair does no harm.
        /// client
        ///     .raw("cvm", "2017-03-12", "DeleteKeyPairs")
        ///     .with_idempotency(Idempotency::Idempotent)
        ///     .invoke()
        ///     .await?;
        /// # Ok(())
        /// # }
        /// ```
        $vis fn with_idempotency(mut $this, idempotency: crate::action::info::Idempotency) -> Self {
            $call.options.idempotency = Some(idempotency);
            $this
        }

        /// Sets all time limits of this call. Default: those of the client.
        $vis fn with_timeouts(mut $this, timeouts: crate::options::TimeoutOptions) -> Self {
            $call.options.timeouts = Some(timeouts);
            $this
        }

        /// Sets the total time limit of this call, with all attempts and the delays between
        /// them. Default: the client's `total`, 120 s.
        $vis fn with_timeout(mut $this, total: std::time::Duration) -> Self {
            $call.timeouts_mut().total = total;
            $this
        }

        /// Signs this call with this credential instead of that of the client.
        $vis fn with_credential(mut $this, credential: crate::credential::Credential) -> Self {
            $call.options.credential = Some(credential);
            $this
        }

        /// Calls `tell` whenever a chunk of the request body was handed to the connection.
        /// The sending thread calls it, so it should return quickly. Each attempt starts at
        /// 0 again.
        ///
        /// ```no_run
        /// # use cloudcall::{Client, Tencent};
        /// # use cloudcall::action::{ActionInfo, BodyFormat, Param};
        /// # use cloudcall::upload::FilePart;
        /// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
        /// let info = ActionInfo::new("cls", "2020-10-16", "UploadLog")
        ///     .with_body_format(BodyFormat::OctetStream);
        /// client
        ///     .raw_action(info)
        ///     .file(Param::new("Body"), FilePart::path("log.pb"))
        ///     .with_upload_progress(|at| println!("{} of {} bytes", at.done, at.total))
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

        /// Sends this call to this region instead of that of the client. An empty text
        /// sends it without a region.
        $vis fn with_region(mut $this, region: impl Into<String>) -> Self {
            $call.options.region = Some(region.into());
            $this
        }

        /// Sends this call to this endpoint instead of that of the client, without a
        /// backup.
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

        /// Changes the settings of the provider for this call only, such as language,
        /// method and signature scheme.
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

/// Writes the setters of a credential provider, each as `name: kind => field;`. The kind
/// `text` takes `impl Into<String>`, and `transport` takes `impl HttpSend`. Fields may be
/// options.
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

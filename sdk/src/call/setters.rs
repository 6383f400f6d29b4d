//! Setters that stand in many places: the options of one call, typed or raw, and what providers of credentials are told.

/// Writes the setters of a call's options into an `impl` of a type that has a field `call: Call<$cloud>`, or has it
/// in its field `$inner`.
macro_rules! call_setters {
    ($cloud:ty $(, $inner:ident)?) => {
        /// Adds a header to this call. A header of the same name from the client is replaced.
        pub fn add_header(mut self, name: &str, value: &str) -> Self {
            self$(.$inner)?.call.options.add_header(name, value);
            self
        }

        /// Sets what is retried in this call, and when.
        pub fn with_retry(mut self, policy: crate::retry::RetryPolicy) -> Self {
            self$(.$inner)?.call.options.retry = Some(policy);
            self
        }

        /// Says whether this call may be sent again after a failure that may have reached the server, against what its action
        /// says or what was inferred from its name.
        ///
        /// ```no_run
        /// # use cloudcall::{Client, Repeat, Tencent};
        /// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
        /// // Deleting what is deleted does no harm.
        /// client.raw("cvm", "2017-03-12", "DeleteKeyPairs").with_repeat(Repeat::Idempotent).invoke().await?;
        /// # Ok(())
        /// # }
        /// ```
        pub fn with_repeat(mut self, repeat: crate::action::info::Repeat) -> Self {
            self$(.$inner)?.call.options.repeat = Some(repeat);
            self
        }

        /// Sets the time limits of this call.
        pub fn with_timeouts(mut self, timeouts: crate::options::TimeoutOptions) -> Self {
            self$(.$inner)?.call.options.timeouts = Some(timeouts);
            self
        }

        /// Sets how long this call may take, with all attempts and the waits between them.
        pub fn with_timeout(mut self, total: std::time::Duration) -> Self {
            self$(.$inner)?.call.timeouts_mut().total = total;
            self
        }

        /// Signs this call with other keys than the client's.
        pub fn with_credential(mut self, credential: crate::credential::Credential) -> Self {
            self$(.$inner)?.call.options.credential = Some(credential);
            self
        }

        /// Calls `tell` whenever a piece of the request's body was handed to the connection: from the thread that sends, so
        /// it should be quick. Each attempt begins again.
        ///
        /// ```no_run
        /// # use cloudcall::{ActionInfo, Client, Content, FilePart, Param, Tencent};
        /// # async fn run(client: Client<Tencent>) -> Result<(), cloudcall::Error> {
        /// let info = ActionInfo::new("cls", "2020-10-16", "UploadLog").content(Content::OctetStream);
        /// client
        ///     .raw_action(info)
        ///     .file(Param::new("Body"), FilePart::path("log.pb"))
        ///     .with_upload_progress(|at| println!("attempt {}: {} of {} bytes", at.attempt, at.done, at.total))
        ///     .invoke()
        ///     .await?;
        /// # Ok(())
        /// # }
        /// ```
        pub fn with_upload_progress(
            mut self,
            tell: impl Fn(crate::upload::UploadProgress) + Send + Sync + 'static,
        ) -> Self {
            self$(.$inner)?.call.options.upload = Some(crate::upload::Progress::new(tell));
            self
        }

        /// Sends this call to another region than the client's. An empty text sends it without a region.
        pub fn with_region(mut self, region: impl Into<String>) -> Self {
            self$(.$inner)?.call.options.region = Some(region.into());
            self
        }

        /// Sends this call to another endpoint than the client's.
        pub fn with_endpoint<E>(mut self, endpoint: E) -> Self
        where
            E: TryInto<crate::endpoint::Endpoint>,
            E::Error: Into<crate::error::Error>,
        {
            match endpoint.try_into() {
                Ok(endpoint) => self$(.$inner)?.call.options.endpoint = Some(endpoint),
                Err(error) => self$(.$inner)?.call.options.fail(error.into()),
            }
            self
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
        pub fn with_cloud(mut self, change: impl FnOnce(&mut $cloud)) -> Self
        where
            $cloud: Clone,
        {
            change(self$(.$inner)?.call.cloud_mut());
            self
        }
    };
}
pub(crate) use call_setters;

/// Writes the setters of a provider of credentials, each as `name: kind => field;`. A `text` is anything that becomes a
/// `String`, a `transport` anything that sends; fields may be options.
#[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
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
#[cfg(any(feature = "tencent", feature = "huawei", feature = "alibaba"))]
pub(crate) use provider_setters;

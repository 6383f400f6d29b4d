//! A cloud from outside the crate.

use std::sync::Arc;

use cloudcall::{
    ActionInfo, Answer, Context, Endpoint, Envelope, Error, Fields, HttpRequest, ProvideCredential, Provider,
    RequestParts, ServiceError, SignInput,
};

/// It exists, and does nothing.
#[derive(Debug, Default)]
pub struct Other;

impl Provider for Other {
    fn name(&self) -> &'static str {
        "other"
    }

    fn encode(&self, _: &ActionInfo, _: Fields, _: [u8; 16]) -> Result<RequestParts, Error> {
        unimplemented!()
    }

    fn endpoints(&self, _: &Context, _: &ActionInfo, _: Option<&str>) -> Result<Vec<Endpoint>, Error> {
        unimplemented!()
    }

    fn sign(&self, _: &SignInput<'_>) -> Result<HttpRequest, Error> {
        unimplemented!()
    }

    fn envelope(&self) -> Envelope {
        unimplemented!()
    }

    fn service_error(&self, _: &Answer<'_>) -> Option<ServiceError> {
        unimplemented!()
    }

    fn default_credentials(&self) -> Arc<dyn ProvideCredential> {
        unimplemented!()
    }
}

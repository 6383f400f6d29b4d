//! Encodes parameters as a flattened form.

use cloudcall::action::{ActionInfo, Fields, ParamLocation, Payload, RequestParts};
use cloudcall::http::Method;
use cloudcall::sign::encode::Flatten;
use cloudcall::{Error, ErrorKind};

/// Indexes start at 0. An integer is written without a fraction.
pub(crate) const FLATTEN: Flatten = Flatten { first: 0, bools: ["false", "true"], python_floats: false };

pub(crate) fn request(action: &ActionInfo, fields: &Fields) -> Result<RequestParts, Error> {
    let mut parts = RequestParts::new(Method::POST);
    let mut pairs = vec![("Action".to_owned(), action.name().to_owned())];
    for field in fields.iter() {
        if !matches!(field.place, ParamLocation::Auto | ParamLocation::Body) {
            let what = format!("parameter `{}`: UCloud takes parameters in the body only", field.name);
            return Err(Error::new(ErrorKind::Config, what));
        }
        let unreadable = |error| Error::new(ErrorKind::Config, "a parameter is not JSON").with_source(error);
        FLATTEN.push(field.name, field.json, &mut pairs).map_err(unreadable)?;
    }
    parts.payload = Payload::Form(pairs);
    Ok(parts)
}

//! The signature: a SHA-1 over sorted parameters and the private key.

use cloudcall::Bytes;
use cloudcall::action::Payload;
use cloudcall::credential::secrecy::ExposeSecret;
use cloudcall::http::header::{CONTENT_TYPE, HOST};
use cloudcall::http::{self, HeaderValue, Method};
use cloudcall::provider::SignInput;
use cloudcall::sign::encode::{form, hex};
use cloudcall::transport::HttpRequest;
use cloudcall::{Error, ErrorKind};
use sha1::{Digest as _, Sha1};

use crate::Ucloud;

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// The signature of flattened parameters, `PublicKey` among them, in lower-case hex.
pub fn signature(pairs: &[(String, String)], private_key: &str) -> String {
    let mut sorted: Vec<_> = pairs.iter().collect();
    sorted.sort();
    let mut hash = Sha1::new();
    for (name, value) in sorted {
        hash.update(name);
        hash.update(value);
    }
    hash.update(private_key);
    hex(&hash.finalize())
}

/// Signs one attempt. The signed text is the text that is sent.
pub(crate) fn sign(cloud: &Ucloud, input: &SignInput<'_>) -> Result<HttpRequest, Error> {
    let keys = input.key_pair()?;
    let Payload::Form(given) = &input.parts.payload else {
        return Err(Error::new(ErrorKind::Config, "UCloud takes forms only"));
    };
    let mut pairs = given.clone();
    let common = [("Region", input.region), ("ProjectId", cloud.project_id.as_deref())];
    for (name, value) in common {
        let absent = !pairs.iter().any(|(known, _)| known == name);
        if let Some(value) = value.filter(|_| absent) {
            pairs.push((name.to_owned(), value.to_owned()));
        }
    }
    pairs.push(("PublicKey".to_owned(), keys.id().to_owned()));
    let signature = signature(&pairs, keys.secret().expose_secret());
    pairs.push(("Signature".to_owned(), signature));
    let body = form(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let refused = |error| Error::new(ErrorKind::Config, "the request cannot be built").with_source(error);
    let request = http::Request::builder()
        .method(Method::POST)
        .uri(format!("{}/", input.endpoint))
        .header(HOST, input.endpoint.authority())
        .header(CONTENT_TYPE, FORM);
    let mut request = request.body(Bytes::from(body)).map_err(refused)?;
    for (name, value) in &input.parts.headers {
        request.headers_mut().insert(name.clone(), value.clone());
    }
    Ok(request)
}

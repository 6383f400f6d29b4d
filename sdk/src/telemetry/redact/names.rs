//! Which names of members, parameters, headers and fields stand for secrets. This is the one list: `Debug`, errors, logs
//! and recordings ask here. `docs/observability.md` has the table of decisions.

/// How the value under a secret name is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secrecy {
    /// All of it, an object or a list too.
    Whole,
    /// A text or a number; of an object or a list everything but plain facts, such as ids and times.
    Parts,
    /// As `Parts`; in a header line, up to the end of the line.
    Line,
    /// As `Parts`, but a number is a count.
    Tokens,
}

/// Names, and ends of names, in lower case without separators. A plural counts too.
const WHOLE: [&str; 51] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "passcode",
    "adminpass",
    "authpass",
    "dbpass",
    "loginpass",
    "rootpass",
    "userpass",
    "privatekey",
    "secretkey",
    "clientkey",
    "sharedkey",
    "authkey",
    "signkey",
    "signingkey",
    "signaturekey",
    "callbackkey",
    "sessionkey",
    "streamkey",
    "licensekey",
    "datakey",
    "encryptkey",
    "encryptionkey",
    "decryptkey",
    "decryptionkey",
    "aeskey",
    "hmackey",
    "keymaterial",
    "plaintext",
    "kubeconfig",
    "signature",
    "samlassertion",
    "samlresponse",
    "authcode",
    "authorizationcode",
    "verifycode",
    "verificationcode",
    "smscode",
    "mfacode",
    "devicecode",
    "pincode",
    "loginticket",
    "base32stringseed",
    "qrcodepng",
    // These are also the ends of other words, so they must be whole words: see `SHORT`.
    "psk",
    "otp",
    "sk",
    "jwt",
];
const PARTS: [&str; 4] = ["secret", "credential", "accesskey", "apikey"];
const LINE: [&str; 2] = ["authorization", "cookie"];
const TOKEN: &str = "token";

/// Shorter names must be whole words: `sk` is not a part of `disk`.
const SHORT: usize = 5;

/// What may follow a secret name without making it another thing: `SecretString`, `PrivateKeyBody`.
const QUALIFIERS: [&str; 22] = [
    "value", "string", "text", "data", "content", "body", "binary", "blob", "bytes", "base64", "hex",
    "sha256", "md5", "pem", "yaml", "json", "list", "set", "map", "info", "new", "old",
];

/// Words before `token` with which it is no credential: places in lists, marks of idempotency, counts of language models.
const HARMLESS_TOKENS: [&str; 28] = [
    "next",
    "previous",
    "prev",
    "page",
    "pagination",
    "paging",
    "scroll",
    "continuation",
    "continue",
    "cursor",
    "client",
    "idempotency",
    "idempotent",
    "creation",
    "http",
    "input",
    "output",
    "prompt",
    "completion",
    "total",
    "max",
    "min",
    "cached",
    "cache",
    "reasoning",
    "thought",
    "embedding",
    "context",
];

/// Last words of the names of plain facts. Under a secret name of kind `Parts` they stay readable.
const FACTS: [&str; 26] = [
    "id",
    "ids",
    "name",
    "type",
    "status",
    "state",
    "time",
    "date",
    "at",
    "arn",
    "urn",
    "region",
    "version",
    "description",
    "expiration",
    "expire",
    "expires",
    "expiry",
    "count",
    "total",
    "enabled",
    "algorithm",
    "fingerprint",
    "usage",
    "owner",
    "creator",
];

/// How long a name may be; of a longer one the end counts.
const LEN: usize = 96;

/// Whether a name stands for a secret. Names of nested parameters count by their last part that is not a number:
/// `LoginSettings.Password`, `Secrets.1`, `a[password]`.
pub(crate) fn secrecy(name: &str) -> Option<Secrecy> {
    let mut folded = Folded::of(name);
    let mut qualified = false;
    loop {
        if let Some(found) = folded.secrecy() {
            return match found {
                Secrecy::Parts if qualified && folded.ends_with("secret") => Some(Secrecy::Whole),
                found => Some(found),
            };
        }
        match QUALIFIERS.iter().find(|qualifier| folded.ends_in(qualifier, 0).is_some()) {
            Some(qualifier) => {
                qualified |= !matches!(*qualifier, "list" | "set" | "map" | "info");
                folded.cut(qualifier.len());
            }
            // `Password2`
            None if folded.text().last().is_some_and(u8::is_ascii_digit) => folded.cut(1),
            None => return None,
        }
    }
}

/// Whether a name stands for a plain fact, such as an id or a time.
pub(crate) fn is_fact(name: &str) -> bool {
    let folded = Folded::of(name);
    FACTS.iter().any(|fact| folded.ends_in(fact, usize::MAX).is_some())
}

/// Whether a member of this name says what the member beside it is: `{"Key": "password", "Value": …}`.
pub(crate) fn is_label(name: &str) -> bool {
    let folded = Folded::of(name);
    ["key", "name"].iter().any(|end| folded.ends_in(end, usize::MAX).is_some())
}

/// Whether a member of this name is what a label names.
pub(crate) fn is_labelled(name: &str) -> bool {
    let folded = Folded::of(name);
    ["value", "values"].iter().any(|end| folded.ends_in(end, usize::MAX).is_some())
}

/// The letters and digits of a name in lower case, and where its words begin.
struct Folded {
    text: [u8; LEN],
    len: usize,
    starts: u128,
}

impl Folded {
    fn of(name: &str) -> Self {
        let mut folded = Self { text: [0; LEN], len: 0, starts: 0 };
        let mut previous = b' ';
        let mut bytes = last_part(name).as_bytes();
        bytes = bytes.get(bytes.len().saturating_sub(LEN)..).unwrap_or_default();
        while let Some((&byte, rest)) = bytes.split_first() {
            if byte.is_ascii_alphanumeric()
                && let Some(place) = folded.text.get_mut(folded.len)
            {
                *place = byte.to_ascii_lowercase();
                let next_is_lower = rest.first().is_some_and(u8::is_ascii_lowercase);
                let starts = !previous.is_ascii_alphanumeric()
                    || byte.is_ascii_uppercase() && (!previous.is_ascii_uppercase() || next_is_lower)
                    || byte.is_ascii_alphabetic() && previous.is_ascii_digit();
                folded.starts |= u128::from(starts) << folded.len;
                folded.len += 1;
            }
            previous = byte;
            bytes = rest;
        }
        folded
    }

    fn text(&self) -> &[u8] {
        self.text.get(..self.len).unwrap_or_default()
    }

    fn ends_with(&self, end: &str) -> bool {
        self.text().ends_with(end.as_bytes())
    }

    fn cut(&mut self, bytes: usize) {
        self.len = self.len.saturating_sub(bytes);
    }

    /// Where `end` begins, if the name ends in it. It begins a word, or is a part of one word and at least `glued` bytes
    /// long: names such as `adminpassword` do not show their words.
    fn ends_in(&self, end: &str, glued: usize) -> Option<usize> {
        if !self.ends_with(end) {
            return None;
        }
        let at = self.len - end.len();
        let begins = |place: usize| self.starts & (1 << place) != 0;
        let within = || end.len() >= glued && !(at + 1..self.len).any(begins);
        (at == 0 || begins(at) || within()).then_some(at)
    }

    /// The same for a name and its plural.
    fn is(&self, end: &str) -> Option<usize> {
        self.ends_in(end, SHORT).or_else(|| {
            let singular = Self { len: self.len.checked_sub(1)?, ..*self };
            self.ends_with("s").then(|| singular.ends_in(end, SHORT))?
        })
    }

    fn secrecy(&self) -> Option<Secrecy> {
        if let Some(at) = self.is(TOKEN) {
            let before = Self { len: at, ..*self };
            let harmless = HARMLESS_TOKENS.iter().any(|word| before.ends_in(word, 0).is_some());
            let kind = if self.ends_with("s") { Secrecy::Tokens } else { Secrecy::Parts };
            return (!harmless).then_some(kind);
        }
        let any = |names: &[&str]| names.iter().any(|name| self.is(name).is_some());
        if any(&WHOLE) {
            Some(Secrecy::Whole)
        } else if any(&PARTS) {
            Some(Secrecy::Parts)
        } else if any(&LINE) {
            Some(Secrecy::Line)
        } else {
            None
        }
    }
}

/// The last part of a path of names that is not a number.
fn last_part(name: &str) -> &str {
    let parts = name.rsplit(['.', '[', ']', ':', '/', '$']);
    let mut named = parts.filter(|part| part.bytes().any(|byte| !byte.is_ascii_digit()));
    named.next().unwrap_or_default()
}

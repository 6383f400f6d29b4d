//! The rule that decides which names of members, parameters, headers and fields stand for
//! secrets.
//!
//! This is the only list: `Debug`, errors, logs and recordings use it.
//! `docs/observability.md` lists the decisions.

/// How the value under a secret name is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secrecy {
    /// The whole value is masked, also an object or a list.
    Whole,
    /// Texts and numbers are masked. In an object or a list, plain facts such as ids and
    /// times are shown.
    Parts,
    /// As `Parts`. In a header line, everything up to the end of the line is masked.
    Line,
    /// As `Parts`, but a number is shown, because it is a number of tokens.
    Tokens,
}

/// Names, and ends of names, in lower case and without separators. Plurals match, too.
#[rustfmt::skip]
const WHOLE: [&str; 51] = [
    "password", "passwd", "pwd", "passphrase", "passcode", "adminpass", "authpass", "dbpass",
    "loginpass", "rootpass", "userpass", "privatekey", "secretkey", "clientkey", "sharedkey",
    "authkey", "signkey", "signingkey", "signaturekey", "callbackkey", "sessionkey",
    "streamkey", "licensekey", "datakey", "encryptkey", "encryptionkey", "decryptkey",
    "decryptionkey", "aeskey", "hmackey", "keymaterial", "plaintext", "kubeconfig", "signature",
    "samlassertion", "samlresponse", "authcode", "authorizationcode", "verifycode",
    "verificationcode", "smscode", "mfacode", "devicecode", "pincode", "loginticket",
    "base32stringseed", "qrcodepng",
    // These are also the ends of other words, so they must be whole words: see `SHORT`.
    "psk", "otp", "sk", "jwt",
];
const PARTS: [&str; 4] = ["secret", "credential", "accesskey", "apikey"];
const LINE: [&str; 2] = ["authorization", "cookie"];
const TOKEN: &str = "token";

/// A name shorter than this must be a whole word: `sk` does not match `disk`.
const SHORT: usize = 5;

/// Words that may follow a secret name without changing its meaning: `SecretString`,
/// `PrivateKeyBody`.
const QUALIFIERS: [&str; 22] = [
    "value", "string", "text", "data", "content", "body", "binary", "blob", "bytes", "base64", "hex",
    "sha256", "md5", "pem", "yaml", "json", "list", "set", "map", "info", "new", "old",
];

/// Words before `token` with which it is not a credential: positions in lists, idempotency
/// tokens, counts of language models.
#[rustfmt::skip]
const HARMLESS_TOKENS: [&str; 28] = [
    "next", "previous", "prev", "page", "pagination", "paging", "scroll", "continuation",
    "continue", "cursor", "client", "idempotency", "idempotent", "creation", "http", "input",
    "output", "prompt", "completion", "total", "max", "min", "cached", "cache", "reasoning",
    "thought", "embedding", "context",
];

/// Last words of names of plain facts. They are shown under a secret name of kind `Parts`.
#[rustfmt::skip]
const FACTS: [&str; 26] = [
    "id", "ids", "name", "type", "status", "state", "time", "date", "at", "arn", "urn",
    "region", "version", "description", "expiration", "expire", "expires", "expiry", "count",
    "total", "enabled", "algorithm", "fingerprint", "usage", "owner", "creator",
];

/// Maximum length of a name in bytes. Of a longer name, the end is used.
const LEN: usize = 96;

/// Whether a name stands for a secret, and how its value is masked.
///
/// For the name of a nested parameter, the last part that is not a number counts:
/// `LoginSettings.Password`, `Secrets.1`, `a[password]`.
///
/// Words such as `Value` or `String` at the end do not count: `SecretString` is decided by
/// `Secret`. A token is a secret unless the word before it says otherwise: `NextToken` is a
/// position, `MaxTokens` is a number.
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
            // A number at the end, as in `Password2`.
            None if folded.text().last().is_some_and(u8::is_ascii_digit) => folded.cut(1),
            None => return None,
        }
    }
}

/// True if a name stands for a plain fact, such as an id or a time.
pub(crate) fn is_fact(name: &str) -> bool {
    let folded = Folded::of(name);
    FACTS.iter().any(|fact| folded.ends_in(fact, usize::MAX).is_some())
}

/// True if a member of this name can name the value next to it: `{"Key": "password",
/// "Value": …}`.
pub(crate) fn is_label(name: &str) -> bool {
    let folded = Folded::of(name);
    ["key", "name"].iter().any(|end| folded.ends_in(end, usize::MAX).is_some())
}

/// True if a member of this name can hold the value that a label names.
pub(crate) fn is_labelled(name: &str) -> bool {
    let folded = Folded::of(name);
    ["value", "values"].iter().any(|end| folded.ends_in(end, usize::MAX).is_some())
}

/// The letters and digits of a name in lower case, and the positions at which its words
/// begin.
struct Folded {
    /// The folded text, in a buffer of fixed size.
    text: [u8; LEN],
    /// Number of bytes in use.
    len: usize,
    /// Bit `n` is set if a word begins at byte `n`.
    starts: u128,
}

impl Folded {
    /// Folds a name. Separators, changes of case, and letters after a digit begin a word.
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

    /// The folded text.
    fn text(&self) -> &[u8] {
        self.text.get(..self.len).unwrap_or_default()
    }

    /// True if the folded text ends with `end`.
    fn ends_with(&self, end: &str) -> bool {
        self.text().ends_with(end.as_bytes())
    }

    /// Removes bytes from the end.
    fn cut(&mut self, bytes: usize) {
        self.len = self.len.saturating_sub(bytes);
    }

    /// The position of `end`, if the name ends with it.
    ///
    /// `end` must begin a word, or it must be part of one word and at least `glued` bytes
    /// long: names such as `adminpassword` do not show where their words begin.
    fn ends_in(&self, end: &str, glued: usize) -> Option<usize> {
        if !self.ends_with(end) {
            return None;
        }
        let at = self.len - end.len();
        let begins = |place: usize| self.starts & (1 << place) != 0;
        let within = || end.len() >= glued && !(at + 1..self.len).any(begins);
        (at == 0 || begins(at) || within()).then_some(at)
    }

    /// As [`ends_in`](Self::ends_in), for a name and its plural.
    fn is(&self, end: &str) -> Option<usize> {
        self.ends_in(end, SHORT).or_else(|| {
            let singular = Self { len: self.len.checked_sub(1)?, ..*self };
            self.ends_with("s").then(|| singular.ends_in(end, SHORT))?
        })
    }

    /// Compares the name with the lists.
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

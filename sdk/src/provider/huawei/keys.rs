//! Keys that are derived from AK and SK: `docs/sources.md`, Huawei Cloud, 2.7 and 2.9.
//!
//! | scheme | key | function |
//! | --- | --- | --- |
//! | V11-HMAC-SHA256 | HKDF-SHA256 of the key pair, for a day, a region and a service | [`derived_key`] |
//! | SDK-ECDSA-P256-SHA256 | a private key of P-256 | `PrivateKey`, feature `p256` |
//! | SDK-SM2-SM3 | a private key of SM2 | `PrivateKey`, feature `sm2` |
//!
//! The keys follow from AK and SK alone, so nothing has to be registered. They are derived for each signature
//! and zeroized after it; no cache holds them.

use secrecy::{ExposeSecret, SecretString};

#[cfg(any(feature = "p256", feature = "sm2"))]
pub use asymmetric::PrivateKey;

use crate::credential::Credential;
use crate::sign::encode::hex;
use crate::sign::hmac::hmac_sha256;

/// The key of V11-HMAC-SHA256 for a day, a region and a service: 64 hex digits, which are used as text.
///
/// `info` is `{YYYYMMDD}/{region}/{service}`. The key is HKDF-SHA256 (RFC 5869) with the key id as the salt,
/// the secret as the input, and one block of 32 bytes as the output. The vendor then uses the hex digits as
/// the key of the MAC, not the bytes.
///
/// ```
/// use cloudcall::credential::Credential;
/// use cloudcall::credential::secrecy::ExposeSecret;
/// use cloudcall::provider::huawei::signer::derived_key;
///
/// let keys = Credential::new("FAKEAKEXAMPLE0000001", "fakeSkExample+/0123456789abcdefghijKLMN")?;
/// let key = derived_key(&keys, "20240229/cn-north-4/iotda");
/// assert!(key.expose_secret().starts_with("73dd910a344228df"));
/// # Ok::<(), cloudcall::Error>(())
/// ```
pub fn derived_key(credential: &Credential, info: &str) -> SecretString {
    let secret = credential.secret().expose_secret().as_bytes();
    // HKDF: extract, then one block of expand with the counter 1.
    let mut extracted = hmac_sha256(credential.id().as_bytes(), &[secret]);
    let mut key = hmac_sha256(&extracted, &[info.as_bytes(), &[1]]);
    let text = SecretString::from(hex(&key));
    secrecy::zeroize::Zeroize::zeroize(&mut extracted);
    secrecy::zeroize::Zeroize::zeroize(&mut key);
    text
}

#[cfg(any(feature = "p256", feature = "sm2"))]
mod asymmetric {
    use super::*;
    use crate::error::{Error, ErrorKind};
    use crate::provider::huawei::SignMethod;

    /// The largest candidate for a private key of P-256: the order of the curve minus 2.
    #[cfg(feature = "p256")]
    const P256_LAST: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa,
        0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x4f,
    ];
    /// The largest candidate for a private key of SM2: the order of the curve minus 2.
    #[cfg(feature = "sm2")]
    const SM2_LAST: [u8; 32] = [
        0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x72,
        0x03, 0xdf, 0x6b, 0x21, 0xc6, 0x05, 0x2b, 0x53, 0xbb, 0xf4, 0x09, 0x39, 0xd5, 0x41, 0x21,
    ];

    /// The user id in SM2 signatures. The vendor uses the default of the standard for all users.
    #[cfg(feature = "sm2")]
    const SM2_USER: &str = "1234567812345678";

    /// The private key of SDK-ECDSA-P256-SHA256 or SDK-SM2-SM3. `Debug` shows the curve only; the memory is
    /// zeroized.
    ///
    /// Signatures use the nonce of RFC 6979, so that a signature is a function of key and text, and weak
    /// randomness cannot reveal the key. The vendor's SDK uses random nonces, so two signatures of one text
    /// differ there. Both verify.
    ///
    /// ```
    /// # #[cfg(feature = "p256")] {
    /// use cloudcall::credential::Credential;
    /// use cloudcall::provider::huawei::SignMethod;
    /// use cloudcall::provider::huawei::signer::PrivateKey;
    ///
    /// let keys = Credential::new("FAKEAKEXAMPLE0000001", "fakeSkExample+/0123456789abcdefghijKLMN")?;
    /// let key = PrivateKey::derive(SignMethod::EcdsaP256Sha256, &keys)?;
    /// let signature = key.sign(b"a text")?;
    /// assert!(key.verify(b"a text", &signature));
    /// assert!(!key.verify(b"another text", &signature));
    /// # }
    /// # Ok::<(), cloudcall::Error>(())
    /// ```
    pub struct PrivateKey(Curve);

    /// The key, in the type of the crate that signs with it.
    enum Curve {
        #[cfg(feature = "p256")]
        P256(Box<p256::ecdsa::SigningKey>),
        #[cfg(feature = "sm2")]
        Sm2(Box<sm2::dsa::SigningKey>),
    }

    impl PrivateKey {
        /// Derives the key of `method`.
        ///
        /// # Errors
        ///
        /// Kind `Config` if the scheme has no private key, or if its cargo feature is off. Kind `Credentials`
        /// if none of 255 candidates is a private key. No key pair is known for which this happens.
        pub fn derive(method: SignMethod, credential: &Credential) -> Result<Self, Error> {
            match method {
                #[cfg(feature = "p256")]
                SignMethod::EcdsaP256Sha256 => {
                    let mut scalar = scalar(method, credential, &P256_LAST)?;
                    let key = p256::ecdsa::SigningKey::from_slice(&scalar);
                    secrecy::zeroize::Zeroize::zeroize(&mut scalar);
                    key.map(|key| Self(Curve::P256(Box::new(key)))).map_err(|_| no_key())
                }
                #[cfg(feature = "sm2")]
                SignMethod::Sm2Sm3 => {
                    let mut scalar = scalar(method, credential, &SM2_LAST)?;
                    let key = sm2::dsa::SigningKey::from_slice(SM2_USER, &scalar);
                    secrecy::zeroize::Zeroize::zeroize(&mut scalar);
                    key.map(|key| Self(Curve::Sm2(Box::new(key)))).map_err(|_| no_key())
                }
                #[cfg(not(feature = "p256"))]
                SignMethod::EcdsaP256Sha256 => Err(method.not_compiled("p256")),
                #[cfg(not(feature = "sm2"))]
                SignMethod::Sm2Sm3 => Err(method.not_compiled("sm2")),
                _ => Err(Error::config(format!("{} has no private key", method.as_str()))),
            }
        }

        /// The signature of `text` in DER: a sequence of two integers.
        ///
        /// # Errors
        ///
        /// Kind `Credentials` if the scheme finds no signature. No text is known that leads to this.
        pub fn sign(&self, text: &[u8]) -> Result<Vec<u8>, Error> {
            let (r, s): ([u8; 32], [u8; 32]) = match &self.0 {
                #[cfg(feature = "p256")]
                Curve::P256(key) => {
                    use p256::ecdsa::signature::Signer;
                    let signature: p256::ecdsa::Signature = key.try_sign(text).map_err(unsigned)?;
                    let (r, s) = signature.split_bytes();
                    (r.into(), s.into())
                }
                #[cfg(feature = "sm2")]
                Curve::Sm2(key) => {
                    use sm2::dsa::signature::Signer;
                    let signature: sm2::dsa::Signature = key.try_sign(text).map_err(unsigned)?;
                    (signature.r_bytes().into(), signature.s_bytes().into())
                }
            };
            Ok(der(&r, &s))
        }

        /// The private key as 64 hex digits. Use it to compare implementations; it is as secret as the key
        /// pair.
        pub fn private_hex(&self) -> SecretString {
            SecretString::from(match &self.0 {
                #[cfg(feature = "p256")]
                Curve::P256(key) => hex(&key.to_bytes()),
                #[cfg(feature = "sm2")]
                Curve::Sm2(key) => hex(&key.to_bytes()),
            })
        }

        /// The public key as 130 hex digits: `04`, then both coordinates in full length (SEC 1,
        /// uncompressed).
        pub fn public_hex(&self) -> String {
            match &self.0 {
                #[cfg(feature = "p256")]
                Curve::P256(key) => hex(key.verifying_key().to_sec1_point(false).as_bytes()),
                #[cfg(feature = "sm2")]
                Curve::Sm2(key) => hex(&sm2_point(key)),
            }
        }

        /// ZA of GB/T 32918.2 as hex: the hash of user id, curve and public key, which SM2 hashes in front of
        /// the text. `None` on other curves.
        ///
        /// Coordinates keep their leading zeros, as the standard demands. The vendor's Python package drops
        /// them, so about one of 128 key pairs gives a signature there that a standard verifier rejects.
        pub fn sm2_za_hex(&self) -> Option<String> {
            match &self.0 {
                #[cfg(feature = "sm2")]
                Curve::Sm2(key) => Some(hex(&za(key))),
                #[cfg(feature = "p256")]
                Curve::P256(_) => None,
            }
        }

        /// Whether `signature` (DER) is a signature of `text` by this key. False for a text that is not DER.
        pub fn verify(&self, text: &[u8], signature: &[u8]) -> bool {
            let Some((r, s)) = undo_der(signature) else { return false };
            match &self.0 {
                #[cfg(feature = "p256")]
                Curve::P256(key) => {
                    use p256::ecdsa::signature::Verifier;
                    let signature = p256::ecdsa::Signature::from_scalars(r, s);
                    signature.is_ok_and(|signature| key.verifying_key().verify(text, &signature).is_ok())
                }
                #[cfg(feature = "sm2")]
                Curve::Sm2(key) => {
                    use sm2::dsa::signature::Verifier;
                    let signature = sm2::dsa::Signature::from_scalars(r, s);
                    signature.is_ok_and(|signature| key.verifying_key().verify(text, &signature).is_ok())
                }
            }
        }
    }

    impl std::fmt::Debug for PrivateKey {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            let curve = match &self.0 {
                #[cfg(feature = "p256")]
                Curve::P256(_) => "P-256",
                #[cfg(feature = "sm2")]
                Curve::Sm2(_) => "SM2",
            };
            write!(f, "PrivateKey({curve}, ****)")
        }
    }

    /// The error of a key pair that leads to no private key.
    fn no_key() -> Error {
        Error::new(ErrorKind::Credentials, "no private key can be derived from this key pair")
    }

    /// The error of a text that cannot be signed.
    fn unsigned(_: impl std::fmt::Debug) -> Error {
        Error::new(ErrorKind::Credentials, "the request cannot be signed with the derived private key")
    }

    /// The private key as 32 bytes, big-endian: the first candidate that is small enough, plus one.
    ///
    /// A candidate is the MAC of these parts with the secret as the key, for the counters 0, 1, 2, …:
    ///
    /// ```text
    /// 00000001 | scheme | 00 | key id | counter | 00000100
    /// ```
    ///
    /// `last` is the order of the curve minus 2, so the key is between 1 and the order minus 1.
    fn scalar(method: SignMethod, credential: &Credential, last: &[u8; 32]) -> Result<[u8; 32], Error> {
        let secret = credential.secret().expose_secret().as_bytes();
        for counter in 0..=254_u8 {
            let parts: [&[u8]; 6] = [
                &[0, 0, 0, 1],
                method.as_str().as_bytes(),
                &[0],
                credential.id().as_bytes(),
                &[counter],
                &[0, 0, 1, 0],
            ];
            let mut candidate = method.hash().mac(secret, &parts)?;
            if candidate <= *last {
                for digit in candidate.iter_mut().rev() {
                    *digit = digit.wrapping_add(1);
                    if *digit != 0 {
                        break;
                    }
                }
                return Ok(candidate);
            }
        }
        Err(no_key())
    }

    /// The public key: `04`, then both coordinates.
    #[cfg(feature = "sm2")]
    fn sm2_point(key: &sm2::dsa::SigningKey) -> Vec<u8> {
        use sm2::elliptic_curve::sec1::ToSec1Point;
        key.verifying_key().as_affine().to_sec1_point(false).as_bytes().to_vec()
    }

    /// ZA of GB/T 32918.2. The `sm2` crate computes it inside of signatures, and has no function that returns
    /// it:
    ///
    /// ```text
    /// SM3(bits of the user id (2 bytes) | user id | a | b | Gx | Gy | public x | public y)
    /// ```
    #[cfg(feature = "sm2")]
    fn za(key: &sm2::dsa::SigningKey) -> [u8; 32] {
        // The parameters a and b and both coordinates of the generator, from GB/T 32918.5.
        const CURVE: [[u64; 4]; 4] = [
            [0xffff_fffe_ffff_ffff, 0xffff_ffff_ffff_ffff, 0xffff_ffff_0000_0000, 0xffff_ffff_ffff_fffc],
            [0x28e9_fa9e_9d9f_5e34, 0x4d5a_9e4b_cf65_09a7, 0xf397_89f5_15ab_8f92, 0xddbc_bd41_4d94_0e93],
            [0x32c4_ae2c_1f19_8119, 0x5f99_0446_6a39_c994, 0x8fe3_0bbf_f266_0be1, 0x715a_4589_334c_74c7],
            [0xbc37_36a2_f4f6_779c, 0x59bd_cee3_6b69_2153, 0xd0a9_877c_c62a_4740, 0x02df_32e5_2139_f0a0],
        ];
        let mut data = 128_u16.to_be_bytes().to_vec();
        data.extend_from_slice(SM2_USER.as_bytes());
        data.extend(CURVE.iter().flatten().flat_map(|word| word.to_be_bytes()));
        // The point without its leading 04, which says that it is not compressed.
        data.extend(sm2_point(key).into_iter().skip(1));
        crate::sign::sm3::sm3(&data)
    }

    /// The DER text of a signature: `SEQUENCE { r INTEGER, s INTEGER }`. It has at most 72 bytes, so each
    /// length fits into one byte.
    fn der(r: &[u8; 32], s: &[u8; 32]) -> Vec<u8> {
        fn integer(number: &[u8; 32], out: &mut Vec<u8>) {
            let zeros = number.iter().take_while(|byte| **byte == 0).count().min(31);
            let digits = number.get(zeros..).unwrap_or_default();
            // A first bit that is set would make it negative.
            let pad = digits.first().is_some_and(|byte| byte & 0x80 != 0);
            out.extend_from_slice(&[2, digits.len() as u8 + u8::from(pad)]);
            out.extend(pad.then_some(0));
            out.extend_from_slice(digits);
        }
        let mut body = Vec::with_capacity(70);
        integer(r, &mut body);
        integer(s, &mut body);
        let mut out = vec![0x30, body.len() as u8];
        out.append(&mut body);
        out
    }

    /// Reads what [`der`] writes. `None` for any other bytes, also for a sequence with bytes behind it.
    fn undo_der(signature: &[u8]) -> Option<([u8; 32], [u8; 32])> {
        fn integer(rest: &[u8]) -> Option<([u8; 32], &[u8])> {
            let (&length, rest) = rest.strip_prefix(&[2])?.split_first()?;
            let (digits, rest) = rest.split_at_checked(usize::from(length))?;
            let digits = digits.strip_prefix(&[0]).unwrap_or(digits);
            let mut number = [0; 32];
            let start = number.len().checked_sub(digits.len())?;
            number.get_mut(start..)?.copy_from_slice(digits);
            Some((number, rest))
        }
        let (&length, rest) = signature.strip_prefix(&[0x30])?.split_first()?;
        let (r, rest) = integer(rest.get(..usize::from(length)).filter(|body| body.len() == rest.len())?)?;
        let (s, rest) = integer(rest)?;
        rest.is_empty().then_some((r, s))
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn der_keeps_numbers_positive_and_short() {
            let (mut small, mut high) = ([0; 32], [0; 32]);
            small[31] = 0x7f;
            high[0] = 0x80;
            let text = der(&small, &high);
            assert_eq!(hex(&text[..8]), "302602017f022100");
            assert_eq!(undo_der(&text), Some((small, high)));
            assert_eq!(undo_der(&text[..20]), None);
            assert_eq!(undo_der(&der(&[0; 32], &small)), Some(([0; 32], small)));
        }
    }
}

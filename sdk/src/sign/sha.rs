//! SHA-256 and SHA-1 of texts in memory, over the compression functions of RustCrypto.
//!
//! The crates' own interface takes a text piece by piece, and copies its end through a buffer that it
//! zeroizes. A signature hashes four short texts, so this was a sixth of its time. Here the blocks of a text
//! are compressed where they are, and only the end and its padding are copied. That copy is not zeroized, so
//! no key is hashed here: the texts of signatures are not secret.

use secrecy::zeroize::Zeroize;

/// The state of SHA-256 or SHA-1 between two blocks.
pub(crate) type State<const WORDS: usize> = [u32; WORDS];

/// The state of SHA-256 at the beginning (FIPS 180-4, 5.3.3).
pub(crate) const SHA256: State<8> =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];

/// The state of SHA-1 at the beginning (FIPS 180-4, 5.3.1).
#[cfg(feature = "tencent")]
pub(crate) const SHA1: State<5> = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];

/// A hash whose state has so many words, and whose digest has so many bytes.
pub(crate) trait Compress<const BYTES: usize>: AsMut<[u32]> {
    /// Hashes whole blocks.
    fn compress(&mut self, blocks: &[[u8; 64]]);
}

impl Compress<32> for State<8> {
    fn compress(&mut self, blocks: &[[u8; 64]]) {
        sha2::block_api::compress256(self, blocks);
    }
}

#[cfg(feature = "tencent")]
impl Compress<20> for State<5> {
    fn compress(&mut self, blocks: &[[u8; 64]]) {
        sha1::block_api::compress(self, blocks);
    }
}

/// Hashes the end of a text. `state` is that after the first `before` bytes of it, which are whole blocks. It
/// is zeroized, because that of a MAC is as good as its key.
pub(crate) fn finish<const BYTES: usize>(
    mut state: impl Compress<BYTES>,
    before: usize,
    text: &[u8],
) -> [u8; BYTES] {
    let (blocks, rest) = text.as_chunks();
    if !blocks.is_empty() {
        state.compress(blocks);
    }
    // A one bit, zeros, and the length in bits, up to the end of a block (FIPS 180-4, 5.1.1).
    let mut end = [0; 128];
    let count = (rest.len() + 9).div_ceil(64);
    let bits = 8 * (before + text.len()) as u64;
    for (at, bytes) in [(0, rest), (rest.len(), &[0x80]), (count * 64 - 8, &bits.to_be_bytes())] {
        if let Some(place) = end.get_mut(at..at + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    }
    state.compress(end.as_chunks().0.get(..count).unwrap_or_default());
    let mut digest = [0; BYTES];
    for (place, word) in digest.as_chunks_mut().0.iter_mut().zip(state.as_mut()) {
        *place = word.to_be_bytes();
    }
    state.as_mut().zeroize();
    digest
}

#[cfg(test)]
mod tests {
    use sha2::Digest as _;

    use super::*;

    #[test]
    fn the_digests_are_those_of_the_crates() {
        for length in 0..300 {
            let text: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            assert_eq!(finish(SHA256, 0, &text)[..], sha2::Sha256::digest(&text)[..], "{length}");
            #[cfg(feature = "tencent")]
            assert_eq!(finish(SHA1, 0, &text)[..], sha1::Sha1::digest(&text)[..], "{length}");
        }
    }
}

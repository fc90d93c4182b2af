//! The number that makes a song repeatable.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// The seed of a take: with the brief and the engine it decides every byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(pub u64);

impl Seed {
    /// An independent generator for one purpose ("words", "melody", "humanise drums"): drawing more in one place
    /// never shifts another.
    pub fn stream(self, purpose: &str) -> ChaCha8Rng {
        let mut key = [0_u8; 32];
        key[..8].copy_from_slice(&self.0.to_le_bytes());
        key[8..16].copy_from_slice(&fnv1a(purpose).to_le_bytes());
        ChaCha8Rng::from_seed(key)
    }

    /// The seed of take `number` of the same request; take 1 keeps the seed itself.
    pub fn for_take(self, number: u32) -> Self {
        Self(self.0.wrapping_add(u64::from(number.saturating_sub(1)).wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }
}

/// FNV-1a, 64 bits: a stable name hash (the standard library's may change between releases).
fn fnv1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngCore;

    #[test]
    fn streams_repeat_and_differ() {
        assert_eq!(Seed(7).stream("words").next_u64(), Seed(7).stream("words").next_u64());
        assert_ne!(Seed(7).stream("words").next_u64(), Seed(7).stream("melody").next_u64());
        assert_ne!(Seed(7).stream("words").next_u64(), Seed(8).stream("words").next_u64());
    }

    #[test]
    fn takes_have_their_own_seeds() {
        assert_eq!(Seed(7).for_take(1), Seed(7));
        assert_ne!(Seed(7).for_take(2), Seed(7).for_take(3));
    }
}

//! Names for songs and jobs: sortable by time, short enough to type.

use crate::error::Result;
use crate::types::{ApiError, ErrorCode};

/// Crockford's base 32: no i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A new name from the time in Unix seconds and 25 random bits.
pub(crate) fn new(now: f64) -> Result<String> {
    let millis = (now * 1e3) as u64;
    let tail = random_u64()? & ((1 << 25) - 1);
    let value = (u128::from(millis) << 25) | u128::from(tail);
    Ok((0..14).rev().map(|digit| char::from(ALPHABET[(value >> (5 * digit)) as usize & 31])).collect())
}

/// 64 bits from the operating system.
pub(crate) fn random_u64() -> Result<u64> {
    getrandom::u64().map_err(|error| {
        ApiError::new(ErrorCode::Internal, format!("the system gives no random numbers ({error}); restart the machine"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_names_sort_later_and_twins_differ() {
        let (early, late) = (new(1_790_000_000.0).unwrap(), new(1_790_000_000.002).unwrap());
        assert!(early < late && early.len() == 14);
        assert_ne!(new(1.0).unwrap(), new(1.0).unwrap());
    }
}

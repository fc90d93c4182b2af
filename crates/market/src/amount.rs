//! Money without floating point: wei, basis points, and their decimal forms.

use crate::{Error, Result};
use alloy::primitives::U256;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr};

const DECIMALS: usize = 18;
/// 1 ETH in wei.
const ETHER: u64 = 1_000_000_000_000_000_000;

/// An amount of a chain's own coin in its smallest unit. Serialised as a decimal string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Wei(pub U256);

impl Wei {
    pub const ZERO: Self = Self(U256::ZERO);
    /// The dearest price a song can have: 2^96 - 1 wei, which no sum of shares can overflow.
    pub const MAX_PRICE: Self = Self(U256::from_limbs([u64::MAX, u32::MAX as u64, 0, 0]));

    /// Parses an amount in ether, such as `0.01`. Exact: at most 18 decimals.
    ///
    /// # Errors
    /// [`Error::Amount`] for anything but digits with one point, too many decimals, or too large a number.
    pub fn from_eth(text: &str) -> Result<Self> {
        let wrong = || Error::Amount { text: text.chars().take(40).collect() };
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let empty = whole.is_empty() || (part.is_empty() && text.contains('.'));
        if empty || part.len() > DECIMALS || whole.len() > 60 || !digits(whole) || !digits(part) {
            return Err(wrong());
        }
        let padded = format!("{whole}{part:0<DECIMALS$}");
        U256::from_str_radix(&padded, 10).map(Self).map_err(|_| wrong())
    }

    /// The amount in ether, exact, without trailing zeros: `0.01`.
    pub fn to_eth(self) -> String {
        let (whole, part) = self.0.div_rem(U256::from(ETHER));
        if part.is_zero() {
            return whole.to_string();
        }
        let part = format!("{part:0>DECIMALS$}", part = part.to_string());
        format!("{whole}.{}", part.trim_end_matches('0'))
    }

    /// Checks that this can be asked for a song.
    ///
    /// # Errors
    /// [`Error::PriceZero`], [`Error::PriceTooHigh`].
    pub fn as_price(self) -> Result<Self> {
        if self == Self::ZERO {
            return Err(Error::PriceZero);
        }
        if self > Self::MAX_PRICE {
            return Err(Error::PriceTooHigh { price: self });
        }
        Ok(self)
    }
}

/// The number of wei, in decimal.
impl fmt::Display for Wei {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<u64> for Wei {
    fn from(wei: u64) -> Self {
        Self(U256::from(wei))
    }
}

impl Serialize for Wei {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Wei {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        U256::from_str_radix(&text, 10).map(Self).map_err(de::Error::custom)
    }
}

/// A share in hundredths of a percent, 0 to 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct BasisPoints(u16);

impl BasisPoints {
    /// # Errors
    /// [`Error::Share`] above 10,000.
    pub fn new(points: u16) -> Result<Self> {
        if points > 10_000 { Err(Error::Share { text: points.to_string() }) } else { Ok(Self(points)) }
    }

    pub fn get(self) -> u16 {
        self.0
    }

    /// This share of `price`, rounded down; the rest is `price - share`, so the two always sum to the price.
    ///
    /// # Errors
    /// [`Error::PriceTooHigh`] above [`Wei::MAX_PRICE`].
    pub fn of(self, price: Wei) -> Result<Wei> {
        if price > Wei::MAX_PRICE {
            return Err(Error::PriceTooHigh { price });
        }
        Ok(Wei(price.0 * U256::from(self.0) / U256::from(10_000)))
    }
}

impl TryFrom<u16> for BasisPoints {
    type Error = Error;
    fn try_from(points: u16) -> Result<Self> {
        Self::new(points)
    }
}

impl From<BasisPoints> for u16 {
    fn from(points: BasisPoints) -> u16 {
        points.0
    }
}

/// Percent with up to two decimals: `5%`, `2.5%`, `7`.
impl FromStr for BasisPoints {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let wrong = || Error::Share { text: text.chars().take(40).collect() };
        let number = text.strip_suffix('%').unwrap_or(text).trim();
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if part.len() > 2 || whole.is_empty() || !number.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return Err(wrong());
        }
        let points: u16 = format!("{whole}{part:0<2}").parse().map_err(|_| wrong())?;
        Self::new(points).map_err(|_| wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ether_reads_and_prints_exactly() {
        for (text, wei) in [("0.01", 10_000_000_000_000_000u64), ("1", ETHER), ("0.000000000000000001", 1), ("0", 0)] {
            assert_eq!(Wei::from_eth(text).unwrap(), Wei::from(wei));
            assert_eq!(Wei::from(wei).to_eth(), text);
        }
        assert_eq!(Wei::from_eth("001.500").unwrap().to_eth(), "1.5");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        let long = "9".repeat(70);
        for text in ["", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", "0x10", "1.0000000000000000001", " 1", "١", &long]
        {
            assert!(matches!(Wei::from_eth(text), Err(Error::Amount { .. })), "{text:?}");
        }
    }

    #[test]
    fn percent_reads() {
        for (text, points) in [("5%", 500), ("2.5%", 250), ("0", 0), ("100%", 10_000), ("0.01%", 1)] {
            assert_eq!(text.parse::<BasisPoints>().unwrap().get(), points);
        }
        for text in ["", "%", "101%", "1.234%", "-1%", "1.2.3%", "99999%"] {
            assert!(text.parse::<BasisPoints>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_dearest_price_is_two_to_the_96_less_one() {
        assert_eq!(Wei::MAX_PRICE.0, (U256::from(1) << 96) - U256::from(1));
    }
}

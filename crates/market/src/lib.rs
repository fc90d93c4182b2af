//! The market: minting songs, listing and buying them through Seaport 1.6, and the practice chain.
//!
//! A sale in four transactions, each prepared, kept by the caller, then submitted:
//!
//! 1. the creator signs a [`Voucher`] (no transaction); anyone whom it names mints with [`mint`];
//! 2. the owner allows Seaport to move the token ([`approve`]) and signs an order ([`listing`]);
//! 3. a buyer pays with [`fulfil`]: Seaport moves the token, the price and the royalty at once.
//!
//! Every transaction has two steps. [`Chain::prepare`] simulates, checks the money and signs, and changes
//! nothing; [`Chain::submit`] sends exactly those bytes and may be called again after a crash, because the
//! same bytes can be included only once.

mod amount;
mod chain;
pub mod contracts;
mod error;
mod orders;
pub mod practice;
mod revert;
mod song;
mod tx;
mod wallet;

pub use alloy::primitives::{Address, B256, Bytes, U256};
pub use amount::{BasisPoints, Wei};
pub use chain::{Addresses, Chain};
pub use error::{Error, Result};
pub use orders::{
    ListingRequest, OrderStatus, OrderTerms, Sale, SignedOrder, approve, cancel, fulfil, listing, sold, status,
};
pub use revert::Revert;
pub use song::{Minted, SignedVoucher, Song, Voucher, deploy_song_edition, mint, minted, owner_of, song_id, song_of};
pub use tx::{Call, Receipt, SignedTx};
pub use wallet::{Account, Keys};

//! Songs as tokens: vouchers, minting, and what a token says about its song.

use crate::{
    Address, B256, BasisPoints, Bytes, Call, Chain, Error, Keys, Receipt, Result, SignedTx, U256, Wei,
    contracts::{FACTORY, SONG_EDITION_INIT, SongEdition, deployment, song_domain, song_edition_address},
};
use alloy::{
    primitives::{aliases::U96, keccak256},
    sol_types::{SolCall, SolStruct},
};
use serde::{Deserialize, Serialize};

/// A creator's permission to mint editions of a song.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    pub creator: Address,
    /// Keccak-256 of the audio's CID bytes.
    pub song_id: B256,
    /// The metadata, `ipfs://CID`.
    pub uri: String,
    /// Hash of what is needed to make the song again.
    pub provenance: B256,
    /// To be paid for one edition; 0 for a gift.
    pub price: Wei,
    pub max_editions: u32,
    /// Last good second, Unix time.
    pub deadline: u64,
    /// Receives the price, and the royalties later.
    pub payout: Address,
    pub royalty: BasisPoints,
    /// Who alone may receive editions; `None` for anyone.
    pub recipient: Option<Address>,
    /// Cancelling a nonce voids all vouchers that carry it.
    pub nonce: U256,
}

/// A voucher and its creator's signature, good for one contract on one chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedVoucher {
    pub voucher: Voucher,
    pub chain_id: u64,
    pub contract: Address,
    pub signature: Bytes,
}

/// The name of a song on a chain: Keccak-256 of its audio's binary CID.
pub fn song_id(cid: &[u8]) -> B256 {
    keccak256(cid)
}

/// What a mint made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minted {
    pub contract: Address,
    pub token_id: U256,
    pub song_id: B256,
    pub creator: Address,
    pub to: Address,
}

/// What a token says about its song.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Song {
    pub song_id: B256,
    pub provenance: B256,
    pub creator: Address,
    pub uri: String,
}

impl Voucher {
    /// What the creator signs, the same as the contract's `digest`.
    pub fn digest(&self, chain_id: u64, contract: Address) -> B256 {
        self.words().eip712_signing_hash(&song_domain(chain_id, contract))
    }

    /// Signs with the creator's account.
    ///
    /// # Errors
    /// [`Error::Voucher`] when no contract would take it, [`Error::PriceTooHigh`], [`Error::AccountName`].
    pub fn sign(self, keys: &Keys, account: &str, chain: &Chain) -> Result<SignedVoucher> {
        let wrong = |field, rule| Err(Error::Voucher { field, rule });
        if keys.account(account)?.address != self.creator {
            return wrong("creator", "it must be the account that signs");
        }
        if self.max_editions == 0 {
            return wrong("number of editions", "it must be at least 1");
        }
        if self.payout.is_zero() {
            return wrong("payout account", "it must not be empty");
        }
        if !self.uri.starts_with("ipfs://") {
            return wrong("metadata address", "it must start with ipfs://");
        }
        if self.price > Wei::MAX_PRICE {
            return Err(Error::PriceTooHigh { price: self.price });
        }
        let (chain_id, contract) = (chain.chain_id(), chain.addresses().song_edition);
        let signature = keys.sign(account, self.digest(chain_id, contract))?;
        Ok(SignedVoucher { voucher: self, chain_id, contract, signature: signature.as_bytes().into() })
    }

    pub(crate) fn words(&self) -> SongEdition::Voucher {
        SongEdition::Voucher {
            creator: self.creator,
            songId: self.song_id,
            uri: self.uri.clone(),
            provenance: self.provenance,
            price: self.price.0,
            maxEditions: self.max_editions,
            deadline: self.deadline,
            payout: self.payout,
            royaltyBps: U96::from(self.royalty.get()),
            recipient: self.recipient.unwrap_or_default(),
            nonce: self.nonce,
        }
    }
}

/// Prepares the deployment of the contract, or gives `None` when it stands already: anyone may deploy it,
/// and it has the same address and code everywhere.
///
/// # Errors
/// As [`Chain::prepare`]; [`Error::NoFactory`] on a chain without the standard factory.
pub async fn deploy_song_edition(chain: &Chain, keys: &Keys, account: &str) -> Result<Option<SignedTx>> {
    if chain.has_code(song_edition_address()).await? {
        return Ok(None);
    }
    if !chain.has_code(FACTORY).await? {
        return Err(Error::NoFactory { factory: FACTORY, chain_id: chain.chain_id() });
    }
    let call = Call { to: FACTORY, value: Wei::ZERO, data: deployment(B256::ZERO, SONG_EDITION_INIT) };
    chain.prepare(keys, account, call).await.map(Some)
}

/// Mints the next edition to `to`, paying the voucher's price.
pub fn mint(voucher: &SignedVoucher, to: Address) -> Call {
    let call = SongEdition::mintCall { voucher: voucher.voucher.words(), signature: voucher.signature.clone(), to };
    Call { to: voucher.contract, value: voucher.voucher.price, data: call.abi_encode().into() }
}

/// What the mint in `receipt` made, if it is one of `contract`.
pub fn minted(receipt: &Receipt, contract: Address) -> Option<Minted> {
    let event: SongEdition::Minted = receipt.event(contract)?;
    let SongEdition::Minted { tokenId, songId, creator, to } = event;
    Some(Minted { contract, token_id: tokenId, song_id: songId, creator, to })
}

/// # Errors
/// [`Error::WouldRevert`] when there is no such token, [`Error::NoContract`], [`Error::Network`].
pub async fn owner_of(chain: &Chain, contract: Address, token_id: U256) -> Result<Address> {
    chain.read(contract, SongEdition::ownerOfCall { tokenId: token_id }).await
}

/// # Errors
/// [`Error::WouldRevert`] when there is no such token, [`Error::NoContract`], [`Error::Network`].
pub async fn song_of(chain: &Chain, contract: Address, token_id: U256) -> Result<Song> {
    let song = chain.read(contract, SongEdition::songOfCall { tokenId: token_id }).await?;
    Ok(Song { song_id: song.songId, provenance: song.provenance, creator: song.creator, uri: song.uri })
}

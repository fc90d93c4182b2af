//! Selling: Seaport 1.6 orders of one song for ETH, with the creator's royalty inside the price.

use crate::{
    Address, B256, Bytes, Call, Chain, Error, Keys, Receipt, Result, U256, Wei,
    contracts::{SEAPORT, Seaport, SongEdition, seaport_domain},
    owner_of,
};
use alloy::{
    primitives::Signature,
    sol_types::{SolCall, SolStruct},
};
use serde::{Deserialize, Serialize};

const NATIVE: u8 = 0;
const ERC721: u8 = 2;
const FULL_OPEN: u8 = 0;

/// What a seller asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListingRequest {
    pub contract: Address,
    pub token_id: U256,
    /// All that the buyer pays; the royalty comes out of it.
    pub price: Wei,
    /// Unix seconds; the order is open from `start` until before `end`.
    pub start: u64,
    pub end: u64,
    /// Makes two otherwise equal orders different; random.
    pub salt: U256,
}

/// A seller's signed offer, good on one chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOrder {
    pub chain_id: u64,
    /// Seaport's name of the order.
    pub hash: B256,
    pub components: Seaport::OrderComponents,
    pub signature: Bytes,
}

/// An order in plain terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderTerms {
    pub seller: Address,
    pub contract: Address,
    pub token_id: U256,
    /// What the buyer pays: always `to_seller` + royalty.
    pub price: Wei,
    pub to_seller: Wei,
    /// Whom the royalty goes to and how much, when it is not the seller.
    pub royalty: Option<(Address, Wei)>,
    pub start: u64,
    pub end: u64,
}

/// Whether an order can be filled now, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum OrderStatus {
    Open,
    Filled,
    Cancelled,
    NotStarted,
    Expired,
    /// The seller no longer owns the song.
    OwnerChanged,
    /// Seaport may not move the song.
    NotApproved,
}

/// A sale that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sale {
    pub order_hash: B256,
    pub seller: Address,
    pub buyer: Address,
    pub contract: Address,
    pub token_id: U256,
    pub price: Wei,
}

/// Lets Seaport move this one song. It ends with the song's next transfer, so an old order cannot come back
/// to life when the seller gets the song again later.
pub fn approve(contract: Address, token_id: U256) -> Call {
    let call = SongEdition::approveCall { to: SEAPORT, tokenId: token_id };
    Call { to: contract, value: Wei::ZERO, data: call.abi_encode().into() }
}

/// Makes and signs an order. It moves nothing; it can be filled once Seaport is [`approve`]d.
///
/// # Errors
/// [`Error::PriceZero`], [`Error::PriceTooHigh`], [`Error::RoyaltyTooHigh`], [`Error::SaleTimes`],
/// [`Error::NotOwner`], [`Error::WrongChain`], [`Error::NoContract`], [`Error::Network`].
pub async fn listing(chain: &Chain, keys: &Keys, account: &str, request: ListingRequest) -> Result<SignedOrder> {
    let ListingRequest { contract, token_id, price, start, end, salt } = request;
    let price = price.as_price()?;
    if start >= end {
        return Err(Error::SaleTimes);
    }
    chain.check().await?;
    let seller = keys.account(account)?.address;
    let owner = owner_of(chain, contract, token_id).await?;
    if owner != seller {
        return Err(Error::NotOwner { token_id, owner, seller });
    }
    let royalty = chain.read(contract, SongEdition::royaltyInfoCall { tokenId: token_id, salePrice: price.0 }).await?;
    let due = royalty.receiver != seller && !royalty.receiver.is_zero() && !royalty.amount.is_zero();
    let royalty = due.then_some((royalty.receiver, Wei(royalty.amount)));
    let counter = chain.read(SEAPORT, Seaport::getCounterCall { offerer: seller }).await?;

    let components = Seaport::OrderComponents {
        offerer: seller,
        zone: Address::ZERO,
        offer: vec![Seaport::OfferItem {
            itemType: ERC721,
            token: contract,
            identifierOrCriteria: token_id,
            startAmount: U256::from(1),
            endAmount: U256::from(1),
        }],
        consideration: shares(seller, price, royalty)?,
        orderType: FULL_OPEN,
        startTime: U256::from(start),
        endTime: U256::from(end),
        zoneHash: B256::ZERO,
        salt,
        conduitKey: B256::ZERO,
        counter,
    };
    let digest = components.eip712_signing_hash(&seaport_domain(chain.chain_id()));
    let signature = keys.sign(account, digest)?.as_bytes().into();
    Ok(SignedOrder { chain_id: chain.chain_id(), hash: components.eip712_hash_struct(), components, signature })
}

/// Splits a price into the seller's part and the royalty.
fn shares(seller: Address, price: Wei, royalty: Option<(Address, Wei)>) -> Result<Vec<Seaport::ConsiderationItem>> {
    let pay = |recipient, amount: Wei| Seaport::ConsiderationItem {
        itemType: NATIVE,
        token: Address::ZERO,
        identifierOrCriteria: U256::ZERO,
        startAmount: amount.0,
        endAmount: amount.0,
        recipient,
    };
    let Some((receiver, amount)) = royalty else { return Ok(vec![pay(seller, price)]) };
    if amount >= price {
        return Err(Error::RoyaltyTooHigh { royalty: amount, price });
    }
    Ok(vec![pay(seller, Wei(price.0 - amount.0)), pay(receiver, amount)])
}

/// Buys: pays the price from the sending account, which receives the song. Check [`SignedOrder::terms`] first.
///
/// # Errors
/// [`Error::UnknownOrder`], [`Error::OrderSignature`], [`Error::WrongChain`].
pub fn fulfil(chain: &Chain, order: &SignedOrder) -> Result<Call> {
    if order.chain_id != chain.chain_id() {
        return Err(Error::WrongChain { expected: order.chain_id, found: chain.chain_id() });
    }
    let terms = order.terms()?;
    let c = order.components.clone();
    let parameters = Seaport::OrderParameters {
        offerer: c.offerer,
        zone: c.zone,
        offer: c.offer,
        totalOriginalConsiderationItems: U256::from(c.consideration.len()),
        consideration: c.consideration,
        orderType: c.orderType,
        startTime: c.startTime,
        endTime: c.endTime,
        zoneHash: c.zoneHash,
        salt: c.salt,
        conduitKey: c.conduitKey,
    };
    let order = Seaport::Order { parameters, signature: order.signature.clone() };
    let call = Seaport::fulfillOrderCall { order, fulfillerConduitKey: B256::ZERO };
    Ok(Call { to: SEAPORT, value: terms.price, data: call.abi_encode().into() })
}

/// Withdraws an order for good. Only its seller can.
pub fn cancel(order: &SignedOrder) -> Call {
    let call = Seaport::cancelCall { orders: vec![order.components.clone()] };
    Call { to: SEAPORT, value: Wei::ZERO, data: call.abi_encode().into() }
}

/// Asks the chain whether an order can be filled at `now` (Unix seconds).
///
/// # Errors
/// [`Error::UnknownOrder`], [`Error::OrderSignature`], [`Error::WrongChain`], [`Error::Network`].
pub async fn status(chain: &Chain, order: &SignedOrder, now: u64) -> Result<OrderStatus> {
    chain.check().await?;
    if order.chain_id != chain.chain_id() {
        return Err(Error::WrongChain { expected: order.chain_id, found: chain.chain_id() });
    }
    let terms = order.terms()?;
    let known = chain.read(SEAPORT, Seaport::getOrderStatusCall { orderHash: order.hash }).await?;
    if known.isCancelled {
        return Ok(OrderStatus::Cancelled);
    }
    if !known.totalFilled.is_zero() {
        return Ok(OrderStatus::Filled);
    }
    let counter = chain.read(SEAPORT, Seaport::getCounterCall { offerer: terms.seller }).await?;
    if counter != order.components.counter {
        return Ok(OrderStatus::Cancelled);
    }
    if now >= terms.end {
        return Ok(OrderStatus::Expired);
    }
    if owner_of(chain, terms.contract, terms.token_id).await? != terms.seller {
        return Ok(OrderStatus::OwnerChanged);
    }
    let approved = chain.read(terms.contract, SongEdition::getApprovedCall { tokenId: terms.token_id }).await?;
    let all = SongEdition::isApprovedForAllCall { owner: terms.seller, operator: SEAPORT };
    if approved != SEAPORT && !chain.read(terms.contract, all).await? {
        return Ok(OrderStatus::NotApproved);
    }
    Ok(if now < terms.start { OrderStatus::NotStarted } else { OrderStatus::Open })
}

/// The sale in `receipt`, if it is a fulfilment.
pub fn sold(receipt: &Receipt) -> Option<Sale> {
    let event: Seaport::OrderFulfilled = receipt.event(SEAPORT)?;
    let song = event.offer.first()?;
    let price = event.consideration.iter().try_fold(U256::ZERO, |sum, item| sum.checked_add(item.amount))?;
    Some(Sale {
        order_hash: event.orderHash,
        seller: event.offerer,
        buyer: event.recipient,
        contract: song.token,
        token_id: song.identifier,
        price: Wei(price),
    })
}

impl SignedOrder {
    /// Reads the order in plain terms, and refuses whatever is not a plain sale of one song: such an order
    /// could take more than it says.
    ///
    /// # Errors
    /// [`Error::UnknownOrder`], [`Error::OrderSignature`], [`Error::PriceZero`], [`Error::PriceTooHigh`].
    pub fn terms(&self) -> Result<OrderTerms> {
        let unknown = |why| Err(Error::UnknownOrder { why });
        let c = &self.components;
        if self.hash != c.eip712_hash_struct() {
            return unknown("its hash does not fit its content");
        }
        if !c.zone.is_zero() || !c.zoneHash.is_zero() || !c.conduitKey.is_zero() || c.orderType != FULL_OPEN {
            return unknown("a third party takes part");
        }
        let [song] = c.offer.as_slice() else { return unknown("it does not offer exactly one thing") };
        if song.itemType != ERC721 || song.startAmount != U256::from(1) || song.endAmount != U256::from(1) {
            return unknown("what it offers is not a song");
        }
        let (to_seller, royalty) = match c.consideration.as_slice() {
            [seller] => (seller, None),
            [seller, royalty] => (seller, Some(royalty)),
            _ => return unknown("it pays more than a seller and a royalty"),
        };
        let plain = c.consideration.iter().all(|item| {
            let money = item.itemType == NATIVE && item.token.is_zero() && item.identifierOrCriteria.is_zero();
            money && item.startAmount == item.endAmount && item.startAmount <= Wei::MAX_PRICE.0
        });
        if !plain || to_seller.recipient != c.offerer {
            return unknown("its payments are not plain");
        }
        let (Ok(start), Ok(end)) = (u64::try_from(c.startTime), u64::try_from(c.endTime)) else {
            return unknown("its times are not dates");
        };
        let to_seller = Wei(to_seller.startAmount);
        let royalty = royalty.map(|item| (item.recipient, Wei(item.startAmount)));
        let price = Wei(to_seller.0 + royalty.map_or(U256::ZERO, |(_, amount)| amount.0)).as_price()?;
        self.check_signature()?;
        let (contract, token_id) = (song.token, song.identifierOrCriteria);
        Ok(OrderTerms { seller: c.offerer, contract, token_id, price, to_seller, royalty, start, end })
    }

    fn check_signature(&self) -> Result<()> {
        let seller = self.components.offerer;
        let digest = self.components.eip712_signing_hash(&seaport_domain(self.chain_id));
        let signer = Signature::from_raw(&self.signature).and_then(|s| s.recover_address_from_prehash(&digest));
        if signer.is_ok_and(|signer| signer == seller) { Ok(()) } else { Err(Error::OrderSignature { seller }) }
    }
}

//! Why a contract refused, read from its revert data and put in words.

use crate::contracts::{Erc721Errors, Seaport, SongEdition};
use alloy::{
    primitives::{Address, Bytes, U256, hex},
    sol_types::{Panic, Revert as Message, SolError, SolInterface},
};

/// A contract's reason, decoded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Revert {
    #[error("all {max} editions of this voucher have been minted; ask the creator for a new voucher")]
    SoldOut { max: u32 },
    #[error("the creator's voucher has expired; ask for a new one")]
    VoucherExpired,
    #[error("the creator has cancelled this voucher; ask for a new one")]
    VoucherCancelled,
    #[error("the payment differs from the voucher's price of {expected} wei (sent: {paid} wei); pay the exact price")]
    WrongPrice { expected: U256, paid: U256 },
    #[error("this voucher is for {expected} only; mint it to that account")]
    WrongRecipient { expected: Address },
    #[error("the voucher is not signed by its creator {creator}; ask for a new one")]
    WrongVoucherSignature { creator: Address },
    #[error("this order has already been filled; look for another listing")]
    OrderFilled,
    #[error("the seller has cancelled this order; look for another listing")]
    OrderCancelled,
    #[error("this order is not open at this time; look for another listing")]
    OrderNotOpen,
    #[error("the order's signature is not the seller's, or its counter has moved on; ask for a new listing")]
    OrderSignature,
    #[error("the payment is less than the order's price; pay the full price")]
    NotEnoughPaid,
    #[error("only the seller can cancel this order; use the seller's account")]
    NotYourOrder,
    #[error("token {token_id} does not exist; check the number")]
    NoSuchToken { token_id: U256 },
    #[error("the market is not allowed to move token {token_id}; the owner must approve it first")]
    NotApproved { token_id: U256 },
    #[error("the seller no longer owns token {token_id}; look for another listing")]
    NotOwner { token_id: U256 },
    #[error("only the token's owner can do this; use the owner's account")]
    NotYourToken,
    #[error("{receiver} cannot hold songs; choose another account")]
    ReceiverRefuses { receiver: Address },
    #[error("the contract says \"{0}\"")]
    Message(String),
    #[error("the contract failed an internal check (panic {0}); report this")]
    Panic(u64),
    #[error("the transaction ran out of gas; try again")]
    OutOfGas,
    #[error("the contract gave no reason (data 0x{})", hex::encode(.0))]
    Unknown(Bytes),
}

impl Revert {
    /// Decodes revert data.
    pub fn decode(data: &[u8]) -> Self {
        use Erc721Errors::Erc721ErrorsErrors as Token;
        use Seaport::SeaportErrors as Order;
        use SongEdition::SongEditionErrors as Song;
        if let Ok(error) = Song::abi_decode(data) {
            return match error {
                Song::SoldOut(e) => Self::SoldOut { max: e.maxEditions },
                Song::VoucherExpired(_) => Self::VoucherExpired,
                Song::VoucherCancelled(_) => Self::VoucherCancelled,
                Song::WrongPrice(e) => Self::WrongPrice { expected: e.expected, paid: e.paid },
                Song::WrongRecipient(e) => Self::WrongRecipient { expected: e.expected },
                Song::WrongSignature(e) => Self::WrongVoucherSignature { creator: e.creator },
            };
        }
        if let Ok(error) = Order::abi_decode(data) {
            return match error {
                Order::OrderAlreadyFilled(_) => Self::OrderFilled,
                Order::OrderIsCancelled(_) => Self::OrderCancelled,
                Order::InvalidTime(_) => Self::OrderNotOpen,
                Order::InvalidSigner(_) | Order::InvalidSignature(_) | Order::BadSignatureV(_) => Self::OrderSignature,
                Order::InsufficientNativeTokensSupplied(_) | Order::InvalidMsgValue(_) => Self::NotEnoughPaid,
                Order::CannotCancelOrder(_) | Order::InvalidCanceller(_) => Self::NotYourOrder,
            };
        }
        if let Ok(error) = Token::abi_decode(data) {
            return match error {
                Token::ERC721NonexistentToken(e) => Self::NoSuchToken { token_id: e.tokenId },
                Token::ERC721InsufficientApproval(e) => Self::NotApproved { token_id: e.tokenId },
                Token::ERC721IncorrectOwner(e) => Self::NotOwner { token_id: e.tokenId },
                Token::ERC721InvalidApprover(_) => Self::NotYourToken,
                Token::ERC721InvalidReceiver(e) => Self::ReceiverRefuses { receiver: e.receiver },
            };
        }
        if let Ok(message) = Message::abi_decode(data) {
            return Self::Message(message.reason.chars().take(200).collect());
        }
        if let Ok(panic) = Panic::abi_decode(data) {
            return Self::Panic(panic.code.saturating_to());
        }
        Self::Unknown(Bytes::copy_from_slice(&data[..data.len().min(260)]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_decoded_into_words_that_say_what_to_do() {
        let sold_out = Revert::decode(&SongEdition::SoldOut { maxEditions: 3 }.abi_encode());
        assert_eq!(sold_out, Revert::SoldOut { max: 3 });
        assert!(sold_out.to_string().contains("ask the creator"));
        let filled = Revert::decode(&Seaport::OrderAlreadyFilled { orderHash: Default::default() }.abi_encode());
        assert_eq!(filled, Revert::OrderFilled);
        assert_eq!(Revert::decode(&Message::from("no").abi_encode()), Revert::Message("no".into()));
        assert_eq!(Revert::decode(&Panic::from(0x11).abi_encode()), Revert::Panic(0x11));
        assert_eq!(Revert::decode(&[]), Revert::Unknown(Bytes::new()));
        assert_eq!(Revert::decode(&[1, 2, 3]), Revert::Unknown(Bytes::from_static(&[1, 2, 3])));
    }
}

//! The contracts as Rust sees them: their functions, errors, events, code and addresses.

use alloy::{
    primitives::{Address, B256, Bytes, address, b256, hex},
    sol,
    sol_types::{Eip712Domain, eip712_domain},
};

/// Seaport 1.6, the same on every chain.
pub const SEAPORT: Address = address!("0000000000000068F116a894984e2DB1123eB395");
/// Seaport's conduit controller, the same on every chain.
pub const CONDUIT_CONTROLLER: Address = address!("00000000F9490004C11Cef243f5400493c00Ad63");
/// The factory Seaport was deployed through.
pub const SEAPORT_FACTORY: Address = address!("0000000000FFe8B47B3e2130213B802212439497");
/// The salt Seaport was deployed with.
pub const SEAPORT_SALT: B256 = b256!("0000000000000000000000000000000000000000d738b7f0bb99901b1c83f249");
/// The deterministic deployment proxy found on nearly every chain; SongEdition goes through it.
pub const FACTORY: Address = address!("4e59b44847b379578588920cA78FbF26c0B4956C");
/// The proxy's runtime code: it CREATE2-deploys `calldata[32..]` with salt `calldata[..32]`.
pub const FACTORY_CODE: [u8; 69] = hex!(
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe03601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3"
);

pub const SEAPORT_INIT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/seaport.init.bin"));
pub const CONDUIT_CONTROLLER_INIT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/conduit_controller.bin"));
pub const SONG_EDITION_INIT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/song_edition.init.bin"));

/// Where SongEdition is on every chain, once deployed: a hash of its code.
pub fn song_edition_address() -> Address {
    FACTORY.create2_from_code(B256::ZERO, SONG_EDITION_INIT)
}

/// What the factory is sent to deploy `init`.
pub fn deployment(salt: B256, init: &[u8]) -> Bytes {
    [salt.as_slice(), init].concat().into()
}

pub fn song_domain(chain_id: u64, contract: Address) -> Eip712Domain {
    eip712_domain! { name: "Keepsong", version: "1", chain_id: chain_id, verifying_contract: contract, }
}

pub fn seaport_domain(chain_id: u64) -> Eip712Domain {
    eip712_domain! { name: "Seaport", version: "1.6", chain_id: chain_id, verifying_contract: SEAPORT, }
}

sol! {
    /// `contracts/src/SongEdition.sol`.
    #[derive(Debug)]
    contract SongEdition {
        #[derive(PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        struct Voucher {
            address creator;
            bytes32 songId;
            string uri;
            bytes32 provenance;
            uint256 price;
            uint32 maxEditions;
            uint64 deadline;
            address payout;
            uint96 royaltyBps;
            address recipient;
            uint256 nonce;
        }
        struct Song { bytes32 songId; bytes32 provenance; address creator; uint32 minted; string uri; }

        event Minted(uint256 indexed tokenId, bytes32 indexed songId, address indexed creator, address to);
        event NonceCancelled(address indexed creator, uint256 indexed nonce);

        error VoucherExpired(uint64 deadline);
        error VoucherCancelled(uint256 nonce);
        error WrongPrice(uint256 expected, uint256 paid);
        error WrongRecipient(address expected, address to);
        error WrongSignature(address creator);
        error SoldOut(uint32 maxEditions);

        function mint(Voucher calldata voucher, bytes calldata signature, address to) external payable returns (uint256 tokenId);
        function cancel(uint256 nonce) external;
        function digest(Voucher calldata voucher) external view returns (bytes32);
        function minted(bytes32 voucher) external view returns (uint32);
        function songOf(uint256 tokenId) external view returns (Song memory);
        function totalSupply() external view returns (uint256);
        function ownerOf(uint256 tokenId) external view returns (address);
        function tokenURI(uint256 tokenId) external view returns (string memory);
        function royaltyInfo(uint256 tokenId, uint256 salePrice) external view returns (address receiver, uint256 amount);
        function approve(address to, uint256 tokenId) external;
        function getApproved(uint256 tokenId) external view returns (address);
        function isApprovedForAll(address owner, address operator) external view returns (bool);
        function setApprovalForAll(address operator, bool approved) external;
        function transferFrom(address from, address to, uint256 tokenId) external;
    }

    /// What OpenZeppelin's ERC-721 refuses with.
    #[derive(Debug)]
    interface Erc721Errors {
        error ERC721NonexistentToken(uint256 tokenId);
        error ERC721InsufficientApproval(address operator, uint256 tokenId);
        error ERC721IncorrectOwner(address sender, uint256 tokenId, address owner);
        error ERC721InvalidApprover(address approver);
        error ERC721InvalidReceiver(address receiver);
    }

    /// The part of Seaport's conduit controller that tells whether it is sound.
    interface ConduitController {
        function getConduit(bytes32 conduitKey) external view returns (address conduit, bool exists);
        function getConduitCodeHashes() external view returns (bytes32 creationCodeHash, bytes32 runtimeCodeHash);
    }

    /// The part of Seaport 1.6 that Keepsong uses.
    #[derive(Debug)]
    interface Seaport {
        #[derive(PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        struct OfferItem {
            uint8 itemType; address token; uint256 identifierOrCriteria; uint256 startAmount; uint256 endAmount;
        }
        #[derive(PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        struct ConsiderationItem {
            uint8 itemType; address token; uint256 identifierOrCriteria; uint256 startAmount; uint256 endAmount;
            address recipient;
        }
        #[derive(PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        struct OrderComponents {
            address offerer; address zone; OfferItem[] offer; ConsiderationItem[] consideration; uint8 orderType;
            uint256 startTime; uint256 endTime; bytes32 zoneHash; uint256 salt; bytes32 conduitKey; uint256 counter;
        }
        struct OrderParameters {
            address offerer; address zone; OfferItem[] offer; ConsiderationItem[] consideration; uint8 orderType;
            uint256 startTime; uint256 endTime; bytes32 zoneHash; uint256 salt; bytes32 conduitKey;
            uint256 totalOriginalConsiderationItems;
        }
        struct Order { OrderParameters parameters; bytes signature; }
        struct SpentItem { uint8 itemType; address token; uint256 identifier; uint256 amount; }
        struct ReceivedItem { uint8 itemType; address token; uint256 identifier; uint256 amount; address recipient; }

        event OrderFulfilled(
            bytes32 orderHash, address indexed offerer, address indexed zone, address recipient,
            SpentItem[] offer, ReceivedItem[] consideration
        );
        event OrderCancelled(bytes32 orderHash, address indexed offerer, address indexed zone);

        error OrderAlreadyFilled(bytes32 orderHash);
        error OrderIsCancelled(bytes32 orderHash);
        error InvalidTime(uint256 startTime, uint256 endTime);
        error InvalidSigner();
        error InvalidSignature();
        error BadSignatureV(uint8 v);
        error InsufficientNativeTokensSupplied();
        error InvalidMsgValue(uint256 value);
        error CannotCancelOrder();
        error InvalidCanceller();

        function fulfillOrder(Order calldata order, bytes32 fulfillerConduitKey) external payable returns (bool fulfilled);
        function cancel(OrderComponents[] calldata orders) external returns (bool cancelled);
        function incrementCounter() external returns (uint256 newCounter);
        function getCounter(address offerer) external view returns (uint256 counter);
        function getOrderHash(OrderComponents calldata order) external view returns (bytes32 orderHash);
        function getOrderStatus(bytes32 orderHash) external view returns (bool isValidated, bool isCancelled, uint256 totalFilled, uint256 totalSize);
        function information() external view returns (string memory version, bytes32 domainSeparator, address conduitController);
    }
}

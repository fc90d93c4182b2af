// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title SongEdition
/// @notice Numbered editions of songs. Nobody owns or administers this contract: what may be minted is
/// decided only by the vouchers creators sign, and everything a token says about its song is fixed when
/// the voucher's first edition is minted.
/// @dev A signature binds the chain and this contract's address (EIP-712), so a voucher is worth nothing
/// elsewhere. The creator may be a contract (ERC-1271).
contract SongEdition is ERC721, ERC2981, EIP712, ReentrancyGuardTransient {
    /// @notice A creator's signed permission to mint editions of one song.
    /// @param creator Who made the song and signs.
    /// @param songId Keccak-256 of the audio's CID bytes.
    /// @param uri Metadata address, `ipfs://CID`.
    /// @param provenance Hash of what is needed to make the song again.
    /// @param price Wei to be paid for one edition; 0 for a gift.
    /// @param maxEditions How many editions this voucher yields in all.
    /// @param deadline Last second (Unix time) at which the voucher is good.
    /// @param payout Who receives the price, and later the royalties.
    /// @param royaltyBps Royalty of later sales, in hundredths of a percent.
    /// @param recipient Who alone may receive editions; zero for anyone.
    /// @param nonce Chosen by the creator; cancelling it voids every voucher that carries it.
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

    /// @notice What a token says about its song; shared by all editions of one voucher.
    struct Song {
        bytes32 songId;
        bytes32 provenance;
        address creator;
        uint32 minted;
        string uri;
    }

    /// @notice EIP-712 type of {Voucher}.
    bytes32 public constant VOUCHER_TYPEHASH = keccak256(
        "Voucher(address creator,bytes32 songId,string uri,bytes32 provenance,uint256 price,uint32 maxEditions,uint64 deadline,address payout,uint96 royaltyBps,address recipient,uint256 nonce)"
    );

    /// @notice How many tokens exist; ids run from 1.
    uint256 public totalSupply;

    /// @notice Whether a creator has cancelled a nonce.
    mapping(address creator => mapping(uint256 nonce => bool)) public cancelled;

    /// @notice The voucher (by {digest}) a token was minted from.
    mapping(uint256 tokenId => bytes32) public voucherOf;

    mapping(bytes32 voucher => Song) private _songs;

    /// @notice A new edition exists.
    event Minted(uint256 indexed tokenId, bytes32 indexed songId, address indexed creator, address to);

    /// @notice A creator voided all vouchers with this nonce.
    event NonceCancelled(address indexed creator, uint256 indexed nonce);

    error VoucherExpired(uint64 deadline);
    error VoucherCancelled(uint256 nonce);
    error WrongPrice(uint256 expected, uint256 paid);
    error WrongRecipient(address expected, address to);
    error WrongSignature(address creator);
    error SoldOut(uint32 maxEditions);

    constructor() ERC721("Keepsong", "SONG") EIP712("Keepsong", "1") {}

    /// @notice Mints the voucher's next edition to `to` and passes the price on to the payout address.
    /// @param voucher What the creator signed.
    /// @param signature The creator's signature of {digest}.
    /// @param to Who receives the edition; the voucher may insist on somebody.
    /// @return tokenId The new token.
    function mint(Voucher calldata voucher, bytes calldata signature, address to)
        external
        payable
        nonReentrant
        returns (uint256 tokenId)
    {
        if (block.timestamp > voucher.deadline) revert VoucherExpired(voucher.deadline);
        if (cancelled[voucher.creator][voucher.nonce]) revert VoucherCancelled(voucher.nonce);
        if (msg.value != voucher.price) revert WrongPrice(voucher.price, msg.value);
        if (voucher.recipient != address(0) && voucher.recipient != to) {
            revert WrongRecipient(voucher.recipient, to);
        }
        bytes32 id = digest(voucher);
        if (!SignatureChecker.isValidSignatureNowCalldata(voucher.creator, id, signature)) {
            revert WrongSignature(voucher.creator);
        }

        Song storage song = _songs[id];
        if (song.minted >= voucher.maxEditions) revert SoldOut(voucher.maxEditions);
        if (song.minted == 0) {
            song.songId = voucher.songId;
            song.provenance = voucher.provenance;
            song.creator = voucher.creator;
            song.uri = voucher.uri;
        }
        ++song.minted;
        tokenId = ++totalSupply;
        voucherOf[tokenId] = id;
        _setTokenRoyalty(tokenId, voucher.payout, voucher.royaltyBps);

        emit Minted(tokenId, voucher.songId, voucher.creator, to);
        _safeMint(to, tokenId);
        if (msg.value != 0) Address.sendValue(payable(voucher.payout), msg.value);
    }

    /// @notice Voids every voucher the caller has signed with this nonce; minted editions stay.
    function cancel(uint256 nonce) external {
        cancelled[msg.sender][nonce] = true;
        emit NonceCancelled(msg.sender, nonce);
    }

    /// @notice What the creator of a voucher signs.
    function digest(Voucher calldata voucher) public view returns (bytes32) {
        // In two halves, because the stack does not hold twelve words at once; the bytes are the same.
        return _hashTypedDataV4(
            keccak256(
                bytes.concat(
                    abi.encode(
                        VOUCHER_TYPEHASH,
                        voucher.creator,
                        voucher.songId,
                        keccak256(bytes(voucher.uri)),
                        voucher.provenance,
                        voucher.price
                    ),
                    abi.encode(
                        voucher.maxEditions,
                        voucher.deadline,
                        voucher.payout,
                        voucher.royaltyBps,
                        voucher.recipient,
                        voucher.nonce
                    )
                )
            )
        );
    }

    /// @notice How many editions of a voucher (by {digest}) have been minted.
    function minted(bytes32 voucher) external view returns (uint32) {
        return _songs[voucher].minted;
    }

    /// @notice What a token says about its song.
    function songOf(uint256 tokenId) external view returns (Song memory) {
        _requireOwned(tokenId);
        return _songs[voucherOf[tokenId]];
    }

    /// @inheritdoc ERC721
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        return _songs[voucherOf[tokenId]].uri;
    }

    /// @inheritdoc ERC721
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, ERC2981) returns (bool) {
        return super.supportsInterface(interfaceId);
    }
}

// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.30;

import {SongEdition} from "../src/SongEdition.sol";
import {Vm} from "./Vm.sol";

/// @dev Takes ERC-1271 signatures of one key, as a contract wallet does.
contract ContractWallet {
    address private immutable _owner;

    constructor(address owner) {
        _owner = owner;
    }

    function isValidSignature(bytes32 digest, bytes calldata signature) external view returns (bytes4) {
        address signer =
            ecrecover(digest, uint8(signature[64]), bytes32(signature[:32]), bytes32(signature[32:64]));
        return signer == _owner ? this.isValidSignature.selector : bytes4(0);
    }
}

/// @dev Tries to mint again while it is being given a token.
contract Greedy {
    SongEdition.Voucher private _voucher;
    bytes private _signature;

    function mint(SongEdition edition, SongEdition.Voucher memory voucher, bytes memory signature) external payable {
        _voucher = voucher;
        _signature = signature;
        edition.mint{value: voucher.price}(voucher, signature, address(this));
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        SongEdition(msg.sender).mint{value: _voucher.price}(_voucher, _signature, address(this));
        return this.onERC721Received.selector;
    }
}

contract Refuser {}

/// @dev Shared by the tests: a creator's key and vouchers signed with it.
abstract contract Base {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    uint256 internal constant KEY = 0xC0FFEE;
    uint256 internal constant CURVE = 115792089237316195423570985008687907852837564279074904382605163141518161494337;
    address internal constant PAYOUT = address(0xBEEF);
    address internal constant FAN = address(0xFA4);

    function voucher(uint256 price, uint32 max) internal view returns (SongEdition.Voucher memory) {
        return SongEdition.Voucher({
            creator: vm.addr(KEY),
            songId: keccak256("song"),
            uri: "ipfs://bafysong",
            provenance: keccak256("provenance"),
            price: price,
            maxEditions: max,
            deadline: uint64(block.timestamp + 1 days),
            payout: PAYOUT,
            royaltyBps: 500,
            recipient: address(0),
            nonce: 7
        });
    }

    function sign(SongEdition edition, SongEdition.Voucher memory v, uint256 key) internal view returns (bytes memory) {
        (uint8 y, bytes32 r, bytes32 s) = vm.sign(key, edition.digest(v));
        return abi.encodePacked(r, s, y);
    }
}

contract SongEditionTest is Base {
    SongEdition private edition;

    function setUp() public {
        edition = new SongEdition();
        vm.deal(address(this), type(uint128).max);
    }

    function mint(SongEdition.Voucher memory v, bytes memory signature) private returns (uint256) {
        return edition.mint{value: v.price}(v, signature, FAN);
    }

    function testFuzz_editionsArePaidAndNumbered(uint96 price, uint32 max) public {
        max = max % 8 + 1;
        SongEdition.Voucher memory v = voucher(price, max);
        bytes memory signature = sign(edition, v, KEY);
        for (uint256 id = 1; id <= max; ++id) {
            require(mint(v, signature) == id, "ids run from 1");
            require(edition.ownerOf(id) == FAN, "owner");
        }
        require(PAYOUT.balance == uint256(price) * max, "the payout got every price");
        require(address(edition).balance == 0, "nothing stays in the contract");
        require(edition.minted(edition.digest(v)) == max && edition.totalSupply() == max, "counts");
        vm.expectRevert(abi.encodeWithSelector(SongEdition.SoldOut.selector, max));
        mint(v, signature);
    }

    function test_aVoucherOfNoEditionsMintsNone() public {
        SongEdition.Voucher memory v = voucher(0, 0);
        bytes memory signature = sign(edition, v, KEY);
        vm.expectRevert(abi.encodeWithSelector(SongEdition.SoldOut.selector, 0));
        mint(v, signature);
    }

    function testFuzz_onlyTheExactPrice(uint96 price, uint96 paid) public {
        if (price == paid) paid ^= 1;
        SongEdition.Voucher memory v = voucher(price, 1);
        bytes memory signature = sign(edition, v, KEY);
        vm.expectRevert(abi.encodeWithSelector(SongEdition.WrongPrice.selector, price, paid));
        edition.mint{value: paid}(v, signature, FAN);
    }

    function testFuzz_onlyTheCreatorsSignature(uint256 key) public {
        key = key % (CURVE - 1) + 1;
        if (key == KEY) ++key;
        SongEdition.Voucher memory v = voucher(0, 1);
        bytes memory signature = sign(edition, v, key);
        vm.expectRevert(abi.encodeWithSelector(SongEdition.WrongSignature.selector, v.creator));
        mint(v, signature);
    }

    function testFuzz_everyFieldIsSigned(uint8 field, uint32 noise) public {
        if (noise == 0) noise = 1;
        SongEdition.Voucher memory v = voucher(1, 1);
        bytes memory signature = sign(edition, v, KEY);
        field = field % 11;
        if (field == 0) v.creator = address(uint160(v.creator) ^ noise);
        if (field == 1) v.songId ^= bytes32(uint256(noise));
        if (field == 2) v.uri = "ipfs://bafyother";
        if (field == 3) v.provenance ^= bytes32(uint256(noise));
        if (field == 4) v.price += noise;
        if (field == 5) v.maxEditions ^= noise;
        if (field == 6) v.deadline += noise;
        if (field == 7) v.payout = address(uint160(v.payout) ^ noise);
        if (field == 8) v.royaltyBps = uint96((500 + uint256(noise) % 9000) + 1);
        if (field == 9) v.recipient = FAN;
        if (field == 10) v.nonce ^= noise;
        vm.expectRevert();
        mint(v, signature);
    }

    function testFuzz_noReplayOnAnotherContractOrChain(uint64 chain) public {
        SongEdition.Voucher memory v = voucher(0, 1);
        bytes memory signature = sign(edition, v, KEY);
        SongEdition other = new SongEdition();
        vm.expectRevert(abi.encodeWithSelector(SongEdition.WrongSignature.selector, v.creator));
        other.mint(v, signature, FAN);
        if (chain == 0 || chain == block.chainid) chain = 8453;
        vm.chainId(chain);
        vm.expectRevert(abi.encodeWithSelector(SongEdition.WrongSignature.selector, v.creator));
        mint(v, signature);
    }

    function testFuzz_theRecipientIsBinding(address to) public {
        if (to == FAN) to = PAYOUT;
        SongEdition.Voucher memory v = voucher(0, 1);
        v.recipient = FAN;
        bytes memory signature = sign(edition, v, KEY);
        vm.expectRevert(abi.encodeWithSelector(SongEdition.WrongRecipient.selector, FAN, to));
        edition.mint(v, signature, to);
        require(mint(v, signature) == 1, "the named one can have it, whoever pays");
    }

    function testFuzz_theDeadlineIsTheLastGoodSecond(uint32 late) public {
        SongEdition.Voucher memory v = voucher(0, 2);
        bytes memory signature = sign(edition, v, KEY);
        vm.warp(v.deadline);
        mint(v, signature);
        vm.warp(uint256(v.deadline) + 1 + late);
        vm.expectRevert(abi.encodeWithSelector(SongEdition.VoucherExpired.selector, v.deadline));
        mint(v, signature);
    }

    function test_cancellingANonceVoidsItsVouchersOfThatCreatorOnly() public {
        SongEdition.Voucher memory v = voucher(0, 2);
        bytes memory signature = sign(edition, v, KEY);
        edition.cancel(v.nonce);
        mint(v, signature);
        vm.prank(v.creator);
        edition.cancel(v.nonce);
        vm.expectRevert(abi.encodeWithSelector(SongEdition.VoucherCancelled.selector, v.nonce));
        mint(v, signature);
    }

    function testFuzz_royaltyIsAFloorAndTheTokenSpeaks(uint16 bps, uint96 price) public {
        SongEdition.Voucher memory v = voucher(0, 1);
        v.royaltyBps = bps % 10001;
        uint256 id = mint(v, sign(edition, v, KEY));
        (address receiver, uint256 amount) = edition.royaltyInfo(id, price);
        require(receiver == PAYOUT && amount == uint256(price) * v.royaltyBps / 10000, "royalty");
        SongEdition.Song memory song = edition.songOf(id);
        require(song.songId == v.songId && song.provenance == v.provenance && song.creator == v.creator, "song");
        require(keccak256(bytes(edition.tokenURI(id))) == keccak256(bytes(v.uri)), "uri");
        vm.expectRevert();
        edition.tokenURI(id + 1);
    }

    function test_aRoyaltyAboveThePriceCannotBeMinted() public {
        SongEdition.Voucher memory v = voucher(0, 1);
        v.royaltyBps = 10001;
        bytes memory signature = sign(edition, v, KEY);
        vm.expectRevert();
        mint(v, signature);
    }

    function test_aContractMayBeTheCreator() public {
        SongEdition.Voucher memory v = voucher(0, 1);
        v.creator = address(new ContractWallet(vm.addr(KEY)));
        require(mint(v, sign(edition, v, KEY)) == 1, "ERC-1271");
        v.nonce = 8;
        bytes memory stranger = sign(edition, v, KEY + 1);
        vm.expectRevert(abi.encodeWithSelector(SongEdition.WrongSignature.selector, v.creator));
        mint(v, stranger);
    }

    function test_theReceiverCannotReenter() public {
        Greedy greedy = new Greedy();
        SongEdition.Voucher memory v = voucher(1 ether, 5);
        bytes memory signature = sign(edition, v, KEY);
        vm.expectRevert();
        greedy.mint{value: 5 ether}(edition, v, signature);
        require(edition.totalSupply() == 0 && PAYOUT.balance == 0, "nothing happened");
    }

    function test_whoCannotHoldTokensOrMoneyStopsTheMint() public {
        SongEdition.Voucher memory v = voucher(1, 1);
        bytes memory signature = sign(edition, v, KEY);
        address refuser = address(new Refuser());
        vm.expectRevert();
        edition.mint{value: 1}(v, signature, refuser);
        v.payout = refuser;
        signature = sign(edition, v, KEY);
        vm.expectRevert();
        mint(v, signature);
        require(edition.totalSupply() == 0, "nothing minted");
    }

    function test_interfaces() public view {
        require(edition.supportsInterface(0x80ac58cd), "ERC-721");
        require(edition.supportsInterface(0x5b5e139f), "ERC-721 metadata");
        require(edition.supportsInterface(0x2a55205a), "ERC-2981");
        require(edition.supportsInterface(0x01ffc9a7), "ERC-165");
        require(!edition.supportsInterface(0xffffffff), "nothing else");
    }
}

/// @dev Mints anything at random for {SongEditionInvariant}.
contract Handler is Base {
    SongEdition public immutable edition;
    uint256 public paid;
    uint256 public count;

    constructor(SongEdition edition_) {
        edition = edition_;
    }

    function mint(uint64 price, uint8 max, uint8 nonce) external {
        SongEdition.Voucher memory v = voucher(price, max % 3);
        v.nonce = nonce % 4;
        vm.deal(address(this), price);
        bytes memory signature = sign(edition, v, KEY);
        try edition.mint{value: price}(v, signature, FAN) {
            paid += price;
            ++count;
        } catch {}
    }

    function cancel(uint8 nonce) external {
        vm.prank(vm.addr(KEY));
        edition.cancel(nonce % 8);
    }
}

contract SongEditionInvariant is Base {
    SongEdition private edition;
    Handler private handler;

    function setUp() public {
        edition = new SongEdition();
        handler = new Handler(edition);
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariant_everyWeiReachesThePayout() public view {
        require(address(edition).balance == 0 && PAYOUT.balance == handler.paid(), "money");
    }

    function invariant_supplyIsWhatWasMinted() public view {
        require(edition.totalSupply() == handler.count() && edition.balanceOf(FAN) == handler.count(), "supply");
    }
}

//! The main job: mint, list, buy, with every wei accounted for.

use crate::world::{NOW, World, eth};
use alloy::{
    primitives::{B256, keccak256},
    providers::Provider,
    rpc::types::TransactionRequest,
    sol_types::{SolCall, SolStruct},
};
use market::{
    Error, OrderStatus, Revert, SignedOrder, SignedVoucher, U256, Wei, approve, cancel,
    contracts::{CONDUIT_CONTROLLER, ConduitController, SEAPORT, Seaport, SongEdition},
    deploy_song_edition, fulfil, listing, mint, minted, owner_of, sold, song_of, status,
};

#[tokio::test]
async fn a_song_is_minted_listed_and_bought_on_the_practice_chain() {
    sells_a_song(World::practice().ready().await).await;
}

#[tokio::test]
async fn a_song_is_minted_listed_and_bought_on_anvil() {
    sells_a_song(World::anvil().await.ready().await).await;
}

async fn sells_a_song(world: World) {
    let chain = &world.chain;
    let voucher = world.sign(world.voucher(1, 1));
    let receipt = world.send("seller", mint(&voucher, world.address("seller"))).await;
    let song = minted(&receipt, voucher.contract).expect("a mint");
    assert_eq!(song.to, world.address("seller"));
    assert_eq!(song.creator, world.address("creator"));
    assert_eq!(owner_of(chain, song.contract, song.token_id).await.unwrap(), world.address("seller"));
    let told = song_of(chain, song.contract, song.token_id).await.unwrap();
    assert_eq!((told.song_id, told.provenance), (voucher.voucher.song_id, voucher.voucher.provenance));
    assert_eq!(told.uri, voucher.voucher.uri);

    // A price that does not divide by 20, so that rounding is seen.
    let price = Wei::from(10_000_000_000_000_019);
    let order = listing(chain, &world.keys, "seller", world.request(song.token_id, price)).await.unwrap();
    assert_eq!(status(chain, &order, NOW).await.unwrap(), OrderStatus::NotApproved);
    world.send("seller", approve(song.contract, song.token_id)).await;
    assert_eq!(status(chain, &order, NOW).await.unwrap(), OrderStatus::Open);

    let royalty = Wei::from(500_000_000_000_000);
    let terms = order.terms().unwrap();
    assert_eq!((terms.price, terms.to_seller), (price, Wei(price.0 - royalty.0)));
    assert_eq!(terms.royalty, Some((world.address("creator"), royalty)));

    let before = [world.balance("creator").await, world.balance("seller").await, world.balance("buyer").await];
    let receipt = world.send("buyer", fulfil(chain, &order).unwrap()).await;
    let after = [world.balance("creator").await, world.balance("seller").await, world.balance("buyer").await];
    assert_eq!(after[0].0 - before[0].0, royalty.0);
    assert_eq!(after[1].0 - before[1].0, price.0 - royalty.0);
    assert_eq!(before[2].0 - after[2].0, price.0 + receipt.fee.0);

    assert_eq!(owner_of(chain, song.contract, song.token_id).await.unwrap(), world.address("buyer"));
    assert_eq!(status(chain, &order, NOW).await.unwrap(), OrderStatus::Filled);
    let sale = sold(&receipt).expect("a sale");
    assert_eq!((sale.order_hash, sale.price, sale.buyer), (order.hash, price, world.address("buyer")));
    let again = chain.prepare(&world.keys, "buyer", fulfil(chain, &order).unwrap()).await;
    assert!(matches!(again, Err(Error::WouldRevert(Revert::OrderFilled))), "{again:?}");
}

#[tokio::test]
async fn digests_and_order_hashes_equal_the_contracts() {
    let world = World::practice().ready().await;
    let voucher = world.sign(world.voucher(1, 3));
    let digest = SongEdition::digestCall {
        voucher: SongEdition::mintCall::abi_decode(&mint(&voucher, world.address("seller")).data).unwrap().voucher,
    };
    assert_eq!(
        call(&world, voucher.contract, digest).await,
        voucher.voucher.digest(voucher.chain_id, voucher.contract)
    );
    let song = world.mint(2).await;
    let order = world.list(song.token_id, eth("0.01")).await;
    assert_eq!(order.hash, order.components.eip712_hash_struct());
    assert_eq!(call(&world, SEAPORT, Seaport::getOrderHashCall { order: order.components.clone() }).await, order.hash);
    let information = call(&world, SEAPORT, Seaport::informationCall {}).await;
    assert_eq!(information.version, "1.6");
    assert_eq!(information.domainSeparator, market::contracts::seaport_domain(world.chain.chain_id()).separator());
    assert_eq!(information.conduitController, CONDUIT_CONTROLLER);
}

#[tokio::test]
async fn the_conduit_controller_was_built_where_it_stands() {
    let world = World::practice();
    // Its constructor deploys a conduit with salt 0, whose code names the controller's own address.
    let hashes = call(&world, CONDUIT_CONTROLLER, ConduitController::getConduitCodeHashesCall {}).await;
    let conduit = CONDUIT_CONTROLLER.create2(B256::ZERO, hashes.creationCodeHash);
    let code = world.chain.provider().get_code_at(conduit).await.unwrap();
    assert_eq!(keccak256(code), hashes.runtimeCodeHash);
    let missing =
        call(&world, CONDUIT_CONTROLLER, ConduitController::getConduitCall { conduitKey: B256::repeat_byte(1) });
    assert!(!missing.await.exists);
}

async fn call<C: SolCall>(world: &World, to: market::Address, call: C) -> C::Return {
    let request = TransactionRequest::default().to(to).input(market::Bytes::from(call.abi_encode()).into());
    C::abi_decode_returns(&world.chain.provider().call(request).await.unwrap()).unwrap()
}

#[tokio::test]
async fn a_voucher_yields_its_editions_and_no_more() {
    let world = World::practice().ready().await;
    let voucher = world.sign(world.voucher(1, 2));
    for number in 1..=2u64 {
        let receipt = world.send("buyer", mint(&voucher, world.address("seller"))).await;
        assert_eq!(minted(&receipt, voucher.contract).unwrap().token_id, U256::from(number));
    }
    let third = world.chain.prepare(&world.keys, "buyer", mint(&voucher, world.address("seller"))).await;
    assert!(matches!(third, Err(Error::WouldRevert(Revert::SoldOut { max: 2 }))), "{third:?}");
    let other = world.chain.prepare(&world.keys, "buyer", mint(&voucher, world.address("buyer"))).await;
    assert!(matches!(other, Err(Error::WouldRevert(Revert::WrongRecipient { .. }))), "{other:?}");
}

#[tokio::test]
async fn a_cancelled_order_cannot_be_bought() {
    let world = World::practice().ready().await;
    let song = world.mint(1).await;
    let order = world.list(song.token_id, eth("0.01")).await;
    let stranger = world.chain.prepare(&world.keys, "buyer", cancel(&order)).await;
    assert!(matches!(stranger, Err(Error::WouldRevert(Revert::NotYourOrder))), "{stranger:?}");
    world.send("seller", cancel(&order)).await;
    assert_eq!(status(&world.chain, &order, NOW).await.unwrap(), OrderStatus::Cancelled);
    let buy = world.chain.prepare(&world.keys, "buyer", fulfil(&world.chain, &order).unwrap()).await;
    assert!(matches!(buy, Err(Error::WouldRevert(Revert::OrderCancelled))), "{buy:?}");
}

#[tokio::test]
async fn what_is_signed_survives_being_kept_as_json() {
    let world = World::practice().ready().await;
    let voucher = world.sign(world.voucher(1, 1));
    let song = world.mint(1).await;
    let order = world.list(song.token_id, eth("0.01")).await;
    let kept: SignedVoucher = serde_json::from_str(&serde_json::to_string(&voucher).unwrap()).unwrap();
    assert_eq!(kept, voucher);
    let kept: SignedOrder = serde_json::from_str(&serde_json::to_string(&order).unwrap()).unwrap();
    assert_eq!(kept, order);
    assert!(deploy_song_edition(&world.chain, &world.keys, "creator").await.unwrap().is_none(), "deployed once only");
}

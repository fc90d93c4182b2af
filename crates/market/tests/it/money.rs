//! Money never appears or vanishes: properties over random amounts.

use crate::world::{NOW, World, eth};
use market::{BasisPoints, Error, U256, Wei, fulfil, listing, mint, minted};
use proptest::prelude::*;

fn any_price() -> impl Strategy<Value = Wei> {
    prop_oneof![
        (1u64..10_000).prop_map(Wei::from),
        any::<u64>().prop_map(|wei| Wei::from(wei.max(1))),
        (any::<u64>(), any::<u32>()).prop_map(|(low, high)| Wei(U256::from_limbs([low.max(1), high.into(), 0, 0]))),
        Just(Wei::MAX_PRICE),
    ]
}

proptest! {
    #[test]
    fn ether_text_is_exact_both_ways(limbs in any::<[u64; 3]>()) {
        let wei = Wei(U256::from_limbs([limbs[0], limbs[1], limbs[2], 0]));
        prop_assert_eq!(Wei::from_eth(&wei.to_eth()).unwrap(), wei);
        let kept: Wei = serde_json::from_str(&serde_json::to_string(&wei).unwrap()).unwrap();
        prop_assert_eq!(kept, wei);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}") {
        let _ = Wei::from_eth(&text);
        let _ = text.parse::<BasisPoints>();
    }

    #[test]
    fn a_share_is_the_floor_and_never_more_than_the_price(price in any_price(), points in 0u16..=10_000) {
        let share = BasisPoints::new(points).unwrap().of(price).unwrap();
        prop_assert!(share <= price);
        let exact = price.0 * U256::from(points);
        prop_assert!(share.0 * U256::from(10_000) <= exact);
        prop_assert!((share.0 + U256::from(1)) * U256::from(10_000) > exact);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn every_wei_of_a_sale_reaches_the_seller_or_the_creator(price in 1u64..u64::MAX, points in 0u16..10_000) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(sale_adds_up(Wei::from(price), BasisPoints::new(points).unwrap()))?;
    }
}

async fn sale_adds_up(price: Wei, royalty: BasisPoints) -> Result<(), TestCaseError> {
    let world = World::practice().ready().await;
    world.fund("buyer", eth("20")).await;
    let mut voucher = world.voucher(1, 1);
    voucher.royalty = royalty;
    let voucher = world.sign(voucher);
    let receipt = world.send("seller", mint(&voucher, world.address("seller"))).await;
    let order = world.list(minted(&receipt, voucher.contract).unwrap().token_id, price).await;
    let terms = order.terms().unwrap();
    let due = royalty.of(price).unwrap();
    prop_assert_eq!(terms.royalty.map_or(Wei::ZERO, |(_, amount)| amount), due);
    prop_assert_eq!(terms.to_seller.0 + due.0, price.0);
    let before = [world.balance("creator").await, world.balance("seller").await];
    world.send("buyer", fulfil(&world.chain, &order).unwrap()).await;
    let after = [world.balance("creator").await, world.balance("seller").await];
    prop_assert_eq!(after[0].0 - before[0].0, due.0);
    prop_assert_eq!(after[1].0 - before[1].0, price.0 - due.0);
    Ok(())
}

#[tokio::test]
async fn prices_have_bounds() {
    let world = World::practice().ready().await;
    let song = world.mint(1).await;
    let list = |price| listing(&world.chain, &world.keys, "seller", world.request(song.token_id, price));
    assert!(matches!(list(Wei::ZERO).await, Err(Error::PriceZero)));
    let above = Wei(Wei::MAX_PRICE.0 + U256::from(1));
    assert!(matches!(list(above).await, Err(Error::PriceTooHigh { price }) if price == above));
    assert!(matches!(list(Wei(U256::MAX)).await, Err(Error::PriceTooHigh { .. })));
    let dearest = list(Wei::MAX_PRICE).await.expect("the bound itself is allowed");
    assert_eq!(dearest.terms().unwrap().price, Wei::MAX_PRICE);
    assert_eq!(list(Wei::from(1)).await.unwrap().terms().unwrap().royalty, None, "5% of 1 wei is nothing");
    let mut voucher = world.voucher(1, 1);
    voucher.price = above;
    assert!(matches!(voucher.sign(&world.keys, "creator", &world.chain), Err(Error::PriceTooHigh { .. })));
}

#[tokio::test]
async fn a_royalty_of_the_whole_price_is_refused() {
    let world = World::practice().ready().await;
    let mut voucher = world.voucher(1, 1);
    voucher.royalty = BasisPoints::new(10_000).unwrap();
    let voucher = world.sign(voucher);
    let receipt = world.send("seller", mint(&voucher, world.address("seller"))).await;
    let token_id = minted(&receipt, voucher.contract).unwrap().token_id;
    let refused = listing(&world.chain, &world.keys, "seller", world.request(token_id, Wei::from(NOW))).await;
    assert!(matches!(refused, Err(Error::RoyaltyTooHigh { .. })), "{refused:?}");
}

//! Minting, selling and buying on the practice chain.

use app::types::ListingStatus;
use app::{Result, royalty_points};
use serde_json::json;

use super::{follow, open};
use crate::args::{Cli, WalletAction};
use crate::output::print;

pub fn wallet(cli: &Cli, action: &WalletAction) -> Result<()> {
    let app = open(cli)?;
    if let WalletAction::Faucet { account } = action {
        app.faucet(account)?;
    }
    let wallet = app.wallet()?;
    print(cli.json, &wallet, || {
        let accounts = wallet
            .accounts
            .iter()
            .map(|account| format!("{:<9} {}  {} ETH", account.name, account.address, account.balance));
        format!("{} (practice money)\n{}", wallet.chain, accounts.collect::<Vec<_>>().join("\n"))
    });
    Ok(())
}

pub fn mint(cli: &Cli, song: &str, royalty: &str, price: Option<&str>, to: &str) -> Result<()> {
    let app = open(cli)?;
    let job = app.mint_song(song, royalty_points(royalty)?, to)?;
    follow(&app, &job)?;
    if let Some(price) = price {
        let job = app.list_song(song, price)?;
        follow(&app, &job)?;
    }
    let view = app.song(song)?;
    print(cli.json, &json!({ "mint": view.minted, "listing": view.listing }), || {
        view.minted.as_ref().map_or_else(String::new, |mint| {
            format!("token {} of {}, owned by {}", mint.token_id, mint.contract, mint.owner)
        })
    });
    Ok(())
}

pub fn list(cli: &Cli, song: &str, price: &str) -> Result<()> {
    let app = open(cli)?;
    let job = app.list_song(song, price)?;
    follow(&app, &job)?;
    let listing = app.song(song)?.listing;
    print(cli.json, &listing, || {
        listing.as_ref().map_or_else(String::new, |listing| format!("{}  {} ETH", listing.order_hash, listing.price))
    });
    Ok(())
}

pub fn buy(cli: &Cli, order: &str, account: &str) -> Result<()> {
    let app = open(cli)?;
    let terms = app.buy_terms(order, account)?;
    let job = app.buy(order, account)?;
    follow(&app, &job)?;
    print(cli.json, &terms, || {
        format!(
            "bought “{}” for {} ETH: {} to the seller, {} to its creator",
            terms.title, terms.price, terms.seller_gets, terms.royalty
        )
    });
    Ok(())
}

pub fn cancel(cli: &Cli, order: &str) -> Result<()> {
    let app = open(cli)?;
    let job = app.unlist(order)?;
    let ended = follow(&app, &job)?;
    print(cli.json, &ended, || "the listing is taken down".to_owned());
    Ok(())
}

pub fn market(cli: &Cli, search: &str) -> Result<()> {
    let app = open(cli)?;
    let listings = app.market(search)?;
    print(cli.json, &listings, || {
        if listings.is_empty() {
            return "nothing is for sale yet: mint a song, then list it".to_owned();
        }
        let lines = listings.iter().map(|listing| {
            let status = match listing.status {
                ListingStatus::Open => "for sale",
                ListingStatus::Sold => "sold",
                ListingStatus::Cancelled => "taken down",
                ListingStatus::Stale => "no longer valid",
            };
            format!("{}  {} ETH  {status}  {}", listing.order_hash, listing.price, listing.title)
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    Ok(())
}

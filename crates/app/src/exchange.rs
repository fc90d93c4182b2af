//! Minting, selling and buying as shells see it. What is asked for becomes a job; who owns what is asked of the chain.

use library::ListingRow;
use market::{BasisPoints, OrderStatus, SignedOrder, U256, Wei};

use crate::App;
use crate::error::Result;
use crate::jobs::{BuyRequest, ListRequest, MintRequest, UnlistRequest};
use crate::practice::{YOU, unix_seconds};
use crate::types::{
    AccountView, ApiError, AppEvent, ErrorCode, JobKind, ListingStatus, ListingView, MintView, SaleTerms, WalletView,
};

impl App {
    /// Accounts of the practice wallet and what they hold.
    pub fn wallet(&self) -> Result<WalletView> {
        let accounts = self.practice.accounts().iter().map(|account| {
            let balance = self.practice.balance(account.address)?;
            Ok(AccountView {
                name: account.name.clone(),
                address: account.address.to_string(),
                balance_wei: balance.to_string(),
                balance: balance.to_eth(),
            })
        });
        Ok(WalletView {
            chain: "Practice chain".to_owned(),
            chain_id: self.practice.chain.chain_id().to_string(),
            accounts: accounts.collect::<Result<_>>()?,
        })
    }

    /// Gives practice money to one of the practice accounts.
    pub fn faucet(&self, account: &str) -> Result<()> {
        self.practice.give(self.practice.account(account)?.address)?;
        self.tell(AppEvent::Changed);
        Ok(())
    }

    /// What minting will do, before it is signed.
    pub fn mint_terms(&self, song: &str, royalty_bps: u16) -> Result<SaleTerms> {
        let royalty = BasisPoints::new(royalty_bps)?;
        let row = self.library.song(song)?;
        if self.library.mint(song)?.is_some() {
            return Err(ApiError::new(ErrorCode::NotReady, "this song is minted already"));
        }
        let you = self.practice.account(YOU)?;
        Ok(SaleTerms {
            title: row.title,
            price_wei: "0".to_owned(),
            price: "0".to_owned(),
            royalty_wei: "0".to_owned(),
            royalty: percent(royalty),
            royalty_to: you.address.to_string(),
            seller_gets_wei: "0".to_owned(),
            seller_gets: "0".to_owned(),
            account: you.name.clone(),
            balance: self.practice.balance(you.address)?.to_eth(),
        })
    }

    /// Queues keeping (if needed) and minting a song to one of the practice accounts. Gives the job's id.
    pub fn mint_song(&self, song: &str, royalty_bps: u16, to: &str) -> Result<String> {
        let title = self.mint_terms(song, royalty_bps)?.title;
        let to = self.practice.account(to)?.name.clone();
        self.submit(JobKind::Mint, &title, Some(song), &MintRequest { song: song.to_owned(), royalty_bps, to })
    }

    /// How a price splits, before the listing is signed.
    pub fn list_terms(&self, song: &str, price: &str) -> Result<SaleTerms> {
        let price = Wei::from_eth(price)?.as_price()?;
        let (mint, seller) = self.minted_by_one_of_us(song)?;
        if self.open_listing(song)?.is_some() {
            return Err(ApiError::new(
                ErrorCode::NotReady,
                "this song is for sale already; take that listing down first",
            ));
        }
        let royalty = if seller.address.to_string() == mint.creator {
            Wei::ZERO
        } else {
            BasisPoints::new(mint.royalty_bps)?.of(price)?
        };
        let seller_gets = Wei(price.0 - royalty.0);
        Ok(SaleTerms {
            title: self.library.song(song)?.title,
            price_wei: price.to_string(),
            price: price.to_eth(),
            royalty_wei: royalty.to_string(),
            royalty: royalty.to_eth(),
            royalty_to: mint.creator,
            seller_gets_wei: seller_gets.to_string(),
            seller_gets: seller_gets.to_eth(),
            account: seller.name.clone(),
            balance: self.practice.balance(seller.address)?.to_eth(),
        })
    }

    /// Queues a listing, `price` in ether ("0.01"). Gives the job's id.
    pub fn list_song(&self, song: &str, price: &str) -> Result<String> {
        let terms = self.list_terms(song, price)?;
        let request = ListRequest { song: song.to_owned(), price_wei: terms.price_wei, seller: terms.account };
        self.submit(JobKind::List, &terms.title, Some(song), &request)
    }

    /// Queues taking a listing down. Gives the job's id.
    pub fn unlist(&self, order_hash: &str) -> Result<String> {
        let row = self.library.listing(order_hash)?;
        // A stale listing can come back to life, so it can be taken down too.
        if self.status(&serde_json::from_str(&row.signed_order)?)? != ListingStatus::Stale {
            self.open_order(&row)?;
        }
        let song = row.song.as_deref();
        self.submit(JobKind::Unlist, &row.title, song, &UnlistRequest { order_hash: row.order_hash.clone() })
    }

    /// Listings whose title contains the search text: those one can buy first, then newest first.
    pub fn market(&self, search: &str) -> Result<Vec<ListingView>> {
        let search = search.trim().to_lowercase();
        let rows = self.library.listings()?.into_iter().filter(|row| row.title.to_lowercase().contains(&search));
        let mut views = rows.map(|row| self.listing_view(row)).collect::<Result<Vec<_>>>()?;
        views.sort_by_key(|view| view.status != ListingStatus::Open);
        Ok(views)
    }

    /// What a purchase will do, before it is signed.
    ///
    /// # Errors
    /// `NotReady` when the listing is gone or the account is its seller; `Underfunded` when it holds too little.
    pub fn buy_terms(&self, order_hash: &str, account: &str) -> Result<SaleTerms> {
        let row = self.library.listing(order_hash)?;
        let terms = self.open_order(&row)?.terms()?;
        let buyer = self.practice.account(account)?;
        if buyer.address == terms.seller {
            return Err(ApiError::new(
                ErrorCode::NotReady,
                "this account is the seller; choose another practice account to buy with",
            ));
        }
        let balance = self.practice.balance(buyer.address)?;
        if balance < terms.price {
            return Err(market::Error::Underfunded { account: buyer.address, need: terms.price, have: balance }.into());
        }
        let royalty = terms.royalty.map_or(Wei::ZERO, |(_, amount)| amount);
        Ok(SaleTerms {
            title: row.title,
            price_wei: terms.price.to_string(),
            price: terms.price.to_eth(),
            royalty_wei: royalty.to_string(),
            royalty: royalty.to_eth(),
            royalty_to: terms.royalty.map_or(terms.seller, |(to, _)| to).to_string(),
            seller_gets_wei: terms.to_seller.to_string(),
            seller_gets: terms.to_seller.to_eth(),
            account: buyer.name.clone(),
            balance: balance.to_eth(),
        })
    }

    /// Queues a purchase. Gives the job's id.
    pub fn buy(&self, order_hash: &str, account: &str) -> Result<String> {
        let terms = self.buy_terms(order_hash, account)?;
        let song = self.library.listing(order_hash)?.song;
        let request = BuyRequest { order_hash: order_hash.to_owned(), account: terms.account };
        self.submit(JobKind::Buy, &terms.title, song.as_deref(), &request)
    }

    pub(crate) fn mint_view(&self, song: &str) -> Result<Option<MintView>> {
        let Some(mint) = self.library.mint(song)? else { return Ok(None) };
        let owner = self.owner(&mint)?;
        Ok(Some(MintView {
            owner_name: self.practice.name_of(owner).unwrap_or_default().to_owned(),
            owner: owner.to_string(),
            contract: mint.contract,
            token_id: mint.token_id,
            tx: mint.tx,
            creator: mint.creator,
            royalty_bps: mint.royalty_bps,
        }))
    }

    pub(crate) fn owned_by_you(&self, song: &str) -> Result<bool> {
        Ok(self.mint_view(song)?.is_none_or(|mint| mint.owner_name == YOU))
    }

    /// The listing of a song that can be bought now.
    pub(crate) fn open_listing(&self, song: &str) -> Result<Option<ListingView>> {
        for order in self.library.summary(song)?.orders {
            let view = self.listing_view(self.library.listing(&order)?)?;
            if view.status == ListingStatus::Open {
                return Ok(Some(view));
            }
        }
        Ok(None)
    }

    /// The signed order of a listing that can be bought now.
    pub(crate) fn open_order(&self, row: &ListingRow) -> Result<SignedOrder> {
        let order: SignedOrder = serde_json::from_str(&row.signed_order)?;
        let message = match self.status(&order)? {
            ListingStatus::Open => return Ok(order),
            ListingStatus::Sold => "this song was sold already; look for another in the market",
            ListingStatus::Cancelled => "the seller took this listing down; look for another in the market",
            ListingStatus::Stale => {
                "this listing no longer holds: it ended, or the song has another owner; look for another in the market"
            }
        };
        Err(ApiError::new(ErrorCode::NotReady, message))
    }

    fn listing_view(&self, row: ListingRow) -> Result<ListingView> {
        let order: SignedOrder = serde_json::from_str(&row.signed_order)?;
        let terms = order.terms()?;
        let cover = row.song.as_deref().and_then(|song| {
            let chosen = self.library.song(song).ok()?.chosen;
            Some(self.home.take(song, chosen).join("cover.png"))
        });
        Ok(ListingView {
            status: self.status(&order)?,
            price: terms.price.to_eth(),
            seller_name: self.practice.name_of(terms.seller).unwrap_or_default().to_owned(),
            order_hash: row.order_hash,
            song: row.song,
            title: row.title,
            cover,
            token_id: row.token_id,
            price_wei: row.price_wei,
            royalty_wei: row.royalty_wei,
            seller: row.seller,
            listed: row.listed,
        })
    }

    fn status(&self, order: &SignedOrder) -> Result<ListingStatus> {
        let status = self.practice.wait(market::status(&self.practice.chain, order, unix_seconds()))?;
        Ok(match status {
            OrderStatus::Open => ListingStatus::Open,
            OrderStatus::Filled => ListingStatus::Sold,
            OrderStatus::Cancelled => ListingStatus::Cancelled,
            _ => ListingStatus::Stale,
        })
    }

    fn owner(&self, mint: &library::MintRow) -> Result<market::Address> {
        let damaged = || {
            ApiError::new(
                ErrorCode::Damaged,
                "the saved mint of this song cannot be read; put back a copy of the catalogue",
            )
        };
        let contract = mint.contract.parse().map_err(|_| damaged())?;
        let token: U256 = mint.token_id.parse().map_err(|_| damaged())?;
        self.practice.wait(market::owner_of(&self.practice.chain, contract, token))
    }

    fn minted_by_one_of_us(&self, song: &str) -> Result<(library::MintRow, &market::Account)> {
        self.library.song(song)?;
        let mint = self.library.mint(song)?.ok_or_else(|| {
            ApiError::new(ErrorCode::NotReady, "this song is not minted yet; mint it before selling it")
        })?;
        let owner = self.owner(&mint)?;
        let account = self.practice.accounts().iter().find(|account| account.address == owner);
        let account = account.ok_or_else(|| {
            ApiError::new(ErrorCode::NotReady, "this song belongs to somebody else now; only its owner can sell it")
        })?;
        Ok((mint, account))
    }
}

/// Reads a royalty like "5%" or "2.5%" as basis points.
pub fn royalty_points(text: &str) -> Result<u16> {
    Ok(text.parse::<BasisPoints>()?.get())
}

/// "7.5%".
fn percent(share: BasisPoints) -> String {
    let (whole, hundredths) = (share.get() / 100, share.get() % 100);
    format!("{}%", format!("{whole}.{hundredths:02}").trim_end_matches('0').trim_end_matches('.'))
}

//! The market's tests: the same bodies on the practice chain and on anvil.

mod anvil;
mod differential;
mod money;
mod practice;
mod sale;
mod trouble;
mod world;

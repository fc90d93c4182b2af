//! Block 0: the factories, the conduit controller and Seaport, each where every chain has it.

use super::{
    evm::{self, Place, Simulation},
    state::{AccountDiff, Diff, State},
};
use crate::{
    Error, Result,
    contracts::{
        CONDUIT_CONTROLLER, CONDUIT_CONTROLLER_INIT, FACTORY, FACTORY_CODE, SEAPORT, SEAPORT_FACTORY, SEAPORT_INIT,
        SEAPORT_SALT, deployment,
    },
};
use alloy::primitives::{Address, B256, Bytes, TxKind, U256};
use revm::context::result::{ExecutionResult, Output};

/// All of block 0's state.
///
/// Seaport's creation code runs through its factory and asks the controller for its conduit's code, as it
/// did on the real chains. The controller is put at the deployed one's address without a transaction: it
/// comes from Seaport's own source, but the compiler of its day is needed to get the deployed one's bytes.
///
/// # Errors
/// [`Error::Genesis`] when a contract does not deploy to where it belongs.
pub(super) fn genesis() -> Result<Diff> {
    let factories = [FACTORY, SEAPORT_FACTORY].map(|a| AccountDiff::contract(a, Bytes::from_static(&FACTORY_CODE)));
    let mut state = State::default();
    state.apply(Diff(factories.to_vec()), B256::ZERO);

    let controller = || Error::Genesis { name: "ConduitController" };
    let (result, _) = run(&state, TxKind::Create, Bytes::from_static(CONDUIT_CONTROLLER_INIT)).ok_or_else(controller)?;
    let ExecutionResult::Success { output: Output::Create(code, _), .. } = result else { return Err(controller()) };
    let controller = AccountDiff::contract(CONDUIT_CONTROLLER, code);
    state.apply(Diff(vec![controller.clone()]), B256::ZERO);

    let seaport = || Error::Genesis { name: "Seaport" };
    let (_, changes) =
        run(&state, TxKind::Call(SEAPORT_FACTORY), deployment(SEAPORT_SALT, SEAPORT_INIT)).ok_or_else(seaport)?;
    let deployed = changes.0.into_iter().find(|account| account.address == SEAPORT && account.code.is_some());

    let mut accounts = factories.to_vec();
    accounts.extend([controller, deployed.ok_or_else(seaport)?]);
    accounts.sort_by_key(|account| account.address);
    Ok(Diff(accounts))
}

fn run(state: &State, to: TxKind, data: Bytes) -> Option<(ExecutionResult, Diff)> {
    let place = Place::at(0, 0, B256::ZERO).simulated();
    let from = Address::with_last_byte(0x5e);
    let call = Simulation { from, to, value: U256::ZERO, data, gas: super::TX_GAS_LIMIT, nonce: 0 };
    let done = evm::execute(state, place, evm::simulated(call).ok()?).ok()?;
    let diff = state.diff(&done.state);
    done.result.is_success().then_some((done.result, diff))
}

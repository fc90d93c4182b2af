//! Block 0: the factories, the conduit controller and Seaport, each where every chain has it.

use super::{
    TX_GAS_LIMIT,
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
use revm::context::result::ExecutionResult;
use std::collections::BTreeMap;

/// In address order, as a [`Diff`] is.
type Accounts = BTreeMap<Address, AccountDiff>;

/// Sends block 0's calls; leaves no trace.
const DEPLOYER: Address = Address::with_last_byte(0x5e);

/// All of block 0's state.
///
/// Seaport's creation code runs through its factory and asks the controller for its conduit's code, as it
/// did on the real chains. The controller's creation code comes from Seaport's own source, but by a newer
/// compiler than the deployed one's, so no factory would bring it to the deployed one's address. It runs in
/// place instead, as the code of that address, because what it builds in depends on where it runs.
///
/// # Errors
/// [`Error::Genesis`] when a contract does not deploy to where it belongs.
pub(super) fn genesis() -> Result<Diff> {
    let mut accounts = Accounts::default();
    let mut state = State::default();
    let mut make = |state: &mut State, diff: Diff| {
        accounts.extend(diff.0.iter().filter(|account| account.address != DEPLOYER).map(|a| (a.address, a.clone())));
        state.apply(diff, B256::ZERO);
    };
    let put = |address, code: &'static [u8]| AccountDiff::contract(address, Bytes::from_static(code));
    make(&mut state, Diff(vec![put(FACTORY, &FACTORY_CODE), put(SEAPORT_FACTORY, &FACTORY_CODE)]));

    let failed = || Error::Genesis { name: "ConduitController" };
    make(&mut state, Diff(vec![put(CONDUIT_CONTROLLER, CONDUIT_CONTROLLER_INIT)]));
    let (code, mut changes) = run(&state, CONDUIT_CONTROLLER, Bytes::new()).ok_or_else(failed)?;
    let controller = changes.0.iter_mut().find(|account| account.address == CONDUIT_CONTROLLER).ok_or_else(failed)?;
    controller.code = Some(code);
    make(&mut state, changes);

    let failed = || Error::Genesis { name: "Seaport" };
    let deploy = deployment(SEAPORT_SALT, SEAPORT_INIT);
    let (_, changes) = run(&state, SEAPORT_FACTORY, deploy).ok_or_else(failed)?;
    // The factory's account differs only by its nonce: its code must not be lost from the record.
    let deployed = changes.0.into_iter().find(|account| account.address == SEAPORT && account.code.is_some());
    make(&mut state, Diff(vec![deployed.ok_or_else(failed)?]));
    Ok(Diff(accounts.into_values().collect()))
}

/// Calls `to` with `data` and gives what it returns and changes.
fn run(state: &State, to: Address, data: Bytes) -> Option<(Bytes, Diff)> {
    let place = Place::at(0, 0, B256::ZERO).simulated();
    let nonce = state.nonce(DEPLOYER);
    let call = Simulation { from: DEPLOYER, to: TxKind::Call(to), value: U256::ZERO, data, gas: TX_GAS_LIMIT, nonce };
    let done = evm::execute(state, place, evm::simulated(call).ok()?).ok()?;
    let diff = state.diff(&done.state);
    match done.result {
        ExecutionResult::Success { output, .. } => Some((output.into_data(), diff)),
        _ => None,
    }
}

//! An anvil of our own on a free loopback port, with Seaport installed; it ends with the value.

use alloy::{
    primitives::{Address, B256, U256, hex},
    providers::{Provider, ProviderBuilder, RootProvider},
};
use market::{
    contracts::{
        CONDUIT_CONTROLLER, CONDUIT_CONTROLLER_INIT, FACTORY_CODE, SEAPORT, SEAPORT_FACTORY, SEAPORT_INIT,
        SEAPORT_SALT, deployment,
    },
    practice::{BLOCK_GAS_LIMIT, CHAIN_ID},
};
use serde_json::{Value, json};
use std::{
    env::consts,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

pub struct Anvil {
    child: Child,
    pub url: String,
    pub provider: RootProvider,
}

impl Anvil {
    /// The practice chain's id, so that both chains take the same signed bytes.
    pub async fn start() -> Self {
        let mut child = Command::new(program())
            .args(["--port", "0", "--host", "127.0.0.1", "--hardfork", "osaka", "--accounts", "1"])
            .args(["--chain-id", &CHAIN_ID.to_string(), "--gas-limit", &BLOCK_GAS_LIMIT.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("anvil starts: it comes with `npm ci` in contracts, on 64-bit Intel Linux");
        let output = child.stdout.take().expect("stdout is piped");
        let (found, address) = mpsc::channel();
        thread::spawn(move || {
            // Reads to the end, or anvil would block on a full pipe.
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if let Some(address) = line.strip_prefix("Listening on ") {
                    let _ = found.send(address.to_string());
                }
            }
        });
        let address = address.recv_timeout(Duration::from_secs(30)).expect("anvil says where it listens");
        let url = format!("http://{}", address.split(',').next().unwrap_or(&address));
        let provider = ProviderBuilder::default().connect_http(url.parse().expect("a URL"));
        let anvil = Self { child, url, provider };
        anvil.install_seaport().await;
        anvil
    }

    pub async fn request(&self, method: &'static str, params: Value) -> Value {
        self.provider.raw_request(method.into(), params).await.unwrap_or_else(|e| panic!("{method}: {e}"))
    }

    pub async fn set_balance(&self, account: Address, balance: U256) {
        self.request("anvil_setBalance", json!([account, balance])).await;
    }

    async fn install_seaport(&self) {
        let dev: Vec<Address> =
            serde_json::from_value(self.request("eth_accounts", json!([])).await).expect("accounts");
        self.request("anvil_setCode", json!([SEAPORT_FACTORY, hex::encode_prefixed(FACTORY_CODE)])).await;
        // The controller's creation code runs in place: once to see what it returns, once for what it changes.
        let init = hex::encode_prefixed(CONDUIT_CONTROLLER_INIT);
        self.request("anvil_setCode", json!([CONDUIT_CONTROLLER, init])).await;
        self.request("anvil_setNonce", json!([CONDUIT_CONTROLLER, "0x1"])).await;
        let run = json!({ "from": dev[0], "to": CONDUIT_CONTROLLER, "gas": "0xf00000" });
        let code = self.request("eth_call", json!([run, "latest"])).await;
        self.send(run).await;
        self.request("anvil_setCode", json!([CONDUIT_CONTROLLER, code])).await;
        let data = deployment(SEAPORT_SALT, SEAPORT_INIT);
        self.send(json!({ "from": dev[0], "to": SEAPORT_FACTORY, "data": data, "gas": "0xf00000" })).await;
        assert!(!self.provider.get_code_at(SEAPORT).await.expect("code").is_empty(), "Seaport stands at its address");
    }

    async fn send(&self, transaction: Value) -> Value {
        let hash: B256 =
            serde_json::from_value(self.request("eth_sendTransaction", json!([transaction])).await).expect("a hash");
        for _ in 0..200 {
            let receipt = self.request("eth_getTransactionReceipt", json!([hash])).await;
            if !receipt.is_null() {
                assert_eq!(receipt["status"], "0x1", "{receipt}");
                return receipt;
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        panic!("anvil did not include {hash} within 5 s");
    }
}

impl Drop for Anvil {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program itself, not npm's script around it, which would outlive the kill.
fn program() -> PathBuf {
    let os = if consts::OS == "macos" { "darwin" } else { consts::OS };
    let arch = if consts::ARCH == "aarch64" { "arm64" } else { "amd64" };
    let package = format!("../../contracts/node_modules/@foundry-rs/anvil-{os}-{arch}/bin/anvil");
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(package).with_extension(consts::EXE_EXTENSION)
}

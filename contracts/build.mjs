// Compiles the contracts into out/: song_edition.json (ABI and creation code), and creation code alone
// as hex: song_edition.init.hex, seaport.init.hex, conduit_controller.hex.
//
// Seaport 1.6 must come out byte for byte as it is deployed everywhere: its address is a hash of its code,
// so the build computes that address and stops if one byte differs.
// A stamp of all inputs makes a second run without changes a matter of milliseconds.
import fs from "node:fs";
import path from "node:path";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const out = path.join(here, "out");
const modules = path.join(here, "node_modules");
const OUTPUTS = ["song_edition.json", "song_edition.init.hex", "seaport.init.hex", "conduit_controller.hex"];

const SEAPORT = "0x0000000000000068f116a894984e2db1123eb395";
const CONDUIT_CONTROLLER = "0x00000000f9490004c11cef243f5400493c00ad63";
const FACTORY = "0x0000000000ffe8b47b3e2130213b802212439497";
const SALT = "0000000000000000000000000000000000000000d738b7f0bb99901b1c83f249";
const INIT_KECCAK = /^de057106.*2d94$/;

function fail(message) {
  console.error(`contracts: ${message}`);
  process.exit(1);
}

/** All Solidity files below `root`, as compiler input named `prefix/...`, in a fixed order. */
function collect(root, prefix, keep = () => true) {
  const found = {};
  const names = fs.readdirSync(root, { recursive: true }).map(String).sort();
  for (const name of names) {
    const key = `${prefix}/${name.split(path.sep).join("/")}`;
    if (key.endsWith(".sol") && keep(key)) found[key] = { content: fs.readFileSync(path.join(root, name), "utf8") };
  }
  return found;
}

function stamp() {
  const hash = createHash("sha256");
  for (const file of ["build.mjs", "package-lock.json"]) hash.update(fs.readFileSync(path.join(here, file)));
  for (const [name, { content }] of Object.entries(collect(path.join(here, "src"), "src"))) hash.update(name + "\0" + content);
  for (const name of ["solc", "solc-seaport", "seaport-core", "seaport-types", "@openzeppelin/contracts"]) {
    hash.update(JSON.parse(fs.readFileSync(path.join(modules, name, "package.json"), "utf8")).version);
  }
  return hash.digest("hex");
}

function compile(solc, sources, target, contract, settings, findImport) {
  const input = {
    language: "Solidity",
    sources,
    settings: { ...settings, outputSelection: { [target]: { [contract]: ["abi", "evm.bytecode.object"] } } },
  };
  const result = JSON.parse(solc.compile(JSON.stringify(input), findImport && { import: findImport }));
  const errors = (result.errors ?? []).filter((e) => e.severity === "error");
  if (errors.length) fail(`${contract} does not compile:\n${errors.map((e) => e.formattedMessage).join("\n")}`);
  for (const e of result.errors ?? []) if (e.sourceLocation?.file === target) console.error(e.formattedMessage);
  const built = result.contracts[target][contract];
  return { abi: built.abi, bytecode: built.evm.bytecode.object };
}

function songEdition() {
  const settings = { evmVersion: "cancun", optimizer: { enabled: true, runs: 10000 }, metadata: { bytecodeHash: "none" } };
  const findImport = (name) => {
    const file = path.join(modules, name);
    return fs.existsSync(file) ? { contents: fs.readFileSync(file, "utf8") } : { error: `${name} is not installed` };
  };
  const sources = collect(path.join(here, "src"), "src");
  const built = compile(require("solc"), sources, "src/SongEdition.sol", "SongEdition", settings, findImport);
  return { json: JSON.stringify({ abi: built.abi, bytecode: "0x" + built.bytecode }, null, 1) + "\n", hex: "0x" + built.bytecode + "\n" };
}

/** The set of files and every setting below go into the bytes: do not tidy them. */
function seaportSources() {
  const keep = (name) => !name.includes("SeaportRouter") && !name.includes("conduit/Conduit");
  return {
    ...collect(path.join(modules, "seaport-core/src"), "src", keep),
    ...collect(path.join(modules, "seaport-types/src"), "seaport-types/src", keep),
  };
}

function seaport(solc) {
  const settings = {
    remappings: [],
    viaIR: true,
    evmVersion: "cancun",
    optimizer: { enabled: true, runs: 4294967295 },
    metadata: { bytecodeHash: "none" },
  };
  const { bytecode } = compile(solc, seaportSources(), "src/Seaport.sol", "Seaport", settings);
  const { keccak256 } = require("js-sha3");
  const bytes = (hex) => Buffer.from(hex.replace(/^0x/, ""), "hex");
  const init = bytecode + CONDUIT_CONTROLLER.slice(2).padStart(64, "0");
  const digest = keccak256(bytes(init));
  const address = "0x" + keccak256(Buffer.concat([bytes("ff"), bytes(FACTORY), bytes(SALT), bytes(digest)])).slice(24);
  if (!INIT_KECCAK.test(digest) || address !== SEAPORT) {
    fail(`Seaport came out different from the deployed one (init keccak ${digest}, address ${address}).\n` +
      "Its sources or compiler have changed: install exactly what package-lock.json names with `npm ci`.");
  }
  return "0x" + init + "\n";
}

/** From Seaport's own source; the practice chain puts its code at the deployed one's address. */
function conduitController(solc) {
  const settings = { evmVersion: "cancun", optimizer: { enabled: true, runs: 10000 }, metadata: { bytecodeHash: "none" } };
  const sources = {
    ...collect(path.join(modules, "seaport-core/src"), "src", (n) => n.startsWith("src/conduit/") || n.startsWith("src/lib/")),
    ...collect(path.join(modules, "seaport-types/src"), "seaport-types/src"),
  };
  const { bytecode } = compile(solc, sources, "src/conduit/ConduitController.sol", "ConduitController", settings);
  return "0x" + bytecode + "\n";
}

/** Whole file or none: a build stopped half way leaves the old file. */
function write(name, text) {
  const partial = path.join(out, name + ".partial");
  fs.writeFileSync(partial, text);
  fs.renameSync(partial, path.join(out, name));
}

if (!fs.existsSync(modules)) fail("packages are missing: run `npm ci` in contracts/ (or `make contracts`).");
const now = stamp();
const stampFile = path.join(out, "stamp");
const built = OUTPUTS.every((name) => fs.existsSync(path.join(out, name)));
if (built && fs.existsSync(stampFile) && fs.readFileSync(stampFile, "utf8") === now) {
  console.log("contracts: up to date");
} else {
  fs.mkdirSync(out, { recursive: true });
  fs.rmSync(stampFile, { force: true });
  console.log("contracts: compiling SongEdition");
  const song = songEdition();
  write("song_edition.json", song.json);
  write("song_edition.init.hex", song.hex);
  console.log("contracts: compiling Seaport 1.6 (about half a minute, once)");
  const solc = require("solc-seaport");
  write("conduit_controller.hex", conduitController(solc));
  write("seaport.init.hex", seaport(solc));
  write("stamp", now);
  console.log(`contracts: built ${OUTPUTS.join(", ")}`);
}

#!/usr/bin/env node
// npm's solc as the command line forge expects: `--version`, and standard JSON from stdin to stdout.
import { createRequire } from "node:module";

const solc = createRequire(import.meta.url)("solc");
const args = process.argv.slice(2);

if (args.includes("--version")) {
  const version = solc.version().replace("Emscripten.clang", "Linux.g++");
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${version}`);
} else if (args.includes("--standard-json")) {
  let input = "";
  process.stdin.setEncoding("utf8");
  for await (const part of process.stdin) input += part;
  process.stdout.write(solc.compile(input));
} else {
  console.error(`solc.mjs does not know ${args.join(" ")}`);
  process.exit(1);
}

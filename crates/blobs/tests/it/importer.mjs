// Makes importer.txt:
//   npm install ipfs-unixfs-importer@17.1.1 && node importer.mjs > importer.txt
import { importer } from 'ipfs-unixfs-importer'
import { fixedSize } from 'ipfs-unixfs-importer/chunker'
import { balanced } from 'ipfs-unixfs-importer/layout'

const period = 1048583
const content = (length) => Uint8Array.from({ length }, (_, i) => Math.imul(i % period, 2654435761) >>> 24)
const store = { put: async (cid) => cid }
// chunk bytes, links a node, CID version, raw leaves, lengths in whole chunks
const profiles = {
  'unixfs-v1-2025': [1 << 20, 1024, 1, true, []],
  'unixfs-v0-2015': [1 << 18, 174, 0, false, [174, 175, 349]],
  kubo: [1 << 18, 174, 1, true, [174, 175, 349]]
}

async function name (entries, options) {
  let root
  for await (const entry of importer(entries, store, options)) root = entry.cid
  return root
}

console.log('# Made by importer.mjs with ipfs-unixfs-importer 17.1.1: profile, length of the content, CID.')
for (const [profile, [chunkSize, maxChildrenPerNode, cidVersion, rawLeaves, chunks]] of Object.entries(profiles)) {
  const options = {
    cidVersion,
    rawLeaves,
    reduceSingleLeafToSelf: true,
    chunker: fixedSize({ chunkSize }),
    layout: balanced({ maxChildrenPerNode })
  }
  const lengths = [0, 1, 12, chunkSize - 1, chunkSize, chunkSize + 1, 3 * chunkSize + 5, ...chunks.map((n) => n * chunkSize)]
  for (const length of lengths) {
    console.log(`${profile} ${length} ${await name([{ content: content(length) }], options)}`)
  }
  const tree = { 'b.txt': 1, 'a/c.bin': chunkSize + 1, 'Ünï': 0 }
  const entries = Object.entries(tree).map(([path, length]) => ({ path, content: content(length) }))
  console.log(`${profile} tree ${await name(entries, { ...options, wrapWithDirectory: true })}`)
}

// Makes other.car:
//   npm install @ipld/car@5 @ipld/dag-pb@4 ipfs-unixfs@12 multiformats@13 && node car.mjs
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { CarWriter } from '@ipld/car'
import * as dagPb from '@ipld/dag-pb'
import { UnixFS } from 'ipfs-unixfs'
import { CID } from 'multiformats/cid'
import * as raw from 'multiformats/codecs/raw'
import { sha256 } from 'multiformats/hashes/sha2'

const hello = new TextEncoder().encode('hello world')
const helloCid = CID.createV1(raw.code, await sha256.digest(hello))
const folder = dagPb.encode({
  Data: new UnixFS({ type: 'directory' }).marshal(),
  Links: [{ Name: 'hello.txt', Tsize: hello.length, Hash: helloCid }]
})
const folderCid = CID.createV1(dagPb.code, await sha256.digest(folder))

const { writer, out } = CarWriter.create([folderCid, helloCid])
Readable.from(out).pipe(createWriteStream('other.car'))
await writer.put({ cid: helloCid, bytes: hello })
await writer.put({ cid: folderCid, bytes: folder })
await writer.close()

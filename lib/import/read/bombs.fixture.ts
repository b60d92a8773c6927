/** Malicious zips. */
import { constants, deflateRawSync } from "node:zlib"
import { claudeChat } from "@/lib/import/files.fixture"

/** A zip with one entry, whose directory states the given size. */
export function zipWithStatedSize(name: string, packed: Buffer, size: number): Buffer {
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(packed.length, 20)
  entry.writeUInt32LE(size, 24)
  entry.writeUInt16LE(name.length, 28)
  const at = 30 + name.length + packed.length
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end])
}

/** A zip whose entries all share the same bytes. */
export function overlapping(count: number): Buffer {
  const name = "conversations.json"
  const text = Buffer.from(`[${JSON.stringify(claudeChat())}]`)
  const zip = zipWithStatedSize(name, deflateRawSync(text), text.length)
  const at = zip.readUInt32LE(zip.length - 6)
  const end = Buffer.from(zip.subarray(-22))
  const entry = zip.subarray(at, -22)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(entry.length * count, 12)
  return Buffer.concat([zip.subarray(0, at), ...Array.from({ length: count }, () => entry), end])
}

/** Deflated zeros, packed a thousandfold, without allocating their memory. */
export function packedZeros(megabytes: number): Buffer {
  const one = deflateRawSync(Buffer.alloc(1_000_000), { finishFlush: constants.Z_FULL_FLUSH })
  return Buffer.concat([...Array.from({ length: megabytes }, () => one), deflateRawSync(Buffer.alloc(0))])
}

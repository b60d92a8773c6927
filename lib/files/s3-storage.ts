/**
 * A file store in a bucket of an S3 server. Each body is signed with its hash, so the server rejects data that was
 * altered in transit. Large files are uploaded in parts, which become visible once all of them are there.
 */
import { createHash } from "node:crypto"
import type { S3Config } from "@/lib/config-store"
import { checkKey, isKey } from "@/lib/files/keys"
import { type Asked, S3Client, S3Error } from "@/lib/files/s3-client"
import type { ByteRange, FileStorage, ListedObject } from "@/lib/files/storage"

/** Bytes of a part, the only portion of a file in memory; ten thousand parts are the largest file. */
const PART = 8 * 1024 * 1024
const PAGE = 1_000
/**
 * Seconds for which a signed link works: browsers follow it immediately, and a download that has started runs to its
 * end.
 */
const LINK_S = 60

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex")

interface Sizes {
  partBytes?: number
  /** Keys per page of a listing. */
  page?: number
  /** Timeout in milliseconds between two chunks of a response. */
  silenceMs?: number
}

/** The file store in this bucket. `sizes`: for tests. */
export function s3Storage(config: S3Config, sizes: Sizes = {}): FileStorage {
  const { partBytes = PART, page = PAGE, silenceMs } = sizes
  const client = new S3Client(config, silenceMs)
  const pathOf = (key: string) => {
    checkKey(key)
    return `${config.prefix}${key}`
  }
  return {
    put: async (key, bytes) => put(client, pathOf(key), bytes, partBytes),
    get: async (key, range) => get(client, pathOf(key), range),
    has: async (key) => client.has(pathOf(key)),
    remove: async (key) => {
      const response = await client.ask({ method: "DELETE", key: pathOf(key) }, [204, 200, 404])
      await response.body?.cancel()
    },
    list: () => list(client, config.prefix, page),
    ready: async () => {
      const query = { "list-type": "2", "max-keys": "1", prefix: config.prefix }
      await client.text(await client.ask({ method: "GET", query, now: true }, [200]))
    },
    ...(config.signedLinks && {
      link: (key, headers) =>
        client.link(pathOf(key), LINK_S, {
          "response-content-type": headers.type,
          "response-content-disposition": headers.disposition,
          "response-cache-control": `private, max-age=${LINK_S}`,
        }),
    }),
  }
}

/** Regroups chunks of any length into parts of equal length; the last one is shorter or empty. */
async function* inParts(bytes: AsyncIterable<Uint8Array>, partBytes: number): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of bytes)
    for (let at = 0; at < piece.byteLength; ) {
      const taken = piece.subarray(at, at + partBytes - size)
      // The sender may reuse its buffer.
      pieces.push(Uint8Array.from(taken))
      size += taken.byteLength
      at += taken.byteLength
      if (size < partBytes) continue
      yield Buffer.concat(pieces)
      pieces = []
      size = 0
    }
  yield Buffer.concat(pieces)
}

async function put(client: S3Client, key: string, bytes: AsyncIterable<Uint8Array>, partBytes: number) {
  const hash = createHash("sha256")
  const parts = inParts(bytes, partBytes)
  const next = async () => {
    const { value, done } = await parts.next()
    if (done) return null
    hash.update(value)
    return value
  }
  const first = (await next()) ?? new Uint8Array()
  let size = first.byteLength
  if (size < partBytes) {
    await send(client, { method: "PUT", key, body: first })
    return { size, sha256: hash.digest("hex") }
  }
  const upload = await client.begin(key)
  try {
    const tags: string[] = []
    for (let part: Uint8Array | null = first; part && part.byteLength > 0; part = await next()) {
      const query = { partNumber: String(tags.length + 1), uploadId: upload }
      tags.push(await send(client, { method: "PUT", key, query, body: part }))
      if (part !== first) size += part.byteLength
    }
    await client.complete(key, upload, tags)
  } catch (error) {
    // If this fails, the bucket cleans up: a lifecycle rule aborts incomplete uploads.
    await client.abandon(key, upload).catch(() => {})
    throw error
  } finally {
    await parts.return(undefined)
  }
  return { size, sha256: hash.digest("hex") }
}

/** Sends bytes and returns their ETag. */
async function send(client: S3Client, asked: Asked & { body: Uint8Array }): Promise<string> {
  const response = await client.ask({ ...asked, hash: hashOf(asked.body) }, [200])
  await response.body?.cancel()
  return response.headers.get("etag") ?? ""
}

async function get(client: S3Client, key: string, range: ByteRange | undefined) {
  const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {}
  const response = await client.ask({ method: "GET", key, headers }, range ? [206, 200, 404] : [200, 404])
  if (response.status === 404) {
    await response.body?.cancel()
    return null
  }
  const { size, start, length } = extentOf(response)
  const wanted = range ? range.end - range.start + 1 : size
  if (start !== (range?.start ?? 0) || length < wanted) {
    await response.body?.cancel()
    throw new S3Error(`GET ${key}: the server sent a different range than requested`, response.status)
  }
  return { size, body: client.body(response, wanted) }
}

/** Total size, and the range that the response contains. NaN if the response doesn't say. */
function extentOf({ headers }: Response): { size: number; start: number; length: number } {
  const [, first, last, whole] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "") ?? []
  if (whole !== undefined)
    return { size: Number(whole), start: Number(first), length: Number(last) - Number(first) + 1 }
  const size = Number(headers.get("content-length") ?? Number.NaN)
  return { size, start: 0, length: size }
}

async function* list(client: S3Client, prefix: string, most: number): AsyncGenerator<ListedObject> {
  let after: string | undefined
  do {
    const query = { "list-type": "2", "max-keys": String(most), prefix, ...(after && { "continuation-token": after }) }
    const page = await client.text(await client.ask({ method: "GET", query }, [200]))
    for (const [, entry = ""] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const key = (client.valueOf(entry, "Key") ?? "").slice(prefix.length)
      // A bucket may contain other objects.
      if (!isKey(key)) continue
      const modifiedAt = new Date(client.valueOf(entry, "LastModified") ?? "")
      yield { key, size: Number(client.valueOf(entry, "Size")), modifiedAt }
    }
    after = client.valueOf(page, "IsTruncated") === "true" ? client.valueOf(page, "NextContinuationToken") : undefined
  } while (after)
}

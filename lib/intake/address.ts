/** A picture at a URL pasted by a user: fetched once, by the server, and stored like an upload. */
import { randomUUID } from "node:crypto"
import { mkdtemp, open, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { config } from "@/lib/config"
import { AppError } from "@/lib/http/errors"
import { guardedFetch } from "@/lib/http/outgoing/guarded-fetch"
import { internet, type Network } from "@/lib/http/outgoing/network"
import { cleanName } from "@/lib/images/name"
import { imageKind } from "@/lib/intake/image-kind"
import { type FileLimits, intake } from "@/lib/intake/intake"
import type { Taken } from "@/lib/intake/types"

/** Timeouts in milliseconds: until the response starts, and until it is complete. */
const HEAD_MS = 10_000
const TOTAL_MS = 60_000

/**
 * Fetches and stores a picture. Its type is detected from the bytes; anything else is rejected with a message saying
 * so. Throws the errors of `guardedFetch`, `fetch:failed` for an error page, and the errors of images.
 */
export async function takeAddress(
  userId: string,
  url: string,
  limits: FileLimits,
  signal?: AbortSignal,
  network: Network = internet,
): Promise<Taken> {
  const response = await guardedFetch(
    url,
    { headers: { accept: "image/*" }, signal },
    { maxBytes: config().limits.imageBytes, headMs: HEAD_MS, totalMs: TOTAL_MS },
    network,
  )
  if (!response.ok) {
    await response.body?.cancel()
    throw new AppError("fetch:failed/status", { values: { host: new URL(response.url).host, status: response.status } })
  }
  const folder = await mkdtemp(path.join(tmpdir(), "sparkler-address-"))
  try {
    const file = path.join(folder, randomUUID())
    const size = await save(response, file)
    return await intake({ userId, name: nameOf(response), path: file, size, ...limits }, {}, [imageKind])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function save(response: Response, file: string): Promise<number> {
  const handle = await open(file, "wx", 0o600)
  try {
    let size = 0
    for await (const piece of response.body ?? []) {
      await handle.writeFile(piece)
      size += piece.byteLength
    }
    return size
  } finally {
    await handle.close()
  }
}

/** The last path segment of the URL. */
function nameOf({ url }: Response): string {
  const last = new URL(url).pathname.split("/").at(-1) ?? ""
  try {
    return cleanName(decodeURIComponent(last))
  } catch {
    return cleanName(last)
  }
}

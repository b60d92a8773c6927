/** The one-time link that the start prints: who holds it may set the API key. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { config } from "@/lib/config"
import { isJsonLog, logInfo } from "@/lib/log"
import { sharedRedis } from "@/lib/redis/here"
import { singleton } from "@/lib/singleton"

/** Milliseconds that a link works. */
export const LINK_MS = 60 * 60 * 1_000

interface Link {
  /** Of the token; itself it is in the printed line only. */
  hash: Buffer
  expiresAt: number
}

const state = () => singleton<{ link: Link | null }>("setupLink", () => ({ link: null }))

const nameOf = ({ hash }: Pick<Link, "hash">) => hash.toString("hex")

const hashOf = (token: string) => createHash("sha256").update(token).digest()

/**
 * Prints a new link, in place of the last one of this process. The token is in the fragment, which no browser sends and no
 * proxy logs. Of several processes each takes what another one printed (`setup-links` in Redis).
 */
export async function printLink(purpose: string): Promise<void> {
  // JSON logs are collected and kept, where more people read them than the one who sits at the terminal.
  if (isJsonLog()) {
    logInfo(
      "The link to set the API key on the page isn't written to JSON logs. Set FIREWORKS_API_KEY, or start once with LOG_FORMAT=text.",
    )
    return
  }
  const token = randomBytes(32).toString("base64url")
  const link = { hash: hashOf(token), expiresAt: Date.now() + LINK_MS }
  const before = state().link
  state().link = link
  const redis = sharedRedis()
  if (redis) {
    const { setupLinks } = redis.keys
    const change = redis.commands.multi().zadd(setupLinks, link.expiresAt, nameOf(link)).pexpire(setupLinks, LINK_MS)
    if (before) change.zrem(setupLinks, nameOf(before))
    await change.exec()
  }
  logInfo(`${purpose} ${config().address}/setup#${token} (works once, within an hour)`)
}

/** A link that was printed and can still be used. */
export async function linkIsOpen(now = Date.now()): Promise<boolean> {
  const redis = sharedRedis()
  if (redis) return (await redis.commands.zcount(redis.keys.setupLinks, `(${now}`, "+inf")) > 0
  return (state().link?.expiresAt ?? 0) > now
}

/** True once for the printed token: it is used up then. Takes as long for any other of that length. */
export async function takeLink(token: string, now = Date.now()): Promise<boolean> {
  const hash = hashOf(token)
  const redis = sharedRedis()
  if (redis) {
    // Of two that come with it at once, one removes it.
    const { setupLinks } = redis.keys
    const name = nameOf({ hash })
    const expiresAt = Number(await redis.commands.zscore(setupLinks, name))
    return expiresAt > now && (await redis.commands.zrem(setupLinks, name)) === 1
  }
  const { link } = state()
  if (!link || link.expiresAt <= now || !timingSafeEqual(link.hash, hash)) return false
  state().link = null
  return true
}

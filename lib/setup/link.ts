/** The one-time link that is printed at startup: whoever opens it may set the API key. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { config } from "@/lib/config"
import { isJsonLog, logInfo } from "@/lib/log"
import { sharedRedis } from "@/lib/redis/here"
import { singleton } from "@/lib/singleton"

/** Milliseconds until a link expires. */
export const LINK_MS = 60 * 60 * 1_000

interface Link {
  /** Hash of the token, which appears only in the printed line. */
  hash: Buffer
  expiresAt: number
}

const state = () => singleton<{ link: Link | null }>("setupLink", () => ({ link: null }))

const nameOf = ({ hash }: Pick<Link, "hash">) => hash.toString("hex")

const hashOf = (token: string) => createHash("sha256").update(token).digest()

/**
 * Prints a new link, which replaces this process's last one. The token is in the fragment, which browsers don't send
 * and proxies don't log. Each process accepts the links of the others (`setup-links` in Redis).
 */
export async function printLink(purpose: string): Promise<void> {
  // JSON logs are collected and stored, and more people can read them than the person at the terminal.
  if (isJsonLog()) {
    logInfo(
      "The link for setting the API key on the page isn't written to JSON logs. Set FIREWORKS_API_KEY, or start once with LOG_FORMAT=text.",
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

/** Whether a printed link can still be used. */
export async function linkIsOpen(now = Date.now()): Promise<boolean> {
  const redis = sharedRedis()
  if (redis) return (await redis.commands.zcount(redis.keys.setupLinks, `(${now}`, "+inf")) > 0
  return (state().link?.expiresAt ?? 0) > now
}

/** True once for the printed token, which is then used up. Takes the same time for any token of that length. */
export async function redeemSetupLink(token: string, now = Date.now()): Promise<boolean> {
  const hash = hashOf(token)
  const redis = sharedRedis()
  if (redis) {
    // Of two concurrent requests, only one removes it.
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

/** The one-time link that the start prints: who holds it may set the API key. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { config } from "@/lib/config"
import { logInfo } from "@/lib/log"
import { singleton } from "@/lib/singleton"

/** Milliseconds that a link works. */
export const LINK_MS = 60 * 60 * 1_000

interface Link {
  /** Of the token; itself it is in the printed line only. */
  hash: Buffer
  expiresAt: number
}

const state = () => singleton<{ link: Link | null }>("setupLink", () => ({ link: null }))

const hashOf = (token: string) => createHash("sha256").update(token).digest()

/** Prints a new link, in place of the last one. The token is in the fragment, which no browser sends and no proxy logs. */
export function printLink(purpose: string): void {
  const token = randomBytes(32).toString("base64url")
  state().link = { hash: hashOf(token), expiresAt: Date.now() + LINK_MS }
  logInfo(`${purpose} ${config().address}/setup#${token} (works once, within an hour)`)
}

/** A link that was printed and can still be used. */
export const linkIsOpen = (now = Date.now()): boolean => (state().link?.expiresAt ?? 0) > now

/** True once for the printed token: it is used up then. Takes as long for any other of that length. */
export function takeLink(token: string, now = Date.now()): boolean {
  const { link } = state()
  if (!link || link.expiresAt <= now || !timingSafeEqual(link.hash, hashOf(token))) return false
  state().link = null
  return true
}

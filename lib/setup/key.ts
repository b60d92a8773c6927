/**
 * The API key that is set on the page. It can be set by:
 * - a browser that holds the claim (it opened the one-time link, or was the first to set a key), identified by its
 *   cookie;
 * - anyone on this machine (`isLocalUser`), as long as nobody has claimed it and nobody else has used this Sparkler: the
 *   database contains no other person's conversation, including deleted and temporary ones;
 * - an administrator.
 */
import { z } from "zod"
import { forgetCatalogue, listModels } from "@/lib/ai/catalogue/catalogue"
import { nonFireworksHost, tryKey } from "@/lib/ai/try-key"
import { forgetKey, invalidateCachedKey, keepKey, keySource, storedKey } from "@/lib/ai/upstream/key"
import { may } from "@/lib/auth/rights"
import type { SessionUser } from "@/lib/auth/sessions"
import { topicOf } from "@/lib/bus/topic"
import { notifyModelsChanged } from "@/lib/chat/news/news"
import { config } from "@/lib/config"
import { othersHaveConversations } from "@/lib/db/conversations"
import { AppError } from "@/lib/http/errors"
import { isLocalUser } from "@/lib/http/peer"
import { logInfo } from "@/lib/log"
import { claimFirst, isClaimed, isOwner } from "@/lib/setup/owner"
import type { KeptKey, KeyAccess } from "@/lib/setup/types"
import { consumeLimit, MINUTE_MS } from "@/lib/throttle/count-times"

/** The sender of a request. */
export interface Asker {
  headers: Headers
  user: SessionUser | null
}

/** Attempts per minute: each one sends a request to the model server. */
const MAX_TRIES = 10
/** For keys shorter than this, the last four characters aren't shown. */
const LONG_ENOUGH = 16

type Right = "owner" | "here" | "admin" | null

/** Regardless of the account they are signed in to. */
const mayChange = (right: Right): right is NonNullable<Right> =>
  right === "admin" || may({ user: null, runsIt: right !== null }, "key:change")

async function rightOf({ headers, user }: Asker): Promise<Right> {
  if (may({ user }, "key:change")) return "admin"
  if (isOwner(headers.get("cookie"))) return "owner"
  if (isClaimed() || !isLocalUser(headers, config().appUrl)) return null
  return (await othersHaveConversations(user?.id ?? null)) ? null : "here"
}

/** What this person may know about the key, and whether they may change it. */
export const keyAccess = async (asker: Asker): Promise<KeyAccess> => accessWith(await rightOf(asker))

function accessWith(right: Right): KeyAccess {
  const stored = storedKey()
  const allowed = mayChange(right)
  const known = allowed && stored.state === "kept" && stored.key.length >= LONG_ENOUGH
  return {
    may: allowed,
    source: keySource(),
    lastFour: known ? stored.key.slice(-4) : null,
    damaged: allowed && stored.state === "damaged",
    stored: allowed && stored.state === "kept",
    server: nonFireworksHost(),
  }
}

async function requireRight(asker: Asker): Promise<NonNullable<Right>> {
  const right = await rightOf(asker)
  if (mayChange(right)) return right
  throw new AppError("setup:not_allowed")
}

/**
 * Checks a key, stores it, and uses it from now on. If it is rejected, the stored one stays. The sender then holds the
 * claim (`claims`), except for an administrator, whose right ends with the role.
 */
export async function setKey(asker: Asker, text: string): Promise<{ kept: KeptKey; claims: boolean }> {
  const right = await requireRight(asker)
  if (keySource() === "environment") throw new AppError("setup:environment")
  const key = cleanKey(text)
  await consumeLimit("key", "all", { most: MAX_TRIES, perMs: MINUTE_MS })
  const quotas = await tryKey(key)
  // If two people on this machine set a key at the same moment, one is first.
  if (right === "here" && !(await claimFirst())) await requireRight(asker)
  await keepKey(key)
  logInfo("An API key was added on the page and is now in use.")
  const models = await spread()
  return { kept: { access: accessWith(right), models, quotas }, claims: right !== "admin" }
}

/** Deletes the stored key. */
export async function removeKey(asker: Asker): Promise<KeyAccess> {
  const right = await requireRight(asker)
  await forgetKey()
  logInfo("The API key was removed on the page.")
  await spread()
  return accessWith(right)
}

/** Tells all processes on this data folder that the stored key has changed. */
const changes = topicOf("api-key", z.literal("changed"))

/** Reloads the key and the models whenever another process has changed the key. Returns an unsubscribe function. */
export const subscribeToKeyChanges = (): Promise<() => void> => changes.subscribe(reread, reread)

function reread(): void {
  invalidateCachedKey()
  forgetCatalogue()
}

/** The key has changed: reloads the models and notifies all open pages. */
async function spread(): Promise<string[]> {
  await changes.publish("changed")
  forgetCatalogue()
  const { models } = await listModels()
  void notifyModelsChanged()
  return models.filter(({ retired }) => !retired).map(({ name }) => name)
}

/** People copy more than the key: the line of a settings file, quotes, the word before it in a header. */
export function cleanKey(text: string): string {
  const key = text
    .trim()
    .replace(/^(export\s+)?FIREWORKS_API_KEY\s*=\s*/, "")
    .replace(/^(Authorization:\s*)?Bearer\s+/i, "")
    .replace(/^(["'`])(.*)\1$/s, "$2")
    .trim()
  if (/^[\x21-\x7e]{8,512}$/.test(key)) return key
  throw new AppError("request:invalid/key")
}

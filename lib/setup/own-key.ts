/** A person's own API key: checked before it is stored, encrypted, and never shown. */
import { forgetCatalogueOf } from "@/lib/ai/catalogue/catalogue"
import { nonFireworksHost, tryKey } from "@/lib/ai/try-key"
import { keySource } from "@/lib/ai/upstream/key"
import { notifyOwnModelsChanged } from "@/lib/chat/news/news"
import { config } from "@/lib/config"
import { ownKeyOf, removeOwnKey, setOwnKeyInUse, storeOwnKey } from "@/lib/db/people/own-keys"
import { AppError } from "@/lib/http/errors"
import { operatorSettings } from "@/lib/operator/settings"
import { openKey, PURPOSE } from "@/lib/own-key/payer"
import type { OwnKeyState } from "@/lib/own-key/types"
import { registerPersonalKey } from "@/lib/redact-keys"
import { seal } from "@/lib/seal"
import { cleanKey } from "@/lib/setup/key"
import { consumeLimit, MINUTE_MS } from "@/lib/throttle/count-times"

/** Attempts per person and minute: each one sends a request to the model server. */
const MAX_TRIES = 5
/** For keys shorter than this, the last four characters aren't shown. */
const LONG_ENOUGH = 16

/** What this person may know about their own key. */
export async function ownKeyState(userId: string): Promise<OwnKeyState> {
  const [{ ownKeys }, row] = await Promise.all([operatorSettings(), ownKeyOf(userId)])
  return {
    allowed: ownKeys,
    key: row && { lastFour: row.lastFour || null, inUse: row.inUse, damaged: openKey(row.sealed) === null },
    shared: keySource() !== "none",
    server: nonFireworksHost(),
  }
}

async function requireAllowed(): Promise<void> {
  if (!(await operatorSettings()).ownKeys) throw new AppError("own_key:not_allowed")
}

/** Checks a key, stores it, and uses it from now on. If it is rejected, the stored one stays. */
export async function setOwnKey(userId: string, text: string): Promise<OwnKeyState> {
  await requireAllowed()
  const key = cleanKey(text)
  registerPersonalKey(key)
  await consumeLimit("own key", userId, { most: MAX_TRIES, perMs: MINUTE_MS })
  await tryKey(key)
  const before = await ownKeyOf(userId)
  const lastFour = key.length >= LONG_ENOUGH ? key.slice(-4) : ""
  await storeOwnKey(userId, { sealed: seal(key, config().authSecret, PURPOSE), lastFour })
  return changed(userId, before?.sealed)
}

/** Sets who pays from now on: this person's key, or Sparkler's. Throws `own_key:none`. */
export async function useOwnKey(userId: string, inUse: boolean): Promise<OwnKeyState> {
  if (inUse) await requireAllowed()
  if (!(await setOwnKeyInUse(userId, inUse))) throw new AppError("own_key:none")
  return changed(userId)
}

/** Deletes it, whether personal keys are allowed or not. */
export async function deleteOwnKey(userId: string): Promise<OwnKeyState> {
  const before = await ownKeyOf(userId)
  await removeOwnKey(userId)
  return changed(userId, before?.sealed)
}

/** Other models are available now: the person's open pages reload the list. */
async function changed(userId: string, sealedBefore?: string): Promise<OwnKeyState> {
  const gone = sealedBefore === undefined ? null : openKey(sealedBefore)
  if (gone !== null) forgetCatalogueOf(gone)
  void notifyOwnModelsChanged(userId)
  return ownKeyState(userId)
}

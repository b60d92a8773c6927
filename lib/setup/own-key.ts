/** A person's own API key: tried before it is kept, kept encrypted, shown never. */
import { forgetCatalogueOf } from "@/lib/ai/catalogue/catalogue"
import { otherServer, tryKey } from "@/lib/ai/try-key"
import { keySource } from "@/lib/ai/upstream/key"
import { tellOwnModels } from "@/lib/chat/news/news"
import { config } from "@/lib/config"
import { keepOwnKey, ownKeyOf, removeOwnKey, setOwnKeyInUse } from "@/lib/db/people/own-keys"
import { keepPersonsKeyHidden } from "@/lib/hide-keys"
import { AppError } from "@/lib/http/errors"
import { operatorSettings } from "@/lib/operator/settings"
import { openKey, PURPOSE } from "@/lib/own-key/payer"
import type { OwnKeyState } from "@/lib/own-key/types"
import { seal } from "@/lib/seal"
import { cleanKey } from "@/lib/setup/key"
import { countTimes, MINUTE_MS } from "@/lib/throttle/count-times"

/** Attempts of one person in a minute: each asks the model server. */
const MOST_TRIES = 5
/** A key that is shorter than this keeps its last four characters to itself. */
const LONG_ENOUGH = 16

/** What this person may know of their own key. */
export async function ownKeyState(userId: string): Promise<OwnKeyState> {
  const [{ ownKeys }, row] = await Promise.all([operatorSettings(), ownKeyOf(userId)])
  return {
    allowed: ownKeys,
    key: row && { lastFour: row.lastFour || null, inUse: row.inUse, damaged: openKey(row.sealed) === null },
    shared: keySource() !== "none",
    server: otherServer(),
  }
}

async function requireAllowed(): Promise<void> {
  if (!(await operatorSettings()).ownKeys) throw new AppError("own_key:not_allowed")
}

/** Tries a key, keeps it and uses it from now on; what was kept before stays when it is refused. */
export async function setOwnKey(userId: string, text: string): Promise<OwnKeyState> {
  await requireAllowed()
  const key = cleanKey(text)
  keepPersonsKeyHidden(key)
  await countTimes("own key", userId, { most: MOST_TRIES, perMs: MINUTE_MS })
  await tryKey(key)
  const before = await ownKeyOf(userId)
  const lastFour = key.length >= LONG_ENOUGH ? key.slice(-4) : ""
  await keepOwnKey(userId, { sealed: seal(key, config().authSecret, PURPOSE), lastFour })
  return changed(userId, before?.sealed)
}

/** Who pays from now on: this person's key, or Sparkler's. Throws `own_key:none`. */
export async function useOwnKey(userId: string, inUse: boolean): Promise<OwnKeyState> {
  if (inUse) await requireAllowed()
  if (!(await setOwnKeyInUse(userId, inUse))) throw new AppError("own_key:none")
  return changed(userId)
}

/** Forgets it, whether it is allowed or not. */
export async function forgetOwnKey(userId: string): Promise<OwnKeyState> {
  const before = await ownKeyOf(userId)
  await removeOwnKey(userId)
  return changed(userId, before?.sealed)
}

/** Other models answer now: the person's open pages ask which. */
async function changed(userId: string, sealedBefore?: string): Promise<OwnKeyState> {
  const gone = sealedBefore === undefined ? null : openKey(sealedBefore)
  if (gone !== null) forgetCatalogueOf(gone)
  void tellOwnModels(userId)
  return ownKeyState(userId)
}

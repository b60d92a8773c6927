/**
 * The API key in use: from the environment, or else the one entered on the page. Looked up for each call, so that it
 * can change.
 */
import { readStoredKey, removeStoredKey, type StoredKey, writeStoredKey } from "@/lib/ai/upstream/stored-key"
import { type Config, config } from "@/lib/config"
import { logInfo } from "@/lib/log"
import { registerSecret } from "@/lib/redact-keys"
import { singleton } from "@/lib/singleton"

/** Source of the key in use. */
export type KeySource = "environment" | "stored" | "none"

/** The settings, with the key currently in use. */
export interface ModelSettings extends Config {
  apiKey: string | undefined
}

const kept = () => singleton<{ stored?: StoredKey }>("apiKey", () => ({}))

/** Read once; a failure is logged. */
export function storedKey(): StoredKey {
  const state = kept()
  if (!state.stored) {
    state.stored = readStoredKey(config())
    if (state.stored.state === "damaged")
      logInfo("The stored API key can't be read: its file is damaged, or AUTH_SECRET has changed. Add the key again.")
  }
  return state.stored
}

/** The key in use; undefined when there is none. */
export function apiKey(): string | undefined {
  const { environmentKey } = config()
  if (environmentKey) return environmentKey
  const stored = storedKey()
  if (stored.state !== "kept") return undefined
  registerSecret(stored.key)
  return stored.key
}

export function keySource(): KeySource {
  if (config().environmentKey) return "environment"
  return storedKey().state === "kept" ? "stored" : "none"
}

export const modelSettings = (): ModelSettings => ({ ...config(), apiKey: apiKey() })

/** Discards the cached key after another process has changed the stored one. */
export function invalidateCachedKey(): void {
  kept().stored = undefined
}

/** Stores a key on disk and uses it from now on, unless the environment has one. Throws if it can't be written. */
export async function keepKey(key: string): Promise<void> {
  registerSecret(key)
  await writeStoredKey(key, config())
  kept().stored = { state: "kept", key }
}

/** Deletes the stored key from disk and memory. */
export async function forgetKey(): Promise<void> {
  await removeStoredKey(config().dataDir)
  kept().stored = { state: "none" }
}

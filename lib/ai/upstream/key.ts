/** The API key in use: the environment's, else the one that was given on the page. Asked for each call, so that it can change. */
import { readStoredKey, removeStoredKey, type StoredKey, writeStoredKey } from "@/lib/ai/upstream/stored-key"
import { type Config, config } from "@/lib/config"
import { keepHidden } from "@/lib/hide-keys"
import { logInfo } from "@/lib/log"
import { singleton } from "@/lib/singleton"

/** Where the key in use comes from. */
export type KeySource = "environment" | "stored" | "none"

/** The settings, with the key that is in use now. */
export interface ModelSettings extends Config {
  apiKey: string | undefined
}

const kept = () => singleton<{ stored?: StoredKey }>("apiKey", () => ({}))

/** Read once; told in the log when it can't be. */
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
  keepHidden(stored.key)
  return stored.key
}

export function keySource(): KeySource {
  if (config().environmentKey) return "environment"
  return storedKey().state === "kept" ? "stored" : "none"
}

export const modelSettings = (): ModelSettings => ({ ...config(), apiKey: apiKey() })

/** Reads the stored key anew when it is next asked for: another process has changed it. */
export function rereadKey(): void {
  kept().stored = undefined
}

/** Keeps a key on disk and uses it from now on, unless the environment has one. Throws when it can't be written. */
export async function keepKey(key: string): Promise<void> {
  keepHidden(key)
  await writeStoredKey(key, config())
  kept().stored = { state: "kept", key }
}

/** Forgets the stored key, on disk and here. */
export async function forgetKey(): Promise<void> {
  await removeStoredKey(config().dataDir)
  kept().stored = { state: "none" }
}

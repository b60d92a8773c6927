/** The API key as stored on disk: encrypted with the server's secret, readable only by the owner of the process. */
import { randomUUID } from "node:crypto"
import { readFileSync } from "node:fs"
import { mkdir, open, rename, rm } from "node:fs/promises"
import path from "node:path"
import { PURPOSES, seal, unseal } from "@/lib/seal"

/** The purpose of the derived key, so that no other use of the secret derives the same one. */
const PURPOSE = PURPOSES.apiKey

/** `damaged`: there is a file, but no key can be read from it. */
export type StoredKey = { state: "none" | "damaged" } | { state: "kept"; key: string }

interface Place {
  dataDir: string
  /** The encryption depends on it: with another secret, the file counts as damaged. */
  authSecret: string
}

export const keyFile = (dataDir: string) => path.join(dataDir, "api-key.json")

/** The stored key; never throws. */
export function readStoredKey({ dataDir, authSecret }: Place): StoredKey {
  let text: string
  try {
    text = readFileSync(keyFile(dataDir), "utf8")
  } catch (error) {
    return { state: isMissing(error) ? "none" : "damaged" }
  }
  try {
    return { state: "kept", key: unseal(text, authSecret, PURPOSE) }
  } catch {
    return { state: "damaged" }
  }
}

/** Replaces the stored key atomically, even on power loss. */
export async function writeStoredKey(key: string, { dataDir, authSecret }: Place): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = keyFile(dataDir)
  const unfinished = `${file}.${randomUUID()}.part`
  try {
    const handle = await open(unfinished, "wx", 0o600)
    try {
      await handle.writeFile(seal(key, authSecret, PURPOSE))
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

export const removeStoredKey = (dataDir: string): Promise<void> => rm(keyFile(dataDir), { force: true })

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT"

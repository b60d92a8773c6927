/** The API key as it is kept on disk: encrypted under the server's secret, readable by the owner of the process only. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomUUID } from "node:crypto"
import { readFileSync } from "node:fs"
import { mkdir, open, rename, rm } from "node:fs/promises"
import path from "node:path"
import { z } from "zod"

const CIPHER = "aes-256-gcm"
/** What the derived key is for, so that no other use of the secret makes the same one. */
const PURPOSE = "sparkler api key 1"

const stored = z.object({
  version: z.literal(1),
  salt: z.base64url(),
  iv: z.base64url(),
  tag: z.base64url(),
  data: z.base64url(),
})

/** `damaged`: there is a file, and no key can be read from it. */
export type StoredKey = { state: "none" | "damaged" } | { state: "kept"; key: string }

interface Place {
  dataDir: string
  /** What the encryption hangs on: another secret, and the file is as good as damaged. */
  authSecret: string
}

export const keyFile = (dataDir: string) => path.join(dataDir, "api-key.json")

/** The key that is kept; never throws. */
export function readStoredKey({ dataDir, authSecret }: Place): StoredKey {
  let text: string
  try {
    text = readFileSync(keyFile(dataDir), "utf8")
  } catch (error) {
    return { state: isMissing(error) ? "none" : "damaged" }
  }
  try {
    return { state: "kept", key: decrypt(stored.parse(JSON.parse(text)), authSecret) }
  } catch {
    return { state: "damaged" }
  }
}

/** Keeps `key` in place of what was there: whole or not at all, also when the power goes. */
export async function writeStoredKey(key: string, { dataDir, authSecret }: Place): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = keyFile(dataDir)
  const unfinished = `${file}.${randomUUID()}.part`
  try {
    const handle = await open(unfinished, "wx", 0o600)
    try {
      await handle.writeFile(JSON.stringify(encrypt(key, authSecret)))
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

const derive = (secret: string, salt: Uint8Array) => new Uint8Array(hkdfSync("sha256", secret, salt, PURPOSE, 32))

function encrypt(key: string, secret: string): z.infer<typeof stored> {
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv(CIPHER, derive(secret, salt), iv)
  const data = Buffer.concat([cipher.update(key, "utf8"), cipher.final()])
  const text = (bytes: Buffer) => bytes.toString("base64url")
  return { version: 1, salt: text(salt), iv: text(iv), tag: text(cipher.getAuthTag()), data: text(data) }
}

/** Throws when a byte of it is not what was written. */
function decrypt({ salt, iv, tag, data }: z.infer<typeof stored>, secret: string): string {
  const bytes = (text: string) => Buffer.from(text, "base64url")
  const decipher = createDecipheriv(CIPHER, derive(secret, bytes(salt)), bytes(iv), { authTagLength: 16 })
  decipher.setAuthTag(bytes(tag))
  return Buffer.concat([decipher.update(bytes(data)), decipher.final()]).toString("utf8")
}

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT"

/** Encrypts text with the server's secret: AES-256-GCM, with a separate key for each purpose. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto"
import { z } from "zod"

/** Purposes, each with its own keys. */
export const PURPOSES = {
  apiKey: "sparkler api key 1",
  blindChoice: "sparkler blind choice 1",
  documentPassword: "sparkler document password 1",
  mcpServer: "sparkler mcp server 1",
  ownKey: "sparkler own key 1",
} as const

const CIPHER = "aes-256-gcm"

const sealed = z.object({
  version: z.literal(1),
  salt: z.base64url(),
  iv: z.base64url(),
  tag: z.base64url(),
  data: z.base64url(),
})

const derive = (secret: string, salt: Uint8Array, purpose: string) =>
  new Uint8Array(hkdfSync("sha256", secret, salt, purpose, 32))

/**
 * Encrypts a text to JSON that only this secret decrypts. `purpose`: part of the key derivation, so that no other use
 * has the same key.
 */
export function seal(text: string, secret: string, purpose: string): string {
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv(CIPHER, derive(secret, salt, purpose), iv)
  const data = Buffer.concat([cipher.update(text, "utf8"), cipher.final()])
  const written = (bytes: Buffer) => bytes.toString("base64url")
  return JSON.stringify({
    ...{ version: 1, salt: written(salt), iv: written(iv) },
    ...{ tag: written(cipher.getAuthTag()), data: written(data) },
  } satisfies z.infer<typeof sealed>)
}

/** Decrypts a text. Throws if any byte was altered, or if the secret or the purpose is different. */
export function unseal(json: string, secret: string, purpose: string): string {
  const { salt, iv, tag, data } = sealed.parse(JSON.parse(json))
  const bytes = (text: string) => Buffer.from(text, "base64url")
  const decipher = createDecipheriv(CIPHER, derive(secret, bytes(salt), purpose), bytes(iv), { authTagLength: 16 })
  decipher.setAuthTag(bytes(tag))
  return Buffer.concat([decipher.update(bytes(data)), decipher.final()]).toString("utf8")
}

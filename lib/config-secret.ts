/** The secret that Sparkler generates if the environment has none. */
import { randomBytes } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import path from "node:path"
import { ConfigError } from "@/lib/config-error"

/** The stored secret of `dataDir`, created at the first start, readable by the owner only. Throws `ConfigError`. */
export function loadOrCreateSecret(dataDir: string): string {
  const file = path.join(dataDir, "auth-secret")
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new ConfigError(`DATA_DIR is wrong (the folder ${dataDir} can't be created: ${String(cause)}).`)
  }
  try {
    // "wx": if two processes start at once, one writes and both read the same value.
    writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600, flag: "wx" })
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST"))
      throw new ConfigError(`DATA_DIR is wrong (the folder ${dataDir} isn't writable: ${String(cause)}).`)
  }
  const secret = readFileSync(file, "utf8").trim()
  if (secret.length < 32)
    throw new ConfigError(
      `AUTH_SECRET can't be read: ${file} is damaged; delete it to create a new one, which signs everyone out.`,
    )
  return secret
}

/** The browsers that may set the API key: those with a claim, identified by a signed cookie. */
import { createHmac, hkdfSync, randomUUID, timingSafeEqual } from "node:crypto"
import { readFileSync } from "node:fs"
import { writeFile } from "node:fs/promises"
import path from "node:path"
import { SESSION_MAX_AGE, sessionCookieOptions } from "@/lib/auth/token"
import { config } from "@/lib/config"

const claimFile = () => path.join(config().dataDir, "setup-owner")

/** Id of the claim that the cookies belong to; null if nobody has claimed yet, "" if the file can't be read. */
function claimId(): string | null {
  try {
    return readFileSync(claimFile(), "utf8").trim()
  } catch (error) {
    return hasCode(error, "ENOENT") ? null : ""
  }
}

/** Whether anyone has claimed. Deleting `setup-owner` in the data folder revokes all claims. */
export const isClaimed = (): boolean => claimId() !== null

/** Creates the first claim; false if someone else was faster. */
export async function claimFirst(): Promise<boolean> {
  try {
    await writeFile(claimFile(), randomUUID(), { mode: 0o600, flag: "wx" })
    return true
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false
    throw error
  }
}

/** A `set-cookie` header that gives this browser the claim. Creates the claim if there is none. */
export async function ownerCookie(now = Date.now()): Promise<string> {
  await claimFirst()
  const expires = Math.floor(now / 1_000) + SESSION_MAX_AGE
  const { secure } = sessionCookieOptions()
  const value = `${expires}.${signature(claimId() ?? "", expires)}`
  return `${cookieName()}=${value}; Path=/; Max-Age=${SESSION_MAX_AGE}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`
}

/** Whether a `cookie` header belongs to a browser with the claim. */
export function isOwner(cookies: string | null, now = Date.now()): boolean {
  const id = claimId()
  const name = `${cookieName()}=`
  const value = cookies
    ?.split(/;\s*/)
    .find((pair) => pair.startsWith(name))
    ?.slice(name.length)
  const [expires = "", given = ""] = value?.split(".") ?? []
  if (!id || !/^\d{1,12}$/.test(expires) || Number(expires) * 1_000 <= now) return false
  const [mine, theirs] = [Buffer.from(signature(id, Number(expires))), Buffer.from(given)]
  return mine.length === theirs.length && timingSafeEqual(mine, theirs)
}

/** `__Host-`: subdomains can't set it. Browsers only accept this prefix over https. */
const cookieName = () => `${sessionCookieOptions().secure ? "__Host-" : ""}sparkler-owner`

function signature(id: string, expires: number): string {
  const key = new Uint8Array(hkdfSync("sha256", config().authSecret, "", "sparkler owner cookie 1", 32))
  return createHmac("sha256", key).update(`${id} ${expires}`).digest("base64url")
}

const hasCode = (error: unknown, code: string) => error instanceof Error && "code" in error && error.code === code

/**
 * Access control for shares: the reader needs the token of a live share, plus its passcode or an invitation if
 * required.
 */
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto"
import { z } from "zod"
import type { SessionUser } from "@/lib/auth/sessions"
import { config } from "@/lib/config"
import { isGranted, liveShare } from "@/lib/db/shares"

const TOKEN = /^[A-Za-z0-9_-]{32}$/
/** Seconds for which a passcode unlocks a link. */
const UNLOCKED_S = 24 * 3_600

/** The requesting user, and the cookies of their browser. */
export interface Reader {
  user: SessionUser | null
  /** The `cookie` header. */
  cookie: string | null
}

export const NOBODY: Reader = { user: null, cookie: null }

type LiveShare = NonNullable<Awaited<ReturnType<typeof liveShare>>>

export type Access =
  /** Unknown, revoked, expired, or for other people. */
  | { state: "none" }
  /** Requires its passcode. */
  | { state: "locked"; share: LiveShare }
  | { state: "open"; share: LiveShare; own: boolean }

/** What this reader may see with a token. */
export async function accessTo(token: string, { user, cookie }: Reader): Promise<Access> {
  const share = TOKEN.test(token) ? await liveShare(token) : null
  if (!share) return { state: "none" }
  if (user?.id === share.userId) return { state: "open", share, own: true }
  if (share.inside && !(user && !user.guest && (await isGranted(share.id, user.id)))) return { state: "none" }
  if (!share.passcodeHash || isUnlocked(share, cookie)) return { state: "open", share, own: false }
  return { state: "locked", share }
}

const cookieName = (id: string) => `sparkler-share-${id.replaceAll("-", "")}`

/** Signs this link with this passcode: changing the passcode locks it again. */
function signed({ id, passcodeHash }: Pick<LiveShare, "id" | "passcodeHash">, expires: number): Buffer {
  const key = new Uint8Array(hkdfSync("sha256", config().authSecret, "", "sparkler share 1", 32))
  return createHmac("sha256", key).update(`${id}\n${passcodeHash}\n${expires}`).digest()
}

/** A `set-cookie` header that keeps a link unlocked in this browser. */
export function unlockCookie(share: LiveShare, now = Date.now()): string {
  const expires = Math.floor(now / 1_000) + UNLOCKED_S
  const secure = config().appUrl?.startsWith("https://") ? "; Secure" : ""
  const value = `${expires}.${signed(share, expires).toString("base64url")}`
  return `${cookieName(share.id)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${UNLOCKED_S}${secure}`
}

function isUnlocked(share: LiveShare, cookie: string | null, now = Date.now()): boolean {
  const name = cookieName(share.id)
  const pair = cookie?.split(/;\s*/).find((one) => one.startsWith(`${name}=`))
  const [expires = "", mac = ""] = pair?.slice(name.length + 1).split(".") ?? []
  if (!/^\d{1,12}$/.test(expires) || Number(expires) * 1_000 <= now) return false
  const given = Buffer.from(mac, "base64url")
  const right = signed(share, Number(expires))
  return given.length === right.length && timingSafeEqual(given, right)
}

/** Whether search engines may index a link: it is open to everyone, and its author allows it. */
export async function isListed(token: string): Promise<boolean> {
  const access = await accessTo(token, NOBODY)
  return access.state === "open" && access.share.listed
}

const idsSchema = z.array(z.string()).catch([])

/** IDs of the images that a share shows. */
export const imagesOf = ({ imageIds }: Pick<LiveShare, "imageIds">): string[] => idsSchema.parse(imageIds)

/** The owner of an image this reader may see through a token; null if the share does not show it to them. */
export async function ownerOfSharedImage(token: string, imageId: string, reader: Reader): Promise<string | null> {
  const access = await accessTo(token, reader)
  return access.state === "open" && imagesOf(access.share).includes(imageId) ? access.share.userId : null
}

/** Short signed texts for cookies. */
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto"
import { sessionCookieOptions } from "@/lib/auth/token"
import { config } from "@/lib/config"

function signature(purpose: string, text: string): string {
  const key = new Uint8Array(hkdfSync("sha256", config().authSecret, "", `sparkler ${purpose} 1`, 32))
  return createHmac("sha256", key).update(text).digest("base64url")
}

/** `text` with its signature, which is valid only for this purpose. */
export const signed = (purpose: string, text: string): string => `${text}.${signature(purpose, text)}`

/** The text of a signed value; null if the signature is invalid. */
export function unsigned(purpose: string, value: string | undefined): string | null {
  const dot = value?.lastIndexOf(".") ?? -1
  if (!value || dot < 0) return null
  const text = value.slice(0, dot)
  const [mine, theirs] = [Buffer.from(signature(purpose, text)), Buffer.from(value.slice(dot + 1))]
  return mine.length === theirs.length && timingSafeEqual(mine, theirs) ? text : null
}

/** A cookie of a request; undefined if it is missing. */
export function cookieOf(headers: Headers, name: string): string | undefined {
  const pair = headers
    .get("cookie")
    ?.split(/;\s*/)
    .find((cookie) => cookie.startsWith(`${name}=`))
  return pair?.slice(name.length + 1)
}

interface CookieOptions {
  /** In seconds; 0 removes it. */
  maxAge: number
  path?: string
  /** Readable by scripts. */
  readable?: boolean
}

/** A `set-cookie` header. The value must not need escaping. */
export function setCookie(name: string, value: string, { maxAge, path = "/", readable }: CookieOptions): string {
  const { secure } = sessionCookieOptions()
  return `${name}=${value}; Path=${path}; Max-Age=${maxAge}; SameSite=Lax${readable ? "" : "; HttpOnly"}${secure ? "; Secure" : ""}`
}

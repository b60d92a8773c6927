import { type SessionUser, sessionOf } from "@/lib/auth/sessions"
import { sessionCookieName } from "@/lib/auth/token"
import { config } from "@/lib/config"
import type { Reader } from "@/lib/share/access"

/** Identifies the reader from the request headers. */
export async function readerOf(headers: Headers): Promise<Reader> {
  const cookie = headers.get("cookie")
  return { user: await userIn(cookie), cookie }
}

async function userIn(cookie: string | null): Promise<SessionUser | null> {
  const name = sessionCookieName()
  const pair = cookie?.split(/;\s*/).find((one) => one.startsWith(`${name}=`))
  return (await sessionOf(pair?.slice(name.length + 1)))?.user ?? null
}

/** Origin of this installation for absolute URLs: from the settings, else from the request. */
export function siteOrigin(headers: Headers): string {
  const { appUrl } = config()
  if (appUrl) return appUrl
  const host = headers.get("host") ?? "localhost"
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).origin : "http://localhost"
}

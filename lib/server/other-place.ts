import { sessionOfRequest } from "@/lib/auth/session"
import { config } from "@/lib/config"
import { hasConversations } from "@/lib/db/conversations"
import { byName, isReachedByName } from "@/lib/http/one-name"
import { logFault } from "@/lib/log"
import { isOwner } from "@/lib/setup/owner"
import { singleton } from "@/lib/singleton"

interface Asked {
  method: string
  headers: Headers
  /** Path and query. */
  url: string
}

/**
 * The URL where a page should be opened instead: by this machine's name rather than its address. Null if it should
 * stay, also for a user who has chats there, or the claim on the setup: their cookies belong to the address. Never
 * throws.
 */
export async function otherPlace({ method, headers, url }: Asked): Promise<string | null> {
  const { port, appUrl } = config()
  const place = byName({ method, headers, address: url, port, appUrl })
  if (!place || isOwner(headers.get("cookie"))) return null
  try {
    const session = await sessionOfRequest(new Request(place, { headers: { cookie: headers.get("cookie") ?? "" } }))
    if (session && (await hasConversations(session.user.id))) return null
    return (await isReachedByName(port)) ? place.href : null
  } catch (error) {
    logFault("checking this machine's name", error)
    return null
  }
}

/**
 * `npm start` has printed the name: from now on the server process (lib/server/server.mjs) checks each page request.
 */
export function redirectToHostName(): void {
  if (process.env.SPARKLER_BY_NAME === "1") singleton("otherPlace", () => otherPlace)
}

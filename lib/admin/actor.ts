/** Who administers, as the audit log names them. */

import type { Action } from "@/lib/auth/rights"
import { requireRight } from "@/lib/auth/session"
import type { SessionUser } from "@/lib/auth/sessions"
import { config } from "@/lib/config"
import { clientAddress } from "@/lib/http/peer"
import { type Language, languageOf } from "@/lib/i18n/language"
import { type Audited, audit } from "@/lib/operator/audit"

export interface Actor {
  user: SessionUser
  /** In which they read the page. */
  language: Language
  /** Writes down what they did. */
  note(done: Omit<Audited, "actor" | "address">): Promise<void>
}

/** Who sent a request, if they may do this. Throws `auth:required`, `auth:forbidden`. */
export async function requireActor(request: Request, action: Action): Promise<Actor> {
  const user = await requireRight(request, action)
  const address = clientAddress(request.headers, config().trustedProxies)
  return {
    user,
    language: languageOf(request.headers),
    note: (done) => audit({ ...done, actor: { id: user.id, name: user.name }, ...(address && { address }) }),
  }
}

/** The administrator who acts, as named in the audit log. */

import type { Action } from "@/lib/auth/rights"
import { requireRight } from "@/lib/auth/session"
import type { SessionUser } from "@/lib/auth/sessions"
import { config } from "@/lib/config"
import { clientAddress } from "@/lib/http/peer"
import { type Language, languageOf } from "@/lib/i18n/language"
import { type Audited, audit } from "@/lib/operator/audit"

export interface Actor {
  user: SessionUser
  /** The language of their page. */
  language: Language
  /** Adds an entry to the audit log. */
  note(done: Omit<Audited, "actor" | "address">): Promise<void>
}

/** The sender of a request, if they have this right. Throws `auth:required`, `auth:forbidden`. */
export async function requireActor(request: Request, action: Action): Promise<Actor> {
  const user = await requireRight(request, action)
  const address = clientAddress(request.headers, config().trustedProxies)
  return {
    user,
    language: languageOf(request.headers),
    note: (done) => audit({ ...done, actor: { id: user.id, name: user.name }, ...(address && { address }) }),
  }
}

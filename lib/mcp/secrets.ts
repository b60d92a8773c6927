/** Secrets of a user's server: headers, and the OAuth sign-in data. */
import { z } from "zod"
import { config } from "@/lib/config"
import { registerPersonalKey } from "@/lib/redact-keys"
import { PURPOSES, seal, unseal } from "@/lib/seal"

const PURPOSE = PURPOSES.mcpServer

const secretsSchema = z.object({
  headers: z.record(z.string(), z.string()).default({}),
  /** OAuth: Sparkler's client registration there, its tokens, and the state of a sign-in in progress. */
  client: z.looseObject({ client_id: z.string() }).optional(),
  tokens: z.looseObject({ access_token: z.string(), token_type: z.string() }).optional(),
  verifier: z.string().optional(),
  discovery: z.looseObject({ authorizationServerUrl: z.string() }).optional(),
  state: z.string().optional(),
  /** Scopes that were requested last. */
  scope: z.string().optional(),
  /** Scopes that a call was rejected for lacking: requested at the next sign-in. */
  wanted: z.string().optional(),
  /** The outcome of the last sign-in, if it failed. */
  failed: z.object({ refused: z.boolean(), words: z.string().optional() }).optional(),
})
export type Secrets = z.infer<typeof secretsSchema>

const NONE: Secrets = { headers: {} }

/** Null if there is nothing to store. */
export function sealSecrets(secrets: Secrets): string | null {
  const { headers, ...rest } = secrets
  if (Object.keys(headers).length === 0 && Object.values(rest).every((value) => value === undefined)) return null
  return seal(JSON.stringify(secrets), config().authSecret, PURPOSE)
}

/** The stored secrets; empty if they can't be decrypted because `AUTH_SECRET` has changed. */
export function openSecrets(sealed: string | null): Secrets {
  if (sealed === null) return NONE
  try {
    const secrets = secretsSchema.parse(JSON.parse(unseal(sealed, config().authSecret, PURPOSE)))
    for (const value of Object.values(secrets.headers)) registerPersonalKey(value.replace(/^Bearer\s+/i, ""))
    for (const token of [secrets.tokens?.access_token, secrets.tokens?.refresh_token])
      if (typeof token === "string") registerPersonalKey(token)
    return secrets
  } catch {
    return NONE
  }
}

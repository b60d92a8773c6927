/** What is kept secret of a person's server: headers, and what signing in to it brought. */
import { z } from "zod"
import { config } from "@/lib/config"
import { keepPersonsKeyHidden } from "@/lib/hide-keys"
import { PURPOSES, seal, unseal } from "@/lib/seal"

const PURPOSE = PURPOSES.mcpServer

const secretsSchema = z.object({
  headers: z.record(z.string(), z.string()).default({}),
  /** OAuth: how Sparkler is registered there, its tokens, and what a sign-in that is under way needs. */
  client: z.looseObject({ client_id: z.string() }).optional(),
  tokens: z.looseObject({ access_token: z.string(), token_type: z.string() }).optional(),
  verifier: z.string().optional(),
  discovery: z.looseObject({ authorizationServerUrl: z.string() }).optional(),
  state: z.string().optional(),
  /** Scopes that were asked for last. */
  scope: z.string().optional(),
  /** Scopes without which a call was refused: asked for at the next sign-in. */
  wanted: z.string().optional(),
  /** How the last sign-in ended, where it brought nothing. */
  failed: z.object({ refused: z.boolean(), words: z.string().optional() }).optional(),
})
export type Secrets = z.infer<typeof secretsSchema>

const NONE: Secrets = { headers: {} }

/** Null: nothing to keep. */
export function sealSecrets(secrets: Secrets): string | null {
  const { headers, ...rest } = secrets
  if (Object.keys(headers).length === 0 && Object.values(rest).every((value) => value === undefined)) return null
  return seal(JSON.stringify(secrets), config().authSecret, PURPOSE)
}

/** What was kept; nothing where it can't be read any more, since `AUTH_SECRET` is another one. */
export function openSecrets(sealed: string | null): Secrets {
  if (sealed === null) return NONE
  try {
    const secrets = secretsSchema.parse(JSON.parse(unseal(sealed, config().authSecret, PURPOSE)))
    for (const value of Object.values(secrets.headers)) keepPersonsKeyHidden(value.replace(/^Bearer\s+/i, ""))
    for (const token of [secrets.tokens?.access_token, secrets.tokens?.refresh_token])
      if (typeof token === "string") keepPersonsKeyHidden(token)
    return secrets
  } catch {
    return NONE
  }
}

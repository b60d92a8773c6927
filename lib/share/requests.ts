/** Request bodies of the share routes. */
import { z } from "zod"
import { idSchema } from "@/lib/ids"
import { MAX_REASON, MAX_SHARE_PEOPLE, MAX_SHARE_TITLE, PASSCODE } from "@/lib/share/options"
import { SECRET_KINDS } from "@/lib/share/secrets"

/** Maximum number of messages omitted, and of secrets listed individually. */
const MAX_NAMED = 5_000

export const optionsSchema = z.strictObject({
  thinking: z.boolean(),
  tools: z.boolean(),
  systemPrompt: z.boolean(),
  images: z.boolean(),
  /** Links from earlier versions have no documents. */
  documents: z.boolean().default(false),
  author: z.boolean(),
  leftOut: z.array(z.string().max(64)).max(MAX_NAMED),
  blackOut: z.strictObject({
    kinds: z.array(z.enum(SECRET_KINDS)).max(SECRET_KINDS.length),
    ids: z.array(z.string().max(64)).max(MAX_NAMED),
  }),
})

const title = z.string().trim().min(1).max(MAX_SHARE_TITLE)
const expiresAt = z.iso.datetime({ offset: true }).transform((text) => new Date(text))
const passcode = z.string().min(PASSCODE.least).max(PASSCODE.most)
const email = z.email().max(320).trim().toLowerCase()
/** Identifies the previewed content. */
const digest = z.string().max(64)

/** `POST /api/conversations/{id}/shares`: everything is optional. */
export const newShareSchema = z.strictObject({
  title: title.optional(),
  options: optionsSchema.optional(),
  digest: digest.optional(),
  expiresAt: expiresAt.nullable().optional(),
  passcode: passcode.nullable().optional(),
  listed: z.boolean().optional(),
  /** Only for users of this installation. */
  inside: z.boolean().optional(),
  people: z.array(email).max(MAX_SHARE_PEOPLE).optional(),
})
export type NewShareRequest = z.infer<typeof newShareSchema>

/** `PATCH /api/shares/{id}`: revokes it, or changes these. Null removes an expiry or a passcode. */
export const changeShareSchema = z.union([
  z.strictObject({ revoked: z.literal(true) }),
  z
    .strictObject({
      title: title.optional(),
      expiresAt: expiresAt.nullable().optional(),
      passcode: passcode.nullable().optional(),
      listed: z.boolean().optional(),
      /** Replaces the snapshot. `message`: the last message to include; null for all messages. */
      snapshot: z
        .strictObject({ options: optionsSchema, digest: digest.optional(), message: idSchema.nullable().optional() })
        .optional(),
    })
    .refine((change) => Object.keys(change).length > 0, "contains no changes"),
])
export type ShareChange = Exclude<z.infer<typeof changeShareSchema>, { revoked: true }>

/** `POST /api/shares/{id}/people` */
export const personSchema = z.strictObject({ email })
export const unlockSchema = z.strictObject({ passcode: z.string().max(1_000) })
export const reportSchema = z.strictObject({ reason: z.string().trim().min(1).max(MAX_REASON) })
/** The client generates the copy's ID; `message`: the last message to copy, or the end of the share if omitted. */
export const continueSchema = z.strictObject({ id: idSchema, message: z.string().max(64).optional() })

/** What the browser asks of a conversation. Safe to import on both sides. */
import { z } from "zod"
import { idSchema } from "@/lib/ids"
import { DETAILS } from "@/lib/image.types"
import { COMPARED } from "@/lib/limits"
import { changeRequestSchema } from "@/lib/messages/change.types"
import { MAX_ALT } from "@/lib/messages/image-facts"
import { PAGE_FAULTS } from "@/lib/messages/page-calls"
import { repairRequestSchema } from "@/lib/messages/repair.types"
import {
  documentChoiceSchema,
  modelIdSchema,
  outputRequestSchema,
  settingsSchema,
  textFileSchema,
} from "@/lib/messages/types"

/**
 * Which piece of a branch: `last` its newest page, `before` the page before a message (back to `from`, when that is
 * given too), `from` everything from a message on; else all of it.
 */
export const viewPieceSchema = z
  .object({ last: z.literal("1").transform(() => true), before: idSchema, from: idSchema })
  .partial()
  .strict()
export type ViewPiece = z.infer<typeof viewPieceSchema>

/** What a person says of an image; what the server knows of it itself is not taken from a browser. */
const imageWishSchema = z.object({ alt: z.string().trim().min(1).max(MAX_ALT), detail: z.enum(DETAILS) }).partial()

/** `POST /api/chat`. */
export const chatRequestSchema = z
  .object({
    /** Conversation id; made by the client, the conversation is created when there is none. */
    id: idSchema,
    message: z.object({
      id: idSchema,
      role: z.literal("user").optional(),
      parts: z
        .array(
          z.union([
            z.object({ type: z.literal("text"), text: z.string() }),
            z.object({
              type: z.literal("file"),
              url: z.string().max(200),
              mediaType: z.string().max(100),
              filename: z.string().max(255).optional(),
              providerMetadata: z.object({ sparkler: imageWishSchema }).optional(),
            }),
            z.object({ type: z.literal("data-summary"), data: z.strictObject({}) }),
            z.object({ type: z.literal("data-text-file"), data: textFileSchema }),
            z.object({ type: z.literal("data-document"), data: documentChoiceSchema }),
          ]),
        )
        .max(64),
    }),
    /** The message that this one answers; the active leaf when left out, null for the root. */
    parentId: idSchema.nullable().optional(),
    /** `parentId` is the end of what was seen: where the conversation has gone on from there, this goes behind that. */
    append: z.literal(true).optional(),
    /** Id for the answer. A new one for a stored message makes a sibling answer (regenerate). */
    responseId: idSchema.optional(),
    model: modelIdSchema.optional(),
    settings: settingsSchema.optional(),
    output: outputRequestSchema.optional(),
    /** Asks these models at once, in place of `model` and `responseId`: the response carries all their answers. */
    compare: z
      .array(z.strictObject({ model: modelIdSchema, responseId: idSchema }))
      .min(COMPARED.least)
      .max(COMPARED.most)
      .optional(),
    /** The model answers this once: the conversation stays with the one that it has. */
    once: z.literal(true).optional(),
    /** Takes the place of this answer in a comparison; the old one stays as a version. */
    replaces: idSchema.optional(),
    /** The answer is one to this question in which a part is another. */
    change: changeRequestSchema.optional(),
    /** The answer is one to this question whose wrong values are asked for again; its `output` is that answer's. */
    repair: repairRequestSchema.optional(),
    /** Which of the answers in `compare` is whose is not told until one is chosen. */
    blind: z.literal(true).optional(),
    /** The answer is made out of those that are compared with this one, and stands beside them. */
    merges: idSchema.optional(),
    /** A conversation that begins with this message leaves nothing behind. */
    temporary: z.literal(true).optional(),
    /** The folder that a conversation which begins with this message stands in; in the list when it is gone. */
    folderId: idSchema.optional(),
  })
  .strict()
  .refine(({ compare, model, responseId, replaces }) => !compare || !(model || responseId || replaces), {
    path: ["compare"],
    message: "stands in place of model, responseId and replaces",
  })
  .refine(({ compare = [] }) => new Set(compare.map(({ responseId }) => responseId)).size === compare.length, {
    path: ["compare"],
    message: "each answer needs an id of its own",
  })
  .refine(
    ({ change, responseId, compare, replaces, merges }) => !change || (responseId && !compare && !replaces && !merges),
    {
      path: ["change"],
      message: "needs an id for the version, and no other answers beside it",
    },
  )
  .refine(
    ({ repair, responseId, compare, replaces, merges, change, output }) =>
      !repair || (responseId && !compare && !replaces && !merges && !change && !output),
    { path: ["repair"], message: "needs an id for the version, and nothing else beside it" },
  )
  .refine(({ replaces, merges, responseId }) => !(replaces || merges) || responseId, {
    path: ["responseId"],
    message: "is needed for an answer beside others",
  })
  .refine(({ compare, replaces, merges }) => !merges || !(compare || replaces), {
    path: ["merges"],
    message: "goes with neither compare nor replaces",
  })
  .refine(({ compare, blind }) => !blind || compare, { path: ["blind"], message: "goes with compare" })
export type ChatRequest = z.infer<typeof chatRequestSchema>

/**
 * What is said of answers that are compared: the one named is `better` than the others, all are a `tie`, or all are
 * `bad`; `none` takes it back.
 */
export const verdictRequestSchema = z.strictObject({
  of: idSchema,
  outcome: z.enum(["better", "tie", "bad", "none"]),
})
export type VerdictRequest = z.infer<typeof verdictRequestSchema>

/** `POST /api/chat/{id}/continue`. The generation's id is made by the client: the same request again starts nothing. */
export const continueRequestSchema = z.object({ messageId: idSchema, generationId: idSchema }).strict()
export type ContinueRequest = z.infer<typeof continueRequestSchema>

/** `POST /api/chat/{id}/approvals`: whether a call that waits may run. What was said once can't be said otherwise. */
export const approvalRequestSchema = z
  .object({
    messageId: idSchema,
    approvalId: z.string().min(1).max(200),
    approved: z.boolean(),
    /** From now on the tool runs unasked: in this conversation, or in all of them. */
    always: z.enum(["here", "everywhere"]).optional(),
    /** Told to the model. */
    reason: z.string().trim().max(1_000).optional(),
    generationId: idSchema,
  })
  .strict()
  .refine(({ approved, always }) => approved || !always, { path: ["always"], message: "goes with approved" })
export type ApprovalRequest = z.infer<typeof approvalRequestSchema>

/** `DELETE /api/chat/{id}/steer`: a message that waits for the next step of an answer is not for it. */
export const unsteerRequestSchema = z.strictObject({ messageId: idSchema, id: idSchema })
export type UnsteerRequest = z.infer<typeof unsteerRequestSchema>

/** `POST /api/chat/{id}/steer`: a message for the model, before the next step of its answer. The same `id` again says nothing new. */
export const steerRequestSchema = unsteerRequestSchema.extend({ text: z.string().trim().min(1) })
export type SteerRequest = z.infer<typeof steerRequestSchema>

/** `POST /api/chat/{id}/retry`: a call that failed runs again. The same `generationId` again starts nothing. */
export const retryRequestSchema = z.strictObject({
  messageId: idSchema,
  toolCallId: z.string().min(1).max(200),
  generationId: idSchema,
})
export type RetryRequest = z.infer<typeof retryRequestSchema>

const callSchema = { messageId: idSchema, toolCallId: z.string().min(1).max(200) }

/** `POST /api/chat/{id}/calls`: this page runs a call, or still does. `holder` is made by the page. */
export const claimRequestSchema = z.strictObject({
  ...callSchema,
  holder: idSchema,
  /** It needs the files of the conversation. */
  files: z.literal(true).optional(),
})
export type ClaimRequest = z.infer<typeof claimRequestSchema>

/** `POST /api/chat/{id}/results`: what came of a call that a page ran, or that the person answered. */
export const resultRequestSchema = z.strictObject({
  ...callSchema,
  /** The page that ran it; without one, the person answered. */
  holder: idSchema.optional(),
  result: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("output"), output: z.unknown() }),
    /** It failed, in words for the model. */
    z.strictObject({ kind: z.literal("failed"), text: z.string().trim().min(1).max(20_000) }),
    /** One of the reasons of `PAGE_FAULTS`. */
    z.strictObject({ kind: z.literal("fault"), fault: z.enum(PAGE_FAULTS) }),
  ]),
  generationId: idSchema,
})
export type ResultRequest = z.infer<typeof resultRequestSchema>

/** What must hold for a request before anything is stored. All throw `AppError`s with a sentence. */
import type { SessionUser } from "@/lib/auth/sessions"
import { imageIdOf } from "@/lib/chat/history"
import { withImageSupport } from "@/lib/chat/model-image-support"
import type { ChatRequest } from "@/lib/chat/requests"
import { hasPictures } from "@/lib/chat/sent-documents"
import { config } from "@/lib/config"
import type { FileRow } from "@/lib/db/files"
import type { Standing } from "@/lib/db/turns"
import { runtime } from "@/lib/generation/runtime"
import { AppError } from "@/lib/http/errors"
import { MAX_IMAGES } from "@/lib/images/for-model"
import { derivedFromOf } from "@/lib/images/images"
import { factsMetadata, imageFactsOf } from "@/lib/messages/image-facts"
import type { MessageParts } from "@/lib/messages/parts"
import type { ModelInfo } from "@/lib/models/model.types"
import { modelOf } from "@/lib/own-key/payer"
import { createModelAccessFilter, offeredModels, requireOffered } from "@/lib/quota/offers"

const MAX_FILES_A_MESSAGE = 30

/** Throws `server:stopping` once this process has been told to stop. */
export function checkRunning(): void {
  if (runtime().stopping) throw new AppError("server:stopping")
}

export const busy = () => new AppError("conversation:busy")

/** The parts of a message to send. Throws if it is empty, too long, or has images that aren't allowed. */
export function validatedParts({ message }: ChatRequest): ChatRequest["message"]["parts"] {
  const { messageChars } = config().limits
  const files = message.parts.filter((part) => part.type === "data-text-file")
  const length = message.parts.reduce((sum, part) => sum + charactersOf(part), 0)
  if (length > messageChars)
    throw new AppError("message:too_long", {
      values: { files: files.length > 0 ? "some" : "none", length, limit: messageChars },
    })
  const parts = message.parts.filter((part) => part.type !== "text" || part.text.trim() !== "")
  if (parts.length === 0) throw new AppError("message:empty")
  const images = parts.filter((part) => part.type === "file")
  if (images.some(({ url }) => imageIdOf(url) === null)) throw new AppError("image:not_found/not_uploaded")
  if (images.length > MAX_IMAGES) throw new AppError("image:too_many", { values: { count: MAX_IMAGES } })
  if (files.length > MAX_FILES_A_MESSAGE)
    throw new AppError("file:too_many", { values: { count: MAX_FILES_A_MESSAGE } })
  return parts
}

/** Adds the stored row's data to each image, so that a page can reserve space for it before it loads. */
export function describeImages(parts: MessageParts, rows: FileRow[]): MessageParts {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return parts.map((part) => {
    const row = part.type === "file" ? byId.get(imageIdOf(part.url) ?? "") : undefined
    if (part.type !== "file" || !row) return part
    const { width, height, thumbhash } = row
    const facts = { width: width ?? undefined, height: height ?? undefined, thumbhash: thumbhash ?? undefined }
    return { ...part, ...factsMetadata({ ...imageFactsOf(part), ...facts, derivedFrom: derivedFromOf(row) }) }
  })
}

function charactersOf(part: ChatRequest["message"]["parts"][number]): number {
  if (part.type === "text") return part.text.length
  return part.type === "data-text-file" ? part.data.text.length : 0
}

/** Throws if `more` answers on top of the running ones exceed what may be written for one user at once. */
export function checkLimit(running: number, more = 1): void {
  if (running + more > config().limits.runningPerUser) throw new AppError("limit:reached/running")
}

/**
 * The requested model, or the one that sees if there are images and `VISION_MODEL` is set; compared models are never
 * replaced. The user's setting decides whether a model sees. Throws `model:not_offered`, and `model:no_images` with the
 * models that do.
 */
export async function modelFor(
  user: SessionUser,
  asked: { model: string | undefined },
  { compare }: ChatRequest,
  conversation: Standing | null,
  parts: MessageParts,
): Promise<ModelInfo> {
  const wanted = asked.model ?? conversation?.model
  const model = wanted ? await modelOf(user.id, wanted) : await defaultModelOf(user)
  await requireOffered(user, model)
  if (!hasPictures(parts) || (await withImageSupport(user.id, model)).images) return model
  const { visionModel } = config()
  if (visionModel && !compare) return modelOf(user.id, visionModel)
  const seeing = await seeingModels(user)
  const details = { model: model.id, guessed: model.imagesGuessed === true, seeing }
  if (seeing.length === 0) throw new AppError("model:no_images", { values: { model: model.name }, details })
  const others = { list: seeing.map(({ name }) => name), as: "and" } as const
  throw new AppError("model:no_images/others", { values: { model: model.name, others }, details })
}

/** The default model, or the first one offered if this user isn't offered the default. */
async function defaultModelOf(user: SessionUser): Promise<ModelInfo> {
  const model = await modelOf(user.id, undefined)
  if ((await createModelAccessFilter(user))(model)) return model
  return modelOf(user.id, (await offeredModels(user)).default)
}

const MAX_NAMED = 3

/** Some models that accept images, the default one first. */
async function seeingModels(user: SessionUser): Promise<{ id: string; name: string }[]> {
  const { models, default: chosen } = await offeredModels(user)
  const seeing = models.filter(({ images, retired, missing, own }) => images && !(retired || missing || own))
  const first = seeing.filter(({ id }) => id === chosen)
  return [...first, ...seeing.filter(({ id }) => id !== chosen)]
    .slice(0, MAX_NAMED)
    .map(({ id, name }) => ({ id, name }))
}

/** What has to be true of a request for an answer before anything is stored. All throw `AppError`s with a sentence. */
import { resolveModel } from "@/lib/ai/catalogue"
import type { ModelInfo } from "@/lib/ai/model.types"
import type { SessionUser } from "@/lib/auth/token"
import { imageIdOf } from "@/lib/chat/history"
import type { MessageParts } from "@/lib/chat/parts"
import type { ChatRequest } from "@/lib/chat/requests"
import { config } from "@/lib/config"
import type { ConversationRow } from "@/lib/db/conversations"
import { runningOfUser, runtime } from "@/lib/generation/runtime"
import { AppError } from "@/lib/http/errors"

const MAX_IMAGES_A_MESSAGE = 10
const MAX_FILES_A_MESSAGE = 10

/** Throws `server:stopping` once this process is asked to end. */
export function checkRunning(): void {
  if (runtime().stopping) throw new AppError("server:stopping", "The server is restarting. Try again in a moment.")
}

export const busy = () =>
  new AppError("conversation:busy", "An answer is being written in this conversation. Stop it or wait for its end.")

/** What of a message is sent. Throws for one that is empty, too long, or has images that can't be. */
export function newParts({ message }: ChatRequest): MessageParts {
  const { messageChars } = config().limits
  const files = message.parts.filter((part) => part.type === "data-text-file")
  const length = message.parts.reduce((sum, part) => sum + charactersOf(part), 0)
  if (length > messageChars)
    throw new AppError(
      "message:too_long",
      `This message${files.length > 0 ? " with its files" : ""} has ${length.toLocaleString("en")} characters; the limit is ${messageChars.toLocaleString("en")}. Shorten it and send again.`,
    )
  const parts = message.parts.filter((part) => part.type !== "text" || part.text.trim() !== "")
  if (parts.length === 0) throw new AppError("message:empty", "Write a message or add a file first.")
  const images = parts.filter((part) => part.type === "file")
  if (images.some(({ url }) => imageIdOf(url) === null))
    throw new AppError("image:not_found", "An image of this message was not uploaded here. Add it again.")
  if (images.length > MAX_IMAGES_A_MESSAGE)
    throw new AppError("image:too_many", `A message holds at most ${MAX_IMAGES_A_MESSAGE} images.`)
  if (files.length > MAX_FILES_A_MESSAGE)
    throw new AppError("file:too_many", `A message holds at most ${MAX_FILES_A_MESSAGE} text files.`)
  return parts
}

function charactersOf(part: ChatRequest["message"]["parts"][number]): number {
  if (part.type === "text") return part.text.length
  return part.type === "data-text-file" ? part.data.text.length : 0
}

/** Throws when with `more` answers too many would be written for this user at once. */
export function checkLimit(user: SessionUser, more = 1): void {
  if (runningOfUser(user.id) + more > config().limits.runningPerUser)
    throw new AppError("limit:reached", "Too many answers are being written for you at once. Wait for one to end.")
}

/**
 * The model that was asked for, or the one that sees when there are pictures and `VISION_MODEL` is set; of models that
 * are compared none is put in the place of another.
 */
export async function modelFor(
  asked: { model: string | undefined },
  { compare }: ChatRequest,
  conversation: ConversationRow | null,
  parts: MessageParts,
): Promise<ModelInfo> {
  const model = await resolveModel(asked.model ?? conversation?.model ?? undefined)
  if (model.images || !parts.some((part) => part.type === "file")) return model
  const { visionModel } = config()
  if (visionModel && !compare) return resolveModel(visionModel)
  throw new AppError("model:no_images", `${model.name} can't look at images. Choose a model that can.`, {
    details: { model: model.id },
  })
}

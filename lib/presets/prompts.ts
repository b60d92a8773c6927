/** A person's prompt library. Every query filters by owner. */
import { isUniqueViolation } from "@/lib/db/errors"
import { createWithinLimit } from "@/lib/db/limits"
import {
  countPrompts,
  createPrompt,
  deletePrompt,
  findPrompt,
  promptByCommand,
  promptsOf,
  updatePrompt,
} from "@/lib/db/prompts"
import { AppError } from "@/lib/http/errors"
import type { Prompt, PromptChange } from "@/lib/presets/types"

const MAX_PROMPTS = 500

export const promptNotFound = () => new AppError("prompt:not_found")
const taken = (command = "") => new AppError("prompt:taken", { values: { command } })

/** Sorted by command. */
export const listPrompts = async (userId: string): Promise<Prompt[]> =>
  (await promptsOf(userId)).map(({ id, command, text }) => ({ id, command, text }))

/**
 * Stores a prompt. Repeating the same id changes nothing. Throws `prompt:taken` if another prompt has the command,
 * `prompt:not_found` if the id belongs to someone else, and `limit:reached` above 500 prompts.
 */
export async function addPrompt(userId: string, prompt: Prompt): Promise<Prompt> {
  const known = await findPrompt(prompt.id, userId)
  if (known) return { id: known.id, command: known.command, text: known.text }
  try {
    const made = await createWithinLimit(userId, {
      most: MAX_PROMPTS,
      count: (client) => countPrompts(client, userId),
      make: (client) => createPrompt(client, { ...prompt, userId }),
    })
    if (!made) throw new AppError("limit:reached/prompts", { values: { count: MAX_PROMPTS } })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    const other = await promptByCommand(userId, prompt.command)
    if (other?.id === prompt.id) return prompt
    throw other ? taken(prompt.command) : promptNotFound()
  }
  return prompt
}

/** Throws `prompt:not_found`, `prompt:taken`. */
export async function changePrompt(userId: string, id: string, change: PromptChange): Promise<void> {
  try {
    if (!(await updatePrompt(id, userId, change))) throw promptNotFound()
  } catch (error) {
    throw isUniqueViolation(error) ? taken(change.command) : error
  }
}

/** Throws `prompt:not_found`. */
export async function removePrompt(userId: string, id: string): Promise<void> {
  if (!(await deletePrompt(id, userId))) throw promptNotFound()
}

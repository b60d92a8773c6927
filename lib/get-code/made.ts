/** The requests of answers derived from other answers: a changed part, a repair, a merge. */
import { toChatMessage } from "@/lib/chat/messages"
import { readSettings } from "@/lib/chat/settings"
import { type MessageRow, messageById } from "@/lib/db/messages"
import { changing } from "@/lib/generation/change"
import { branchOf, historyFor } from "@/lib/generation/history"
import type { GenerationJob } from "@/lib/generation/job"
import { mergeAgain, withMergeTask } from "@/lib/generation/merge"
import { repairing } from "@/lib/generation/repair"
import { AppError } from "@/lib/http/errors"
import { changeOf } from "@/lib/messages/change"
import type { ChatMessage } from "@/lib/messages/types"
import { repairOf } from "@/lib/output/answer/repair"

type Job = Pick<GenerationJob, "conversationId" | "parentId" | "userId" | "model">
type Made = Pick<GenerationJob, "asks" | "history" | "settings">

/** Null for an answer to the question itself. Throws `message:no_request/made` if the original answer is gone. */
export async function madeFrom(row: MessageRow, { metadata, parts }: ChatMessage, job: Job): Promise<Made | null> {
  const settings = readSettings(row.settings)
  const change = changeOf(parts)
  if (change) return changing(await original(row, change.of), { job, change, settings })
  const repair = repairOf(parts)
  if (repair) return repairing(await original(row, repair.of), { job, settings })
  if (!metadata?.merged) return null
  const turns = await branchOf(job.conversationId, job.parentId)
  const task = await mergeAgain(row, { model: job.model, settings, question: turns.at(-1)?.parts ?? [] })
  if (task === null) throw gone()
  return {
    settings,
    history: () => historyFor(job.userId, withMergeTask(turns, job.parentId, task), job.model, { settings }),
  }
}

const gone = () => new AppError("message:no_request/made")

async function original(row: MessageRow, id: string): Promise<ChatMessage> {
  const found = await messageById(id)
  if (found?.conversationId !== row.conversationId || found.deletedAt) throw gone()
  return toChatMessage(found)
}

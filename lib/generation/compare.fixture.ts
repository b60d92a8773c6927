/** Questions to several models at once. */
import { v7 as uuidv7 } from "uuid"
import type { ChatRequest } from "@/lib/chat/requests"
import { ask, MODELS, modules, never, started, user } from "@/lib/generation/generation.fixture"

type Comparison = ChatRequest & { compare: NonNullable<ChatRequest["compare"]> }

export const compare = (text: string, count = 3, more: Partial<ChatRequest> = {}): Comparison => ({
  ...ask(text, more),
  compare: MODELS.slice(0, count).map((model) => ({ model, responseId: uuidv7() })),
})

export async function sendAll(request: ChatRequest, as = user) {
  const { acceptMessage, followMessages } = await modules()
  const { answerIds } = await acceptMessage(as, request)
  return { answerIds, response: await followMessages(as.id, answerIds, { signal: never, named: true }) }
}

/** The numbered chunks of each answer from one stream, and how each ended. */
export async function answersOf(response: Response | null) {
  const answers = new Map<string, { seqs: number[]; text: string; end: string }>()
  for (const block of ((await response?.text()) ?? "").split("\n\n")) {
    const [, name = "", seq, data = ""] = /^event: (\S+)\n(?:id: (\d+)\n)?data: (.*)$/s.exec(block) ?? []
    if (!name) continue
    const answer = answers.get(name) ?? { seqs: [], text: "", end: "" }
    answers.set(name, answer)
    if (seq === undefined) answer.end = data
    else {
      const chunk = JSON.parse(data)
      answer.seqs.push(Number(seq))
      if (chunk.type === "text-delta") answer.text += chunk.delta
    }
  }
  return answers
}

export const viewOf = async (id: string) => (await modules()).viewWithRunning(user.id, id)
export const statuses = async (id: string) => (await viewOf(id))?.compared.map(({ metadata }) => metadata?.status)
export const runningIn = async (id: string) =>
  (await started.testDb.database.conversation.findUnique({ where: { id } }))?.running

export const textOfWords = (count: number) => Array.from({ length: count }, (_, n) => `w${n}`).join(" ")

/** Runs a whole comparison; names are hidden if `blind` says so. */
export async function compared(text: string, count = 3, more: Partial<ChatRequest> = {}) {
  const request = compare(text, count, more)
  const { response, answerIds } = await sendAll(request)
  const streamed = (await response?.text()) ?? ""
  return { ...request, answerIds, streamed }
}

/** All verdicts on comparisons, of any user. */
export const choices = () => started.testDb.database.modelChoice.findMany({ orderBy: { createdAt: "asc" } })
export const reset = () => started.testDb.database.modelChoice.deleteMany()

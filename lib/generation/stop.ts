import { setTimeout as wait } from "node:timers/promises"
import { z } from "zod"
import { topicOf } from "@/lib/bus/topic"
import {
  generationById,
  generationsOfUser,
  runningConversations,
  runningGenerations,
  runningOfGuests,
} from "@/lib/db/generations"
import { closeAbandoned } from "@/lib/generation/recover"
import { type Running, runtime } from "@/lib/generation/runtime"

/** How often to look for a generation that is stored but not yet registered here, 10 ms apart. */
const LOOKS = 50

/** Milliseconds in which a live process acknowledges; after that it is considered dead. */
const PATIENCE_MS = 3_000
/** Milliseconds between checks whether an acknowledged stop is done, in case its reply is lost. */
const LOOK_MS = 1_000
/** How often to try a takeover when someone else holds the generation, or it can't be stored. */
const MAX_TRIES = 5

/** Requests to a process to stop a generation. */
const requestsTo = (nodeId: string) => topicOf(`stop:${nodeId}`, z.object({ generationId: z.uuid() }))
/** Its replies. `unknown`: it doesn't run the generation. */
const wordSchema = z.enum(["heard", "done", "unknown"])
type Word = z.infer<typeof wordSchema>
const repliesOf = (generationId: string) => topicOf(`stopped:${generationId}`, wordSchema)

/**
 * Stops what runs in a conversation of this user, or one answer of it, from any tab and process; resolves when
 * everything stopped is stored. False when nothing runs there.
 */
export async function stopConversation(userId: string, conversationId: string, messageId?: string): Promise<boolean> {
  const running = await runningGenerations(conversationId, userId)
  return stopAnswers(running.filter((generation) => !messageId || generation.messageId === messageId))
}

interface Owned {
  id: string
  /** The process that runs it. */
  nodeId: string
}

/**
 * Stops these generations, each through the process that runs it; those of dead processes are closed as interrupted.
 * False if none of them was running anymore.
 */
export async function stopAnswers(generations: Owned[]): Promise<boolean> {
  const stopped = await Promise.all(
    generations.map((generation) =>
      generation.nodeId === runtime().nodeId ? stopHere(generation.id) : stopElsewhere(generation),
    ),
  )
  return stopped.includes(true)
}

/** Handles stop requests from other processes. Resolves with an unsubscribe function. */
export const subscribeToStops = (): Promise<() => void> =>
  requestsTo(runtime().nodeId).subscribe(({ generationId }) => void obey(generationId))

async function obey(generationId: string): Promise<void> {
  const replies = repliesOf(generationId)
  await replies.publish("heard")
  await replies.publish((await stopHere(generationId)) ? "done" : "unknown")
}

async function stopHere(id: string): Promise<boolean> {
  const running = await runningHere(id)
  running?.abort("stop")
  await running?.done
  return running !== undefined
}

/** A generation is stored shortly before it starts, so this waits for it. */
async function runningHere(id: string): Promise<Running | undefined> {
  for (let look = 0; look < LOOKS; look++) {
    const running = runtime().running.get(id)
    if (running) return running
    if (look > 0 && !(await stillOpen(id))) return undefined
    await wait(10)
  }
  return undefined
}

const stillOpen = async (id: string) => (await generationById(id))?.endedAt === null

/** Asks the process that runs it. If that process doesn't respond or doesn't run it, takes the generation over. */
async function stopElsewhere({ id, nodeId }: Owned): Promise<boolean> {
  let word: Word | null = null
  let wake = () => {}
  const leave = await repliesOf(id).subscribe((said) => {
    word = said
    wake()
  })
  /** Resolves when `word` is one of these, or after `ms` milliseconds. */
  const until = async (words: Word[], ms: number) => {
    const late = wait(ms, true)
    while (!(word && words.includes(word))) {
      const said = new Promise<false>((resolve) => {
        wake = () => resolve(false)
      })
      if (await Promise.race([said, late])) return
    }
  }
  try {
    await requestsTo(nodeId).publish({ generationId: id })
    await until(["heard", "done", "unknown"], PATIENCE_MS)
    for (let tries = 0; tries < MAX_TRIES; ) {
      if (word === "heard" || tries > 0) await until(["done", "unknown"], LOOK_MS)
      const generation = await generationById(id)
      if (generation?.endedAt !== null) return true
      if (word === "heard" && generation.leaseUntil >= new Date()) continue
      if (await closeAbandoned(generation)) return true
      tries++
    }
    return false
  } finally {
    leave()
  }
}

/** Stops everything that runs in these conversations of this user. */
export async function stopConversations(userId: string, conversationIds: string[]): Promise<void> {
  const running = await runningConversations(userId)
  await Promise.all(conversationIds.filter((id) => running.has(id)).map((id) => stopConversation(userId, id)))
}

/** Stops everything being written for guests, in any process. */
export const stopAnswersOfGuests = async (): Promise<void> => void (await stopAnswers(await runningOfGuests()))

/** Stops everything being written for this user, even if its rows are gone; resolves when all of it has ended. */
export async function stopAnswersOf(userId: string): Promise<void> {
  await stopAnswers(await generationsOfUser(userId))
  const left = [...runtime().running.values()].filter((running) => running.userId === userId)
  for (const running of left) running.abort("stop")
  await Promise.allSettled(left.map(({ done }) => done))
}

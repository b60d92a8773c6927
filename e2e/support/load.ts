/** Conversations under constant load: as soon as an answer has ended, the next question is sent. */
import { randomUUID } from "node:crypto"
import { type Guest, newTurn, type Turn, words } from "./guest"
import type { Random } from "./random"

export interface Talk {
  id: string
  guest: Guest
  /** Oldest first; only the last one can be unanswered. */
  turns: Turn[]
  /** The stored answers that no longer change, by the question's id. */
  settled: Map<string, string>
}

export const newTalk = (guest: Guest): Talk => ({ id: randomUUID(), guest, turns: [], settled: new Map() })

/** Some answers end immediately, some last longer than any round. */
function question(random: Random): string {
  const rate = [60, 150, 400, 1_000][random.between(0, 3)]
  const count = random.next() < 0.7 ? random.between(1, 60) : random.between(300, 3_000)
  return `[[words n=${count} rate=${rate}]] ${random.between(0, 1_000_000)}`
}

/** The whole answer to a question of the load. */
export const answerTo = ({ question }: Turn) => words(Number(/n=(\d+)/.exec(question)?.[1]))

/** Keeps asking until `over`; a connection that breaks before that is an error. */
export async function chatUntil(talk: Talk, random: Random, over: () => boolean): Promise<void> {
  while (!over()) {
    const turn = newTurn(talk.id, question(random))
    talk.turns.push(turn)
    try {
      await talk.guest.ask(turn)
    } catch (error) {
      if (!over()) throw error
    }
  }
}

/**
 * The daily answer budget of all guests together: guest accounts are unlimited, so limits per user don't bound the
 * cost.
 */
import { z } from "zod"
import type { SessionUser } from "@/lib/auth/sessions"
import { topicOf } from "@/lib/bus/topic"
import { config } from "@/lib/config"
import { generationsOfGuests } from "@/lib/db/generations"
import { takenByGuests } from "@/lib/db/quota"
import { runtime } from "@/lib/generation/runtime"
import { AppError } from "@/lib/http/errors"
import { operatorSettings } from "@/lib/operator/settings"
import { singleton } from "@/lib/singleton"

interface Day {
  /** UTC date, `2026-11-28`. */
  name: string
  /** Answers so far, counted in the database once a day. */
  answers: Promise<number>
  /** Taken since that count, by any process. */
  taken: number
}

interface Budget {
  day?: Day
  /** Set once this process is subscribed to the others. */
  joined?: Promise<unknown>
}

/** What a process takes, or gives back (negative). */
const takings = topicOf("guest-answers", z.object({ nodeId: z.string(), day: z.string(), count: z.number().int() }))

/**
 * Takes `count` answers from today's budget if the user is a guest. Returns a function that gives them back if nothing
 * was started. Throws `limit:reached`, and `auth:guests_off` if the operator no longer allows guests.
 */
export async function takeGuestAnswers(user: SessionUser, count: number, now = new Date()): Promise<() => void> {
  if (!user.guest) return () => undefined
  // Existing guests may still read, and take everything with them into an account.
  if (!(await operatorSettings()).guests) throw new AppError("auth:guests_off")
  const day = today(now)
  // Taken before the first await, so that concurrent requests can't exceed the budget.
  const take = (more: number) => {
    day.taken += more
    void takings.publish({ nodeId: runtime().nodeId, day: day.name, count: more })
  }
  take(count)
  const giveBack = () => take(-count)
  const before = await day.answers.catch((error: unknown) => {
    giveBack()
    throw error
  })
  if (before + day.taken <= config().limits.guestAnswersPerDay) return giveBack
  giveBack()
  throw new AppError("limit:reached/guest_budget")
}

function today(now: Date): Day {
  const kept = singleton<Budget>("guestBudget", () => ({}))
  const name = now.toISOString().slice(0, 10)
  if (kept.day?.name === name) return kept.day
  const day: Day = { name, answers: hearOthers(kept).then(() => answersOf(name)), taken: 0 }
  // Retry a failed count.
  day.answers.catch(() => {
    if (kept.day === day) kept.day = undefined
  })
  kept.day = day
  return day
}

/** Chat answers, including those paid with a user's own key; or all that was taken from quotas, if that is more. */
async function answersOf(day: string): Promise<number> {
  const [written, taken] = await Promise.all([generationsOfGuests(new Date(day)), takenByGuests(day)])
  return Math.max(written, taken)
}

/** Subscribes before the count so that nothing is missed; what is taken in that moment may count twice. */
async function hearOthers(kept: Budget): Promise<void> {
  kept.joined ??= takings.subscribe(({ nodeId, day, count }) => {
    if (nodeId !== runtime().nodeId && kept.day?.name === day) kept.day.taken += count
  })
  await kept.joined.catch((error: unknown) => {
    kept.joined = undefined
    throw error
  })
}

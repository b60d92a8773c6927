/** Who may see a page of the administration. */
import { notFound } from "next/navigation"
import { type Action, may } from "@/lib/auth/rights"
import { currentUser } from "@/lib/auth/session"
import type { SessionUser } from "@/lib/auth/sessions"

/**
 * The administrator that a page is drawn for. Each page asks, not their layout alone: a change of pages draws that one no
 * second time. To everybody else there is no such page.
 */
export async function adminOf(action: Action): Promise<SessionUser> {
  const user = await currentUser()
  if (!user || !may({ user }, action)) notFound()
  return user
}

/** What a page is asked for in its address, each once. */
export const askedFor = (asked: Record<string, string | string[] | undefined>, name: string): string => {
  const value = asked[name]
  return (Array.isArray(value) ? value[0] : value) ?? ""
}

/** A page's number, from 1 on. */
export function pageNumber(text: string): number {
  const number = Number(text)
  return Number.isSafeInteger(number) && number >= 1 && number <= 1_000_000 ? number : 1
}

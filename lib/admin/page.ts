/** Access to the administration pages. */
import { notFound } from "next/navigation"
import { type Action, may } from "@/lib/auth/rights"
import { currentUser } from "@/lib/auth/session"
import type { SessionUser } from "@/lib/auth/sessions"

/**
 * The administrator that a page is rendered for. Every page checks this, not just the layout, which isn't rendered
 * again on navigation. Everyone else gets a 404.
 */
export async function requireAdminPage(action: Action): Promise<SessionUser> {
  const user = await currentUser()
  if (!user || !may({ user }, action)) notFound()
  return user
}

/** A query parameter's value; the first one if repeated. */
export const askedFor = (asked: Record<string, string | string[] | undefined>, name: string): string => {
  const value = asked[name]
  return (Array.isArray(value) ? value[0] : value) ?? ""
}

/** A page number, starting at 1. */
export function pageNumber(text: string): number {
  const number = Number(text)
  return Number.isSafeInteger(number) && number >= 1 && number <= 1_000_000 ? number : 1
}

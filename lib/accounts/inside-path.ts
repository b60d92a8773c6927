/** Where to go after signing in: a path of this origin, whatever was asked for. Safe to import on both sides. */
import { isInside } from "@/lib/auth/inside"

const HERE = "http://here.invalid"

/** The path that an address of ours asks for; `/` for what leads anywhere else, or back to where one signs in. */
export function insidePath(asked: unknown): string {
  if (typeof asked !== "string" || !asked.startsWith("/") || !isInside(asked, HERE)) return "/"
  const { pathname, search, hash } = new URL(asked, HERE)
  const path = `${pathname}${search}${hash}`
  // Written out it must still be a path: `/.//host` is `//host`.
  if (!isInside(path, HERE) || /^\/(sign-in|sign-up|forgot|reset|invite|verify|api)(\/|$)/.test(pathname)) return "/"
  return path
}

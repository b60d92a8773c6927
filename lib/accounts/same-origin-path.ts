/** Where to go after signing in: always a path on this origin. Safe to import on both sides. */
import { isSameOriginUrl } from "@/lib/auth/inside"

const HERE = "http://here.invalid"

/** The path requested by a URL of this origin; `/` if it leads anywhere else, or back to a sign-in page. */
export function sameOriginPath(asked: unknown): string {
  if (typeof asked !== "string" || !asked.startsWith("/") || !isSameOriginUrl(asked, HERE)) return "/"
  const { pathname, search, hash } = new URL(asked, HERE)
  const path = `${pathname}${search}${hash}`
  // The normalized result must still be a path: `/.//host` becomes `//host`.
  if (!isSameOriginUrl(path, HERE) || /^\/(sign-in|sign-up|forgot|reset|invite|verify|api)(\/|$)/.test(pathname))
    return "/"
  return path
}

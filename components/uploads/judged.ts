import { ApiError } from "@/components/base/api"

/** The server examined the file and rejects it. */
export const isFinal = (error: unknown): boolean =>
  error instanceof ApiError &&
  /^(image|file|document|request):|^upload:(?!not_found|offset|incomplete|cut)/.test(error.code)

/** The last path segment of a URL, else its host. */
export function nameFromUrl(address: string): string {
  const { pathname, hostname } = new URL(address)
  const last = pathname.split("/").at(-1) || hostname
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

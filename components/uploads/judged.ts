import { ApiError } from "@/components/base/api"

/** The server looked at the file and does not take it. */
export const isFinal = (error: unknown): boolean =>
  error instanceof ApiError &&
  /^(image|file|document|request):|^upload:(?!not_found|offset|incomplete|cut)/.test(error.code)

/** What the last part of an address calls it; else its host. */
export function nameOfAddress(address: string): string {
  const { pathname, hostname } = new URL(address)
  const last = pathname.split("/").at(-1) || hostname
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

import { AppError } from "@/lib/http/errors"

/** The notice at the top of a share's page, taken from its URL. */
export type Said = "done" | "wrong" | "wait" | "off" | "failed"

const saidOf = ({ code, key }: AppError): Said => {
  if (code === "limit:reached") return key === "limit:reached/storage_copy" ? "failed" : "wait"
  if (code === "share:passcode") return "wrong"
  return code === "feature:off" || code.startsWith("auth:") ? "off" : "failed"
}

/** Handles a form submission and redirects back to the share's page: `?report=done`, `?passcode=wrong` and the like. */
export async function redirectToSharePage(
  token: string,
  work: () => Promise<Record<string, string>>,
  what: "passcode" | "report" | "continue",
): Promise<Response> {
  const page = `/share/${encodeURIComponent(token)}`
  const to = (said: Said) => `${page}?${what}=${said}`
  try {
    const headers = await work()
    return new Response(null, {
      status: 303,
      headers: { location: what === "passcode" ? page : to("done"), ...headers },
    })
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "share:not_found") {
      if (error instanceof AppError) return new Response(null, { status: 303, headers: { location: page } })
      throw error
    }
    return new Response(null, { status: 303, headers: { location: to(saidOf(error)) } })
  }
}

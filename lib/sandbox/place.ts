/** Where the sandbox is reached: another origin than the application's. */
import { config } from "@/lib/config"
import { singleton } from "@/lib/singleton"

/** What is known of it in this process. */
export const sandboxState = () => singleton<{ port: number | null }>("sandbox", () => ({ port: null }))

/** Is this a name and a port, and nothing else that a header could hold? */
const HOST = /^(?<name>[a-zA-Z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/

/**
 * The sandbox's origin for who opened the page at this host; null where it can't be reached: it doesn't run, or the page
 * comes through a proxy by https and nobody has said by which address the sandbox does.
 */
export function sandboxOrigin(host: string | null): string | null {
  const { sandbox, appUrl } = config()
  const { port } = sandboxState()
  if (port === null) return null
  if (sandbox.url) return sandbox.url
  if (appUrl?.startsWith("https:")) return null
  const name = HOST.exec(appUrl ? new URL(appUrl).host : (host ?? ""))?.groups?.name
  return name ? `http://${name}:${port}` : null
}

/** Can code run at all? */
export const hasSandbox = (): boolean => {
  const { sandbox, appUrl } = config()
  return sandboxState().port !== null && (sandbox.url !== undefined || !appUrl?.startsWith("https:"))
}

/** What is the same of all tools whose calls run there. They reach nothing, so nobody is asked, as elsewhere. */
export const RUNS_IN_SANDBOX = {
  may: { useNetwork: false, runUnasked: true },
  runs: "sandbox",
  isAvailable: hasSandbox,
} as const

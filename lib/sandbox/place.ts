/** The address of the sandbox: a different origin than the application's. */
import { config } from "@/lib/config"
import { singleton } from "@/lib/singleton"

/** The sandbox's state in this process. */
export const sandboxState = () => singleton<{ port: number | null }>("sandbox", () => ({ port: null }))

/** Whether this is a host name with an optional port, and nothing else that a header could contain. */
const HOST = /^(?<name>[a-zA-Z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/

/**
 * The sandbox's origin for a page opened at this host. Null if it can't be reached: it isn't running, or the page comes
 * through an https proxy and the sandbox's address isn't configured.
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

/** Whether code can run at all. */
export const hasSandbox = (): boolean => {
  const { sandbox, appUrl } = config()
  return sandboxState().port !== null && (sandbox.url !== undefined || !appUrl?.startsWith("https:"))
}

/** Common to all tools whose calls run in the sandbox. They can't reach anything, so no approval is needed. */
export const RUNS_IN_SANDBOX = {
  may: { useNetwork: false, runUnasked: true },
  runs: "sandbox",
  isAvailable: hasSandbox,
} as const

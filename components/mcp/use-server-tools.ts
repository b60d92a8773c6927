"use client"

import { useEffect, useState } from "react"
import { readServers, readState } from "@/components/mcp/api"
import type { McpToolInfo } from "@/lib/mcp/types"

/** The tools of reachable servers, as they load. */
export function useServerTools(): McpToolInfo[] {
  const [tools, setTools] = useState<McpToolInfo[]>([])
  useEffect(() => {
    const leave = new AbortController()
    const read = async () => {
      const { servers } = await readServers()
      const states = await Promise.allSettled(
        servers.filter(({ enabled }) => enabled).map(({ id }) => readState(id, leave.signal)),
      )
      const found = states.flatMap(({ status, ...rest }) =>
        status === "fulfilled" && "value" in rest && rest.value.state === "connected" ? rest.value.tools : [],
      )
      if (!leave.signal.aborted) setTools(found)
    }
    // If that fails, the other tools can still be selected.
    read().catch(() => undefined)
    return () => leave.abort()
  }, [])
  return tools
}

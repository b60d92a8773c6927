import { createContext, useContext } from "react"
import type { FoundSecret } from "@/lib/share/options"
import type { Difference } from "@/lib/share/snapshot"

export interface PreviewContextValue {
  leftOut: ReadonlySet<string>
  onInclude: (messageId: string, include: boolean) => void
  /** Likely secrets that are not redacted, by message. */
  open: ReadonlyMap<string, FoundSecret[]>
  onBlackOut: (secrets: FoundSecret[]) => void
  difference: Difference | null
}

export const PreviewContext = createContext<PreviewContextValue>({
  ...{ leftOut: new Set<string>(), open: new Map<string, FoundSecret[]>(), difference: null },
  onInclude: () => {},
  onBlackOut: () => {},
})

export const usePreviewContext = () => useContext(PreviewContext)

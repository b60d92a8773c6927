/** Commands the current page offers to the command palette. */
import { useEffect } from "react"

type PageCommand = "share" | "print" | "shortcuts" | "settings" | "appSettings" | "prompts" | "branches"

const offered = new Map<PageCommand, () => void>()

export const pageCommand = (name: PageCommand): (() => void) | undefined => offered.get(name)

/** Offers a command while the component is mounted; none while `run` is null. `run` must be stable. */
export function usePageCommand(name: PageCommand, run: (() => void) | null): void {
  useEffect(() => {
    if (!run) return
    offered.set(name, run)
    return () => {
      if (offered.get(name) === run) offered.delete(name)
    }
  }, [name, run])
}

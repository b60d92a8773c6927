"use client"

import { useCallback, useState } from "react"
import { usePageCommand } from "@/components/base/page-commands"
import { lazyOverlay } from "@/components/ui/lazy-part"

const PromptsDialog = lazyOverlay(() => import("@/components/prompts/prompts-dialog"))

/** Opens the prompt library for the palette and for /prompts. */
export function PromptsHost() {
  const [open, setOpen] = useState(false)
  usePageCommand(
    "prompts",
    useCallback(() => setOpen(true), []),
  )
  return open && <PromptsDialog onClose={() => setOpen(false)} />
}

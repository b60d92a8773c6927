"use client"

import dynamic from "next/dynamic"
import { useCallback, useState } from "react"
import { usePageCommand } from "@/components/base/page-commands"

const PromptsDialog = dynamic(() => import("@/components/prompts/prompts-dialog"), { ssr: false })

/** Where the library of prompts opens: asked for by the palette and by /prompts. */
export function PromptsHost() {
  const [open, setOpen] = useState(false)
  usePageCommand(
    "prompts",
    useCallback(() => setOpen(true), []),
  )
  return open && <PromptsDialog onClose={() => setOpen(false)} />
}

"use client"

import { useCallback, useState } from "react"
import { saveOpenFolders } from "@/components/sidebar/sidebar-cookie"
import type { Section } from "@/lib/chat/list/sections"

const FOLDER = "folder:"

/** The open folders, which are persisted. */
export function useOpenFolders(first: string[]) {
  const [open, setOpen] = useState<ReadonlySet<Section>>(() => new Set(first.map((id): Section => `${FOLDER}${id}`)))
  const fold = useCallback(
    (section: Section, opened: boolean) => {
      const next = new Set(open)
      if (opened) next.add(section)
      else next.delete(section)
      setOpen(next)
      saveOpenFolders([...next].filter((one) => one.startsWith(FOLDER)).map((one) => one.slice(FOLDER.length)))
    },
    [open],
  )
  return { open, fold }
}

"use client"

import { GitFork } from "lucide-react"
import { useTranslations } from "next-intl"
import { Suspense, useCallback, useState } from "react"
import { pageCommand, usePageCommand } from "@/components/base/page-commands"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"

const BranchesDialog = lazyOverlay(() => import("@/components/branches/branches-dialog"))

interface Props {
  conversationId: string
  /** There is nothing to show yet. */
  empty: boolean
  /** Shows the branch of a message and scrolls to it. */
  onJump: (messageId: string) => void
}

/** Opens the map of the conversation's branches from anywhere on the page. */
export function BranchesHost({ conversationId, empty, onJump }: Props) {
  const [open, setOpen] = useState(false)
  const show = useCallback(() => setOpen(true), [])
  usePageCommand("branches", empty ? null : show)
  if (!open) return null
  return (
    <Suspense>
      <BranchesDialog {...{ conversationId, onJump }} onClose={() => setOpen(false)} />
    </Suspense>
  )
}

/** Shown when a conversation has several branches. */
export function BranchesButton() {
  const t = useTranslations("branches")
  return (
    <IconButton label={t("open")} aria-haspopup="dialog" onClick={() => pageCommand("branches")?.()}>
      <GitFork className="size-4" />
    </IconButton>
  )
}

"use client"

import { ArrowLeft, Columns2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCallback, useState } from "react"
import { useFetchOnMount } from "@/components/base/use-fetch-on-mount"
import { BranchSides } from "@/components/branches/branch-sides"
import { BranchTree } from "@/components/branches/branch-tree"
import { Failed, Loading } from "@/components/branches/notices"
import { fetchBranchMap } from "@/components/branches/requests"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import type { BranchRun } from "@/lib/chat/map/map.types"

interface Props {
  conversationId: string
  onJump: (messageId: string) => void
  onClose: () => void
}

/** The pressed button is gone. */
const toBack = (button: HTMLButtonElement | null) => button?.focus()

/** All branches of a conversation, to open one or compare two. */
export default function BranchesDialog({ conversationId, onJump, onClose }: Props) {
  const t = useTranslations("branches")
  const read = useCallback(() => fetchBranchMap(conversationId), [conversationId])
  const { value: map, error, retry } = useFetchOnMount(read)
  const [marked, setMarked] = useState<BranchRun[]>([])
  const [comparing, setComparing] = useState(false)
  // The older one first, in map order.
  const order = (run: BranchRun) => map?.runs.findIndex(({ id }) => id === run.id) ?? 0
  const [a, b] = marked.toSorted((one, other) => order(one) - order(other))
  const jump = (messageId: string) => {
    onClose()
    onJump(messageId)
  }
  const mark = (run: BranchRun) =>
    setMarked((before) =>
      before.some(({ id }) => id === run.id) ? before.filter(({ id }) => id !== run.id) : [...before, run].slice(-2),
    )
  const sides = comparing && a && b ? ([a, b] as const) : null
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t(sides ? "compareTitle" : "title")}
      description={sides ? undefined : t("meaning")}
      className={sides ? "w-[min(96vw,72rem)]" : "w-[min(94vw,44rem)]"}
      footer={
        sides ? (
          <Button ref={toBack} onClick={() => setComparing(false)}>
            <ArrowLeft className="size-4 rtl:-scale-x-100" aria-hidden /> {t("back")}
          </Button>
        ) : (
          <>
            <p role="status" className="me-auto text-[0.8125rem] text-muted-foreground">
              {marked.length === 0 ? t("markHint") : t("marked", { count: marked.length })}
            </p>
            <Button variant="primary" disabled={!b} onClick={() => setComparing(true)}>
              <Columns2 className="size-4" aria-hidden /> {t("compare")}
            </Button>
          </>
        )
      }
    >
      {sides ? (
        <BranchSides conversationId={conversationId} runs={sides} onJump={jump} />
      ) : map ? (
        <BranchTree map={map} marked={marked} onMark={mark} onJump={jump} />
      ) : error ? (
        <Failed sentence={error} onRetry={retry} />
      ) : (
        <Loading />
      )}
    </Dialog>
  )
}

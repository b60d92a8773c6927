"use client"

import { Ellipsis, PencilLine, Play, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCallback, useEffect, useMemo, useState } from "react"
import { useEvalNews } from "@/components/conversations/store"
import { changeEval, readEval } from "@/components/evals/api"
import { CaseSection } from "@/components/evals/cases/case-section"
import { EvalHeader } from "@/components/evals/eval-header"
import { RunHistory } from "@/components/evals/pages/run-history"
import { useDeletion } from "@/components/evals/use-deletion"
import { useRefresh } from "@/components/evals/use-refresh"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { useModels } from "@/components/models/use-models"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu"
import type { EvalNews } from "@/lib/evals/contract/eval"
import type { EvalHead } from "@/lib/evals/types"
import type { ModelsResponse } from "@/lib/models/model.types"

const TitleDialog = lazyOverlay(() => import("@/components/evals/pages/title-dialog"))
const StartDialog = lazyOverlay(() => import("@/components/evals/pages/start-dialog"))

/** An eval with its runs and cases. */
export function EvalPage({ head: first, models: initial }: { head: EvalHead; models: ModelsResponse }) {
  const t = useTranslations("evals")
  const [head, setHead] = useState(first)
  const [dialog, setDialog] = useState<"start" | "rename" | null>(null)
  const models = useModels(initial, null)
  const { id } = first
  const read = useCallback(() => readEval(id).then(setHead, () => undefined), [id])
  const refresh = useRefresh(read)
  const hearing = useMemo(
    () => ({ onNews: (news: EvalNews) => news.id === id && refresh(null), onMissed: () => refresh(null) }),
    [id, refresh],
  )
  useEvalNews(hearing)
  useEffect(() => {
    document.title = `${head.title} · Sparkler`
  }, [head.title])
  return (
    <>
      <EvalHeader title={head.title} back={{ href: "/evals", label: t("all") }}>
        <Button
          size="sm"
          variant="primary"
          disabled={head.cases.length === 0}
          onClick={() => setDialog("start")}
          className="me-1"
        >
          <Play className="size-4" aria-hidden /> {t("start.run")}
        </Button>
        <EvalMenu head={head} onRename={() => setDialog("rename")} />
      </EvalHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-4xl space-y-10 px-4 pt-2 pb-16">
          <RunHistory head={head} />
          <CaseSection head={head} models={models} onHead={setHead} />
        </div>
      </div>
      {dialog === "start" && <StartDialog head={head} models={models} onClose={() => setDialog(null)} />}
      {dialog === "rename" && (
        <TitleDialog
          heading={t("rename")}
          action={t("save")}
          title={head.title}
          onSave={async (title) => setHead(await changeEval(id, { title }))}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  )
}

function EvalMenu({ head, onRename }: { head: EvalHead; onRename: () => void }) {
  const t = useTranslations("evals")
  const go = useGuardedNavigation()
  const { removeEval } = useDeletion()
  return (
    <Menu
      trigger={
        <IconButton label={t("options", { title: head.title })}>
          <Ellipsis className="size-4.5" />
        </IconButton>
      }
    >
      <MenuItem onSelect={onRename}>
        <PencilLine /> {t("rename")}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger onSelect={() => void removeEval(head, () => go("/evals"))}>
        <Trash2 /> {t("delete")}
      </MenuItem>
    </Menu>
  )
}

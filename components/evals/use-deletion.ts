"use client"

import { useTranslations } from "next-intl"
import { sentenceOf } from "@/components/base/api"
import { changeEval, changeRun, deleteEval, deleteRun } from "@/components/evals/api"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { toast } from "@/components/ui/toast"

interface Deletion {
  remove: () => Promise<unknown>
  /** The message shown after deletion. */
  said: string
  back: () => Promise<unknown>
}

/** Deletes an eval or a run and offers undo. `onGone`: called after deletion; `onBack`: called after undo. */
export function useDeletion() {
  const t = useTranslations("evals")
  const go = useGuardedNavigation()
  const attempt = async ({ remove, said, back }: Deletion, onGone: () => void): Promise<void> => {
    const undo = () => back().catch((error: unknown) => toast.error(sentenceOf(error)))
    try {
      await remove()
      onGone()
      toast(said, { action: { label: t("undo"), onClick: () => void undo() } })
    } catch (error) {
      toast.error(sentenceOf(error))
    }
  }
  return {
    removeEval: ({ id, title }: { id: string; title: string }, onGone: () => void) =>
      attempt(
        {
          remove: () => deleteEval(id),
          said: t("deleted", { title }),
          back: () => changeEval(id, { deleted: false }).then(() => go(`/evals/${id}`)),
        },
        onGone,
      ),
    removeRun: ({ id, number }: { id: string; number: number }, onGone: () => void) =>
      attempt(
        {
          remove: () => deleteRun(id),
          said: t("runs.deleted", { number }),
          back: () => changeRun(id, { deleted: false }),
        },
        onGone,
      ),
  }
}

"use client"

import { useTranslations } from "next-intl"
import { sentenceOf } from "@/components/base/api"
import { changeGrid, deleteGrid } from "@/components/grids/api"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { toast } from "@/components/ui/toast"

/** Deletes a grid and offers undo. `onGone` is called when it is deleted. */
export function useGridDeletion() {
  const t = useTranslations("grids")
  const go = useGuardedNavigation()
  return async ({ id, title }: { id: string; title: string }, onGone: () => void): Promise<void> => {
    const back = async () => {
      try {
        await changeGrid(id, { deleted: false })
        go(`/grids/${id}`)
      } catch (error) {
        toast.error(sentenceOf(error))
      }
    }
    try {
      await deleteGrid(id)
      onGone()
      toast(t("deleted", { title }), { action: { label: t("undo"), onClick: () => void back() } })
    } catch (error) {
      toast.error(sentenceOf(error))
    }
  }
}

"use client"

import { useTranslations } from "next-intl"
import { useEffect, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { useConversationStore, useOutlineStore } from "@/components/conversations/store"
import { useGuardedNavigation } from "@/components/history/leave-confirmation"
import { type Deletion, deleteAllChats, restoreAllChats } from "@/components/settings/own-data"
import { SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { Spinner } from "@/components/ui/spinner"
import { toast } from "@/components/ui/toast"

/** Milliseconds the undo notice stays. */
const UNDO_MS = 30_000

interface Props {
  /** The number of chats; null until loaded. */
  chats: number | null
  onDone: () => void
}

/** Deletes all chats after confirmation and offers undo: here, and in a notice once the settings are closed. */
export function DeleteAllRow({ chats, onDone }: Props) {
  const t = useTranslations("appSettings")
  const [asking, setAsking] = useState(false)
  const { deleted, busy, error, remove, restore } = useDeletion(onDone)
  return (
    <SettingRow
      label={t("deleteAll")}
      meaning={
        <>
          {t("deleteAllMeaning")}
          <span role="status" className="block text-foreground">
            {deleted ? t("deletedAll", { count: deleted.count }) : ""}
          </span>
          {error && (
            <span role="alert" className="block text-danger">
              {error}
            </span>
          )}
        </>
      }
    >
      {/* A single button in one place keeps focus. */}
      <Button
        variant={deleted ? "outline" : "danger"}
        className="border"
        aria-disabled={busy || (!deleted && !chats)}
        onClick={() => {
          if (busy) return
          if (deleted) void restore()
          else if (chats) setAsking(true)
        }}
      >
        {busy && <Spinner />} {deleted ? t("undo") : t("doDeleteAll")}
      </Button>
      {asking && (
        <Confirm
          count={chats ?? 0}
          onKeep={() => setAsking(false)}
          onDelete={() => {
            setAsking(false)
            void remove()
          }}
        />
      )}
    </SettingRow>
  )
}

interface ConfirmProps {
  count: number
  onKeep: () => void
  onDelete: () => void
}

function Confirm({ count, onKeep, onDelete }: ConfirmProps) {
  const t = useTranslations("appSettings")
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onKeep()}
      title={t("deleteAllAsk", { count })}
      description={t("deleteAllAskMeaning")}
      className="w-[min(92vw,26rem)]"
      footer={
        <>
          <Button data-autofocus onClick={onKeep}>
            {t("cancel")}
          </Button>
          <Button variant="danger" className="border" onClick={onDelete}>
            {t("doDeleteAll")}
          </Button>
        </>
      }
    />
  )
}

/** The last deletion made here, as long as it can be undone from here. */
function useDeletion(onDone: () => void) {
  const t = useTranslations("appSettings")
  const store = useConversationStore()
  const outline = useOutlineStore()
  const go = useGuardedNavigation()
  const [deleted, setDeleted] = useState<Deletion | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const latest = useRef<Deletion | null>(null)
  latest.current = deleted
  const attempt = async (work: () => Promise<Deletion | null>) => {
    setBusy(true)
    setError(null)
    try {
      setDeleted(await work())
    } catch (cause) {
      setError(sentenceOf(cause))
    }
    await Promise.all([store.refresh(), outline.refresh()])
    setBusy(false)
    onDone()
  }
  const remove = () =>
    attempt(async () => {
      const deletion = await deleteAllChats()
      // The chat shown was deleted.
      if (window.location.pathname.startsWith("/c/")) go("/#settings/data")
      return deletion
    })
  const restore = () =>
    attempt(async () => {
      if (deleted) await restoreAllChats(deleted)
      return null
    })
  useEffect(
    () => () => {
      const { current: left } = latest
      if (!left) return
      const undo = async () => {
        await restoreAllChats(left)
        await Promise.all([store.refresh(), outline.refresh()])
      }
      const failed = (cause: unknown) => toast.error(sentenceOf(cause))
      const onClick = () => void undo().catch(failed)
      toast(t("deletedAll", { count: left.count }), { action: { label: t("undo"), onClick }, duration: UNDO_MS })
    },
    [store, outline, t],
  )
  return { deleted, busy, error, remove, restore }
}

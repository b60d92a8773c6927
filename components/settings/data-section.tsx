"use client"

import { useTranslations } from "next-intl"
import { useCallback, useEffect, useState } from "react"
import { isMember, sentenceOf } from "@/components/base/api"
import { ImportRow } from "@/components/import/import-row"
import { DeleteAccountRow } from "@/components/settings/delete-account-row"
import { DeleteAllRow } from "@/components/settings/delete-all-row"
import { type ExportState, fetchExportState } from "@/components/settings/own-data"
import { SettingRow } from "@/components/settings/setting-row"
import { AllLinks } from "@/components/share/all-links"
import { Button } from "@/components/ui/button"

/** Where the user's chats are stored, and actions on all of them. */
export function DataSection() {
  const t = useTranslations("appSettings")
  const [state, setState] = useState<ExportState | null>(null)
  const [error, setError] = useState<string | null>(null)
  // Share links are deleted and restored along with their chats.
  const [changes, setChanges] = useState(0)
  const read = useCallback(async () => {
    setError(null)
    try {
      const next = await fetchExportState()
      setState(next)
      return next
    } catch (cause) {
      setError(sentenceOf(cause))
      return null
    }
  }, [])
  useEffect(() => void read(), [read])
  return (
    <>
      <p className="text-pretty border-b py-3 text-sm leading-6">
        {t(isMember() ? "whereHistoryAccount" : "whereHistory")}
      </p>
      {error && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
          {error}
        </p>
      )}
      <ExportRow chats={state?.chats ?? null} read={read} />
      <ImportRow onDone={() => void read()} />
      <AllLinks key={changes} />
      <DeleteAllRow
        chats={state?.chats ?? null}
        onDone={() => {
          void read()
          setChanges(changes + 1)
        }}
      />
      <DeleteAccountRow />
    </>
  )
}

interface ExportProps {
  chats: number | null
  read: () => Promise<ExportState | null>
}

function ExportRow({ chats, read }: ExportProps) {
  const t = useTranslations("appSettings")
  const [said, setSaid] = useState<string | null>(null)
  const start = async () => {
    const now = await read()
    if (!now) return
    if (now.running) return setSaid(t("exportRunning"))
    const link = document.createElement("a")
    link.href = "/api/export"
    link.download = ""
    link.click()
    setSaid(t("exportBegun"))
  }
  return (
    <SettingRow
      label={t("export")}
      meaning={
        <>
          {chats === null ? t("exportMeaning") : t("exportCount", { count: chats })}{" "}
          <span role="status" className="text-foreground">
            {said}
          </span>
        </>
      }
    >
      <Button onClick={() => void start()}>{t("doExport")}</Button>
    </SettingRow>
  )
}

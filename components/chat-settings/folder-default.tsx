"use client"

import { Folder } from "lucide-react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { api, sentenceOf } from "@/components/base/api"
import { Button } from "@/components/ui/button"
import { toast } from "@/components/ui/toast"

interface Props {
  folder: { id: string; name: string }
  /** Undefined: all. */
  tools: string[] | undefined
}

/** Makes the tools selected here the default for new chats in this folder. */
export function FolderDefault({ folder: { id, name }, tools }: Props) {
  const t = useTranslations("settings")
  const [sending, setSending] = useState(false)
  const keep = async () => {
    setSending(true)
    try {
      await api(`/api/folders/${id}`, { method: "PATCH", body: { tools: tools ?? null } })
      toast(t("folderToolsKept", { name }))
    } catch (error) {
      toast.error(sentenceOf(error))
    }
    setSending(false)
  }
  return (
    <Button size="sm" disabled={sending} onClick={() => void keep()} className="-mt-2 max-w-full self-start">
      <Folder className="size-3.5 shrink-0" aria-hidden />
      <span className="truncate">{t("folderTools", { name })}</span>
    </Button>
  )
}

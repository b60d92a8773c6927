"use client"

import { Check, Folder, FolderPlus, List } from "lucide-react"
import { useTranslations } from "next-intl"
import { type FormEvent, type ReactNode, useState } from "react"
import { useOutline } from "@/components/conversations/store"
import { useListActions } from "@/components/sidebar/list-context"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { isComposing } from "@/components/ui/enter"
import { useUnsaved } from "@/components/ui/unsaved"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import type { FolderSummary } from "@/lib/chat/list/sections"

interface Props {
  many: ConversationSummary[]
  onClose: () => void
}

/** Moves conversations into or out of a folder. Loaded when first opened. */
export default function MoveDialog({ many, onClose }: Props) {
  const t = useTranslations("sidebar")
  const actions = useListActions()
  const { folders } = useOutline()
  const [naming, setNaming] = useState(false)
  const move = (folder: FolderSummary | null) => {
    actions.keepFocus(many.map(({ id }) => id))
    void actions.move(many, folder)
    actions.clear()
    onClose()
  }
  const moveToNew = async (name: string) => {
    const folder = await actions.makeFolder(name)
    if (folder) move(folder)
    return folder !== null
  }
  const isIn = (folderId: string | null) => many.every((conversation) => conversation.folderId === folderId)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("moveTitle", { count: many.length, title: many[0]?.title ?? "" })}
      className="w-[min(92vw,24rem)]"
    >
      <ul className="-mx-2 max-h-[50dvh] space-y-px overflow-y-auto p-0.5" aria-label={t("folders")}>
        <Choice icon={<List />} label={t("noFolder")} here={isIn(null)} first onChoose={() => move(null)} />
        {folders.map((folder) => (
          <Choice
            key={folder.id}
            icon={<Folder />}
            label={folder.name}
            here={isIn(folder.id)}
            onChoose={() => move(folder)}
          />
        ))}
        {naming ? (
          <li className="px-1 py-0.5">
            <NewFolder onMake={moveToNew} onCancel={() => setNaming(false)} />
          </li>
        ) : (
          <Choice icon={<FolderPlus />} label={t("newFolder")} here={false} onChoose={() => setNaming(true)} />
        )}
      </ul>
    </Dialog>
  )
}

interface NewFolderProps {
  /** Resolves to false when refused; the error has been shown. */
  onMake: (name: string) => Promise<boolean>
  onCancel: () => void
}

/** Names a new folder for them. */
function NewFolder({ onMake, onCancel }: NewFolderProps) {
  const t = useTranslations("sidebar")
  const [text, setText] = useState("")
  const [busy, setBusy] = useState(false)
  const name = text.trim()
  const orAsk = useUnsaved(name !== "")
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!name || busy) return
    setBusy(true)
    if (!(await onMake(name))) setBusy(false)
  }
  return (
    <form onSubmit={submit} className="flex gap-2">
      <input
        ref={focusFirst}
        aria-label={t("folderName")}
        placeholder={t("folderName")}
        value={text}
        onChange={({ target }) => setText(target.value)}
        maxLength={200}
        autoComplete="off"
        data-own-escape
        onKeyDown={(event) => event.key === "Escape" && !isComposing(event.nativeEvent) && orAsk(onCancel)}
        className="h-9 min-w-0 flex-1 rounded-md border border-input bg-surface px-2.5 text-sm"
      />
      <Button type="submit" aria-disabled={!name || busy}>
        {t("makeFolder")}
      </Button>
    </form>
  )
}

/** The button that opened it is gone. */
const focusFirst = (field: HTMLInputElement | null) => field?.focus()

interface ChoiceProps {
  icon: ReactNode
  label: string
  /** All of them are there already. */
  here: boolean
  /** Receives the initial focus. */
  first?: boolean
  onChoose: () => void
}

function Choice({ icon, label, here, first, onChoose }: ChoiceProps) {
  return (
    <li>
      <button
        type="button"
        data-autofocus={first}
        aria-current={here || undefined}
        onClick={onChoose}
        className="panel-item w-full text-start hover:bg-muted"
      >
        {icon} <span className="flex-1 truncate">{label}</span> {here && <Check aria-hidden />}
      </button>
    </li>
  )
}

"use client"

import { Check, Folder, FolderPlus, List } from "lucide-react"
import { useTranslations } from "next-intl"
import { type ReactNode, useState } from "react"
import { useOutline } from "@/components/conversations/store"
import { useListActions } from "@/components/sidebar/list-context"
import { NameField } from "@/components/sidebar/name-field"
import { Dialog } from "@/components/ui/dialog"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import type { FolderSummary } from "@/lib/chat/list/sections"

interface Props {
  many: ConversationSummary[]
  onClose: () => void
}

/** Into which folder these conversations go, or out of it. Fetched when it is first opened. */
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
            <NameField
              label={t("folderName")}
              name=""
              onEnd={(name) => {
                setNaming(false)
                if (name) void moveToNew(name)
              }}
            />
          </li>
        ) : (
          <Choice icon={<FolderPlus />} label={t("newFolder")} here={false} onChoose={() => setNaming(true)} />
        )}
      </ul>
    </Dialog>
  )
}

interface ChoiceProps {
  icon: ReactNode
  label: string
  /** All of them stand there now. */
  here: boolean
  /** The focus begins here. */
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
        className="flex min-h-9 w-full items-center gap-2.5 rounded-md px-2.5 text-start text-sm hover:bg-muted [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground"
      >
        {icon} <span className="flex-1 truncate">{label}</span> {here && <Check aria-hidden />}
      </button>
    </li>
  )
}

"use client"

import {
  Archive,
  ArchiveRestore,
  CheckSquare,
  Download,
  FolderInput,
  Pencil,
  Pin,
  PinOff,
  Share2,
  SquareArrowOutUpRight,
  Tag,
  Trash2,
} from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { askedShare } from "@/components/base/asked-share"
import type { ListActions } from "@/components/sidebar/list-context"
import { ContextMenu, Menu, MenuItem, MenuSeparator, type Point, Submenu } from "@/components/ui/menu"
import type { ConversationSummary } from "@/lib/chat/conversation.types"

interface Props {
  conversation: ConversationSummary
  actions: ListActions
  onName: () => void
}

interface OptionsProps extends Props {
  /** Either the button that opens it, */
  trigger?: ReactNode
  /** or the point where it was requested. */
  at?: Point
  onClose?: () => void
}

/** The menu of a `ConversationItem`, opened from its button or as a context menu; loaded when first opened. */
export default function ConversationOptions({ trigger, at, onClose = () => {}, ...props }: OptionsProps) {
  const t = useTranslations("sidebar")
  if (!at)
    return (
      <Menu trigger={trigger} defaultOpen>
        <Items {...props} />
      </Menu>
    )
  return (
    <ContextMenu at={at} label={t("options", { title: props.conversation.title })} onClose={onClose}>
      <Items {...props} />
    </ContextMenu>
  )
}

/** Runs after the menu has closed and restored focus, for actions that open something. */
const afterwards = (work: () => void) => () => void setTimeout(work)

function Items({ conversation, actions, onName }: Props) {
  const t = useTranslations("sidebar")
  const { id, pinned } = conversation
  const many = [conversation]
  return (
    <>
      <MenuItem onSelect={afterwards(() => askedShare.set(id))}>
        <Share2 /> {t("share")}
      </MenuItem>
      <MenuItem onSelect={afterwards(onName)}>
        <Pencil /> {t("rename")}
      </MenuItem>
      <MenuItem
        onSelect={() => {
          actions.stay(id)
          void actions.pin(many, !pinned)
        }}
      >
        {pinned ? <PinOff /> : <Pin />} {t(pinned ? "unpin" : "pin")}
      </MenuItem>
      <MenuItem onSelect={afterwards(() => actions.ask({ kind: "move", many }))}>
        <FolderInput /> {t("move")}
      </MenuItem>
      <MenuItem onSelect={afterwards(() => actions.ask({ kind: "tags", many }))}>
        <Tag /> {t("tags")}
      </MenuItem>
      <MenuItem onSelect={() => actions.toggle(id)}>
        <CheckSquare /> {t("select")}
      </MenuItem>
      <MenuItem onSelect={() => window.open(`/c/${id}`, "_blank", "noopener")}>
        <SquareArrowOutUpRight /> {t("newTab")}
      </MenuItem>
      <Exports id={id} />
      <MenuSeparator />
      <GoingAway {...{ conversation, actions }} />
    </>
  )
}

const FORMATS = ["md", "html", "json", "zip"] as const

function Exports({ id }: { id: string }) {
  const t = useTranslations("sidebar")
  const label = (
    <>
      <Download /> {t("export")}
    </>
  )
  return (
    <Submenu label={label}>
      {FORMATS.map((format) => (
        <MenuItem key={format} asChild>
          <a href={`/api/conversations/${id}/export?as=${format}`} download>
            {t(`exportAs.${format}`)}
          </a>
        </MenuItem>
      ))}
    </Submenu>
  )
}

function GoingAway({ conversation, actions }: Pick<Props, "conversation" | "actions">) {
  const t = useTranslations("sidebar")
  const { id, archived } = conversation
  const many = [conversation]
  return (
    <>
      <MenuItem
        onSelect={() => {
          if (!archived) actions.keepFocus([id])
          void actions.archive(many, !archived)
        }}
      >
        {archived ? <ArchiveRestore /> : <Archive />} {t(archived ? "unarchive" : "archive")}
      </MenuItem>
      <MenuItem
        danger
        onSelect={() => {
          actions.keepFocus([id])
          void actions.remove(many)
        }}
      >
        <Trash2 /> {t("delete")}
      </MenuItem>
    </>
  )
}

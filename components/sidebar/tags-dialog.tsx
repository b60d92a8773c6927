"use client"

import { Plus, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { type FormEvent, useId, useState } from "react"
import { useConversations, useOutline } from "@/components/conversations/store"
import { useListActions } from "@/components/sidebar/list-context"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { useUnsaved } from "@/components/ui/unsaved"
import type { ConversationSummary } from "@/lib/chat/conversation.types"
import { MAX_TAG, tagName } from "@/lib/chat/list/sections"

/** Number of tags suggested. */
const OFFERED = 12

interface Props {
  many: ConversationSummary[]
  onClose: () => void
}

/** Edits the tags of these conversations. Loaded when first opened. */
export default function TagsDialog({ many, onClose }: Props) {
  const t = useTranslations("sidebar")
  const { tag } = useListActions()
  const known = useOutline().tags
  const ids = new Set(many.map(({ id }) => id))
  const now = useConversations().filter(({ id }) => ids.has(id))
  const [text, setText] = useState("")
  const typed = tagName(text)
  const own = [...new Set(now.flatMap(({ tags }) => tags))].sort()
  /** Tags that not all of them have. */
  const missing = (name: string) => !now.every(({ tags }) => tags.includes(name))
  const offered = known.filter(({ name }) => name.includes(typed) && missing(name)).slice(0, OFFERED)
  const add = (name: string) => {
    setText("")
    if (name && missing(name)) void tag(now, { add: [name], remove: [] })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("tagsTitle", { count: many.length, title: many[0]?.title ?? "" })}
      className="w-[min(92vw,24rem)]"
    >
      <ul className="mb-3 flex flex-wrap gap-1.5 empty:hidden" aria-label={t("tags")}>
        {own.map((name) => (
          <OwnTag
            key={name}
            name={name}
            onSome={missing(name)}
            onRemove={() => void tag(now, { add: [], remove: [name] })}
          />
        ))}
      </ul>
      <NewTag text={text} onText={setText} onAdd={() => add(typed)} />
      {offered.length > 0 && (
        <ul className="mt-3 flex flex-wrap gap-1.5" aria-label={t("knownTags")}>
          {offered.map(({ name }) => (
            <li key={name}>
              <button
                type="button"
                onClick={() => add(name)}
                className="flex h-7 items-center gap-1 rounded-md border px-2 text-muted-foreground text-sm hover:border-input hover:text-foreground"
              >
                <Plus className="size-3.5" aria-hidden /> <span className="max-w-60 truncate">{name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}

interface OwnTagProps {
  name: string
  /** Not all of the conversations have it. */
  onSome: boolean
  onRemove: () => void
}

function OwnTag({ name, onSome, onRemove }: OwnTagProps) {
  const t = useTranslations("sidebar")
  return (
    <li className="flex items-center rounded-md bg-muted ps-2 text-sm">
      <span className="max-w-60 truncate">#{name}</span>
      {onSome && <span className="ms-1.5 text-muted-foreground text-xs">{t("onSome")}</span>}
      <button
        type="button"
        aria-label={t("removeTag", { tag: name })}
        data-tip={t("removeTag", { tag: name })}
        onClick={onRemove}
        className="relative ms-0.5 grid size-7 place-items-center rounded-md text-muted-foreground after:absolute hover:text-foreground pointer-coarse:after:-inset-1.5"
      >
        <X className="size-3.5" aria-hidden />
      </button>
    </li>
  )
}

interface NewTagProps {
  text: string
  onText: (text: string) => void
  onAdd: () => void
}

function NewTag({ text, onText, onAdd }: NewTagProps) {
  const t = useTranslations("sidebar")
  const field = useId()
  useUnsaved(tagName(text) !== "")
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onAdd()
  }
  return (
    <form onSubmit={submit} className="flex gap-2">
      <label htmlFor={field} className="sr-only">
        {t("newTag")}
      </label>
      <input
        id={field}
        value={text}
        onChange={({ target }) => onText(target.value)}
        placeholder={t("newTag")}
        maxLength={MAX_TAG}
        autoComplete="off"
        className="h-9 min-w-0 flex-1 rounded-md border border-input bg-surface px-2.5 text-sm"
      />
      <Button type="submit" disabled={!tagName(text)}>
        {t("addTag")}
      </Button>
    </form>
  )
}

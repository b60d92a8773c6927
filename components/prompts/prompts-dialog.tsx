"use client"

import { Pencil, Plus, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { useRef, useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { focusWhenRendered } from "@/components/base/focus"
import { changePrompt, fetchPrompts, removePrompt, savePrompt } from "@/components/presets/api"
import { RemovedNotice } from "@/components/presets/removed-notice"
import { type SavedList, useSavedList } from "@/components/presets/use-saved-list"
import { PromptForm } from "@/components/prompts/prompt-form"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { IconButton } from "@/components/ui/icon-button"
import { Spinner } from "@/components/ui/spinner"
import type { Prompt } from "@/lib/presets/types"

const KEPT = { read: fetchPrompts, keep: savePrompt, remove: ({ id }: Prompt) => removePrompt(id) }

/** The prompt library: create, edit, and delete with undo. */
export default function PromptsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("prompts")
  const prompts = useSavedList<Prompt>(KEPT)
  const add = useRef<HTMLButtonElement>(null)
  const [editing, setEditing] = useState<Prompt | null>(null)
  const leaveForm = () => {
    setEditing(null)
    // The focused element disappears with the form.
    focusWhenRendered(() => add.current)
  }
  const known = prompts.items?.some(({ id }) => id === editing?.id) ?? false
  const save = async ({ id, ...fields }: Prompt) => {
    const work = () => (known ? changePrompt(id, fields) : savePrompt({ id, ...fields }))
    if (await prompts.attempt(work)) leaveForm()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t("meaning")}
      className="w-[min(94vw,38rem)]"
      footer={
        !editing && (
          <>
            <Button
              ref={add}
              className="me-auto"
              data-autofocus
              // Not disabled while loading, since it has focus.
              aria-disabled={!prompts.items}
              onClick={() => prompts.items && setEditing({ id: uuidv7(), command: "", text: "" })}
            >
              <Plus className="size-4" aria-hidden /> {t("new")}
            </Button>
            <Button variant="primary" onClick={onClose}>
              {t("done")}
            </Button>
          </>
        )
      }
    >
      {prompts.error && (
        <p role="alert" className="mb-3 text-[0.8125rem] text-danger">
          {prompts.error}
        </p>
      )}
      {editing ? (
        <PromptForm initial={editing} busy={prompts.busy} onSave={save} onCancel={leaveForm} />
      ) : (
        <PromptList prompts={prompts} onEdit={setEditing} onUndone={() => add.current?.focus()} />
      )}
    </Dialog>
  )
}

interface ListProps {
  prompts: SavedList<Prompt>
  onEdit: (prompt: Prompt) => void
  onUndone: () => void
}

function PromptList({ prompts, onEdit, onUndone }: ListProps) {
  const t = useTranslations("prompts")
  return (
    <>
      {!prompts.items && prompts.busy && <Spinner className="mark-late my-4" />}
      {prompts.items?.length === 0 && <p className="py-4 text-muted-foreground text-sm">{t("empty")}</p>}
      <ul className="flex flex-col">
        {prompts.items?.map((prompt) => (
          <PromptItem
            key={prompt.id}
            prompt={prompt}
            busy={prompts.busy}
            onEdit={() => onEdit(prompt)}
            onRemove={() => void prompts.remove(prompt, `/${prompt.command}`)}
          />
        ))}
      </ul>
      <RemovedNotice removed={prompts.removed} onUndone={onUndone} />
    </>
  )
}

interface ItemProps {
  prompt: Prompt
  busy: boolean
  onEdit: () => void
  onRemove: () => void
}

function PromptItem({ prompt: { command, text }, busy, onEdit, onRemove }: ItemProps) {
  const t = useTranslations("prompts")
  return (
    <li className="flex items-center gap-1 border-b py-1.5 last:border-0">
      <div className="min-w-0 flex-1">
        <p className="font-medium text-sm">/{command}</p>
        <p className="truncate text-[0.8125rem] text-muted-foreground">{text}</p>
      </div>
      <IconButton label={t("edit", { command })} onClick={onEdit}>
        <Pencil className="size-4" />
      </IconButton>
      <IconButton variant="danger" label={t("delete", { command })} disabled={busy} onClick={onRemove}>
        <Trash2 className="size-4" />
      </IconButton>
    </li>
  )
}

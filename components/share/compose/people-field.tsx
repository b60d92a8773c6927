"use client"

import { X } from "lucide-react"
import { useTranslations } from "next-intl"
import { useId, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"

interface Props {
  /** Email addresses, or the names of their users. */
  people: string[]
  busy?: boolean
  /** The error for the last one. */
  error?: string | null
  /** Resolves to false to keep the typed text. */
  onAdd?: (email: string) => Promise<boolean>
  onRemove?: (person: string) => void
  onChange?: (people: string[]) => void
}

/** Users of this installation, by email address. */
export function PeopleField({ people, busy, error, onAdd, onRemove, onChange }: Props) {
  const t = useTranslations("share.people")
  const [typed, setTyped] = useState("")
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const add = async () => {
    const email = typed.trim().toLowerCase()
    if (!email || busy || !field.current?.checkValidity()) return void field.current?.reportValidity()
    const taken = onAdd ? await onAdd(email) : true
    if (!taken) return
    if (!onAdd && !people.includes(email)) onChange?.([...people, email])
    setTyped("")
  }
  const remove = (person: string) => {
    if (onRemove) onRemove(person)
    else onChange?.(people.filter((one) => one !== person))
    field.current?.focus()
  }
  return (
    <div className="grid gap-1.5 text-[0.8125rem]">
      <label htmlFor={id}>{t("label")}</label>
      <div className="flex gap-2">
        <input
          ref={field}
          id={id}
          type="email"
          value={typed}
          autoComplete="off"
          placeholder={t("placeholder")}
          aria-describedby={`${id}-meaning`}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return
            event.preventDefault()
            void add()
          }}
          className="h-9 w-full rounded-md border border-input bg-background px-2.5 text-sm pointer-coarse:h-11"
        />
        <Button size="sm" className="h-9" aria-disabled={busy} onClick={() => void add()}>
          {t("add")}
        </Button>
      </div>
      <p
        id={`${id}-meaning`}
        role={error ? "alert" : undefined}
        className={error ? "text-danger" : "text-muted-foreground"}
      >
        {error ?? t("meaning")}
      </p>
      {people.length > 0 && <PeopleList people={people} onRemove={remove} />}
    </div>
  )
}

function PeopleList({ people, onRemove }: { people: string[]; onRemove: (person: string) => void }) {
  const t = useTranslations("share.people")
  return (
    <ul aria-label={t("list")} className="flex flex-wrap gap-1.5">
      {people.map((person) => (
        <li key={person} className="flex min-w-0 items-center rounded-md border ps-2">
          <span className="truncate">{person}</span>
          <IconButton label={t("remove", { person })} className="size-7" onClick={() => onRemove(person)}>
            <X className="size-3.5" />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}

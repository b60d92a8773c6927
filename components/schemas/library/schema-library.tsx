"use client"

import { Copy, Plus, Search, Trash2 } from "lucide-react"
import Link from "next/link"
import { useTranslations } from "next-intl"
import { useCallback, useEffect, useRef, useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { sentenceOf } from "@/components/base/api"
import { useReaderTime } from "@/components/base/reader-time"
import { fetchSchema, fetchSchemas, removeSchema, returnSchema, saveSchema } from "@/components/schemas/library-api"
import { IconButton } from "@/components/ui/icon-button"
import { toast } from "@/components/ui/toast"
import { MAX_SCHEMA_NAME } from "@/lib/limits"
import type { SchemaEntry } from "@/lib/schemas/types"

/** Number of schemas from which there is a search field. */
const SEARCHED_FROM = 5

/** The server's list and actions on its entries. `onRemoved`: the pressed button is gone. */
function useLibrary(initial: SchemaEntry[], onRemoved: () => void) {
  const t = useTranslations("schemas")
  const [schemas, setSchemas] = useState(initial)
  const tell = (error: unknown) => void toast.error(sentenceOf(error))
  const read = useCallback(
    () => fetchSchemas().then(setSchemas, (error: unknown) => void toast.error(sentenceOf(error))),
    [],
  )
  // The router may restore an outdated page.
  useEffect(() => void read(), [read])
  const remove = async ({ id, name }: SchemaEntry) => {
    try {
      await removeSchema(id)
    } catch (error) {
      return tell(error)
    }
    onRemoved()
    const onClick = () => void returnSchema(id).then(read, tell)
    toast(t("deleted", { name }), { action: { label: t("undo"), onClick } })
    await read()
  }
  const duplicate = async ({ id, name }: SchemaEntry) => {
    try {
      const { text, description } = await fetchSchema(id)
      const copy = t("copyName", { name: name.slice(0, MAX_SCHEMA_NAME - 20) })
      await saveSchema({ id: uuidv7(), name: copy, description, text, note: null })
      toast.success(t("duplicated", { name: copy }))
      await read()
    } catch (error) {
      tell(error)
    }
  }
  return { schemas, remove, duplicate }
}

/** The user's schemas, to open, search, copy, and delete with undo. */
export function SchemaLibrary({ initial }: { initial: SchemaEntry[] }) {
  const t = useTranslations("schemas")
  const [text, setText] = useState("")
  const add = useRef<HTMLAnchorElement>(null)
  const { schemas, remove, duplicate } = useLibrary(initial, () => add.current?.focus())
  const wanted = text.trim().toLocaleLowerCase()
  const found = schemas.filter(({ name, description }) =>
    `${name}\n${description}`.toLocaleLowerCase().includes(wanted),
  )
  return (
    <div className="mx-auto w-full max-w-3xl px-4 pb-10 sm:px-6">
      <div className="flex flex-wrap items-center gap-3 pb-3">
        <p className="min-w-0 flex-1 basis-64 text-pretty text-muted-foreground text-sm leading-6">{t("meaning")}</p>
        <Link
          ref={add}
          href="/schemas/new"
          prefetch={false}
          className="inline-flex h-9 items-center gap-2 rounded-md bg-primary px-3.5 font-medium text-primary-foreground text-sm hover:opacity-90 pointer-coarse:h-10"
        >
          <Plus className="size-4" aria-hidden /> {t("new")}
        </Link>
      </div>
      {schemas.length >= SEARCHED_FROM && <SearchField text={text} onChange={setText} />}
      {schemas.length === 0 && <p className="py-8 text-center text-muted-foreground text-sm">{t("empty")}</p>}
      {schemas.length > 0 && (
        <p role="status" className={found.length === 0 ? "py-6 text-muted-foreground text-sm" : "sr-only"}>
          {wanted && t("found", { count: found.length })}
        </p>
      )}
      <ul className="flex flex-col">
        {found.map((schema) => (
          <SchemaItem
            key={schema.id}
            schema={schema}
            onDuplicate={() => void duplicate(schema)}
            onRemove={() => void remove(schema)}
          />
        ))}
      </ul>
    </div>
  )
}

function SearchField({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const t = useTranslations("schemas")
  return (
    <div className="relative mb-2">
      <Search aria-hidden className="absolute start-3 top-1/2 size-4 -translate-y-1/2 text-muted-foreground" />
      <input
        type="search"
        aria-label={t("search")}
        placeholder={t("search")}
        value={text}
        onChange={({ target }) => onChange(target.value)}
        className="h-10 w-full rounded-md border border-input bg-background ps-9 pe-3 text-sm max-sm:text-base"
      />
    </div>
  )
}

interface ItemProps {
  schema: SchemaEntry
  onDuplicate: () => void
  onRemove: () => void
}

function SchemaItem({ schema: { id, name, description, version, updatedAt }, onDuplicate, onRemove }: ItemProps) {
  const t = useTranslations("schemas")
  const changed = useReaderTime()(updatedAt)
  return (
    <li className="group flex items-center gap-1 border-b py-1 last:border-0">
      <Link
        href={`/schemas/${id}`}
        prefetch={false}
        className="-mx-2 min-w-0 flex-1 rounded-md px-2 py-2 hover:bg-muted/60"
      >
        <span className="block truncate font-medium text-sm">{name}</span>
        {description && <span className="block truncate text-[0.8125rem] text-muted-foreground">{description}</span>}
        <span className="block text-muted-foreground text-xs leading-5">{t("line", { version, changed })}</span>
      </Link>
      <IconButton label={t("duplicate", { name })} onClick={onDuplicate}>
        <Copy className="size-4" />
      </IconButton>
      <IconButton variant="danger" label={t("delete", { name })} onClick={onRemove}>
        <Trash2 className="size-4" />
      </IconButton>
    </li>
  )
}

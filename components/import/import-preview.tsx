"use client"

import { useTranslations } from "next-intl"
import { useMemo, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { chosenRanges, SOURCE_NAMES, sumsOf } from "@/components/import/preview-sums"
import type { Importing } from "@/components/import/use-import"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import type { Preview, PreviewChat } from "@/lib/import/types"

/** Chats listed; the rest is included through “All”. */
const MAX_LISTED = 500

interface Props {
  own: Importing
  preview: Preview
}

/** The content of the file before anything is stored: imports all of it or a selection. */
export function ImportPreview({ own, preview }: Props) {
  const t = useTranslations("appSettings.import")
  const fresh = useMemo(() => preview.chats.flatMap(({ there }, place) => (there ? [] : [place])), [preview])
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set())
  const chosen = fresh.filter((place) => !left.has(place))
  const toggle = (place: number) => {
    const next = new Set(left)
    if (!next.delete(place)) next.add(place)
    setLeft(next)
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => open || own.cancel()}
      title={t("title")}
      description={own.state?.name}
      className="w-[min(94vw,36rem)]"
      footer={
        <>
          <Button onClick={own.cancel}>{t("cancel")}</Button>
          <Button
            variant="primary"
            data-autofocus
            aria-disabled={chosen.length === 0}
            onClick={() => chosen.length > 0 && own.start(chosenRanges(chosen))}
          >
            {chosen.length > 0 ? t("start", { count: chosen.length }) : t("nothing")}
          </Button>
        </>
      }
    >
      <Sums preview={preview} />
      <Chats
        chats={preview.chats}
        left={left}
        onToggle={toggle}
        all={chosen.length === fresh.length && fresh.length > 0}
        some={chosen.length > 0}
        onAll={(all) => setLeft(new Set(all ? [] : fresh))}
      />
      <Lacking preview={preview} />
    </Dialog>
  )
}

function Sums({ preview }: { preview: Preview }) {
  const t = useTranslations("appSettings.import")
  const locale = useFormatLocale()
  const { sources, messages, images, from, to, there } = sumsOf(preview)
  const date = (at: number) => new Date(at).toLocaleDateString(locale, { dateStyle: "medium" })
  const source = new Intl.ListFormat(locale, { type: "conjunction" }).format(sources.map((one) => SOURCE_NAMES[one]))
  const { extras } = preview
  return (
    <p className="text-pretty text-sm leading-6">
      {t("found", { chats: preview.chats.length, source, messages, images })}{" "}
      {from !== null && to !== null && t("range", { from: date(from), to: date(to) })}{" "}
      {there > 0 && t("there", { count: there })}{" "}
      {extras &&
        extras.presets + extras.prompts + extras.schemas > 0 &&
        t("extras", { presets: extras.presets, prompts: extras.prompts, schemas: extras.schemas })}
    </p>
  )
}

interface ChatsProps {
  chats: PreviewChat[]
  left: ReadonlySet<number>
  onToggle: (place: number) => void
  all: boolean
  some: boolean
  onAll: (all: boolean) => void
}

function Chats({ chats, left, onToggle, all, some, onAll }: ChatsProps) {
  const t = useTranslations("appSettings.import")
  const locale = useFormatLocale()
  const date = (at: number | null) =>
    at === null ? "–" : new Date(at).toLocaleDateString(locale, { dateStyle: "medium" })
  return (
    <fieldset className="mt-3 min-w-0 rounded-md border">
      <legend className="sr-only">{t("list")}</legend>
      <label className="flex min-h-10 cursor-pointer items-center gap-2.5 border-b px-3 font-medium text-sm pointer-coarse:min-h-11">
        <input
          type="checkbox"
          className="size-4 accent-primary"
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = some && !all
          }}
          onChange={({ target }) => onAll(target.checked)}
        />
        {t("all")}
      </label>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard */}
      <ul tabIndex={0} aria-label={t("list")} className="max-h-64 overflow-y-auto py-1">
        {chats.slice(0, MAX_LISTED).map((chat, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and indexes are what is selected
          <li key={place}>
            <label className="flex min-h-10 cursor-pointer items-center gap-2.5 px-3 py-1 text-sm pointer-coarse:min-h-11">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-primary"
                checked={!chat.there && !left.has(place)}
                disabled={chat.there}
                onChange={() => onToggle(place)}
              />
              <span className="min-w-0 flex-1">
                <span className="block truncate">{chat.title}</span>
                <span className="block text-[0.78125rem] text-muted-foreground">
                  {chat.there ? t("already") : t("chat", { messages: chat.messages, date: date(chat.to ?? chat.from) })}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {chats.length > MAX_LISTED && (
        <p className="border-t px-3 py-2 text-[0.8125rem] text-muted-foreground">{t("shown", { count: MAX_LISTED })}</p>
      )}
    </fieldset>
  )
}

/** Lists what can't be read and what is not imported. */
function Lacking({ preview: { unread, moreUnread, losses } }: { preview: Preview }) {
  const t = useTranslations("appSettings.import")
  const count = unread.length + moreUnread
  return (
    <>
      {count > 0 && (
        <details className="mt-3 text-sm">
          <summary className="cursor-pointer py-1">{t("unread", { count })}</summary>
          <ul className="mt-1 list-disc space-y-0.5 ps-5 text-[0.8125rem] text-muted-foreground">
            {unread.map(({ title, why }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
              <li key={place} className="wrap-anywhere">
                {title ?? t("untitled")}: {t(`why.${why}`)}
              </li>
            ))}
            {moreUnread > 0 && <li>{t("more", { count: moreUnread })}</li>}
          </ul>
        </details>
      )}
      {losses.length > 0 && (
        <details className="mt-3 text-sm">
          <summary className="cursor-pointer py-1">{t("losses")}</summary>
          <ul className="mt-1 list-disc space-y-0.5 ps-5 text-[0.8125rem] text-muted-foreground">
            {losses.map(({ kind, name, chat }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
              <li key={place} className="wrap-anywhere">
                {t(`loss.${kind}`, { name })} ({chat})
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

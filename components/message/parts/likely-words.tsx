"use client"

import { useTranslations } from "next-intl"
import { type KeyboardEvent, useRef, useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import type { Alternatives, LikelyWord } from "@/lib/messages/alternatives"

/** Width in pixels of a word's card. */
const CARD_WIDTH = 240

interface ShownWord {
  index: number
  left: number
  top: number
}

/** An answer's words colored by the model's uncertainty, with the likely alternatives for each. */
export default function LikelyWords({ words, more }: Alternatives) {
  const t = useTranslations("message")
  const root = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState<ShownWord | null>(null)
  const show = (target: EventTarget) => {
    if (!(target instanceof HTMLElement) || target.dataset.word === undefined || !root.current) return
    const left = Math.max(0, Math.min(target.offsetLeft, root.current.clientWidth - CARD_WIDTH))
    setShown({ index: Number(target.dataset.word), left, top: target.offsetTop + target.offsetHeight + 4 })
  }
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (event.key === "Escape") setShown(null)
    if (!step) return
    event.preventDefault()
    root.current?.querySelector<HTMLElement>(`[data-word="${(shown?.index ?? -1) + step}"]`)?.focus()
  }
  const word = shown ? words[shown.index] : undefined
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only observes events of its words
    <div
      ref={root}
      className="relative text-[0.9375rem] leading-7"
      onMouseOver={(event) => show(event.target)}
      onMouseLeave={() => setShown(null)}
      onFocus={(event) => show(event.target)}
      onBlur={() => setShown(null)}
      onKeyDown={move}
    >
      <p className="mb-2 text-[0.8125rem] text-muted-foreground">{t("likelyHint")}</p>
      <p className="wrap-anywhere whitespace-pre-wrap">
        {words.map(({ text, chance }, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: words never change
            key={index}
            data-word={index}
            tabIndex={index === (shown?.index ?? 0) ? 0 : -1}
            className="rounded-sm hover:outline hover:outline-ring"
            style={{ background: `color-mix(in oklab, var(--spark) ${Math.round((1 - chance) * 50)}%, transparent)` }}
          >
            {text}
          </span>
        ))}
        {more && <span className="text-muted-foreground"> {t("likelyMore")}</span>}
      </p>
      <div
        role="status"
        style={shown ? { left: shown.left, top: shown.top, width: CARD_WIDTH } : undefined}
        className={
          shown ? "pointer-events-none absolute z-20 rounded-lg border bg-popover p-2 shadow-float" : "sr-only"
        }
      >
        {word && <Card {...word} />}
      </div>
    </div>
  )
}

function Card({ text, chance, others }: LikelyWord) {
  const t = useTranslations("message")
  const locale = useFormatLocale()
  const percent = (value: number) => value.toLocaleString(locale, { style: "percent", maximumFractionDigits: 1 })
  return (
    <>
      <p className="flex justify-between gap-3 font-medium text-[0.8125rem]">
        <span className="wrap-anywhere font-mono">{visible(text)}</span>
        <span className="tabular-nums">{percent(chance)}</span>
      </p>
      {others.length > 0 && (
        <ul
          aria-label={t("likelyOthers")}
          className="mt-1 space-y-0.5 border-t pt-1 text-[0.8125rem] text-muted-foreground"
        >
          {others.map(([other, likely]) => (
            <li key={other} className="flex justify-between gap-3">
              <span className="wrap-anywhere font-mono">{visible(other)}</span>
              <span className="tabular-nums">{percent(likely)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Makes whitespace visible, since it is part of a token. */
const visible = (text: string): string => text.replaceAll(" ", "␣").replaceAll("\n", "↵").replaceAll("\t", "⇥")

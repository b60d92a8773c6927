"use client"

import { Clock, Moon, Sun } from "lucide-react"
import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { CardFrame } from "@/components/tools/card-frame"
import { toolCard } from "@/components/tools/tool-card"
import { type TimeOutput, timeInput, timeOutput } from "@/lib/ai/tools/current_time/types"

/** Clocks for the requested places. */
export default toolCard({ input: timeInput, output: timeOutput, Result: ({ output }) => <Clocks output={output} /> })

function Clocks({ output: { places, note } }: { output: TimeOutput }) {
  const t = useTranslations("clocks")
  return (
    <CardFrame icon={<Clock aria-hidden />} title={t("title", { count: places.length })}>
      <ul className="divide-y">
        {places.map((place, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same place may be requested twice
          <ClockRow key={index} place={place} />
        ))}
      </ul>
      {note && <p className="border-t px-3.5 py-2 text-[0.8125rem] text-muted-foreground">{t(note)}</p>}
    </CardFrame>
  )
}

function ClockRow({ place: { name, zone, local, offset, daylightSaving } }: { place: TimeOutput["places"][number] }) {
  const t = useTranslations("clocks")
  const locale = useFormatLocale()
  const time = new Date(`${local}Z`)
  const hour = time.getUTCHours()
  const Sky = hour >= 6 && hour < 20 ? Sun : Moon
  const form = (options: Intl.DateTimeFormatOptions) => time.toLocaleString(locale, { ...options, timeZone: "UTC" })
  return (
    <li className="flex items-center gap-3 px-3.5 py-2.5">
      <Sky aria-hidden className={`size-4 shrink-0 ${Sky === Sun ? "text-spark" : "text-muted-foreground"}`} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{placeName(name, zone)}</p>
        <p className="text-[0.8125rem] text-muted-foreground">
          {t("utc", { offset: offset === "+00:00" ? "" : offset })}
          {daylightSaving && ` · ${t("daylightSaving")}`}
        </p>
      </div>
      <p className="text-end">
        <time dateTime={`${local}${offset}`} className="block font-light text-2xl leading-7 tabular-nums">
          {form({ hour: "numeric", minute: "2-digit" })}
        </time>
        <span className="text-[0.8125rem] text-muted-foreground">
          {form({ weekday: "short", day: "numeric", month: "short" })}
        </span>
      </p>
    </li>
  )
}

/** `Europe/Berlin` is Berlin. */
const placeName = (name: string, zone: string) =>
  name.includes("/") ? (zone.split("/").at(-1) ?? zone).replaceAll("_", " ") : name

"use client"

import { ChevronDown, CircleAlert, CircleSlash, Droplets, Thermometer, Wind } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { useStore } from "@/components/base/store"
import { useMessageContext } from "@/components/message/parts/message-context"
import { OutsideLink } from "@/components/tools/card-frame"
import GenericCard from "@/components/tools/generic-card"
import { defaultUnits, degrees, preferredUnits, speed, type Units } from "@/components/tools/get_weather/units"
import { WeatherChart } from "@/components/tools/get_weather/weather-chart"
import { dayName } from "@/components/tools/get_weather/weather-data"
import { SkyIcon } from "@/components/tools/get_weather/weather-icon"
import type { ToolCardProps } from "@/components/tools/tool-part"
import { horizontalOverflowHint } from "@/components/ui/horizontal-overflow"
import { Menu, MenuItem } from "@/components/ui/menu"
import { type WeatherOutput, weatherInput, weatherOutput } from "@/lib/ai/tools/get_weather/types"

/** The `get_weather` forecast: now, the next 24 hours, the next days. */
export default function WeatherCard({ part, streaming }: ToolCardProps) {
  const t = useTranslations("weather")
  const asked = weatherInput.safeParse(part.input)
  const place = asked.success ? asked.data.location : t("thisPlace")
  if (part.state === "output-error")
    return (
      <Notice icon={<CircleAlert className="text-danger" />} title={t("none", { place })}>
        {part.errorText}
      </Notice>
    )
  if (part.state === "output-denied")
    return (
      <Notice icon={<CircleSlash />} title={t("denied", { place })}>
        {part.approval?.reason ?? t("notAsked")}
      </Notice>
    )
  if (part.state !== "output-available")
    return streaming ? (
      <Loading place={asked.success ? place : null} />
    ) : (
      <Notice icon={<CircleSlash />} title={t("none", { place })}>
        {t("ended")}
      </Notice>
    )
  // A result from another version is shown as raw data.
  const output = weatherOutput.safeParse(part.output)
  return output.success ? <Forecast weather={output.data} /> : <GenericCard part={part} streaming={streaming} />
}

const FRAME = "overflow-hidden rounded-lg border bg-surface"

function Forecast({ weather }: { weather: WeatherOutput }) {
  const t = useTranslations("weather")
  const locale = useFormatLocale()
  const units = useStore(preferredUnits, preferredUnits.first) ?? defaultUnits(locale)
  return (
    <figure aria-label={t("inPlace", { place: weather.place.name })} className={`@container ${FRAME}`}>
      <Now weather={weather} units={units} />
      <WeatherChart hours={weather.hours} units={units} />
      <Days days={weather.days} units={units} />
      <div className="flex h-10 items-center gap-3 border-t px-5 text-muted-foreground text-xs">
        <figcaption className="min-w-0 flex-1 truncate">
          <OutsideLink url="https://open-meteo.com/" className="underline-offset-2 hover:underline">
            {t("by", { source: weather.source })}
          </OutsideLink>
          , {t("localTime")}
        </figcaption>
        {weather.others && <OtherPlaces others={weather.others} />}
        <UnitsButton units={units} />
      </div>
    </figure>
  )
}

function UnitsButton({ units }: { units: Units }) {
  const t = useTranslations("weather")
  const other = units === "us" ? "metric" : "us"
  return (
    <button
      type="button"
      aria-label={t("units", { units: other })}
      data-tip={t("units", { units: other })}
      onClick={() => preferredUnits.set(other)}
      className="-me-2 h-8 shrink-0 rounded-md px-2 hover:bg-muted hover:text-foreground print:hidden pointer-coarse:h-10"
    >
      <span className={units === "metric" ? "font-medium text-foreground" : ""}>°C</span>
      {" / "}
      <span className={units === "us" ? "font-medium text-foreground" : ""}>°F</span>
    </button>
  )
}

/** Other places with the same name; choosing one asks about it. */
function OtherPlaces({ others }: { others: NonNullable<WeatherOutput["others"]> }) {
  const t = useTranslations("weather")
  const { suggest } = useMessageContext()
  if (!suggest) return null
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex h-8 shrink-0 items-center gap-1 rounded-md px-2 hover:bg-muted hover:text-foreground print:hidden pointer-coarse:h-10"
        >
          {t("otherPlace")} <ChevronDown className="size-3.5" aria-hidden />
        </button>
      }
    >
      {others.map((place) => {
        const name = [place.name, place.region, place.country].filter(Boolean).join(", ")
        return (
          <MenuItem key={name} onSelect={() => suggest(t("askFor", { place: name }))}>
            {name}
          </MenuItem>
        )
      })}
    </Menu>
  )
}

const percent = (value: number, locale: string) =>
  (value / 100).toLocaleString(locale, { style: "percent", maximumFractionDigits: 0 })

function Now({ weather: { place, now }, units }: { weather: WeatherOutput; units: Units }) {
  const t = useTranslations("weather")
  const locale = useFormatLocale()
  const where = [place.region, place.country].filter((part) => part && part !== place.name).join(", ")
  return (
    <div className="flex h-[7.75rem] items-start justify-between gap-4 px-5 pt-4">
      <div className="min-w-0">
        <h3 className="truncate font-semibold leading-6">{place.name}</h3>
        <p className="h-5 truncate text-[0.8125rem] text-muted-foreground leading-5">{where}</p>
        <dl className="mt-2 flex gap-x-3 text-[0.8125rem] text-muted-foreground @min-[36rem]:mt-3.5 @min-[36rem]:gap-x-4">
          <Figure icon={<Thermometer />} name={t("feelsLike")}>
            {degrees(now.feelsLikeC, units)}
          </Figure>
          <Figure icon={<Droplets />} name={t("humidity")}>
            {percent(now.humidityPercent, locale)}
          </Figure>
          <Figure icon={<Wind />} name={t("wind")}>
            {speed(now.windKmh, units, locale)}
          </Figure>
        </dl>
      </div>
      <div className="shrink-0 text-end">
        <p className="flex items-center justify-end gap-2.5 font-light text-[2.6rem] leading-none tracking-tight">
          <SkyIcon code={now.conditions.code} day={now.isDay} className="size-9" />
          {degrees(now.temperatureC, units)}
          <span className="-ms-2 self-start text-lg leading-tight">{units === "us" ? "F" : "C"}</span>
        </p>
        <p className="mt-2 max-w-24 text-[0.8125rem] text-muted-foreground leading-tight @min-[36rem]:max-w-40">
          {t("conditions", now.conditions)}
        </p>
      </div>
    </div>
  )
}

/** The name is above the value, or beside it where there is room; otherwise the icon stands for it. */
function Figure({ icon, name, children }: { icon: ReactNode; name: string; children: ReactNode }) {
  return (
    <div
      className="flex items-center gap-x-1.5 @max-[36rem]:@min-[20rem]:flex-col @max-[36rem]:@min-[20rem]:items-start [&_svg]:size-3.5"
      data-tip={name}
    >
      <dt className="flex items-center gap-1.5 whitespace-nowrap @max-[36rem]:text-xs">
        <span aria-hidden className="@max-[36rem]:@min-[20rem]:hidden">
          {icon}
        </span>
        <span className="@max-[20rem]:sr-only">{name}</span>
      </dt>
      <dd className="whitespace-nowrap text-foreground tabular-nums">{children}</dd>
    </div>
  )
}

function Days({ days, units }: { days: WeatherOutput["days"]; units: Units }) {
  const t = useTranslations("weather")
  const locale = useFormatLocale()
  return (
    <ul ref={horizontalOverflowHint} className="flex h-[7.25rem] snap-x scroll-px-2 overflow-x-auto border-t px-2">
      {days.map((day, index) => (
        <li
          key={day.date}
          className="flex min-w-16 flex-1 snap-start flex-col items-center gap-0.5 pt-2.5 text-[0.8125rem]"
        >
          <span className="text-muted-foreground">{index === 0 ? t("today") : dayName(day.date, locale)}</span>
          <SkyIcon code={day.conditions.code} className="mt-0.5 size-5" />
          <span className="sr-only">
            {t("conditions", day.conditions)}
            {day.precipitationPercent === null ? "" : `, ${t("chance")}`}
          </span>
          <span className="h-4 text-sky-700 text-xs leading-4 tabular-nums dark:text-sky-300">
            {day.precipitationPercent === null ? "" : percent(day.precipitationPercent, locale)}
          </span>
          <span className="whitespace-nowrap tabular-nums">
            <span className="sr-only">{t("highest")}</span>{" "}
            <span className="font-medium">{degrees(day.maxC, units)}</span>{" "}
            <span className="sr-only">{t("lowest")}</span>{" "}
            <span className="text-muted-foreground">{degrees(day.minC, units)}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Has the same dimensions as the forecast, so that nothing moves when it arrives. */
function Loading({ place }: { place: string | null }) {
  const t = useTranslations("weather")
  return (
    <div role="status" className={FRAME}>
      <div className="flex h-[7.75rem] items-start justify-between px-5 pt-4">
        <div>
          <p className="font-semibold leading-6">{place ?? t("weather")}</p>
          <p className="text-[0.8125rem] text-muted-foreground leading-5">{t("asking")}</p>
          <div className="mt-4 h-4 w-44 animate-pulse rounded bg-muted" />
        </div>
        <div className="h-11 w-24 animate-pulse rounded-lg bg-muted" />
      </div>
      <div className="mx-5 my-3 h-32 animate-pulse rounded-lg bg-muted" />
      <div className="h-[7.25rem] border-t" />
      <div className="h-10 border-t" />
    </div>
  )
}

function Notice({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <div className={`${FRAME} flex gap-3 px-4 py-3 text-[0.875rem] [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0`}>
      {icon}
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="wrap-anywhere text-muted-foreground">{children}</p>
      </div>
    </div>
  )
}

"use client"

import { RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { type Parameter, parseTypedNumber } from "@/components/presets/parameters"
import { IconButton } from "@/components/ui/icon-button"
import { useUnsaved } from "@/components/ui/unsaved"
import { cn } from "@/lib/cn"

interface Props {
  parameter: Parameter
  value: number | undefined
  onChange: (value: number | undefined) => void
  /** The selected model's maximum; a larger stored value is kept, with a note that it is lowered. */
  most?: number
}

/** A parameter with its description and range. Invalid input is rejected, and the previous value stays in effect. */
export function NumberField({ parameter, value, onChange, most = Number.POSITIVE_INFINITY }: Props) {
  const t = useTranslations("settings")
  const id = useId()
  const { name, min } = parameter
  const max = Math.min(parameter.max, most)
  const bounded = { ...parameter, max }
  // The typed text, until the field is left with a valid value.
  const [typed, setTyped] = useState<string | null>(null)
  const read = parseTypedNumber(bounded, typed ?? "")
  useUnsaved(read.wrong !== null)
  const change = (to: number | undefined) => {
    setTyped(null)
    onChange(to)
  }
  const type = (text: string) => {
    const next = parseTypedNumber(bounded, text)
    setTyped(text)
    if (next.wrong === null) onChange(next.value)
  }
  const wrong = read.wrong && (
    <span role="alert" className="block text-danger">
      {t(`wrong.${read.wrong}`, { min, max, kept: value === undefined ? "none" : String(value) })}
    </span>
  )
  const lowered = !wrong && value !== undefined && value > max && ` ${t("lowered", { max })}`
  return (
    <div>
      <div className="flex h-8 items-center gap-1">
        <label htmlFor={id} className="min-w-0 flex-1 font-medium text-[0.8125rem]">
          {t(`parameters.${name}`)}
        </label>
        {(value !== undefined || read.wrong) && (
          <IconButton label={t("toDefault", { name: t(`parameters.${name}`) })} onClick={() => change(undefined)}>
            <RotateCcw className="size-3.5" />
          </IconButton>
        )}
        <input
          id={id}
          inputMode="decimal"
          value={typed ?? (value === undefined ? "" : String(value))}
          placeholder={t("default")}
          aria-describedby={`${id}-meaning`}
          aria-invalid={read.wrong !== null || undefined}
          onChange={(event) => type(event.target.value)}
          onBlur={() => read.wrong === null && setTyped(null)}
          className="h-8 w-20 rounded-md border border-input bg-background px-2 text-end text-sm tabular-nums placeholder:text-muted-foreground aria-invalid:border-danger"
        />
      </div>
      {parameter.middle !== null && (
        <Slider parameter={parameter} middle={parameter.middle} value={value} onChange={change} />
      )}
      <p id={`${id}-meaning`} className="text-[0.8125rem] text-muted-foreground leading-5">
        {t(`meanings.${name}`)} {t("range", { min, max })}
        {lowered}
        {wrong}
      </p>
    </div>
  )
}

/** Custom track and thumb: the native track is black beside a light accent color. */
const SLIDER =
  "h-6 w-full cursor-pointer appearance-none bg-transparent [--thumb:var(--spark)] forced-colors:appearance-auto [&::-moz-range-thumb]:size-3.5 [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border-0 [&::-moz-range-thumb]:bg-(--thumb) [&::-moz-range-track]:h-1 [&::-moz-range-track]:rounded-full [&::-moz-range-track]:bg-border [&::-webkit-slider-runnable-track]:h-1 [&::-webkit-slider-runnable-track]:rounded-full [&::-webkit-slider-runnable-track]:bg-border [&::-webkit-slider-thumb]:-mt-[5px] [&::-webkit-slider-thumb]:size-3.5 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:bg-(--thumb)"

function Slider({ parameter: { name, min, max, step }, middle, value, onChange }: Props & { middle: number }) {
  const t = useTranslations("settings")
  return (
    <input
      type="range"
      aria-label={t("slider", { name: t(`parameters.${name}`) })}
      {...{ min, max, step }}
      value={value ?? middle}
      onChange={(event) => onChange(Number(event.target.value))}
      className={cn(SLIDER, value === undefined && "[--thumb:var(--muted-foreground)]")}
    />
  )
}

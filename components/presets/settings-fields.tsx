"use client"

import { RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { PARAMETERS, type Parameter, readTyped } from "@/components/presets/parameters"
import { SystemPrompt } from "@/components/presets/system-prompt"
import { IconButton } from "@/components/ui/icon-button"
import { type Effort, levelsOf } from "@/lib/ai/thinking"
import type { ChatSettings } from "@/lib/chat/types"
import { cn } from "@/lib/cn"

interface Props {
  settings: ChatSettings
  onChange: (change: Partial<ChatSettings>) => void
  /** The chosen model thinks, or may do so. */
  /** Of the chosen model. */
  efforts: Effort[] | null
  tools: string[]
}

/** System prompt, parameters with their meaning and range, tools. */
export function SettingsFields({ settings, onChange, efforts, tools }: Props) {
  return (
    <div className="flex flex-col gap-5">
      <SystemPrompt value={settings.systemPrompt ?? ""} onChange={(value) => onChange({ systemPrompt: value })} />
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        {PARAMETERS.map((parameter) => (
          <NumberField
            key={parameter.name}
            parameter={parameter}
            value={settings[parameter.name]}
            onChange={(value) => onChange({ [parameter.name]: value })}
          />
        ))}
      </div>
      <Reasoning value={settings.reasoning} efforts={efforts} onChange={(value) => onChange({ reasoning: value })} />
      {tools.length > 0 && (
        <Tools names={tools} chosen={settings.tools} onChange={(chosen) => onChange({ tools: chosen })} />
      )}
    </div>
  )
}

interface NumberProps {
  parameter: Parameter
  value: number | undefined
  onChange: (value: number | undefined) => void
}

function NumberField({ parameter, value, onChange }: NumberProps) {
  const t = useTranslations("settings")
  const id = useId()
  const { name, min, max } = parameter
  // What is typed, until it is a value and the field is left.
  const [typed, setTyped] = useState<string | null>(null)
  const read = readTyped(parameter, typed ?? "")
  const change = (to: number | undefined) => {
    setTyped(null)
    onChange(to)
  }
  const type = (text: string) => {
    const next = readTyped(parameter, text)
    setTyped(text)
    if (next.wrong === null) onChange(next.value)
  }
  const wrong = read.wrong && (
    <span role="alert" className="block text-danger">
      {t(`wrong.${read.wrong}`, { min, max, kept: value === undefined ? "none" : String(value) })}
    </span>
  )
  return (
    <div>
      <div className="flex h-8 items-center gap-1">
        <label htmlFor={id} className="min-w-0 flex-1 font-medium text-[13px]">
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
      {name !== "maxTokens" && <Slider parameter={parameter} value={value} onChange={change} />}
      <p id={`${id}-meaning`} className="text-[13px] text-muted-foreground leading-5">
        {t(`meanings.${name}`)} {t("range", { min, max })}
        {wrong}
      </p>
    </div>
  )
}

/** A line and a dot: the browser's own line is black beside a light accent. */
const SLIDER =
  "h-6 w-full cursor-pointer appearance-none bg-transparent [--thumb:var(--spark)] forced-colors:appearance-auto [&::-moz-range-thumb]:size-3.5 [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border-0 [&::-moz-range-thumb]:bg-(--thumb) [&::-moz-range-track]:h-1 [&::-moz-range-track]:rounded-full [&::-moz-range-track]:bg-border [&::-webkit-slider-runnable-track]:h-1 [&::-webkit-slider-runnable-track]:rounded-full [&::-webkit-slider-runnable-track]:bg-border [&::-webkit-slider-thumb]:-mt-[5px] [&::-webkit-slider-thumb]:size-3.5 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:bg-(--thumb)"

function Slider({ parameter: { name, min, max, step, middle }, value, onChange }: NumberProps) {
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

interface ReasoningProps {
  value: ChatSettings["reasoning"]
  efforts: Effort[] | null
  onChange: (value: ChatSettings["reasoning"]) => void
}

function Reasoning({ value, efforts, onChange }: ReasoningProps) {
  const t = useTranslations("settings")
  const id = useId()
  return (
    <fieldset aria-describedby={`${id}-meaning`}>
      <legend className="mb-1.5 font-medium text-[13px]">{t("reasoning")}</legend>
      <div className="flex flex-wrap gap-1.5">
        {[undefined, ...levelsOf(efforts)].map((level) => (
          <label
            key={level ?? "default"}
            className={cn(
              "flex h-8 cursor-pointer items-center rounded-md border px-3 text-[13px] has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2",
              value === level ? "border-spark bg-spark-soft font-medium" : "hover:border-input",
            )}
          >
            <input
              type="radio"
              name={`${id}-effort`}
              checked={value === level}
              onChange={() => onChange(level)}
              className="sr-only"
            />
            {t(`efforts.${level ?? "default"}`)}
          </label>
        ))}
      </div>
      <p id={`${id}-meaning`} className="mt-1 text-[13px] text-muted-foreground leading-5">
        {efforts?.length === 0 ? t("reasoningNot") : t("reasoningMeaning")}
      </p>
    </fieldset>
  )
}

interface ToolsProps {
  names: string[]
  /** Undefined: all. */
  chosen: string[] | undefined
  onChange: (chosen: string[] | undefined) => void
}

function Tools({ names, chosen, onChange }: ToolsProps) {
  const t = useTranslations("settings")
  const isOn = (name: string) => chosen?.includes(name) ?? true
  const toggle = (name: string) => {
    const next = names.filter((candidate) => (candidate === name ? !isOn(name) : isOn(candidate)))
    onChange(next.length === names.length ? undefined : next)
  }
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-[13px]">{t("tools")}</legend>
      {names.map((name) => (
        <label key={name} className="flex min-h-8 cursor-pointer items-center gap-2.5 text-sm">
          <input type="checkbox" checked={isOn(name)} onChange={() => toggle(name)} className="size-4 accent-spark" />
          {name === "get_weather" ? t("toolNames.get_weather") : name}
        </label>
      ))}
    </fieldset>
  )
}

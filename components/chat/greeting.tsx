"use client"

import { Braces, CloudSun, ImagePlus, Info, Lightbulb } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { SparkIcon } from "@/components/ui/wordmark"
import type { ModelsResponse } from "@/lib/ai/model.types"

export interface Example {
  text: string
  /** What it needs beside the words. */
  needs?: "image" | "schema"
}

const EXAMPLES = [
  { icon: Lightbulb, name: "exampleExplain", needs: undefined },
  { icon: ImagePlus, name: "exampleLook", needs: "image" },
  { icon: CloudSun, name: "exampleWeather", needs: undefined },
  { icon: Braces, name: "exampleData", needs: "schema" },
] as const

interface Props {
  notice: ModelsResponse["notice"]
  onExample: (example: Example) => void
}

/** The empty conversation: what can be done here, and who answers. */
export function Greeting({ notice, onExample }: Props) {
  const t = useTranslations("chat")
  return (
    <div className="mx-auto flex min-h-full w-full max-w-3xl flex-col justify-center px-4 py-8 sm:px-6">
      <SparkIcon className="size-9" />
      <h1 className="mt-4 font-semibold text-[1.7rem] leading-tight tracking-[-0.02em]">{t("greeting")}</h1>
      <p className="mt-2 text-muted-foreground">{t("begin")}</p>
      <ul className="mt-6 grid gap-2 sm:grid-cols-2">
        {EXAMPLES.map(({ icon: Icon, name, needs }) => (
          <li key={name}>
            <button
              type="button"
              onClick={() => onExample({ text: t(`${name}Text`), needs })}
              className="flex h-full w-full items-start gap-3 rounded-lg border bg-surface px-3.5 py-3 text-start transition-colors hover:border-input"
            >
              <Icon className="mt-0.5 size-[18px] shrink-0 text-spark-text" aria-hidden />
              <span className="min-w-0">
                <span className="block font-medium text-[14.5px] leading-6">{t(name)}</span>
                <span className="line-clamp-2 text-[13.5px] text-muted-foreground leading-5">{t(`${name}Text`)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <Notice kind={notice.kind}>{notice.text}</Notice>
    </div>
  )
}

function Notice({ kind, children }: { kind: ModelsResponse["notice"]["kind"]; children: ReactNode }) {
  if (kind === "fireworks") return <p className="mt-6 text-[13.5px] text-muted-foreground">{children}</p>
  return (
    <p className="mt-6 flex gap-2.5 rounded-lg bg-spark-soft px-3.5 py-3 text-[14px] leading-6">
      <Info className="mt-1 size-4 shrink-0 text-spark-text" aria-hidden />
      <span className="wrap-anywhere">{children}</span>
    </p>
  )
}

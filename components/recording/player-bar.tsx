"use client"

import { CirclePlay, Pause, Play, RotateCcw, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { useReaderTime } from "@/components/base/reader-time"
import { useStore } from "@/components/base/store"
import { type Player, SPEEDS, type Speed } from "@/components/recording/player"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"
import type { RecordingHead } from "@/lib/recording/format"

interface Props {
  player: Player
  name: string
  head: RecordingHead
  onClose: () => void
}

/** Identifies the recording and controls playback. Always visible. */
export function PlayerBar({ player, name, head, onClose }: Props) {
  const t = useTranslations("recordings")
  return (
    <section aria-label={t("recording")} className="sticky top-0 z-10 border-b bg-background">
      <div className="mx-auto flex w-full max-w-4xl flex-wrap items-center gap-x-3 gap-y-2 px-4 pb-3 sm:px-6">
        <span className="inline-flex shrink-0 items-center gap-1.5 rounded-full bg-spark-soft px-2.5 py-1 font-medium text-spark-text text-xs">
          <CirclePlay className="size-3.5" aria-hidden /> {t("recording")}
        </span>
        <div className="min-w-0 flex-1 basis-40">
          <p className="truncate text-sm" dir="auto">
            {name}
          </p>
          <Facts head={head} />
        </div>
        <div className="flex items-center gap-1 max-sm:order-last max-sm:w-full">
          <Controls player={player} />
        </div>
        <IconButton label={t("close")} onClick={onClose}>
          <X className="size-4" />
        </IconButton>
      </div>
    </section>
  )
}

function Facts({ head: { model, savedAt, sparkler } }: { head: RecordingHead }) {
  const t = useTranslations("recordings")
  const day = useReaderTime()(savedAt, true)
  return (
    <p className="truncate text-muted-foreground text-xs">
      {t("facts", { model: model.split("/").at(-1) ?? model, day, version: sparkler })}
    </p>
  )
}

function Controls({ player }: { player: Player }) {
  const t = useTranslations("recordings")
  const { running, over, at, speed } = useStore(player.state)
  return (
    <>
      <IconButton label={t(running ? "pause" : over ? "again" : "play")} onClick={running ? player.pause : player.play}>
        {running ? <Pause className="size-4" /> : <Play className="size-4" />}
      </IconButton>
      <IconButton label={t("restart")} onClick={player.restart}>
        <RotateCcw className="size-4" />
      </IconButton>
      <span className="min-w-24 text-center text-muted-foreground text-xs tabular-nums" data-clock>
        {clock(at)} / {clock(player.length)}
      </span>
      <SpeedChoice speed={speed} onChange={player.setSpeed} />
    </>
  )
}

function SpeedChoice({ speed, onChange }: { speed: Speed; onChange: (speed: Speed) => void }) {
  const t = useTranslations("recordings")
  return (
    <fieldset className="flex rounded-md border p-0.5">
      <legend className="sr-only">{t("speed")}</legend>
      {SPEEDS.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === speed}
          onClick={() => onChange(one)}
          className={cn(
            "h-7 rounded px-2 text-xs pointer-coarse:h-9",
            one === speed ? "bg-muted font-medium" : "text-muted-foreground hover:text-foreground",
          )}
        >
          {one === 0 ? t("instant") : t("times", { count: one })}
        </button>
      ))}
    </fieldset>
  )
}

/** `1:05`. */
const clock = (ms: number): string => {
  const seconds = Math.floor(ms / 1_000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}

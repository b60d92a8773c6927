"use client"

import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { altOf, type ShownImage, sized } from "@/components/images/shown-image"
import { Button } from "@/components/ui/button"
import { cn } from "@/lib/cn"

interface Props {
  images: ShownImage[]
  /** The image viewed before. */
  first: number
}

/** Two images of a message, side by side or overlaid with a movable divider. */
export default function CompareView({ images, first }: Props) {
  const t = useTranslations("images")
  const [left, setLeft] = useState(first < images.length - 1 ? first : 0)
  const [right, setRight] = useState(first < images.length - 1 ? first + 1 : first)
  const [slides, setSlides] = useState(false)
  const [one, other] = [images[left], images[right]]
  if (!one || !other) return null
  return (
    <div className="absolute inset-0 flex flex-col gap-2 px-3 pb-3">
      <div className="flex flex-wrap items-center justify-center gap-2">
        <Choice label={t("firstImage")} images={images} value={left} onChange={setLeft} />
        <Choice label={t("secondImage")} images={images} value={right} onChange={setRight} />
        {/* biome-ignore lint/a11y/useSemanticElements: fieldset is for form data */}
        <div role="group" aria-label={t("compareHow")} className="flex gap-1">
          <Button size="sm" aria-pressed={!slides} className="aria-pressed:bg-muted" onClick={() => setSlides(false)}>
            {t("sideBySide")}
          </Button>
          <Button size="sm" aria-pressed={slides} className="aria-pressed:bg-muted" onClick={() => setSlides(true)}>
            {t("slider")}
          </Button>
        </div>
      </div>
      {slides ? (
        <Slider one={one} other={other} numbers={[left + 1, right + 1]} />
      ) : (
        <div className="grid min-h-0 flex-1 gap-2 max-sm:grid-rows-2 sm:grid-cols-2">
          <Side image={one} number={left + 1} />
          <Side image={other} number={right + 1} />
        </div>
      )}
    </div>
  )
}

interface ChoiceProps {
  label: string
  images: ShownImage[]
  value: number
  onChange: (place: number) => void
}

function Choice({ label, images, value, onChange }: ChoiceProps) {
  const t = useTranslations("images")
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(Number(target.value))}
      className="h-8 max-w-[40vw] rounded-md border border-input bg-background px-2 text-[0.8125rem] pointer-coarse:h-10 sm:max-w-56"
    >
      {images.map(({ url, name }, place) => (
        <option key={url} value={place}>
          {t("numbered", { number: place + 1, name })}
        </option>
      ))}
    </select>
  )
}

function Side({ image, number }: { image: ShownImage; number: number }) {
  return (
    <figure className="relative m-0 min-h-0 min-w-0">
      <Picture image={image} />
      <Badge number={number} className="start-2" />
    </figure>
  )
}

function Picture({ image, className }: { image: ShownImage; className?: string }) {
  return (
    // biome-ignore lint/performance/noImgElement: an image from our own store
    <img
      src={sized(image.url, 2048)}
      alt={altOf(image)}
      draggable={false}
      className={cn("absolute inset-0 size-full object-contain", className)}
    />
  )
}

const Badge = ({ number, className }: { number: number; className: string }) => (
  <figcaption
    className={cn(
      "absolute top-2 rounded bg-black/70 px-1.5 py-0.5 font-medium text-white text-xs tabular-nums",
      className,
    )}
  >
    {number}
  </figcaption>
)

interface SliderProps {
  one: ShownImage
  other: ShownImage
  numbers: [number, number]
}

/**
 * The first image left of the divider, the second to its right. The divider is a slider, moved by keys and pointers.
 */
function Slider({ one, other, numbers }: SliderProps) {
  const t = useTranslations("images")
  const id = useId()
  const [at, setAt] = useState(50)
  return (
    // Left to right regardless of the text direction, so that the divider matches the slider's value.
    <div dir="ltr" className="relative min-h-0 flex-1 touch-none select-none overflow-hidden">
      <Picture image={other} />
      <div data-over className="absolute inset-0 bg-black" style={{ clipPath: `inset(0 ${100 - at}% 0 0)` }}>
        <Picture image={one} />
      </div>
      <Badge number={numbers[0]} className="left-2" />
      <Badge number={numbers[1]} className="right-2" />
      <div
        aria-hidden
        className="pointer-events-none absolute inset-y-0 w-0.5 bg-white shadow"
        style={{ left: `${at}%` }}
      >
        <span className="-translate-x-1/2 -translate-y-1/2 absolute top-1/2 left-1/2 grid size-9 place-items-center rounded-full border-2 border-white bg-black/60 text-white text-xs">
          ⇆
        </span>
      </div>
      <label htmlFor={id} className="sr-only">
        {t("line")}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={100}
        step={1}
        value={at}
        onChange={({ target }) => setAt(target.valueAsNumber)}
        aria-valuetext={t("lineAt", { first: at, second: 100 - at })}
        className="peer absolute inset-0 size-full cursor-ew-resize appearance-none bg-transparent opacity-0"
      />
      <span
        aria-hidden
        className="pointer-events-none absolute inset-0 rounded-md peer-focus-visible:outline-2 peer-focus-visible:outline-white peer-focus-visible:-outline-offset-2"
      />
    </div>
  )
}

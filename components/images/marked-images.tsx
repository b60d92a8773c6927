"use client"

import type { FileUIPart } from "ai"
import { useTranslations } from "next-intl"
import { Suspense, useId, useMemo, useState } from "react"
import { MarkLayer, type MarkShown } from "@/components/images/mark-layer"
import { altOf, type ShownImage, shownImage, sized } from "@/components/images/shown-image"
import { Button } from "@/components/ui/button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { cn } from "@/lib/cn"
import { sentSize } from "@/lib/images/tokens"
import { type MarkReading, type MarkUnit, readMarks } from "@/lib/marks/marks"

const ImageDialog = lazyOverlay(() => import("@/components/images/image-dialog"))

interface Props {
  /** The answer. */
  text: string
  model: string | undefined
  /** The images of the question. */
  images: FileUIPart[]
}

/** An answer's boxes and points, drawn on the images it is about, with a list beside them. */
export default function MarkedImages({ text, model, images: parts }: Props) {
  const t = useTranslations("images")
  const message = useTranslations("message")
  const [unit, setUnit] = useState<MarkUnit>()
  const images = parts.map((part) => shownImage(part, message("image")))
  // If the model does not name an image, the reader chooses which one is meant.
  const [chosen, setChosen] = useState(0)
  const sent = images.map(sentOf).join()
  const reading = useMemo(() => {
    const sizes = sent.split(",").map((size) => {
      const [width, height] = size.split(" ").map(Number)
      return width && height ? { width, height } : null
    })
    return readMarks(text, { sent: (image) => sizes[image === null ? chosen : image - 1] ?? null, model, unit })
  }, [text, model, unit, sent, chosen])
  if (!reading || images.length === 0) return null
  const of = (mark: { image: number | null }) =>
    mark.image !== null && mark.image <= images.length ? mark.image - 1 : chosen
  const shown = [...new Set(reading.marks.map(of))].sort((a, b) => a - b)
  return (
    <section aria-label={t("marks")} className="my-1 flex flex-col gap-3 rounded-xl border p-3">
      {images.length > 1 && reading.marks.some(({ image }) => image === null) && (
        <Which images={images} chosen={chosen} onChange={setChosen} />
      )}
      {shown.map((place) => (
        <MarkedImage key={place} images={images} place={place} reading={reading} of={of} />
      ))}
      <UnitLine reading={reading} onUnit={setUnit} />
    </section>
  )
}

/** Pixel dimensions of the image as sent to the model, separated by a space; "" when unknown. */
function sentOf({ width, height, detail }: ShownImage): string {
  if (!width || !height) return ""
  const sent = sentSize({ width, height }, detail)
  return `${sent.width} ${sent.height}`
}

interface MarkedImageProps {
  images: ShownImage[]
  place: number
  reading: MarkReading
  of: (mark: { image: number | null }) => number
}

/** Known before the image loads, so that nothing jumps. At most 60% of the window's height. */
const widthOf = ({ width, height }: ShownImage): string =>
  width && height ? `min(100%, ${width}px, ${(60 * width) / height}dvh)` : "fit-content"

/** An image with its marks and their list. */
function MarkedImage({ images, place, reading, of }: MarkedImageProps) {
  const t = useTranslations("images")
  const [lit, setLit] = useState<number | null>(null)
  const [open, setOpen] = useState(false)
  const image = images[place]
  const marksOf = (index: number): MarkShown[] =>
    reading.marks.flatMap((mark, at) =>
      of(mark) === index
        ? [{ ...mark, number: at + 1, lit: lit === at + 1, onLit: (on: boolean) => setLit(on ? at + 1 : null) }]
        : [],
    )
  const marks = marksOf(place)
  if (!image) return null
  return (
    <div className="flex gap-3 max-sm:flex-col">
      <div className="min-w-0 flex-1">
        <div className="relative mx-auto" style={{ width: widthOf(image) }}>
          {/* biome-ignore lint/performance/noImgElement: an image from our own store */}
          <img
            src={sized(image.url, 1280)}
            alt={altOf(image)}
            width={image.width}
            height={image.height}
            className="h-auto w-full rounded-md ring-1 ring-border"
          />
          <MarkLayer marks={marks} />
        </div>
        <Button size="sm" variant="ghost" className="mt-1.5" onClick={() => setOpen(true)}>
          {t("openLarge")}
        </Button>
      </div>
      <MarkList marks={marks} />
      {open && (
        <Suspense>
          <ImageDialog images={images} first={place} onClose={() => setOpen(false)} marks={marksOf} />
        </Suspense>
      )}
    </div>
  )
}

function MarkList({ marks }: { marks: MarkShown[] }) {
  const t = useTranslations("images")
  return (
    <ol
      aria-label={t("markList")}
      className="m-0 max-h-[60dvh] list-none overflow-y-auto p-0.5 text-[0.8125rem] sm:w-52 sm:shrink-0"
    >
      {marks.map(({ number, label, kind, lit, onLit }) => (
        <li key={number}>
          <button
            type="button"
            data-lit={lit || undefined}
            onPointerEnter={() => onLit?.(true)}
            onPointerLeave={() => onLit?.(false)}
            onFocus={() => onLit?.(true)}
            onBlur={() => onLit?.(false)}
            className={cn(
              "flex min-h-8 w-full items-baseline gap-2 rounded-md px-2 py-1 text-start pointer-coarse:min-h-10",
              lit && "bg-spark-soft",
            )}
          >
            <span className="min-w-5 font-semibold text-spark-text tabular-nums">{number}</span>
            <span className="wrap-anywhere min-w-0">{label || t(kind === "box" ? "box" : "point")}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

function Which({
  images,
  chosen,
  onChange,
}: {
  images: ShownImage[]
  chosen: number
  onChange: (place: number) => void
}) {
  const t = useTranslations("images")
  const id = useId()
  return (
    <p className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-muted-foreground">
      <label htmlFor={id}>{t("whichImage")}</label>
      <select
        id={id}
        value={chosen}
        onChange={({ target }) => onChange(Number(target.value))}
        className="h-8 max-w-full rounded-md border border-input bg-background px-2 text-foreground pointer-coarse:h-10"
      >
        {images.map(({ name }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same image may appear twice
          <option key={place} value={place}>
            {t("numbered", { number: place + 1, name })}
          </option>
        ))}
      </select>
    </p>
  )
}

/** How coordinates are interpreted; where that is uncertain, the reader can change it. */
function UnitLine({ reading, onUnit }: { reading: MarkReading; onUnit: (unit: MarkUnit) => void }) {
  const t = useTranslations("images")
  const id = useId()
  const { unit, sure } = reading
  if (sure) return null
  return (
    <p className="flex flex-wrap items-center gap-2 text-[0.8125rem] text-muted-foreground">
      <label htmlFor={id}>{t("unit")}</label>
      <select
        id={id}
        value={unit}
        onChange={({ target }) => onUnit(target.value === "pixels" ? "pixels" : "thousandths")}
        className="h-8 rounded-md border border-input bg-background px-2 text-foreground pointer-coarse:h-10"
      >
        <option value="thousandths">{t("thousandths")}</option>
        <option value="pixels">{t("pixels")}</option>
      </select>
    </p>
  )
}

"use client"

import { useTranslations } from "next-intl"
import { useId, useState } from "react"
import { Button } from "@/components/ui/button"
import { Dialog } from "@/components/ui/dialog"
import { sends } from "@/components/ui/enter"
import { useUnsaved } from "@/components/ui/unsaved"
import { MAX_OF_WISH } from "@/lib/limits"

interface Props {
  /** The Markdown of the part to change. */
  part: string
  onChange: (wish: string) => void
  onClose: () => void
}

const PRESETS = ["shorter", "longer", "simpler", "fix"] as const

/** Asks what to change about a part of an answer. */
export default function ChangeDialog({ part, onChange, onClose }: Props) {
  const t = useTranslations("selection")
  const form = useId()
  return (
    <Dialog
      open
      onOpenChange={(open) => open || onClose()}
      title={t("changeTitle")}
      description={t("changeMeaning")}
      className="w-[min(92vw,34rem)]"
      footer={
        <Button type="submit" form={form} variant="primary">
          {t("change")}
        </Button>
      }
    >
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable by keyboard
        tabIndex={0}
        aria-label={t("toolbar")}
        className="mb-4 max-h-[26dvh] overflow-y-auto rounded-lg border bg-muted/50 px-3.5 py-2.5"
      >
        <p dir="auto" className="wrap-anywhere whitespace-pre-wrap text-[0.84375rem] leading-relaxed">
          {part}
        </p>
      </section>
      <WishForm id={form} onChange={onChange} />
    </Dialog>
  )
}

function WishForm({ id, onChange }: { id: string; onChange: (wish: string) => void }) {
  const t = useTranslations("selection")
  const [wish, setWish] = useState("")
  useUnsaved(wish.trim() !== "")
  const submit = () => wish.trim() && onChange(wish.trim())
  return (
    <form
      id={id}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <label htmlFor={`${id}-wish`} className="mb-1 block font-medium text-[0.8125rem]">
        {t("wish")}
      </label>
      <textarea
        id={`${id}-wish`}
        data-autofocus
        required
        rows={2}
        maxLength={MAX_OF_WISH}
        value={wish}
        placeholder={t("wishExample")}
        onChange={(event) => setWish(event.target.value)}
        onKeyDown={(event) => {
          if (!sends(event.nativeEvent)) return
          event.preventDefault()
          submit()
        }}
        className="max-h-[30dvh] w-full resize-y rounded-md border border-input bg-background px-3 py-2 text-base leading-normal sm:text-sm"
      />
      <div className="mt-2.5 flex flex-wrap gap-2">
        {PRESETS.map((preset) => (
          <Button key={preset} size="sm" onClick={() => onChange(t(`wishes.${preset}`))}>
            {t(`presets.${preset}`)}
          </Button>
        ))}
      </div>
    </form>
  )
}

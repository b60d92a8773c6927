"use client"

import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { formatCount, formatUsd } from "@/components/base/message-content"
import { useStore } from "@/components/base/store"
import { type Attachment, isPicture } from "@/components/draft/attachment"
import { MAX_ATTACHMENTS, type Uploads } from "@/components/uploads/uploads"
import { imagePriceUsd, imageTokens } from "@/lib/images/tokens"
import type { ModelInfo } from "@/lib/models/model.types"

interface Props {
  attachments: Attachment[]
  uploads: Uploads
  /** The models that the next message goes to. */
  asked: ModelInfo[]
}

/** The number of images and the limit, their approximate cost, and what was left out. */
export function AttachmentSummary({ attachments, uploads, asked }: Props) {
  const t = useTranslations("attachments")
  const rest = useStore(uploads.rest)
  const pictures = attachments.filter(isPicture)
  const cost = useCost(pictures, asked)
  return (
    <>
      {pictures.length > 0 && (
        <p className="flex flex-wrap gap-x-3 px-4 pt-2 text-[0.8125rem] text-muted-foreground tabular-nums">
          <span>{t("count", { count: pictures.length, most: MAX_ATTACHMENTS })}</span>
          {cost && <span>{cost}</span>}
        </p>
      )}
      {rest.length > 0 && (
        <div role="status" className="wrap-anywhere px-4 pt-2 text-[0.8125rem]">
          <details>
            <summary className="min-h-6 cursor-pointer">
              {t("rest", { count: rest.length, most: MAX_ATTACHMENTS })}
            </summary>
            <p className="max-h-32 overflow-y-auto text-muted-foreground">{rest.join(", ")}</p>
          </details>
        </div>
      )}
    </>
  )
}

/** The approximate total cost of the uploaded images for all requested models; null before the first is uploaded. */
function useCost(pictures: Attachment[], asked: ModelInfo[]): string | null {
  const t = useTranslations("attachments")
  const receipt = useTranslations("receipt")
  const locale = useFormatLocale()
  const tokens = pictures.reduce((sum, { image }) => (image ? sum + imageTokens(image, image.detail) : sum), 0)
  if (tokens === 0) return null
  const seeing = asked.filter(({ images }) => images)
  const prices = seeing.map(({ price }) => imagePriceUsd(tokens, price?.input))
  const known = prices.length > 0 && prices.every((usd) => usd !== null)
  const usd = prices.reduce<number>((sum, price) => sum + (price ?? 0), 0)
  const count = formatCount(tokens * Math.max(1, seeing.length), locale)
  const price = known && formatUsd(usd, locale, (amount) => receipt("under", { amount }))
  return price ? t("cost", { count, price }) : t("tokens", { count })
}

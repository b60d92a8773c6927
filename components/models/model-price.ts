import { useTranslations } from "next-intl"
import { useCallback } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import type { ModelPrice } from "@/lib/models/model.types"

/** `$0.30 in, $1.20 out per 1M tokens`; null when no price is known. */
export function usePrice(): (price: ModelPrice | null) => string | null {
  const t = useTranslations("models")
  const locale = useFormatLocale()
  return useCallback(
    (price) => {
      if (!price) return null
      const dollars = (amount: number) =>
        amount.toLocaleString(locale, {
          style: "currency",
          currency: "USD",
          currencyDisplay: "narrowSymbol",
          // Some cost less than a cent per million.
          maximumFractionDigits: amount > 0 && amount < 0.01 ? 4 : 2,
        })
      return t("price", { input: dollars(price.input), output: dollars(price.output) })
    },
    [t, locale],
  )
}

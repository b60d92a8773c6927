/** Whether long lines of code are wrapped: one choice for all code, kept in this browser. */
import { asJson, Preference } from "@/components/base/preference"
import { useStore } from "@/components/base/store"

const wrapsCode = new Preference({
  key: "sparkler:wrap-code",
  initial: false,
  form: asJson((value) => (typeof value === "boolean" ? value : null)),
})

export const toggleWrap = (): void => wrapsCode.set(!wrapsCode.get())

export const useWrap = (): boolean => useStore(wrapsCode, wrapsCode.first)

/** Whether long code lines wrap: one setting for all code, stored in this browser. */
import { asJson, Preference } from "@/components/base/preference"
import { useStore } from "@/components/base/store"

const wrapsCode = new Preference({
  key: "sparkler:wrap-code",
  initial: false,
  form: asJson((value) => (typeof value === "boolean" ? value : null)),
})

export const toggleWrap = (): void => wrapsCode.set(!wrapsCode.get())

export const useWrap = (): boolean => useStore(wrapsCode, wrapsCode.first)

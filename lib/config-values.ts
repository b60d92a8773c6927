/** Formats of settings in the environment. */
import { z } from "zod"

/** An unset variable and an empty one are equivalent. */
export const text = z
  .string()
  .trim()
  .transform((value) => value || undefined)
  .optional()
export const flag = (fallback: boolean) =>
  z
    .enum(["true", "false", "1", "0", ""], { error: "allowed: true, false" })
    .optional()
    .transform((value) => (value ? value === "true" || value === "1" : fallback))
export const url = (what: string) =>
  text.pipe(z.url({ protocol: /^https?$/, error: `allowed: an http or https address of ${what}` }).optional())
export const whole = (min: number, max: number) => {
  const error = `allowed: a whole number from ${min} to ${max}`
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error })
}
export const count = (fallback: number, min: number, max: number) =>
  z
    .string()
    .optional()
    .transform((value) => (value?.trim() ? Number(value) : fallback))
    .pipe(whole(min, max))
/** If unset, the code that uses it decides. */
export const optionalCount = (min: number, max: number) =>
  z
    .string()
    .optional()
    .transform((value) => (value?.trim() ? Number(value) : undefined))
    .pipe(whole(min, max).optional())

import { z } from "zod"

/** The model's input for `calculate`. */
export const calculateInput = z.object({
  expression: z
    .string()
    .trim()
    .min(1)
    .max(2_000)
    .describe(
      "One expression, or several separated by newlines or semicolons, in math.js syntax: `2^200`, `3 km + 200 m to mile`, `inv([[1,2],[3,4]])`, `r = 5 cm; pi * r^2`, `derivative('x^2', 'x')`, `20% * 50`, `sin(45 deg)`",
    ),
})

/** One result line of `calculate`. */
const line = z.object({
  /** As written, and as TeX; null if it can't be typeset. */
  expression: z.string(),
  expressionTex: z.string().nullable(),
  /** The value in plain text: integers are exact, anything else has up to 40 digits. */
  result: z.string(),
  resultTex: z.string().nullable(),
  /** The value as a fraction, if no decimal number can express it exactly. */
  fraction: z.string().optional(),
})

export const calculateOutput = z.object({ lines: z.array(line).min(1).max(50) })

export type CalculateInput = z.infer<typeof calculateInput>
export type CalculateOutput = z.infer<typeof calculateOutput>
export type CalculatedLine = z.infer<typeof line>

/** Mathematics between double dollars becomes `code` of the language “math”; `elements.tsx` sets it. */
import remarkMath from "remark-math"
import type { MathPlugin } from "streamdown"

export const math: MathPlugin = {
  name: "katex",
  type: "math",
  remarkPlugin: [remarkMath, { singleDollarTextMath: false }],
  rehypePlugin: () => () => {},
}

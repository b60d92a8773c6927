/** Math between double dollars becomes `code` with the language “math”, which `elements.tsx` typesets. */
import remarkMath from "remark-math"
import type { MathPlugin } from "streamdown"

export const math: MathPlugin = {
  name: "katex",
  type: "math",
  remarkPlugin: [remarkMath, { singleDollarTextMath: false }],
  rehypePlugin: () => () => {},
}

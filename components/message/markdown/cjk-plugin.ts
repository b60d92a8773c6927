/** Emphasis and strikethrough next to Chinese, Japanese and Korean punctuation. */
import remarkCjkFriendly from "remark-cjk-friendly"
import remarkCjkStrikethrough from "remark-cjk-friendly-gfm-strikethrough"
import type { PluginConfig } from "streamdown"

const before = [remarkCjkFriendly]
const after: NonNullable<PluginConfig["cjk"]>["remarkPlugins"] = [[remarkCjkStrikethrough, { singleTilde: false }]]

export const cjk: NonNullable<PluginConfig["cjk"]> = {
  name: "cjk",
  type: "cjk",
  remarkPlugins: [...before, ...after],
  remarkPluginsBefore: before,
  remarkPluginsAfter: after,
}

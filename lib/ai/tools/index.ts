/** The tools that a model may call. One file a tool. */
import type { ToolSet } from "ai"
import { weatherTool } from "@/lib/ai/tools/weather"
import { config } from "@/lib/config"

/** Names of all tools. */
export const toolNames = (): string[] => Object.keys(createTools())

/** All tools, or those named. */
export function createTools(names?: string[]): ToolSet {
  const { weatherUrl, geocodingUrl } = config()
  const all: ToolSet = { get_weather: weatherTool({ weatherUrl, geocodingUrl }) }
  return names ? Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))) : all
}

import { keySource } from "@/lib/ai/upstream/key"
import { route } from "@/lib/http/route"
import { linkIsOpen, printLink } from "@/lib/setup/link"
import { countTimes, MINUTE_MS } from "@/lib/throttle/count-times"

/** In a minute, from all together: each is a line in the log. */
const MOST_LINKS = 3

/** Prints a new one-time link where Sparkler runs, when the last one is used up. Who can't read it there has gained nothing. */
export const POST = route(async () => {
  await countTimes("new setup link", "all", { most: MOST_LINKS, perMs: MINUTE_MS })
  if (keySource() !== "environment" && !(await linkIsOpen())) await printLink("To set the API key, open")
  return new Response(null, { status: 202 })
})

import { keySource } from "@/lib/ai/upstream/key"
import { route } from "@/lib/http/route"
import { linkIsOpen, printLink } from "@/lib/setup/link"
import { consumeLimit, MINUTE_MS } from "@/lib/throttle/count-times"

/** Per minute, for all visitors together: each one is a line in the log. */
const MAX_LINKS = 3

/**
 * Prints a new one-time link in the server's terminal if the last one is used up. Useless to anyone who can't read the
 * terminal.
 */
export const POST = route(async () => {
  await consumeLimit("new setup link", "all", { most: MAX_LINKS, perMs: MINUTE_MS })
  if (keySource() !== "environment" && !(await linkIsOpen())) await printLink("To set the API key, open")
  return new Response(null, { status: 202 })
})

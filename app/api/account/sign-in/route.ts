import { z } from "zod"
import { signIn } from "@/lib/accounts/sign-in"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 8_000
const body = z.object({ email: z.string().max(400), password: z.string().max(2_000) })

/** Signs in with an email address and a password. */
export const POST = route(async (request) => signIn(request, await readJson(request, body, { maxBytes: MAX_BYTES })))

/** Which requests next-auth's routes accept. */
import { expect, test } from "vitest"
import { authResponse } from "@/lib/sign-in/door"

const ask = (method: string, ...nextauth: string[]) =>
  authResponse(new Request(`http://localhost:3000/api/auth/${nextauth.join("/")}`, { method }), {
    params: Promise.resolve({ nextauth }),
  })

test("nobody writes lines into the log", async () => {
  for (const method of ["GET", "POST"])
    await expect(ask(method, "_log")).rejects.toMatchObject({ code: "auth:not_found" })
  await expect(ask("GET", "signout", "_log")).resolves.toMatchObject({ status: 303 })
})

test("what is there for another method is told apart from what isn't there", async () => {
  await expect(ask("GET", "callback", "guest")).rejects.toMatchObject({ code: "request:method" })
  await expect(ask("POST", "callback", "nobody")).rejects.toMatchObject({ code: "auth:not_found" })
})

/** Which requests next-auth's routes accept. */
import { expect, test } from "vitest"
import { authResponse } from "@/lib/sign-in/door"

const ask = (method: string, ...nextauth: string[]) =>
  authResponse(new Request(`http://localhost:3000/api/auth/${nextauth.join("/")}`, { method }), {
    params: Promise.resolve({ nextauth }),
  })

test("clients can't write log lines", async () => {
  for (const method of ["GET", "POST"])
    await expect(ask(method, "_log")).rejects.toMatchObject({ code: "auth:not_found" })
  await expect(ask("GET", "signout", "_log")).resolves.toMatchObject({ status: 303 })
})

test("a wrong method is distinguished from an unknown route", async () => {
  await expect(ask("GET", "callback", "guest")).rejects.toMatchObject({ code: "request:method" })
  await expect(ask("POST", "callback", "nobody")).rejects.toMatchObject({ code: "auth:not_found" })
})

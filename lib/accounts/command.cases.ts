/** Account commands of the command line. */
import { expect, test } from "vitest"
import { CommandError, runCommand } from "@/lib/accounts/command"
import { resetPassword } from "@/lib/accounts/passwords"
import { testAccount } from "@/lib/auth/guest.fixture"
import { isPassword } from "@/lib/auth/passwords"
import type { Database } from "@/lib/db/client"

export function commandCases(database: () => Database): void {
  test("accounts are listed, without terminal escape sequences from names", async () => {
    const { id, email } = await testAccount({ admin: true })
    await database().user.update({ where: { id }, data: { name: "Ada \u001b[31mred\n" } })
    const line = (await runCommand(["list"])).split("\n").find((text) => text.includes(email))
    expect(line).toBe(`${email} · Ada ?[31mred? · administrator · confirmed · `)
  })

  test("an account is made an administrator, once", async () => {
    const { id, email } = await testAccount()
    expect(await runCommand(["make-admin", ` ${email.toUpperCase()} `])).toContain("is now an administrator")
    expect(await database().user.findUnique({ where: { id } })).toMatchObject({ admin: true })
    expect(await runCommand(["make-admin", email])).toContain("Nothing was changed")
    expect(await database().auditEntry.count({ where: { action: "admin.made", targetId: id } })).toBe(1)
  })

  test("a printed link sets a password", async () => {
    const { id, email } = await testAccount()
    const link = /#(\S+)/.exec(await runCommand(["reset", email]))?.[1] ?? ""
    await resetPassword(new Request("http://localhost:3000"), link, "a new fine password")
    const { passwordHash } = await database().user.findUniqueOrThrow({ where: { id } })
    expect(await isPassword("a new fine password", passwordHash)).toBe(true)
    expect(await database().auditEntry.count({ where: { action: "account.reset_link_made", targetId: id } })).toBe(1)
  })

  test("invalid commands are reported", async () => {
    expect(await runCommand([])).toContain("make-admin EMAIL")
    for (const wrong of [["nonsense"], ["reset"], ["make-admin", "nobody@example.com"]])
      await expect(runCommand(wrong)).rejects.toThrow(CommandError)
    const { id, email } = await testAccount()
    await database().user.update({ where: { id }, data: { disabledAt: new Date() } })
    await expect(runCommand(["reset", email])).rejects.toThrow("is deactivated")
    expect(await database().oneTimeLink.count({ where: { userId: id } })).toBe(0)
  })
}

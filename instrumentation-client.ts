/**
 * Runs in the browser before everything else. Zod, used by the AI SDK, tests whether it may compile its checks with
 * `new Function`; the page's policy forbids that and would report each attempt.
 */
Reflect.set(globalThis, "__zod_globalConfig", { jitless: true })

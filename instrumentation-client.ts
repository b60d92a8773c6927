/**
 * Runs in the browser before everything else. Zod, in the AI SDK, tries whether it may compile its checks with
 * `new Function`; the page's policy forbids that and would report each try.
 */
Reflect.set(globalThis, "__zod_globalConfig", { jitless: true })

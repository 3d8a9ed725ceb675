/**
 * A headless Chromium for tests: one that is installed, or else the one that comes from npm (Linux x64, unpacked on first use).
 * Screens are opened as a phone would show them, 375 × 667.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import packed from '@sparticuz/chromium'
import { chromium, type Browser, type BrowserContext, type CDPSession, type Locator, type Page, type Request } from 'playwright-core'

const installedAt = [
  process.env['CHROME_PATH'],
  '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) => (process.env[name] ? [join(process.env[name], 'Google', 'Chrome', 'Application', 'chrome.exe')] : [])),
]

/** Where a browser would come from: a path, 'npm', or null where there is none. */
export function findBrowser(): string | null {
  const installed = installedAt.find((path) => path !== undefined && existsSync(path))
  if (installed !== undefined) return installed
  return process.platform === 'linux' && process.arch === 'x64' ? 'npm' : null
}

/** Starts it. @throws when there is none */
export async function launchBrowser(): Promise<Browser> {
  const found = findBrowser()
  if (found === null) throw new Error('No Chrome or Chromium was found: install one, or set CHROME_PATH.')
  // Phones of one test share a renderer, which costs more to start than a screen to show.
  // The package's own flags are for a function of 512 MB: one process for everything, which ends with the first page it loses.
  return chromium.launch({ executablePath: found === 'npm' ? await packed.executablePath() : found, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--process-per-site'], headless: true })
}

/** A phone-sized window of its own: nothing is shared with others. */
export const phoneWindow = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ viewport: { width: 375, height: 667 }, deviceScaleFactor: 1, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })

export type { Browser, BrowserContext, CDPSession, Locator, Page, Request }

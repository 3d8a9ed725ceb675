/** The import law, asked of the whole tree. */
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'

interface Report {
  readonly summary: { readonly totalCruised: number; readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[] }
}

/** @returns how many modules were looked at, and every violation as a line */
export async function cruise(root: string): Promise<{ readonly modules: number; readonly violations: readonly string[] }> {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs'), 'src', 'cloudfunctions', 'emulator', 'test', 'config', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
  )
  try {
    const { summary } = JSON.parse(stdout) as Report
    return { modules: summary.totalCruised, violations: summary.violations.map((violation) => `${violation.rule.name}: ${violation.from} → ${violation.to}`) }
  } catch {
    throw new Error(`dependency-cruiser said: ${stderr || stdout.slice(0, 2000)}`)
  }
}

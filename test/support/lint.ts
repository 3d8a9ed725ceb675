/** Nobody switches a check off where it speaks: a rule that is wrong is changed for all, in .oxlintrc.json. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const switches = /ox(?:lint)-(?:disable|enable)/

/** @returns the source files with a comment that switches lint off */
export function switchedOff(root: string): readonly string[] {
  return ['src', 'cloudfunctions', 'emulator', 'test', 'config']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(?:[cm]?[jt]sx?)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => switches.test(readFileSync(file, 'utf8')))
    .map((file) => relative(root, file))
}

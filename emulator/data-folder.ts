// The folder that survives a restart. One emulator at a time may use it; a killed one frees it at once.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { OptionError } from './options'

const lockFile = 'lock.db'
const ownFiles = (folder: string): string[] => readdirSync(folder).filter(name => !name.startsWith(lockFile))

const clearData = (folder: string): void => {
  for (const name of ownFiles(folder)) rmSync(join(folder, name), { recursive: true, force: true })
}
const copyData = (from: string, folder: string): void => {
  for (const name of ownFiles(from)) cpSync(join(from, name), join(folder, name), { recursive: true })
}

/** Puts a copy of what lies in `from` in the place of everything in a folder that was taken; nobody may have its files open. */
export function replaceData(folder: string, from: string): void {
  clearData(folder)
  copyData(from, folder)
}

/**
 * Takes the folder for this process, emptied when `isFresh`; one without data begins with a copy of what lies in `from`.
 * @throws OptionError when it is in use or not an emulator's
 */
export function takeDataFolder(folder: string, isFresh: boolean, from?: string): { release: () => void } {
  mkdirSync(folder, { recursive: true })
  if (readdirSync(folder).length > 0 && !existsSync(join(folder, lockFile))) {
    throw new OptionError(`${folder} holds other files; choose an empty folder for the emulator's data`)
  }
  const lock = new Database(join(folder, lockFile))
  try {
    // The operating system frees this lock when the process ends, however it ends.
    lock.exec('CREATE TABLE IF NOT EXISTS held (by INTEGER)')
    lock.exec('BEGIN EXCLUSIVE')
  } catch {
    lock.close()
    throw new OptionError(`${folder} is used by another running emulator`)
  }
  if (isFresh) clearData(folder)
  if (from !== undefined && ownFiles(folder).length === 0) copyData(from, folder)
  return { release: () => lock.close() }
}

/** Which of a target's tools are there. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/** The commands that are not on the path, nor where Debian keeps those of administrators. */
export function missingCommands(commands: readonly string[]): readonly string[] {
  return commands.filter((command) => !folders().some((folder) => isThere(join(folder, command))));
}

/** A service's command is often on the administrator's path only. */
function folders(): readonly string[] {
  return [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
}

function isThere(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

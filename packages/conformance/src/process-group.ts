/**
 * A command with all the processes that it starts: a process group of its own, so that a shell or a
 * build tool between the suite and the server cannot leave the server behind. Whatever ends the
 * suite (its end, an error, an interrupt) ends every group that is still there.
 *
 * Should the suite itself be killed outright, the command's standard input ends: a target exits then.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import process from 'node:process';

/** A command that was started. */
export interface ProcessGroup {
  readonly child: ChildProcessWithoutNullStreams;
  /** Sends a signal to every process of the group; does nothing when there is none left. */
  readonly signal: (signal: NodeJS.Signals) => void;
}

const groups = new Set<ProcessGroup>();
const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Starts a shell command in a group of its own. */
export function startProcessGroup(command: string, cwd: string): ProcessGroup {
  const child = spawn(command, { cwd, shell: true, detached: true, stdio: 'pipe' });
  let wasAsked = false;
  const group: ProcessGroup = {
    child,
    signal: (signal) => {
      if (signal === 'SIGTERM') wasAsked = true;
      if (child.pid !== undefined) signalGroup(child.pid, signal);
      if (signal === 'SIGKILL') forget(group);
    },
  };
  if (groups.size === 0) watchForTheEnd();
  groups.add(group);
  child.once('exit', () => {
    // The leader is gone; what it started in the background must not outlive it. After SIGTERM the
    // others have their time: a shell ends at once.
    if (!wasAsked) group.signal('SIGKILL');
  });
  child.once('error', () => forget(group));
  return group;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    // Windows has no process groups: there it is the command alone.
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function forget(group: ProcessGroup): void {
  groups.delete(group);
  if (groups.size === 0) stopWatching();
}

function killAll(): void {
  for (const group of groups) group.signal('SIGKILL');
}

/** Somebody else may listen too, and decide that the process goes on; else the signal does its work. */
function onInterrupt(signal: NodeJS.Signals): void {
  killAll();
  stopWatching();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function watchForTheEnd(): void {
  process.on('exit', killAll);
  for (const signal of INTERRUPTS) process.on(signal, onInterrupt);
}

function stopWatching(): void {
  process.off('exit', killAll);
  for (const signal of INTERRUPTS) process.off(signal, onInterrupt);
}
